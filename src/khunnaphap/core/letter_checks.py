"""What an account's letters must hold: dates that can be, one date for one letter, numbers of their own year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from .account_checks import Fault, cited_letters
from .day_windows import doubtful_day, impossible_day, spelled
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
        elif problem := impossible_day("letter", letter.dated, year=year):
            yield Fault(part, place, field, problem)
        before = dates.setdefault(same_letter(letter), letter.dated) if letter.number else letter.dated
        if before != letter.dated:
            message = (
                f"{KINDS[letter.kind]}เลขที่ “{letter.number}” ลงวันที่ {long_date(letter.dated)} ที่นี่ "
                f"แต่อีกแห่งในแฟ้มลงวันที่ {long_date(before)}"
            )
            yield Fault(part, place, field, Problem("letter-two-dates", message, "แก้วันที่หรือเลขที่ให้ตรงกับหนังสือจริง"))


def doubtful_letters(told: OfficeYear, year: int) -> Iterator[Fault]:
    """Letters to be looked at again, not refused: of another year, or of another than their number tells, an urgency
    within a sender, one letter with two urgencies or subjects."""
    first = date(year - 544, 10, 1)
    together: dict[tuple[object, ...], list[Letter]] = {}
    for *_, letter in cited_letters(told):
        together.setdefault(same_letter(letter), []).append(letter)
    for part, place, field, letter in cited_letters(told):
        if "ด่วน" in letter.sender:
            message = f"อ่านผู้ส่งได้ “{letter.sender}” ซึ่งมีคำว่าด่วนอยู่ในชื่อ"
            mend = f"ชั้นความเร็วคือ {' '.join(URGENCIES)} เว้นวรรคจากชื่อผู้ส่ง ถ้าเป็นชื่อจริงไม่ต้องแก้"
            yield Fault(part, place, field, Problem("letter-urgency", message, mend))
        numbered = letter.numbered_year
        if numbered is not None and numbered != letter.dated.year + 543:
            message = f"{KINDS[letter.kind]}ที่ {letter.number} ลงวันที่ {long_date(letter.dated)} ซึ่งไม่ใช่ปี {numbered}"
            yield Fault(part, place, field, Problem("letter-year", message, "ตรวจเลขที่และวันที่ ถ้าถูกต้องแล้วไม่ต้องแก้"))
        if doubtful_day("letter", letter.dated, year=year):
            message = f"{KINDS[letter.kind]}ลงวันที่ {spelled(letter.dated)} อยู่ก่อนปีงบประมาณ {year} ({long_date(first)})"
            yield Fault(
                part, place, field, Problem("letter-old", message, "ตรวจวันที่และปี พ.ศ. ถ้าเป็นหนังสือของปีก่อนจริงไม่ต้องแก้")
            )
        for problem in _told_once(letter, together[same_letter(letter)]):
            yield Fault(part, place, field, problem)


def _told_once(letter: Letter, all_of_it: Sequence[Letter]) -> Iterator[Problem]:
    """What is said otherwise of a letter elsewhere in the file, each kind of difference once; days are a problem."""
    told = set()
    for other in dict.fromkeys(all_of_it):
        for problem in differing(letter, other, "อีกแห่งในแฟ้ม"):
            if problem.code not in told and problem.code != "letter-two-dates":
                told.add(problem.code)
                yield problem


def differing(letter: Letter, other: Letter, where: str) -> Iterator[Problem]:
    """What one letter says otherwise in two places; ``where`` the other stands. A blank subject says nothing."""
    if letter.urgency != other.urgency:
        message = f"{_called(letter)} มีชั้นความเร็ว “{letter.urgency or 'ไม่มี'}” ที่นี่ แต่{where}เป็น “{other.urgency or 'ไม่มี'}”"
        yield Problem("letter-two-urgencies", message, "แก้ชั้นความเร็วให้ตรงกับหนังสือจริง")
    if letter.subject and other.subject and _plain(letter.subject) != _plain(other.subject):
        message = f"{_called(letter)} มีเรื่อง “{letter.subject}” ที่นี่ แต่{where}เป็น “{other.subject}”"
        yield Problem("letter-two-subjects", message, "แก้เรื่องให้ตรงกับหนังสือจริง")
    if letter.dated != other.dated:
        message = f"{_called(letter)} ลงวันที่ {long_date(letter.dated)} ที่นี่ แต่{where}ลงวันที่ {long_date(other.dated)}"
        yield Problem("letter-two-dates", message, "แก้วันที่ให้ตรงกับหนังสือจริง")


def _called(letter: Letter) -> str:
    return f"{KINDS[letter.kind]}{f'เลขที่ “{letter.number}”' if letter.number else letter.sender}"


def _plain(text: str) -> str:
    return re.sub("[\\s“”„\"']", "", text)


def same_letter(letter: Letter) -> tuple[object, ...]:
    """What a letter is known by; one without a number by its day, a number that does not tell its year by the year."""
    number, sender = (_plain(text) for text in (letter.number, letter.sender))
    day = letter.dated if not number else None if letter.numbered_year else letter.dated.year
    return letter.kind, sender, number, day
