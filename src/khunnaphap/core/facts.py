"""A fact's value: what it may be, whatever door it came through, and read from what a person types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final

from .framework import Fact
from .measures import FactValue
from .numbers import COUNT, MEAN, Kind
from .problems import Problem, Unreadable
from .thai.text import clean

MAX_COUNT: Final = int(COUNT.highest)
YES, NO = "yes", "no"
NUMBERS: Final[Mapping[str, Kind]] = {"count": replace(COUNT, code="count-invalid"), "mean": MEAN}
"""How the facts that are numbers are read, by their kind."""


def read_typed(fact: Fact, text: str) -> tuple[FactValue | None, Problem | None]:
    """A fact as a page hands it in ("yes", "no", a grade, a number); empty is ``None``."""
    word = clean(text)
    if not word:
        return None, None
    if fact.kind == "yes-no":
        return (word == YES, None) if word in (YES, NO) else (None, _unknown(fact, word))
    if fact.kind == "grade":
        return (word, None) if word in fact.choices else (None, _unknown(fact, word))
    try:
        return Fraction(NUMBERS[fact.kind].read(text)), None
    except Unreadable as error:
        return None, of_fact(fact, error.problem)


def of_fact(fact: Fact, problem: Problem) -> Problem:
    """A problem of a number, told of the fact that it should be."""
    return replace(problem, message=f"“{fact.title}” {problem.message}")


def _unknown(fact: Fact, word: str) -> Problem:
    options = ", ".join(fact.choices) or "“ใช่” หรือ “ไม่ใช่”"
    return Problem("fact-unknown", f"“{fact.title}” อ่านได้ “{word[:40]}”", f"เลือกหนึ่งใน {options}")
