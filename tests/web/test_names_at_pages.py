"""One cleaning of text at all doors: search, names to sign in with, one-time codes, codes and numbers in forms."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.utils import timezone

from khunnaphap.accounts.actions import Post, appoint, make_person
from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.core.names import search_words
from khunnaphap.core.rounds import budget_year
from khunnaphap.core.thai.numerals import thai
from khunnaphap.organisations.models import School
from khunnaphap.web.people import places_for
from tests.people import JAEHOM, People
from tests.signing import signed_in

PASSWORD = "ฟ้าหลังฝน-ยังสวย"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("โรงเรียนบ้านน้ำดอย", ["บ้านน้ำดอย"]),
        ("รร.บ้านนํ้าดอย อ.แจ้ห่ม จ.ลำปาง", ["บ้านน้ำดอย", "แจ้ห่ม", "ลำปาง"]),
        ("๑๐๕๒๕๐๐๓๑๒", ["1052500312"]),
        ("1-0525-00312", ["1052500312"]),
        ("\u200bสมหมาย  ร่มเย็นดี", ["สมหมาย", "ร่มเย็นดี"]),
    ],
)
def test_a_search_is_made_of_words_as_names_are_kept(typed: str, words: list[str]) -> None:
    assert search_words(typed) == words


@pytest.mark.parametrize("typed", ["โรงเรียนอนุบาลแจ้ห่ม", "รร.อนุบาลแจ้ห่ม", thai(JAEHOM), "อนุบาลเเจ้ห่ม"])
def test_a_school_is_found_however_it_is_typed(people: People, typed: str) -> None:
    found = places_for(people.administrator, "head", typed)
    assert found is not None
    assert [one.ministry_code for one in found] == [JAEHOM]
    assert "อนุบาลแจ้ห่ม" in signed_in(people.administrator).get("/people/", {"q": typed}).content.decode()


@pytest.fixture(autouse=True)
def counts_from_zero(settings: Any, tmp_path: Path) -> None:
    """Wrong passwords of other tests slow nobody down here."""
    place = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "cache"}
    settings.CACHES = {"default": place}


@pytest.fixture
def somebody(world: dict[str, Round], actor: User) -> User:
    made = make_person(username="ครูน้ำ12", name="ครู น้ำ", email="", password=PASSWORD, by=actor)
    appoint(person=made, post=Post("teacher", School.objects.get(ministry_code=JAEHOM)), by=actor)
    return made


@pytest.mark.parametrize("typed", ["ครูน้ำ12", "ครูน้ำ๑๒", "ครูน\u0e4d\u0e49\u0e3212", "ครูน\u0e33\u0e4912", " ครูน้ำ12\u200b"])
def test_one_signs_in_with_a_name_however_its_marks_were_typed(somebody: User, typed: str) -> None:
    answer = Client().post("/accounts/login/", {"login": typed, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()[:500]


@pytest.mark.parametrize("shape", ["{0}", "{0:.3} {1}", "thai"])
def test_a_one_time_code_is_read_in_thai_digits_and_with_spaces(somebody: User, shape: str) -> None:
    secret = generate_totp_secret()
    TOTP.activate(somebody, secret)
    client = Client()
    client.post("/accounts/login/", {"login": "ครูน้ำ12", "password": PASSWORD})
    now = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    typed = thai(now) if shape == "thai" else shape.format(now, now[3:])
    answer = client.post("/accounts/2fa/authenticate/", {"code": typed})
    assert answer.status_code == 302, answer.content.decode()[:500]


def test_a_new_round_reads_thai_digits_and_codes_with_dashes(people: People, open_round: Round) -> None:
    first = timezone.localdate() + timedelta(days=2)
    year = budget_year(timezone.localdate())
    typed = {
        "edition": open_round.edition.code, "year": thai(str(year)), "number": "๗", "kind": "full", "who": "list",
        "opens_day": first.isoformat(), "opens_time": "08.30", "closes_day": (first + timedelta(days=9)).isoformat(),
        "closes_time": "16.30", "schools": f"{thai(JAEHOM[:5])}-{JAEHOM[5:]}",
    }  # fmt: skip
    assert signed_in(people.obec).post("/rounds/new/", typed | {"year": "2_570"}).status_code == 422
    assert signed_in(people.obec).post("/rounds/new/", typed).status_code == 302
    opened = Round.objects.get(year=year, number=7)
    assert [one.school.ministry_code for one in opened.assessments.all()] == [JAEHOM]


@pytest.mark.parametrize(("ends", "status"), [("31/12/9999", 422), ("12/6/1967", 422), ("12/6/2510", 422)])
def test_a_role_ends_on_no_day_of_another_century(people: People, ends: str, status: int) -> None:
    given = {"name": "สมใจ ดีงาม", "email": "", "starts": "", "ends": ends, "role": "obec", "place": "nation"}
    answer = signed_in(people.administrator).post("/people/invite/?role=obec", given)
    assert answer.status_code == status
    assert "พ.ศ." in answer.content.decode()


def test_an_unusual_end_of_a_role_is_told_with_its_year(people: People) -> None:
    far = timezone.localdate() + timedelta(days=3000)
    given = {"name": "สมใจ ดีงาม", "email": "", "starts": "", "ends": f"{far}", "role": "obec", "place": "nation"}
    answer = signed_in(people.administrator).post("/people/invite/?role=obec", given)
    assert answer.status_code == 200
    assert f"พ.ศ. {far.year + 543} (ค.ศ. {far.year})" in answer.content.decode()
