"""Rounds: their list, a new one, one round's schools, reminders, closing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from khunnaphap.accounts.models import User
from khunnaphap.accounts.queries import require
from khunnaphap.core.problems import Refusal
from khunnaphap.core.rounds import RoundName
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import framework_of, newest_published, titled

from ..access import round_or_404
from ..actions import add_schools, close_round, correct_round, open_round
from ..actions.campaign import Asking
from ..carrying import unfinished_before
from ..correcting import CorrectRoundForm
from ..forms import RoundForm, carried_out, status_of
from ..means import lacking_means
from ..models import Round
from ..pages.campaign import chosen_schools, first_values, round_page, rounds_page
from ..pages.correcting import correct_page
from ..pages.foreseen import add_page, can_remind, close_page, outside, remind_page
from ..reminding import send_reminders


@login_required
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, and the next ones that the colours propose."""
    require(request.user, "open_round")
    return render(request, "assessments/rounds.html", rounds_page(request.user, timezone.now()))


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a round for the schools of one's own reach."""
    require(request.user, "open_round")
    editions = Edition.objects.filter(status=Edition.PUBLISHED).order_by("-published_at")
    code = request.POST.get("edition") or request.GET.get("edition")
    edition = editions.filter(code=code).first() or newest_published()
    if edition is None:
        raise Refusal("no-edition", "ยังไม่มีเกณฑ์ที่ประกาศใช้", "ประกาศใช้เกณฑ์ก่อนเปิดรอบ")
    choices = [(one.code, one.title) for one in editions]
    typed = request.POST if request.method == "POST" else None
    form = RoundForm(framework_of(edition), choices, typed, initial=first_values(edition, request.GET))
    if not carried_out(form, lambda data: _opened(form.name, data, edition, request.user)):
        return render(request, "assessments/round_new.html", {"form": form}, status=status_of(form))
    opened = Round.objects.get(year=form.name.year, number=form.name.number)
    told = gettext("เปิดรอบ %(name)s ให้โรงเรียน %(count)s แห่งแล้ว")
    schools = [one.school for one in opened.assessments.select_related("school")]
    messages.success(request, told % {"name": opened.name, "count": len(schools)})
    if opened.kind == Round.FOLLOW_UP and (behind := unfinished_before(opened, schools)):
        told = gettext("โรงเรียน %(count)s แห่งยังไม่ได้ยืนยันผลของรอบล่าสุด จึงใช้ผลที่ตรวจสอบแล้วของรอบก่อนหน้านั้น: %(names)s")
        names = ", ".join(map(str, behind[:5])) + (" …" if len(behind) > 5 else "")
        messages.warning(request, told % {"count": len(behind), "names": names})
    _tell_of_means(request, opened)
    return redirect("round", opened.year, opened.number)


def _tell_of_means(request: HttpRequest, opened: Round) -> None:
    """Warn of reference means that a new round lacks, and of those that another year's round had."""
    if lacking := lacking_means(opened):
        names = ", ".join(titled(fact) for fact in lacking[:5]) + (" …" if len(lacking) > 5 else "")
        told = gettext("รอบนี้ยังไม่มีค่าอ้างอิง %(count)s รายการ (%(names)s) โรงเรียนจะยังไม่มีกลุ่มสีจนกว่าจะเพิ่มที่หน้ารอบ")
        messages.warning(request, told % {"count": len(lacking), "names": names})
    source = _source_of_means()
    if opened.references and source and source.year != opened.year:
        told = gettext("ค่าอ้างอิงคัดลอกมาจากรอบ %(name)s ซึ่งเป็นปีงบประมาณอื่น ตรวจและแก้ที่หน้ารอบก่อนโรงเรียนส่งผล")
        messages.warning(request, told % {"name": source.name})


def _opened(name: RoundName, data: dict[str, Any], edition: Edition, person: User) -> None:
    who = {"who": data["who"], "colours": data["colours"], "schools": list(data["schools"])}
    open_round(
        edition=edition, name=name, opens=data["opens"], closes=data["closes"], by=person,
        schools=chosen_schools(who, person), references=newest_references(),
        asking=Asking(data["kind"], data["aim"], data["planned"], who),
        is_example=settings.DEMO,  # a round of the demo is made up too, and says so
    )  # fmt: skip


def newest_references() -> dict[str, str]:
    """The test means that the last round compared with: the next round's until others are imported."""
    newest = _source_of_means()
    return dict(newest.references) if newest else {}


def _source_of_means() -> Round | None:
    """The newest round that has reference means at all."""
    return Round.objects.exclude(references={}).order_by("-opens").first()


@login_required
@require_safe
def one(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One round: its rule, its schools' states, reminders that were sent."""
    require(request.user, "open_round")
    round_ = round_or_404(year, number)
    not_in = 0 if round_.is_over(timezone.now()) else sum(some.count() for some in outside(round_, request.user))
    more = {"not_in": not_in, "may_remind": can_remind(round_, request.user)}
    return render(request, "assessments/round.html", round_page(round_, request.user) | more)


@login_required
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Bring schools of one's own reach in: those that the round's rule names, or chosen ones."""
    require(request.user, "open_round")
    round_ = round_or_404(year, number)
    context, status = {}, 200
    if request.method == "POST":
        by_rule, others = outside(round_, request.user)
        by_name = request.POST.getlist("school")
        chosen = list(by_rule if request.POST.get("take") == "rule" else others.filter(ministry_code__in=by_name))
        made = add_schools(round_=round_, schools=chosen, by=request.user)
        if chosen:
            messages.success(request, gettext("เพิ่มโรงเรียนเข้ารอบ %(count)s แห่ง") % {"count": made})
            return redirect("round", year, number)
        context, status = {"nothing": True}, 422
    return render(request, "assessments/round_add.html", add_page(round_, request.user) | context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def remind(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Remind the people of schools that have not handed in, after a look at who they are."""
    require(request.user, "remind")
    round_ = round_or_404(year, number)
    if request.method != "POST":
        return render(request, "assessments/round_remind.html", remind_page(round_, request.user))
    sent = send_reminders(round_=round_, by=request.user, reach=request.user)
    messages.success(
        request,
        gettext("เตือนแล้ว %(count)s คน ส่งอีเมล %(mails)s ฉบับ")
        % {"count": len({one.to_id for one in sent}), "mails": sum(bool(one.address) for one in sent)},
    )
    return redirect("board-of", year, number)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Add and correct a round's reference means, and its days; the page says before whom that reaches."""
    require(request.user, "correct_round")
    round_ = round_or_404(year, number)
    form = CorrectRoundForm(round_, request.POST if request.method == "POST" else None)
    done: dict[str, Any] = {}

    def act(data: dict[str, Any]) -> None:
        done.update(correct_round(round_=round_, references=form.references, by=request.user, **form.moved))

    if not carried_out(form, act):
        page = {**correct_page(round_), "form": form}
        return render(request, "assessments/round_correct.html", page, status=status_of(form))
    told = gettext("บันทึกแล้ว ระดับที่คำนวณได้เปลี่ยน %(count)s โรงเรียน") if done else gettext("ไม่มีสิ่งใดเปลี่ยน")
    messages.success(request, told % {"count": len(done.get("schools", {}))} if done else told)
    return redirect("round", year, number)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Close a round before its last moment, after a look at whom that stops."""
    require(request.user, "close_round")
    round_ = round_or_404(year, number)
    if request.method != "POST":
        return render(request, "assessments/round_close.html", close_page(round_, request.user))
    close_round(round_=round_, by=request.user)
    messages.success(request, gettext("ปิดรอบแล้ว"))
    return redirect("round", year, number)
