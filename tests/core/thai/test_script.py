"""What the font of official papers cannot draw becomes a visible mark, and Thai text stays as it was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khunnaphap.core.thai.script import DRAWN, MARK, drawable, undrawable

THAI = (
    "น้ำ กำลัง ค่ำคืน ปู่ย่าตายาย ที่ ศธ ๐๔๐๐๘.๑/ว๔๘๑ ฤๅษี ฯพณฯ ต่าง ๆ ๏ ๛ ฿๒๐๐ “คำ” ‘คำ’ – — … %",
    "กํา",  # nikhahit and sara aa as typed in two: not ours to join
    "กุ่ กุ่",  # vowel and tone in either order: NFC would turn the second
    "NGAO MODEL naïve é",
)


@pytest.mark.parametrize("text", THAI)
def test_text_that_the_font_can_draw_does_not_change(text: str) -> None:
    assert drawable(text) == text
    assert undrawable(text) == ()


def test_sara_am_stays_one_character() -> None:
    assert drawable("น้ำ👍") == "น้ำ" + MARK
    assert "\u0e33" in drawable("น้ำ👍")


@pytest.mark.parametrize(
    ("sequence", "name"),
    [
        ("👩‍⚕️", "joined, with a variation selector"),
        ("👨‍👩‍👧‍👦", "a family of four"),
        ("👍🏽", "skin tone"),
        ("🇹🇭", "a flag"),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "a flag by tags"),
        ("1️⃣", "a keycap"),
        ("\u0302\u0304\u030a", "a run of combining marks"),
        ("नि", "a letter with its vowel sign"),
        ("\ue000", "private use"),
        ("\uf70a", "private use, though the font has a glyph"),
        ("\ud800", "half a surrogate pair"),
        ("日", "another script"),
    ],
)
def test_what_a_reader_sees_as_one_sign_becomes_one_mark(sequence: str, name: str) -> None:
    assert drawable(f"ก{sequence}ข") == f"ก{MARK}ข", name


def test_signs_side_by_side_keep_their_number() -> None:
    assert drawable("🇹🇭🇱🇦👍👍🏽日本") == MARK * 6


@pytest.mark.parametrize(
    "invisible", ["\x00", "\x1b", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u00ad", "\ufe0f"]
)
def test_what_shows_nothing_is_dropped(invisible: str) -> None:
    assert drawable(f"ก{invisible}ข") == "กข"
    assert undrawable(f"ก{invisible}ข") == (invisible,)


@pytest.mark.parametrize("space", ["\t", "\u2003", "\u3000", "\u202f"])
def test_every_space_becomes_a_plain_one(space: str) -> None:
    assert drawable(f"ก{space}ข") == "ก ข"
    assert undrawable(f"ก{space}ข") == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b"])
def test_every_line_end_becomes_a_plain_one(end: str) -> None:
    assert drawable(f"ก{end}ข") == "ก\nข"


def test_accents_are_composed_where_the_font_has_the_letter_and_left_in_pieces_where_not() -> None:
    assert drawable("e\u0301") == "é"
    assert drawable("ḍ") == "d\u0323"
    assert drawable("e\u200b\u0301") == "é"


def test_the_ohm_sign_is_not_turned_into_a_letter_that_the_font_lacks() -> None:
    assert drawable("\u2126") == "\u2126"


def test_undrawable_names_each_character_once_in_order() -> None:
    assert undrawable("ก👍日👍ข本") == ("👍", "日", "本")


def test_the_mark_can_be_drawn() -> None:
    assert MARK in DRAWN


_MIXED = st.text(st.one_of(st.characters(), st.sampled_from("กำ่ิ\u200d\ufe0f\u20e3🏽🇹🇭👩1e\u0301\u0302\u0323"))).map(str)


@given(_MIXED)
def test_whatever_is_typed_becomes_drawable_and_stays_so(text: str) -> None:
    drawn = drawable(text)
    assert set(drawn) <= DRAWN | {"\n"}
    assert undrawable(drawn) == ()
    assert drawable(drawn) == drawn


@given(_MIXED)
def test_thai_characters_keep_their_order_and_number(text: str) -> None:
    def thai(of: str) -> list[str]:
        return [one for one in of if "\u0e00" <= one <= "\u0e7f" and unicodedata.category(one) != "Cn"]

    assert thai(drawable(text)) == thai(text)
