"""What we tell django-allauth: nobody signs up by themselves."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """People come by invitation (``accept_invitation``); the sign-up page stays closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
