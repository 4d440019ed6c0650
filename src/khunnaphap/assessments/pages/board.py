"""An office's board of a round: every school that the person sees, with state, colour and how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils.translation import gettext

from khunnaphap.accounts.models import User
from khunnaphap.core import rounds
from khunnaphap.core.colours import SWATCHES
from khunnaphap.core.framework import Framework
from khunnaphap.core.measures import shown
from khunnaphap.core.scoring import score
from khunnaphap.frameworks.queries import framework_of, titled

from ..models import Assessment, Classification, Round
from ..one_answer import window_of
from ..queries import marks_of, unpacked
from .foreseen import can_remind


@dataclass(frozen=True)
class Row:
    """One school of a round."""

    assessment: Assessment
    state_title: str
    deadline: datetime
    late: bool
    answered: int
    asked: int
    judged: int
    differing: int
    returned: int
    latest: Classification | None
    components: Sequence[str]
    total: str

    @property
    def colour(self) -> str:
        """The colour's word, empty for not yet."""
        return self.latest.colour_shown if self.latest else ""

    @property
    def official(self) -> bool:
        """Approved by the area director."""
        return self.assessment.state == rounds.APPROVED


def rows_of(round_: Round, person: User, now: datetime) -> list[Row]:
    """The rows of a round's board in a constant number of queries, by deadline, then by how much differs."""
    framework = framework_of(round_.edition)
    chosen = (
        Assessment.objects.visible_to(person)
        .filter(round=round_)
        .select_related("school__office", "school__district__province")
        .defer("facts", "school__grades")
    )
    returned = dict(
        Assessment.objects.filter(round=round_, sent_back__answered_at=None, sent_back__isnull=False)
        .annotate(number=Count("sent_back", filter=Q(sent_back__answered_at=None)))
        .values_list("pk", "number")
    )
    latest = {one.assessment_id: one for one in Classification.objects.filter(assessment__round=round_, is_latest=True)}
    rows = []
    for assessment in chosen:
        assessment.round = round_
        rows.append(_row(assessment, framework, latest.get(assessment.pk), returned.get(assessment.pk, 0), now))
    return sorted(rows, key=lambda row: (row.deadline, -row.differing, row.assessment.school.name))


def _row(assessment: Any, framework: Framework, latest: Classification | None, returned: int, now: datetime) -> Row:
    window = window_of(assessment)
    waiting = assessment.state in (rounds.DRAFT, rounds.RETURNED)
    components: Sequence[str] = ()
    if latest:
        scores = score(framework, unpacked(framework, bytes(latest.levels))).components
        components = ["" if value is None else str(value.numerator // value.denominator) for value in scores.values()]
    return Row(
        assessment=assessment,
        state_title=gettext(rounds.STATES[assessment.state]),
        deadline=window.last,
        late=waiting and now > window.last,
        answered=assessment.ready or 0,
        asked=len(framework.indicators) - len(assessment.carried),
        judged=assessment.judged or 0,
        differing=assessment.differs or 0,
        returned=returned,
        latest=latest,
        components=components,
        total=_total(latest),
    )


def _total(latest: Classification | None) -> str:
    return shown(Fraction(latest.total)) if latest and latest.total else ""


@dataclass(frozen=True)
class Segment:
    """One colour's piece of a bar."""

    colour: str
    title: str
    count: int
    left: float
    width: float
    fill: str


def colour_bar(framework: Framework, rows: Sequence[Row], width: int = 600) -> list[Segment]:
    """How many schools have each colour, best first, "not yet" last, as pieces of a bar."""
    counts = Counter(row.colour for row in rows)
    whole, left, made = len(rows) or 1, 0.0, []
    for colour, title in [*((band.colour, titled(band)) for band in framework.bands), ("", "")]:
        wide = round(width * counts[colour] / whole, 2)
        if counts[colour]:
            made.append(Segment(colour, title, counts[colour], round(left, 2), wide, SWATCHES.get(colour, "")))
        left += wide
    return made


@dataclass(frozen=True)
class Chosen:
    """What a board is narrowed to, by the words of its address; every link of the page keeps the rest of it."""

    show: str = ""
    office: str = ""
    province: str = ""

    def but(self, **other: str) -> str:
        """The address's query with something else chosen."""
        kept = {**vars(self), **other}
        return "?" + urlencode({name: value for name, value in kept.items() if value})

    def holds(self, row: Row) -> bool:
        """The row lies in the chosen place."""
        school = row.assessment.school
        return self.office in ("", school.office.code) and self.province in ("", school.district.province_id)

    def shows(self, row: Row) -> bool:
        """The row passes the filter: a state, "late", a colour, or "none" for no colour yet."""
        if self.show == "late":
            return row.late
        return self.show in ("", row.assessment.state, row.colour or "none")


def board_page(
    round_: Round, person: User, now: datetime, show: str, office: str, province: str = ""
) -> dict[str, Any]:
    """The board: counts by state, the bar, the rows that pass a filter."""
    framework = framework_of(round_.edition)
    everywhere = rows_of(round_, person, now)
    chosen = Chosen(show, office, province)
    rows = [row for row in everywhere if chosen.holds(row)]
    states = Counter(row.assessment.state for row in rows)
    late = sum(row.late for row in rows)
    filters = [("", gettext("ทั้งหมด"), len(rows))]
    filters += [(state, gettext(title), states[state]) for state, title in rounds.STATES.items() if states[state]]
    filters += [("late", gettext("เลยกำหนด"), late)] if late else []
    bar = colour_bar(framework, rows)
    listed = [row for row in rows if chosen.shows(row)]
    return {
        "round": round_,
        "rounds": Round.objects.order_by("-opens").defer("references"),
        "marks": marks_of(round_),
        "framework": framework,
        "rows": listed,
        "decided": any(row.latest and row.latest.override for row in listed),
        "total": len(rows),
        "filters": [(word, title, count, chosen.but(show=word)) for word, title, count in filters],
        "bar": bar,
        "legend": [(one, one.colour or "none", chosen.but(show=one.colour or "none")) for one in bar],
        "official": sum(row.official for row in rows),
        "chosen": chosen,
        "place": chosen.but(show=""),
        "offices": sorted(
            {(row.assessment.school.office.code, str(row.assessment.school.office)) for row in everywhere}
        ),
        "provinces": sorted(
            {
                (row.assessment.school.district.province_id, str(row.assessment.school.district.province))
                for row in everywhere
            }
        ),
        "may_remind": can_remind(round_, person),
    }
