"""What a person does to their own account: one transaction, one event, and never a mail that is only claimed."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from khunnaphap.accounts.actions import Post, appoint, make_person
from khunnaphap.accounts.models import Invitation, User
from khunnaphap.audit.models import Event
from khunnaphap.organisations.models import School
from tests.people import JAEHOM, People
from tests.signing import signed_in
from tests.web.offered import form_with
from tests.web.test_signing_in import GOOD, attempt, counts_from_zero, head  # noqa: F401

NEW = GOOD + "-ใหม่"
FILES = "django.core.mail.backends.filebased.EmailBackend"


def verbs(before: int = 0) -> list[str]:
    return list(Event.objects.filter(number__gt=before).order_by("number").values_list("verb", flat=True))


def last() -> int:
    return Event.objects.order_by("-number").values_list("number", flat=True)[0]


@pytest.fixture
def client(head: People) -> Client:  # noqa: F811
    client = Client()
    attempt(GOOD, client=client)
    client.post("/accounts/reauthenticate/", {"password": GOOD})
    return client


@pytest.fixture
def unmailed(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, str(tmp_path / "mail")
    return None


def test_signing_in_and_out_are_an_event_each_and_the_moment_is_kept(head: People) -> None:  # noqa: F811
    before, client = last(), Client()
    attempt(GOOD, client=client)
    client.post("/accounts/logout/")
    assert verbs(before) == ["sign_in", "sign_out"]
    assert User.objects.get(username="head").last_login is not None


def test_a_wrong_password_leaves_no_event(head: People) -> None:  # noqa: F811
    before = last()
    attempt("ผิด")
    assert verbs(before) == []


def test_joining_signs_in_with_one_event_of_its_own(people: People, client: Client) -> None:
    from khunnaphap.accounts.actions import invite

    school = School.objects.get(ministry_code=JAEHOM)
    token = invite(post=Post("teacher", school), name="ก ข", email="k@example.org", by=people.head)[1]
    before, new = last(), Client()
    form = form_with(new.get(f"/invitations/{token}/", follow=True).content.decode(), "password1")
    assert new.post("/invitations/", form.filled()).status_code == 302
    assert verbs(before) == ["make_person", "accept_invitation", "sign_in"]


ACTS: dict[str, tuple[str, dict[str, str], list[str]]] = {
    "a password changed": (
        "password/change/", {"oldpassword": GOOD, "password1": NEW, "password2": NEW}, ["change_password"]
    ),
    "an address": ("email/", {"email": "new@example.org", "action_add": ""}, ["add_address"]),
    "recovery codes without a second step": ("2fa/recovery-codes/generate/", {}, []),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_ones_account_leaves_one_event_that_holds_no_secret(client: Client, act: str) -> None:
    path, data, told = ACTS[act]
    before = last()
    assert client.post(f"/accounts/{path}", data).status_code in (200, 302)
    assert verbs(before) == told
    assert "example.org" not in str(list(Event.objects.filter(number__gt=before).values_list("data", flat=True)))


def test_an_act_whose_event_cannot_be_written_does_not_happen(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(**_: object) -> None:
        raise RuntimeError("no event")

    monkeypatch.setattr("khunnaphap.web.account_acts.note_on_account", fault)
    client.raise_request_exception = False
    data = {"oldpassword": GOOD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", data).status_code == 500
    assert User.objects.get(username="head").check_password(GOOD)


def test_an_address_is_confirmed_with_one_event(client: Client) -> None:
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    sent = next(one for one in mail.outbox if one.to == ["new@example.org"])
    link = re.search(r"(/accounts/confirm-email/[^/\s]+/)", sent.body).group(1)  # type: ignore[union-attr]
    before = last()
    assert client.post(link).status_code == 302
    assert verbs(before) == ["confirm_address"]
    assert User.objects.get(username="head").email == "new@example.org"


def test_other_devices_signed_out_are_one_event(client: Client) -> None:
    other = Client()
    attempt(GOOD, client=other)
    before = last()
    assert client.post("/accounts/sessions/").status_code == 302
    assert verbs(before) == ["end_sessions"]
    assert other.get("/me/").status_code == 302


def test_wrong_passwords_from_one_address_lock_nobody_out_elsewhere(head: People) -> None:  # noqa: F811
    for _ in range(8):
        attempt("ผิด", client=Client(REMOTE_ADDR="203.0.113.9"))
    assert "รอ 5 นาที" in attempt(GOOD, client=Client(REMOTE_ADDR="203.0.113.9")).content.decode()  # type: ignore[attr-defined]
    assert attempt(GOOD, client=Client(REMOTE_ADDR="198.51.100.7")).status_code == 302  # type: ignore[attr-defined]


def test_a_reset_for_an_unknown_address_leads_to_no_page_that_is_closed(people: People) -> None:
    known = Client().post("/accounts/password/reset/", {"email": "head@example.org"})
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody-at-all@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    told = next(one.body for one in mail.outbox if one.to == ["nobody-at-all@example.org"])
    assert "signup" not in told
    assert "ผู้ที่เชิญท่าน" in told


def test_a_mail_server_that_is_away_is_told_and_nothing_is_lost(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    answer = client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""}, follow=True)
    assert answer.status_code == 200
    assert "ส่งอีเมลไม่สำเร็จ" in answer.content.decode()
    assert EmailAddress.objects.filter(email="new@example.org").exists()


def test_without_a_mail_server_nothing_says_sent(client: Client, people: People, unmailed: None) -> None:
    for url in ("/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/confirm-email/"):
        page = Client().get(url).content.decode()
        assert "ยังไม่ได้ตั้งค่าการส่งอีเมล" in page
        assert "ส่งลิงก์" not in page.replace("ขอลิงก์", "")
    page = client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""}, follow=True).content.decode()
    assert "จึงยังยืนยันอีเมลไม่ได้" in page
    given = {"place": School.objects.get(ministry_code=JAEHOM).pk, "name": "ก", "email": "k@example.org"}
    page = client.post("/people/invite/?role=teacher", given).content.decode()
    assert "คัดลอกลิงก์ด้านล่างไปส่งเอง" in page
    assert "แล้ว</p>" not in page.split("<main")[1].split("link-label")[0]
    assert re.search(r"/invitations/[\w-]+/", page)
    assert "KHUNNAPHAP_MAIL" in signed_in(people.administrator).get("/people/").content.decode()


@pytest.fixture
def plain(people: People) -> User:
    """A teacher of อนุบาลแจ้ห่ม without an address, with a second step."""
    person = make_person(username="u111111", name="จันทร์ งามดี", email="", password=GOOD, by=people.administrator)
    post = Post("teacher", School.objects.get(ministry_code=JAEHOM))
    appoint(person=person, post=post, by=people.administrator)
    return person


def test_a_link_for_a_new_password_works_once_is_logged_and_told_and_leaves_the_second_step(
    plain: User, people: People, head: People  # noqa: F811
) -> None:  # fmt: skip
    secret = TOTP.activate(plain, "JBSWY3DPEHPK3PXP").instance.pk
    giver = signed_in(people.head)
    assert "/people/u111111/reset-link/" in giver.get("/people/").content.decode()
    before = last()
    page = giver.post("/people/u111111/reset-link/").content.decode()
    assert verbs(before) == ["give_reset_link"]
    link = re.search(r"(/accounts/password/reset/key/[^<\s]+)", page).group(1)  # type: ignore[union-attr]
    owner = Client()
    form = owner.get(link, follow=True)
    assert owner.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW}).status_code == 302
    assert "password1" not in Client().get(link, follow=True).content.decode()
    assert Authenticator.objects.filter(pk=secret).exists()
    step = attempt(NEW, "u111111", owner)
    assert "/2fa/" in step["Location"]  # type: ignore[index]
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", next(iter(yield_hotp_counters_from_time()))))
    owner.post(step["Location"], {"code": code})  # type: ignore[index]
    assert "สร้างลิงก์ตั้งรหัสผ่านใหม่ของบัญชีท่าน" in owner.get("/work/").content.decode()
    owner.post("/accounts/logout/")
    assert verbs(before) == ["give_reset_link", "reset_password", "sign_in", "sign_out"]


def test_only_who_may_give_all_of_a_persons_roles_makes_such_a_link(plain: User, people: People) -> None:
    url = "/people/u111111/reset-link/"
    for who, status in (
        ("head", 200),
        ("administrator", 200),
        ("verifier", 404),
        ("other_head", 404),
        ("teacher", 404),
    ):
        assert signed_in(people.by[who]).get(url).status_code in (status, 403 if status == 404 else status), who
    appoint(person=plain, post=Post("obec"), by=people.administrator)
    assert signed_in(people.head).post(url).status_code == 403
    assert signed_in(people.administrator).post(url).status_code == 200


def test_who_has_an_address_is_reset_by_mail_alone_unless_no_mail_leaves(people: People, settings: Any) -> None:
    giver = signed_in(people.head)
    assert giver.post("/people/teacher/reset-link/").status_code == 403
    settings.EMAIL_BACKEND = FILES
    assert giver.post("/people/teacher/reset-link/").status_code == 200
    assert signed_in(people.administrator).post("/people/administrator/reset-link/").status_code == 403


def test_pages_with_a_token_send_no_referrer_and_all_others_the_same_origin(client: Client, people: People) -> None:
    tokens = ("/invitations/x/", "/accounts/password/reset/key/1-bad/", "/accounts/confirm-email/bad/")
    for url in tokens:
        assert Client().get(url)["Referrer-Policy"] == "no-referrer", url
    for url in ("/", "/work/", "/accounts/login/", "/nowhere/", "/people/", "/me/data.json", "/static/none"):
        assert client.get(url)["Referrer-Policy"] == "same-origin", url
    assert Invitation.objects.count() == 0
