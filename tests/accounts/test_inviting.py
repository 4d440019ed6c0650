"""Invitations: a link that works once, for those who may give the role; roles end at the next request."""

from __future__ import annotations

import logging
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.people import JAEHOM, NAMES, People
from tests.signing import signed_in

from khunnaphap.accounts.actions import (
    Post,
    erase_person,
    invite,
    invite_first_administrator,
    revoke_appointment,
    revoke_invitation,
)
from khunnaphap.accounts.models import Appointment, Invitation, User
from khunnaphap.accounts.roles import ROLES
from khunnaphap.audit.models import Event
from khunnaphap.core.problems import Refusal
from khunnaphap.organisations.models import School

GOOD = "ดอกไม้ริมทาง-2567"


def school(code: str = JAEHOM) -> School:
    return School.objects.get(ministry_code=code)


def link_in(page: str) -> str:
    return re.search(r"/invitations/[\w-]+/", page).group()  # type: ignore[union-attr]


def token_for(people: People, role: str = "teacher", **more: str) -> str:
    return invite(post=Post(role, school()), name=more.get("name", ""), email=more.get("email", ""), by=people.head)[1]


def account(client: Client, **more: str) -> dict[str, str]:
    page = client.get("/invitations/").content.decode()
    username = re.search(r'name="username" value="(u\d{6})"', page).group(1)  # type: ignore[union-attr]
    return {"username": username, "name": "ดอกแก้ว งามดี", "email": "", "password1": GOOD, "password2": GOOD, **more}


def test_a_head_invites_a_teacher_who_makes_an_account_and_is_signed_in(people: People, client: Client) -> None:
    head = signed_in(people.head)
    given = {"place": school().pk, "name": "ดอกแก้ว งามดี", "email": "dk@example.org", "components": []}
    shown = head.post("/people/invite/?role=teacher", given)
    assert shown.status_code == 200
    link = link_in(shown.content.decode())
    assert link in mail.outbox[0].body
    assert mail.outbox[0].to == ["dk@example.org"]
    assert link not in head.get("/people/").content.decode()
    assert client.get(link)["Location"] == "/invitations/"
    page = client.get("/invitations/").content.decode()
    assert "ดอกแก้ว งามดี" in page
    assert "dk@example.org" in page
    joined = client.post("/invitations/", account(client, email="dk@example.org"))
    assert joined["Location"] == reverse("work")
    person = User.objects.get(email="dk@example.org")
    assert re.fullmatch(r"u\d{6}", person.username)
    assert [one.role for one in person.reach.held] == ["teacher"]
    assert client.get("/me/").status_code == 200
    assert UserSession.objects.filter(user=person).count() == 1
    assert "ยืนยัน" in mail.outbox[1].subject


def test_a_link_works_once_and_its_token_is_left_behind_at_once(people: People, client: Client) -> None:
    link = f"/invitations/{token_for(people)}/"
    opened = client.get(link)
    assert opened["Referrer-Policy"] == "no-referrer"
    assert client.post("/invitations/", account(client)).status_code == 302
    again = Client().get(link)
    assert again.status_code == 410
    assert again["Referrer-Policy"] == "no-referrer"
    assert "ขอลิงก์ใหม่" in again.content.decode()


@pytest.mark.parametrize("ended", ["wrong", "revoked", "expired"])
def test_a_link_that_no_longer_works_leads_to_one_honest_page(people: People, client: Client, ended: str) -> None:
    token = token_for(people)
    made = Invitation.objects.get()
    if ended == "revoked":
        revoke_invitation(invitation=made, by=people.head)
    if ended == "expired":
        Invitation.objects.update(expires_at=made.made_at)
    link = "/invitations/wrong/" if ended == "wrong" else f"/invitations/{token}/"
    assert client.get(link).status_code == 410
    assert client.get("/invitations/").status_code == 410


def test_an_invitation_that_ends_while_the_form_is_open_makes_nobody(people: People, client: Client) -> None:
    client.get(f"/invitations/{token_for(people)}/")
    given, before = account(client), User.objects.count()
    revoke_invitation(invitation=Invitation.objects.get(), by=people.head)
    assert client.post("/invitations/", given).status_code == 410
    assert User.objects.count() == before


