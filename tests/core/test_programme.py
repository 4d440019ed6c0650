"""Parties of money and schools are read in the shapes that offices type them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from khunnaphap.core.known_schools import KnownSchools, Named
from khunnaphap.core.programme import Party

KNOWN = KnownSchools((Named("1080010001", "อนุบาลนคร “ณ นครอุทิศ”", "เมือง", "8001"),), "8001")


@pytest.mark.parametrize(
    "typed", ["เทศบาล: 5,000", "เทศบาล : 5,000 บาท", "เทศบาล 5,000 บาท", "เทศบาล จำนวน 5,000.-", "เทศบาล:5000.00"]
)
def test_a_party_has_the_amount_that_stands_after_it(typed: str) -> None:
    assert Party.parse(typed) == Party("เทศบาล", Decimal("5000.00"))


@pytest.mark.parametrize("typed", ["โรงเรียนบ้าน 5", "1080010001", "มูลนิธิ 2,000 คน", "หน่วยที่ 3: ฝ่ายแผน"])
def test_a_number_in_a_partys_name_is_no_amount(typed: str) -> None:
    assert Party.parse(typed) == Party(typed)


@pytest.mark.parametrize("before", ["", "โรงเรียน", "โรงเรียน ", "รร.", "ร.ร. "])
@pytest.mark.parametrize("name", ["อนุบาลนคร “ณ นครอุทิศ”", 'อนุบาลนคร "ณ นครอุทิศ"'])
def test_a_school_is_found_whatever_stands_before_it_and_however_it_is_quoted(before: str, name: str) -> None:
    assert KNOWN.find(before + name) == KNOWN.schools[0]
    assert KNOWN.party(before + name) == KNOWN.schools[0]
