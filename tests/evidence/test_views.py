"""A file is given to who may see its school, under headers that let nothing in it act."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve, reverse

from khunnaphap.accounts.models import User
from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.actions import add_evidence, add_link, remove_evidence
from khunnaphap.evidence.models import Evidence
from khunnaphap.evidence.storing import evidence_files
from khunnaphap.organisations.models import School

from .making import docx, jpeg, pdf


@dataclass(frozen=True)
class Sees:
    """What a person's roles reach."""

    seen: Q

    def schools(self, permission: str = "") -> Q:
        return self.seen


@dataclass
class Visitor:
    """Someone signed in."""

    reach: Sees
    is_authenticated: bool = True


@dataclass
class Door:
    """Asks for an address as this visitor."""

    user: Any
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, method: str = "get", **headers: str) -> Any:
        request = getattr(RequestFactory(), method)(address, headers=headers)
        request.user = self.user
        found = resolve(address)
        response = found.func(request, *found.args, **found.kwargs)
        response.body = b"".join(response.streaming_content) if response.streaming else response.content
        if response.streaming:
            response.file_to_stream.close()  # not the response: that would end the test's own transaction
        return response


@pytest.fixture
def teacher(school: School) -> Door:
    return Door(Visitor(Sees(Q(pk=school.pk))))


@pytest.fixture
def stranger(other: School) -> Door:
    return Door(Visitor(Sees(Q(pk=other.pk))))


def address(evidence: Evidence, name: str = "file") -> str:
    return reverse(f"evidence:{name}", args=[evidence.public_id])


@pytest.fixture
def photo(school: School, actor: User) -> Evidence:
    return add_evidence(school=school, name="ห้องเรียน ป.1.HEIC.png", content=jpeg(), by=actor)


def kept(name: str) -> bytes:
    with evidence_files().open(name) as file:
        return file.read()


def test_who_sees_the_school_gets_the_file_and_its_thumbnail(teacher: Door, photo: Evidence) -> None:
    response = teacher.get(address(photo))
    assert response.status_code == 200
    assert response.body == kept(photo.stored)
    assert int(response["Content-Length"]) == photo.size
    small = teacher.get(address(photo, "thumbnail"))
    assert small.body == kept(photo.thumbnail)
    assert small["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("name", ["file", "thumbnail"])
def test_a_stranger_is_told_that_there_is_nothing(stranger: Door, photo: Evidence, name: str) -> None:
    with pytest.raises(Http404):
        stranger.get(address(photo, name))
    with pytest.raises(Http404):
        Door(Visitor(Sees(Q(pk__in=[])))).get(address(photo, name))


@pytest.mark.parametrize("name", ["file", "thumbnail"])
def test_who_is_not_signed_in_is_sent_to_sign_in(photo: Evidence, name: str) -> None:
    response = Door(AnonymousUser()).get(address(photo, name))
    assert response.status_code == 302
    assert response.body == b""


@pytest.mark.parametrize("name", ["file", "thumbnail"])
def test_removed_evidence_is_gone(teacher: Door, photo: Evidence, actor: User, name: str) -> None:
    remove_evidence(evidence=photo, by=actor)
    with pytest.raises(Http404):
        teacher.get(address(photo, name))


def test_what_has_no_file_is_not_found(teacher: Door, school: School, actor: User) -> None:
    link = add_link(school=school, url="https://example.go.th/", title="", by=actor)
    paper = add_evidence(school=school, name="a.pdf", content=pdf(), by=actor)
    for where in (address(link), address(link, "thumbnail"), address(paper, "thumbnail")):
        with pytest.raises(Http404):
            teacher.get(where)
    with pytest.raises(Http404):
        teacher.get(reverse("evidence:file", args=[uuid.uuid4()]))


def test_a_lost_file_is_told_in_words(teacher: Door, photo: Evidence) -> None:
    evidence_files().delete(photo.stored)
    with pytest.raises(Refusal, match="หายไป"):
        teacher.get(address(photo))


@pytest.mark.parametrize("name", ["file", "thumbnail"])
def test_nothing_in_a_file_can_act(teacher: Door, photo: Evidence, name: str) -> None:
    response = teacher.get(address(photo, name))
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy
    assert "allow-" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(("make", "kind"), [(pdf, "application/pdf"), (docx, "application/vnd.openxml")])
def test_what_is_no_photo_is_only_saved(
    teacher: Door, school: School, actor: User, make: Callable[[], bytes], kind: str
) -> None:
    made = add_evidence(school=school, name='แผน "ปี" 2567; x.html', content=make(), by=actor)
    response = teacher.get(address(made))
    assert response["Content-Type"].startswith(kind)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    shown = unquote(response["Content-Disposition"].partition("''")[2])
    assert shown == f'แผน "ปี" 2567; x.{made.stored[-4:].lstrip(".")}'


def test_a_photos_thai_name_arrives_with_the_ending_of_what_it_is(teacher: Door, photo: Evidence) -> None:
    given = teacher.get(address(photo))["Content-Disposition"]
    assert given.startswith("inline; filename*=utf-8''")
    assert unquote(given.partition("''")[2]) == "ห้องเรียน ป.1.HEIC.jpg"


def test_a_browser_keeps_a_file_for_its_owner_and_asks_shortly(teacher: Door, photo: Evidence) -> None:
    response = teacher.get(address(photo))
    assert response["Cache-Control"] == "private, max-age=3600, immutable"
    assert "Cookie" in response["Vary"]
    again = teacher.get(address(photo), **{"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert again.body == b""
    assert again["ETag"] == response["ETag"] == f'"{photo.sha256}"'
    assert again["Cache-Control"] == response["Cache-Control"]
    assert teacher.get(address(photo), **{"If-None-Match": '"other"'}).status_code == 200


def test_a_stranger_learns_nothing_from_a_known_etag(stranger: Door, photo: Evidence) -> None:
    with pytest.raises(Http404):
        stranger.get(address(photo), **{"If-None-Match": f'"{photo.sha256}"'})


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_files_are_only_read(teacher: Door, photo: Evidence, method: str) -> None:
    assert teacher.get(address(photo), method).status_code == 405


def test_a_schools_evidence_is_listed_for_who_sees_the_school(
    teacher: Door, stranger: Door, photo: Evidence, other: School, actor: User
) -> None:
    theirs = add_evidence(school=other, name="b.pdf", content=pdf(), by=actor)
    assert list(Evidence.objects.visible_to(teacher.user)) == [photo]
    assert list(Evidence.objects.visible_to(stranger.user)) == [theirs]
    assert not Evidence.objects.visible_to(Visitor(Sees(Q(pk__in=[])))).exists()
