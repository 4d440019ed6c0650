"""Parties of money and schools are read in the shapes that offices type them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from khunnaphap.core.account_checks import check_account
from khunnaphap.core.known_schools import KnownSchools, Named
from khunnaphap.core.problems import Problem, Unreadable
from khunnaphap.core.programme import Activity, Money, Occasion, OfficeYear, Party

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


def paid(*lines: str) -> list[tuple[str, str]]:
    money = Money("passed_on", None, tuple(map(Party.parse, lines)), project="โครงการ")
    return [(fault.field, fault.problem.code) for fault in check_account(OfficeYear(money=(money,)), 2567, KNOWN)]


@pytest.mark.parametrize("who", ["1080010001", "โรงเรียนอนุบาลนคร “ณ นครอุทิศ”", "อนุบาลนคร “ณ นครอุทิศ”", "โรงเรียนที่ไม่มี"])
def test_what_stands_after_a_school_and_is_no_amount_is_named(who: str) -> None:
    assert ("parties", "not-a-number") in paid(f"{who}: ตามสัญญา")


@pytest.mark.parametrize(
    "amount", ["5,50", "5.000", "1_000", "1e3", "-5", "ห้าแสนบาท", "1.5 ล้าน", "5,000 บาท (ห้าร้อยบาทถ้วน)"]
)
def test_a_figure_in_an_amounts_place_is_never_taken_for_a_name(amount: str) -> None:
    with pytest.raises(Unreadable):
        Party.parse(f"ก: {amount}")


@pytest.mark.parametrize(
    "line",
    ["ก: ฿5,000", "ก: 5,000 บาทถ้วน", "ก: 5,000.-", "ก จำนวน 5,000 บาท", "ก: 5,000 บาท (ห้าพันบาทถ้วน)", "ก ๕,๐๐๐ บาท"],
)
def test_amounts_of_parties_are_read_as_people_write_them(line: str) -> None:
    assert Party.parse(line) == Party("ก", Decimal(5000))


def test_who_stands_twice_among_the_parties_of_one_sum_is_named() -> None:
    assert ("parties", "row-twice") in paid("1080010001: 500", "โรงเรียนอนุบาลนคร “ณ นครอุทิศ”: 200")
    assert ("parties", "row-twice") in paid("เทศบาล: 500", "เทศบาล: 200")
    assert ("parties", "row-twice") not in paid("1080010001: 500", "เทศบาล: 200", "หน่วยที่ 3: ฝ่ายแผน")


def test_a_name_without_its_end_is_near() -> None:
    known = KnownSchools((Named("1052500001", "อนุบาลเมืองปาน (บ้านทุ่งกว๋าว)", "เมืองปาน", "5203"),), "5203")
    found = known.find("อนุบาลเมืองปาน")
    assert isinstance(found, Problem)
    assert "อนุบาลเมืองปาน (บ้านทุ่งกว๋าว)" in found.mend


def test_days_the_wrong_way_round_are_one_fault() -> None:
    occasion = Occasion(date(2024, 6, 26), date(2024, 6, 25), time(15), time(9), "ห้องประชุม", "")
    told = OfficeYear(activities=(Activity("ประชุม", occasions=(occasion,)),))
    assert [fault.problem.code for fault in check_account(told, 2567, KNOWN)] == ["date-order"]
