"""One answer at a time: versions, retries, races, deadlines, and progress that is counted by one rule."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from tests.people import JAEHOM, People

from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import (
    Given,
    close_round,
    confirm_last,
    hand_in,
    judge,
    open_round,
    record_self,
    record_verification,
    reopen,
    save_answer,
    save_facts,
    send_back,
    unlock,
    withdraw,
)
from khunnaphap.assessments.actions.campaign import Asking
from khunnaphap.assessments.carrying import unfinished_before
from khunnaphap.assessments.models import Answer, Assessment, Round
from khunnaphap.assessments.one_answer import Conflict
from khunnaphap.assessments.queries import standing_of, tally_of
from khunnaphap.audit.models import Event
from khunnaphap.core import rounds
from khunnaphap.core.framework import NA, Framework
from khunnaphap.core.handin import Entry
from khunnaphap.core.problems import Refusal
from khunnaphap.core.rounds import RoundName, budget_year
from khunnaphap.organisations.models import School

BUILDINGS = "building-soundness"


def counts_follow(assessment: Assessment) -> None:
    fresh = Assessment.objects.select_related("round__edition", "school").get(pk=assessment.pk)
    found = tally_of(standing_of(fresh.round, fresh, fresh.answers.order_by("id")))
    assert (fresh.ready, fresh.judged, fresh.differs) == (found.ready, found.judged, found.differs)


def all_at(framework: Framework, level: int) -> dict[str, Entry]:
    return {indicator.id: Entry(rating=level, reason="ตามจริง") for indicator in framework.indicators}


def test_a_save_keeps_the_whole_side_with_who_when_and_its_version(assessment: Assessment, people: People) -> None:
    given = Given(4, "", "ห้องครบ")
    kept = save_answer(assessment=assessment, indicator=BUILDINGS, given=given, version=0, by=people.teacher)
    again = save_answer(
        assessment=assessment, indicator=BUILDINGS, given=Given(3), version=kept.version, by=people.head
    )
    row = assessment.answers.get()
    assert (row.self_level, row.self_remark, row.self_by, row.version) == (3, "", people.head, again.version == 2 and 2)
    told = Event.objects.filter(verb="save_answer").last()
    assert told.data["changed"] == {"self_level": [4, 3], "self_remark": ["ห้องครบ", ""]}


def test_the_same_words_under_an_older_version_are_no_conflict(assessment: Assessment, people: People) -> None:
    given = Given(4, "", "ของครู")
    save_answer(assessment=assessment, indicator=BUILDINGS, given=given, version=0, by=people.teacher, key=uuid4())
    kept = save_answer(
        assessment=assessment, indicator=BUILDINGS, given=given, version=0, by=people.teacher, key=uuid4()
    )
    assert (kept.version, kept.again) == (1, True)
    assert Event.objects.filter(verb="save_answer").count() == 1


def test_the_loser_of_a_race_is_told_what_the_winner_wrote(assessment: Assessment, people: People) -> None:
    save_answer(assessment=assessment, indicator=BUILDINGS, given=Given(4, "", "ของครู"), version=0, by=people.teacher)
    with pytest.raises(Conflict) as caught:
        save_answer(assessment=assessment, indicator=BUILDINGS, given=Given(2), version=0, by=people.head)
    conflict = caught.value
    assert (conflict.rating, conflict.remark, conflict.who, conflict.version) == (4, "ของครู", people.teacher, 1)
    assert assessment.answers.get().self_level == 4


def test_the_same_save_again_changes_nothing_and_text_typed_since_is_not_lost(
    assessment: Assessment, people: People
) -> None:
    key, by = uuid4(), people.teacher

    def save(remark: str) -> bool:
        given = Given(4, "", remark)
        return save_answer(assessment=assessment, indicator=BUILDINGS, given=given, version=0, key=key, by=by).again

    assert [save("หนึ่ง"), save("หนึ่ง")] == [False, True]
    assert Event.objects.filter(verb="save_answer").count() == 1
    save("หนึ่ง และสอง")
    assert assessment.answers.get().self_remark == "หนึ่ง และสอง"


@pytest.mark.parametrize(("seconds", "taken"), [(-2, False), (2, True)])
def test_the_servers_clock_decides_at_the_last_moment(
    assessment: Assessment, people: People, seconds: int, taken: bool
) -> None:
    Round.objects.filter(pk=assessment.round_id).update(closes=timezone.now() + timedelta(seconds=seconds))
    assessment.round.refresh_from_db()
    save = lambda: save_answer(assessment=assessment, indicator=BUILDINGS, given=Given(4), version=0, by=people.head)  # noqa: E731
    if taken:
        save()
    else:
        with pytest.raises(Refusal, match="เลยกำหนด"):
            save()
    assert assessment.answers.exists() is taken


def test_a_save_that_read_its_round_open_is_refused_when_the_round_closed_meanwhile(
    assessment: Assessment, people: People
) -> None:
    as_read = Assessment.objects.select_related("round__edition", "school").get(pk=assessment.pk)
    close_round(round_=assessment.round, by=people.director)
    with pytest.raises(Refusal, match="เลยกำหนด"):
        save_answer(assessment=as_read, indicator=BUILDINGS, given=Given(4), version=0, by=people.head)
    assert not assessment.answers.exists()


def test_a_save_meets_what_another_person_did_since_its_page_was_read(
    assessment: Assessment, people: People, framework: Framework
) -> None:
    as_read = Assessment.objects.select_related("round__edition", "school").get(pk=assessment.pk)
    other = next(one.id for one in framework.indicators if one.measure is None and one.id != BUILDINGS)
    save_answer(assessment=assessment, indicator=other, given=Given(2), version=0, by=people.head)
    save_answer(assessment=as_read, indicator=BUILDINGS, given=Given(4), version=0, by=people.teacher)
    assert Assessment.objects.get(pk=assessment.pk).ready == assessment.ready + 2
    with pytest.raises(Conflict):
        save_answer(assessment=as_read, indicator=other, given=Given(3), version=0, by=people.teacher)


def test_progress_is_counted_by_one_rule_through_the_whole_life(
    assessment: Assessment, people: People, framework: Framework
) -> None:
    share = next(one for one in framework.indicators if one.measure_name == "share")
    steps: list[Callable[[], object]] = [
        lambda: save_answer(
            assessment=assessment, indicator=BUILDINGS, given=Given(NA), version=0, by=people.teacher
        ),
        lambda: save_answer(
            assessment=assessment, indicator=BUILDINGS, given=Given(NA, "ไม่มีอาคาร"), version=1, by=people.teacher
        ),
        lambda: save_facts(
            assessment=assessment, facts={share.measure.count: "8", share.measure.whole: "10"}, seen={}, by=people.head
        ),
        lambda: save_answer(assessment=assessment, indicator=share.id, given=Given(1), version=0, by=people.teacher),
        lambda: record_self(assessment=assessment, entries=all_at(framework, 4), facts={}, by=people.head),
        lambda: withdraw(assessment=assessment, by=people.head),
        lambda: hand_in(assessment=assessment, by=people.head),
        lambda: record_verification(assessment=assessment, entries=all_at(framework, 3), by=people.verifier),
        lambda: reopen(assessment=assessment, by=people.verifier),
        lambda: judge(
            assessment=assessment, indicator=share.id, given=Given(4), by=people.verifier,
            version=assessment.answers.get(indicator=share.id).version,
        ),
        lambda: send_back(
            assessment=assessment, reasons={BUILDINGS: "ขอรูป"}, due=timezone.now() + timedelta(days=3), by=people.verifier
        ),
    ]  # fmt: skip
    for step in steps:
        step()
        counts_follow(assessment)
    fresh = Assessment.objects.get(pk=assessment.pk)
    assert (fresh.ready, fresh.judged, fresh.state) == (74, 73, rounds.RETURNED)


def test_only_what_was_sent_back_opens_again_and_withdrawing_opens_no_more(
    assessment: Assessment, people: People, framework: Framework
) -> None:
    record_self(assessment=assessment, entries=all_at(framework, 4), facts={}, by=people.head)
    due = timezone.now() + timedelta(days=3)
    send_back(assessment=assessment, reasons={BUILDINGS: "ขอรูป"}, due=due, by=people.verifier)
    other = framework.indicators[5].id
    version = assessment.answers.get(indicator=other).version
    with pytest.raises(Refusal, match="ไม่ได้ถูกส่งคืน"):
        save_answer(assessment=assessment, indicator=other, given=Given(5), version=version, by=people.head)
    with pytest.raises(Refusal, match="ไม่ได้ถูกส่งคืน"):
        record_self(assessment=assessment, entries={other: Entry(5)}, facts={}, by=people.head)
    hand_in(assessment=assessment, by=people.head)
    withdraw(assessment=assessment, by=people.head)
    assessment.refresh_from_db()
    assert assessment.state == rounds.RETURNED
    assert [one.indicator for one in assessment.sent_back.filter(answered_at=None)] == [BUILDINGS]


def test_an_approved_assessment_opens_by_scope_with_reason_and_end(
    assessment: Assessment, people: People, framework: Framework
) -> None:
    from khunnaphap.assessments.actions import approve

    record_self(assessment=assessment, entries=all_at(framework, 4), facts={}, by=people.head)
    record_verification(assessment=assessment, entries=all_at(framework, 4), by=people.verifier)
    digest = approve(assessment=assessment, by=people.director)
    with pytest.raises(Refusal):
        save_answer(assessment=assessment, indicator=BUILDINGS, given=Given(5), version=2, by=people.head)
    until = timezone.now() + timedelta(days=2)
    with pytest.raises(Refusal, match="ยังไม่มีเหตุผล"):
        unlock(assessment=assessment, indicators=[BUILDINGS], reason=" ", until=until, by=people.director)
    unlock(assessment=assessment, indicators=[BUILDINGS], reason="หลักฐานใหม่", until=until, by=people.director)
    fresh = Assessment.objects.get(pk=assessment.pk)
    assert (fresh.state, fresh.digest, fresh.extended_to) == (rounds.RETURNED, "", until)
    assert Event.objects.get(verb="unlock").data["digest"] == digest
    assert fresh.classifications.get(is_latest=True).basis == "self"


def test_the_last_round_is_shown_and_counts_once_it_is_confirmed(
    world: dict[str, Round], open_round: Round, people: People, framework: Framework
) -> None:
    first = world["2567/1"].assessments.get(school__ministry_code=JAEHOM)
    record_self(assessment=first, entries=all_at(framework, 4), facts={}, by=people.head)
    record_verification(assessment=first, entries={BUILDINGS: Entry(3)}, by=people.verifier)
    now = open_round.assessments.get(school__ministry_code=JAEHOM)
    before = now.ready
    save_answer(assessment=now, indicator=framework.indicators[1].id, given=Given(2), version=0, by=people.teacher)
    done = confirm_last(assessment=now, indicators=[one.id for one in framework.indicators], by=people.teacher)
    rubrics = [one.id for one in framework.indicators if one.measure is None]
    assert set(done) == set(rubrics) - {framework.indicators[1].id}
    assert now.answers.get(indicator=BUILDINGS).self_level == 3
    assert now.answers.get(indicator=framework.indicators[1].id).self_level == 2
    counts_follow(now)
    assert Assessment.objects.get(pk=now.pk).ready == (before or 0) + len(rubrics)


def test_a_follow_up_round_asks_what_is_below_the_aim_returned_or_planned_and_counts_the_rest(
    assessment: Assessment, people: People, actor: User, framework: Framework
) -> None:
    record_self(assessment=assessment, entries=all_at(framework, 4), facts={}, by=people.head)
    due = timezone.now() + timedelta(days=3)
    returned, planned, below = (framework.indicators[n].id for n in (3, 4, 5))
    send_back(assessment=assessment, reasons={returned: "ขอรูป"}, due=due, by=people.verifier)
    hand_in(assessment=assessment, by=people.head)
    levels = {**all_at(framework, 4), below: Entry(2, "", "ยังไม่ถึง")}
    record_verification(assessment=assessment, entries=levels, by=people.verifier)
    opened = open_round(
        edition=assessment.round.edition, name=RoundName(budget_year(timezone.localdate()), 1), opens=timezone.now(), closes=due,
        schools=School.objects.filter(ministry_code=JAEHOM), by=actor,
        asking=Asking(Round.FOLLOW_UP, aim=4, planned=(planned,)),
    )  # fmt: skip
    follow = opened.assessments.get()
    asked = {one.id for one in framework.indicators} - set(follow.carried)
    assert asked == {returned, planned, below}
    with pytest.raises(Refusal, match="รอบนี้ไม่ได้ถาม"):
        save_answer(assessment=follow, indicator=BUILDINGS, given=Given(5), version=0, by=people.head)
    for indicator in asked:
        save_answer(assessment=follow, indicator=indicator, given=Given(5), version=0, by=people.head)
    receipt = hand_in(assessment=follow, by=people.head)
    assert receipt.answered == 3
    follow.refresh_from_db()
    assert follow.ready == 3
    agreed = record_verification(assessment=follow, entries={key: Entry(5) for key in asked}, by=people.verifier)
    assert agreed.state == rounds.VERIFIED
    latest = follow.classifications.get(is_latest=True)
    assert (latest.basis, latest.colour) == ("verified", "blue")
    assert sorted(bytes(latest.levels)) == [4] * 71 + [5] * 3


def test_a_follow_up_carries_from_the_round_before_it_though_both_open_at_one_moment(
    assessment: Assessment, people: People, actor: User, framework: Framework
) -> None:
    record_self(assessment=assessment, entries=all_at(framework, 3), facts={}, by=people.head)
    record_verification(assessment=assessment, entries=all_at(framework, 3), by=people.verifier)
    schools, opens = School.objects.filter(ministry_code=JAEHOM), timezone.now()

    def opened(number: int, asking: Asking | None = None) -> Round:
        return open_round(
            edition=assessment.round.edition, name=RoundName(budget_year(timezone.localdate()), number), opens=opens, asking=asking,
            closes=opens + timedelta(days=9), schools=schools, by=actor,
        )  # fmt: skip

    between = opened(1).assessments.get()
    follow = Asking(Round.FOLLOW_UP, aim=3)
    unfinished = opened(2, follow)
    assert set(unfinished.assessments.get().carried.values()) == {3}
    assert unfinished_before(unfinished, list(schools)) == []
    record_self(assessment=between, entries=all_at(framework, 5), facts={}, by=people.head)
    behind = opened(3, follow)
    assert set(behind.assessments.get().carried.values()) == {3}
    assert [str(one) for one in unfinished_before(behind, list(schools))] == [str(assessment.school)]
    record_verification(assessment=between, entries=all_at(framework, 5), by=people.verifier)
    after = opened(4, follow)
    assert set(after.assessments.get().carried.values()) == {5}
    assert unfinished_before(after, list(schools)) == []


@pytest.mark.django_db(transaction=True)
def test_the_same_save_ten_times_at_once_is_one_row(assessment: Assessment, people: People) -> None:
    key, by = uuid4(), people.teacher

    def save(_: int) -> int:
        try:
            kept = save_answer(
                assessment=assessment, indicator=BUILDINGS, given=Given(4, "", "ครั้งเดียว"), version=0, key=key, by=by
            )
            return kept.version
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(save, range(10))) == {1}
    assert Answer.objects.filter(assessment=assessment).count() == 1
    assert Event.objects.filter(verb="save_answer").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_at_one_answer_lose_no_word(assessment: Assessment, people: People) -> None:
    races, versions = 40, iter(range(1, 1000))

    def save(who: tuple[User, str, int]) -> str:
        person, text, version = who
        try:
            save_answer(
                assessment=assessment, indicator=BUILDINGS, given=Given(4, "", text), version=version, by=person
            )
        except Conflict as conflict:
            return f"{text} told of {conflict.remark}"
        finally:
            connection.close()
        return text

    version = 0
    for race in range(races):
        with ThreadPoolExecutor(2) as pool:
            pair = [(people.teacher, f"ครู {race}", version), (people.head, f"ผอ. {race}", version)]
            said = list(pool.map(save, pair))
        won, lost = sorted(said, key=lambda text: "told of" in text)
        assert lost.endswith(f"told of {won}")
        version = next(versions)
        row = Answer.objects.get(assessment=assessment)
        assert (row.self_remark, row.version) == (won, version)
