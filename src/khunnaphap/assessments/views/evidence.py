"""Evidence at an indicator: several files at once, a link, or what the school has already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from khunnaphap.accounts.models import User
from khunnaphap.core.framework import Indicator
from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.models import Evidence

from ..access import answers_here, assessment_or_404, indicator_or_404
from ..actions import attach, attach_file, attach_link, detach
from ..forms import in_words
from ..models import Assessment
from ..pages.evidence import evidence_shown
from ..pages.indicator import indicator_page
from .keeping import onward


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, year: int, number: int, code: str, key: str) -> HttpResponse:
    """Attach: each file is taken or refused by itself, so that one bad file loses no other; a GET leads to the card."""
    assessment = assessment_or_404(request.user, year, number, code)
    if request.method != "POST":
        return redirect(onward(request, assessment, key, page="indicator", done=""))
    found, show = _checked(request, assessment, key), request.GET.get("show", "")
    taking = _Taking(assessment, key, request.user)
    for file in request.FILES.getlist("files"):
        taking.take(file.name or "", attach_file, name=file.name or "", content=file)
    if url := request.POST.get("url", "").strip():
        taking.take(url, attach_link, url=url, title=request.POST.get("title", ""))
    known = Evidence.objects.present().filter(school=assessment.school, public_id__in=_ids(request))
    for evidence in known:
        taking.take(evidence.title, attach, evidence=evidence)
    told = {"refused": taking.refused, "already": taking.already}
    status = 422 if taking.refused and not taking.taken else 200
    if request.htmx or request.headers.get("X-Upload"):  # type: ignore[attr-defined]
        context = {"indicator": found, "editable": True, "show": show, "url": (year, number, code)}
        context |= evidence_shown(assessment, key, True) | told
        return render(request, "assessments/_evidence_list.html", context, status=status)
    if taking.refused or taking.already:
        context = indicator_page(assessment, found, request.user, show) | told
        return render(request, "assessments/indicator.html", context, status=status)
    if taking.taken:
        messages.success(request, gettext("แนบหลักฐานแล้ว %(count)s รายการ") % {"count": taking.taken})
    return redirect(onward(request, assessment, key, page="indicator", done=""))


@login_required
@require_POST
def remove(request: HttpRequest, year: int, number: int, code: str, key: str, public_id: str) -> HttpResponse:
    """Take a piece away from this indicator."""
    assessment = assessment_or_404(request.user, year, number, code)
    _checked(request, assessment, key)
    evidence = get_object_or_404(Evidence, school=assessment.school, public_id=public_id)
    detach(assessment=assessment, indicator=key, evidence=evidence, by=request.user)
    messages.success(request, gettext("เลิกแนบแล้ว หลักฐานยังอยู่ในคลังของโรงเรียน"))
    return redirect(onward(request, assessment, key, page="indicator", done=""))


def _checked(request: HttpRequest, assessment: Assessment, key: str) -> Indicator:
    found = indicator_or_404(assessment, key)
    if not answers_here(request.user, assessment, key):
        raise PermissionDenied(key)
    return found


@dataclass
class _Taking:
    """What came of several pieces at once: how many were attached, which were refused, which stood there already."""

    assessment: Assessment
    key: str
    by: User
    taken: int = 0
    refused: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)

    def take(self, shown: str, act: Callable[..., bool], **what: Any) -> None:
        """Carry out ``act`` at the indicator; a refusal is told with the name."""
        try:
            new = act(assessment=self.assessment, indicator=self.key, by=self.by, **what)
        except Refusal as refusal:
            self.refused.append(f"{shown}: {in_words(refusal.problem)}")
            return
        self.taken += new
        if not new:
            self.already.append(shown)


def _ids(request: HttpRequest) -> list[str]:
    ids = []
    for text in request.POST.getlist("use"):
        try:
            ids.append(str(UUID(text)))
        except ValueError:
            continue
    return ids
