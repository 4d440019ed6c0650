"""One school's assessment as lines, an indicator each: the one place where progress is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from khunnaphap.core import rounds
from khunnaphap.core.completeness import Answer as CoreAnswer
from khunnaphap.core.completeness import Tally, reason_lacking, tally
from khunnaphap.core.framework import Aspect, Component, Indicator, Rating
from khunnaphap.core.measures import Computed
from khunnaphap.core.problems import Problem

from ..carrying import last_answers
from ..models import Answer, Assessment, rating_of
from ..queries import Standing, attached_counts, standing_of


@dataclass(frozen=True)
class Line:
    """One indicator of one school: both ratings, the last round's, and what still lacks.

    ``awaits_means``: the school has done its part, only the round's reference means are lacking.
    """

    component: Component
    aspect: Aspect
    indicator: Indicator
    answer: CoreAnswer
    row: Answer | None
    computed: Computed
    own: Rating
    verified: Rating
    last: Rating
    last_is_the_offices: bool
    carried: bool
    awaits_means: bool
    sent_back: str
    evidence: int
    problem: Problem | None

    @property
    def answered(self) -> bool:
        """The school has a rating: its own, or what follows from facts."""
        return self.own is not None

    @cached_property
    def tally(self) -> Tally:
        """Whether it counts as done, judged, different: the one rule of progress."""
        return tally(self.indicator, self.answer, self.computed.rating)

    @property
    def ready(self) -> bool:
        """Counts as done."""
        return bool(self.tally.ready)

    @property
    def settled(self) -> bool:
        """Done, or waiting for others: nothing is left to the school."""
        return self.ready or self.awaits_means

    @property
    def unconfirmed(self) -> bool:
        """The last round has a level, this one none yet: one confirmation is enough."""
        return not self.answered and self.last is not None and self.indicator.measure is None

    @property
    def differs(self) -> bool:
        """The verifier sees another level than the school."""
        return bool(self.tally.differs)

    @property
    def went_down(self) -> bool:
        """The school's level is lower than in the last round."""
        return isinstance(self.own, int) and isinstance(self.last, int) and self.own < self.last

    @property
    def jumped(self) -> bool:
        """Two levels or more above the last round."""
        return isinstance(self.own, int) and isinstance(self.last, int) and self.own >= self.last + 2

    @property
    def top_without_evidence(self) -> bool:
        """The highest level by the school's own word, and nothing to show for it."""
        return self.own == len(self.indicator.levels) and not self.evidence and not self.carried


FILTERS: Final[dict[str, tuple[str, Callable[[Line], bool]]]] = {
    "unanswered": (_("ยังไม่ตอบ"), lambda line: not line.settled and not line.carried),
    "unconfirmed": (_("รอยืนยันค่าเดิม"), lambda line: line.unconfirmed),
    "returned": (_("ส่งคืน"), lambda line: bool(line.sent_back)),
    "no-evidence": (_("ไม่มีหลักฐาน"), lambda line: not line.evidence and not line.carried),
    "went-down": (_("ลดลงจากรอบก่อน"), lambda line: line.went_down),
    "differs": (_("เขตเห็นต่าง"), lambda line: line.differs),
    "unjudged": (_("เขตยังไม่ตรวจ"), lambda line: line.verified is None),
}
"""Filters of lists by their word in the address: title, and which lines pass."""


@dataclass(frozen=True)
class Part:
    """A component with its lines, and where it stands: the tag's word (``state``) and its number."""

    component: Component
    lines: tuple[Line, ...]
    is_verified: bool = False

    @property
    def asked(self) -> tuple[Line, ...]:
        """The lines that the round asks for."""
        return tuple(line for line in self.lines if not line.carried)

    @property
    def ready(self) -> int:
        """How many of the asked are done."""
        return sum(line.ready for line in self.asked)

    @property
    def returned(self) -> int:
        """How many were sent back and are open."""
        return sum(bool(line.sent_back) for line in self.lines)

    @property
    def unconfirmed(self) -> int:
        """How many wait for one confirmation."""
        return sum(line.unconfirmed for line in self.asked)

    @property
    def state(self) -> str:
        """returned, verified, not-asked, ready, going or not-started."""
        if self.returned:
            return "returned"
        if self.is_verified:
            return "verified"
        if not self.asked:
            return "not-asked"
        if all(line.settled for line in self.asked):
            return "ready"
        return "going" if self.ready else "not-started"


