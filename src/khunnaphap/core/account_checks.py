"""What an office's account must hold: days in the year and in order, money that adds up, schools that are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeVar

from .problems import Problem
from .programme import Candidate, GoodPractice, Occasion, OfficeYear, StaffingGap, Support
from .rounds import budget_year
from .thai.dates import long_date
from .thai.money import baht

Named = TypeVar("Named", Candidate, GoodPractice, StaffingGap, Support)


@dataclass(frozen=True)
class Fault:
    """A problem of one field of one value: ``part`` and ``index`` (from 0) name the value in the account."""

    part: str
    index: int
    field: str
    problem: Problem


def check_account(told: OfficeYear, year: int, schools: Set[str]) -> list[Fault]:
    """Every fault of an account for a budget year (B.E.); ``schools`` are the names and codes that are known."""
    return [*_occasions(told, year), *_submissions(told, year), *_schools(told, schools), *_money(told)]


def _outside(day: date, year: int) -> Problem:
    return Problem(
        "date-outside-year",
        f"วันที่ {long_date(day)} อยู่นอกปีงบประมาณ {year} (1 ตุลาคม {year - 1} ถึง 30 กันยายน {year})",
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
            yield Fault("occasions", place, name, _outside(day, year))
    if occasion.until and (occasion.day is None or occasion.until < occasion.day):
        message = f"วันสิ้นสุด {long_date(occasion.until)} ไม่อยู่หลังวันเริ่ม"
        yield Fault("occasions", place, "until", Problem("date-order", message, "ตรวจวันเริ่มและวันสิ้นสุด"))


def _submissions(told: OfficeYear, year: int) -> Iterator[Fault]:
    for place, one in enumerate(told.submissions):
        for name, day in (("due", one.due), ("sent", one.sent)):
            if day and budget_year(day) != year:
                yield Fault("submissions", place, name, _outside(day, year))


def _schools(told: OfficeYear, schools: Set[str]) -> Iterator[Fault]:
    named = [
        *(("candidates", place, one.school) for place, one in enumerate(told.candidates)),
        *(("support", place, one.school) for place, one in enumerate(told.support)),
        *(("staffing", place, one.school) for place, one in enumerate(told.staffing)),
        *(("practices", place, one.school) for place, one in enumerate(told.practices)),
    ]
    for part, place, school in named:
        if school and plain_name(school) not in schools:
            near = get_close_matches(plain_name(school), [one for one in schools if not one.isdigit()], 2, 0.75)
            hint = f"ชื่อที่ใกล้เคียง: {', '.join(near)}" if near else "ใช้ชื่อตามทะเบียนหรือรหัสกระทรวง 10 หลัก"
            problem = Problem("school-unknown", f"ไม่มีโรงเรียน “{school}” ในทะเบียน", hint)
            yield Fault(part, place, "school", problem)


def plain_name(school: str) -> str:
    """A school's name as the register has it: without โรงเรียน before it, spaces at brackets as typed made one."""
    return school.removeprefix("โรงเรียน").replace(" (", "(").replace("( ", "(").replace(" )", ")").strip()


def with_names(told: OfficeYear, names: Mapping[str, str]) -> OfficeYear:
    """The account with its schools under the register's names; ``names`` by code and by plain name."""

    def named(part: tuple[Named, ...]) -> tuple[Named, ...]:
        return tuple(replace(one, school=names.get(plain_name(one.school), one.school)) for one in part)

    return replace(
        told,
        candidates=named(told.candidates),
        support=named(told.support),
        staffing=named(told.staffing),
        practices=named(told.practices),
    )


def _money(told: OfficeYear) -> Iterator[Fault]:
    """What was passed on of a project may not be more than what was received for it."""
    received: dict[str, Decimal] = {}
    passed: dict[str, Decimal] = {}
    for place, one in enumerate(told.money):
        if one.amount is None:
            continue
        sums = received if one.direction == "received" else passed
        sums[one.project] = sums.get(one.project, Decimal(0)) + one.amount
        if one.direction == "passed_on" and one.project in received and passed[one.project] > received[one.project]:
            message = f"จัดสรรต่อรวม {baht(passed[one.project])} มากกว่าที่ได้รับ {baht(received[one.project])}"
            yield Fault("money", place, "amount", Problem("sum-differs", message, "ตรวจจำนวนเงินของโครงการเดียวกัน"))