def test_no_token_reaches_the_log_or_the_events(
    people: People, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    token = token_for(people, name="ชื่อลับ นามสกุลลับ", email="secret@example.org")
    with caplog.at_level(logging.DEBUG):
        client.get(f"/invitations/{token}/")
        client.get(f"/invitations/{token}x/")
        client.post("/invitations/", account(client))
    assert token not in caplog.text
    told = " ".join(f"{event} {event.data}" for event in Event.objects.all())
    assert not [word for word in (token, "ชื่อลับ", "secret@example.org") if word in told]


def test_tokens_are_taken_out_of_what_is_logged() -> None:
    from khunnaphap.config.logs import HideTokens

    record = logging.LogRecord("django", 40, "", 0, "Error: %s", ("/invitations/abc-DEF_1/",), None)
    HideTokens().filter(record)
    assert record.getMessage() == "Error: /invitations/…/"


def test_a_person_with_an_account_takes_the_role_into_it(people: People) -> None:
    token = token_for(people)
    client = signed_in(people.nobody)
    client.get(f"/invitations/{token}/")
    assert NAMES["nobody"] in client.get("/invitations/").content.decode()
    assert client.post("/invitations/").status_code == 302
    assert Appointment.objects.filter(person=people.nobody, role="teacher").count() == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"password2": "อื่น-อื่น-อื่น-อื่น"}, "รหัสผ่านสองช่องไม่ตรงกัน"),
        ({"password1": "12345678901", "password2": "12345678901"}, "รหัสผ่านมีแต่ตัวเลข"),
        ({"password1": "password123", "password2": "password123"}, "เดาง่าย"),
        ({"username": "HEAD"}, "มีผู้ใช้ชื่อนี้แล้ว"),
        ({"username": "มี เว้นวรรค"}, "ไม่มีเว้นวรรค"),
        ({"name": "  "}, "ข้อความในช่องนี้"),
    ],
)
def test_a_new_account_is_refused_in_words(people: People, client: Client, changed: dict, told: str) -> None:
    client.get(f"/invitations/{token_for(people)}/")
    page = client.post("/invitations/", account(client, **changed)).content.decode()
    assert told in page
    assert NAMES["nobody"] not in page
    assert not User.objects.filter(first_name="ดอกแก้ว").exists()


ROLES_GIVEN = {
    "teacher": set(), "head": {"teacher"}, "verifier": {"head"}, "director": {"head", "verifier"}, "provincial": set(),
    "inspector": set(), "obec": set(), "administrator": set(ROLES), "nobody": set(),
}  # fmt: skip


@pytest.mark.parametrize("who", ROLES_GIVEN)
@pytest.mark.parametrize("role", ROLES)
def test_only_the_table_says_who_invites_into_which_role(people: People, who: str, role: str) -> None:
    client = signed_in(getattr(people, who))
    assert client.get(f"/people/invite/?role={role}").status_code == (200 if role in ROLES_GIVEN[who] else 403)


def test_nobody_invites_into_a_place_outside_their_reach(people: People) -> None:
    for who, role, place in (
        (people.head, "teacher", school("1052500197").pk),
        (people.other_verifier, "head", school().pk),
        (people.director, "verifier", school("1052990001").office_id),
        (people.head, "teacher", "x"),
    ):
        page = signed_in(who).post(f"/people/invite/?role={role}", {"place": place, "name": "ก"})
        assert page.status_code == 422
        assert "ยังไม่ได้เชิญ" in page.content.decode()
    assert not Invitation.objects.exists()


def test_a_revoked_role_ends_at_the_next_request(people: People) -> None:
    head, held = signed_in(people.head), people.head.appointments.get()
    address = f"/schools/{JAEHOM}/teachers/"
    assert head.get(address).status_code == 200
    assert signed_in(people.verifier).post(f"/people/roles/{held.pk}/end/").status_code == 302
    assert head.get(address).status_code == 404


def test_ending_a_role_asks_first_and_is_for_those_who_may_give_it(people: People) -> None:
    held = people.teacher.appointments.get()
    address = f"/people/roles/{held.pk}/end/"
    assert "ยืนยัน" in signed_in(people.head).get(address).content.decode()
    held.refresh_from_db()
    assert held.revoked_at is None
    for who, status in (
        (people.teacher, 403), (people.verifier, 403), (people.other_head, 404), (people.obec, 404), (people.nobody, 404),
        (people.inspector, 404), (people.provincial, 404), (people.director, 403), (people.head, 302),
    ):  # fmt: skip
        assert signed_in(who).post(address).status_code == status, who
    assert signed_in(people.head).get(address).status_code == 404


def test_the_last_administrator_stays(people: People) -> None:
    held = people.administrator.appointments.get()
    answer = signed_in(people.administrator).post(f"/people/roles/{held.pk}/end/")
    assert answer.status_code == 409
    assert "คนสุดท้าย" in answer.content.decode()


def test_people_are_shown_within_reach_in_a_constant_number_of_queries(
    people: People, django_assert_max_num_queries: object
) -> None:
    seen = signed_in(people.head).get("/people/").content.decode()
    assert NAMES["teacher"] in seen
    assert NAMES["other_head"] not in seen
    everybody = signed_in(people.administrator)
    assert NAMES["other_head"] in everybody.get("/people/").content.decode()
    found = everybody.get("/people/?q=other_head").content.decode()
    assert NAMES["teacher"] not in found
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        everybody.get("/people/")
    for who in ("teacher", "obec", "inspector", "provincial", "nobody"):
        assert signed_in(getattr(people, who)).get("/people/").status_code == 403


def test_an_invitation_is_cancelled_by_its_maker_or_the_administrator_only(people: People) -> None:
    token_for(people)
    address = f"/people/invitations/{Invitation.objects.get().pk}/cancel/"
    for who, status in ((people.verifier, 404), (people.nobody, 404), (people.head, 302), (people.administrator, 404)):
        assert signed_in(who).post(address).status_code == status
    assert signed_in(people.head).get(address).status_code == 405


