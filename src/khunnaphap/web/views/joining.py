"""Taking up an invitation: the link leads here once, and the token is left behind at once."""

from __future__ import annotations

import smtplib

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from khunnaphap.accounts.actions import accept_invitation, join
from khunnaphap.accounts.mailing import mail_leaves
from khunnaphap.accounts.models import Invitation, User
from khunnaphap.accounts.queries import free_username, invitation_of, made_in_power, system_actor

from .. import errors
from ..entering import enter
from ..forms import JoinForm

KEY = "invitation"


@never_cache
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Keep which invitation it is in the session and go on without the token: no log, no Referer ever holds it."""
    found = invitation_of(token)
    if found is None:
        response = _gone(request)
    else:
        request.session[KEY] = found.digest
        response = redirect("join")
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """A signed-in person takes the role; a new one makes an account first."""
    found = Invitation.objects.filter(digest=request.session.get(KEY, "")).select_related("made_by").first()
    if found is None or not (found.is_open and made_in_power(found)):
        request.session.pop(KEY, None)
        return _gone(request)
    if request.user.is_authenticated:
        if request.method == "POST":
            accept_invitation(invitation=found, by=request.user)
            return _welcome(request, found)
        return render(request, "people/accept.html", {"invitation": found})
    given = request.POST if request.method == "POST" else None
    form = JoinForm(given, initial={"name": found.name, "email": found.email, "username": free_username()})
    if form.is_valid():
        return _joined(request, found, form)
    return render(request, "people/accept.html", {"invitation": found, "form": form})


def _joined(request: HttpRequest, found: Invitation, form: JoinForm) -> HttpResponse:
    given = form.cleaned_data
    person = join(
        invitation=found, username=given["username"], name=given["name"], email=given["email"],
        password=given["password1"], by=system_actor(),
    )  # fmt: skip
    enter(request, person)
    if given["email"] and mail_leaves():
        _prove_address(request, person)
    return _welcome(request, found)


def _prove_address(request: HttpRequest, person: User) -> None:
    try:
        EmailAddress.objects.get(user=person).send_confirmation(request)
    except (OSError, smtplib.SMTPException):
        messages.warning(request, gettext("ส่งอีเมลยืนยันที่อยู่ไม่สำเร็จ ส่งใหม่ได้จากหน้า “ข้อมูลของฉัน”"))


def _welcome(request: HttpRequest, found: Invitation) -> HttpResponse:
    request.session.pop(KEY, None)
    words = gettext("ท่านเป็น%(role)s (%(place)s) แล้ว") % {
        "role": gettext(found.role_title),
        "place": gettext(found.place_name),
    }
    messages.success(request, words)
    return redirect("work")


def _gone(request: HttpRequest) -> HttpResponse:
    response = errors.page(request, 410)
    response._has_been_logged = True  # type: ignore[attr-defined]  # the address may hold a token
    return response
