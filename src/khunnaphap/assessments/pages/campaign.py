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
from khunnaphap.frameworks.queries import framework_of, level_names
from khunnaphap.organisations.models import School

from ..carrying import IN_TIME
from ..forms import day_typed
from ..means import lacking_means
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
    """By colour of each school's newest official result: the schools not assessed again as often as the rule says.

    The rule (yellow 3 times, green 2 times in 2567) is data of the edition: ``reassess`` of a band. A result is official
    once its office has verified it. Each school starts from its own newest full round that is over; all of its rounds
    after that count.
    """
    mine = School.objects.visible_to(person, "open_round")
    over = Q(assessment__round__closes__lt=timezone.now()) | Q(assessment__round__closed_at__isnull=False)
    official = (
        Classification.objects.filter(over, assessment__round__kind=Round.FULL, assessment__school__in=mine)
        .filter(is_latest=True, assessment__state__in=(rounds.VERIFIED, rounds.APPROVED))
        .select_related("assessment__round__edition")
        .defer("levels", "assessment__facts", "assessment__round__edition__content")
        .order_by(*(f"assessment__{one}" for one in IN_TIME))
    )
    last = {one.assessment.school_id: one for one in official}
    after = Counter(
        school
        for school, *when in Assessment.objects.filter(school__in=mine).values_list("school", *IN_TIME)
        if school in last and tuple(when) > _place(last[school].assessment.round)
    )
    due: Counter[tuple[int, Band, int]] = Counter()
    for school, one in last.items():
        bands = framework_of(one.assessment.round.edition).bands
        for place, band in enumerate(bands):
            if band.colour == one.colour_shown and after[school] < band.reassess:
                due[place, band, after[school] + 1] += 1
    ordered = sorted(due.items(), key=lambda item: (item[0][0], item[0][2]))
    return [Proposed(band, band.reassess, times, count) for (_, band, times), count in ordered]


def _place(round_: Round) -> tuple[datetime, int, int]:
    return round_.opens, round_.year, round_.number


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
        "acts": {act: person.reach.may(act) for act in ("close_round", "correct_round")},
        "lacking": lacking_means(round_),
    }
