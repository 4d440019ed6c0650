"""The audit event: append-only, without foreign keys, so that it outlives what it speaks of."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Event(models.Model):
    """One act of one actor. ``subject`` is "kind:key"; ``data`` holds what changed, as plain JSON."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=200, db_index=True)
    data = models.JSONField(default=dict)

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
