"""Names of schools and places are kept without the word that papers put before them."""

from __future__ import annotations

import geothai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khunnaphap.core.names import code, district_name, in_district, province_name, school_name, subdistrict_name


@pytest.mark.parametrize(
    "typed", ["บ้านดอย", "โรงเรียนบ้านดอย", "รร.บ้านดอย", "รร. บ้านดอย", "ร.ร.บ้านดอย", "รร บ้านดอย", "โรงเรียน โรงเรียนบ้านดอย"]
)
def test_a_school_is_kept_without_the_word(typed: str) -> None:
    assert school_name(typed) == "บ้านดอย"


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        (province_name("จ.ลำปาง"), "ลำปาง"),
        (province_name("จังหวัด ลําปาง"), "ลำปาง"),
        (province_name("กทม."), "กรุงเทพมหานคร"),
        (district_name("อ.แม่เมาะ"), "แม่เมาะ"),
        (district_name("อำเภอเมืองลำปาง"), "เมืองลำปาง"),
        (district_name("เขตพระนคร"), "พระนคร"),
        (subdistrict_name("ต. บ้านดง"), "บ้านดง"),
        (code("1-0525-00312"), "1052500312"),
        (code("๑๐๕๒ ๕๐๐๓๑๒"), "1052500312"),
        (code("\u200f1052500312"), "1052500312"),
    ],
)
def test_places_and_codes_are_kept_plain(kept: str, typed: str) -> None:
    assert kept == typed


def test_no_place_of_the_country_loses_a_part_of_its_name() -> None:
    provinces = geothai.provinces()
    assert all(province_name(one.name_th) == one.name_th for one in provinces)
    districts = [one.name_th for province in provinces for one in geothai.districts(province.code)]
    assert all(district_name(name) == name.removeprefix("เขต") for name in districts)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("แม่เมาะ", "อำเภอแม่เมาะ"),
        ("อำเภอแม่เมาะ", "อำเภอแม่เมาะ"),
        ("อ.แม่เมาะ", "อำเภอแม่เมาะ"),
        ("เขตพระนคร", "เขตพระนคร"),
    ],
)
def test_the_word_before_a_district_stands_once(name: str, written: str) -> None:
    assert in_district(name) == written


@given(st.text(alphabet="กขรน.โเีย ", max_size=12))
def test_a_name_that_is_kept_stays_as_it_is(text: str) -> None:
    assert school_name(school_name(text)) == school_name(text)
