"""Who opened what is noted for a while: the page and the moment, no token, for the owner of the record alone."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from khunnaphap.assessments.models import Round
from khunnaphap.web.reads import forget, note, reads_of
from tests.people import JAEHOM, People
from tests.signing import signed_in


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.READS = tmp_path / "reads"
    return tmp_path / "reads"


def test_an_opened_page_is_noted_with_who_and_when(people: People, open_round: Round, folder: Path) -> None:
    address = f"/rounds/{open_round.year}-{open_round.number}/schools/{JAEHOM}/"
    signed_in(people.verifier).get(f"{address}?show=all")
    signed_in(people.verifier).get("/sw.js")
    Client().get("/privacy/")
    (at, page), *more = reads_of(people.verifier.username)
    assert page == address
    assert not more
    assert at[:16] == f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    assert [stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()] == [0o600]


def test_a_page_that_was_not_given_is_not_noted_as_read(people: People, open_round: Round) -> None:
    address = f"/rounds/{open_round.year}-{open_round.number}/schools/{JAEHOM}/"
    assert signed_in(people.other_head).get(address).status_code == 404
    assert list(reads_of(people.other_head.username)) == []


def test_no_token_of_an_invitation_is_noted(people: People) -> None:
    note("u1", "/invitations/very-secret-token/")
    assert next(reads_of("u1"))[1] == "/invitations/…/"


def test_my_data_tell_what_i_opened(people: People, open_round: Round) -> None:
    client = signed_in(people.head)
    client.get("/me/")
    told = client.get("/me/data.json").json()["reads"]
    assert [one["page"] for one in told] == ["/me/"]


def test_months_that_are_over_are_forgotten(folder: Path) -> None:
    note("u1", "/me/")
    (folder / "2024-01.log").write_text("2024-01-05T08:00:00+07:00 u1 /me/\n", "utf-8")
    assert forget(timezone.now() - timedelta(days=90)) == 1
    assert [file.name for file in folder.iterdir()] == [f"{timezone.localtime():%Y-%m}.log"]


def test_a_full_disk_keeps_nobody_from_reading(people: People, folder: Path) -> None:
    folder.write_text("a file where the folder should be", "utf-8")
    assert signed_in(people.head).get("/me/").status_code == 200
