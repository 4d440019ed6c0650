"""What is wrong with single values of a register: positions, numbers, names of rounds, days far from their year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from khunnaphap.core.day_windows import impossible_day
from khunnaphap.core.distances import in_thailand
from khunnaphap.core.names import in_district
from khunnaphap.core.problems import Problem, Refusal
from khunnaphap.core.register import SchoolEntry
from khunnaphap.core.rounds import RoundName
from khunnaphap.core.thai.dates import long_date

Fault = tuple[str, Problem]
"""A field's name and what is wrong with it."""
MAX_PEOPLE: Final = 100_000
"""No school has more students, teachers or rooms than this."""


def position_faults(told: SchoolEntry, whole: SchoolEntry) -> Iterator[Fault]:
    """Half a position, or one outside of Thailand; ``whole`` is what the record would have."""
    latitude, longitude = whole.latitude, whole.longitude
    if latitude is None or longitude is None:
        if latitude is not None or longitude is not None or told.position_source:
            field = "latitude" if latitude is None else "longitude"
            yield field, Problem("coordinates-half", "พิกัดไม่ครบ", "กรอกทั้งละติจูดและลองจิจูด หรือเว้นทั้งหมด")
    elif not in_thailand(latitude, longitude):
        swapped = " ดูเหมือนสลับละติจูดกับลองจิจูด" if in_thailand(longitude, latitude) else ""
        message = f"พิกัด {latitude}, {longitude} อยู่นอกประเทศไทย{swapped}"
        yield "latitude", Problem("coordinates-outside", message, "ตรวจพิกัด เช่น ละติจูด 18.288 ลองจิจูด 99.491")


def too_many(entry: Any, *names: str) -> Iterator[Fault]:
    """Counts that no school reaches."""
    for name in names:
        value = getattr(entry, name)
        if value is not None and value > (MAX_PEOPLE if name != "rooms" else 1_000):
            yield name, Problem("amount-invalid", f"อ่านได้ {value:,} ซึ่งมากเกินกว่าจะเป็นไปได้", "ตรวจจำนวน")


def round_name_faults(field: str, text: str) -> Iterator[Fault]:
    """A text that is no name of a round."""
    try:
        RoundName.parse(text)
    except Refusal as refusal:
        yield field, refusal.problem


def parsed_round(text: str) -> RoundName | None:
    """The name of a round, or ``None``."""
    try:
        return RoundName.parse(text)
    except Refusal:
        return None


def far_from_year(field: str, day: date | None, text: str) -> Iterator[Fault]:
    """A day that lies more than half a year outside the budget year of a round or an inspection."""
    name = parsed_round(text)
    if day is None or name is None:
        return
    first, last = date(name.year - 544, 10, 1), date(name.year - 543, 9, 30)
    if impossible_day("round", day, year=name.year):
        message = f"วันที่ {long_date(day)} อยู่ห่างจากปีงบประมาณ {name.year} ({long_date(first)} ถึง {long_date(last)})"
        yield field, Problem("date-outside-year", message, "ตรวจวันที่และปี พ.ศ.")


def named_twice(name: str, district: str, others: Iterable[str]) -> Problem:
    """The warning that a school of this name and district stands under other codes too."""
    message = f"โรงเรียน{name} {in_district(district)} มีอยู่แล้วในรหัส {', '.join(sorted(others))}"
    return Problem("school-named-twice", message, "ตรวจรหัส ถ้าเป็นคนละโรงเรียนที่ชื่อเหมือนกันไม่ต้องแก้")


def code_faults(ministry_code: str, smis_code: str) -> Iterator[Fault]:
    """What is wrong with a school's codes; an empty SMIS code is none."""
    if not re.fullmatch(r"[0-9]{10}", ministry_code):
        message = f"รหัสกระทรวง “{ministry_code}” ไม่ใช่ตัวเลข 10 หลัก"
        mend = "ตรวจรหัส และตั้งช่องเป็นข้อความเพื่อไม่ให้เลขศูนย์นำหน้าหาย"
        yield "ministry_code", Problem("code-invalid", message, mend)
    if smis_code and not re.fullmatch(r"[0-9]{8}", smis_code):
        message = f"รหัส SMIS “{smis_code}” ไม่ใช่ตัวเลข 8 หลัก"
        yield "smis_code", Problem("code-invalid", message, "ตรวจรหัส หรือเว้นว่าง")
