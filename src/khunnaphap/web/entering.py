"""Signing a person in where no sign-in page was passed: a taken-up invitation, the demo."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.http import HttpRequest

from khunnaphap.accounts.models import User

from .account_acts import entered


def enter(request: HttpRequest, person: User) -> None:
    """Sign in as allauth would: the session is listed among the person's, and counts as fresh."""
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    record_authentication(request, person, method="password")
    UserSession.objects.create_from_request(request)
    entered(request, person)