@dataclass(frozen=True)
class Lines:
    """A whole assessment as lines."""

    assessment: Assessment
    standing: Standing
    all: tuple[Line, ...]
    by_id: Mapping[str, Line] = field(repr=False)

    @cached_property
    def asked(self) -> tuple[Line, ...]:
        """The lines that the round asks for."""
        return tuple(line for line in self.all if not line.carried)

    @cached_property
    def ready(self) -> int:
        """How many of the asked are done."""
        return sum(line.ready for line in self.asked)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The lines by component."""
        done = self.assessment.state in (rounds.VERIFIED, rounds.APPROVED)
        return tuple(
            Part(component, tuple(line for line in self.all if line.component is component), done)
            for component in self.standing.framework.components
        )

    def shown(self, show: str = "", component: str = "") -> tuple[Line, ...]:
        """The asked lines that pass a filter, all lines without one; of one component where it is given."""
        found = filter(FILTERS[show][1], self.asked) if show in FILTERS else self.all
        return tuple(line for line in found if component in ("", line.component.id))

    def walked(self, show: str = "") -> tuple[Line, ...]:
        """What the cards lead through, one after the other: the lines of a filter, all that are asked without one."""
        return self.shown(show) if show in FILTERS else self.asked

    def counts(self, component: str = "") -> list[tuple[str, str, int]]:
        """Every filter that lets a line pass (of one component where it is given): its word, title and how many."""
        counted = ((key, gettext(title), len(self.shown(key, component))) for key, (title, _) in FILTERS.items())
        return [one for one in counted if one[2]]


def lines_of(assessment: Assessment) -> Lines:
    """An assessment (round, edition, school loaded) as lines, in six queries."""
    rows = {row.indicator: row for row in assessment.answers.select_related("self_by", "verified_by").order_by("id")}
    standing = standing_of(assessment.round, assessment, rows.values())
    last = last_answers(assessment)
    open_now = dict(assessment.sent_back.filter(answered_at=None).values_list("indicator", "reason"))
    made = tuple(_lines(standing, rows, last, open_now, attached_counts(assessment)))
    return Lines(assessment, standing, made, {line.indicator.id: line for line in made})


def _lines(
    standing: Standing,
    rows: Mapping[str, Answer],
    last: Mapping[str, Answer],
    open_now: Mapping[str, str],
    attached: Mapping[str, int],
) -> Iterator[Line]:
    for component, aspect, indicator in standing.framework.walk():
        key = indicator.id
        answer, computed = standing.answer(key), standing.computed[key]
        carried = key in standing.carried
        lacking = reason_lacking(indicator, answer.self_rating, computed.rating, answer.self_reason)
        yield Line(
            component=component,
            aspect=aspect,
            indicator=indicator,
            answer=answer,
            row=rows.get(key),
            computed=computed,
            own=standing.self_ratings[key],
            verified=standing.verified_ratings[key],
            last=_last_rating(last.get(key)),
            last_is_the_offices=_is_the_offices(last.get(key)),
            carried=carried,
            awaits_means=key in standing.awaiting,
            sent_back=open_now.get(key, ""),
            evidence=attached.get(key, 0),
            problem=None if carried else lacking,
        )


def _last_rating(answer: Answer | None) -> Rating:
    if answer is None:
        return None
    return rating_of(answer.self_level if answer.verified_level is None else answer.verified_level)


def _is_the_offices(answer: Answer | None) -> bool:
    """The level that counted last round was the office's, other than the school's own."""
    return answer is not None and answer.verified_level not in (None, answer.self_level)


def neighbours(lines: Iterable[Line], indicator: str) -> tuple[Line | None, Line | None, int, int]:
    """The line before and the one after an indicator in a list, its place (from 1; 0 = not in it) and the length."""
    listed = list(lines)
    place = next((n for n, line in enumerate(listed) if line.indicator.id == indicator), None)
    if place is None:
        return None, (listed[0] if listed else None), 0, len(listed)
    before = listed[place - 1] if place else None
    after = listed[place + 1] if place + 1 < len(listed) else None
    return before, after, place + 1, len(listed)
