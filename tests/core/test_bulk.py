"""The fast way to colours says exactly what the exact way says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.small import plain, small

from khunnaphap.core.bulk import NOT_APPLICABLE, UNANSWERED, colour_places
from khunnaphap.core.colours import classify
from khunnaphap.core.framework import NA, Framework, Rating


def one_by_one(framework: Framework, levels: list[list[int]]) -> list[int]:
    meaning: dict[int, Rating] = {UNANSWERED: None, NOT_APPLICABLE: NA}
    order = [band.colour for band in framework.bands]
    places = []
    for row in levels:
        ratings = {i: meaning.get(value, value) for i, value in zip(framework.by_id, row, strict=True)}
        band = classify(framework, ratings, {}).band
        places.append(order.index(band.colour) if band else -1)
    return places


def at_once(framework: Framework, levels: list[list[int]]) -> list[int]:
    return colour_places(framework, np.array(levels, dtype=np.uint8)).tolist()


@settings(max_examples=60)
@given(st.data())
def test_the_fast_way_equals_the_exact_way(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    weights = st.sampled_from(["1", "2", "1/3", "0.7"])
    framework = small(*[[{"weight": data.draw(weights)} for _ in range(size)] for size in sizes])
    value = st.sampled_from([0, 1, 2, 3, 4, 5, 5, 4, 3, 255])
    rows = data.draw(st.lists(st.lists(value, min_size=sum(sizes), max_size=sum(sizes)), min_size=1, max_size=8))
    assert at_once(framework, rows) == one_by_one(framework, rows)


def test_totals_exactly_on_a_bound_take_the_higher_colour() -> None:
    framework = plain(3, 3, 3, 3, 4)
    on_70 = [5, 4, 1, 5, 4, 1, 5, 5, 1, 5, 5, 1, 4, 4, 3, 3]
    below = [*on_70[:-1], 2]
    assert at_once(framework, [on_70, below]) == [2, 3] == one_by_one(framework, [on_70, below])


def test_every_total_of_a_small_framework_is_right() -> None:
    framework = plain(2, 1)
    rows = [[a, b, c] for a in range(1, 6) for b in (1, 3, 5, 255) for c in (1, 2, 3, 4, 5, 255)]
    assert at_once(framework, rows) == one_by_one(framework, rows)


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="component 1"):
        colour_places(plain(1), np.array([[6]], dtype=np.uint8))
    with pytest.raises(ValueError, match="shape"):
        colour_places(plain(2), np.array([[1]], dtype=np.uint8))
