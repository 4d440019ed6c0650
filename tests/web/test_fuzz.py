"""No input ends in a fault: every address, every query parameter, every field of every form, on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urljoin

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import khunnaphap
from khunnaphap.accounts.models import User
from tests.people import People
from tests.signing import signed_in
from tests.web.access import RULES, address
from tests.web.offered import Form, forms_in
from tests.web.test_every_form import CHOSEN, worked  # noqa: F401

DIGITS = "9" * 5000
TEXTS = (
    "a\x00b", DIGITS, "-1", "9" * 30, "๙" * 12, "1e999999", "NaN", "²", "ก" * 200_000, "[]", "{}", "null",
    '{"id": "\\u0000", "rawId": "\\ud800", "response": {}, "type": "public-key"}', "\u202e\u200b\ufeff", "' OR 1=1 --",
    "%s%(x)s{0}", "\r\nSet-Cookie: a=b", "https://[", "9999-99-99", "31/12/9999", "[" * 9000, "<script>", "e\u0301" * 500, "\U0010ffff",
)  # fmt: skip
"""What a form, a query or an address may be sent, each of a kind that some reader has stumbled over."""
SHORT = tuple(text for text in TEXTS if len(text) < 400)
OWN = (
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "usersessions_list",
)
STRANGERS = ("account_login", "account_reset_password", "account_reauthenticate", "mfa_login_webauthn", "join")
GONE = {"parts", "demo-sign-in", "file", "service-worker", "receipt-paper"}
MANY = 12
"""A form with more fields than these has rows of the same fields: all of them at once stand for each."""


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address as its pattern is written."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def parameters() -> set[str]:
    """Every name that our code reads of a query."""
    found: set[str] = set()
    for file in Path(khunnaphap.__file__).parent.rglob("*.py"):
        text = file.read_text("utf-8")
        found |= set(re.findall(r'GET\.get(?:list)?\("(\w+)"', text)) | set(
            re.findall(r'"(\w+)" in request\.GET', text)
        )
    return found | {"show", "office", "province", "year", "number", "edition", "kind", "next", "key"}


def status_of(client: Client, method: str, url: str, data: Any = None, **more: Any) -> int:
    """The answer's status; nothing of it stays."""
    with transaction.atomic():
        answer = getattr(client, method)(url, data, **more)
        for closer in answer._resource_closers:
            closer()
        transaction.set_rollback(True)
    return answer.status_code


def of(person: User) -> Client:
    client = signed_in(person)
    client.raise_request_exception = False
    return client


def reaching(people: People) -> dict[str, Client]:
    """Those who together open every address."""
    return {who: of(people.by[who]) for who in ("director", "head", "administrator")}


def opened(clients: dict[str, Client], where: Any) -> Iterator[tuple[Client, str]]:
    """Every page, each by one who may open it."""
    for name in sorted(RULES.keys() - GONE):
        url = address(name, *where)
        for client in clients.values():
            if status_of(client, "get", url) not in (403, 404):
                yield client, url
                break
    own = clients["head"]
    for name in OWN:
        from django.urls import reverse

        yield own, reverse(name)


@pytest.fixture
def where(worked: Callable[[str], Any]) -> Any:  # noqa: F811
    assessment, kept = worked("draft")
    return assessment.round, assessment.school, kept


def test_no_address_ends_in_a_fault_whatever_stands_in_its_parts(where: Any, people: People) -> None:
    client, found = of(people.administrator), []
    usual = {"year": "2567", "number": "2", "code": where[1].ministry_code, "key": "building-soundness"}
    for pattern in patterns():
        parts = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        for part in parts:
            for text in ("a\x00b", DIGITS, "9" * 30, "9" * 10, "๙" * 9, "ก" * 500, "..", "²"):
                filled = re.sub(
                    r"<(?:\w+:)?(\w+)>",
                    lambda m, p=part, t=text: quote(t if m[1] == p else usual.get(m[1], "1")),
                    pattern,
                )
                status = status_of(client, "get", "/" + re.sub(r"[\^$\\]|\(\?P|\)", "", filled))
                if status >= 500:
                    found.append((pattern, part, text[:20], status))
    assert found == []


