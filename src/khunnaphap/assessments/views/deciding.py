"""Decisions with a reason: sending back, unlocking, extending, another colour."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from khunnaphap.core import rounds
from khunnaphap.core.day_windows import doubtful_day
from khunnaphap.core.problems import Refusal
from khunnaphap.frameworks.queries import framework_of

from ..access import assessment_or_404
from ..actions import extend, override_colour, send_back, unlock
from ..forms import ExtendForm, OverrideForm, SendBackForm, UnlockForm, carried_out, day_typed, in_words, status_of
from ..models import Assessment
from ..one_answer import window_of
from ..pages.lines import lines_of
from ..pages.school import here
from ..pages.verifying import to_send_back

DAYS_TO_MEND = 7


def _in_a_week(assessment: Assessment) -> dict[str, Any]:
    """A week from today, or the moment until which the school has time anyway: what is offered shortens nothing."""
    last = timezone.localtime(window_of(assessment).last)
    day = timezone.localdate() + timedelta(days=DAYS_TO_MEND)
    if last.date() >= day:
        return {"until": [day_typed(last.date()), f"{last:%H.%M}"]}
    return {"until": [day_typed(day), "16.30"]}


def _a_week_more(assessment: Assessment) -> dict[str, Any]:
    """A week from the school's last moment, or from today where that is over; the year's last day where it ends before."""
    last = timezone.localdate(window_of(assessment).last)
    more = max(last, timezone.localdate()) + timedelta(days=DAYS_TO_MEND)
    return {"until": [day_typed(min(more, timezone.localdate(assessment.round.year_ends))), "16.30"]}


def _shown(
    request: HttpRequest, template: str, assessment: Assessment, form: Any, act: str = "", **more: Any
) -> HttpResponse:
    context = {"here": here(assessment, request.user), "form": form, **more}
    if act and not form.is_bound:
        context["forbidden"] = _forbidden(assessment, act)
    return render(request, f"assessments/{template}.html", context, status=status_of(form))


def _decided(assessment: Assessment) -> dict[str, Any]:
    """The colour that was decided on and will lapse, with the edition that names it."""
    decided = assessment.classifications.filter(is_latest=True).exclude(override="").first()
    return {"decided": decided, "framework": framework_of(assessment.round.edition)}


def _forbidden(assessment: Assessment, act: str) -> str:
    """Why the state forbids an act, in words; empty where it does not."""
    try:
        rounds.move(assessment.state, act)
    except Refusal as refusal:
        return in_words(refusal.problem)
    return ""


def _tell_of_day(request: HttpRequest, kind: str, moment: datetime) -> None:
    """Warn of a day that is far: it holds, and can be set anew."""
    if found := doubtful_day(kind, timezone.localdate(moment), today=timezone.localdate()):
        messages.warning(request, f"{found.message} {found.mend}")


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@login_required
@require_http_methods(["GET", "POST"])
def back(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Send named indicators back, each with its reason."""
    assessment = assessment_or_404(request.user, year, number, code, "return")
    lines = lines_of(assessment)
    form = SendBackForm(
        lines.asked, _typed(request), initial=_in_a_week(assessment), chosen=request.GET.getlist("indicator")
    )
    act = partial(send_back, assessment=assessment, by=request.user)
    if not carried_out(form, lambda data: act(reasons=form.reasons, due=data["until"])):
        groups = to_send_back(lines, form.rows)
        return _shown(request, "send_back", assessment, form, groups=groups, act="return", **_decided(assessment))
    _tell_of_day(request, "deadline", form.cleaned_data["until"])
    told = gettext("ส่งคืน %(count)s ตัวชี้วัดแล้ว โรงเรียนแก้ได้เฉพาะข้อเหล่านี้") % {"count": len(form.reasons)}
    messages.success(request, told)
    return redirect("verifying", year, number, code)


@login_required
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Open named indicators of an approved assessment again."""
    assessment = assessment_or_404(request.user, year, number, code, "unlock")
    form = UnlockForm(lines_of(assessment).asked, _typed(request), initial=_in_a_week(assessment))
    if not carried_out(form, lambda data: unlock(assessment=assessment, by=request.user, **data)):
        return _shown(request, "unlock", assessment, form, act="unlock", **_decided(assessment))
    _tell_of_day(request, "deadline", form.cleaned_data["until"])
    messages.success(request, gettext("ปลดล็อกแล้ว ส่วนที่เหลือยังล็อกอยู่"))
    return redirect("verifying", year, number, code)


@login_required
@require_http_methods(["GET", "POST"])
def prolong(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Give one school more time."""
    assessment = assessment_or_404(request.user, year, number, code, "extend")
    form = ExtendForm(_typed(request), initial=_a_week_more(assessment))
    if not carried_out(form, lambda data: extend(assessment=assessment, by=request.user, **data)):
        return _shown(request, "extend", assessment, form, act="extend")
    _tell_of_day(request, "extension", form.cleaned_data["until"])
    messages.success(request, gettext("ขยายเวลาแล้ว"))
    return redirect("school", year, number, code)


@login_required
@require_http_methods(["GET", "POST"])
def decide_colour(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Decide on another colour than the one that follows."""
    assessment = assessment_or_404(request.user, year, number, code, "override")
    framework = framework_of(assessment.round.edition)
    latest = assessment.classifications.filter(is_latest=True).first()
    stands = {"computed": latest.colour, "decided": latest.override} if latest else {}
    form = OverrideForm(framework, _typed(request), **stands)
    if not carried_out(form, lambda data: override_colour(assessment=assessment, by=request.user, **data)):
        return _shown(request, "override", assessment, form, colour=latest, framework=framework)
    messages.success(request, gettext("บันทึกการกำหนดสีแล้ว"))
    return redirect("colours", code)
