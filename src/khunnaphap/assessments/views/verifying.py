"""An area office's pages for one school: side by side, agreeing, sending back, finishing, approving, unlocking."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ..access import assessment_or_404, indicator_or_404
from ..actions import accept, agree, approve, comment, finish, judge, recall, reopen
from ..forms import CommentForm
from ..pages.indicator import indicator_page
from ..pages.lines import lines_of
from ..pages.verifying import remark_still_wanted, side_by_side, verifying_page
from .keeping import Lacking, keep, one_press, onward

REMARK_LACKS = _("บันทึกแล้ว ยังไม่มีข้อสังเกตถึงโรงเรียน")


@login_required
@require_safe
def overview(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """One school's verification: differences first, what is open, the acts."""
    assessment = assessment_or_404(request.user, year, number, code, "verify")
    show = request.GET.get("show", "")
    return render(request, "assessments/verifying.html", verifying_page(assessment, request.user, show))


@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, year: int, number: int, code: str, key: str) -> HttpResponse:
    """One indicator side by side; a POST keeps the verifier's level and remark."""
    assessment = assessment_or_404(request.user, year, number, code, "verify")
    found = indicator_or_404(assessment, key)
    show = request.GET.get("show", "")
    if request.method != "POST":
        return render(request, "assessments/verify_one.html", side_by_side(assessment, found, request.user, show))
    return keep(
        request, assessment, found, act=judge, template="assessments/verify_one.html",
        page=lambda: side_by_side(assessment, found, request.user, show),
        onward=lambda: onward(request, assessment, key, page="verify", done="verifying"),
        lacking=Lacking(lambda _: remark_still_wanted(assessment, found), REMARK_LACKS),
    )  # fmt: skip


take_in = one_press(accept, "verify", _("รับตรวจแล้ว โรงเรียนแก้ไขไม่ได้จนกว่าจะส่งคืน"), to="verifying")
conclude = one_press(finish, "verify", _("ยืนยันผลตรวจสอบแล้ว รอ ผอ.สพท. รับรอง"), to="verifying")
call_back = one_press(recall, "return", _("ยุติการส่งคืนแล้ว ตรวจตามที่โรงเรียนตอบไว้ได้"), to="verifying")
open_again = one_press(reopen, "verify", _("เปิดการตรวจสอบอีกครั้งแล้ว แก้ผลตรวจได้ แล้วยืนยันผลอีกครั้ง"), to="verifying")


@login_required
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Approve, after a look at what becomes official."""
    assessment = assessment_or_404(request.user, year, number, code, "approve")
    if request.method != "POST":
        return render(request, "assessments/approve.html", verifying_page(assessment, request.user, ""))
    approve(assessment=assessment, by=request.user)
    messages.success(request, gettext("รับรองแล้ว กลุ่มสีเป็นทางการ ล็อกข้อมูลแล้ว แก้ไขไม่ได้"))
    return redirect("verifying", year, number, code)


@login_required
@require_http_methods(["GET", "POST"])
def agree_to_many(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Agree with the school on the chosen indicators, or on all that are left after a look at them."""
    assessment = assessment_or_404(request.user, year, number, code, "verify")
    if request.method != "POST":
        return render(request, "assessments/agree.html", verifying_page(assessment, request.user, ""))
    known = [line.indicator.id for line in lines_of(assessment).asked]
    wanted = known if request.POST.get("all") else [key for key in known if key in request.POST.getlist("indicator")]
    done = agree(assessment=assessment, indicators=wanted, by=request.user)
    messages.success(request, gettext("เห็นด้วยกับโรงเรียน %(count)s ข้อ") % {"count": len(done)})
    return redirect("verifying", year, number, code)


@login_required
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, year: int, number: int, code: str, key: str) -> HttpResponse:
    """Add to an indicator's thread; what cannot be taken comes back with all that was typed. A GET leads to the card."""
    posted = request.method == "POST"
    assessment = assessment_or_404(request.user, year, number, code, "comment" if posted else "")
    if not posted:
        return redirect(onward(request, assessment, key, page="indicator", done=""))
    found = indicator_or_404(assessment, key)
    office = request.POST.get("side") == "office" and request.user.reach.may("verify", assessment.school)
    form = CommentForm(request.POST)
    if form.is_valid():
        save = form.cleaned_data["save"]
        comment(assessment=assessment, indicator=key, text=form.cleaned_data["text"], by=request.user, key=save)
        messages.success(request, gettext("ส่งข้อความแล้ว"))
        return redirect(onward(request, assessment, key, page="verify" if office else "indicator", done=""))
    made, template = (side_by_side, "verify_one") if office else (indicator_page, "indicator")
    context = {**made(assessment, found, request.user, request.GET.get("show", "")), "comment_form": form}
    return render(request, f"assessments/{template}.html", context, status=422)
