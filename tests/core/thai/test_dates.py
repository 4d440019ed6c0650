"""Dates, hours and money as offices write them."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khunnaphap.core.thai.dates import DateError, hours, long_date, parse_date, parse_days, parse_hours, weekday_date
from khunnaphap.core.thai.money import baht, baht_with_words
from khunnaphap.core.thai.numerals import thai


@pytest.mark.parametrize(
    "typed",
    ["26 มิถุนายน 2567", "๒๖ มิถุนายน พ.ศ. ๒๕๖๗", "วันพุธที่ 26 มิถุนายน 2567", "วันที่ 26 มิ.ย. 2567", "26/6/2567", "26/06/2024", "2024-06-26", "26 June 2567", "26 jun. 2024", "26 Jun 2567", "26 มิ.ย. 67", "26 มิย. 67", "26 มิย 2567", "26 มิ. ย. 2567", "26 มิถุนายน 67", "26/6/67", "วันที่ 26/6/2567", "26 เดือนมิถุนายน พ.ศ.2567", "26 มิถุนายน ค.ศ. 2024"],
)  # fmt: skip
def test_a_date_is_read_as_people_type_it(typed: str) -> None:
    assert parse_date(typed) == date(2024, 6, 26)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("วันพฤหัสบดีที่ 26 มิถุนายน 2567", "weekday-wrong"), ("31 มิถุนายน 2567", "date-impossible"), ("ตลอดเดือนสิงหาคม", "date-unknown"), ("26 มิถุนายน 05", "date-unknown"), ("26 June 67", "date-unknown"), ("26 มิถุนายน พ.ศ. 2024", "date-impossible"), ("26-27 มิถุนายน 2567", "date-unknown")],
)  # fmt: skip
def test_a_wrong_date_says_why(typed: str, code: str) -> None:
    with pytest.raises(DateError) as error:
        parse_date(typed)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("26-27 มิถุนายน 2567", date(2024, 6, 26), date(2024, 6, 27)),
        ("วันที่ 26 – 28 มิ.ย. 67", date(2024, 6, 26), date(2024, 6, 28)),
        ("30 มิถุนายน ถึง 2 กรกฎาคม 2567", date(2024, 6, 30), date(2024, 7, 2)),
        ("30 ธันวาคม 2566 - 2 มกราคม 2567", date(2023, 12, 30), date(2024, 1, 2)),
        ("วันพุธที่ 26 และวันพฤหัสบดีที่ 27 มิถุนายน 2567", date(2024, 6, 26), date(2024, 6, 27)),
        ("26-27/6/2567", date(2024, 6, 26), date(2024, 6, 27)),
        ("26-6-2567", date(2024, 6, 26), None),
    ],
)
def test_several_days_are_read_as_people_type_them(typed: str, first: date, last: date | None) -> None:
    assert parse_days(typed) == (first, last)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("27-26 มิถุนายน 2567", "date-order"),
        ("30 ธันวาคม - 2 มกราคม 2567", "date-order"),
        ("26 และ 29 มิถุนายน 2567", "date-unknown"),
        ("29-31 มิถุนายน 2567", "date-impossible"),
        ("วันจันทร์ที่ 26 - 27 มิถุนายน 2567", "weekday-wrong"),
    ],
)
def test_several_days_that_cannot_be_say_why(typed: str, code: str) -> None:
    with pytest.raises(DateError) as error:
        parse_days(typed)
    assert error.value.code == code


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2050, 12, 31)), st.integers(1, 40))
def test_the_days_that_are_read_are_the_days_that_were_written(first: date, length: int) -> None:
    last = first + timedelta(length)
    assert parse_days(f"{long_date(first)} - {long_date(last)}") == (first, last)
    if (first.year, first.month) == (last.year, last.month):
        assert parse_days(f"{first.day}-{thai(long_date(last))}") == (first, last)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31)))
def test_what_is_written_is_read_back(day: date) -> None:
    assert parse_date(long_date(day)) == day == parse_date(weekday_date(day)) == parse_date(thai(weekday_date(day)))


def test_weekday_and_hours_as_papers_print_them() -> None:
    written = f"ใน{weekday_date(date(2024, 6, 26))} {hours(time(15), time(16, 30))}"
    assert thai(written) == "ในวันพุธที่ ๒๖ มิถุนายน ๒๕๖๗ เวลา ๑๕.๐๐ – ๑๖.๓๐ น."
    assert parse_hours("๑๕.๐๐ – ๑๖.๓๐ น.") == (time(15), time(16, 30))
    assert parse_hours("เวลา 9:00") == (time(9), None)
    assert parse_hours("22.00 - 05.00 น.") == (time(22), time(5))
    assert parse_hours("15.00 น. ถึง 16.30 น.") == parse_hours("15.00 น. - 16.30 น.") == (time(15), time(16, 30))


@pytest.mark.parametrize(
    "typed", ["วันพุธ ที่ 26 มิถุนายน 2567", "พุธที่ 26 มิถุนายน พ.ศ. 2567", "26-6-2567", "26.6.2567", "ที่ 26 มิ.ย. 2567"]
)
def test_a_date_is_read_in_the_shapes_that_offices_type(typed: str) -> None:
    assert parse_date(typed) == date(2024, 6, 26)


@pytest.mark.parametrize(("typed", "code"), [("บ่าย", "time-unknown"), ("25.00", "time-unknown")])
def test_wrong_hours_say_why(typed: str, code: str) -> None:
    with pytest.raises(DateError) as error:
        parse_hours(typed)
    assert error.value.code == code


def test_money_stands_in_figures_and_words() -> None:
    assert thai(baht_with_words(Decimal(20000))) == "๒๐,๐๐๐ บาท (สองหมื่นบาทถ้วน)"
    assert baht(Decimal("1234.5")) == "1,234.50 บาท"
    assert baht_with_words(Decimal("0.50")) == "0.50 บาท (ห้าสิบสตางค์)"
    assert baht_with_words(Decimal("121.25")) == "121.25 บาท (หนึ่งร้อยยี่สิบเอ็ดบาทยี่สิบห้าสตางค์)"
