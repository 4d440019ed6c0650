"""Nobody answers and verifies one school in one round: who holds both roles chooses, and the refusal says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.people import People

from khunnaphap.accounts.actions import Post, appoint, revoke_appointment
from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import (
    Given,
    accept,
    agree,
    approve,
    attach_link,
    confirm_last,
    detach,
    finish,
    hand_in,
    judge,
    recall,
    record_self,
    record_verification,
    reopen,
    save_answer,
    save_facts,
    send_back,
    unlock,
    withdraw,
)
from khunnaphap.assessments.models import Assessment
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.actions import add_link

PLACE = "building-soundness"


@pytest.fixture
def both(people: People, assessment: Assessment) -> User:
    """The head, who is a director of the office as well."""
    appoint(person=people.head, post=Post("director", assessment.school.office), by=people.administrator)
    return User.objects.get(username="head")


def answer(assessment: Assessment, by: User) -> object:
    return save_answer(assessment=assessment, indicator=PLACE, given=Given(4), version=0, by=by)


def all_answered(assessment: Assessment, framework: Framework, by: User) -> None:
    entries = {one.id: Entry(4, "ตามจริง") for one in framework.indicators}
    record_self(assessment=assessment, entries=entries, facts={}, by=by)


OFFICE: dict[str, Callable[[Assessment, User], object]] = {
    "accept": lambda a, by: accept(assessment=a, by=by),
    "judge": lambda a, by: judge(assessment=a, indicator=PLACE, given=Given(3), version=1, by=by),
    "agree": lambda a, by: agree(assessment=a, indicators=[PLACE], by=by),
    "send back": lambda a, by: send_back(assessment=a, reasons={PLACE: "ก"}, due=a.round.closes, by=by),
    "finish": lambda a, by: finish(assessment=a, by=by),
    "reopen": lambda a, by: reopen(assessment=a, by=by),
    "recall": lambda a, by: recall(assessment=a, by=by),
    "approve": lambda a, by: approve(assessment=a, by=by),
    "unlock": lambda a, by: unlock(assessment=a, indicators=[PLACE], reason="ก", until=a.round.closes, by=by),
}


@pytest.mark.parametrize("act", OFFICE)
def test_who_answered_verifies_nothing_of_this_school_in_this_round(
    act: str, assessment: Assessment, both: User
) -> None:
    answer(assessment, both)
    with pytest.raises(Refusal, match="ตอบแบบประเมินของ") as refused:
        OFFICE[act](assessment, both)
    assert "ผู้ที่มีทั้งสองบทบาทเลือกได้บทบาทเดียว" in refused.value.problem.mend


SCHOOL: dict[str, Callable[[Assessment, User], object]] = {
    "answer": answer,
    "facts": lambda a, by: save_facts(assessment=a, facts={"students": "3"}, seen={}, by=by),
    "confirm": lambda a, by: confirm_last(assessment=a, indicators=[PLACE], by=by),
    "hand in": lambda a, by: hand_in(assessment=a, by=by),
    "withdraw": lambda a, by: withdraw(assessment=a, by=by),
    "attach": lambda a, by: attach_link(assessment=a, indicator=PLACE, url="https://example.org", title="", by=by),
    "detach": lambda a, by: detach(
        assessment=a, indicator=PLACE, evidence=add_link(school=a.school, url="https://a.th", title="", by=by), by=by
    ),
}


@pytest.mark.parametrize("act", SCHOOL)
def test_who_verified_answers_nothing_of_this_school_in_this_round(
    act: str, assessment: Assessment, both: User, people: People, framework: Framework
) -> None:
    all_answered(assessment, framework, people.teacher)
    accept(assessment=assessment, by=both)
    with pytest.raises(Refusal, match="ตรวจสอบอนุบาลแจ้ห่มในรอบนี้แล้ว"):
        SCHOOL[act](assessment, both)


def test_a_role_that_ended_still_counts(
    assessment: Assessment, both: User, people: People, framework: Framework
) -> None:
    answer(assessment, both)
    revoke_appointment(appointment=both.appointments.get(role="head"), by=people.administrator)
    all_answered(assessment, framework, people.teacher)
    with pytest.raises(Refusal, match="ตอบแบบประเมินของ"):
        accept(assessment=assessment, by=User.objects.get(username="head"))


def test_an_import_for_somebody_else_is_no_side(assessment: Assessment, both: User, framework: Framework) -> None:
    all_answered(assessment, framework, both)
    accept(assessment=assessment, by=both)
    record_verification(assessment=assessment, entries={PLACE: Entry(4)}, by=both)


def test_a_comment_is_no_side_and_another_round_is_another_choice(
    assessment: Assessment, both: User, people: People, framework: Framework, world: dict[str, object]
) -> None:
    from khunnaphap.assessments.actions import comment

    comment(assessment=assessment, indicator=PLACE, text="ก", by=both)
    all_answered(assessment, framework, people.teacher)
    accept(assessment=assessment, by=both)
    comment(assessment=assessment, indicator=PLACE, text="ข", by=both)
    earlier = world["2567/1"].assessments.get(school=assessment.school)  # type: ignore[attr-defined]
    type(earlier.round).objects.filter(pk=earlier.round_id).update(closes=assessment.round.closes)
    assert answer(earlier, both)
