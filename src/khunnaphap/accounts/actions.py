"""Making people, giving and ending roles, inviting by link."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone

from khunnaphap.audit.actions import record
from khunnaphap.core.problems import Refusal
from khunnaphap.organisations.models import AreaOffice, Province, Region, School

from .leaving import forget_on_disk
from .models import SYSTEM_USERNAME, Appointment, Held, Invitation, User
from .queries import made_in_power, may_give, may_reset, token_digest
from .roles import ROLES

INVITATION_DAYS = 14
FIRST_LINK_HOURS = 24
ERASED_NAME = "ผู้ใช้ที่ลบข้อมูลแล้ว"

erased = Signal()
"""Sent inside ``erase_person`` with ``person``: rooms above take away what they keep about them."""


@transaction.atomic
def make_system_actor() -> User:
    """The system actor, as the first migration makes it; for a record that was just emptied."""
    actor, made = User.objects.get_or_create(
        username=SYSTEM_USERNAME,
        defaults={"first_name": "ระบบ", "is_system": True, "is_active": False, "password": "!"},
    )
    if made:
        record(by=actor, verb="make_system_actor", subject=f"user:{SYSTEM_USERNAME}")
    return actor


@dataclass(frozen=True)
class Post:
    """A role in a place: the place is a school, an office, a province, a region, or ``None`` for the nation."""

    role: str
    place: School | AreaOffice | Province | Region | None = None
    components: tuple[str, ...] = ()
    starts: date | None = None
    ends: date | None = None

    def fields(self) -> dict[str, Any]:
        """The columns of an appointment or invitation; ``Refusal`` when place or days do not fit."""
        role = ROLES[self.role]
        kinds = {School: "school", AreaOffice: "office", Province: "province", Region: "region"}
        kind = "nation" if self.place is None else kinds[type(self.place)]
        if kind != role.place:
            raise ValueError(f"{self.role} is held in a {role.place}, not in a {kind}")
        starts = self.starts or timezone.localdate()
        if self.ends is not None and self.ends < starts:
            raise Refusal("role-days", "วันสิ้นสุดอยู่ก่อนวันเริ่มต้น", "แก้วันสิ้นสุดให้อยู่หลังวันเริ่มต้น หรือเว้นว่างไว้")
        place = {} if self.place is None else {kind: self.place}
        return {"role": self.role, "components": list(self.components), "starts": starts, "ends": self.ends, **place}


@transaction.atomic
def make_person(*, username: str, name: str, email: str, password: str | None, by: User) -> User:
    """A person who can sign in (never without a password of their own, except the demo's)."""
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal("username-taken", f"ชื่อผู้ใช้ “{username}” มีผู้ใช้แล้ว", "เลือกชื่อผู้ใช้อื่น")
    first, _, last = name.strip().partition(" ")
    person = User(username=username, first_name=first, last_name=last.strip(), email=email)
    person.set_password(password)
    person.save()
    record(by=by, verb="make_person", subject=f"user:{username}")
    return person


@transaction.atomic
def join(*, invitation: Invitation, username: str, name: str, email: str, password: str, by: User) -> User:
    """A new person takes up an invitation: person and role stand or fall together. The address is still unproved.

    Two events, because two are there from now on: the account, made by the system, and the role, taken up by the person.
    """
    person = make_person(username=username, name=name, email=email, password=password, by=by)
    if email:
        EmailAddress.objects.create(user=person, email=email.lower(), primary=True, verified=False)
    accept_invitation(invitation=invitation, by=person)
    return person


@transaction.atomic
def erase_person(*, person: User, by: User) -> None:
    """Take a person's data away (PDPA): name, addresses, means of signing in, roles; the history keeps the username.

    The account stays as an empty shell, so that acts of the past still have somebody who did them (ADR 0010). Each role
    that ends has an event of its own beside that of the erasure: who held which role when is asked for without the rest.
    """
    fresh = User.objects.select_for_update().get(pk=person.pk)
    if fresh.is_system or fresh == by:
        raise Refusal("not-erased", "ลบข้อมูลของบัญชีนี้ไม่ได้", "ให้ผู้ดูแลระบบคนอื่นเป็นผู้ลบ")
    for held in fresh.appointments.filter(revoked_at=None):
        revoke_appointment(appointment=held, by=by)
    for user_session in UserSession.objects.filter(user=fresh):
        user_session.end()
    Authenticator.objects.filter(user=fresh).delete()
    addresses = {
        fresh.email,
        fresh.email.lower(),
        *EmailAddress.objects.filter(user=fresh).values_list("email", flat=True),
    }
    EmailAddress.objects.filter(user=fresh).delete()
    theirs = Q(accepted_by=fresh) | (Q(email__in=addresses) & ~Q(email=""))
    Invitation.objects.filter(theirs | Q(made_by=fresh), accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    Invitation.objects.filter(theirs).update(name="", email="")
    fresh.first_name, fresh.last_name, fresh.email, fresh.is_active = ERASED_NAME, "", "", False
    fresh.set_unusable_password()
    fresh.save()
    erased.send(sender=User, person=fresh)
    transaction.on_commit(forget_on_disk)
    record(by=by, verb="erase_person", subject=f"user:{fresh.username}")


@transaction.atomic
def sign_in(*, by: User) -> None:
    """Note the moment of signing in, once every step of it is passed."""
    User.objects.filter(pk=by.pk).update(last_login=timezone.now())
    record(by=by, verb="sign_in", subject=f"user:{by.username}")


@transaction.atomic
def note_on_account(*, act: str, by: User, **told: Any) -> None:
    """Tell of what a person did to their own account; it never names an address or a means of signing in by its content."""
    record(by=by, verb=act, subject=f"user:{by.username}", **told)


@transaction.atomic
def give_reset_link(*, person: User, by: User) -> str:
    """The key of a link, good once, by which a person without an address sets a new password; a second factor stays.

    For one who may give all of the person's roles. It ends at the person's next sign-in, which tells of it, and after
    ``PASSWORD_RESET_TIMEOUT``.
    """
    fresh = User.objects.select_for_update().get(pk=person.pk)
    if not may_reset(by, fresh):
        raise Refusal(
            "reset-not-here", f"สร้างลิงก์ตั้งรหัสผ่านใหม่ให้ {fresh} ไม่ได้", "ใช้กับผู้ที่ไม่มีอีเมล โดยผู้ที่แต่งตั้งบทบาททั้งหมดของผู้นั้นได้"
        )
    record(by=by, verb="give_reset_link", subject=f"user:{fresh.username}")
    return f"{user_pk_to_url_str(fresh)}-{default_token_generator.make_token(fresh)}"


@transaction.atomic
def appoint(*, person: User, post: Post, by: User) -> Appointment:
    """Give a person a role in a place."""
    made = Appointment.objects.create(person=person, **post.fields())
    record(by=by, verb="appoint", subject=f"user:{person.username}", **_told(made))
    return made


@transaction.atomic
def revoke_appointment(*, appointment: Appointment, by: User) -> None:
    """End a role now: it holds no more at the person's next request. The last administrator stays.

    Invitations that the person made by that role's power end with it; the event says how many.
    """
    fresh = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if fresh.revoked_at is not None:
        return
    if fresh.role == "administrator":
        others = Appointment.objects.in_force(timezone.localdate()).filter(role="administrator").exclude(pk=fresh.pk)
        if not others.exists():
            raise Refusal("last-administrator", "เป็นผู้ดูแลระบบคนสุดท้าย จึงสิ้นสุดบทบาทไม่ได้", "แต่งตั้งผู้ดูแลระบบคนใหม่ก่อน")
    fresh.revoked_at = timezone.now()
    fresh.save(update_fields=["revoked_at"])
    ended = _end_powerless(fresh.person)
    told = {"invitations": ended} if ended else {}
    record(by=by, verb="revoke_appointment", subject=f"user:{fresh.person.username}", **_told(fresh), **told)


@transaction.atomic
def assign_components(*, appointment: Appointment, components: Sequence[str], by: User) -> None:
    """Say which components (ids) a teacher answers; none = all. The same ones again change nothing."""
    fresh = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if sorted(fresh.components) == sorted(components):
        return
    before, fresh.components = fresh.components, list(components)
    fresh.save(update_fields=["components"])
    record(
        by=by, verb="assign_components", subject=f"user:{fresh.person.username}",
        components=[before, fresh.components], **_place(fresh),
    )  # fmt: skip


@transaction.atomic
def invite(*, post: Post, name: str, email: str, by: User, hours: int = INVITATION_DAYS * 24) -> tuple[Invitation, str]:
    """Invite somebody into a role; gives the invitation and the token of its link, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    made = Invitation.objects.create(
        digest=token_digest(token),
        name=name.strip(),
        email=email.strip(),
        made_by=by,
        made_at=now,
        expires_at=now + timedelta(hours=hours),
        **post.fields(),
    )
    record(by=by, verb="invite", subject=f"invitation:{made.pk}", **_told(made))  # no name: events stay for good
    return made, token


@transaction.atomic
def invite_first_administrator(*, by: User, again: bool = False) -> str:
    """The token of a one-time link for the first administrator; older such links end.

    ``Refusal`` once there is an administrator, except when it is asked for ``again`` (nobody can sign in any more).
    """
    if not again and Appointment.objects.in_force(timezone.localdate()).filter(role="administrator").exists():
        raise Refusal(
            "administrator-there", "มีผู้ดูแลระบบแล้ว", "ให้ผู้ดูแลระบบเชิญคนอื่นจากหน้า “ผู้ใช้” หรือใช้ --again หากเข้าสู่ระบบไม่ได้อีก"
        )
    Invitation.objects.filter(role="administrator", accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())
    return invite(post=Post("administrator"), name="", email="", by=by, hours=FIRST_LINK_HOURS)[1]


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User) -> None:
    """End an invitation: its link works no more."""
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if fresh.is_open:
        fresh.revoked_at = timezone.now()
        fresh.save(update_fields=["revoked_at"])
        record(by=by, verb="revoke_invitation", subject=f"invitation:{fresh.pk}")


@transaction.atomic
def end_invitations(*, by: User) -> int:
    """End invitations that work no more (their time or their maker's power is over), and take name and address out of
    all that nobody accepted; gives how many.
    """
    pending = (
        Invitation.objects.select_for_update()
        .filter(accepted_at=None)
        .exclude(name="", email="", revoked_at__isnull=False)
    )
    dead = [one.pk for one in pending if not (one.is_open and made_in_power(one))]
    if dead:
        Invitation.objects.filter(pk__in=dead, revoked_at=None).update(revoked_at=timezone.now())
        Invitation.objects.filter(pk__in=dead).update(name="", email="")
        record(by=by, verb="end_invitations", subject="invitations", ended=len(dead))
    return len(dead)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: User) -> Appointment:
    """Take up an invitation: ``by`` holds the role from its first day on. It works once."""
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not fresh.is_open:
        raise Refusal("invitation-used", "คำเชิญนี้ใช้ไปแล้วหรือหมดอายุ", "ขอคำเชิญใหม่จากผู้ที่เชิญท่าน")
    if not made_in_power(fresh):
        raise Refusal(
            "invitation-without-power", "ผู้เชิญไม่มีสิทธิ์แต่งตั้งบทบาทนี้แล้ว คำเชิญจึงสิ้นผล", "ขอคำเชิญใหม่จากผู้ที่แต่งตั้งบทบาทนี้ได้"
        )
    fresh.accepted_at, fresh.accepted_by = timezone.now(), by
    fresh.save(update_fields=["accepted_at", "accepted_by"])
    columns = ("role", "school", "office", "province", "region", "components", "starts", "ends")
    made = Appointment.objects.create(person=by, **{name: getattr(fresh, name) for name in columns})
    record(by=by, verb="accept_invitation", subject=f"invitation:{fresh.pk}", person=by.username, **_told(made))
    return made


def _end_powerless(maker: User) -> int:
    """End the open invitations of somebody who may not give their roles any more; gives how many."""
    maker = User.objects.get(pk=maker.pk)  # asks anew what they may do
    pending = Invitation.objects.filter(made_by=maker, accepted_at=None, revoked_at=None)
    dead = [] if maker.is_system else [one.pk for one in pending if not may_give(maker, one)]
    return Invitation.objects.filter(pk__in=dead).update(revoked_at=timezone.now())


def _place(held: Held) -> dict[str, Any]:
    return {"role": held.role, "place": held.place_name}


def _told(held: Held) -> dict[str, Any]:
    return {**_place(held), "starts": str(held.starts), "ends": str(held.ends or "")}
