"""What people write for a level or a fact, and what it means."""

from __future__ import annotations

from fractions import Fraction

from khunnaphap.core.facts import NUMBERS, of_fact
from khunnaphap.core.framework import NA, Fact, Framework, Indicator, Rating
from khunnaphap.core.levels import read_level
from khunnaphap.core.measures import FactValue
from khunnaphap.core.problems import Unreadable
from khunnaphap.core.thai.numerals import thai

from .contract import AGREE, NA_CHOICE, NA_WORDS, NO_WORD, NO_WORDS, YES_WORD, YES_WORDS
from .reading import Cell, Reader


def choice_of(indicator: Indicator, rating: Rating) -> str:
    """A rating as a cell shows it: "4 ดีเลิศ", "N/A ไม่เกี่ยวข้อง" or nothing."""
    if rating is None:
        return ""
    return NA_CHOICE if not isinstance(rating, int) else indicator.level(rating).choice


def level_list(framework: Framework) -> list[str]:
    """The levels as a drop-down shows them, best first."""
    return [f"{number} {name}" for number, name in enumerate(framework.level_names, 1)][::-1]


def accepted_list(framework: Framework) -> list[str | int]:
    """All that is read as a level, so that a cell need not be coloured as unknown (letters in either case)."""
    numbers = range(1, len(framework.level_names) + 1)
    return [
        *level_list(framework),
        *framework.level_names,
        *numbers,
        *(thai(number) for number in numbers),
        *sorted(word.upper() for word in NA_WORDS),
    ]


def read_rating(reader: Reader, cell: Cell, indicator: Indicator) -> Rating:
    """A rating from "4 ดีเลิศ", 4, "๔", "ดีเลิศ" or an N/A word; anything else is a problem at the cell."""
    return _rating(reader, cell, indicator) if reader.plain(cell) else None


def read_agreement(reader: Reader, cell: Cell, indicator: Indicator) -> tuple[Rating, bool]:
    """A verifier's rating, and whether the verifier wrote instead that the school's own stands."""
    if not reader.plain(cell):
        return None, False
    return (None, True) if cell.text == AGREE else (_rating(reader, cell, indicator), False)


def _rating(reader: Reader, cell: Cell, indicator: Indicator) -> Rating:
    text = cell.text
    if text.lower() in NA_WORDS:
        return NA
    options = f" หรือ “{NA_CHOICE}” (พิมพ์เฉพาะตัวเลขก็ได้)"
    try:
        return read_level(indicator, text)
    except Unreadable as error:
        code, what, mend = error.problem.code, error.problem.message, error.problem.mend + options
    if cell.is_moment:
        what = f"อ่านได้เป็นวันที่หรือเวลา “{cell.shown}” ซึ่งไม่ใช่ระดับของตัวชี้วัด {indicator.label}"
        mend = f"ตั้งรูปแบบเซลล์เป็นทั่วไป (General) แล้ว{mend}"
    reader.problem(cell, code, what, mend)
    return None


def fact_text(fact: Fact, value: FactValue | None) -> str | float | int:
    """A fact as its cell shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES_WORD if value else NO_WORD
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value


def read_fact(reader: Reader, cell: Cell, fact: Fact) -> FactValue | None:
    """A fact's value; ``None`` when the cell is empty or (a problem) does not hold such a value."""
    if fact.kind in ("yes-no", "grade"):
        return _read_word(reader, cell, fact)
    value, problem = reader.number(cell, NUMBERS[fact.kind])
    if problem:
        told = of_fact(fact, problem)
        reader.problem(cell, told.code, told.message, told.mend)
    return None if value is None else Fraction(value)


def _read_word(reader: Reader, cell: Cell, fact: Fact) -> FactValue | None:
    if not reader.plain(cell):
        return None
    word = cell.text
    if fact.kind == "yes-no":
        if word.lower() in YES_WORDS | NO_WORDS:
            return word.lower() in YES_WORDS
        options = f"“{YES_WORD}” หรือ “{NO_WORD}”"
    else:
        if word.upper() in fact.choices:
            return word.upper()
        options = ", ".join(f"“{choice}”" for choice in fact.choices)
    reader.problem(cell, "fact-unknown", f"“{fact.title}” อ่านได้ “{cell.shown}”", f"เลือกหนึ่งใน {options}")
    return None
