"""What an account's letters must hold: dates that can be, one date for one letter, numbers of their own year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .account_checks import Fault, cited_letters
from .letters import KINDS, URGENCIES, Letter
from .problems import Problem
from .programme import OfficeYear
from .thai.dates import long_date


def check_letters(told: OfficeYear, year: int) -> Iterator[Fault]:
    """Letters dated after the budget year (B.E.), and one letter that is given two dates; both at their citation."""
    last = date(year - 543, 9, 30)
    dates: dict[tuple[object, ...], date] = {}
    for part, place, field, letter in cited_letters(told):
        if letter.dated > last:
            message = f"{KINDS[letter.kind]}ลงวันที่ {long_date(letter.dated)} อยู่หลังสิ้นปีงบประมาณ {year} ({long_date(last)})"
            yield Fault(part, place, field, Problem("date-outside-year", message, "ตรวจวันที่และปี พ.ศ. ของหนังสือ"))
        before = dates.setdefault(_same(letter), letter.dated) if letter.number else letter.dated
        if before != letter.dated:
            message = (
                f"{KINDS[letter.kind]}เลขที่ “{letter.number}” ลงวันที่ {long_date(letter.dated)} ที่นี่ "
                f"แต่อีกแห่งในแฟ้มลงวันที่ {long_date(before)}"
            )
            yield Fault(part, place, field, Problem("letter-two-dates", message, "แก้วันที่หรือเลขที่ให้ตรงกับหนังสือจริง"))


def doubtful_letters(told: OfficeYear) -> Iterator[Fault]:
    """Orders dated in another year than their number tells, an urgency within a sender: to be looked at again, not refused."""
    for part, place, field, letter in cited_letters(told):
        if "ด่วน" in letter.sender:
            message = f"อ่านผู้ส่งได้ “{letter.sender}” ซึ่งมีคำว่าด่วนอยู่ในชื่อ"
            mend = f"ชั้นความเร็วคือ {' '.join(URGENCIES)} เว้นวรรคจากชื่อผู้ส่ง ถ้าเป็นชื่อจริงไม่ต้องแก้"
            yield Fault(part, place, field, Problem("letter-urgency", message, mend))
        year = letter.numbered_year
        if year is not None and year != letter.dated.year + 543:
            message = f"{KINDS[letter.kind]}ที่ {letter.number} ลงวันที่ {long_date(letter.dated)} ซึ่งไม่ใช่ปี {year}"
            yield Fault(part, place, field, Problem("letter-year", message, "ตรวจเลขที่และวันที่ ถ้าถูกต้องแล้วไม่ต้องแก้"))


def _same(letter: Letter) -> tuple[object, ...]:
    """What a letter is known by; a number that does not tell its year begins anew each year."""
    number, sender = ("".join(text.split()) for text in (letter.number, letter.sender))
    return letter.kind, sender, number, 0 if letter.numbered_year else letter.dated.year
