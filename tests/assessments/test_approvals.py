"""What was approved is held against its hash: whatever is changed past the system is named by school and indicator."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.people import People

from khunnaphap.assessments.actions import accept, agree, approve, finish, hand_in, override_colour, record_self, unlock
from khunnaphap.assessments.approvals import content_digest, hold_approvals
from khunnaphap.assessments.models import Assessment
from khunnaphap.assessments.queries import standing_of
from khunnaphap.audit.models import Event
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.evidence.actions import add_link


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def approved(assessment: Assessment, people: People, framework: Framework) -> Assessment:
    from khunnaphap.assessments.actions import attach

    kept = add_link(school=assessment.school, url="https://example.org/a", title="ก", by=people.head)
    attach(assessment=assessment, indicator="building-soundness", evidence=kept, by=people.head)
    entries = {one.id: Entry(3, "ตามจริง") for one in framework.indicators}
    record_self(assessment=assessment, entries=entries, facts={}, by=people.head)
    hand_in(assessment=assessment, by=people.head)
    accept(assessment=assessment, by=people.verifier)
    agree(assessment=assessment, indicators=[one.id for one in framework.indicators], by=people.verifier)
    finish(assessment=assessment, by=people.verifier)
    approve(assessment=assessment, by=people.director)
    assessment.refresh_from_db()
    return assessment


def test_what_was_approved_and_left_alone_has_no_fault(approved: Assessment) -> None:
    held = hold_approvals()
    assert (held.approvals, held.faults) == (1, ())


ANSWER = "UPDATE assessments_answer SET {} WHERE indicator = 'building-soundness'"
TAMPERED: dict[str, tuple[str, str]] = {
    "a verified level": (ANSWER.format("verified_level = 5"), "ตัวชี้วัด 1.1.1"),
    "the school's level": (ANSWER.format("self_level = 1"), "ตัวชี้วัด 1.1.1"),
    "a reason": (ANSWER.format("self_reason = 'x'"), "ตัวชี้วัด 1.1.1"),
    "a remark of the office": (ANSWER.format("verified_remark = 'x'"), "ตัวชี้วัด 1.1.1"),
    "an answer that is gone": (
        "DELETE FROM assessments_answer WHERE indicator = 'building-soundness'", "ตัวชี้วัด 1.1.1"
    ),
    "evidence that is gone": ("DELETE FROM assessments_attachment", "หลักฐานของตัวชี้วัด 1.1.1"),
    "a fact": ("UPDATE assessments_assessment SET facts = '{\"students\": \"1\"}'", "ข้อมูล"),
    "the hash": ("UPDATE assessments_assessment SET digest = 'x'", "รหัสตรวจสอบเนื้อหา"),
    "the state": ("UPDATE assessments_assessment SET state = 'draft'", "สถานะในที่เก็บข้อมูลคือ “ยังไม่ส่ง”"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_changed_past_the_system_is_named(approved: Assessment, what: str) -> None:
    statement, told = TAMPERED[what]
    sql(statement if "WHERE" in statement else f"{statement} WHERE {_here(statement)} = {approved.pk}")
    faults = hold_approvals().faults
    assert len(faults) >= 1
    assert all(fault.startswith(str(approved)) for fault in faults)
    assert told in " ".join(faults)


def test_a_moment_of_approval_that_was_changed_is_found(approved: Assessment) -> None:
    sql("UPDATE assessments_assessment SET approved_at = %s", approved.approved_at - timedelta(days=3))
    (fault,) = hold_approvals().faults
    assert "เวลาที่รับรองไม่ตรงกับเหตุการณ์รับรอง" in fault


@pytest.mark.parametrize("decided", [True, False])
def test_a_colour_decided_on_past_the_system_is_named(approved: Assessment, people: People, decided: bool) -> None:
    if decided:
        override_colour(assessment=approved, colour="blue", reason="ตามมติ", by=people.director)
    assert hold_approvals().faults == ()
    for change in ("override = 'purple'", "override = '', override_reason = ''", "override_reason = 'x'"):
        if not decided and "override = ''" in change:
            continue
        before = approved.classifications.get(is_latest=True)
        sql(f"UPDATE assessments_classification SET {change} WHERE id = %s", before.pk)
        (fault,) = hold_approvals().faults
        assert "ไม่ตรงกับเหตุการณ์กำหนดสี" in fault
        assert fault.startswith(str(approved))
        assert "purple" not in fault
        before.save()
    assert hold_approvals().faults == ()


def test_a_decision_that_was_taken_back_or_lapsed_is_no_fault(approved: Assessment, people: People) -> None:
    override_colour(assessment=approved, colour="blue", reason="ตามมติ", by=people.director)
    override_colour(assessment=approved, colour="", reason="มติใหม่", by=people.director)
    assert hold_approvals().faults == ()
    override_colour(assessment=approved, colour="blue", reason="ตามมติ", by=people.director)
    until = timezone.localtime() + timedelta(days=3)
    unlock(assessment=approved, indicators=["building-soundness"], reason="พิมพ์ผิด", until=until, by=people.director)
    assert hold_approvals().faults == ()


def _here(statement: str) -> str:
    return "id" if "assessments_assessment " in statement else "assessment_id"


def test_every_level_changed_at_once_is_named_one_by_one(approved: Assessment, framework: Framework) -> None:
    sql("UPDATE assessments_answer SET verified_level = 5, self_level = 5 WHERE assessment_id = %s", approved.pk)
    told = " ".join(hold_approvals().faults)
    assert [one.label for one in framework.indicators if f"ตัวชี้วัด {one.label} " not in told] == []


def test_a_colour_made_from_other_levels_is_found(approved: Assessment, framework: Framework) -> None:
    from khunnaphap.assessments.models import Classification
    from khunnaphap.assessments.queries import packed

    best = packed(framework, {one.id: 5 for one in framework.indicators})
    Classification.objects.filter(assessment=approved, is_latest=True).update(levels=best)
    assert "กลุ่มสีที่เก็บไว้ไม่ตามจากคำตอบ" in " ".join(hold_approvals().faults)


def test_an_approval_without_its_event_or_its_assessment_is_found(approved: Assessment) -> None:
    sql("UPDATE audit_event SET verb = 'x' WHERE verb = 'approve'")
    assert "ไม่มีเหตุการณ์รับรอง" in hold_approvals().faults[0]
    sql("UPDATE audit_event SET verb = 'approve', subject = 'assessment:2567/2:9999999999' WHERE verb = 'x'")
    assert any("ไม่มีผลประเมินนี้" in fault for fault in hold_approvals().faults)


def test_an_approval_from_before_single_hashes_names_what_its_colour_tells(
    approved: Assessment, rewrite: Callable[[Event], None]
) -> None:
    event = Event.objects.get(verb="approve")
    del event.data["parts"], event.data["formula"]
    event.data["digest"] = content_digest(standing_of(approved.round, approved, approved.answers.all()), approved, 1)
    Assessment.objects.filter(pk=approved.pk).update(digest=event.data["digest"])
    rewrite(event)
    assert hold_approvals().faults == ()
    sql(ANSWER.format("self_remark = 'x'"))
    assert "จึงบอกไม่ได้ว่าเป็นข้อใด" in hold_approvals().faults[0]
    sql(ANSWER.format("verified_level = 5"))
    assert "ตัวชี้วัด 1.1.1" in hold_approvals().faults[0]


@pytest.fixture
def rewrite() -> Callable[[Event], None]:
    import json

    def act(event: Event) -> None:
        sql("UPDATE audit_event SET data = %s WHERE id = %s", json.dumps(event.data), event.pk)

    return act


def test_what_was_unlocked_is_held_to_nothing_until_it_is_approved_again(approved: Assessment, people: People) -> None:
    until = timezone.now() + timedelta(days=2)
    unlock(assessment=approved, indicators=["building-soundness"], reason="พิมพ์ผิด", until=until, by=people.director)
    assert hold_approvals().approvals == 0
    sql(ANSWER.format("self_level = 5"))
    assert hold_approvals().faults == ()


def test_the_first_formula_gives_what_it_always_gave(approved: Assessment) -> None:
    """A version of the formula that was used never changes: written down here as text, not computed by our code."""
    approved.facts, approved.school.grades = {"students": "12"}, []
    approved.attachments.all().delete()
    standing = standing_of(approved.round, approved, approved.answers.filter(indicator="building-soundness"))
    text = '["example-2567", {"students": "12"}, {"building-soundness": [3, "ตามจริง", "", 3, ""]}, []]'
    assert content_digest(standing, approved, 1) == hashlib.sha256(text.encode()).hexdigest()
