"""A save's own id: the same save again changes nothing, and a used id never stands in another act's way."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client
from tests.people import People
from tests.signing import signed_in

from khunnaphap.assessments.models import Answer, Assessment, Comment
from khunnaphap.assessments.pages.facts import asked_facts
from khunnaphap.audit.models import Event
from khunnaphap.core.framework import Framework

HTMX = {"HTTP_HX_REQUEST": "true"}
ONE = "building-soundness"


def level(client: Client, base: str, indicator: str, key: str, remark: str = "", version: str = "0") -> int:
    given = {"level": "4", "version": version, "remark": remark, "save": key}
    return client.post(f"{base}indicators/{indicator}/", given, **HTMX).status_code


def talk(client: Client, base: str, text: str, key: str) -> None:
    answer = client.post(f"{base}indicators/{ONE}/comment/", {"text": text, "save": key})
    assert answer.status_code == 302


def test_one_id_for_two_indicators_keeps_both(base: str, people: People, framework: Framework) -> None:
    key, client = str(uuid4()), signed_in(people.head)
    first, second = [one.id for one in framework.indicators if one.measure is None][:2]
    assert [level(client, base, one, key, f"เรื่อง {one}") for one in (first, second)] == [200, 200]
    assert Answer.objects.filter(self_level=4).count() == 2


def test_one_id_for_two_people_drops_nobodys_words(base: str, people: People) -> None:
    key = str(uuid4())
    assert level(signed_in(people.head), base, ONE, key, "ของ ผอ.") == 200
    assert level(signed_in(people.teacher), base, ONE, key, "ของครู") == 409
    assert Answer.objects.get().self_remark == "ของ ผอ."


def test_one_id_for_two_versions_of_an_answer_keeps_the_later_one(base: str, people: People) -> None:
    key, client = str(uuid4()), signed_in(people.head)
    assert [level(client, base, ONE, key, "หนึ่ง"), level(client, base, ONE, key, "สอง", "1")] == [200, 200]
    assert Answer.objects.get().self_remark == "สอง"


def test_one_id_for_an_answer_and_a_comment_keeps_both(base: str, people: People) -> None:
    key, client = str(uuid4()), signed_in(people.head)
    assert level(client, base, ONE, key) == 200
    talk(client, base, "ดูรูปด้วยครับ", key)
    assert (Answer.objects.count(), Comment.objects.count()) == (1, 1)


def test_a_comment_sent_twice_is_there_once_and_other_words_under_its_id_are_there_too(
    base: str, people: People
) -> None:
    key, client = str(uuid4()), signed_in(people.head)
    for text in ("หนึ่ง", "หนึ่ง", "สอง"):
        talk(client, base, text, key)
    talk(signed_in(people.verifier), base, "หนึ่ง", key)
    talk(client, base, "หนึ่ง", key)
    assert list(Comment.objects.values_list("by__username", "text")) == [
        ("head", "หนึ่ง"), ("head", "สอง"), ("verifier", "หนึ่ง"),
    ]  # fmt: skip


def test_an_event_of_a_comment_holds_no_word_of_it_and_the_history_shows_them(base: str, people: People) -> None:
    client = signed_in(people.head)
    talk(client, base, "หลังคาห้องสมุดรั่ว", str(uuid4()))
    assert "หลังคา" not in str(Event.objects.get(verb="comment").data)
    assert "หลังคาห้องสมุดรั่ว" in client.get(f"{base}history/").content.decode()


def test_facts_sent_again_after_another_device_changed_them_get_their_first_receipt(
    base: str, people: People, assessment: Assessment, framework: Framework
) -> None:
    fact = next(one.id for one in asked_facts(framework, assessment) if one.kind not in ("yes-no", "grade"))
    client, key = signed_in(people.head), str(uuid4())

    def save(value: str, seen: str, save: str) -> int:
        return client.post(f"{base}facts/", {fact: value, f"seen-{fact}": seen, "save": save}, **HTMX).status_code

    assert save("5", "", key) == 200  # the phone: kept, its receipt is lost
    assert save("7", "5", str(uuid4())) == 200  # the laptop, later
    assert save("5", "", key) == 200  # the phone again
    assessment.refresh_from_db()
    assert assessment.facts[fact] == "7"
    assert Event.objects.filter(verb="save_facts").count() == 2
    assert save("6", "7", key) == 200  # other words under the same id are another save
    assessment.refresh_from_db()
    assert assessment.facts[fact] == "6"


def test_one_id_for_facts_and_for_an_answer_keeps_both(
    base: str, people: People, assessment: Assessment, framework: Framework
) -> None:
    fact = next(one.id for one in asked_facts(framework, assessment) if one.kind not in ("yes-no", "grade"))
    client, key = signed_in(people.head), str(uuid4())
    assert level(client, base, ONE, key) == 200
    assert client.post(f"{base}facts/", {fact: "5", f"seen-{fact}": "", "save": key}, **HTMX).status_code == 200
    assessment.refresh_from_db()
    assert assessment.facts[fact] == "5"


def test_numbers_of_thousands_of_digits_are_refused_beside_their_fields(
    base: str, people: People, assessment: Assessment, framework: Framework
) -> None:
    long, client = "9" * 5000, signed_in(people.head)
    facts = {one.id: long for one in asked_facts(framework, assessment)}
    assert client.post(f"{base}facts/", facts).status_code == 422
    given = {"level": long, "version": "0"}
    assert client.post(f"{base}indicators/{ONE}/", given).status_code == 422
    assert client.post(f"{base}indicators/{ONE}/", {"level": "4", "version": long}).status_code in (409, 422)
