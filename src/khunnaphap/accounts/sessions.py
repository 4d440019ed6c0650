"""Sessions whose time is over: they let nobody in, but they still say who used which device."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone


def end_old_sessions() -> int:
    """Delete ended sessions, and the entries of devices that they belonged to; gives how many were ended."""
    ended = Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended
