"""What the pages of rounds show: the rounds, the next ones that the colours propose, a new round's first values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from khunnaphap.accounts.models import User
from khunnaphap.core import rounds
from khunnaphap.core.framework import Band
from khunnaphap.core.problems import Refusal
from khunnaphap.core.rounds import budget_year
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import framework_of, level_names, newest_published
from khunnaphap.organisations.models import School

from ..forms import day_typed
from ..models import Assessment, Classification, Round
from ..queries import marks_of

DAYS_OPEN = 21


@dataclass(frozen=True)
class Proposed:
    """A colour whose rule asks for more assessments: how many schools are due for their ``next``-th of ``times``."""

    band: Band
    times: int
    next: int
    schools: int


def proposals(person: User) -> list[Proposed]:
    """By colour of the last full round: the schools that have not been assessed again as often as the rule says.

    The rule (yellow 3 times, green 2 times in 2567) is data of the edition: ``reassess`` of a band.
    """
    last = (
        Round.objects.filter(kind=Round.FULL, closes__lt=timezone.now())
        .select_related("edition")
        .order_by("-opens")
        .first()
    )
    edition = last.edition if last else newest_published()
    if last is None or edition is None:
        return []
    framework = framework_of(edition)
    mine = School.objects.visible_to(person, "open_round")
    latest = Classification.objects.filter(assessment__round=last, is_latest=True, assessment__school__in=mine)
    colour_of = {
        one.assessment.school_id: one.colour_shown for one in latest.select_related("assessment").defer("levels")
    }
    again = Counter(
        Assessment.objects.filter(school__in=colour_of, round__opens__gt=last.opens).values_list("school", flat=True)
    )
    made = []
    for band in framework.bands:
        due = Counter(again[school] for school, colour in colour_of.items() if colour == band.colour)
        made += [
            Proposed(band, band.reassess, done + 1, count)
            for done, count in sorted(due.items())
            if done < band.reassess
        ]
    return made


def rounds_page(person: User, now: datetime) -> dict[str, Any]:
    """Every round with the counts of the schools that the person sees, newest first, and what comes next."""
    mine = person.reach.schools(prefix="assessments__school__")
    found = (
        Round.objects.select_related("edition")
        .defer("edition__content")
        .annotate(
            schools=Count("assessments", filter=mine),
            sent=Count("assessments", filter=mine & ~Q(assessments__state__in=(rounds.DRAFT, rounds.RETURNED))),
            approved=Count("assessments", filter=mine & Q(assessments__state=rounds.APPROVED)),
        )
        .order_by("-opens")
    )
    return {"rounds": found, "now": now, "proposals": proposals(person)}


def first_values(edition: Edition, asked: Mapping[str, str]) -> dict[str, Any]:
    """What a new round's form opens with: the next number of this budget year, three weeks from tomorrow."""
    today = timezone.localdate()
    year = budget_year(today)
    newest = Round.objects.filter(year=year).order_by("-number").first()
    opens, closes = today + timedelta(days=1), today + timedelta(days=1 + DAYS_OPEN)
    colour = asked.get("colour", "")
    return {
        "edition": edition.code,
        "year": year,
        "number": (newest.number if newest else 0) + 1,
        "opens": [day_typed(opens), "08.30"],
        "closes": [day_typed(closes), "16.30"],
        "kind": "follow_up" if colour else "full",
        "aim": len(framework_of(edition).level_names) - 1 if colour else None,
        "who": "colours" if colour else "all",
        "colours": [colour] if colour else [],
    }


def chosen_schools(who: Mapping[str, Any], person: User) -> Sequence[School]:
    """The schools that a new round takes, of those in which the person opens rounds; ``Refusal`` for none.

    ``who`` as the round keeps it: "all", "colours" with ``colours``, "list" with ``schools`` (ministry codes).
    """
    found = list(by_rule(who, person))
    if who.get("who") == "list":
        missing = sorted(set(who["schools"]) - {school.ministry_code for school in found})
        if missing:
            raise Refusal(
                "school-unknown",
                f"ไม่พบโรงเรียนรหัส {', '.join(missing[:10])} ในความดูแลของท่าน",
                "ตรวจรหัส 10 หลักในทะเบียน",
            )
    if not found:
        raise Refusal("no-schools", "ไม่มีโรงเรียนที่เข้าเงื่อนไข", "เลือกกลุ่มสีอื่น หรือระบุรายการโรงเรียน")
    return found


def by_rule(who: Mapping[str, Any], person: User) -> QuerySet[School]:
    """The schools that a rule names, of those in which the person opens rounds."""
    mine = School.objects.visible_to(person, "open_round")
    match who.get("who"):
        case "list":
            return mine.filter(ministry_code__in=who["schools"])
        case "colours":
            latest: dict[int, str] = {}
            snapshots = Classification.objects.filter(is_latest=True, assessment__school__in=mine).order_by(
                "assessment__round__opens"
            )
            for one in snapshots.select_related("assessment").defer("levels"):
                if one.colour:
                    latest[one.assessment.school_id] = one.colour_shown
            return mine.filter(pk__in=[pk for pk, colour in latest.items() if colour in who["colours"]])
    return mine.filter(is_quality=True)


def round_page(round_: Round, person: User) -> dict[str, Any]:
    """One round: what it asks, the states of the schools that the person sees, the reminders."""
    framework = framework_of(round_.edition)
    seen = Assessment.objects.visible_to(person).filter(round=round_)
    states = Counter(seen.values_list("state", flat=True))
    reminders = [
        one
        for assessment in seen.prefetch_related("reminders__to", "reminders__by").select_related("school")
        for one in assessment.reminders.all()
    ]
    return {
        "round": round_,
        "marks": marks_of(round_),
        "states": [(state, gettext(title), states[state]) for state, title in rounds.STATES.items() if states[state]],
        "total": sum(states.values()),
        "planned": [framework.by_id[key] for key in round_.planned if key in framework.by_id],
        "aim": level_names(framework)[round_.aim - 1] if round_.aim else "",
        "reminders": sorted(reminders, key=lambda one: one.at, reverse=True),
        "is_open": round_.opens <= timezone.now() <= round_.closes and round_.closed_at is None,
        "acts": {act: person.reach.may(act) for act in ("close_round",)},
    }
