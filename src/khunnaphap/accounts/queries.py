"""Finding people, and asking what they may do."""

from __future__ import annotations

import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext

from khunnaphap.audit.models import Event
from khunnaphap.organisations.models import School

from .mailing import mail_leaves
from .models import SYSTEM_USERNAME, Appointment, Held, Invitation, User
from .roles import APPOINTS, ROLES


def system_actor() -> User:
    """The actor for acts of the system itself (command line, demo); made by the first migration."""
    return User.objects.get(username=SYSTEM_USERNAME, is_system=True)


def require(person: User, permission: str, school: School | None = None) -> None:
    """``PermissionDenied`` (403) unless the table of permissions allows it, in this school where one is given."""
    if not person.reach.may(permission, school):
        raise PermissionDenied(permission)


def token_digest(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a link's token opens while it works."""
    found = Invitation.objects.filter(digest=token_digest(token)).select_related("made_by").first()
    return found if found and found.is_open and made_in_power(found) else None


def made_in_power(invitation: Invitation) -> bool:
    """Whether its maker may still give the role; the first administrator's link comes from the system itself."""
    maker = invitation.made_by
    return maker.is_system or (maker.is_active and may_give(maker, invitation))


def roles_to_give(person: User) -> list[tuple[str, str]]:
    """The roles (key, title) that a person may appoint somewhere."""
    return [(key, gettext(role.title)) for key, role in ROLES.items() if person.reach.may(APPOINTS[key])]


def may_appoint(person: User, role: str, place_id: object) -> bool:
    """Whether a person may give a role in a place: in the schools and the office of their own reach."""
    permission, kind = APPOINTS[role], ROLES[role].place
    if person.reach.may("appoint_any"):
        return True
    if kind == "school":
        return School.objects.visible_to(person, permission).filter(pk=place_id).exists()
    return kind == "office" and place_id in person.reach.offices(permission)


def in_force(person: User) -> list[Appointment]:
    """The appointments that a person holds today."""
    return list(Appointment.objects.in_force(timezone.localdate()).filter(person=person))


def may_give(person: User, held: Held) -> bool:
    """Whether a person may give, and so also end, this very role in this place; asks nothing of the database."""
    permission, reach = APPOINTS[held.role], person.reach
    if reach.may("appoint_any"):
        return True
    if held.place == "school":
        return reach.may(permission, held.school)
    return held.place == "office" and held.office_id in reach.offices(permission)


def may_reset(person: User, other: User) -> bool:
    """Whether a person may hand another a link for a new password, who can get none by mail: all their roles are theirs to give."""
    if other.is_system or not other.is_active or other == person or (other.email and mail_leaves()):
        return False
    lasting = Appointment.objects.filter(person=other, revoked_at=None).exclude(ends__lt=timezone.localdate())
    held = list(lasting.select_related("school"))
    return all(may_give(person, one) for one in held) if held else person.reach.may("see_all_people")


def reset_links_since_sign_in(person: User) -> list[Event]:
    """The events of links that others made to reset a person's password since the last sign-in."""
    about = Event.objects.filter(subject=f"user:{person.username}")
    last = about.filter(verb="sign_in").order_by("-number").first()
    return list(about.filter(verb="give_reset_link", number__gt=last.number if last else 0).order_by("number"))


def free_username() -> str:
    """A username that says nothing about its person: it stays in the history when all else is erased (ADR 0010)."""
    while True:
        name = f"u{secrets.randbelow(900_000) + 100_000}"
        if not User.objects.filter(username=name).exists():
            return name