def test_no_query_ends_in_a_fault(where: Any, people: People) -> None:
    names, found = sorted(parameters()), []
    assert {"q", "role", "page", "show", "component", "ended", "by", "indicator"} <= set(names)
    for client, url in opened(reaching(people), where):
        for text in SHORT:
            asked = dict.fromkeys(names, text)
            status = status_of(client, "get", f"{url}?{urlencode(asked)}")
            if status >= 500:
                found.append((url, "all", text[:20], status))
        for name in names:
            status = status_of(client, "get", f"{url}?{urlencode({name: DIGITS})}")
            if status >= 500:
                found.append((url, name, "digits", status))
    assert found == []


def filled(form: Form) -> dict[str, Any]:
    typed = next((more for name, more in CHOSEN.items() if name in form.fields), {})
    return form.filled(**typed)


def hostile(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    """The form as it is offered, with one field changed, and with all of them."""
    usual = filled(form)
    for text in TEXTS:
        yield f"all {text[:12]!r}", dict.fromkeys(form.fields, text) | {"extra": text}
    for name in list(form.fields)[:MANY]:
        for text in (DIGITS, "a" * 2000, "-1"):
            yield f"{name} {text[:12]!r}", usual | {name: text}


@pytest.mark.parametrize("state", ["draft", "review"])
def test_no_field_of_any_form_ends_in_a_fault(state: str, worked: Callable[[str], Any], people: People) -> None:  # noqa: F811
    assessment, kept = worked(state)
    clients, seen, found = reaching(people), set(), []
    for client, url in opened(clients, (assessment.round, assessment.school, kept)):
        page = client.get(url, follow=True)
        if not page.headers["Content-Type"].startswith("text/html"):
            continue
        for form in forms_in(page.content.decode()):
            goes = urljoin(url, form.action)
            same = (goes, tuple(form.fields))
            if same in seen or "logout" in goes or ("i18n" in goes and len(seen) > 9):
                continue
            seen.add(same)
            for what, data in hostile(form):
                status = status_of(client, form.method, goes, data)
                if status >= 500:
                    found.append((goes, what, status))
    assert found == []


def test_no_form_of_a_stranger_ends_in_a_fault(where: Any, people: People) -> None:
    from django.urls import reverse

    from khunnaphap.accounts.actions import Post, invite

    token = invite(post=Post("teacher", where[1]), name="", email="", by=people.head)[1]
    client, found = Client(raise_request_exception=False), []
    client.get(f"/invitations/{token}/")
    for name in STRANGERS:
        page = client.get(reverse(name), follow=True)
        for form in forms_in(page.content.decode()):
            for what, data in hostile(form):
                status = status_of(client, form.method, urljoin(reverse(name), form.action), data)
                if status >= 500:
                    found.append((name, what, status))
    assert found == []


def test_no_header_and_no_cookie_ends_in_a_fault(where: Any, people: People) -> None:
    found = []
    for text in (*(t for t in SHORT if "\r" not in t), "http://[", "http://localhost:x", "\x00", "th;q=9" * 50):
        for url in ("/work/", "/people/", "/accounts/login/"):
            for method in ("get", "post"):
                client = of(people.administrator)
                names = (
                    "referer",
                    "origin",
                    "user-agent",
                    "accept-language",
                    "hx-current-url",
                    "x-forwarded-for",
                    "range",
                )
                status = status_of(client, method, url, {"q": "a"}, headers=dict.fromkeys(names, text))
                raw = text.encode().decode("latin-1")
                sent = "; ".join(f"{name}={raw}" for name in ("sessionid", "csrftoken", "django_language", "messages"))
                with_cookies = status_of(Client(raise_request_exception=False), method, url, HTTP_COOKIE=sent)
                found += [(url, text[:20], code) for code in (status, with_cookies) if code >= 500]
    assert found == []
