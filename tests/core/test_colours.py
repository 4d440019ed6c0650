"""Which ratings a colour rests on, and which decision of a person still stands."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from tests.core.small import plain, small

from khunnaphap.core.colours import Decided, band_of, classify, counted, is_verified
from khunnaphap.core.framework import NA, Framework, Rating

DAY = date(2026, 5, 1)


def rated(framework: Framework, *levels: Rating) -> dict[str, Rating]:
    return dict(zip(framework.by_id, levels, strict=True))


def test_a_colour_is_verified_as_a_whole_or_the_schools_own_as_a_whole() -> None:
    framework = plain(2)
    own = rated(framework, 5, 5)
    for verified in (rated(framework, 1, None), rated(framework, None, NA), {}):
        partly = classify(framework, own, verified)
        assert (partly.basis, partly.ratings, partly.score.total) == ("self", own, 100)
        assert partly.provisional
        assert not is_verified(framework, verified)
    whole = classify(framework, own, rated(framework, 1, 2))
    assert (whole.basis, whole.ratings, whole.score.total) == ("verified", rated(framework, 1, 2), 30)
    assert not whole.provisional
    assert is_verified(framework, rated(framework, 1, NA))


def test_the_schools_own_ratings_do_not_fill_what_the_office_said_does_not_apply() -> None:
    framework = plain(2)
    result = classify(framework, rated(framework, 1, 5), rated(framework, NA, 3))
    assert (result.basis, result.score.total) == ("verified", 60)


def test_without_a_total_there_is_no_band() -> None:
    framework = plain(2)
    result = classify(framework, rated(framework, NA, NA), {})
    assert (result.band, result.score.total, result.score.missing) == (None, None, ())
    assert "ไม่มีตัวชี้วัดที่เกี่ยวข้อง" in result.reason
    assert classify(framework, rated(framework, 5, None), {}).band is None


def test_a_total_below_every_band_is_a_fault() -> None:
    framework = plain(1)
    assert band_of(framework.bands, Fraction(0)).colour == "red"
    with pytest.raises(ValueError, match="no band takes -1"):
        band_of(framework.bands, Fraction(-1))


def decided(colour: str = "green", computed: str = "yellow", basis: str = "verified") -> Decided:
    return Decided(colour, computed, basis, "มติ", DAY)  # type: ignore[arg-type]


def test_a_decision_stands_only_on_the_colour_and_the_basis_that_it_was_made_on() -> None:
    framework = plain(1)
    result = classify(framework, {}, rated(framework, 3))
    assert result.band is not None
    assert result.band.colour == "yellow"
    assert decided().stands(result)
    assert not decided(computed="orange").stands(result)
    assert not decided(basis="self").stands(result)
    assert not decided().stands(classify(framework, rated(framework, 3), {}))
    assert not decided(basis="self").stands(classify(framework, {}, {}))
    assert not decided(computed="").stands(classify(framework, {}, {}))


def test_the_colour_that_counts_is_the_one_decided_on_while_it_stands() -> None:
    framework = plain(1)
    result = classify(framework, {}, rated(framework, 3))
    colours = [counted(framework, result, one) for one in (None, decided(), decided(basis="self"), decided("unknown"))]
    assert [band.colour if band else None for band in colours] == ["yellow", "green", "yellow", "yellow"]


def test_reasons_say_what_is_missing_what_is_possible_and_what_it_rests_on() -> None:
    framework = small([{"level_points": ["0", "1", "2", "3", "4"]}] * 1, [{}])
    lacking = classify(framework, rated(framework, 3, None), {})
    assert "ขาดคำตอบ 1 ตัวชี้วัด ช่วงคะแนนที่ยังเป็นไปได้ ร้อยละ 35.00 ถึง 75.00" in lacking.reason
    whole = classify(framework, rated(framework, 3, 3), {})
    assert whole.reason == "คะแนนรวมร้อยละ 55.00 ไม่ต่ำกว่าร้อยละ 50.00 ตามผลประเมินตนเอง (ชั่วคราว)"
    assert classify(framework, {}, rated(framework, 3, 3)).reason.endswith("ตามผลที่เขตตรวจสอบแล้ว")
