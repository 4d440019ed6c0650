"""What counts as an answer and as progress, with N/A in each of its three ways."""

from __future__ import annotations

import pytest
from tests.core.small import plain

from khunnaphap.core.completeness import (
    UNANSWERED,
    Answer,
    Tally,
    reason_lacking,
    self_ratings,
    tally,
    verified_ratings,
)
from khunnaphap.core.framework import NA, Rating
from khunnaphap.core.measures import Computed

FRAMEWORK = plain(1)
ONE = FRAMEWORK.indicators[0]


def computed(rating: Rating) -> dict[str, Computed]:
    return {ONE.id: Computed(rating, "")}


@pytest.mark.parametrize(
    ("given", "follows", "counts"),
    [(None, None, None), (None, 3, 3), (None, NA, NA), (2, 3, 2), (2, NA, 2), (NA, 3, NA)],
)
def test_a_persons_word_comes_before_what_follows_from_facts(given: Rating, follows: Rating, counts: Rating) -> None:
    assert self_ratings(FRAMEWORK, {ONE.id: Answer(given)}, computed(follows)) == {ONE.id: counts}
    assert self_ratings(FRAMEWORK, {}, computed(follows)) == {ONE.id: follows}


@pytest.mark.parametrize(
    ("own", "verified", "follows", "counts"),
    [
        (None, None, NA, NA), (NA, None, NA, NA), (2, None, NA, None), (None, None, 3, None), (3, None, 3, None),
        (NA, None, None, None), (2, 4, NA, 4), (None, NA, 3, NA),
    ],
)  # fmt: skip
def test_only_an_na_that_follows_from_facts_needs_no_consent(
    own: Rating, verified: Rating, follows: Rating, counts: Rating
) -> None:
    answers = {ONE.id: Answer(own, verified_rating=verified)}
    assert verified_ratings(FRAMEWORK, answers, computed(follows)) == {ONE.id: counts}


def test_who_has_answered_nothing_has_no_verified_rating_but_a_computed_na() -> None:
    assert verified_ratings(FRAMEWORK, {}, computed(None)) == {ONE.id: None}
    assert verified_ratings(FRAMEWORK, {}, computed(NA)) == {ONE.id: NA}


@pytest.mark.parametrize(
    ("answer", "follows", "counts"),
    [
        (UNANSWERED, None, Tally(0, 0, 0)),
        (UNANSWERED, 3, Tally(1, 0, 0)),
        (UNANSWERED, NA, Tally(1, 1, 0)),
        (Answer(NA, "ไม่มีชั้นนี้"), NA, Tally(1, 1, 0)),
        (Answer(2, "จริง"), NA, Tally(1, 0, 0)),
        (Answer(2), NA, Tally(0, 0, 0)),
        (Answer(2), None, Tally(1, 0, 0)),
        (Answer(NA), None, Tally(0, 0, 0)),
        (Answer(NA, "ไม่มี"), None, Tally(1, 0, 0)),
        (Answer(2, verified_rating=2), None, Tally(1, 1, 0)),
        (Answer(2, verified_rating=3), None, Tally(1, 1, 1)),
        (Answer(2, verified_rating=NA), None, Tally(1, 1, 1)),
        (Answer(verified_rating=3), 3, Tally(1, 1, 0)),
        (Answer(verified_rating=3), None, Tally(0, 1, 1)),
        (Answer(verified_rating=3), NA, Tally(1, 1, 1)),
    ],
)
def test_one_indicator_counts_as_done_judged_and_different(answer: Answer, follows: Rating, counts: Tally) -> None:
    assert tally(ONE, answer, follows) == counts


def test_tallies_add_up_and_are_taken_away() -> None:
    assert Tally(1, 2, 3) + Tally(10, 20, 30) == Tally(11, 22, 33)
    assert Tally(11, 22, 33) - Tally(1, 2, 3) == Tally(10, 20, 30)
    assert Tally() == Tally(0, 0, 0)


@pytest.mark.parametrize(
    ("rating", "follows", "reason", "code"),
    [
        (NA, None, "", "na-reason"), (NA, 3, "", "na-reason"), (NA, NA, "", ""), (NA, None, "เพราะ", ""),
        (4, 3, "", "override-reason"), (4, NA, "", "override-reason"), (4, 4, "", ""), (4, None, "", ""),
        (None, 3, "", ""), (4, 3, "เพราะ", ""),
    ],
)  # fmt: skip
def test_a_reason_lacks_where_somebody_differs_from_facts(
    rating: Rating, follows: Rating, reason: str, code: str
) -> None:
    problem = reason_lacking(ONE, rating, follows, reason)
    assert (problem.code if problem else "") == code


def test_the_words_of_a_lacking_reason_name_indicator_levels_and_column() -> None:
    na, level = reason_lacking(ONE, NA, None, ""), reason_lacking(ONE, 4, 3, "", "หมายเหตุ")
    unasked = reason_lacking(ONE, 4, NA, "")
    assert na
    assert level
    assert unasked
    assert na.message == "ตัวชี้วัด 1.1.1 ระบุว่าไม่เกี่ยวข้อง แต่ไม่มีเหตุผล"
    assert na.mend == "เขียนเหตุผลที่ตัวชี้วัดนี้ไม่เกี่ยวข้องกับโรงเรียนในช่อง “เหตุผล” หรือเลือกระดับ"
    assert level.message == "ตัวชี้วัด 1.1.1 ระบุระดับ 4 ต่างจากที่คำนวณได้จากข้อมูล (ระดับ 3) แต่ไม่มีเหตุผล"
    assert level.mend == "เขียนเหตุผลในช่อง “หมายเหตุ” หรือเลือกตามที่คำนวณได้ (ระดับ 3)"
    assert "(ไม่เกี่ยวข้อง)" in unasked.message
