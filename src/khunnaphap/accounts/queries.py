"""Finding people, and asking what they may do."""

from __future__ import annotations

import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext

from khunnaphap.organisations.models import School

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
    found = Invitation.objects.filter(digest=token_digest(token)).first()
    return found if found and found.is_open else None


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


def free_username() -> str:
    """A username that says nothing about its person: it stays in the history when all else is erased (ADR 0010)."""
    while True:
        name = f"u{secrets.randbelow(900_000) + 100_000}"
        if not User.objects.filter(username=name).exists():
            return name
