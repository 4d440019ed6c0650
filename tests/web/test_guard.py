"""NUL stands in no address and no text: it is turned away in words, before any page reads it."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from khunnaphap.assessments.models import Assessment, Attachment, Comment
from tests.people import People
from tests.signing import signed_in

HERE = {"origin": "http://localhost", "host": "localhost"}


@pytest.mark.parametrize(
    "url", ["/schools/1%00/colours/", "/people/?q=a%00b", "/people/a%00/erase/", "/?%00=1", "/%00"]
)
def test_an_address_with_nul_is_a_bad_request_in_words(url: str, people: People) -> None:
    answer = signed_in(people.administrator).get(url)
    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()
    assert answer["Content-Security-Policy"]


def test_a_cookie_with_nul_is_thrown_away_so_that_the_next_page_opens(people: People) -> None:
    answer = Client().get("/work/", HTTP_COOKIE='sessionid="a\\000b"; other=1')
    assert answer.status_code == 400
    assert list(answer.cookies) == ["sessionid"]
    assert answer.cookies["sessionid"]["max-age"] == 0


def test_a_text_with_nul_comes_back_without_it_and_is_sent_again(
    people: People, assessment: Assessment, base: str
) -> None:
    client, url = signed_in(people.head), f"{base}indicators/building-soundness/comment/"
    answer = client.post(url, {"text": "รั้ว\x00พังแล้ว", "save": str(uuid4())}, headers=HERE)
    assert answer.status_code == 422
    form = answer.content.decode().split("<main", 1)[1].split("</form>")[0]
    held = {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}
    assert "U+0000" in form
    assert held["text"] == "รั้วพังแล้ว"
    assert client.post(url, held, headers=HERE).status_code == 302
    assert Comment.objects.get().text == "รั้วพังแล้ว"


def test_a_script_is_told_beside_the_field(people: People, base: str) -> None:
    given = {"level": "3", "version": "0", "remark": "ก\x00"}
    answer = signed_in(people.head).post(f"{base}indicators/building-soundness/", given, headers={"HX-Request": "true"})
    assert (answer.status_code, "U+0000" in answer.content.decode()) == (422, True)


def test_a_password_with_nul_is_not_shown_again() -> None:
    answer = Client().post("/accounts/login/", {"login": "a", "password": "secret\x00"}, headers=HERE)
    assert (answer.status_code, "secret" in answer.content.decode()) == (400, False)


@pytest.mark.parametrize("name", ["ก" * 5000 + ".jpg", "../../a.jpg", "%s.jpg", "\u202egpj.exe"])
def test_a_file_of_any_name_is_answered_in_words(name: str, people: People, base: str) -> None:
    file = SimpleUploadedFile(name, b"nothing that anybody keeps")
    answer = signed_in(people.head).post(f"{base}indicators/building-soundness/evidence/", {"files": file})
    assert answer.status_code == 422
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("header", ["referer", "origin"])
def test_a_header_that_is_no_address_keeps_nobody_from_signing_in_again(
    header: str, open_round: object, base: str
) -> None:
    answer = Client().post(f"{base}hand-in/", {"q": "ก"}, headers={header: "http://["})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
