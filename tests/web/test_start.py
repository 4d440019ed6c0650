"""Landing, overview and made files: who sees which; Thai unless switched; strict headers; errors in words."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import DatabaseError
from django.test import Client, RequestFactory
from django.urls import reverse

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.web import errors
from tests.people import People
from tests.reporting.test_report import JAEHOM, LAMPHUN, verify
from tests.signing import signed_in

WIDER = {"verifier", "director", "provincial", "inspector", "obec", "administrator", "other_verifier"}
NATIONAL = {"obec", "administrator"}
ALL = ["teacher", "head", "verifier", "director", "provincial", "inspector", "obec", "administrator", "nobody"]


@pytest.fixture
def out(tmp_path: Path, settings: object) -> Path:
    folder = tmp_path / "out"
    (folder / "workbooks" / "2567-2").mkdir(parents=True)
    (folder / "รายงาน.pdf").write_bytes(b"%PDF")
    (folder / "workbooks" / "2567-2" / "school-1.xlsx").write_bytes(b"PK")
    (folder / ".hidden.txt").write_text("x")
    (tmp_path / "secret.txt").write_text("secret")
    settings.OUT_DIR = folder  # type: ignore[attr-defined]
    return folder


@pytest.fixture
def coloured(world: Mapping[str, Round], actor: User) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    verify(world["2567/2"], LAMPHUN, 5, actor)


def test_a_stranger_finds_a_calm_landing_and_a_person_their_work(people: People, client: Client) -> None:
    page = client.get("/").content.decode()
    assert "/accounts/login/" in page
    assert "คุณ" in page
    assert signed_in(people.teacher).get("/")["Location"] == reverse("work")


def test_colours_stand_with_their_numbers_and_marks(people: People, coloured: None, out: Path) -> None:
    page = signed_in(people.obec).get("/overview/").content.decode()
    assert "รอบ 2567/2" in page
    assert "รอบ 2567/1" not in page
    assert 'aria-label="ม่วง 1 ฟ้า 1 "' in page
    assert "จัดกลุ่มแล้ว 2 จาก 33 โรงเรียน" in page
    assert "ข้อมูลสมมุติ" in page
    assert "ตัวอย่าง รอยืนยันจาก สพฐ." in page


def test_the_overview_counts_only_schools_that_one_sees(people: People, coloured: None, out: Path) -> None:
    page = signed_in(people.verifier).get("/overview/").content.decode()
    assert "จัดกลุ่มแล้ว 1 จาก 3 โรงเรียน" in page
    assert "สพป.ลำปาง เขต 1" not in page


def test_colours_are_counted_by_office_or_by_province_and_lead_to_the_schools(
    people: People, coloured: None, out: Path
) -> None:
    client = signed_in(people.obec)
    page = client.get("/overview/?by=province").content.decode()
    rows = dict(re.findall(r'rowheader"><a href="([^"]+)">([^<]+)</a>', page))
    assert sorted(rows.values()) == ["ลำปาง", "ลำพูน"]
    assert "สพป.ลำปาง เขต 3" not in page
    assert "สพป.ลำปาง เขต 3" in client.get("/overview/").content.decode()
    link = next(link for link, name in rows.items() if name == "ลำพูน")
    board = client.get(link).content.decode()
    assert "แม่ทา" in board
    assert "อนุบาลแจ้ห่ม" not in board


@pytest.mark.parametrize("who", ALL)
def test_who_opens_the_overview_and_the_files(people: People, out: Path, who: str) -> None:
    client = signed_in(getattr(people, who))
    assert client.get("/overview/").status_code == (200 if who in WIDER else 404)
    opened = client.get(f"/files/{quote('รายงาน.pdf')}")
    assert opened.status_code == (200 if who in NATIONAL else 404)
    if opened.streaming:
        assert b"".join(opened.streaming_content)
    if who in WIDER:
        assert ("รายงาน.pdf" in client.get("/overview/").content.decode()) == (who in NATIONAL)


def test_strangers_are_asked_to_sign_in(db: None, client: Client, out: Path) -> None:
    for path in ("/overview/", "/files/x", "/me/", "/me/events/", "/me/data.json", "/people/", "/people/invite/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={path}")


def test_listed_files_open_and_nothing_else_does(people: People, out: Path) -> None:
    client = signed_in(people.obec)
    for name, content in ((quote("รายงาน.pdf"), b"%PDF"), ("workbooks/2567-2/school-1.xlsx", b"PK")):
        opened = client.get(f"/files/{name}")
        assert (opened.status_code, b"".join(opened.streaming_content)) == (200, content)
    for name in ("../secret.txt", "%2e%2e/secret.txt", ".hidden.txt", "workbooks", "none.pdf", "/etc/passwd"):
        assert client.get(f"/files/{name}").status_code in (301, 404)


def test_thai_by_default_whatever_the_browser_asks_and_english_by_switch(db: None, client: Client) -> None:
    asked = client.get("/", headers={"accept-language": "en"})
    assert 'lang="th"' in asked.content.decode()
    switched = client.post("/i18n/setlang/", {"language": "en", "next": "/"}, follow=True)
    assert "One district, one quality school" in switched.content.decode()
    assert switched.headers["Content-Language"] == "en"


def test_every_answer_carries_the_strict_headers(db: None, client: Client) -> None:
    for path in ("/", "/nowhere"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "private, no-cache"


def test_the_overview_takes_a_constant_number_of_queries_a_round(
    people: People, world: Mapping[str, Round], coloured: None, out: Path, django_assert_max_num_queries: object
) -> None:
    client = signed_in(people.provincial)
    client.get("/overview/")
    with django_assert_max_num_queries(5 + 3 * len(world)):  # type: ignore[operator]
        client.get("/overview/")


def test_a_page_that_is_not_there_says_so_in_words(db: None, client: Client) -> None:
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "ไม่พบหน้านี้" in page.content.decode()


def test_pages_go_out_compressed_for_who_asks(people: People) -> None:
    client, packed = Client(), {"Accept-Encoding": "gzip"}
    client.force_login(people.verifier, backend="allauth.account.auth_backends.AuthenticationBackend")
    page, plain = client.get("/overview/", headers=packed), client.get("/overview/")
    assert page["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page["Vary"]
    assert "กลุ่มสี" in gzip.decompress(page.content).decode()
    assert len(page.content) < len(plain.content) / 2
    assert not plain.has_header("Content-Encoding")
    assert not client.get("/me/data.json", headers=packed).has_header("Content-Encoding")
    assert not client.post("/overview/", headers=packed).has_header("Content-Encoding")


def test_a_form_from_an_expired_page_says_what_to_do(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": "x", "password": "x"})
    assert answer.status_code == 403
    assert "หน้านี้หมดอายุแล้ว" in answer.content.decode()


def test_too_much_text_is_answered_with_413_and_the_size(db: None, client: Client) -> None:
    answer = client.post("/accounts/login/", {"login": "x" * (2 * 1024 * 1024 + 1)})
    assert answer.status_code == 413
    assert "2 MB" in answer.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 410, 413, 429])
def test_every_error_has_its_page_even_without_a_database(status: int) -> None:
    class Away:
        @property
        def is_authenticated(self) -> bool:
            raise DatabaseError("gone")

    request = RequestFactory().get("/x/")
    request.user = Away()  # type: ignore[assignment]
    answer = errors.page(request, status)
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()
    assert "กลับหน้าเริ่มต้น" in answer.content.decode()


def test_a_fault_of_ours_asks_nothing_of_the_database() -> None:
    answer = errors.failed(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "ข้อมูลที่บันทึกแล้วยังอยู่ครบ" in answer.content.decode()
