"""Making people."""

from __future__ import annotations

from django.db import transaction

from khunnaphap.audit.actions import record

from .models import SYSTEM_USERNAME, User


@transaction.atomic
def make_system_actor() -> User:
    """The system actor, as the first migration makes it; for a record that was just emptied."""
    actor, made = User.objects.get_or_create(
        username=SYSTEM_USERNAME,
        defaults={"first_name": "ระบบ", "is_system": True, "is_active": False, "password": "!"},
    )
    if made:
        record(by=actor, verb="make_system_actor", subject=f"user:{SYSTEM_USERNAME}")
    return actor
