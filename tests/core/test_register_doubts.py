"""Roads, head counts and cut-offs that can hardly be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from khunnaphap.core.register_doubts import cut_off_doubt, headcount_doubt, road_doubt


@pytest.mark.parametrize(
    ("road", "straight", "doubtful"),
    [
        ("4.75", "4.756", False),
        ("4.7", "4.749", False),
        ("4.7", "4.76", True),
        ("5", "5.4", False),
        ("5", "5.6", True),
        ("3", "4.2", True),
        ("9", "4", False),
    ],
)
def test_a_road_is_not_shorter_than_the_straight_line_by_more_than_it_was_rounded(
    road: str, straight: str, doubtful: bool
) -> None:
    assert (road_doubt(Decimal(road), Decimal(straight)) is not None) == doubtful
    assert road_doubt(None, Decimal(straight)) is None
    assert road_doubt(Decimal(road), None) is None


@pytest.mark.parametrize(
    ("students", "teachers", "doubtful"),
    [(9, 120, True), (9, 9, False), (120, 9, False), (None, 9, False), (0, 1, True)],
)
def test_teachers_are_not_more_than_students(students: int | None, teachers: int | None, doubtful: bool) -> None:
    assert (headcount_doubt(students, teachers) is not None) == doubtful


@pytest.mark.parametrize(
    ("cut_off", "said"),
    [(date(2024, 7, 1), "วันเปิด"), (date(2024, 8, 1), "วันปิด"), (date(2024, 8, 23), ""), (date(2024, 9, 10), "")],
)
def test_an_inspection_is_cut_off_after_its_round_opens_and_closes(cut_off: date, said: str) -> None:
    found = cut_off_doubt(cut_off, "2567/2", date(2024, 7, 30), date(2024, 8, 23))
    assert (found is None) == (not said)
    assert said in (found.message if found else "")
