"""Events are added inside a transaction and never touched again."""

from __future__ import annotations

import pytest
from django.db import transaction

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record as record_event


@pytest.mark.django_db
def test_an_event_is_never_changed_or_removed() -> None:
    actor = User.objects.get(is_system=True)
    with transaction.atomic():
        event = record_event(by=actor, verb="try", subject="x:1", what="ก")
    event.verb = "other"
    with pytest.raises(TypeError, match="append-only"):
        event.save()
    with pytest.raises(TypeError, match="append-only"):
        event.delete()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_a_bug() -> None:
    from khunnaphap.accounts.actions import make_system_actor

    with pytest.raises(RuntimeError, match="transaction"):
        record_event(by=make_system_actor(), verb="try", subject="x:1")
