"""A signed-in client, as the tests of pages use it."""

from __future__ import annotations

from django.test import Client

from khunnaphap.accounts.models import User


def signed_in(person: User, **options: bool) -> Client:
    client = Client(**options)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
