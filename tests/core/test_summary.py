"""One sentence for many schools: the lower median and the pooled share."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.small import plain, small
from tests.core.test_measures import FACTS, SHARE

from khunnaphap.core.framework import NA, Rating
from khunnaphap.core.summary import Stand, Summary, lower_median, summarise

RUBRIC = plain(1).indicators[0]
POOLING = small([{"id": "a", "measure": "share", "share": SHARE}], fact=FACTS).by_id["a"]


def of(*ratings: Rating) -> Summary:
    return summarise(RUBRIC, [Stand(rating, {}) for rating in ratings])


@pytest.mark.parametrize(("levels", "median"), [([3], 3), ([2, 4], 2), ([5, 1, 3], 3), ([1, 2, 4, 5], 2)])
def test_the_median_of_an_even_number_is_the_lower_one(levels: list[int], median: int) -> None:
    assert lower_median(levels) == median


def test_schools_at_that_level_or_higher_are_counted() -> None:
    summary = of(2, 4, 4, 5, NA)
    assert summary.there == 2
    assert (summary.level, summary.at_or_above, summary.rated, summary.not_applicable) == (4, 3, 4, 1)
    assert summary.by_level == (0, 1, 0, 2, 1)


def test_the_rule_is_data() -> None:
    stands = [Stand(level, {}) for level in (2, 4, 5)]
    assert [summarise(RUBRIC, stands, rule).level for rule in ("lower-median", "lowest", "most")] == [4, 2, 2]
    with pytest.raises(KeyError):
        summarise(RUBRIC, stands, "highest")


def test_only_not_applicable_schools_have_no_level() -> None:
    assert of(NA, NA).level is None


def test_a_pooled_share_sums_counts_and_wholes() -> None:
    def stand(some: int, of_all: int) -> Stand:
        return Stand(3, {"some": Fraction(some), "all": Fraction(of_all)})

    pooled = summarise(POOLING, [stand(1, 2), stand(98, 98), Stand(2, {}), Stand(NA, {"all": Fraction(0)})]).pooled
    assert pooled is not None
    assert (pooled.count, pooled.whole, pooled.schools, pooled.percent) == (99, 100, 2, 99)


@given(st.lists(st.integers(1, 5), min_size=1))
def test_most_schools_stand_at_the_level_told_first_and_of_equal_ones_it_is_the_lower(levels: list[int]) -> None:
    summary = of(*levels)
    assert summary.there == max(summary.by_level)
    assert summary.level == summary.by_level.index(summary.there) + 1


@given(st.lists(st.integers(1, 5), min_size=1))
def test_at_least_half_of_the_schools_stand_at_the_lower_median_or_higher(levels: list[int]) -> None:
    summary = summarise(RUBRIC, [Stand(level, {}) for level in levels], "lower-median")
    assert summary.at_or_above * 2 >= summary.rated
    assert sum(summary.by_level) == summary.rated
