"""What schools and verifiers record, and what the rules refuse."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import open_round, record_self, record_verification, restore, snapshot
from khunnaphap.assessments.models import Answer, Assessment, Classification, Round
from khunnaphap.assessments.queries import packed, round_named, standings
from khunnaphap.audit.models import Event
from khunnaphap.core import rounds
from khunnaphap.core.framework import NA, Framework
from khunnaphap.core.handin import Entry
from khunnaphap.core.problems import Refusal
from khunnaphap.core.rounds import RoundName
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import framework_of


@pytest.fixture
def assessment(world: Mapping[str, Round]) -> Assessment:
    return world["2567/1"].assessments.get(school__ministry_code="1052500312")


def all_at(framework: Framework, level: int) -> dict[str, Entry]:
    return {indicator.id: Entry(rating=level) for indicator in framework.indicators}


def submit(assessment: Assessment, framework: Framework, by: User, level: int = 4) -> None:
    record_self(assessment=assessment, entries=all_at(framework, level), facts={}, by=by)


def test_an_incomplete_hand_in_stays_a_draft_and_names_what_is_missing(
    assessment: Assessment, framework: Framework, actor: User
) -> None:
    first, second, *_ = framework.by_id
    outcome = record_self(assessment=assessment, entries={first: Entry(rating=3)}, facts={}, by=actor)
    assert (outcome.changed, outcome.state) == (1, rounds.DRAFT)
    assert second in outcome.missing
    assert first not in outcome.missing


def test_a_complete_hand_in_is_submitted_with_a_provisional_colour(
    assessment: Assessment, framework: Framework, actor: User
) -> None:
    submit(assessment, framework, actor)
    assessment.refresh_from_db()
    assert assessment.state == rounds.SUBMITTED
    latest = assessment.classifications.get(is_latest=True)
    assert (latest.basis, latest.colour, Fraction(latest.total)) == ("self", "blue", Fraction(80))
    assert bytes(latest.levels) == bytes([4]) * 74


def test_the_same_hand_in_twice_changes_nothing(assessment: Assessment, framework: Framework, actor: User) -> None:
    submit(assessment, framework, actor)
    before = (Event.objects.count(), Classification.objects.count(), list(Answer.objects.values()))
    submit(assessment, framework, actor)
    assert (Event.objects.count(), Classification.objects.count(), list(Answer.objects.values())) == before


def test_an_answer_keeps_who_when_and_a_version_that_rises_with_each_change(
    assessment: Assessment, framework: Framework, actor: User
) -> None:
    first = framework.indicators[0].id
    submit(assessment, framework, actor)
    record_self(assessment=assessment, entries={first: Entry(rating=2)}, facts={}, by=actor)
    answer = assessment.answers.get(indicator=first)
    assert (answer.self_level, answer.version, answer.self_by, answer.verified_by) == (2, 2, actor, None)
    assert answer.self_at is not None


def test_facts_alone_answer_computed_indicators(assessment: Assessment, framework: Framework, actor: User) -> None:
    facts = {"students": Fraction(200), "students-health-good": Fraction(160)}
    record_self(assessment=assessment, entries={}, facts=facts, by=actor)
    ((_, standing),) = standings(assessment.round, [assessment.school.ministry_code])
    by_label = {i.label: standing.self_ratings[i.id] for i in framework.indicators}
    assert by_label["5.3.2"] == 5
    assert by_label["5.3.1"] is None


def test_every_applicable_indicator_verified_makes_the_colour_official(
    assessment: Assessment, framework: Framework, actor: User
) -> None:
    submit(assessment, framework, actor)
    half = dict(list(all_at(framework, 3).items())[:40])
    outcome = record_verification(assessment=assessment, entries=half, by=actor)
    assert (outcome.state, len(outcome.missing)) == (rounds.IN_VERIFICATION, 34)
    assert assessment.classifications.get(is_latest=True).basis == "self"
    rest = record_verification(assessment=assessment, entries=all_at(framework, 3), by=actor)
    assert rest.state == rounds.VERIFIED
    latest = assessment.classifications.get(is_latest=True)
    assert (latest.basis, latest.colour) == ("verified", "yellow")


def test_a_verified_assessment_refuses_a_changed_hand_in_and_keeps_everything(
    assessment: Assessment, framework: Framework, actor: User
) -> None:
    submit(assessment, framework, actor)
    record_verification(assessment=assessment, entries=all_at(framework, 4), by=actor)
    before = list(Answer.objects.order_by("id").values())
    with pytest.raises(Refusal, match="ตรวจสอบแล้ว"):
        submit(assessment, framework, actor, level=5)
    assert list(Answer.objects.order_by("id").values()) == before
    submit(assessment, framework, actor, level=4)


def test_a_school_that_has_not_submitted_cannot_be_verified(
    assessment: Assessment, framework: Framework, actor: User
) -> None:
    with pytest.raises(Refusal, match="ยังไม่ส่ง"):
        record_verification(assessment=assessment, entries=all_at(framework, 3), by=actor)
    assert not assessment.answers.exists()


def test_not_applicable_is_kept_apart_from_unanswered(
    assessment: Assessment, framework: Framework, actor: User
) -> None:
    first = framework.indicators[0].id
    record_self(assessment=assessment, entries={first: Entry(rating=NA, reason="ไม่มีอาคาร")}, facts={}, by=actor)
    ((_, standing),) = standings(assessment.round, [assessment.school.ministry_code])
    assert standing.self_ratings[first] is NA
    assert packed(framework, standing.self_ratings)[:2] == bytes([255, 0])


def test_every_write_has_one_event(assessment: Assessment, framework: Framework, actor: User) -> None:
    before = Event.objects.count()
    submit(assessment, framework, actor)
    record_verification(assessment=assessment, entries=all_at(framework, 3), by=actor)
    events = list(Event.objects.all())[before:]
    assert [event.verb for event in events] == ["record_self", "record_verification"]
    assert {event.subject for event in events} == {"assessment:2567/1:1052500312"}
    assert events[1].data["answers"][framework.indicators[0].id] == [None, 3]


def test_a_failed_write_leaves_no_event(assessment: Assessment, framework: Framework, actor: User) -> None:
    before = Event.objects.count()
    with pytest.raises(Refusal):
        record_verification(assessment=assessment, entries=all_at(framework, 3), by=actor)
    assert Event.objects.count() == before


def test_restore_puts_back_exactly_what_was_there(assessment: Assessment, framework: Framework, actor: User) -> None:
    first = framework.indicators[0].id
    record_self(assessment=assessment, entries={first: Entry(rating=3, remark="เดิม")}, facts={}, by=actor)
    assessment.refresh_from_db()
    kept = snapshot(assessment)
    submit(assessment, framework, actor)
    assessment.refresh_from_db()
    restore(assessment=assessment, before=kept, version=assessment.version, by=actor)
    assessment.refresh_from_db()
    assert snapshot(assessment) | {"version": 1} == kept
    assert assessment.version == 3
    assert assessment.classifications.get(is_latest=True).colour == ""


def test_restore_is_refused_once_more_came_since(assessment: Assessment, framework: Framework, actor: User) -> None:
    kept = snapshot(assessment)
    submit(assessment, framework, actor)
    with pytest.raises(Refusal, match="ใหม่กว่า"):
        restore(assessment=assessment, before=kept, version=0, by=actor)


def test_a_round_needs_a_published_edition(record: User) -> None:
    draft = Edition.objects.create(code="draft", title="ร่าง", content={})
    world_round = {"name": RoundName(2570, 1), "schools": [], "by": record}
    from django.utils import timezone

    with pytest.raises(Refusal, match="ยังไม่ประกาศใช้"):
        open_round(edition=draft, opens=timezone.now(), closes=timezone.now(), **world_round)


def test_a_round_that_closes_before_it_opens_is_refused_by_the_database(world: Mapping[str, Round]) -> None:
    round_ = world["2567/1"]
    round_.closes = round_.opens
    with pytest.raises(IntegrityError), transaction.atomic():
        round_.save()


def test_an_unknown_round_is_refused_with_the_rounds_there_are(world: Mapping[str, Round]) -> None:
    with pytest.raises(Refusal) as refused:
        round_named("2599/1")
    assert "2567/2" in refused.value.problem.mend


def test_standings_of_a_round_take_a_constant_number_of_queries(
    world: Mapping[str, Round], django_assert_num_queries: object
) -> None:
    framework_of(world["2567/1"].edition)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(standings(world["2567/1"])) == 33


def test_the_database_refuses_a_second_answer_for_one_indicator(assessment: Assessment) -> None:
    Answer.objects.create(assessment=assessment, indicator="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(assessment=assessment, indicator="x")
