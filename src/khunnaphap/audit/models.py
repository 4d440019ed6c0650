"""The audit event: append-only, without foreign keys, chained to the one before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any, ClassVar

from django.db import connection, models

FIRST = "0" * 64
"""What stands before the first event of the chain."""


class Event(models.Model):
    """One act of one actor. ``subject`` is "kind:key"; ``data`` holds what changed, as plain JSON.

    ``number`` counts from 1 without a gap; ``digest`` is the SHA-256 over the event and the digest before it.
    ``key`` is made of the client's own id of the act (``audit.actions.act_key``): the same act sent again is there once.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150, db_index=True)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=200, db_index=True)
    data = models.JSONField(default=dict)
    key = models.UUIDField(null=True, unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: an event that is there is never written again."""
        if self.pk is not None and not kwargs.get("force_insert"):
            raise TypeError("audit events are append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never: an event stays."""
        raise TypeError("audit events are append-only")

    def append(self) -> None:
        """Insert it; in SQL, which Django would compose anew at each event (ADR 0012)."""
        fields = [field for field in self._meta.concrete_fields if not field.primary_key]
        columns, places = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
        values = [field.get_db_prep_save(getattr(self, field.attname), connection) for field in fields]
        with connection.cursor() as cursor:
            statement = f"INSERT INTO {self._meta.db_table} ({columns}) VALUES ({places}) RETURNING id"  # noqa: S608
            cursor.execute(statement, values)
            self.pk = cursor.fetchone()[0]
        self._state.adding = False

    def digest_after(self, before: str) -> str:
        """The digest that follows from the event's content and the digest of the event before it."""
        key = str(self.key) if self.key else ""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        parts = [before, self.number, at, self.actor, self.verb, self.subject, self.data, key]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class ChainHead(models.Model):
    """Where the chain ends: how many events there are, and the last one's digest. One row, which appending locks."""

    events = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=FIRST)

    def __str__(self) -> str:
        return f"{self.events} {self.digest}"

    @classmethod
    def locked(cls) -> ChainHead:
        """The row, locked until the transaction ends; in SQL, which Django would compose anew at each event (ADR 0012)."""
        lock = " FOR UPDATE" if connection.features.has_select_for_update else ""  # SQLite has one writer anyway
        there = cls.objects.raw(f"SELECT * FROM {cls._meta.db_table} WHERE id = 1{lock}")  # noqa: S608
        return next(iter(there), None) or cls.objects.create(pk=1)

    def move_to(self, event: Event) -> None:
        """Let the chain end with this event."""
        self.events, self.digest = event.number, event.digest
        statement = f"UPDATE {self._meta.db_table} SET events = %s, digest = %s WHERE id = %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(statement, [self.events, self.digest, self.pk])
