"""A round under another edition: what was answered carries over by id, nothing is guessed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.small import small

from khunnaphap.core.completeness import Answer
from khunnaphap.core.framework import NA, Fact, Framework, Rating
from khunnaphap.core.measures import Circumstances, Computed, FactValue, compute_all
from khunnaphap.core.rescoring import carried_answers, carried_facts, rescored
from khunnaphap.core.scoring import score

FACTS = [
    {"id": "part", "group": "", "title": "ส่วน", "title_en": "", "kind": "count"},
    {"id": "all", "group": "", "title": "ทั้งหมด", "title_en": "", "kind": "count"},
]


def share(*bounds: int) -> dict:
    return {
        "id": "s",
        "measure": "share",
        "share": {"count": "part", "whole": "all", "bounds": [str(b) for b in bounds]},
    }


OLD = small([share(50, 60, 70, 80), {"id": "r"}], fact=FACTS)
EASIER = small([share(40, 50, 60, 70), {"id": "r"}, {"id": "n"}], fact=FACTS)
RUBRIC = small([{"id": "s"}, {"id": "r"}], fact=FACTS)


def computed(framework: Framework, facts: dict[str, FactValue]) -> dict[str, Computed]:
    return compute_all(framework, Circumstances(facts, {}, frozenset()))


def carried(new: Framework, facts: dict[str, FactValue], **answers: Answer) -> dict[str, Answer]:
    return carried_answers(OLD, new, answers, computed(OLD, facts), computed(new, facts))


HALF: dict[str, FactValue] = {"part": Fraction(65), "all": Fraction(100)}


def test_a_level_that_followed_from_facts_follows_them_under_the_new_bounds() -> None:
    found = carried(EASIER, HALF, s=Answer(self_rating=3, verified_rating=3))
    assert (found["s"].self_rating, found["s"].verified_rating) == (4, 4)


def test_a_level_that_a_person_gave_against_the_facts_stands() -> None:
    assert carried(EASIER, HALF, s=Answer(verified_rating=5))["s"].verified_rating == 5


def test_a_computed_level_that_became_a_rubric_keeps_what_a_person_said_and_nothing_else() -> None:
    assert carried(RUBRIC, HALF, s=Answer(verified_rating=3))["s"] == Answer(verified_rating=3)
    assert carried(RUBRIC, HALF) == {}


def test_an_indicator_with_another_number_of_levels_is_not_answered_yet() -> None:
    four = small([{"id": "s", "levels": list("กขคง")}, {"id": "r", "levels": list("กขคง")}], level_names=list("กขคง"), level_points=["1", "2", "3", "4"])  # fmt: skip
    found = carried(four, {}, r=Answer(self_rating=4, verified_rating=NA))
    assert found["r"] == Answer(verified_rating=NA)


@pytest.mark.parametrize(
    ("kind", "choices", "value", "kept"),
    [("grade", ("A", "B"), "A", True), ("grade", ("B",), "A", False), ("count", (), "A", False)],
)
def test_a_fact_of_another_kind_or_choice_says_nothing(kind: str, choices: tuple, value: str, kept: bool) -> None:
    def with_fact(fact: Fact) -> Framework:
        data = {"id": fact.id, "group": "", "title": "ก", "title_en": "", "kind": fact.kind, "choices": fact.choices}
        return small([{}], fact=[data])

    old = with_fact(Fact("x", "", "ก", "", "", "grade", "", ("A", "B")))
    new = with_fact(Fact("x", "", "ก", "", "", kind, "", choices))
    assert carried_facts(old, new, {"x": value, "gone": True}) == ({"x": value} if kept else {})


def test_an_indicator_nobody_answered_leaves_no_colour_but_a_provisional_total() -> None:
    found = rescored(EASIER, "verified", {"s": 4, "r": 5, "n": None})
    assert (found.classification.band, found.classification.score.missing) == (None, ("n",))
    assert found.answered == Fraction(90)
    assert found.classification.basis == "verified"


def test_nothing_answered_has_no_total_at_all() -> None:
    assert rescored(EASIER, "self", {}).answered is None


@given(st.lists(st.one_of(st.none(), st.just(NA), st.integers(1, 5)), min_size=3, max_size=3))
def test_the_answered_total_lies_within_what_is_still_possible(levels: list[Rating]) -> None:
    ratings = dict(zip(EASIER.by_id, levels, strict=True))
    found, exact = rescored(EASIER, "self", ratings), score(EASIER, ratings)
    assert (found.classification.band is None) == (exact.total is None)
    if exact.total is not None:
        assert found.answered == exact.total
    elif found.answered is not None:
        assert exact.low is not None
        assert exact.high is not None
        assert exact.low <= found.answered <= exact.high
