"""A day is judged by what it is of: 1967 and 9999 are told wherever they are typed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khunnaphap.core.day_windows import DAY_WINDOWS, doubtful_day, impossible_day, spelled

TODAY = date(2026, 11, 29)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "workbooks.md"
BEGIN, END = "<!-- days: drawn by tests/core/test_day_windows.py -->\n", "<!-- /days -->"


@pytest.mark.parametrize("kind", DAY_WINDOWS)
@pytest.mark.parametrize("day", [date(1967, 6, 12), date(9999, 12, 31)])
def test_a_year_of_another_century_is_a_problem_of_every_kind(kind: str, day: date) -> None:
    problem = impossible_day(kind, day, today=TODAY, year=2570)
    assert problem is not None
    assert f"พ.ศ. {day.year + 543} (ค.ศ. {day.year})" in problem.message
    assert doubtful_day(kind, day, today=TODAY, year=2570) is None


@pytest.mark.parametrize(
    ("kind", "day", "is_doubtful"),
    [
        ("headcount", TODAY, False),
        ("headcount", TODAY - timedelta(days=800), False),
        ("headcount", date(2016, 6, 10), True),
        ("letter", date(2026, 10, 1), False),
        ("letter", date(2026, 9, 30), True),
        ("letter", date(2016, 10, 1), True),
        ("extension", TODAY + timedelta(days=60), False),
        ("extension", TODAY + timedelta(days=61), True),
        ("deadline", TODAY + timedelta(days=400), True),
        ("office", date(2003, 7, 7), False),
        ("office", date(1999, 7, 7), True),
    ],
)
def test_what_is_possible_but_unusual_is_warned_of_with_its_year(kind: str, day: date, is_doubtful: bool) -> None:
    assert impossible_day(kind, day, today=TODAY, year=2570) is None
    found = doubtful_day(kind, day, today=TODAY, year=2570)
    assert (found is not None) == is_doubtful
    assert found is None or spelled(day) in found.message


@given(st.sampled_from(sorted(DAY_WINDOWS)), st.dates())
def test_a_day_is_sound_doubtful_or_impossible_and_never_two(kind: str, day: date) -> None:
    told = [impossible_day(kind, day, today=TODAY, year=2570), doubtful_day(kind, day, today=TODAY, year=2570)]
    assert sum(one is not None for one in told) <= 1


def drawn() -> str:
    rows = [
        f"| {kind} | {'the budget year' if one.of_year else 'today'} | {_days(one.sound)} | {_days(one.possible)} |"
        for kind, one in DAY_WINDOWS.items()
    ]
    return "\n".join(
        ["| a day of | anchor | sound, days before and after | possible |", "| --- | --- | --- | --- |", *rows, ""]
    )


def _days(days: tuple[int, int]) -> str:
    return f"{days[0]:,} and {days[1]:,}"


def test_the_page_has_the_table() -> None:
    page = PAGE.read_text("utf-8")
    assert page[page.index(BEGIN) + len(BEGIN) : page.index(END)] == drawn()


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    PAGE.write_text(text[: text.index(BEGIN) + len(BEGIN)] + drawn() + text[text.index(END) :], "utf-8")
