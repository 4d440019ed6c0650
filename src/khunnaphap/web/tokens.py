"""Addresses that carry a secret: what is logged or noted of them is without it."""

from __future__ import annotations

import re

_SECRET = re.compile(r"(/invitations/|/password/reset/key/|/confirm-email/)[^/\s'\"]+")


def without_tokens(text: str) -> str:
    """A text in which no invitation's, reset link's or confirmation's token is left."""
    return _SECRET.sub(r"\1…", text)
