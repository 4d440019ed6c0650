"""Long reading sees one moment, and keeps nobody from writing meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record
from khunnaphap.audit.models import Event
from khunnaphap.audit.moments import one_moment


def _written(by: User) -> int:
    try:
        with transaction.atomic():
            return record(by=by, verb="try", subject="thing:1").number
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_somebody_writes_while_another_reads_as_of_one_moment(actor: User) -> None:
    with ThreadPoolExecutor(1) as other:
        with one_moment():
            before = Event.objects.count()
            number = other.submit(_written, actor).result(timeout=10)
            assert Event.objects.count() == before
        assert Event.objects.filter(number=number).exists()


@pytest.mark.django_db(transaction=True)
def test_reading_within_a_transaction_belongs_to_it(actor: User) -> None:
    with transaction.atomic():
        record(by=actor, verb="try", subject="thing:1")
        with one_moment():
            assert Event.objects.filter(verb="try").exists()
    assert Event.objects.filter(verb="try").exists()
