"""Numbers as people write them: what a person reads is what is read, and nothing else is."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khunnaphap.core.numbers import BAHT, CENTRE, COUNT, DEGREES, KM, MEAN, Kind
from khunnaphap.core.problems import Unreadable
from khunnaphap.core.thai.money import baht, baht_with_words
from khunnaphap.core.thai.numerals import thai

KINDS = {"count": COUNT, "baht": BAHT, "km": KM, "mean": MEAN, "degrees": DEGREES, "centre": CENTRE}


def fault(kind: Kind, text: str) -> str:
    with pytest.raises(Unreadable) as error:
        kind.read(text)
    assert error.value.problem.message
    assert error.value.problem.mend
    return error.value.problem.code


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    "text",
    ["20,50", "1,2,3", "1e3", "1_000", "1/2", "0,020", "1,0000", "5.", "1.2.3", "", "ห้า", "1 2", "--5", "0x10", "inf", "nan", "9" * 5000, "9" * 5000 + ",5"],
)  # fmt: skip
def test_what_is_no_number_for_certain_is_told(name: str, text: str) -> None:
    assert fault(KINDS[name], text) == "not-a-number"


@pytest.mark.parametrize("kind", [COUNT, BAHT, KM])
@pytest.mark.parametrize("text", ["20.000", "1.250", "999.000"])
def test_three_digits_after_a_point_may_be_thousands(kind: Kind, text: str) -> None:
    assert fault(kind, text) == "not-a-number"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (BAHT, "20,000 บาทถ้วน", "20000"),
        (BAHT, "฿20,000", "20000"),
        (BAHT, "20,000.-", "20000"),
        (BAHT, "20,000.- บาท", "20000"),
        (BAHT, "จำนวน 20,000.50 บาท", "20000.50"),
        (BAHT, "20,000 บาท 50 สตางค์", "20000.50"),
        (BAHT, "20,000 บาท (สองหมื่นบาทถ้วน)", "20000"),
        (BAHT, "20,000 บ.", "20000"),
        (BAHT, "20,000 บาท ถ้วน", "20000"),
        (COUNT, "พ.ศ. 2535", "2535"),
        (COUNT, "ปี พ.ศ. ๒๕๓๕", "2535"),
        (COUNT, "15 คน", "15"),
        (COUNT, "ครั้งที่ ๒", "2"),
        (COUNT, "1,250", "1250"),
        (COUNT, "20.00", "20"),
        (KM, "4.5 กม.", "4.5"),
        (MEAN, "72.125", "72.125"),
        (MEAN, ".5", "0.5"),
        (DEGREES, "18.288", "18.288"),
        (DEGREES, "-5.5", "-5.5"),
    ],
)
def test_numbers_are_read_as_people_write_them(kind: Kind, text: str, value: str) -> None:
    assert kind.read(text) == Decimal(value)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (COUNT, "1.5", "amount-invalid"),
        (COUNT, "-1", "amount-invalid"),
        (COUNT, "10000001", "amount-invalid"),
        (BAHT, "0.0051", "amount-invalid"),
        (BAHT, "-5", "amount-invalid"),
        (BAHT, "1,000,000,000,000", "amount-invalid"),
        (KM, "1,000", "amount-invalid"),
        (MEAN, "100.01", "mean-invalid"),
        (DEGREES, "99.4912345", "amount-invalid"),
        (BAHT, "20,000 บาท (สองพันบาทถ้วน)", "amount-words-differ"),
    ],
)
def test_a_number_that_is_none_of_its_kind_is_told(kind: Kind, text: str, code: str) -> None:
    assert fault(kind, text) == code


@given(st.integers(0, 10_000_000))
def test_every_count_comes_back_however_it_is_written(count: int) -> None:
    written = {str(count), f"{count:,}", thai(f"{count:,}"), f"{count:,} คน", f" {count} "}
    assert {COUNT.read(text) for text in written} == {count}


@given(st.decimals(min_value=0, max_value=Decimal("999999999.99"), places=2))
def test_every_sum_comes_back_however_it_is_written(amount: Decimal) -> None:
    written = {f"{amount:.2f}", f"{amount:,.2f}", f"฿{amount:,.2f}", baht(amount), thai(baht_with_words(amount))}
    assert {BAHT.read(text) for text in written} == {amount}


@given(st.text(alphabet="0123456789,. -", max_size=12))
def test_what_is_read_is_what_stands_there(text: str) -> None:
    """Whatever is read, its digits are the digits that were typed, in their places."""
    try:
        value = COUNT.read(text)
    except Unreadable:
        return
    plain = text.strip().replace(",", "")
    assert value == Fraction(plain.replace("- ", "-"))
    assert "," not in text or f"{int(value):,}" == text.strip().partition(".")[0]
