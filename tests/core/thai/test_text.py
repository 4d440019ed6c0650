"""Typed text is made clean once, and what cannot be cleaned is named."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khunnaphap.core.thai.collation import in_thai_order
from khunnaphap.core.thai.dates import long_date
from khunnaphap.core.thai.numerals import arabic, thai
from khunnaphap.core.thai.text import clean, control_characters, direction_marks, tidy_lines, unnumbered


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  ๔ ", "4"),
        ("４", "4"),
        ("4\u200b ดีเลิศ", "4 ดีเลิศ"),
        ("4\u00a0ดีเลิศ\ufeff", "4 ดีเลิศ"),
        ("เเม่เมาะ", "แม่เมาะ"),
        ("น\u0e4d\u0e32", "นำ"),
        ("น\u0e4d\u200b\u0e32", "นำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("น\u0e49\u0e33", "น้ำ"),
        ("ท\u0e48\u0e35", "ที่"),
        ("ท\u0e35\u200d\u0e48", "ที่"),
        ("ห\u0e49\u0e49อง", "ห้อง"),
        ("\u200f๑๐๕๒", "1052"),
        ("ก\r\n ข", "ก ข"),
    ],
)
def test_one_form_for_digits_spaces_and_invisible_characters(typed: str, read: str) -> None:
    assert clean(typed) == read


def test_line_ends_stay_in_remarks() -> None:
    assert tidy_lines(" ก  ข \r\n\r\n\r\n\r\nค\t") == "ก ข\n\nค"


def test_free_text_keeps_its_digits_and_its_joined_emoji() -> None:
    family = "👨\u200d👩\u200d👧"
    assert tidy_lines(f"ข้อ ๒ ดี {family} \u200dจบ") == f"ข้อ ๒ ดี {family} จบ"
    assert clean(f"บ้าน{family}") == "บ้าน👨👩👧"


@given(st.text(alphabet="นทเแาำํ่้๊๋ีืุ็ั\u200b"))
def test_however_marks_are_typed_one_glyph_is_one_text(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert "\u0e4d\u0e32" not in clean(text)
    assert not re.search("\u0e33[\u0e48-\u0e4b]|[\u0e48-\u0e4b][\u0e35\u0e37\u0e31]|เเ", clean(text))


def test_marks_that_turn_the_direction_are_told_and_overrides_refused() -> None:
    assert direction_marks("\u200f1052") == ("U+200F",)
    assert control_characters("\u202e1052") == ("U+202E",)


def test_control_characters_are_named_also_as_excel_writes_them() -> None:
    assert control_characters("ก\x00ข\x07") == ("U+0000", "U+0007")
    assert control_characters("ก_x0000_") == ("U+0000",)
    assert control_characters("ก\tข\nค") == ()


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert tidy_lines(tidy_lines(text)) == tidy_lines(text)


@given(st.text(alphabet="0123456789กขค/-. "))
def test_thai_digits_and_back(text: str) -> None:
    assert arabic(thai(text)) == text
    assert not any(digit in thai(text) for digit in "0123456789")


def test_names_stand_in_dictionary_order() -> None:
    names = ["แม่เมาะ", "เกาะคา", "งาว", "กา", "ห้างฉัตร", "เก่า"]
    assert in_thai_order(names, str) == ["กา", "เก่า", "เกาะคา", "งาว", "แม่เมาะ", "ห้างฉัตร"]
    numbered = ["บ้านท่าหิน 10", "บ้านท่าหิน ๒", "บ้านท่าหิน 1", "บ้านท่า"]
    assert in_thai_order(numbered, str) == ["บ้านท่า", "บ้านท่าหิน 1", "บ้านท่าหิน ๒", "บ้านท่าหิน 10"]


def test_dates_are_in_the_buddhist_era() -> None:
    assert long_date(date(2024, 6, 26)) == "26 มิถุนายน 2567"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (["1. โทรศัพท์", "2. กลุ่มไลน์"], ("โทรศัพท์", "กลุ่มไลน์")),
        (["1) ก", "(2) ข", "3.ค"], ("ก", "ข", "ค")),
        (["4. นักเรียนมีคุณภาพ"], ("นักเรียนมีคุณภาพ",)),
        (["1) 1052500312", "2) 45 ปี"], ("1052500312", "45 ปี")),
        (["1. ก", "3. ข"], ("1. ก", "3. ข")),
        (["1. ก", "ข"], ("1. ก", "ข")),
        (["1.5 ล้านบาท"], ("1.5 ล้านบาท",)),
        (["45 ปี"], ("45 ปี",)),
        ([], ()),
    ],
)
def test_numbers_that_people_typed_before_their_lines_go_where_papers_number(
    typed: list[str], plain: tuple[str, ...]
) -> None:
    assert unnumbered(typed) == plain
