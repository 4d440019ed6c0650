"""Every address x method x role x somebody else's school; and that a lost filter would be noticed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models
from PIL import Image

from khunnaphap.accounts import queries as account_queries
from khunnaphap.accounts.actions import Post, invite
from khunnaphap.accounts.models import AppointmentQuerySet, User
from khunnaphap.assessments import access
from khunnaphap.assessments.actions import hand_in, record_self
from khunnaphap.assessments.models import AssessmentQuerySet, Attachment, Round
from khunnaphap.assessments.views import answering, campaign, evidence, facts
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.evidence.actions import add_evidence
from khunnaphap.evidence.models import EvidenceQuerySet
from khunnaphap.organisations.models import SchoolQuerySet
from tests.people import JAEHOM, People
from tests.web.access import OUTSIDE, RULES, breaks, names, signed_in

WHO = (
    "nobody", "teacher", "head", "verifier", "director", "provincial", "inspector", "obec", "administrator",
    "other_head", "other_verifier",
)  # fmt: skip


@pytest.fixture
def where(open_round: Round, people: People, framework: Framework, settings: Any, tmp_path: Any) -> Any:
    """A school that has handed in, with evidence: its round, itself, its evidence."""
    settings.MEDIA_ROOT = tmp_path
    assessment = open_round.assessments.get(school__ministry_code=JAEHOM)
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (400, 300), "green").save(path)
    kept = add_evidence(school=assessment.school, name="photo.jpg", content=path.read_bytes(), by=people.head)
    from django.utils import timezone

    Attachment.objects.create(
        assessment=assessment, indicator="building-soundness", evidence=kept, by=people.head, at=timezone.now()
    )
    entries = {one.id: Entry(4, "ตามจริง") for one in framework.indicators}
    invite(post=Post("teacher", assessment.school), name="ครูใหม่", email="", by=people.head)
    record_self(assessment=assessment, entries=entries, facts={}, by=people.head)
    hand_in(assessment=assessment, by=people.head)
    return open_round, assessment.school, kept


def test_every_address_has_a_rule() -> None:
    unlisted = {name for name in names() if not name.startswith(OUTSIDE)} - RULES.keys()
    assert unlisted == set()
    assert RULES.keys() <= names()


@pytest.mark.parametrize("who", ["stranger", *WHO])
def test_nobody_opens_what_is_not_theirs(who: str, where: Any, people: People) -> None:
    person = None if who == "stranger" else people.by[who]
    made, found = breaks(person, signed_in(person), where)
    assert found == []
    assert made == len(RULES) * 7


def everything(self: models.QuerySet, *args: object, **kwargs: object) -> models.QuerySet:
    return self.all()


LOST: dict[str, tuple[object, str, object]] = {
    "assessments are not filtered": (AssessmentQuerySet, "visible_to", everything),
    "schools are not filtered": (SchoolQuerySet, "visible_to", everything),
    "evidence is not filtered": (EvidenceQuerySet, "visible_to", everything),
    "roles of people are not filtered": (AppointmentQuerySet, "visible_to", everything),
    "assessment pages ask no permission": (access, "require", lambda *_: None),
    "round pages ask no permission": (campaign, "require", lambda *_: None),
    "the facts page asks no permission": (facts, "require", lambda *_: None),
    "answers ask no permission": (answering, "answers_here", lambda *_: True),
    "evidence asks no permission": (evidence, "answers_here", lambda *_: True),
}


@pytest.mark.parametrize("lost", LOST)
def test_a_lost_filter_is_noticed(lost: str, where: Any, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> Iterator[str]:
        for person in (people.other_head, people.inspector, people.teacher):
            yield from breaks(person, signed_in(person), where)[1]

    assert list(found()) == []
    monkeypatch.setattr(*LOST[lost])
    assert list(found()) != []


def test_a_revoked_role_ends_at_the_next_request(where: Any, people: People, actor: User) -> None:
    from khunnaphap.accounts.actions import revoke_appointment

    round_, school, _ = where
    client = signed_in(people.teacher)
    url = f"/rounds/{round_.year}-{round_.number}/schools/{school.ministry_code}/"
    assert client.get(url).status_code == 200
    revoke_appointment(appointment=account_queries.in_force(people.teacher)[0], by=actor)
    assert client.get(url).status_code == 404


def test_a_teacher_answers_only_the_assigned_components(
    where: Any, people: People, framework: Framework, actor: User
) -> None:
    from khunnaphap.accounts.actions import assign_components
    from khunnaphap.assessments.actions import withdraw

    round_, school, _ = where
    withdraw(assessment=round_.assessments.get(school=school), by=people.head)
    mine, other = framework.components[0], framework.components[1]
    assign_components(appointment=account_queries.in_force(people.teacher)[0], components=[mine.id], by=people.head)
    client = signed_in(people.teacher)
    base = f"/rounds/{round_.year}-{round_.number}/schools/{school.ministry_code}/indicators"
    data = {"level": 3, "version": 1, "reason": "ตามจริง", "remark": ""}
    assert client.post(f"{base}/{mine.indicators[0].id}/", data).status_code == 302
    assert client.post(f"{base}/{other.indicators[0].id}/", data).status_code == 403