def test_a_head_says_which_components_a_teacher_answers(people: People) -> None:
    address, held = f"/schools/{JAEHOM}/teachers/", people.teacher.appointments.get()
    head = signed_in(people.head)
    page = head.get(address).content.decode()
    key = re.search(r'name="components" value="([\w-]+)"', page).group(1)  # type: ignore[union-attr]
    assert head.post(address, {"teacher": held.pk, "components": [key]}).status_code == 302
    held.refresh_from_db()
    assert held.components == [key]
    assert head.post(address, {"teacher": people.head.appointments.get().pk}).status_code == 404
    assert head.post(address, {"teacher": "x"}).status_code == 404
    for who, status in (
        (people.teacher, 403), (people.verifier, 403), (people.other_head, 404), (people.nobody, 404),
        (people.administrator, 200), (people.obec, 403),
    ):  # fmt: skip
        assert signed_in(who).get(address).status_code == status, who


def test_an_erased_person_leaves_nothing_but_the_username(people: People) -> None:
    person = people.teacher
    person.set_password(GOOD)
    person.save()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    EmailAddress.objects.create(user=person, email="teacher@example.org", primary=True)
    theirs, administrator = signed_in(person), signed_in(people.administrator)
    address = f"/people/{person.username}/erase/"
    assert "เรียกคืนไม่ได้" in administrator.get(address).content.decode()
    assert administrator.post(address).status_code == 302
    person.refresh_from_db()
    assert (person.get_full_name(), person.email, person.is_active) == ("ผู้ใช้ที่ลบข้อมูลแล้ว", "", False)
    assert not Authenticator.objects.filter(user=person).exists()
    assert not EmailAddress.objects.filter(user=person).exists()
    assert not person.appointments.filter(revoked_at=None).exists()
    assert theirs.get("/me/").status_code == 302
    refused = Client().post("/accounts/login/", {"login": person.username, "password": GOOD})
    assert refused.status_code == 200
    assert Event.objects.filter(verb="erase_person", subject="user:teacher").count() == 1


def test_only_the_administrator_erases_and_not_themselves_or_the_system(people: People) -> None:
    for who in ("head", "verifier", "director", "obec", "nobody", "teacher"):
        assert signed_in(getattr(people, who)).post("/people/teacher/erase/").status_code == 403
    administrator = signed_in(people.administrator)
    assert administrator.post("/people/administrator/erase/").status_code == 409
    assert administrator.post("/people/system/erase/").status_code == 404
    with pytest.raises(Refusal):
        erase_person(person=User.objects.get(is_system=True), by=people.administrator)


def test_an_inactive_person_is_out_at_the_next_request_and_cannot_sign_in(people: People) -> None:
    person = people.head
    person.set_password(GOOD)
    person.save()
    client = signed_in(person)
    assert client.get("/me/").status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/me/").status_code == 302
    assert "_auth_user_id" not in Client().post("/accounts/login/", {"login": "head", "password": GOOD}).wsgi_request.session  # fmt: skip


def test_what_is_kept_about_me_is_shown_and_can_be_taken_along(people: People) -> None:
    client = signed_in(people.head)
    page = client.get("/me/").content.decode()
    assert "ผู้อำนวยการโรงเรียน" in page
    assert "head@example.org" in page
    kept = client.get("/me/data.json")
    assert kept["Content-Disposition"].startswith("attachment")
    data = kept.json()
    assert data["roles"][0]["place"] == "อนุบาลแจ้ห่ม"
    assert {"make_person", "appoint"} <= {event["verb"] for event in data["events"]}
    assert "แต่งตั้ง" in client.get("/me/events/").content.decode()


def test_the_first_administrator_comes_by_a_link_and_again_only_when_asked(actor: User, client: Client) -> None:
    first = invite_first_administrator(by=actor)
    second = invite_first_administrator(by=actor)
    assert client.get(f"/invitations/{first}/").status_code == 410
    client.get(f"/invitations/{second}/")
    assert client.post("/invitations/", account(client)).status_code == 302
    with pytest.raises(Refusal, match="มีผู้ดูแลระบบแล้ว"):
        invite_first_administrator(by=actor)
    assert invite_first_administrator(by=actor, again=True)


def test_roles_with_a_later_start_or_a_past_end_hold_no_more(people: People) -> None:
    held = people.head.appointments.get()
    revoke_appointment(appointment=held, by=people.administrator)
    revoke_appointment(appointment=held, by=people.administrator)
    assert Event.objects.filter(verb="revoke_appointment").count() == 1
    next_year = timezone.localdate().year + 544
    given = {"place": school().pk, "name": "ก", "starts": f"9/8/{next_year}", "ends": f"8/8/{next_year}"}
    page = signed_in(people.verifier).post("/people/invite/?role=head", given).content.decode()
    assert "วันสิ้นสุดอยู่ก่อนวันเริ่มต้น" in page
    given |= {"starts": f"32/8/{next_year}", "ends": ""}
    assert "ไม่มีในปฏิทิน" in signed_in(people.verifier).post("/people/invite/?role=head", given).content.decode()
