"""A database that takes nothing any more: no false receipt, a clear page, and it goes on afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from khunnaphap.assessments.models import Answer, Assessment, Round
from khunnaphap.audit.models import Event
from tests.people import JAEHOM, People
from tests.signing import signed_in

BUILDINGS = "building-soundness"


@contextmanager
def _sqlite(full: str, free: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(full)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(free)


def full_disk():  # type: ignore[no-untyped-def]
    """SQLite may take no further page, as on a full disk; PostgreSQL's sessions may only read."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # no page is free to be used again
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        return _sqlite(f"PRAGMA max_page_count = {pages}", "PRAGMA max_page_count = 1073741823")
    return read_only()


def read_only():  # type: ignore[no-untyped-def]
    """Nothing may be written in this session."""
    if connection.vendor == "sqlite":
        return _sqlite("PRAGMA query_only = 1", "PRAGMA query_only = 0")
    return _sqlite(
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broken", [full_disk, read_only])
@pytest.mark.parametrize("script", [True, False])
def test_a_save_that_cannot_be_kept_says_so_and_is_kept_when_sent_again(
    broken: object, script: bool, people: People, open_round: Round
) -> None:
    assessment = Assessment.objects.get(round=open_round, school__ministry_code=JAEHOM)
    address = f"/rounds/{open_round.year}-{open_round.number}/schools/{JAEHOM}/indicators/{BUILDINGS}/"
    data = {
        "level": 4,
        "version": 0,
        "save": "7d5f7a0e-7f0e-4a0c-9a86-0f4f3a1c5b11",
        "reason": "",
        "remark": "ก" * 2000,
    }
    headers = {"HX-Request": "true"} if script else {}
    client = signed_in(people.teacher)
    client.get(address)
    events = Event.objects.count()
    with broken():  # type: ignore[operator]
        refused = [client.post(address, data, headers=headers) for _ in range(3)]
    assert {one.status_code for one in refused} == {503}
    assert "ยังไม่ถูกบันทึก" in refused[0].content.decode()
    assert refused[0]["Retry-After"] == "30"
    assert not Answer.objects.filter(assessment=assessment).exists()
    assert Event.objects.count() == events
    assert client.post(address, data, headers=headers).status_code == (200 if script else 302)
    assert Answer.objects.get(assessment=assessment).self_remark == "ก" * 2000
    assert Event.objects.count() == events + 1


@pytest.mark.django_db(transaction=True)
def test_a_record_that_cannot_be_written_can_still_be_read(people: People, open_round: Round) -> None:
    client = signed_in(people.verifier)
    with read_only():
        page = client.get(f"/rounds/{open_round.year}-{open_round.number}/board/")
    assert page.status_code == 200
