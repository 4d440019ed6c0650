"""Every form of the site, sent once just as its page offers it, by everybody to whom a page offers it, in every state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import resolve

from khunnaphap.accounts.actions import Post, invite
from khunnaphap.assessments.actions import accept, agree, approve, attach, finish, hand_in, record_self, send_back
from khunnaphap.assessments.models import Assessment
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.evidence.actions import add_link
from tests.people import People
from tests.signing import signed_in
from tests.web.access import RULES, address
from tests.web.offered import Form, forms_in

WHO = ("teacher", "head", "verifier", "director", "inspector", "obec", "administrator")
GONE = {"parts", "demo-sign-in", "invitation", "file", "offline", "service-worker", "set_language", "receipt-paper"}
OF_THE_SCHOOL = {name for name, rule in RULES.items() if rule.of == "school"} - GONE
STATES = ("draft", "submitted", "review", "returned", "verified", "approved")


@pytest.fixture
def worked(assessment: Assessment, people: People, framework: Framework, settings: Any, tmp_path: Any) -> Any:
    """The assessment brought to a state by those whose work it is, one piece of evidence at an indicator."""
    settings.MEDIA_ROOT = tmp_path
    kept = add_link(school=assessment.school, url="https://example.org/kept", title="อาคาร", by=people.head)
    attach(assessment=assessment, indicator="building-soundness", evidence=kept, by=people.head)
    invite(post=Post("teacher", assessment.school), name="ครูใหม่", email="", by=people.head)
    some = [one.id for one in framework.indicators]
    entries = {key: Entry(2 if place % 3 else 4, "ตามจริง") for place, key in enumerate(some)}

    def to(state: str) -> tuple[Assessment, Any]:
        if state != "draft":
            record_self(assessment=assessment, entries=entries, facts={}, by=people.head)
            hand_in(assessment=assessment, by=people.head)
        if state in STATES[2:]:
            accept(assessment=assessment, by=people.verifier)
        if state == "returned":
            from django.utils import timezone

            due = timezone.now() + timezone.timedelta(days=3)
            send_back(assessment=assessment, reasons={"building-soundness": "แนบรูปเพิ่ม"}, due=due, by=people.verifier)
        if state in STATES[4:]:
            agree(assessment=assessment, indicators=some, by=people.verifier)
            finish(assessment=assessment, by=people.verifier)
        if state == "approved":
            approve(assessment=assessment, by=people.director)
        assessment.refresh_from_db()
        return assessment, kept

    return to


def offered_to(client: Client, addresses: Iterator[str]) -> Iterator[tuple[str, Form]]:
    """Every form that these pages offer, each once."""
    seen = set()
    for url in addresses:
        answer = client.get(url)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        for form in forms_in(answer.content.decode()):
            goes = urljoin(url, form.action)
            same = (goes, form.method, tuple(form.fields), tuple(form.buttons))
            if same not in seen and (form.buttons or form.method == "get"):  # without a button nobody can send it
                seen.add(same)
                yield goes, form


def sent(client: Client, url: str, form: Form) -> int:
    """The answer to a form; nothing of it stays."""
    typed = next((more for name, more in CHOSEN.items() if name in form.fields), {})
    data: dict[str, Any] = form.filled(**typed)
    data |= {name: SimpleUploadedFile("a.txt", b"nothing") for name in form.files if not form.fields.get("url")}
    if form.buttons and form.buttons[0][0]:
        data[form.buttons[0][0]] = form.buttons[0][1]
    with transaction.atomic():
        answer = getattr(client, form.method)(url, data)
        transaction.set_rollback(True)
    return answer.status_code


CHOSEN = {
    "colour": {"colour": "yellow"},
    "send-building-soundness": {"send-building-soundness": "on"},
    "indicators": {"indicators": "building-soundness"},
    "url": {"url": "https://example.org/new"},
}
"""What a person chooses where the page chooses nothing beforehand, by a field of the form."""

ALWAYS = {"comment", "teachers"}
OFFERED = {
    "draft": ALWAYS | {
        "board-of", "cancel-invitation", "end-role", "erase", "evidence-add", "evidence-remove", "extend", "facts",
        "indicator", "invite", "people", "round-close", "round-correct", "round-new", "round-remind",
    },
    "submitted": ALWAYS | {"accept", "extend", "override", "send-back", "withdraw"},
    "review": ALWAYS | {"agree", "override", "send-back", "verify"},
    "returned": ALWAYS | {
        "evidence-add", "evidence-remove", "extend", "facts", "hand-in", "indicator", "override", "recall",
    },
    "verified": ALWAYS | {"approve", "override", "reopen", "send-back"},
    "approved": ALWAYS | {"override", "unlock"},
}  # fmt: skip
"""What pages offer to somebody in a state, and is taken: an act that is gone from a page is noticed, too."""


@pytest.mark.parametrize("state", STATES)
def test_what_a_page_offers_is_taken_from_everybody_to_whom_it_is_offered(
    state: str, worked: Callable[[str], Any], people: People
) -> None:
    assessment, kept = worked(state)
    where = (assessment.round, assessment.school, kept)
    names = OF_THE_SCHOOL if state != "draft" else RULES.keys() - GONE
    taken, refused = set(), []
    for who in WHO:
        client = signed_in(people.by[who])
        for url, form in offered_to(client, (address(name, *where) for name in sorted(names))):
            name = resolve(urlsplit(url).path).url_name
            status = sent(signed_in(people.by[who]), url, form)
            if status in (200, 302):
                taken.add(name)
            else:
                refused.append((who, name, status))
    assert refused == []
    assert taken - {"set_language", "account_logout"} == OFFERED[state]
