"""Whether mail leaves this installation at all: nothing may say "sent" where it is only put into a file."""

from __future__ import annotations

from typing import Final

from django.conf import settings

STAYS: Final = ("filebased.EmailBackend", "console.EmailBackend", "dummy.EmailBackend")


def mail_leaves() -> bool:
    """True when mails go to people, not to a file or to the console."""
    return not str(settings.EMAIL_BACKEND).endswith(STAYS)
