"""What the pages of people show: who is in reach, where one may appoint, what is kept about oneself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from khunnaphap.accounts.mailing import mail_leaves
from khunnaphap.accounts.models import PLACES, Appointment, Invitation, User
from khunnaphap.accounts.queries import may_give
from khunnaphap.accounts.roles import APPOINTS, ROLES
from khunnaphap.assessments.models import Round
from khunnaphap.audit.models import Event
from khunnaphap.core.names import search_words
from khunnaphap.frameworks.queries import framework_of, newest_published, titled
from khunnaphap.organisations.models import AreaOffice, Province, Region, School

from .reads import reads_of

PAGE = 60
MOST_PLACES = 20
NATION = "nation"
"""The whole country as a form's choice: it has no row, and a required choice needs a value."""
_ORDER = (
    "region__number",
    "province__code",
    "office__code",
    "school__ministry_code",
    "role",
    "person__first_name",
    "pk",
)


@dataclass(frozen=True)
class Shown:
    """A role that somebody holds; whether the looker may end it, and may hand its person a link for a new password."""

    held: Appointment
    may_end: bool
    may_reset: bool = False


def people_page(person: User, *, words: str, ended: bool, page: str) -> tuple[Page, list[Shown]]:
    """The roles in one's reach, by place; one page of them, in a constant number of queries."""
    found = Appointment.objects.visible_to(person).select_related("person", *PLACES)
    over = Q(revoked_at__isnull=False) | Q(ends__lt=timezone.localdate())
    found = found.filter(over) if ended else found.exclude(over)
    for word in search_words(words):
        found = found.filter(
            Q(person__first_name__icontains=word)
            | Q(person__last_name__icontains=word)
            | Q(person__username__icontains=word)
            | Q(school__name__icontains=word)
            | Q(school__ministry_code__startswith=word)
            | Q(office__name__icontains=word)
            | Q(province__name__icontains=word)
        )
    shown = Paginator(found.order_by(*(F(name).asc(nulls_first=True) for name in _ORDER)), PAGE).get_page(page)
    given = {} if ended else {held: may_give(person, held) for held in shown}
    resets = _resettable(person, [held.person for held, may in given.items() if may])
    return shown, [Shown(held, given.get(held, False), held.person_id in resets) for held in shown]


def _resettable(person: User, others: Sequence[User]) -> set[int]:
    """Whom of these a person may hand a link for a new password (``may_reset``), in one query."""
    asked = {one.pk for one in others if one.is_active and one != person and not (one.email and mail_leaves())}
    lasting = Appointment.objects.filter(person__in=asked, revoked_at=None).exclude(ends__lt=timezone.localdate())
    beyond = (
        {one.person_id for one in lasting.select_related("school") if not may_give(person, one)} if asked else set()
    )
    return asked - beyond


def open_invitations(person: User) -> QuerySet[Invitation]:
    """The invitations that still work: one's own, and all of them for who sees all people."""
    found = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
    if not person.reach.may("see_all_people"):
        found = found.filter(made_by=person)
    return found.select_related("made_by", *PLACES)


Place = School | AreaOffice | Province | Region


def places_for(person: User, role: str, words: str) -> QuerySet[Any] | None:
    """The places in which a person may give a role, narrowed by words; ``None`` = the nation, which is one."""
    kind, permission = ROLES[role].place, APPOINTS[role]
    if kind == "nation":
        return None
    if kind == "school":
        found: QuerySet[Any] = School.objects.visible_to(person, permission)
    elif person.reach.may("appoint_any"):
        found = {"office": AreaOffice, "province": Province, "region": Region}[kind].objects.all()
    else:
        found = AreaOffice.objects.filter(pk__in=person.reach.offices(permission))
    code = {"school": "ministry_code", "region": "number"}.get(kind, "code")
    for word in search_words(words):
        found = found.filter(Q(name__icontains=word) | Q(**{f"{code}__startswith": word}))
    return found


def place_choices(person: User, role: str, words: str) -> tuple[list[tuple[str, str]], bool]:
    """At most ``MOST_PLACES`` places to choose from, and whether there are more: then more words are needed."""
    found = places_for(person, role, words)
    if found is None:
        return [(NATION, gettext("ทั้งประเทศ"))], False
    some = list(found[: MOST_PLACES + 1])
    return [(str(place.pk), _named(place)) for place in some[:MOST_PLACES]], len(some) > MOST_PLACES


def _named(place: Place) -> str:
    code = getattr(place, "ministry_code", "") or getattr(place, "code", "")
    return f"{place.name} ({code})" if code else str(place.name)


def component_choices() -> list[tuple[str, str]]:
    """The components (id, title) of the newest round's edition, else of the newest published one."""
    newest = Round.objects.select_related("edition").order_by("opens").last()
    edition = newest.edition if newest else newest_published()
    if edition is None:
        return []
    return [(one.id, f"{one.label} {titled(one)}") for one in framework_of(edition).components]


def events_of(person: User) -> QuerySet[Event]:
    """The events that bear a person's name: as who acted, or as whom it is about."""
    return Event.objects.filter(Q(actor=person.username) | Q(subject=f"user:{person.username}")).order_by("-number")


def kept_about(person: User) -> dict[str, Any]:
    """All that is kept about a person, as plain data; of means of signing in only that they are there."""
    return {
        "username": person.username,
        "name": person.get_full_name(),
        "email": person.email,
        "joined": person.date_joined,
        "last_login": person.last_login,
        "emails": list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary")),
        "authenticators": list(Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")),
        "sessions": list(
            UserSession.objects.filter(user=person).values("created_at", "last_seen_at", "ip", "user_agent")
        ),
        "roles": [
            {
                "role": held.role_title,
                "place": held.place_name,
                "starts": held.starts,
                "ends": held.ends,
                "revoked_at": held.revoked_at,
                "components": held.components,
            }
            for held in person.appointments.select_related(*PLACES)
        ],
        "invitations": list(Invitation.objects.filter(accepted_by=person).values("name", "email", "made_at")),
        "events": list(events_of(person).values("number", "at", "actor", "verb", "subject", "data")),
        "reads": [{"at": at, "page": page} for at, page in reads_of(person.username)],
    }


def teachers_of(school: School) -> QuerySet[Appointment]:
    """The teachers of a school, today and from a later day on."""
    over = Q(revoked_at__isnull=False) | Q(ends__lt=timezone.localdate())
    found = Appointment.objects.filter(school=school, role="teacher").exclude(over)
    return found.select_related("person", *PLACES).order_by("person__first_name", "pk")
