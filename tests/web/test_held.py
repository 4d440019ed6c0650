"""What a form sent that could not be taken: nothing typed is lost by an ended session or an expired page."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from khunnaphap.assessments.models import Comment, Round
from tests.people import People
from tests.signing import signed_in

HERE = {"origin": "http://localhost", "host": "localhost"}
TEXT = "ห้องสมุดปิดซ่อม <b>เดือนหน้า</b>\nจะส่งรูปให้"


@pytest.fixture
def url(base: str) -> str:
    return f"{base}indicators/building-soundness/comment/"


def fields(answer: HttpResponse) -> dict[str, str]:
    """What the page's form would send."""
    form = answer.content.decode().split("<main", 1)[1].split("</form>")[0]
    return {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}


def test_what_was_typed_when_the_session_ended_is_sent_again_after_signing_in(
    people: People, open_round: Round, url: str
) -> None:
    stranger = Client(enforce_csrf_checks=True)
    stranger.get("/accounts/login/")
    token = stranger.cookies["csrftoken"].value
    answer = stranger.post(url, {"text": TEXT, "csrfmiddlewaretoken": token}, headers=HERE)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "หมดเวลาใช้งานขณะที่ท่านกรอก" in page
    assert "ห้องสมุดปิดซ่อม &lt;b&gt;เดือนหน้า&lt;/b&gt;<br>จะส่งรูปให้" in page
    kept = fields(answer)
    assert kept.pop("csrfmiddlewaretoken")
    assert kept == {"text": TEXT}

    head = signed_in(people.head, enforce_csrf_checks=True)  # in another tab: the page's token is another one now
    again = head.post(url, {**kept, "csrfmiddlewaretoken": token}, headers=HERE)
    assert again.status_code == 403
    assert "หน้าที่ท่านกรอกหมดอายุแล้ว" in again.content.decode()
    assert not Comment.objects.exists()
    assert head.post(url, fields(again), headers=HERE).status_code == 302
    assert Comment.objects.get().text == TEXT


def test_a_form_from_elsewhere_is_never_offered_again(people: People, open_round: Round, url: str) -> None:
    head = signed_in(people.head, enforce_csrf_checks=True)
    for origin in ("http://evil.example", "null"):
        answer = head.post(url, {"text": TEXT}, headers={**HERE, "origin": origin})
        assert answer.status_code == 403
        assert "ห้องสมุดปิดซ่อม" not in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_password_is_never_written_into_a_page(people: People, open_round: Round) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": "teacher", "password": "ลับมาก ลับจริง"}, headers=HERE)
    assert answer.status_code == 403
    assert "ลับมาก" not in answer.content.decode()


def test_a_mere_button_and_a_script_are_led_to_sign_in(people: People, open_round: Round, base: str, url: str) -> None:
    stranger = Client()
    button = stranger.post(f"{base}hand-in/", headers={**HERE, "referer": f"http://localhost{base}check/"})
    assert (button.status_code, button["Location"]) == (302, f"/accounts/login/?next={base}check/")
    for more in ({"HX-Request": "true"}, {"X-Upload": "1"}):
        assert stranger.post(url, {"text": TEXT}, headers={**HERE, **more}).status_code == 302


def test_an_address_of_a_button_says_so_when_it_is_opened(people: People, open_round: Round, base: str) -> None:
    answer = signed_in(people.head).get(f"{base}hand-in/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "เปิดหน้านี้โดยตรงไม่ได้" in answer.content.decode()
