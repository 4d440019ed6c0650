"""A school's facts on one page, saved together; what the last round said waits in the fields."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from khunnaphap.accounts.queries import require
from khunnaphap.core.framework import Framework
from khunnaphap.frameworks.queries import framework_of

from ..access import assessment_or_404
from ..actions import FactsChanged, save_facts
from ..models import Assessment
from ..pages.facts import Field, asked_before, both_shown, fields_of, grouped, read_facts, seen_in
from ..pages.school import here


@login_required
@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """The facts that levels are computed from."""
    assessment = assessment_or_404(request.user, year, number, code)
    framework = framework_of(assessment.round.edition)
    if request.method != "POST":
        return _page(request, assessment, fields_of(framework, assessment))
    require(request.user, "answer", assessment.school)
    read = read_facts(framework, assessment, request.POST, _not_yet(request, framework, assessment))
    seen, theirs, status = seen_in(request.POST), asked_before(assessment, request.POST), 422
    if not read.problems:
        try:
            save_facts(
                assessment=assessment, facts=read.facts, seen=seen, by=request.user,
                key=_uuid(request.POST.get("save", "")),
            )  # fmt: skip
        except FactsChanged as raised:
            assessment.refresh_from_db(fields=["facts"])
            theirs, status = raised.theirs, 409
        else:
            if request.htmx:  # type: ignore[attr-defined]
                now_seen = [(key, text or "") for key, text in read.facts.items() if (text or "") != seen.get(key, "")]
                return render(request, "assessments/_facts_saved.html", {"at": timezone.now(), "seen": now_seen})
            messages.success(request, gettext("บันทึกข้อมูลทั้งหมดแล้ว"))
            return redirect("school", year, number, code)
    fields = both_shown(fields_of(framework, assessment, request.POST), theirs, request.POST)
    fields = [replace(one, problem=read.problems.get(one.fact.id, one.problem)) for one in fields]
    return _page(request, assessment, fields, status)


def _not_yet(request: HttpRequest, framework: Framework, assessment: Assessment) -> set[str]:
    """What a save as one goes leaves alone: a value of the last round counts once a person presses the button."""
    if not request.htmx:  # type: ignore[attr-defined]
        return set()
    return {one.fact.id for one in fields_of(framework, assessment, request.POST) if one.from_last}


def _page(request: HttpRequest, assessment: Assessment, fields: list[Field], status: int = 200) -> HttpResponse:
    at = here(assessment, request.user)
    context = {
        "here": at,
        "groups": grouped(fields),
        "problems": [field for field in fields if field.problem],
        "both": [field for field in fields if field.theirs] if status == 409 else [],
        "from_last": any(field.from_last for field in fields),
        "editable": not at.why_closed,
        "why_not": at.why_closed,
        "asks": any(field.theirs for field in fields),
    }
    part = "_facts_not_saved" if request.htmx else "facts"  # type: ignore[attr-defined]
    return render(request, f"assessments/{part}.html", context, status=status)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
