"""Writing an event: called once by every action, inside its transaction."""

from __future__ import annotations

import json
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .models import ChainHead, Event


class Actor(Protocol):
    """Whoever acts: a person or the system actor."""

    def get_username(self) -> str:
        """The name the event keeps."""


def record(*, by: Actor, verb: str, subject: str, key: UUID | None = None, **data: Any) -> Event:
    """Append an event to the chain; ``RuntimeError`` outside a transaction: act and event stand or fall together.

    It locks the end of the chain until the transaction ends, so an action takes its other locks first (ADR 0008).
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{verb} of {subject}: an audit event belongs in its action's transaction")
    head = ChainHead.locked()
    event = Event(
        number=head.events + 1,
        at=timezone.now(),
        actor=by.get_username(),
        verb=verb,
        subject=subject,
        data=json.loads(json.dumps(data)),  # as it will be read back: keys are text
        key=key,
    )
    event.digest = event.digest_after(head.digest)
    event.append()
    head.move_to(event)
    return event
