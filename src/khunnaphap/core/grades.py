"""The grades a school teaches: K1 to K3 (อ.1 ถึง อ.3), P1 to P6 (ป.1 ถึง ป.6), M1 to M6 (ม.1 ถึง ม.6)."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from .thai.text import clean

GRADES: Final = ("K1", "K2", "K3", *(f"P{n}" for n in range(1, 7)), *(f"M{n}" for n in range(1, 7)))
_LETTERS: Final = {
    "อ": "K",
    "อนุบาล": "K",
    "ป": "P",
    "ประถมศึกษาปีที่": "P",
    "ม": "M",
    "มัธยมศึกษาปีที่": "M",
    "k": "K",
    "p": "P",
    "m": "M",
}
_GRADE: Final = re.compile(r"(อนุบาล|อ|ประถมศึกษาปีที่|ป|มัธยมศึกษาปีที่|ม|[KPMkpm])\.?\s*([1-6])")
_STAGES: Final = {
    "อนุบาล": ("K1", "K3"),
    "ประถมศึกษา": ("P1", "P6"),
    "มัธยมศึกษาตอนต้น": ("M1", "M3"),
    "มัธยมศึกษาตอนปลาย": ("M4", "M6"),
    "มัธยมศึกษา": ("M1", "M6"),
}


def grades_of(text: str) -> tuple[str, ...]:
    """The grades from "อ.2-ป.6", "K2-P6,M1", "อนุบาล-ประถมศึกษา" or one grade or stage; ``ValueError`` otherwise."""
    found = {grade for part in text.split(",") for grade in _span(part)}
    return tuple(grade for grade in GRADES if grade in found)


def _span(text: str) -> tuple[str, ...]:
    ends = [part.strip() for part in re.split(r"\s*(?:-|–|ถึง)\s*", clean(text)) if part.strip()]
    if not 1 <= len(ends) <= 2:
        raise ValueError(text)
    first, last = _ends(ends[0])[0], _ends(ends[-1])[1]
    low, high = GRADES.index(first), GRADES.index(last)
    if low > high:
        raise ValueError(text)
    return GRADES[low : high + 1]


def _ends(part: str) -> tuple[str, str]:
    if part in _STAGES:
        return _STAGES[part]
    match = _GRADE.fullmatch(part)
    grade = f"{_LETTERS[match[1].lower()]}{match[2]}" if match else ""
    if grade not in GRADES:
        raise ValueError(part)
    return grade, grade


def spans(grades: Set[str]) -> list[tuple[str, str]]:
    """Grades in order as unbroken spans, first and last: K2 to P6, or K2 to P6 and M4 to M6."""
    found: list[tuple[str, str]] = []
    for place, grade in enumerate(GRADES):
        if grade in grades:
            joins = found and place and found[-1][1] == GRADES[place - 1]
            found[-1:] = [(found[-1][0], grade)] if joins else [*found[-1:], (grade, grade)]
    return found


def as_code(grades: Set[str]) -> str:
    """Grades as programs read them: "K2-P6", "P1-P6,M4"."""
    return ",".join("-".join(dict.fromkeys(span)) for span in spans(grades))


def as_words(grades: Set[str]) -> str:
    """Grades as people write them: "อ.2-ป.6"."""
    thai = {"K": "อ.", "P": "ป.", "M": "ม."}
    return ", ".join("-".join(dict.fromkeys(f"{thai[g[0]]}{g[1]}" for g in span)) for span in spans(grades))
