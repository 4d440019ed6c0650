"""What a school's own pages show: the overview, lists of indicators, the check before handing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from khunnaphap.accounts.models import Appointment, User
from khunnaphap.audit.models import Event
from khunnaphap.core import rounds

from ..models import Assessment, Round
from ..one_answer import subject_of, window_of
from ..queries import marks_of
from .correcting import last_correction
from .lines import FILTERS, Line, Lines, Part, lines_of
from .score import score_shown


@dataclass(frozen=True)
class Here:
    """Where a page stands: school, round, state, deadline, and what the person may do there."""

    assessment: Assessment
    state_title: str
    deadline: Any
    is_open: bool
    in_time: bool
    may: dict[str, bool]
    marks: tuple[str, ...]

    @property
    def round(self) -> Round:
        """The round."""
        return self.assessment.round

    @property
    def why_closed(self) -> str:
        """Why the person cannot answer here now: the role, the state, or the time; empty where nothing keeps from it."""
        if not self.may["answer"]:
            return "reads-only"
        if self.assessment.state not in (rounds.DRAFT, rounds.RETURNED):
            return "state"
        if self.in_time:
            return ""
        return "not-yet" if timezone.now() < self.round.opens else "late"

    @property
    def has_time(self) -> bool:
        """The school's last moment is still to come."""
        return timezone.now() < self.deadline

    @property
    def has_longer(self) -> bool:
        """The office gave this school more time than the round gives."""
        own, round_ = self.assessment.extended_to, self.round
        return own is not None and own > min(round_.closes, round_.closed_at or round_.closes)

    @property
    def url(self) -> tuple[int, int, str]:
        """The arguments of every address of this assessment."""
        return (self.round.year, self.round.number, self.assessment.school.ministry_code)


def here(assessment: Assessment, person: User) -> Here:
    """Where an assessment stands now, for one person; no query beyond the person's roles."""
    window = window_of(assessment)
    is_open = window.is_open(timezone.now()) and assessment.state in (rounds.DRAFT, rounds.RETURNED)
    reach, school = person.reach, assessment.school
    may = {act: reach.may(act, school) for act in ("answer", "submit", "assign", "comment", "verify", "approve")}
    may |= {act: reach.may(act, school) for act in ("return", "unlock", "override", "extend")}
    return Here(
        assessment=assessment,
        state_title=gettext(rounds.STATES[assessment.state]),
        deadline=window.last,
        is_open=is_open,
        in_time=window.is_open(timezone.now()),
        may=may,
        marks=marks_of(assessment.round),
    )


@dataclass(frozen=True)
class PartShown:
    """A component on the school's page, and whether the person answers it."""

    part: Part
    mine: bool


def school_page(assessment: Assessment, person: User) -> dict[str, Any]:
    """The overview of one school in one round."""
    lines = lines_of(assessment)
    mine = person.reach.components(assessment.school)
    at = here(assessment, person)
    parts = [PartShown(part, at.may["answer"] and (mine is None or part.component.id in mine)) for part in lines.parts]
    returned = [line for line in lines.all if line.sent_back]
    todo = _untouched(lines) or [line for line in lines.asked if not line.settled]
    return {
        "here": at,
        "lines": lines,
        "parts": parts,
        "returned": returned,
        "awaiting": [line for line in lines.asked if line.awaits_means],
        "corrected": last_correction(assessment),
        "unlocked": bool(returned) and _was_unlocked(assessment),
        "next": next((line for line in todo if mine is None or line.component.id in mine), None),
        "unconfirmed": _unconfirmed(lines, mine),
        "score": score_shown(lines, steps=True),
        "receipt": assessment.submissions.select_related("by").last(),
        "colour": assessment.classifications.filter(is_latest=True).first(),
        "has_teachers": at.may["assign"] and _has_teachers(assessment),
        "facts_missing": bool({fact for line in lines.asked for fact in line.computed.lacking}),
    }


def _was_unlocked(assessment: Assessment) -> bool:
    """Whether what is open now had been approved and was unlocked, rather than sent back."""
    opened = Event.objects.filter(subject=subject_of(assessment), verb__in=("send_back", "unlock"))
    return opened.order_by("-number").values_list("verb", flat=True).first() == "unlock"


def _has_teachers(assessment: Assessment) -> bool:
    in_force = Appointment.objects.in_force(timezone.localdate())
    return in_force.filter(school=assessment.school, role="teacher").exists()


def _unconfirmed(lines: Lines, mine: frozenset[str] | None) -> int:
    """How many indicators wait for one confirmation by this person (``mine``: the components, ``None`` = all)."""
    return sum(line.unconfirmed for line in lines.asked if mine is None or line.component.id in mine)


def list_page(assessment: Assessment, person: User, show: str, component: str) -> dict[str, Any]:
    """Indicators as a list; ``show`` is a filter's word, ``component`` an id (empty = all)."""
    lines = lines_of(assessment)
    chosen = next((part for part in lines.parts if part.component.id == component), None)
    component = chosen.component.id if chosen else ""
    return {
        "here": here(assessment, person),
        "lines": lines,
        "listed": lines.shown(show, component),
        "show": show if show in FILTERS else "",
        "title": gettext(FILTERS[show][0]) if show in FILTERS else "",
        "part": chosen,
        "filters": lines.counts(component),
    }


def check_page(assessment: Assessment, person: User) -> dict[str, Any]:
    """What keeps from handing in (``blocking``), and what a verifier will ask about (``worth_a_look``)."""
    lines = lines_of(assessment)
    return {
        "here": here(assessment, person),
        "lines": lines,
        "unconfirmed": _unconfirmed(lines, person.reach.components(assessment.school)),
        "blocking": [line for line in lines.asked if not line.settled],
        "awaiting": [line for line in lines.asked if line.awaits_means],
        "returned_unchanged": _untouched(lines),
        "top": [line for line in lines.asked if line.top_without_evidence],
        "jumps": [line for line in lines.asked if line.jumped],
        "score": score_shown(lines),
    }


def _untouched(lines: Lines) -> list[Line]:
    """What was sent back and has not been written since, in one query."""
    sent = dict(lines.assessment.sent_back.filter(answered_at=None).values_list("indicator", "at"))
    returned = [line for line in lines.all if line.indicator.id in sent]
    return [
        line
        for line in returned
        if line.row is None or line.row.self_at is None or line.row.self_at < sent[line.indicator.id]
    ]
