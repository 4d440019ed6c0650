"""Grades as people and registers write them."""

from __future__ import annotations

import pytest

from khunnaphap.core.grades import GRADES, as_code, as_words, grades_of


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("อ.2-ป.6", "K2", "P6"),
        ("K2-P6", "K2", "P6"),
        ("อ.๒ ถึง ม.๓", "K2", "M3"),
        ("ม.1 - ม.6", "M1", "M6"),
        ("อนุบาล-ประถมศึกษา", "K1", "P6"),
        ("อนุบาล-มัธยมศึกษาตอนต้น", "K1", "M3"),
        ("มัธยมศึกษาตอนต้น-มัธยมศึกษาตอนปลาย", "M1", "M6"),
        ("ประถมศึกษา", "P1", "P6"),
        ("ป.4", "P4", "P4"),
    ],
)
def test_grades_are_read_from_first_to_last(text: str, first: str, last: str) -> None:
    found = grades_of(text)
    assert (found[0], found[-1]) == (first, last)
    assert grades_of(as_words(set(found))) == grades_of(as_code(set(found))) == found


@pytest.mark.parametrize("text", ["", "ป.7", "ป.6-ป.1", "ทุกชั้น", "อ.1-ป.6-ม.3", "อ.4"])
def test_what_is_no_grade_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is the message
        grades_of(text)


def test_all_grades_stand_in_order() -> None:
    assert grades_of("K1-M6") == GRADES


def test_gaps_are_kept() -> None:
    grades = {"K2", "K3", "P1", "M4"}
    assert (as_code(grades), as_words(grades)) == ("K2-P1,M4", "อ.2-ป.1, ม.4")
    assert set(grades_of(as_words(grades))) == grades
