"""What the school's and the office's pages share: one side of one answer handed in, where to go on, acts of one press."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from khunnaphap.core.framework import Indicator
from khunnaphap.core.problems import Problem

from ..access import assessment_or_404
from ..forms import AnswerForm
from ..models import Assessment
from ..one_answer import Conflict, Given, Kept
from ..pages.lines import FILTERS, lines_of, neighbours


@dataclass(frozen=True)
class Lacking:
    """Words that what was kept may still need: how to find that out, and what is told then."""

    problem: Callable[[Given], Problem | None]
    told: Promise


def keep(
    request: HttpRequest,
    assessment: Assessment,
    indicator: Indicator,
    *,
    act: Callable[..., Kept],
    template: str,
    page: Callable[[], dict[str, Any]],
    onward: Callable[[], str],
    lacking: Lacking,
) -> HttpResponse:
    """Carry out ``act`` (``save_answer`` or ``judge``) with what was posted.

    With htmx the save's state comes back; without it the page that ``onward`` names, or this ``page`` again with all
    that was typed: 422 where it cannot be read, 409 beside what another person wrote meanwhile. What is ``lacking``
    words is kept, and told.
    """
    form = AnswerForm(indicator, request.POST)
    conflict: Conflict | None = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            kept = act(
                assessment=assessment, indicator=indicator.id, given=form.given, version=version, key=form.key,
                by=request.user,
            )  # fmt: skip
        except Conflict as raised:
            conflict = raised
        else:
            return _answered(request, kept, lacking, lacking.problem(form.given), onward)
    context = {"form": form, "indicator": indicator, "conflict": conflict, "save": uuid4()}
    status = 409 if conflict else 422
    if request.htmx:  # type: ignore[attr-defined]
        part = "assessments/_conflict.html" if conflict else "assessments/_not_saved.html"
        return render(request, part, context, status=status)
    return render(request, template, {**page(), **context, "typed": True}, status=status)


def _answered(
    request: HttpRequest, kept: Kept, lacking: Lacking, problem: Problem | None, onward: Callable[[], str]
) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        context = {"kept": kept, "save": uuid4(), "told": lacking.told, "problem": problem}
        return render(request, "assessments/_saved.html", context)
    if problem:
        messages.warning(request, f"{lacking.told} {problem.message} {problem.mend}")
    else:
        messages.success(request, gettext("บันทึกแล้ว"))
    return redirect(onward())


def onward(request: HttpRequest, assessment: Assessment, key: str, *, page: str, done: str) -> str:
    """Where a saved page leads: the same indicator again, or with "save and go on" the next one of the filter.

    ``page`` names one indicator's page, ``done`` the page behind the last of them.
    """
    at = (assessment.round.year, assessment.round.number, assessment.school.ministry_code)
    show = request.GET.get("show", "")
    if request.POST.get("go") == "next":
        _, after, _, _ = neighbours(lines_of(assessment).walked(show), key)
        if after is None:
            return reverse(done, args=at)
        key = after.indicator.id
    url = reverse(page, args=(*at, key))
    return f"{url}?show={show}" if show in FILTERS else url


def one_press(act: Callable[..., Any], permission: str, told: str | Promise, *, to: str) -> Callable[..., HttpResponse]:
    """A view that asks for nothing but the press: ``act`` on one assessment, what was done in words, and on to ``to``."""

    def view(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
        act(assessment=assessment_or_404(request.user, year, number, code, permission), by=request.user)
        messages.success(request, str(told))
        return redirect(to, year, number, code)

    view.__name__ = act.__name__
    return login_required(require_POST(view))
