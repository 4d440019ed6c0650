"""What lies within reach of the next colour: the gap, the steps by their gain, how few of them close it."""

from __future__ import annotations

from fractions import Fraction

from tests.core.small import plain, small

from khunnaphap.core.framework import NA
from khunnaphap.core.pathway import StepUp, within_reach


def test_steps_stand_by_their_gain_and_the_fewest_close_the_gap() -> None:
    framework = small([{"weight": "1"}, {"weight": "3"}, {"weight": "2"}])
    one, three, two = framework.by_id
    found = within_reach(framework, {one: 3, three: 3, two: 3}, [one, three, two])
    assert found is not None
    assert (found.band.colour, found.next.colour, found.gap) == ("yellow", "green", 10)
    assert found.steps == (
        StepUp(three, 4, Fraction(10)), StepUp(two, 4, Fraction(20, 3)), StepUp(one, 4, Fraction(10, 3)),
    )  # fmt: skip
    assert found.fewest == 1


def test_a_gap_that_takes_two_steps_and_one_that_no_step_closes() -> None:
    framework = plain(4)
    ids = list(framework.by_id)
    found = within_reach(framework, dict.fromkeys(ids, 3), ids)
    assert found is not None
    assert (found.gap, found.fewest, len(found.steps)) == (10, 2, 4)
    few = within_reach(framework, dict.fromkeys(ids, 3), ids[:1])
    assert few is not None
    assert (few.fewest, [step.indicator for step in few.steps]) == (None, ids[:1])
    fine = plain(21)
    each = list(fine.by_id)
    just = within_reach(fine, dict.fromkeys(each, 3), each)
    assert just is not None
    assert (just.gap, just.fewest) == (10, 11)  # ten of them reach 9.52


def test_what_may_not_rise_cannot_rise_or_adds_nothing_is_no_step() -> None:
    framework = small([{}, {}, {}, {"level_points": ["3", "3", "4", "4", "5"]}])
    top, na, low, flat = framework.by_id
    found = within_reach(framework, {top: 5, na: NA, low: 1, flat: 1}, [top, na, low, flat])
    assert found is not None
    assert [(step.indicator, step.level) for step in found.steps] == [(low, 2)]


def test_there_is_no_way_at_the_top_nor_while_something_is_unanswered() -> None:
    framework = plain(2)
    one, two = framework.by_id
    assert within_reach(framework, {one: 5, two: 5}, [one, two]) is None
    assert within_reach(framework, {one: 5}, [one, two]) is None
    almost = within_reach(framework, {one: 4, two: 4}, [one, two])
    assert almost is not None
    assert (almost.band.colour, almost.next.colour) == ("blue", "purple")
