"""What an act on a round will do, and to whom, shown before it is done: reminding, closing, bringing schools in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from khunnaphap.accounts.models import User
from khunnaphap.core import rounds
from khunnaphap.frameworks.queries import framework_of, titled
from khunnaphap.organisations.models import School

from ..models import Assessment, Reminder, Round
from ..queries import marks_of
from ..reminding import FORTNIGHT, due_now, waiting
from .campaign import by_rule

MOST = 50
"""How many schools a page names; the board shows the rest."""
TICKS = 300
"""How many schools a page offers one by one (a form holds 1,000 fields)."""


def named(found: Sequence[Any]) -> dict[str, Any]:
    """A list's first members and how many are left."""
    return {"some": found[:MOST], "more": max(0, len(found) - MOST), "count": len(found)}


def can_remind(round_: Round, person: User) -> bool:
    """Whether the person reminds here, and a school that has not handed in still can (or could a fortnight ago)."""
    now = timezone.now()
    if not person.reach.may("remind"):
        return False
    left = waiting(round_, person)
    if round_.closed_at is None and now < round_.closes + FORTNIGHT:
        return left.exists()
    return left.filter(extended_to__gt=now).exists()


def remind_page(round_: Round, person: User) -> dict[str, Any]:
    """Who would be reminded now, of which school; whom nobody can remind."""
    due = due_now(round_=round_, reach=person)
    people: dict[Assessment, list[User]] = {}
    for _, assessment, to in due:
        people.setdefault(assessment, []).append(to)
    late = {assessment for kind, assessment, _ in due if kind == Reminder.OVERDUE}
    told = {to for _, _, to in due}
    nobody = [one for one in waiting(round_, person) if one not in people]
    last = Reminder.objects.filter(assessment__in=Assessment.objects.visible_to(person).filter(round=round_))
    return {
        "round": round_,
        "marks": marks_of(round_),
        "over": not can_remind(round_, person),
        "schools": named([{"assessment": one, "people": to, "late": one in late} for one, to in people.items()]),
        "late": len(late),
        "people": len(told),
        "without_address": sum(not one.email for one in told),
        "nobody": named([one.school for one in nobody]),
        "last": last.select_related("by").order_by("-at").first(),
    }


def close_page(round_: Round, person: User) -> dict[str, Any]:
    """Whom closing keeps from handing in, who goes on with an extension, who is done."""
    now = timezone.now()
    seen = Assessment.objects.visible_to(person).filter(round=round_).select_related("school").order_by("school__name")
    unsent = [one for one in seen if one.state in (rounds.DRAFT, rounds.RETURNED)]
    longer = [one for one in unsent if one.extended_to and one.extended_to > now]
    return {
        "round": round_,
        "marks": marks_of(round_),
        "closed": round_.is_over(now),
        "stopped": named([one.school for one in unsent if one not in longer]),
        "longer": named(longer),
        "sent": len(seen) - len(unsent),
    }


def outside(round_: Round, person: User) -> tuple[QuerySet[School], QuerySet[School]]:
    """The schools that are not in a round: those that its own rule names, and the other quality schools."""
    by = by_rule(round_.who, person).exclude(assessments__round=round_)
    mine = School.objects.visible_to(person, "open_round").filter(is_quality=True)
    return by, mine.exclude(assessments__round=round_).exclude(pk__in=by.values("pk"))


def add_page(round_: Round, person: User) -> dict[str, Any]:
    """The schools that the round's own rule proposes, and the others to be chosen one by one."""
    by, others = (list(some.select_related("office").order_by("name")) for some in outside(round_, person))
    return {
        "round": round_,
        "marks": marks_of(round_),
        "over": round_.is_over(timezone.now()),
        "rule": _rule(round_),
        "proposed": named(by),
        "others": others[:TICKS],
        "more": max(0, len(others) - TICKS),
    }


def _rule(round_: Round) -> str:
    who: Mapping[str, Any] = round_.who
    match who.get("who"):
        case "colours":
            bands = framework_of(round_.edition).bands
            titles = " ".join(titled(band) for band in bands if band.colour in who["colours"])
            return gettext("โรงเรียนที่กลุ่มสีล่าสุดเป็น %(colours)s") % {"colours": titles}
        case "list":
            return gettext("โรงเรียนตามรายการรหัสที่กำหนดไว้เมื่อเปิดรอบ (%(count)s รหัส)") % {"count": len(who["schools"])}
    return gettext("โรงเรียนคุณภาพทุกแห่ง")
