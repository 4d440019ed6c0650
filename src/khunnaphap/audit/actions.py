"""Writing an event: called once by every action, inside its transaction."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from .models import Event


class Actor(Protocol):
    """Whoever acts: a person or the system actor."""

    def get_username(self) -> str:
        """The name the event keeps."""


def record(*, by: Actor, verb: str, subject: str, **data: Any) -> Event:
    """Append an event; ``RuntimeError`` outside a transaction, because act and event stand or fall together."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{verb} of {subject}: an audit event belongs in its action's transaction")
    return Event.objects.create(at=timezone.now(), actor=by.get_username(), verb=verb, subject=subject, data=data)
