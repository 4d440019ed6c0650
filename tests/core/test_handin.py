"""What needs a reason, what an empty cell means, and whose word counts."""

from __future__ import annotations

from fractions import Fraction

from tests.core.small import small
from tests.core.test_measures import FACTS, SHARE

from khunnaphap.core.completeness import Answer, self_ratings, verified_ratings
from khunnaphap.core.framework import NA, Rating
from khunnaphap.core.handin import (
    Entry,
    check_facts,
    check_self,
    check_verified,
    remark_lacking,
    remark_wanted,
    with_self,
    with_verified,
)
from khunnaphap.core.measures import Computed

FRAMEWORK = small([{"id": "a", "measure": "share", "share": SHARE}, {"id": "b"}], fact=FACTS)
NOTHING = {"a": Computed(None, ""), "b": Computed(None, "")}
FOUR = NOTHING | {"a": Computed(4, "")}
GONE = NOTHING | {"a": Computed(NA, "")}


def codes(found: list) -> list[tuple[str, str]]:
    return [(key, problem.code) for key, problem in found]


def test_not_applicable_needs_a_reason() -> None:
    assert codes(check_self(FRAMEWORK, {"b": Answer(NA)}, NOTHING)) == [("b", "na-reason")]
    assert check_self(FRAMEWORK, {"b": Answer(NA, "ไม่มีห้องเรียนสองภาษา")}, NOTHING) == []


def test_a_level_against_the_computed_one_needs_a_reason() -> None:
    assert codes(check_self(FRAMEWORK, {"a": Answer(5)}, FOUR)) == [("a", "override-reason")]
    assert check_self(FRAMEWORK, {"a": Answer(5, "นับครูย้ายเข้า")}, FOUR) == []
    assert check_self(FRAMEWORK, {"a": Answer(4)}, FOUR) == []
    assert codes(check_self(FRAMEWORK, {"a": Answer(3)}, GONE)) == [("a", "override-reason")]


def test_a_level_without_facts_to_compute_from_needs_no_reason() -> None:
    assert check_self(FRAMEWORK, {"a": Answer(5)}, NOTHING) == []


def test_the_computed_level_stands_where_nobody_spoke() -> None:
    assert self_ratings(FRAMEWORK, {}, FOUR) == {"a": 4, "b": None}
    assert self_ratings(FRAMEWORK, {"a": Answer(2, "เหตุผล")}, FOUR)["a"] == 2


def test_a_computed_level_is_not_verified_by_itself_but_a_computed_na_is() -> None:
    assert verified_ratings(FRAMEWORK, {}, FOUR) == {"a": None, "b": None}
    assert verified_ratings(FRAMEWORK, {}, GONE) == {"a": NA, "b": None}


def test_a_school_that_speaks_against_a_computed_na_needs_a_verifier() -> None:
    assert verified_ratings(FRAMEWORK, {"a": Answer(3, "เหตุผล")}, GONE)["a"] is None


def test_a_claimed_na_counts_as_verified_only_with_the_verifiers_consent() -> None:
    claimed = Answer(NA, "เหตุผล")
    assert verified_ratings(FRAMEWORK, {"b": claimed}, NOTHING)["b"] is None
    agreed = with_verified(claimed, Entry(NA))
    assert verified_ratings(FRAMEWORK, {"b": agreed}, NOTHING)["b"] is NA
    assert check_verified(FRAMEWORK, {"b": agreed}, NOTHING) == []


def test_a_verifier_who_departs_from_school_and_facts_says_why() -> None:
    answers = {"a": Answer(self_rating=5, self_reason="เหตุผล", verified_rating=3), "b": Answer(3, verified_rating=NA)}
    assert codes(check_verified(FRAMEWORK, answers, FOUR)) == [("a", "override-reason"), ("b", "na-reason")]
    with_words = {key: with_verified(answer, Entry(remark="ตรวจแล้ว")) for key, answer in answers.items()}
    assert check_verified(FRAMEWORK, with_words, FOUR) == []


def test_a_verifier_may_give_another_level_on_a_rubric_without_words() -> None:
    assert check_verified(FRAMEWORK, {"b": Answer(5, verified_rating=2)}, NOTHING) == []


def test_a_school_would_ask_why_a_verifier_sees_less_but_not_why_more() -> None:
    rubric, computed = FRAMEWORK.by_id["b"], FRAMEWORK.by_id["a"]

    def asked(answer: Answer, facts: Rating = None) -> str:
        problem = remark_wanted(computed if facts else rubric, answer, facts)
        return problem.code if problem else ""

    assert asked(Answer(5, verified_rating=2)) == "lower-remark"
    assert asked(Answer(NA, "ไม่มีห้อง", verified_rating=2)) == "lower-remark"
    assert asked(Answer(5, "นับครูย้ายเข้า", verified_rating=4), 4) == "lower-remark"
    assert asked(Answer(5, verified_rating=2, verified_remark="ไม่พบของจริง")) == ""
    assert asked(Answer(3, verified_rating=5)) == ""
    assert asked(Answer(3, verified_rating=3)) == ""
    assert asked(Answer(3)) == ""
    assert asked(Answer(3, verified_rating=NA)) == remark_lacking(rubric, Answer(3, verified_rating=NA), None).code  # type: ignore[union-attr]


def test_an_empty_entry_changes_nothing() -> None:
    answer = Answer(4, "เหตุผล", "หมายเหตุ", 3, "ข้อสังเกต")
    assert with_self(answer, Entry()) == answer
    assert with_verified(answer, Entry()) == answer
    assert Entry().blank


def test_a_new_level_drops_the_reason_of_the_old_one() -> None:
    assert with_self(Answer(NA, "ไม่มีหอพัก", "จด"), Entry(rating=3)) == Answer(3, "", "จด")
    assert with_self(Answer(NA, "ไม่มีหอพัก"), Entry(rating=NA)) == Answer(NA, "ไม่มีหอพัก")


def test_a_part_above_its_whole_is_named_once() -> None:
    facts = {"some": Fraction(31), "all": Fraction(30)}
    (found,) = check_facts(FRAMEWORK, facts)
    assert (found[0], found[1].code) == ("some", "count-above-whole")
    assert "31" in found[1].message
    assert check_facts(FRAMEWORK, {"some": Fraction(30), "all": Fraction(30)}) == []
