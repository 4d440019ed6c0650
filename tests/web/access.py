"""Every address with the rule that opens it, and probes that find where an answer breaks the rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from khunnaphap.accounts.models import Appointment, Invitation, User
from khunnaphap.accounts.queries import roles_to_give
from khunnaphap.assessments.models import Round
from khunnaphap.evidence.models import Evidence
from khunnaphap.organisations.models import School

METHODS = ("get", "post", "head", "put", "patch", "delete", "options")
OUTSIDE = ("account_", "mfa_", "usersessions_", "sociala")
"""django-allauth's own pages: each speaks of the signed-in person alone."""


@dataclass(frozen=True)
class Rule:
    """How an address is opened: whose it is, and what GET and POST need beyond being seen (None = no such method).

    ``of``: "school" (404 for who does not see the school), "role" (403 without the permission anywhere),
    "own" (any signed-in person), "public".
    """

    of: str
    get: str | None = ""
    post: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)


ANSWER = {"level": "3", "version": "0", "reason": "", "remark": ""}
RULES: dict[str, Rule] = {
    "start": Rule("public"),
    "privacy": Rule("public"),
    "help": Rule("public"),
    "guide": Rule("public"),
    "offline": Rule("public"),
    "service-worker": Rule("public"),
    "parts": Rule("gone"),
    "demo-sign-in": Rule("gone", None, ""),
    "invitation": Rule("invitation"),
    "join": Rule("invitation", "", ""),
    "my-events": Rule("own"),
    "my-data": Rule("own"),
    "overview": Rule("wide-404"),
    "file": Rule("nation-404"),
    "people": Rule("people"),
    "invite": Rule("people", "", ""),
    "cancel-invitation": Rule("made", None, ""),
    "end-role": Rule("person", "", ""),
    "reset-link": Rule("reset", "", ""),
    "erase": Rule("role", "see_all_people", "see_all_people"),
    "teachers": Rule("school", "appoint_teacher", "appoint_teacher"),
    "set_language": Rule("language", "", "", {"language": "th"}),
    "work": Rule("own"),
    "me": Rule("own"),
    "board": Rule("wide"),
    "board-of": Rule("wide"),
    "rounds": Rule("role", "open_round"),
    "round-new": Rule("role", "open_round", "open_round"),
    "round": Rule("role", "open_round"),
    "round-add": Rule("role", "open_round", "open_round"),
    "round-remind": Rule("role", "remind", "remind"),
    "round-correct": Rule("role", "correct_round", "correct_round"),
    "round-close": Rule("role", "close_round", "close_round"),
    "school": Rule("school"),
    "listing": Rule("school"),
    "indicator": Rule("school", "", "answer", ANSWER),
    "comment": Rule("school", "", "comment", {"text": "สวัสดี"}),
    "evidence-add": Rule("school", "", "answer", {"url": "https://example.org/a"}),
    "evidence-remove": Rule("school", None, "answer"),
    "facts": Rule("school", "", "answer"),
    "confirm": Rule("school", None, "answer"),
    "check": Rule("school"),
    "hand-in": Rule("school", None, "submit"),
    "withdraw": Rule("school", None, "submit"),
    "receipt": Rule("school"),
    "receipt-paper": Rule("school"),
    "history": Rule("school"),
    "verifying": Rule("school", "verify"),
    "verify": Rule("school", "verify", "verify", ANSWER),
    "accept": Rule("school", None, "verify"),
    "agree": Rule("school", "verify", "verify", {"all": "1"}),
    "finish": Rule("school", None, "verify"),
    "recall": Rule("school", None, "return"),
    "reopen": Rule("school", None, "verify"),
    "approve": Rule("school", "approve", "approve"),
    "send-back": Rule("school", "return", "return"),
    "unlock": Rule("school", "unlock", "unlock"),
    "extend": Rule("school", "extend", "extend"),
    "override": Rule("school", "override", "override"),
    "colours": Rule("school"),
    "evidence:file": Rule("school"),
    "evidence:thumbnail": Rule("school"),
}


