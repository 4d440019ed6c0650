"""What an office's account must hold: days in the year and in order, money that adds up, schools that are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from .known_schools import KnownSchools, Named
from .letters import Letter
from .problems import Problem
from .programme import Candidate, GoodPractice, Money, Occasion, OfficeYear, Party, StaffingGap, Support
from .rounds import budget_year
from .thai.dates import long_date, month_year
from .thai.money import baht

OfSchool = TypeVar("OfSchool", Candidate, GoodPractice, StaffingGap, Support)
_CITING = {
    "candidates": ("proposed", "announced"), "committees": ("order",), "submissions": ("letter",), "money": ("letter",),
}  # fmt: skip
_OF_SCHOOLS = ("candidates", "support", "staffing", "practices")


@dataclass(frozen=True)
class Fault:
    """A problem of one field of one value: ``part`` and ``index`` (from 0) name the value in the account."""

    part: str
    index: int
    field: str
    problem: Problem


def check_account(told: OfficeYear, year: int, known: KnownSchools) -> list[Fault]:
    """Every fault of an account for a budget year (B.E.)."""
    return [
        *_occasions(told, year),
        *_submissions(told, year),
        *_selection(told),
        *_schools(told, known),
        *_sums(told),
        *_passed_on(told),
    ]


def _outside(day: date, year: int, whole_month: bool) -> Problem:
    shown = f"เดือน{month_year(day)}" if whole_month else f"วันที่ {long_date(day)}"
    return Problem(
        "date-outside-year",
        f"{shown} อยู่นอกปีงบประมาณ {year} (1 ตุลาคม {year - 1} ถึง 30 กันยายน {year})",
        "ตรวจวันที่และปี พ.ศ.",
    )


def _occasions(told: OfficeYear, year: int) -> Iterator[Fault]:
    place = 0
    for activity in told.activities:
        for occasion in activity.occasions:
            yield from _occasion(place, occasion, year)
            place += 1


def _occasion(place: int, occasion: Occasion, year: int) -> Iterator[Fault]:
    for name, day in (("day", occasion.day), ("until", occasion.until)):
        if day and budget_year(day) != year:
            yield Fault("occasions", place, name, _outside(day, year, occasion.whole_month))
    if occasion.until and (occasion.day is None or occasion.until < occasion.day):
        shown = month_year(occasion.until) if occasion.whole_month else long_date(occasion.until)
        message = f"วันสิ้นสุด {shown} ไม่อยู่หลังวันเริ่ม"
        yield Fault("occasions", place, "until", Problem("date-order", message, "ตรวจวันเริ่มและวันสิ้นสุด"))


def _submissions(told: OfficeYear, year: int) -> Iterator[Fault]:
    for place, one in enumerate(told.submissions):
        for name, day, month in (("due", one.due, one.due_month), ("sent", one.sent, False)):
            if day and budget_year(day) != year:
                yield Fault("submissions", place, name, _outside(day, year, month))


def _selection(told: OfficeYear) -> Iterator[Fault]:
    for place, one in enumerate(told.candidates):
        for name, value in (("announced", one.announced), ("announced_number", one.announced_number)):
            if value is not None and not one.chosen:
                message = f"“{one.school}” ไม่ได้รับคัดเลือก แต่ระบุการประกาศผลไว้"
                mend = "เลือก “ใช่” ในช่องได้รับคัดเลือก หรือเว้นช่องนี้ว่าง"
                yield Fault("candidates", place, name, Problem("announced-not-chosen", message, mend))


def _schools(told: OfficeYear, known: KnownSchools) -> Iterator[Fault]:
    for part in _OF_SCHOOLS:
        for place, one in enumerate(getattr(told, part)):
            found = known.find(one.school) if one.school else None
            if isinstance(found, Problem):
                yield Fault(part, place, "school", found)
    for place, money in enumerate(told.money):
        for party in money.parties:
            found = known.find(party.name) if party.name.isdigit() else None
            if isinstance(found, Problem):
                yield Fault("money", place, "parties", found)


def named_schools(told: OfficeYear) -> list[str]:
    """Every school that the account names, as it names it; of those that money went to, the codes."""
    schools = [one.school for part in _OF_SCHOOLS for one in getattr(told, part) if one.school]
    return schools + [party.name for one in told.money for party in one.parties if party.name.isdigit()]


def cited_letters(told: OfficeYear) -> list[tuple[str, int, Letter]]:
    """Every citation of a letter: the part, the place (from 0) in it, the letter."""
    found: list[tuple[str, int, Letter | None]] = []
    for place, activity in enumerate(told.activities):
        found += [("activities", place, letter) for letter in activity.letters]
    for part, names in _CITING.items():
        for place, one in enumerate(getattr(told, part)):
            found += [(part, place, getattr(one, name)) for name in names]
    return [(part, place, letter) for part, place, letter in found if letter is not None]


def with_names(told: OfficeYear, known: KnownSchools) -> OfficeYear:
    """The account with its schools under the register's names, whether it named them by name or by code."""

    def name_of(text: str) -> str:
        found = known.find(text)
        return found.name if isinstance(found, Named) else text

    def named(part: tuple[OfSchool, ...]) -> tuple[OfSchool, ...]:
        return tuple(replace(one, school=name_of(one.school)) if one.school else one for one in part)

    def paid(one: Money) -> Money:
        parties = (
            Party(f"โรงเรียน{name_of(party.name)}", party.amount) if party.name.isdigit() else party
            for party in one.parties
        )
        return replace(one, parties=tuple(parties))

    return replace(
        told,
        candidates=named(told.candidates),
        support=named(told.support),
        staffing=named(told.staffing),
        practices=named(told.practices),
        money=tuple(map(paid, told.money)),
    )


def _sums(told: OfficeYear) -> Iterator[Fault]:
    """The parties' own amounts are the amount in all, or less while some have none."""
    for place, one in enumerate(told.money):
        amounts = [party.amount for party in one.parties if party.amount is not None]
        added = sum(amounts, Decimal(0))
        whole = len(amounts) == len(one.parties)
        if one.amount is not None and amounts and (added != one.amount if whole else added > one.amount):
            message = f"จำนวนเงินรายรายรวมกันได้ {baht(added)} แต่จำนวนเงินรวมคือ {baht(one.amount)}"
            problem = Problem("sum-differs", message, "ตรวจจำนวนเงิน หรือเว้นจำนวนเงินรวมว่างเพื่อให้ระบบรวมให้")
            yield Fault("money", place, "amount", problem)


def _passed_on(told: OfficeYear) -> Iterator[Fault]:
    """What was passed on of a project may not be more than what was received for it."""
    received: dict[str, Decimal] = {}
    for one in told.money:
        if one.direction == "received" and one.total is not None:
            received[one.project] = received.get(one.project, Decimal(0)) + one.total
    passed: dict[str, Decimal] = {}
    for place, one in enumerate(told.money):
        if one.direction == "received" or one.total is None:
            continue
        passed[one.project] = passed.get(one.project, Decimal(0)) + one.total
        if one.project in received and passed[one.project] > received[one.project]:
            message = f"จัดสรรต่อรวม {baht(passed[one.project])} มากกว่าที่ได้รับ {baht(received[one.project])}"
            field = "amount" if one.amount is not None else "parties"
            yield Fault("money", place, field, Problem("sum-differs", message, "ตรวจจำนวนเงินของโครงการเดียวกัน"))
