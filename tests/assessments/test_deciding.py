"""Decisions with a reason, as their pages take them: what is refused stands beside the form, and all that was typed stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.people import JAEHOM, People
from tests.signing import signed_in

from khunnaphap.assessments.actions import (
    approve,
    extend,
    judge,
    override_colour,
    record_self,
    record_verification,
    send_back,
)
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.one_answer import Given, window_of
from khunnaphap.audit.models import Event
from khunnaphap.core import rounds
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.core.problems import Refusal
from khunnaphap.core.thai.dates import long_date
from khunnaphap.web.templatetags.thai import be_deadline, be_moment

BUILDINGS, AREAS = "building-soundness", "activity-areas"
LATER = {"until_day": f"{timezone.localdate() + timedelta(days=300)}", "until_time": "16.30"}
OVER = {"until_day": "1/1/2560", "until_time": "16.30"}


@pytest.fixture
def assessment(open_round: Round, people: People, framework: Framework) -> Assessment:
    """A school that has handed in, blue by its own word."""
    found = open_round.assessments.get(school__ministry_code=JAEHOM)
    entries = {one.id: Entry(4, "ตามจริง") for one in framework.indicators}
    record_self(assessment=found, entries=entries, facts={}, by=people.head)
    found.refresh_from_db()
    return found


@pytest.fixture
def base(assessment: Assessment) -> str:
    return f"/rounds/{assessment.round.year}-{assessment.round.number}/schools/{JAEHOM}/"


@pytest.fixture
def director(people: People) -> Client:
    return signed_in(people.director)


def approved(assessment: Assessment, people: People, framework: Framework) -> None:
    entries = {one.id: Entry(4, "ตามจริง") for one in framework.indicators}
    record_verification(assessment=assessment, entries=entries, by=people.verifier)
    approve(assessment=assessment, by=people.director)


def refused(client: Client, url: str, data: Mapping[str, object], status: int = 409) -> str:
    answer = client.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == status, page[-2000:]
    assert "<form method" in page
    return page


def beside(page: str, name: str) -> str:
    """What stands in the box of a field."""
    found = re.search(
        rf'<div class="field" id="field-{name}">.*?(?=<div class="field"|<p class="(row|foot)")', page, re.DOTALL
    )
    assert found, name
    return found[0]


def test_a_day_that_is_over_is_told_beside_the_day_and_the_reason_stays(
    director: Client, base: str, assessment: Assessment, people: People, framework: Framework
) -> None:
    page = refused(director, f"{base}send-back/", {**OVER, f"send-{AREAS}": "on", f"reason-{AREAS}": "ขอรูปล่าสุด"})
    assert "กำหนดส่งใหม่ผ่านไปแล้ว" in beside(page, "until")
    assert "ขอรูปล่าสุด" in page
    assert re.search(rf'name="send-{AREAS}"[^>]* checked', page)
    approved(assessment, people, framework)
    page = refused(director, f"{base}unlock/", {**OVER, "reason": "ตามมติ", "indicators": [BUILDINGS]})
    assert "กำหนดส่งใหม่ผ่านไปแล้ว" in beside(page, "until")
    assert "ตามมติ" in page
    assert re.search(rf'value="{BUILDINGS}"[^>]* checked', page)


def test_a_later_deadline_that_is_over_is_told_beside_the_day(director: Client, base: str) -> None:
    page = refused(director, f"{base}extend/", {**OVER, "reason": "น้ำท่วม"})
    assert "กำหนดใหม่ผ่านไปแล้ว" in beside(page, "until")
    assert "น้ำท่วม" in page


def test_what_the_state_forbids_stands_above_the_form_with_all_that_was_typed(director: Client, base: str) -> None:
    page = refused(director, f"{base}unlock/", {**LATER, "reason": "ตามมติ", "indicators": [BUILDINGS]})
    assert 'role="alert"' in page
    assert "ยังไม่ได้ปลดล็อก" in page
    assert "ตามมติ" in page


def test_an_empty_hand_in_of_a_form_is_an_error_and_not_a_new_page(director: Client, base: str) -> None:
    for act in ("send-back", "unlock", "extend", "colour"):
        assert 'role="alert"' in refused(director, f"{base}{act}/", {}, 422)


def test_the_computed_colour_is_no_choice_and_taking_back_is_one_only_where_a_decision_stands(
    director: Client, base: str, assessment: Assessment, people: People
) -> None:
    url = f"{base}colour/"
    choices = lambda: re.findall(r'<option value="(\w*)"', director.get(url).content.decode())  # noqa: E731
    assert choices() == ["", "purple", "green", "yellow", "orange", "red"]
    page = refused(director, url, {"colour": "", "reason": "มติที่ประชุม"}, 422)
    assert "เลือกสีที่กำหนด" in beside(page, "colour")
    page = refused(director, url, {"colour": "blue", "reason": "มติที่ประชุม"}, 422)
    assert "ตรงกับสีที่คำนวณได้" in beside(page, "colour")
    assert "มติที่ประชุม" in page
    override_colour(assessment=assessment, colour="green", reason="ตามมติ", by=people.director)
    page = director.get(url).content.decode()
    assert "ตามที่คำนวณได้" in page
    assert '<option value="green" selected' in page
    assert director.post(url, {"colour": "", "reason": "ยกเลิกมติ"}).status_code == 302
    assert assessment.classifications.get(is_latest=True).override == ""


def test_where_no_colour_stands_the_page_says_when_one_can_be_decided_on(
    people: People, open_round: Round, framework: Framework
) -> None:
    base = f"/rounds/{open_round.year}-{open_round.number}/schools/{JAEHOM}/"
    client = signed_in(people.director)
    page = client.get(f"{base}colour/").content.decode()
    assert "โรงเรียนยังไม่มีกลุ่มสี" in page
    assert 'name="colour"' not in page
    page = refused(client, f"{base}colour/", {"colour": "blue", "reason": "มติ"})
    assert "กำหนดสีอื่นแทนไม่ได้" in page


def test_what_differs_stands_first_on_the_send_back_page_and_what_was_asked_for_before_it(
    director: Client, base: str, assessment: Assessment, people: People
) -> None:
    director.post(f"{base}accept/")
    version = assessment.answers.get(indicator=AREAS).version
    judge(assessment=assessment, indicator=AREAS, given=Given(2, "", "ไม่พบป้าย"), version=version, by=people.verifier)
    ticks = lambda url: re.findall(r'name="send-([\w-]+)"', director.get(url).content.decode())  # noqa: E731
    assert ticks(f"{base}send-back/")[0] == AREAS
    assert ticks(f"{base}send-back/?indicator={BUILDINGS}")[:2] == [BUILDINGS, AREAS]
    assert len(ticks(f"{base}send-back/")) == 74
    page = director.get(f"{base}send-back/").content.decode()
    assert re.search(r'name="only" value="differs"> เขตเห็นต่าง \(1\)', page)
    assert "ไม่พบป้าย" in page


def test_what_is_sent_back_is_what_was_ticked_whatever_the_filter_shows(
    director: Client, base: str, assessment: Assessment
) -> None:
    data = {
        **LATER,
        "only": "no-evidence",
        f"send-{AREAS}": "on",
        f"reason-{AREAS}": "ขอรูป",
        f"reason-{BUILDINGS}": "ร่าง",
    }
    assert director.post(f"{base}send-back/", data).status_code == 302
    assessment.refresh_from_db()
    assert assessment.state == rounds.RETURNED
    assert assessment.sent_back.get().indicator == AREAS


def test_an_english_page_offers_a_day_that_its_reader_can_read_and_takes_it_back(director: Client, base: str) -> None:
    director.cookies["django_language"] = "en"
    page = director.get(f"{base}extend/").content.decode()
    offered = re.search(r'name="until_day" value="(\d+/\d+/25\d\d)"', page)
    assert offered
    data = {"until_day": offered[1], "until_time": "16.30", "reason": "flood"}
    assert director.post(f"{base}extend/", data).status_code == 302


@pytest.mark.parametrize("days", [300, 60])  # later and earlier than what the school had
def test_the_day_that_the_office_names_last_holds_and_the_school_reads_it_everywhere(
    director: Client, base: str, assessment: Assessment, people: People, days: int
) -> None:
    today = timezone.localdate()
    closes, longer, until = (
        timezone.make_aware(datetime.combine(today + timedelta(days=more), time(12))) for more in (30, 200, days)
    )
    Round.objects.filter(pk=assessment.round_id).update(closes=closes)
    extend(assessment=assessment, until=longer, reason="น้ำท่วม", by=people.director)
    page = director.get(f"{base}send-back/").content.decode()
    assert "ขณะนี้โรงเรียนมีเวลาถึง" in page
    assert f'name="until_day" value="{long_date(today + timedelta(days=200))}"' in page
    typed = {"until_day": f"{today + timedelta(days=days)}", "until_time": "12.00"}
    director.post(f"{base}send-back/", {**typed, f"send-{AREAS}": "on", f"reason-{AREAS}": "ขอรูป"})
    assessment.refresh_from_db()
    assert window_of(assessment).last == until
    told = Event.objects.get(verb="send_back").data
    assert [datetime.fromisoformat(told[name]) for name in ("before", "due")] == [longer, until]
    teacher = signed_in(people.teacher)
    for url in (base, f"{base}indicators/{AREAS}/", reverse("work")):
        assert f"ส่งใหม่ภายใน {be_deadline(until)}" in re.sub(r"</?b>", "", teacher.get(url).content.decode()), url
    page = director.get(f"{base}history/").content.decode()
    assert f"กำหนดใหม่ {be_deadline(until)}" in page
    assert f"เดิม {be_moment(longer)}" in page


def test_more_time_ends_with_the_rounds_budget_year(director: Client, base: str, assessment: Assessment) -> None:
    last = assessment.round.year_ends
    typed = {"until_day": f"{last + timedelta(days=1):%Y-%m-%d}", "until_time": "08.00", "reason": "น้ำท่วม"}
    refused = director.post(f"{base}extend/", typed)
    assert refused.status_code == 409
    assert "หลังสิ้นปีงบประมาณของรอบ (30 กันยายน" in refused.content.decode()
    typed |= {"until_day": f"{last:%Y-%m-%d}", "until_time": "23.00"}
    assert director.post(f"{base}extend/", typed).status_code == 302
    assessment.refresh_from_db()
    assert assessment.extended_to is not None


def test_what_is_verified_changes_only_after_the_verification_was_opened_again(
    base: str, assessment: Assessment, people: People, framework: Framework
) -> None:
    entries = {one.id: Entry(4, "ตามจริง") for one in framework.indicators}
    record_verification(assessment=assessment, entries=entries, by=people.verifier)
    verifier, card = signed_in(people.verifier), f"{base}verify/{AREAS}/"
    levels = {"level": "2", "remark": "ไม่พบป้าย", "version": assessment.answers.get(indicator=AREAS).version}
    page = verifier.post(card, levels)
    assert page.status_code == 409
    assert "เปิดการตรวจสอบอีกครั้ง" in page.content.decode()
    assert verifier.post(f"{base}agree/", {"all": "1"}).status_code == 409
    with pytest.raises(Refusal, match="ตรวจสอบแล้ว"):
        record_verification(assessment=assessment, entries={AREAS: Entry(2, "", "ไม่พบป้าย")}, by=people.verifier)
    assessment.refresh_from_db()
    assert (assessment.state, assessment.answers.get(indicator=AREAS).verified_level) == (rounds.VERIFIED, 4)
    for url in (card, f"{base}verify/"):
        assert f'action="{base}reopen/"' in verifier.get(url).content.decode()
    assert verifier.post(f"{base}reopen/").status_code == 302
    assert verifier.post(card, levels).status_code == 302
    assessment.refresh_from_db()
    assert (assessment.state, assessment.verified_at) == (rounds.IN_VERIFICATION, None)
    assert assessment.answers.get(indicator=AREAS).verified_level == 2
    assert verifier.post(f"{base}reopen/").status_code == 409
    assert "เปิดการตรวจสอบอีกครั้ง" in verifier.get(f"{base}history/").content.decode()
    assert "จากผลตรวจสอบที่ยังไม่ยืนยัน" in verifier.get(f"{base}verify/").content.decode()


def test_a_level_below_the_schools_asks_for_a_remark_and_an_unclaimed_na_needs_one(
    base: str, assessment: Assessment, people: People
) -> None:
    verifier, card = signed_in(people.verifier), f"{base}verify/{AREAS}/"
    verifier.post(f"{base}accept/")

    def judged(level: str, remark: str, **headers: str) -> HttpResponse:
        version = assessment.answers.get(indicator=AREAS).version
        data = {"level": level, "remark": remark, "version": version, "go": "next"}
        return verifier.post(card, data, headers=headers)

    asked = "บันทึกแล้ว ยังไม่มีข้อสังเกตถึงโรงเรียน"
    assert asked in judged("2", "", **{"HX-Request": "true"}).content.decode()
    assert assessment.answers.get(indicator=AREAS).verified_level == 2
    page = verifier.get(card).content.decode()
    assert asked in page
    assert re.findall(r'value="(\w+)"(?: data-key="\d")?(?: data-agree)? data-wordy', page) == ["3", "2", "1", "na"]
    assert asked in verifier.get(judged("1", "")["Location"]).content.decode()
    assert asked not in verifier.get(judged("1", "ไม่พบป้าย")["Location"]).content.decode()
    verifier.post(f"{base}agree/", {"all": "1"})

    assert judged("na", "").status_code == 302
    page = verifier.get(f"{base}verify/").content.decode()
    assert f'href="{card}#remark">เขียนข้อสังเกตที่ขาด' in page
    assert f'action="{base}finish/"' not in page
    assert verifier.post(f"{base}finish/").status_code == 409

    judged("2", "")
    page = verifier.get(f"{base}verify/").content.decode()
    assert "ยังไม่มีข้อสังเกตให้โรงเรียนทราบเหตุผล" in page
    assert f'href="{card}#remark"' in page
    judged("2", "ไม่พบป้าย")
    assert "ยังไม่มีข้อสังเกตให้โรงเรียนทราบเหตุผล" not in verifier.get(f"{base}verify/").content.decode()
    assert verifier.post(f"{base}finish/").status_code == 302
    assert "ไม่พบป้าย" in signed_in(people.teacher).get(f"{base}indicators/{AREAS}/").content.decode()


def test_a_decided_colour_lapses_with_what_it_was_decided_on_and_every_page_says_so(
    director: Client, base: str, assessment: Assessment, people: People, framework: Framework
) -> None:
    approved(assessment, people, framework)
    assert "จะสิ้นผล" not in director.get(f"{base}unlock/").content.decode()
    override_colour(assessment=assessment, colour="green", reason="ตามมติ", by=people.director)
    assert "จะสิ้นผล" in director.get(f"{base}unlock/").content.decode()
    director.post(f"{base}unlock/", {**LATER, "reason": "หลักฐานใหม่", "indicators": [BUILDINGS]})
    assert Event.objects.get(verb="unlock").data["lapsed"] == "green"
    assert "เขตพื้นที่ปลดล็อกผลที่รับรองแล้วให้แก้ 1 ตัวชี้วัด" in director.get(base).content.decode()
    page = director.get(f"{base}history/").content.decode()
    for words in ("กลุ่มสีที่กำหนดไว้ (เขียว) สิ้นผล", "หลักฐานใหม่", "รหัสตรวจสอบเนื้อหา "):
        assert words in page
    assert not re.search(
        r"[0-9a-f]{20}", re.sub(r'name="csrf\w+" value="\w+"|href="[^"]*"|src="[^"]*"|content="[^"]*"', "", page)
    )
    told = "กลุ่มสีที่เคยกำหนดไว้สิ้นผลแล้ว"
    for client, url in ((director, f"{base}verify/"), (signed_in(people.head), f"/schools/{JAEHOM}/colours/")):
        assert told in client.get(url).content.decode()
    override_colour(assessment=assessment, colour="green", reason="ตามมติเดิม", by=people.director)
    assert told not in director.get(f"{base}verify/").content.decode()


def test_agreeing_with_all_and_approving_ask_first(
    director: Client, base: str, assessment: Assessment, people: People
) -> None:
    director.post(f"{base}accept/")
    judge(assessment=assessment, indicator=AREAS, given=Given(2, "", "ไม่พบป้าย"), version=1, by=people.verifier)
    page = director.get(f"{base}verify/").content.decode()
    assert f'href="{base}agree/"' in page
    assert 'name="all"' not in page
    page = director.get(f"{base}agree/").content.decode()
    assert "ระดับของโรงเรียนจะเป็นผลตรวจสอบ 73 ข้อ" in page
    assert "ในจำนวนนี้ 73 ข้อไม่มีหลักฐาน" in page
    assert "รับรองได้เมื่อยืนยันผลตรวจสอบแล้ว" in director.get(f"{base}approve/").content.decode()
    director.post(f"{base}agree/", {"all": "1"})
    assert "ไม่มีข้อที่รอเห็นด้วย" in director.get(f"{base}agree/").content.decode()
    director.post(f"{base}finish/")
    page = director.get(f"{base}verify/").content.decode()
    assert f'href="{base}approve/"' in page
    assert f'action="{base}approve/"' not in page
    page = director.get(f"{base}approve/").content.decode()
    assert "เขตเห็นต่างจากโรงเรียน 1 ข้อ" in page
    assert "ไม่พบป้าย" in page
    assessment.refresh_from_db()
    assert assessment.state == rounds.VERIFIED
    assert director.post(f"{base}approve/").status_code == 302
    assessment.refresh_from_db()
    assert assessment.state == rounds.APPROVED


def test_a_form_that_the_state_forbids_is_not_offered(
    director: Client, base: str, assessment: Assessment, people: People
) -> None:
    assert "<textarea" not in director.get(f"{base}unlock/").content.decode()
    director.post(f"{base}send-back/", {**LATER, f"send-{AREAS}": "on", f"reason-{AREAS}": "ขอรูป"})
    page = director.get(f"{base}send-back/").content.decode()
    assert "ส่งคืนไม่ได้ เพราะสถานะคือ “ส่งคืนแก้ไข”" in page
    assert "<textarea" not in page


def test_a_return_whose_time_is_over_waits_for_the_office_which_may_end_it(
    base: str, assessment: Assessment, people: People
) -> None:
    verifier = signed_in(people.verifier)
    send_back(
        assessment=assessment, reasons={AREAS: "ขอรูป"}, due=timezone.now() + timedelta(days=2), by=people.verifier
    )
    assert str(assessment.school) not in verifier.get(reverse("work")).content.decode().split("<main", 1)[1]
    Assessment.objects.filter(pk=assessment.pk).update(extended_to=timezone.now() - timedelta(hours=1))
    assert str(assessment.school) in verifier.get(reverse("work")).content.decode().split("<main", 1)[1]
    assert f'action="{base}recall/"' in verifier.get(f"{base}verify/").content.decode()
    assert verifier.post(f"{base}recall/").status_code == 302
    assessment.refresh_from_db()
    assert assessment.state == rounds.IN_VERIFICATION
    assert not assessment.sent_back.filter(answered_at=None).exists()
    assert Event.objects.get(verb="recall").data["indicators"] == [AREAS]
    assert verifier.post(f"{base}recall/").status_code == 409
    assert "ยุติการส่งคืน" in verifier.get(f"{base}history/").content.decode()
    assert verifier.post(f"{base}verify/{AREAS}/", {"level": "4", "remark": "", "version": 1}).status_code == 302


def test_what_is_frozen_is_given_no_more_time(
    director: Client, base: str, assessment: Assessment, people: People, framework: Framework
) -> None:
    approved(assessment, people, framework)
    answer = director.post(f"{base}extend/", {**LATER, "reason": "น้ำท่วม"})
    assert answer.status_code in (409, 422)
    assert "ขยายเวลาไม่ได้" in answer.content.decode()
    assessment.refresh_from_db()
    assert assessment.extended_to is None


def test_an_english_page_says_in_english_why_a_colour_follows(
    director: Client, base: str, assessment: Assessment, people: People, framework: Framework
) -> None:
    director.cookies["django_language"] = "en"
    assert "by self-assessment (provisional)" in director.get(base).content.decode()
    approved(assessment, people, framework)
    for page in (base, f"/schools/{JAEHOM}/colours/"):
        english = director.get(page).content.decode()
        assert re.search(
            r"Total \d+\.\d\d per cent, not below \d+\.\d\d per cent, as verified by the area office", english
        )
        assert "คะแนนรวม" not in english
    director.cookies["django_language"] = "th"
    assert "คะแนนรวมร้อยละ" in director.get(base).content.decode()
