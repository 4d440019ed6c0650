"""Addresses that carry a secret: what is logged or noted of them is without it."""

from __future__ import annotations

import re

_SECRET = re.compile(r"(/invitations/|/password/reset/key/|/confirm-email/)[^/\s'\"]+")


def has_token(path: str) -> bool:
    """Whether an address carries a secret: its page says nothing of it to the next one."""
    return _SECRET.search(path) is not None


def without_tokens(text: str) -> str:
    """A text in which no invitation's, reset link's or confirmation's token is left."""
    return _SECRET.sub(r"\1…", text)
