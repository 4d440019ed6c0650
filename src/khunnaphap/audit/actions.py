"""Writing an event: called once by every action, inside its transaction."""

from __future__ import annotations

import json
from typing import Any, Protocol
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from .models import ChainHead, Event


class Actor(Protocol):
    """Whoever acts: a person or the system actor."""

    def get_username(self) -> str:
        """The name the event keeps."""


def act_key(save: UUID | None, *act: object) -> UUID | None:
    """The key of one act under a client's save id: the same act sent again has the same key, another act another one.

    ``act`` says who did what to which content. A used id then never stands in another act's way: no other person's, no
    other indicator's, and not that of other words.
    """
    return uuid5(save, json.dumps(act, ensure_ascii=False, sort_keys=True)) if save else None


def done_before(key: UUID | None) -> Event | None:
    """The event of an act that came before under this key, whose receipt may not have arrived."""
    return Event.objects.filter(key=key).first() if key else None


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
