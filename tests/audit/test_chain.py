"""The chain of events: what was changed, removed or put elsewhere is found."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record
from khunnaphap.audit.checking import follow_chain
from khunnaphap.audit.models import ChainHead, Event


@pytest.fixture
def events(actor: User) -> list[Event]:
    with transaction.atomic():
        return [record(by=actor, verb="say", subject="test", word=word, by_id={1: "หนึ่ง"}) for word in "กขคงจ"]


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_whole_chain_has_no_fault_and_keeps_a_head_that_was_noted(events: list[Event], actor: User) -> None:
    chain = follow_chain()
    assert (chain.faults, chain.head) == ((), events[-1].digest)
    assert follow_chain(events[2].digest).faults == ()
    with transaction.atomic():
        record(by=actor, verb="say", subject="test", word="ฉ")
    assert follow_chain(chain.head).faults == ()
    assert "ไม่พบค่าท้ายลูกโซ่" in follow_chain("0123").faults[0]


@pytest.mark.parametrize("column", ["actor", "verb", "subject", "data"])
def test_a_changed_event_is_found(events: list[Event], column: str) -> None:
    value = '{"word": "ฮ"}' if column == "data" else "other"
    run(f"UPDATE audit_event SET {column} = %s WHERE id = %s", value, events[2].pk)
    assert str(events[2].number) in follow_chain().faults[0]


def test_a_removed_event_is_found_in_the_middle_and_at_the_end(events: list[Event]) -> None:
    run("DELETE FROM audit_event WHERE id = %s", events[2].pk)
    assert "หายไป" in follow_chain().faults[0]
    run("DELETE FROM audit_event WHERE id = %s", events[-1].pk)
    assert any("ท้ายสุด" in fault for fault in follow_chain().faults)


def test_reordered_events_are_found(events: list[Event]) -> None:
    first, second = events[1], events[2]
    run("UPDATE audit_event SET number = %s WHERE id = %s", 9999, first.pk)
    run("UPDATE audit_event SET number = %s WHERE id = %s", first.number, second.pk)
    run("UPDATE audit_event SET number = %s WHERE id = %s", second.number, first.pk)
    assert len(follow_chain().faults) >= 2


def test_an_event_written_past_the_product_is_found(events: list[Event]) -> None:
    last = events[-1]
    forged = Event(number=last.number + 1, at=last.at, actor="x", verb="forge", subject="test", data={})
    forged.digest = forged.digest_after(last.digest)
    forged.save(force_insert=True)
    assert "ไม่ผ่านระบบ" in follow_chain().faults[0]
    ChainHead.objects.filter(pk=1).update(events=forged.number)
    assert follow_chain().faults
