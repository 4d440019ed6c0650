"""Land as offices write it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khunnaphap.core.land import LARGEST, parse_land, write_land


@pytest.mark.parametrize(
    ("text", "square_wah", "written"),
    [
        ("12-2-50", "5050", "12-2-50"),
        ("๑๒-๒-๕๐", "5050", "12-2-50"),
        ("0-0-12.5", "12.5", "0-0-12.5"),
        ("1,200-0-0", "480000", "1200-0-0"),
        ("12 ไร่ 2 งาน 50 ตารางวา", "5050", "12-2-50"),
        ("3 ไร่", "1200", "3-0-0"),
        ("2 งาน 7.25 ตร.ว.", "207.25", "0-2-7.25"),
    ],
)
def test_land_is_read_and_written_back(text: str, square_wah: str, written: str) -> None:
    assert parse_land(text) == Decimal(square_wah)
    assert write_land(parse_land(text)) == written


@pytest.mark.parametrize(
    "text", ["", "12", "12-2", "12-4-0", "12-0-100", "1-2-3.456", "0-0-0", "มาก", "100001-0-0", "-1-0-0"]
)
def test_what_is_no_land_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is the message
        parse_land(text)


@given(st.decimals(min_value=Decimal("0.01"), max_value=LARGEST, places=2))
def test_every_area_comes_back_the_same(square_wah: Decimal) -> None:
    assert parse_land(write_land(square_wah)) == square_wah
