"""Attaching is one act: new evidence and its place stand or fall together, and one event tells of both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.evidence.making import jpeg
from tests.people import People
from tests.signing import signed_in

from khunnaphap.assessments.actions import attach_file, attach_link, hand_in, record_self
from khunnaphap.assessments.models import Assessment, Attachment
from khunnaphap.audit.models import Event
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.models import Evidence

PLACE = "building-soundness"


@pytest.fixture
def client(people: People, settings: Any, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    return signed_in(people.head)


def test_a_photo_and_a_link_handed_in_together_are_an_event_each(
    client: Client, base: str, assessment: Assessment
) -> None:
    before = Event.objects.count()
    files = SimpleUploadedFile("อาคาร.jpg", jpeg())
    url = f"{base}indicators/{PLACE}/evidence/"
    assert client.post(url, {"files": files, "url": "https://example.org/a"}).status_code == 302
    events = Event.objects.order_by("number")[before:]
    assert [event.verb for event in events] == ["attach", "attach"]
    assert [event.data["kind"] for event in events] == ["photo", "link"]
    photo = Evidence.objects.get(kind="photo")
    assert events[0].data["original_sha256"] == photo.original_sha256
    assert "อาคาร" not in str(events[0].data)


def test_what_the_school_has_already_is_attached_with_one_event(
    client: Client, base: str, assessment: Assessment, people: People
) -> None:
    told = {"assessment": assessment, "name": "a.jpg", "content": jpeg(), "by": people.head}
    assert attach_file(indicator=PLACE, **told)
    before = Event.objects.count()
    assert not attach_file(indicator=PLACE, **told)
    assert Event.objects.count() == before
    assert attach_file(indicator="housing", **told)
    assert (Evidence.objects.count(), Event.objects.count()) == (1, before + 1)


def test_a_fault_or_a_refusal_between_leaves_nothing_behind(
    assessment: Assessment, people: People, framework: Framework, settings: Any, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    there = Attachment.objects.get_or_create
    monkeypatch.setattr(Attachment.objects, "get_or_create", _fault)
    with pytest.raises(RuntimeError):
        attach_file(assessment=assessment, indicator=PLACE, name="a.jpg", content=jpeg(), by=people.head)
    monkeypatch.setattr(Attachment.objects, "get_or_create", there)
    entries = {one.id: Entry(4, "ตามจริง") for one in framework.indicators}
    record_self(assessment=assessment, entries=entries, facts={}, by=people.head)
    hand_in(assessment=assessment, by=people.head)
    with pytest.raises(Refusal):
        attach_link(assessment=assessment, indicator=PLACE, url="https://example.org", title="", by=people.head)
    assert not Evidence.objects.exists()
    assert not Attachment.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def _fault(**_: object) -> None:
    raise RuntimeError("in between")
