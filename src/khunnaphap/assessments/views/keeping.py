"""One side of one answer as a page hands it in, the school's or the office's: kept, refused, or in conflict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from khunnaphap.core.framework import Indicator

from ..forms import AnswerForm
from ..models import Assessment
from ..one_answer import Conflict, Kept


def keep(
    request: HttpRequest,
    assessment: Assessment,
    indicator: Indicator,
    *,
    act: Callable[..., Kept],
    template: str,
    page: Callable[[], dict[str, Any]],
    onward: Callable[[], str],
) -> HttpResponse:
    """Carry out ``act`` (``save_answer`` or ``judge``) with what was posted.

    With htmx the save's state comes back; without it the page that ``onward`` names, or this ``page`` again with all
    that was typed: 422 where it cannot be read, 409 beside what another person wrote meanwhile.
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
            if request.htmx:  # type: ignore[attr-defined]
                return render(request, "assessments/_saved.html", {"kept": kept, "save": uuid4()})
            messages.success(request, gettext("บันทึกแล้ว"))
            return redirect(onward())
    context = {"form": form, "indicator": indicator, "conflict": conflict, "save": uuid4()}
    status = 409 if conflict else 422
    if request.htmx:  # type: ignore[attr-defined]
        part = "assessments/_conflict.html" if conflict else "assessments/_not_saved.html"
        return render(request, part, context, status=status)
    return render(request, template, {**page(), **context, "typed": True}, status=status)
