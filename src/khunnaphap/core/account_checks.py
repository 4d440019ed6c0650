"""What an office's account must hold: days in the year and in order, money that adds up, schools that are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias, TypeVar

from .day_windows import impossible_day
from .known_schools import KnownSchools, Named
from .letters import Letter
from .names import in_district
from .problems import Problem
from .programme import Candidate, GoodPractice, Money, Occasion, OfficeYear, Party, StaffingGap, Support
from .rounds import budget_year
from .thai.dates import hours, long_date, month_year
from .thai.money import baht

OfSchool = TypeVar("OfSchool", Candidate, GoodPractice, StaffingGap, Support)
_CITING = {
    "candidates": ("proposed", "announced"), "committees": ("order",), "submissions": ("letter",), "money": ("letter",),
}  # fmt: skip
_OF_SCHOOLS = ("candidates", "support", "staffing", "practices")
Unread: TypeAlias = Mapping[tuple[str, int], frozenset[str]]
"""The fields of an account's values that could not be read, by part and place (from 0)."""
_RESTS_ON: Final[Mapping[str, frozenset[str]]] = {
    "announced-not-chosen": frozenset({"chosen"}),
    "date-order": frozenset({"day", "begins", "until"}),
    "time-order": frozenset({"day", "until"}),
    "sum-differs": frozenset({"direction", "amount", "parties", "project"}),
}
"""The other fields of its value that a fault is concluded from, by its code."""


@dataclass(frozen=True)
class Fault:
    """A problem of one field of one value: ``part`` and ``index`` (from 0) name the value in the account."""

    part: str
    index: int
    field: str
    problem: Problem


def check_account(told: OfficeYear, year: int, known: KnownSchools, unread: Unread | None = None) -> list[Fault]:
    """Every fault of an account for a budget year (B.E.); nothing is concluded from a field that is ``unread``."""
    unread = unread or {}
    found = (
        *_occasions(told, year),
        *_series(told),
        *_steps(told, year),
        *_submissions(told, year),
        *_selection(told, known),
        *_schools(told, known),
        *_sums(told),
        *_passed_on(told, unread),
    )
    return sure(found, unread)


def sure(found: Iterable[Fault], unread: Unread) -> list[Fault]:
    """The faults that are concluded from no field that could not be read."""
    return [one for one in found if not unread.get((one.part, one.index), frozenset()) & _fields_behind(one)]


def _fields_behind(fault: Fault) -> frozenset[str]:
    return _RESTS_ON.get(fault.problem.code, frozenset()) | {fault.field}


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
    overnight = occasion.day and occasion.until and occasion.until > occasion.day
    backwards = occasion.day and occasion.until and occasion.until < occasion.day  # told already
    if occasion.begins and occasion.ends and occasion.ends <= occasion.begins and not overnight and not backwards:
        message = f"{hours(occasion.begins, occasion.ends)} เวลาสิ้นสุดไม่อยู่หลังเวลาเริ่ม"
        mend = "ตรวจเวลา ถ้าเลิกในวันถัดไปให้กรอกช่อง “ถึงวันที่”"
        yield Fault("occasions", place, "hours", Problem("time-order", message, mend))


def _steps(told: OfficeYear, year: int) -> Iterator[Fault]:
    """An office's process may begin a year before or end a year after; what ends does not end before it begins."""
    for place, one in enumerate(told.steps):
        for name, day in (("begins", one.begins), ("until", one.until)):
            if day and (problem := impossible_day("step", day, year=year)):
                yield Fault("steps", place, name, replace(problem, code="date-outside-year"))
        if one.until and (one.begins is None or one.until < one.begins):
            shown = month_year(one.until) if one.months else long_date(one.until)
            problem = Problem("date-order", f"เวลาสิ้นสุด {shown} ไม่อยู่หลังเวลาเริ่ม", "ตรวจเวลาเริ่มและเวลาสิ้นสุด")
            yield Fault("steps", place, "until", problem)


def _series(told: OfficeYear) -> Iterator[Fault]:
    for place, activity in enumerate(told.activities):
        if activity.series == 0:
            problem = Problem("amount-invalid", "อ่านได้ครั้งที่ “0”", "ครั้งที่เริ่มจาก 1 หรือเว้นว่าง")
            yield Fault("activities", place, "series", problem)


def _submissions(told: OfficeYear, year: int) -> Iterator[Fault]:
    for place, one in enumerate(told.submissions):
        for name, day, month in (("due", one.due, one.due_month), ("sent", one.sent, False)):
            if day and budget_year(day) != year:
                yield Fault("submissions", place, name, _outside(day, year, month))


def _selection(told: OfficeYear, known: KnownSchools) -> Iterator[Fault]:
    """A candidate is one of the office's own schools, stands once, and has an announcement only if it was chosen."""
    seen: dict[str, int] = {}
    for place, one in enumerate(told.candidates):
        school = known.find(one.school) if one.school else None
        if isinstance(school, Named):
            if school.code in seen:
                message = f"โรงเรียน{school.name} ปรากฏซ้ำกับแถวก่อนหน้าของการคัดเลือก"
                yield Fault("candidates", place, "school", Problem("row-twice", message, "เหลือไว้เพียงแถวเดียว"))
            elif school.office != known.office:
                message = (
                    f"โรงเรียน{school.name} {in_district(school.district)} เป็นของเขตรหัส {school.office} ไม่ใช่ของเขตนี้"
                )
                mend = "เสนอและคัดเลือกเฉพาะโรงเรียนของเขตนี้ ถ้าชื่อซ้ำกันใช้รหัสกระทรวง 10 หลัก"
                yield Fault("candidates", place, "school", Problem("school-elsewhere", message, mend))
            seen.setdefault(school.code, place)
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
        for problem in _parties(money, known):
            yield Fault("money", place, "parties", problem)


