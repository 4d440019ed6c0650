"""The table of characters in core is that of the fonts that are shipped."""

from __future__ import annotations

import pytest

from khunnaphap.core.thai.script import COVERAGE
from khunnaphap.paper import glyphs, measures


def test_the_table_in_core_is_what_all_four_styles_can_draw() -> None:
    common = set.intersection(*(set(glyphs.characters(style)) for style in glyphs.STYLES))
    assert {ord(one) for one in COVERAGE} == common


def test_the_licence_stands_beside_the_fonts() -> None:
    assert "General Public License" in (glyphs.FONTS / "TH_Sarabun_New_licence.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "sign", [measures.DASH, measures.MARKS_JOINT.strip(), *measures.DRAFT, *measures.CONTENTS_TITLE]
)
def test_every_sign_that_the_papers_add_has_a_glyph(sign: str) -> None:
    assert sign in COVERAGE


def test_vowels_and_tones_over_a_letter_take_no_width() -> None:
    assert glyphs.width("กิ่", 16) == glyphs.width("ก", 16)
    assert glyphs.width("ก", 16) == pytest.approx(0.386 * 16)
