"""A fact's value: what it may be, whatever door it came through, and read from what a person types."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from .framework import Fact
from .measures import FactValue
from .problems import Problem
from .thai.text import clean

MAX_COUNT: Final = 10_000_000
MAX_DIGITS: Final = 60
"""Characters that a number may have: Python reads none of thousands of digits."""
YES, NO = "yes", "no"
_NUMBER: Final = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?(?<=\d)", re.ASCII)
"""Digits as people write them: no powers ("1e5"), no fractions, and a comma only between thousands."""


def value_problem(fact: Fact, value: Fraction, shown: str) -> Problem | None:
    """Why a number is no such fact; ``shown`` is what was read."""
    if fact.kind == "count" and not (0 <= value <= MAX_COUNT and value.denominator == 1):
        return Problem(
            "count-invalid",
            f"“{fact.title}” อ่านได้ {shown} ซึ่งไม่ใช่จำนวนเต็มตั้งแต่ 0 ถึง {MAX_COUNT:,}",
            "พิมพ์จำนวนนับเป็นจำนวนเต็ม เช่น 25",
        )
    if fact.kind == "mean" and not 0 <= value <= 100:
        return Problem(
            "mean-invalid",
            f"“{fact.title}” อ่านได้ {shown} ซึ่งไม่อยู่ระหว่าง 0 ถึง 100",
            "พิมพ์คะแนนเฉลี่ยร้อยละ 0 ถึง 100 เช่น 72.5",
        )
    return None


def read_typed(fact: Fact, text: str) -> tuple[FactValue | None, Problem | None]:
    """A fact as a page hands it in ("yes", "no", a grade, a number); empty is ``None``."""
    word = clean(text)
    if not word:
        return None, None
    if fact.kind == "yes-no":
        return (word == YES, None) if word in (YES, NO) else (None, _unknown(fact, word))
    if fact.kind == "grade":
        return (word, None) if word in fact.choices else (None, _unknown(fact, word))
    if len(word) > MAX_DIGITS or not _NUMBER.fullmatch(word):
        return None, _unknown(fact, word)
    value = Fraction(word.replace(",", ""))
    return value, value_problem(fact, value, word)


def _unknown(fact: Fact, word: str) -> Problem:
    if fact.kind in ("yes-no", "grade"):
        options = ", ".join(fact.choices) or "“ใช่” หรือ “ไม่ใช่”"
        return Problem("fact-unknown", f"“{fact.title}” อ่านได้ “{word[:40]}”", f"เลือกหนึ่งใน {options}")
    return Problem(
        "not-a-number", f"“{fact.title}” อ่านได้ “{word[:40]}” ซึ่งไม่ใช่ตัวเลข", "พิมพ์เป็นตัวเลขธรรมดา เช่น 25, 1,250 หรือ 72.5"
    )
