"""Signing in: locked after wrong passwords, in words; nobody signs up; all of allauth's pages in Thai and in our look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.people import People
from tests.signing import signed_in

GOOD = "ดอกไม้ริมทาง-2567"
OPEN = ["login/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/1-bad-key/", "inactive/", "confirm-email/", "confirm-email/bad/", "password/reset/key/done/"]  # fmt: skip
OWN = ["logout/", "reauthenticate/", "email/", "password/change/", "password/set/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/recovery-codes/generate/", "sessions/", "2fa/reauthenticate/"]  # fmt: skip


@pytest.fixture(autouse=True)
def counts_from_zero(settings: object, tmp_path: Path) -> Iterator[None]:
    settings.CACHES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "cache"}
    }
    yield
    cache.clear()


@pytest.fixture
def head(people: People) -> People:
    people.head.set_password(GOOD)
    people.head.save()
    return people


def attempt(password: str, name: str = "head", client: Client | None = None) -> object:
    return (client or Client()).post("/accounts/login/", {"login": name, "password": password})


def test_a_person_signs_in_by_username_or_address_and_comes_to_the_work(head: People) -> None:
    for name in ("head", "HEAD", "head@example.org"):
        signed = attempt(GOOD, name)
        assert (signed.status_code, signed["Location"]) == (302, reverse("work"))  # type: ignore[attr-defined,index]


def test_cookies_are_for_the_browser_alone(head: People) -> None:
    client = Client()
    attempt(GOOD, client=client)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_five_wrong_passwords_lock_the_name_in_words_even_for_the_right_one(head: People) -> None:
    for _ in range(5):
        assert "ไม่ถูกต้อง" in attempt("ผิด").content.decode()  # type: ignore[attr-defined]
    locked = attempt(GOOD)
    assert locked.status_code == 200  # type: ignore[attr-defined]
    assert "พิมพ์รหัสผ่านผิดหลายครั้งเกินไป รอ 5 นาที" in locked.content.decode()  # type: ignore[attr-defined]


def test_too_many_requests_are_answered_with_a_page_of_ours(db: None, client: Client) -> None:
    for _ in range(21):
        answer = client.post("/accounts/password/reset/", {"email": "a@example.org"})
    assert answer.status_code == 429
    assert "ลองหลายครั้งเกินไป" in answer.content.decode()
    assert "<header" in answer.content.decode()


def test_nobody_signs_up_uninvited(db: None, client: Client) -> None:
    given = {"username": "x", "email": "x@example.org", "password1": GOOD, "password2": GOOD}
    for answer in (client.get("/accounts/signup/"), client.post("/accounts/signup/", given)):
        assert "ลิงก์เชิญเท่านั้น" in answer.content.decode()
    assert "สมัคร" not in client.get("/accounts/login/").content.decode()


def test_a_wrong_name_and_a_wrong_password_look_the_same(head: People) -> None:
    pages = [attempt("ผิด", name).content.decode() for name in ("head", "nowhere")]  # type: ignore[attr-defined]
    assert len({re.findall(r'class="errorlist[^>]*>.*?</ul>', page)[0] for page in pages}) == 1


def body_of(page: str) -> str:
    main = re.search(r"<main.*?</main>", page, re.DOTALL).group()  # type: ignore[union-attr]
    return re.sub(r"<(script|code|textarea)\b.*?</\1>|<[^>]+>", " ", main, flags=re.DOTALL)


def english_in(page: str) -> list[str]:
    return re.findall(r"\b[A-Za-z]{3,}\b(?:\s+[A-Za-z’']+)+", body_of(page))


@pytest.mark.parametrize("path", OPEN)
def test_pages_for_strangers_are_ours_and_thai(db: None, client: Client, path: str) -> None:
    answer = client.get(f"/accounts/{path}")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'class="bar"' in page
    assert page.count("<h1") == 1
    assert english_in(page) == []
    assert "style=" not in page


@pytest.mark.parametrize("path", OWN)
def test_pages_of_ones_account_are_ours_and_thai(head: People, client: Client, path: str) -> None:
    attempt(GOOD, client=client)
    if "reauthenticate" not in path:
        client.post("/accounts/reauthenticate/", {"password": GOOD})
    if path == "password/set/":
        head.head.set_unusable_password()
        head.head.save()
        client = signed_in(head.head)
    answer = client.get(f"/accounts/{path}", follow=True)
    assert answer.status_code == 200
    if "reauthenticate" not in path:
        assert not any("/reauthenticate/" in url for url, _ in answer.redirect_chain)
    assert re.findall(r"<label[^>]*>\s*[A-Za-z]+", answer.content.decode()) == []
    page = answer.content.decode()
    assert 'class="bar"' in page
    assert page.count("<h1") == 1
    assert english_in(page) == []
    assert "style=" not in page


def test_every_field_has_its_label_and_its_errors_are_tied_to_it(head: People, client: Client) -> None:
    attempt(GOOD, client=client)
    given = {"oldpassword": "ผิด", "password1": "123", "password2": "123"}
    page = client.post("/accounts/password/change/", given).content.decode()
    for name in re.findall(r'<input type="password"[^>]* id="([\w-]+)"', page):
        assert f'<label for="{name}"' in page
    assert "รหัสผ่านสั้นเกินไป" in page
    assert 'aria-invalid="true"' in page
    assert re.search(r'aria-describedby="[^"]*id_password1_error', page)


def test_reset_by_mail_in_thai(head: People, client: Client) -> None:
    from django.core import mail

    client.post("/accounts/password/reset/", {"email": "head@example.org"})
    sent = mail.outbox[0]
    assert "ตั้งรหัสผ่านใหม่" in sent.subject
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", sent.body).group(1)  # type: ignore[union-attr]
    form = client.get(link, follow=True)
    given = {"password1": GOOD + "2", "password2": GOOD + "2"}
    assert client.post(form.redirect_chain[-1][0], given).status_code == 302
    assert attempt(GOOD + "2").status_code == 302  # type: ignore[attr-defined]


def test_signing_out_stands_in_the_bar_and_empties_the_browsers_cache(head: People) -> None:
    client = signed_in(head.head)
    page = client.get("/help/")
    assert page["Cache-Control"] == "private, no-cache"
    assert 'action="/accounts/logout/"' in page.content.decode().split("</header>")[0]
    out = client.post("/accounts/logout/")
    assert (out.status_code, out["Clear-Site-Data"]) == (302, '"cache"')
    assert "sessionid" not in client.cookies or not client.cookies["sessionid"].value


def test_a_browser_fills_in_the_username_and_a_wrong_password_is_told_once(head: People) -> None:
    page = attempt("ผิดแน่นอนครับ").content.decode()  # type: ignore[attr-defined]
    assert 'autocomplete="username"' in page
    assert 'autocomplete="email"' not in page
    assert page.count("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง") == 1


def test_the_page_without_a_network_offers_nothing_that_needs_one(client: Client, db: None) -> None:
    page = client.get("/offline/").content.decode().split("<body")[1]
    assert "<form" not in page
    assert [link for link in re.findall(r'href="([^"]*)"', page) if link not in ("#main", "")] == []
