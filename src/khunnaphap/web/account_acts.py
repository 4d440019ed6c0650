"""Acts on one's own account, which allauth carries out: each in one transaction, with the one event that tells of it.

Two things are left as they are. Signing in compares a password for a tenth of a second, which would hold up every save on
SQLite: what it changes (the moment of the last sign-in) and its event are a transaction of their own. And a first one-time
code brings recovery codes with it: two means of signing in are made, and two events tell of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, Final

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.models import update_last_login
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext

from khunnaphap.accounts.actions import note_on_account, sign_in
from khunnaphap.accounts.models import User
from khunnaphap.accounts.queries import reset_links_since_sign_in

from .templatetags.thai import be_moment

BY_THEMSELVES: Final = frozenset({"account_login", "account_reauthenticate", "account_reset_password"})
"""Addresses that change nothing of the record, or whose event is a transaction of its own."""
SIGNALS: Final = (
    (account.password_changed, "change_password"),
    (account.password_set, "change_password"),
    (account.password_reset, "reset_password"),
    (account.email_added, "add_address"),
    (account.email_confirmed, "confirm_address"),
    (account.email_removed, "remove_address"),
    (mfa.authenticator_added, "add_authenticator"),
    (mfa.authenticator_removed, "remove_authenticator"),
    (mfa.authenticator_reset, "renew_recovery_codes"),
)


def listen() -> None:
    """Connect allauth's signals; Django's own note of the last sign-in is part of ``sign_in``."""
    user_logged_in.disconnect(update_last_login, dispatch_uid="update_last_login")
    account.user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    for signal, verb in SIGNALS:
        signal.connect(_noting(verb), weak=False, dispatch_uid=f"khunnaphap-{verb}-{id(signal)}")


def entered(request: HttpRequest, person: User) -> None:
    """Note that somebody signed in, and tell them of links that others made to reset their password since the last time."""
    for event in reset_links_since_sign_in(person):
        maker = User.objects.filter(username=event.actor).first()
        told = gettext("%(who)s สร้างลิงก์ตั้งรหัสผ่านใหม่ของบัญชีท่านเมื่อ %(when)s หากท่านไม่ได้ขอ ให้เปลี่ยนรหัสผ่านและแจ้งผู้ดูแลระบบ")
        messages.warning(request, told % {"who": maker or event.actor, "when": be_moment(event.at)})
    sign_in(by=person)


def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    entered(request, user)


def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        note_on_account(act="sign_out", by=user)


def _noting(verb: str) -> Callable[..., None]:
    def note(**told: Any) -> None:
        person = told.get("user") or told["email_address"].user
        kind = {"kind": str(told["authenticator"].type)} if "authenticator" in told else {}
        note_on_account(act=verb, by=person, **kind)

    return note


def as_one_act(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Let what is posted to these addresses be one transaction; mails leave once it is done."""
    for one in _each(patterns):
        if one.name not in BY_THEMSELVES:
            one.callback = _one_act(one.callback, one.name or "")


def _each(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _each(one.url_patterns)
        else:
            yield one


def _one_act(view: Callable[..., HttpResponse], name: str) -> Callable[..., HttpResponse]:
    @wraps(view)
    def act(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        waiting: list[Callable[[], None]] = []
        request.mails_after = waiting  # type: ignore[attr-defined]
        with transaction.atomic():
            response = _told(view, name, request, *args, **kwargs)
        request.mails_after = None  # type: ignore[attr-defined]
        for send in waiting:
            send()
        return response

    return act


def _told(
    view: Callable[..., HttpResponse], name: str, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    """What allauth sends no signal for: sessions of other devices that were ended, a passkey's new name."""
    person, before = request.user, _sessions(request)
    response = view(request, *args, **kwargs)
    if name == "usersessions_list" and (ended := before - _sessions(request)) > 0:
        note_on_account(act="end_sessions", by=person, ended=ended)
    if name == "mfa_edit_webauthn" and response.status_code == 302:
        note_on_account(act="rename_authenticator", by=person)
    return response


def _sessions(request: HttpRequest) -> int:
    return UserSession.objects.filter(user=request.user).count() if request.user.is_authenticated else 0
