"""What stands beside an indicator's levels: evidence and its thread. Nothing typed is lost, and one stays at one's place."""

from __future__ import annotations

import pytest
from tests.people import People
from tests.signing import signed_in

from khunnaphap.assessments.models import Assessment

CARD, LINK = "indicators/building-soundness/", "https://example.go.th/1"


@pytest.mark.parametrize(("side", "page"), [("", CARD), ("office", "verify/building-soundness/")])
def test_a_comment_that_is_too_long_comes_back_with_all_that_was_typed(
    people: People, assessment: Assessment, base: str, side: str, page: str
) -> None:
    client = signed_in(people.verifier if side else people.teacher)
    long = "ยาว" * 700
    answer = client.post(f"{base}{CARD}comment/?show=unanswered", {"text": long, "side": side})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert long in told
    assert "เกินที่รับได้ 2,000 ตัวอักษร" in told
    kept = client.post(f"{base}{CARD}comment/?show=unanswered", {"text": "สั้น", "side": side})
    assert kept["Location"] == f"{base}{page}?show=unanswered"


def test_forms_beside_the_card_come_back_to_their_place(people: People, assessment: Assessment, base: str) -> None:
    client = signed_in(people.teacher)
    client.post(f"{base}{CARD}evidence/", {"url": LINK})
    page = client.get(f"{base}{CARD}?show=unanswered").content.decode()
    piece = assessment.attachments.get().evidence.public_id
    for form in ("evidence/?show=unanswered#evidence", f"evidence/{piece}/?show=unanswered#evidence", "comment/?show=unanswered#thread"):  # fmt: skip
        assert f'action="{base}{CARD}{form}"' in page
    gone = client.post(f"{base}{CARD}evidence/{piece}/?show=unanswered")
    assert gone["Location"] == f"{base}{CARD}?show=unanswered"


@pytest.mark.parametrize("script", [True, False])
def test_what_is_attached_already_is_said_so(people: People, assessment: Assessment, base: str, script: bool) -> None:
    client, headers = signed_in(people.teacher), {"X-Upload": "1"} if script else {}
    assert client.post(f"{base}{CARD}evidence/", {"url": LINK}, headers=headers).status_code == 200 + 102 * (not script)
    again = client.post(f"{base}{CARD}evidence/", {"url": LINK}, headers=headers)
    assert again.status_code == 200
    assert f"“{LINK}” แนบไว้กับข้อนี้อยู่แล้ว" in again.content.decode()
    assert assessment.attachments.count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_a_refused_link_stays_in_its_field_beside_the_reason(
    people: People, assessment: Assessment, base: str, script: bool
) -> None:
    headers = {"X-Upload": "1"} if script else {}
    answer = signed_in(people.teacher).post(f"{base}{CARD}evidence/", {"url": "http://192.168.1.5/a"}, headers=headers)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "ผู้ตรวจสอบเปิดไม่ได้" in told
    assert script or 'value="http://192.168.1.5/a"' in told


@pytest.mark.parametrize("form", ["evidence/", "comment/"])
def test_the_address_of_a_form_that_came_back_leads_to_the_card_when_it_is_opened_again(
    people: People, assessment: Assessment, base: str, form: str
) -> None:
    """So does the switch of languages, which goes back to where one is."""
    assert (
        signed_in(people.teacher).get(f"{base}{CARD}{form}?show=returned")["Location"] == f"{base}{CARD}?show=returned"
    )
