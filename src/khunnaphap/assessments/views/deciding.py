"""Decisions with a reason: sending back, unlocking, extending, another colour."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from khunnaphap.core.thai.dates import long_date
from khunnaphap.frameworks.queries import framework_of

from ..access import assessment_or_404
from ..actions import extend, override_colour, send_back, unlock
from ..forms import ExtendForm, OverrideForm, SendBackForm, UnlockForm
from ..models import Assessment
from ..pages.lines import lines_of
from ..pages.school import here

DAYS_TO_MEND = 7


def _in_a_week() -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=DAYS_TO_MEND)
    return {"until": [long_date(day), "16.30"]}


def _shown(request: HttpRequest, template: str, assessment: Assessment, form: Any, **more: Any) -> HttpResponse:
    context = {"here": here(assessment, request.user), "form": form, **more}
    return render(request, f"assessments/{template}.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def back(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Send named indicators back, each with its reason."""
    assessment = assessment_or_404(request.user, year, number, code, "return")
    lines = lines_of(assessment).asked
    form = SendBackForm(lines, request.POST or None, initial=_in_a_week(), chosen=request.GET.getlist("indicator"))
    if request.method != "POST" or not form.is_valid():
        return _shown(request, "send_back", assessment, form)
    send_back(assessment=assessment, reasons=form.reasons, due=form.cleaned_data["until"], by=request.user)
    told = gettext("ส่งคืน %(count)s ตัวชี้วัดแล้ว โรงเรียนแก้ได้เฉพาะข้อเหล่านี้") % {"count": len(form.reasons)}
    messages.success(request, told)
    return redirect("verifying", year, number, code)


@login_required
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Open named indicators of an approved assessment again."""
    assessment = assessment_or_404(request.user, year, number, code, "unlock")
    lines = lines_of(assessment).asked
    form = UnlockForm(lines, request.POST or None, initial=_in_a_week())
    if request.method != "POST" or not form.is_valid():
        return _shown(request, "unlock", assessment, form, lines=lines)
    data = form.cleaned_data
    unlock(
        assessment=assessment,
        indicators=data["indicators"],
        reason=data["reason"],
        until=data["until"],
        by=request.user,
    )
    messages.success(request, gettext("ปลดล็อกแล้ว ส่วนที่เหลือยังตรึงไว้"))
    return redirect("verifying", year, number, code)


@login_required
@require_http_methods(["GET", "POST"])
def prolong(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Give one school more time."""
    assessment = assessment_or_404(request.user, year, number, code, "extend")
    form = ExtendForm(request.POST or None, initial=_in_a_week())
    if request.method != "POST" or not form.is_valid():
        return _shown(request, "extend", assessment, form)
    extend(assessment=assessment, until=form.cleaned_data["until"], reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, gettext("ขยายเวลาแล้ว"))
    return redirect("school", year, number, code)


@login_required
@require_http_methods(["GET", "POST"])
def decide_colour(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Decide on another colour than the one that follows."""
    assessment = assessment_or_404(request.user, year, number, code, "override")
    framework = framework_of(assessment.round.edition)
    form = OverrideForm(framework, request.POST or None)
    latest = assessment.classifications.filter(is_latest=True).first()
    if request.method != "POST" or not form.is_valid():
        return _shown(request, "override", assessment, form, colour=latest, framework=framework)
    override_colour(
        assessment=assessment, colour=form.cleaned_data["colour"], reason=form.cleaned_data["reason"], by=request.user
    )
    messages.success(request, gettext("บันทึกการกำหนดสีแล้ว"))
    return redirect("colours", code)