def _parties(money: Money, known: KnownSchools) -> Iterator[Problem]:
    """Schools that are unknown, what stands after a school's name and is no amount, and who stands there twice."""
    seen: set[str] = set()
    for party in money.parties:
        name, colon, after = party.name.partition(":")
        if colon and (known.is_school(name.strip()) or not name.strip()):
            mend = f"เขียนจำนวนเงินเป็นตัวเลข เช่น {name.strip()}: 20,000"
            yield Problem("not-a-number", f"อ่านได้ “{after.strip()}” ซึ่งไม่ใช่จำนวนเงิน", mend)
            continue
        found = known.party(party.name)
        if isinstance(found, Problem):
            yield found
            continue
        who = found.code if found else " ".join(party.name.split())
        if who in seen:
            yield Problem("row-twice", f"“{party.name}” ปรากฏซ้ำในรายการเดียวกัน", "รวมเป็นบรรทัดเดียว")
        seen.add(who)


def named_schools(told: OfficeYear) -> list[str]:
    """Every school that the account names, as it names it; of those that money went to, the codes."""
    schools = [one.school for part in _OF_SCHOOLS for one in getattr(told, part) if one.school]
    return schools + [party.name for one in told.money for party in one.parties if party.name.isdigit()]


def cited_letters(told: OfficeYear) -> list[tuple[str, int, str, Letter]]:
    """Every citation of a letter: the part, the place (from 0) in it, the field, the letter."""
    found: list[tuple[str, int, str, Letter | None]] = []
    for place, activity in enumerate(told.activities):
        found += [("activities", place, "letters", letter) for letter in activity.letters]
    for part, names in _CITING.items():
        for place, one in enumerate(getattr(told, part)):
            found += [(part, place, name, getattr(one, name)) for name in names]
    return [(part, place, name, letter) for part, place, name, letter in found if letter is not None]


def with_names(told: OfficeYear, known: KnownSchools) -> OfficeYear:
    """The account with its schools under the register's names, whether it named them by name, by code or in a text."""

    def name_of(text: str) -> str:
        found = known.find(text)
        return found.name if isinstance(found, Named) else text

    def named(part: tuple[OfSchool, ...]) -> tuple[OfSchool, ...]:
        return tuple(replace(one, school=name_of(one.school)) if one.school else one for one in part)

    def paid(one: Money) -> Money:
        schools = ((party, known.party(party.name)) for party in one.parties)
        parties = (
            Party(f"โรงเรียน{school.name}", party.amount) if isinstance(school, Named) else party
            for party, school in schools
        )
        return replace(one, parties=tuple(parties))

    whole = replace(
        told,
        candidates=named(told.candidates),
        support=named(told.support),
        staffing=named(told.staffing),
        practices=named(told.practices),
        money=tuple(map(paid, told.money)),
    )
    return _with_texts(whole, known)


def _with_texts(told: OfficeYear, known: KnownSchools) -> OfficeYear:
    """Texts that leave out what stands in brackets at the end of a school's name have it too: one school, one name."""
    full = known.bracketed
    if not full:
        return told
    short = re.compile(f"โรงเรียน({'|'.join(map(re.escape, sorted(full, key=len, reverse=True)))})(?![ก-๎]| ?\\()")

    def whole(text: str) -> str:
        return short.sub(lambda found: f"โรงเรียน{full[found[1]]}", text)

    mapped: OfficeYear = _mapped(told, whole)
    return mapped


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A value with every text in it changed, but for what letters say."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(one, change) for one in value)
    if is_dataclass(value) and not isinstance(value, Letter | type):
        return replace(value, **{one.name: _mapped(getattr(value, one.name), change) for one in fields(value)})
    return value


def with_later(told: OfficeYear, had: OfficeYear) -> OfficeYear:
    """What a workbook of contract 1 told, with what it has no columns for, where the rest of a value is as it was."""
    money = {replace(one, year=None): one for one in had.money}
    staffing = {replace(one, to=""): one for one in had.staffing}
    return replace(
        told,
        money=tuple(money.get(one, one) for one in told.money),
        staffing=tuple(staffing.get(one, one) for one in told.staffing),
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


def _passed_on(told: OfficeYear, unread: Unread) -> Iterator[Fault]:
    """What was passed on of a project may not be more than what was received for it.

    Nothing is said of a project while an amount of it, or any row's project or direction, could not be read.
    """
    doubtful = {place: fields for (part, place), fields in unread.items() if part == "money"}
    if any(fields & {"direction", "project"} for fields in doubtful.values()):
        return
    blind = {told.money[place].project for place, fields in doubtful.items() if fields & {"amount", "parties"}}
    received: dict[str, Decimal] = {}
    for one in told.money:
        if one.direction == "received" and one.total is not None:
            received[one.project] = received.get(one.project, Decimal(0)) + one.total
    passed: dict[str, Decimal] = {}
    for place, one in enumerate(told.money):
        if one.direction == "received" or one.total is None or one.project in blind:
            continue
        passed[one.project] = passed.get(one.project, Decimal(0)) + one.total
        if one.project in received and passed[one.project] > received[one.project]:
            message = f"จัดสรรต่อรวม {baht(passed[one.project])} มากกว่าที่ได้รับ {baht(received[one.project])}"
            field = "amount" if one.amount is not None else "parties"
            yield Fault("money", place, field, Problem("sum-differs", message, "ตรวจจำนวนเงินของโครงการเดียวกัน"))
