"""What rooms above accounts take away when a person is erased."""

from __future__ import annotations

from typing import Any

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Reminder


def forget_addresses(sender: object, person: User, **_: Any) -> None:
    """The addresses that reminders went to; that a reminder was sent stays."""
    Reminder.objects.filter(to=person).update(address="")
