"""Which days can be, by what they are of: one table for every door, so that 1967 and 9999 are told wherever they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .problems import Problem
from .thai.dates import MONTHS

_YEAR: Final = 365
HALF_A_YEAR: Final = 183


@dataclass(frozen=True)
class DayWindow:
    """How many days before and after an anchor a day of a kind may lie.

    The anchor is today (``of_year`` false), or the first and the last day of a budget year. A day outside of ``sound``
    (before, after) is a warning, one outside of ``possible`` a problem.
    """

    title: str
    sound: tuple[int, int]
    possible: tuple[int, int]
    of_year: bool = False


DAY_WINDOWS: Final[Mapping[str, DayWindow]] = {
    "headcount": DayWindow("วันที่ของจำนวนนักเรียนและครู", (3 * _YEAR, 0), (20 * _YEAR, 0)),
    "letter": DayWindow("วันที่ของหนังสือ", (0, 0), (20 * _YEAR, 0), of_year=True),
    "activity": DayWindow("วันที่ของกิจกรรม", (0, 0), (0, 0), of_year=True),
    "step": DayWindow("เวลาของขั้นตอน", (0, 0), (_YEAR, _YEAR), of_year=True),
    "round": DayWindow("วันของรอบ", (HALF_A_YEAR, HALF_A_YEAR), (HALF_A_YEAR, HALF_A_YEAR), of_year=True),
    "office": DayWindow("วันของสำนักงานเขต", (24 * _YEAR, _YEAR), (30 * _YEAR, 2 * _YEAR)),
    "extension": DayWindow("กำหนดที่ขยายให้", (0, 60), (0, 2 * _YEAR)),
    "deadline": DayWindow("กำหนดส่งใหม่", (0, 60), (0, 2 * _YEAR)),
    "role": DayWindow("วันของบทบาท", (2 * _YEAR, 5 * _YEAR), (10 * _YEAR, 20 * _YEAR)),
}
"""Published in ``docs/workbooks.md``."""


def impossible_day(kind: str, day: date, *, today: date | None = None, year: int | None = None) -> Problem | None:
    """The problem of a day that cannot be one of this kind; ``today`` or the budget ``year`` (B.E.) is the anchor."""
    first, last = _bounds(kind, DAY_WINDOWS[kind].possible, today, year)
    if first <= day <= last:
        return None
    message = f"{DAY_WINDOWS[kind].title} {spelled(day)} ไม่อยู่ระหว่าง {spelled(first)} ถึง {spelled(last)}"
    return Problem("date-implausible", message, "ตรวจวันที่และปี พ.ศ. สี่หลัก เช่น 26 มิถุนายน 2567")


def doubtful_day(kind: str, day: date, *, today: date | None = None, year: int | None = None) -> Problem | None:
    """The warning about a day of this kind that is possible but unusual: it spells the year."""
    first, last = _bounds(kind, DAY_WINDOWS[kind].sound, today, year)
    if first <= day <= last or impossible_day(kind, day, today=today, year=year):
        return None
    message = f"{DAY_WINDOWS[kind].title}คือ {spelled(day)} ซึ่งห่างจากปกติ"
    return Problem("date-doubtful", message, "ตรวจวันที่และปี พ.ศ. ถ้าถูกต้องแล้วไม่ต้องแก้")


def spelled(day: date) -> str:
    """12 มิถุนายน พ.ศ. 2510 (ค.ศ. 1967): a day whose year nobody misreads."""
    return f"{day.day} {MONTHS[day.month - 1]} พ.ศ. {day.year + 543} (ค.ศ. {day.year})"


def _bounds(kind: str, days: tuple[int, int], today: date | None, year: int | None) -> tuple[date, date]:
    if DAY_WINDOWS[kind].of_year:
        assert year is not None, "a day of a budget year"
        anchors = date(year - 544, 10, 1), date(year - 543, 9, 30)
    else:
        assert today is not None, "a day seen from today"
        anchors = today, today
    return anchors[0] - timedelta(days[0]), anchors[1] + timedelta(days[1])
