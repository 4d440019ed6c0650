"""Dates in the Buddhist era as offices write them, and read back from what people type."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Final

from .numerals import arabic
from .text import clean

MONTHS: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")

FIRST_BE: Final = 2400
"""A year from here on is of the Buddhist era."""
_SHORT_ENGLISH: Final = tuple(name[:3] for name in ENGLISH_MONTHS)
_ENGLISH: Final = "|".join((*ENGLISH_MONTHS, *(rf"{name}\.?" for name in _SHORT_ENGLISH)))
_SHORT: Final = "|".join(rf"{first}\.?\s?{last}\.?" for first, last in (name[:-1].split(".") for name in SHORT_MONTHS))
"""ม.ค. with or without its dots and a space: ม.ค มค. ม. ค."""
_MONTHS: Final = rf"(?P<month>{'|'.join(MONTHS)}|{_SHORT})"
_YEAR: Final = r"(?P<era>[พค]\.?\s?ศ\.?)?\s*(?P<year>\d{4}|[5-9]\d)"
"""Four digits, or the last two of a year from พ.ศ. 2550 on, as people write them after a Thai month or between strokes."""
_NAMED: Final = re.compile(
    rf"(?:(?:วัน)?(?P<weekday>{'|'.join(WEEKDAYS)})?\s*ที่)?\s*(?P<day>\d{{1,2}})\s*(?:เดือน)?\s*{_MONTHS}\s*{_YEAR}"
)
_NAMED_ENGLISH: Final = re.compile(rf"(?P<day>\d{{1,2}})\s*(?P<month>{_ENGLISH})\s*(?P<year>\d{{4}})", re.IGNORECASE)
_MONTH: Final = re.compile(rf"(?:เดือน)?\s*{_MONTHS}\s*{_YEAR}")
_SLASHED: Final = re.compile(r"(?:วันที่\s*)?(?P<day>\d{1,2})([-./])(?P<month>\d{1,2})\2(?P<year>\d{4}|[5-9]\d)")
_BETWEEN: Final = re.compile(r"\s*(?:[-–—]|ถึง|และ)\s*")
_ISO: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?: 00:00:00)?")
_TIMES: Final = re.compile(r"(\d{1,2})[.:](\d{2})(?:\s*(?:น\.?)?\s*(?:[-–]|ถึง)\s*(\d{1,2})[.:](\d{2}))?\s*(?:น\.?)?")


class DateError(ValueError):
    """A text is no date; ``code`` says why: "date-unknown", "date-impossible" or "weekday-wrong"."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def long_date(day: date) -> str:
    """26 มิถุนายน 2567 (Arabic digits: papers convert)."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + 543}"


def short_date(day: date) -> str:
    """26 มิ.ย. 2567, for tables."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year + 543}"


def month_year(day: date) -> str:
    """มิถุนายน 2567: the month of a day."""
    return f"{MONTHS[day.month - 1]} {day.year + 543}"


def weekday_date(day: date) -> str:
    """วันพุธที่ 26 มิถุนายน 2567: the weekday follows from the date, nobody types it."""
    return f"วัน{WEEKDAYS[day.weekday()]}ที่ {long_date(day)}"


def hours(begins: time, ends: time | None = None) -> str:
    """เวลา 15.00 – 16.30 น."""
    until = f" – {ends:%H.%M}" if ends else ""
    return f"เวลา {begins:%H.%M}{until} น."


