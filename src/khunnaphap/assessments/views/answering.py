"""A school's pages: its components, one indicator, its facts, the check before handing in, the receipt."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..access import answers_here, assessment_or_404, indicator_or_404
from ..actions import confirm_last, hand_in, save_answer, withdraw
from ..pages.indicator import indicator_page, reason_still_lacking
from ..pages.lines import lines_of, neighbours
from ..pages.school import check_page, here, list_page, school_page
from ..receipts import receipt_pdf
from .keeping import Lacking, keep, one_press, onward

REASON_LACKS = _("บันทึกแล้ว แต่ยังไม่นับเป็นคำตอบ")


@login_required
@require_safe
def school(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Five components with their tags, the deadline, what was sent back, the score so far."""
    assessment = assessment_or_404(request.user, year, number, code)
    return render(request, "assessments/school.html", school_page(assessment, request.user))


@login_required
@require_safe
def listing(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Indicators as a list, by component and filter."""
    assessment = assessment_or_404(request.user, year, number, code)
    context = list_page(assessment, request.user, request.GET.get("show", ""), request.GET.get("component", ""))
    return render(request, "assessments/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def indicator(request: HttpRequest, year: int, number: int, code: str, key: str) -> HttpResponse:
    """One indicator: its levels as cards; a POST keeps what the page holds."""
    assessment = assessment_or_404(request.user, year, number, code)
    found = indicator_or_404(assessment, key)
    show = request.GET.get("show", "")
    if request.method != "POST":
        return render(request, "assessments/indicator.html", indicator_page(assessment, found, request.user, show))
    if not answers_here(request.user, assessment, key):
        raise PermissionDenied(key)
    return keep(
        request, assessment, found, act=save_answer, template="assessments/indicator.html",
        page=lambda: indicator_page(assessment, found, request.user, show),
        onward=lambda: onward(request, assessment, key, page="indicator", done="check"),
        lacking=Lacking(lambda given: reason_still_lacking(assessment, found, given), REASON_LACKS),
    )  # fmt: skip


@login_required
@require_POST
def confirm(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Confirm the last round's level for one indicator, or for all of a component that wait for it."""
    assessment = assessment_or_404(request.user, year, number, code, "answer")
    mine = request.user.reach.components(assessment.school)
    waiting = [
        line.indicator.id
        for line in lines_of(assessment).shown("unconfirmed", request.POST.get("component", ""))
        if mine is None or line.component.id in mine
    ]
    if one := request.POST.get("indicator"):
        waiting = [key for key in waiting if key == one]
    done = confirm_last(assessment=assessment, indicators=waiting, by=request.user)
    told = ngettext("ยืนยันค่าเดิมแล้ว %(count)s ข้อ", "ยืนยันค่าเดิมแล้ว %(count)s ข้อ", len(done)) % {"count": len(done)}
    messages.success(request, told)
    if one:
        _, after, _, _ = neighbours(lines_of(assessment).asked, one)
        return redirect("indicator", year, number, code, after.indicator.id if after else one)
    return redirect("school", year, number, code)


@login_required
@require_safe
def check(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """What still lacks before handing in, and what a verifier will ask about."""
    assessment = assessment_or_404(request.user, year, number, code)
    return render(request, "assessments/check.html", check_page(assessment, request.user))


@login_required
@require_POST
def send(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Hand in."""
    assessment = assessment_or_404(request.user, year, number, code, "submit")
    receipt = hand_in(assessment=assessment, by=request.user)
    return redirect("receipt", year, number, code, receipt.number)


take_back = one_press(withdraw, "submit", _("ถอนการส่งแล้ว แก้ไขต่อได้"), to="school")


@login_required
@require_safe
def receipt(request: HttpRequest, year: int, number: int, code: str, place: int) -> HttpResponse:
    """The receipt of one hand-in, as a page."""
    assessment = assessment_or_404(request.user, year, number, code)
    found = get_object_or_404(assessment.submissions.select_related("by"), number=place)
    context = {"here": here(assessment, request.user), "receipt": found}
    return render(request, "assessments/receipt.html", context)


@login_required
@require_safe
def receipt_paper(request: HttpRequest, year: int, number: int, code: str, place: int) -> HttpResponse:
    """The receipt of one hand-in, as PDF."""
    assessment = assessment_or_404(request.user, year, number, code)
    found = get_object_or_404(assessment.submissions.select_related("by"), number=place)
    found.assessment = assessment
    response = HttpResponse(receipt_pdf(found), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="receipt-{year}-{number}-{code}-{place}.pdf"'
    return response
