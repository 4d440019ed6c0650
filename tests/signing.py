"""A signed-in client, as the tests of pages use it."""

from __future__ import annotations

from django.test import Client

from khunnaphap.accounts.models import User


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
