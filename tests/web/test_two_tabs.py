"""Who works in two tabs is called "you"; what was typed for a state that is over is not lost."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client

from khunnaphap.assessments.models import Assessment
from tests.people import NAMES, People
from tests.signing import signed_in

HERE = {"origin": "http://localhost", "host": "localhost"}


def save(client: Client, base: str, remark: str) -> str:
    given = {"level": "4", "version": "0", "remark": remark, "save": str(uuid4())}
    answer = client.post(f"{base}indicators/building-soundness/", given, headers={"HX-Request": "true"})
    return str(answer.content.decode())


def test_two_tabs_of_one_person_are_told_as_that_person(base: str, people: People) -> None:
    client = signed_in(people.head)
    save(client, base, "แท็บหนึ่ง")
    told = save(client, base, "แท็บสอง")
    assert "ท่านแก้คำตอบข้อนี้จากอีกแท็บ" in told
    assert "ผู้อื่น" not in told
    assert NAMES["head"] not in told
    assert ("แท็บหนึ่ง" in told, "แท็บสอง" in told) == (True, True)


def test_another_person_is_named(base: str, people: People) -> None:
    save(signed_in(people.teacher), base, "ของครู")
    told = save(signed_in(people.head), base, "ของ ผอ.")
    assert "มีผู้อื่นแก้คำตอบข้อนี้" in told
    assert NAMES["teacher"] in told


def test_what_was_typed_for_a_state_that_is_over_is_shown_to_be_copied(
    base: str, people: People, assessment: Assessment
) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(state="in_verification")
    given = {"level": "4", "version": "0", "remark": "หลังคารั่วสองห้อง", "save": str(uuid4())}
    client, url = signed_in(people.head, enforce_csrf_checks=True), f"{base}indicators/building-soundness/"
    held = client.post(url, given, headers=HERE)  # the cookie is lost
    assert (held.status_code, "หลังคารั่วสองห้อง" in held.content.decode()) == (403, True)
    token = client.cookies["csrftoken"].value
    answer = client.post(url, {**given, "csrfmiddlewaretoken": token}, headers=HERE)
    page = answer.content.decode()
    assert (answer.status_code, "คัดลอกเก็บไว้ได้" in page, "หลังคารั่วสองห้อง" in page) == (409, True, True)