def names(resolver: URLResolver | None = None, space: str = "") -> set[str]:
    """The names of all addresses; one without a name stands by its pattern."""
    found: set[str] = set()
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            found |= names(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            found.add(f"{space}{one.name}" if one.name else str(one.pattern))
    return found


def address(name: str, round_: Round, school: School, evidence: Evidence) -> str:
    """The address of a page about a school."""
    at = (round_.year, round_.number, school.ministry_code)
    match name:
        case "guide":
            return reverse(name, args=("signing-in",))
        case "demo-sign-in" | "erase" | "reset-link":
            return reverse(name, args=("teacher",))
        case "invitation":
            return reverse(name, args=("not-a-token",))
        case "file":
            return reverse(name, args=("nothing.pdf",))
        case "cancel-invitation":
            return reverse(name, args=(Invitation.objects.get(name="ครูใหม่").pk,))
        case "end-role":
            return reverse(name, args=(Appointment.objects.get(person__username="teacher").pk,))
        case (
            "parts" | "offline" | "service-worker" | "join" | "my-events" | "my-data" | "overview" | "people" | "invite"
        ):
            return reverse(name)
        case "start" | "privacy" | "help" | "set_language" | "work" | "me" | "board" | "rounds" | "round-new":
            return reverse(name)
        case "board-of" | "round" | "round-add" | "round-remind" | "round-correct" | "round-close":
            return reverse(name, args=at[:2])
        case "indicator" | "comment" | "evidence-add" | "verify":
            return reverse(name, args=(*at, "building-soundness"))
        case "evidence-remove":
            return reverse(name, args=(*at, "building-soundness", evidence.public_id))
        case "receipt" | "receipt-paper":
            return reverse(name, args=(*at, 1))
        case "evidence:file" | "evidence:thumbnail":
            return reverse(name, args=(evidence.public_id,))
        case "colours" | "teachers":
            return reverse(name, args=at[2:])
    return reverse(name, args=at)


def signed_in(person: User | None) -> Client:
    """A client of this person; of a stranger for ``None``."""
    client = Client()
    if person is not None:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def expected(rule: Rule, method: str, person: User | None, school: School) -> Iterable[int]:
    """The statuses that the rule allows."""
    if rule.of == "language":
        return (302,)
    needs = rule.post if method == "post" else rule.get
    if method not in ("get", "head", "post") or needs is None:
        return (302, 404, 405) if person is None else (403, 404, 405) if method != "options" else (200, 403, 404, 405)
    if rule.of == "public":
        return (200, 302)
    if rule.of in ("gone", "invitation"):
        return (404, 405, 410)
    if person is None:
        return (302,)
    reach = User.objects.get(pk=person.pk).reach
    if rule.of == "own":
        return (200, 302)
    gives = bool(roles_to_give(User.objects.get(pk=person.pk)))
    if rule.of == "reset":  # the teacher has an address: nobody makes a link for them while mail leaves
        sees = person.username in ("teacher", "head", "administrator") or reach.may("appoint_head", school)
        return (403,) if sees else (404,)
    if rule.of == "people":
        return (200, 302, 422) if gives else (403,)
    if rule.of == "made":
        return (302,) if reach.may("see_all_people") or person.username == "head" else (404,)
    if rule.of == "person":
        if person.username == "teacher":
            return (403,)
        if reach.may("appoint_teacher", school):
            return (200, 302)
        return (403,) if reach.may("appoint_head", school) else (404,)
    if rule.of in ("wide-404", "nation-404"):
        wide = any(one.place != "school" for one in reach.held)
        return (200,) if wide and rule.of == "wide-404" else (404,)
    if rule.of == "wide":
        return (200, 302) if any(one.place != "school" for one in reach.held) else (403,)
    if rule.of == "role":
        return (200, 302, 409, 422) if reach.may(needs) else (403,)
    if not School.objects.filter(reach.schools(), pk=school.pk).exists():
        return (404,)
    if needs and not reach.may(needs, school):
        return (403,)
    return (200, 302, 404, 409, 422)


def breaks(person: User | None, client: Client, where: Any, only: Iterable[str] = RULES) -> tuple[int, list[str]]:
    """How many probes of one person at one school's pages were made, and which answers break their rule."""
    round_, school, evidence = where
    made, found = 0, []
    for name in only:
        rule = RULES[name]
        url = address(name, round_, school, evidence)
        for method in METHODS:
            data = {**rule.data, "save": str(uuid4())} if method == "post" else {}
            with transaction.atomic():
                answer = getattr(client, method)(url, data)
                whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
                text = whole.decode("utf-8", "replace")
                for closer in answer._resource_closers:
                    closer()  # not close(): its signal would close the test's connection
                transaction.set_rollback(True)
            made += 1
            allowed = {*expected(rule, method, person, school), *([405] if method == "head" else [])}
            if answer.status_code == 302 and person is None and rule.of not in ("public", "language"):
                allowed = {302} if "/accounts/login/" in answer["Location"] else set()
            leaks = answer.status_code in (403, 404, 302) and str(school) in text
            if answer.status_code not in allowed or leaks:
                found.append(f"{person} {method.upper()} {url}: {answer.status_code}, not {sorted(allowed)}")
    return made, found