def parse_date(text: str) -> date:
    """A date as people type it: "26 มิถุนายน 2567", "วันพุธที่ …", "26 มิ.ย. 67", "26/6/2567", "26 June 2567" or ISO.

    A year from 2400 on, and one of two digits, is B.E. ``DateError`` when it is no date, is impossible, or names a
    wrong weekday.
    """
    plain = clean(text)
    match = (
        _NAMED.fullmatch(plain) or _NAMED_ENGLISH.fullmatch(plain) or _SLASHED.fullmatch(plain) or _ISO.fullmatch(plain)
    )
    if match is None:
        raise DateError("date-unknown", f"อ่านได้ “{plain[:60]}” ซึ่งไม่ใช่วันที่")
    parts = match.groupdict()
    try:
        day = date(_year(parts["year"], parts.get("era")), _month(parts["month"]), int(parts["day"]))
    except ValueError:
        raise DateError("date-impossible", f"อ่านได้ “{plain[:60]}” ซึ่งไม่มีในปฏิทิน") from None
    said = parts.get("weekday")
    if said and said != WEEKDAYS[day.weekday()]:
        raise DateError("weekday-wrong", f"อ่านได้ “{plain[:60]}” แต่วันที่ {long_date(day)} เป็นวัน{WEEKDAYS[day.weekday()]}")
    return day


def parse_days(text: str) -> tuple[date, date | None]:
    """A day, or the first and the last of several: "26-27 มิถุนายน 2567", "30 มิ.ย. - 2 ก.ค. 67"; else ``DateError``.

    What the first leaves out, its month or its year, is the last one's. และ joins two days that follow each other.
    """
    plain = clean(text)
    try:
        return parse_date(plain), None
    except DateError as error:
        if error.code != "date-unknown":
            raise
    for between in _BETWEEN.finditer(plain):
        first, last = _first_and_last(plain[: between.start()], plain[between.end() :])
        if first and last and (last - first == timedelta(1) or "และ" not in between[0]):
            if last <= first:
                raise DateError("date-order", f"อ่านได้ “{plain[:60]}” ซึ่งวันสุดท้ายไม่อยู่หลังวันแรก")
            return first, last
    raise DateError("date-unknown", f"อ่านได้ “{plain[:60]}” ซึ่งไม่ใช่วันที่")


def _first_and_last(left: str, right: str) -> tuple[date | None, date | None]:
    last = _date_or_none(right)
    if last is None:
        return None, None
    ends = ("", f" {last.year + 543}", f" {MONTHS[last.month - 1]} {last.year + 543}")
    return next((first for end in ends if (first := _date_or_none(left + end))), None), last


def _date_or_none(text: str) -> date | None:
    """The date; ``None`` for a text that is none, ``DateError`` for one that is wrong."""
    try:
        return parse_date(text)
    except DateError as error:
        if error.code != "date-unknown":
            raise
        return None


def parse_month(text: str) -> date | None:
    """The first day of a month told without a day ("กันยายน 2567"), or ``None`` when the text is no such month."""
    match = _MONTH.fullmatch(clean(text))
    try:
        return date(_year(match["year"], match["era"]), _month(match["month"]), 1) if match else None
    except ValueError:
        return None


def _month(word: str) -> int:
    if word.isdecimal():
        return int(word)
    plain = word.rstrip(".").capitalize() if word.isascii() else "".join(word.split()).replace(".", "")
    names = (MONTHS, [name.replace(".", "") for name in SHORT_MONTHS], ENGLISH_MONTHS, _SHORT_ENGLISH)
    return next(list(some).index(plain) + 1 for some in names if plain in some)


def _year(digits: str, era: str | None = None) -> int:
    """The year of the common era; ``ValueError`` for one that its era cannot have (พ.ศ. 2024)."""
    year = int(digits) + (2500 if len(digits) == 2 else 0)
    buddhist = year >= FIRST_BE
    if era and buddhist != era.startswith("พ"):
        raise ValueError(digits)
    return year - 543 if buddhist else year


def parse_hours(text: str) -> tuple[time, time | None]:
    """ "15.00 – 16.30 น." as begin and end (``None`` when only one is given); ``DateError`` otherwise.

    An end before the begin is read: what goes on overnight ends on another day.
    """
    match = _TIMES.fullmatch(clean(text).removeprefix("เวลา").strip())
    try:
        if match is None:
            raise ValueError
        begins = time(int(match[1]), int(match[2]))
        ends = time(int(match[3]), int(match[4])) if match[3] else None
    except ValueError:
        raise DateError("time-unknown", f"อ่านได้ “{arabic(text)[:60]}” ซึ่งไม่ใช่เวลา") from None
    return begins, ends
