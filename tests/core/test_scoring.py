"""Scores against an independent calculation, and at the bounds where arithmetic that is not exact fails."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.small import plain, small

from khunnaphap.core.colours import band_of, classify
from khunnaphap.core.framework import NA, Framework, Rating
from khunnaphap.core.measures import rounded, shown
from khunnaphap.core.scoring import score, total_of_answered

ratings_of = st.one_of(st.integers(1, 5), st.just(NA))


def all_at(framework: Framework, rating: Rating) -> dict[str, Rating]:
    return {indicator.id: rating for indicator in framework.indicators}


def test_component_is_points_over_highest_points_in_percent() -> None:
    framework = plain(3)
    ratings = dict(zip(framework.by_id, (5, 4, 1), strict=True))
    assert score(framework, ratings).components == {"1": Fraction(200, 3)}


def test_total_weighs_components_not_indicators() -> None:
    framework = plain(1, 9)
    ratings = all_at(framework, 1) | {framework.indicators[0].id: 5}
    assert score(framework, ratings).total == Fraction(60)


def test_weights_of_indicators_and_components_count() -> None:
    framework = small([{"weight": "3"}, {"weight": "1/3"}], [{"component_weight": "2.5"}])
    first, second, third = framework.by_id
    result = score(framework, {first: 5, second: 1, third: 3})
    one = (3 * Fraction(5) + Fraction(1, 3)) / (5 * (3 + Fraction(1, 3))) * 100
    assert result.components == {"1": one, "2": Fraction(60)}
    assert result.total == (one + Fraction(5, 2) * 60) / Fraction(7, 2)


def test_own_level_points_count() -> None:
    framework = small([{"level_points": ["0", "1", "2", "3", "10"]}])
    assert score(framework, all_at(framework, 4)).total == Fraction(30)


@pytest.mark.parametrize(
    ("levels", "colour"), [((3, 4), "green"), ((3, 3), "yellow"), ((4, 5), "purple"), ((2, 3), "orange")]
)
def test_a_total_on_a_bound_takes_the_higher_colour(levels: tuple[int, int], colour: str) -> None:
    framework = plain(2)
    ratings = dict(zip(framework.by_id, levels, strict=True))
    result = classify(framework, ratings, {})
    assert result.score.total == Fraction(sum(levels) * 10)
    assert result.band is not None
    assert result.band.colour == colour


def test_five_components_that_total_exactly_70_are_green() -> None:
    framework = plain(3, 3, 3, 3, 4)
    levels = (5, 4, 1, 5, 4, 1, 5, 5, 1, 5, 5, 1, 4, 4, 3, 3)
    result = classify(framework, dict(zip(framework.by_id, levels, strict=True)), {})
    # 10/15 + 10/15 + 11/15 + 11/15 + 14/20 = 3.5 of 5
    assert result.score.total == Fraction(70)
    assert result.band is not None
    assert result.band.colour == "green"


def test_one_step_below_the_bound_is_the_lower_colour_and_shows_so() -> None:
    framework = small([{"weight": "99999"}, {"weight": "1"}])
    first, second = framework.by_id
    below = small([{"weight": "99999", "level_points": ["1", "2", "3", "3.5", "5"]}, {"weight": "1"}])
    assert classify(framework, {first: 5, second: 5}, {}).score.total == Fraction(100)
    result = classify(below, {first: 4, second: 3}, {})
    assert result.score.total == (99999 * Fraction("3.5") + 3) / 500000 * 100
    assert result.band is not None
    assert (result.band.colour, shown(result.score.total)) == ("yellow", "69.99")


def test_not_applicable_leaves_the_sum_and_an_empty_component_is_null() -> None:
    framework = plain(2, 2)
    first, second, *rest = framework.by_id
    result = score(framework, {first: 5, second: NA, **dict.fromkeys(rest, NA)})
    assert result.components == {"1": Fraction(100), "2": None}
    assert result.total == Fraction(100)


def test_all_not_applicable_has_no_total_and_no_colour() -> None:
    framework = plain(2)
    result = classify(framework, all_at(framework, NA), {})
    assert (result.score.total, result.band, result.score.missing) == (None, None, ())
    assert "ไม่มีตัวชี้วัดที่เกี่ยวข้อง" in result.reason


def test_an_unanswered_indicator_means_no_total_no_colour_and_the_open_range() -> None:
    framework = plain(2)
    first, second = framework.by_id
    result = classify(framework, {first: 1}, {})
    assert result.band is None
    assert result.score.total is None
    assert result.score.missing == (second,)
    assert (result.score.low, result.score.high) == (Fraction(20), Fraction(60))
    assert "ยังจัดกลุ่มไม่ได้" in result.reason


def test_a_component_that_is_whole_has_its_score_though_another_is_not() -> None:
    framework = plain(1, 1)
    first, _ = framework.by_id
    assert score(framework, {first: 4}).components == {"1": Fraction(80), "2": None}


def test_basis_is_verified_only_when_every_indicator_has_a_verified_rating() -> None:
    framework = plain(2)
    first, second = framework.by_id
    own = all_at(framework, 5)
    assert classify(framework, own, {first: 1, second: None}).basis == "self"
    verified = classify(framework, own, {first: 1, second: NA})
    assert (verified.basis, verified.score.total) == ("verified", Fraction(20))


def test_bands_are_data(framework: Framework) -> None:
    assert [band_of(framework.bands, Fraction(n)).colour for n in (100, 90, 89, 80, 70, 60, 50, 49, 0)] == [
        "purple", "purple", "blue", "blue", "green", "yellow", "orange", "red", "red",
    ]  # fmt: skip


@given(st.data())
def test_scores_equal_an_independent_calculation(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(1, 6), min_size=1, max_size=5))
    framework = plain(*sizes)
    ratings = {indicator: data.draw(ratings_of) for indicator in framework.by_id}
    values = list(ratings.values())
    parts, start = [], 0
    for size in sizes:
        levels = [v for v in values[start : start + size] if isinstance(v, int)]
        start += size
        parts.append(Fraction(sum(levels), 5 * len(levels)) * 100 if levels else None)
    known = [part for part in parts if part is not None]
    result = score(framework, ratings)
    assert list(result.components.values()) == parts
    assert result.total == (sum(known) / len(known) if known else None)


@given(st.data())
def test_every_way_to_answer_the_rest_stays_within_the_open_range(data: st.DataObject) -> None:
    framework = plain(*data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)))
    some = {i: data.draw(st.one_of(ratings_of, st.none())) for i in framework.by_id}
    before = score(framework, some)
    filled = {i: r if r is not None else data.draw(ratings_of) for i, r in some.items()}
    total = score(framework, filled).total
    if total is not None:
        assert before.low is not None
        assert before.high is not None
        assert before.low <= total <= before.high


@given(st.fractions(min_value=0, max_value=100))
def test_a_shown_number_never_contradicts_its_colour(total: Fraction) -> None:
    framework = plain(1)
    band = band_of(framework.bands, total)
    assert band_of(framework.bands, Fraction(shown(total))) == band
    assert 0 <= total - Fraction(shown(total)) < Fraction(1, 100)


def test_shown_is_cut_off_and_rounded_is_half_up() -> None:
    assert shown(Fraction("89.996")) == "89.99"
    assert shown(Fraction(70)) == "70.00"
    assert rounded(Fraction(2, 3) * 100) == "66.6666666667"
    assert rounded(Fraction(1, 2), 0).startswith("1")
    assert rounded(Fraction("69.99999999995")) == "70.0000000000"
    assert rounded(Fraction("69.999999999949")) == "69.9999999999"


@given(st.fractions(min_value=0, max_value=100))
def test_rounded_is_within_half_of_its_last_place(value: Fraction) -> None:
    assert abs(Fraction(rounded(value)) - value) <= Fraction(1, 2 * 10**10)


def test_a_component_of_nothing_pulls_the_total_down_and_one_that_does_not_apply_leaves_it() -> None:
    zero = ["0", "1", "2", "3", "4"]
    framework = small([{"level_points": zero}], [{}])
    first, second = framework.by_id
    assert score(framework, {first: 1, second: 5}).components == {"1": 0, "2": 100}
    assert score(framework, {first: 1, second: 5}).total == 50
    assert score(framework, {first: NA, second: 5}).total == 100
    assert score(framework, {first: 1, second: NA}).total == 0


def test_what_is_unanswered_bounds_the_total_and_empties_its_component_alone() -> None:
    framework = plain(2, 1)
    one, two, three = framework.by_id
    result = score(framework, {one: 3, three: 5})
    assert result.missing == (two,)
    assert result.components == {"1": None, "2": 100}
    assert (result.total, result.low, result.high) == (None, 70, 90)
    nothing = score(framework, dict.fromkeys(framework.by_id, NA))
    assert (nothing.total, nothing.low, nothing.high, nothing.missing) == (None, None, None, ())
    assert total_of_answered(framework, {one: 3, three: 5}) == 80
    assert total_of_answered(framework, {}) is None


@pytest.mark.parametrize("level", [0, 6, -1])
def test_a_level_that_is_not_there_is_a_fault(level: int) -> None:
    framework = plain(1)
    with pytest.raises(IndexError, match=f"has no level {level}"):
        score(framework, {framework.indicators[0].id: level})
