"""Finding people."""

from __future__ import annotations

from .models import SYSTEM_USERNAME, User


def system_actor() -> User:
    """The actor for acts of the system itself (command line, demo); made by the first migration."""
    return User.objects.get(username=SYSTEM_USERNAME, is_system=True)
