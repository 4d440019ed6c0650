"""Evidence at an indicator: several files at once, a link, or what the school has already."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.actions import add_evidence, add_link
from khunnaphap.evidence.models import Evidence

from ..access import answers_here, assessment_or_404, indicator_or_404
from ..actions import attach, detach
from ..forms import in_words
from ..models import Assessment
from ..pages.evidence import evidence_shown


@login_required
@require_POST
def add(request: HttpRequest, year: int, number: int, code: str, key: str) -> HttpResponse:
    """Attach: each file is taken or refused by itself, so that one bad file loses no other."""
    assessment = assessment_or_404(request.user, year, number, code)
    _check(request, assessment, key)
    told: list[str] = []
    taken = 0
    for file in request.FILES.getlist("files"):
        taken += _try(told, file.name or "", lambda f=file: _file(request, assessment, key, f))
    if url := request.POST.get("url", "").strip():
        taken += _try(told, url, lambda: _link(request, assessment, key, url))
    known = Evidence.objects.present().filter(school=assessment.school, public_id__in=_ids(request))
    for evidence in known:
        taken += _try(told, evidence.title, lambda e=evidence: _attached(request, assessment, key, e))
    if request.htmx or request.headers.get("X-Upload"):  # type: ignore[attr-defined]
        context = {"indicator": indicator_or_404(assessment, key), "editable": True, "refused": told}
        context |= {"url": (year, number, code), **evidence_shown(assessment, key, True)}
        return render(request, "assessments/_evidence_list.html", context, status=200 if taken or not told else 422)
    for sentence in told:
        messages.error(request, sentence, extra_tags="bad")
    if taken:
        messages.success(request, gettext("แนบหลักฐานแล้ว %(count)s รายการ") % {"count": taken})
    return redirect("indicator", year, number, code, key)


@login_required
@require_POST
def remove(request: HttpRequest, year: int, number: int, code: str, key: str, public_id: str) -> HttpResponse:
    """Take a piece away from this indicator."""
    assessment = assessment_or_404(request.user, year, number, code)
    _check(request, assessment, key)
    evidence = get_object_or_404(Evidence, school=assessment.school, public_id=public_id)
    detach(assessment=assessment, indicator=key, evidence=evidence, by=request.user)
    messages.success(request, gettext("เลิกแนบแล้ว หลักฐานยังอยู่ในคลังของโรงเรียน"))
    return redirect("indicator", year, number, code, key)


def _check(request: HttpRequest, assessment: Assessment, key: str) -> None:
    indicator_or_404(assessment, key)
    if not answers_here(request.user, assessment, key):
        raise PermissionDenied(key)


def _try(told: list[str], name: str, act) -> int:  # type: ignore[no-untyped-def]
    """1 when it was taken; a refusal is told with the file's name."""
    try:
        act()
    except Refusal as refusal:
        told.append(f"{name}: {in_words(refusal.problem)}")
        return 0
    return 1


def _ids(request: HttpRequest) -> list[str]:
    ids = []
    for text in request.POST.getlist("use"):
        try:
            ids.append(str(UUID(text)))
        except ValueError:
            continue
    return ids


def _file(request, assessment, key, file) -> None:  # type: ignore[no-untyped-def]
    _attached(
        request, assessment, key, add_evidence(school=assessment.school, name=file.name, content=file, by=request.user)
    )


def _link(request, assessment, key, url) -> None:  # type: ignore[no-untyped-def]
    title = request.POST.get("title", "")
    _attached(request, assessment, key, add_link(school=assessment.school, url=url, title=title, by=request.user))


def _attached(request, assessment, key, evidence) -> None:  # type: ignore[no-untyped-def]
    attach(assessment=assessment, indicator=key, evidence=evidence, by=request.user)
