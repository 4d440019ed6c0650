"""The start page: colours with their numbers, files that are listed and no others, in Thai unless switched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from tests.reporting.test_report import JAEHOM, LAMPHUN, verify


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


def test_colours_stand_with_their_numbers_and_marks(
    world: Mapping[str, Round], actor: User, client: Client, out: Path
) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    verify(world["2567/2"], LAMPHUN, 5, actor)
    page = client.get("/").content.decode()
    assert "รอบ 2567/2" in page
    assert "รอบ 2567/1" not in page
    assert 'aria-label="ม่วง 1 ฟ้า 1 "' in page
    assert "จัดกลุ่มแล้ว 2 จาก 33 โรงเรียน" in page
    assert "ข้อมูลสมมุติ" in page
    assert "ตัวอย่าง รอยืนยันจาก สพฐ." in page


def test_an_empty_record_says_what_to_do_next(db: None, client: Client, out: Path) -> None:
    assert "khunnaphap import" in client.get("/").content.decode()


def test_listed_files_open_and_nothing_else_does(db: None, client: Client, out: Path) -> None:
    for name, content in ((quote("รายงาน.pdf"), b"%PDF"), ("workbooks/2567-2/school-1.xlsx", b"PK")):
        opened = client.get(f"/files/{name}")
        assert (opened.status_code, b"".join(opened.streaming_content)) == (200, content)
        opened.close()
    for name in ("../secret.txt", "%2e%2e/secret.txt", ".hidden.txt", "workbooks", "none.pdf", "/etc/passwd"):
        assert client.get(f"/files/{name}").status_code in (301, 404)


def test_thai_by_default_whatever_the_browser_asks_and_english_by_switch(db: None, client: Client, out: Path) -> None:
    asked = client.get("/", headers={"accept-language": "en"})
    assert 'lang="th"' in asked.content.decode()
    switched = client.post("/i18n/setlang/", {"language": "en", "next": "/"}, follow=True)
    assert "One district, one quality school" in switched.content.decode()
    assert switched.headers["Content-Language"] == "en"


def test_every_answer_carries_the_strict_headers(db: None, client: Client, out: Path) -> None:
    for path in ("/", "/nowhere"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"


def test_a_page_that_is_not_there_says_so_in_words(db: None, client: Client) -> None:
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "ไม่พบหน้านี้" in page.content.decode()


def test_the_page_takes_a_constant_number_of_queries_a_round(
    world: Mapping[str, Round], actor: User, client: Client, out: Path, django_assert_num_queries: object
) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    client.get("/")
    with django_assert_num_queries(1 + 3 * len(world)):  # type: ignore[operator]
        client.get("/")
