"""The pages of offices and of people in a real browser: what their guides describe is there, accessible, and pictured."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.e2e.conftest import LAPTOP, PHONE, picture, violations
from tests.evidence.making import picture as drawn
from tests.people import JAEHOM, People

from khunnaphap.accounts.actions import Post, appoint, make_person
from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import accept, approve, attach, record_self, record_verification, send_back
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.evidence.actions import add_evidence
from khunnaphap.organisations.models import School

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SignIn = Callable[..., Page]
BUILDINGS = "building-soundness"


def levels(framework: Framework, level: int) -> dict[str, Entry]:
    return {one.id: Entry(level, "ตามสภาพจริง", "") for one in framework.indicators}


@pytest.fixture
def busy(open_round: Round, framework: Framework, people: People, actor: User) -> Round:
    """The round in its middle: of the verifier's schools one is approved, one handed in, the others answer."""
    schools = open_round.assessments.filter(school__office=School.objects.get(ministry_code=JAEHOM).office)
    for place, one in enumerate(schools.order_by("school__ministry_code")[:4]):
        if place < 3:
            record_self(assessment=one, entries=levels(framework, 3 + place % 2), facts={}, by=actor)
        if place == 0:
            record_verification(assessment=one, entries=levels(framework, 4), by=actor)
            approve(assessment=one, by=actor)
    return open_round


def test_the_board_leads_to_states_and_schools(sign_in: SignIn, people: People, busy: Round) -> None:
    page = sign_in(people.director, LAPTOP)
    page.goto("/board/")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("กลุ่มสีของโรงเรียน"))
    expect(page.get_by_role("link", name="ส่งข้อความเตือนโรงเรียนที่ยังไม่ส่ง")).to_be_hidden()  # all have handed in
    picture(page, "board")
    page.get_by_role("link", name=re.compile("รับรองแล้ว")).first.click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert violations(page) == ""


def test_an_office_reads_the_overview(sign_in: SignIn, people: People, busy: Round) -> None:
    page = sign_in(people.provincial, LAPTOP)
    page.goto("/overview/")
    expect(page.get_by_role("heading", level=1)).to_have_text("กลุ่มสีของโรงเรียน")
    picture(page, "overview")
    assert violations(page) == ""


def test_a_photo_that_two_schools_hand_in_is_told_to_the_verifier(
    sign_in: SignIn, people: People, base: str, assessment: Assessment, framework: Framework
) -> None:
    record_self(assessment=assessment, entries=levels(framework, 4), facts={}, by=people.head)
    other = School.objects.filter(office=assessment.school.office).exclude(pk=assessment.school_id).first()
    assert other is not None
    made = ContentFile(b"")
    drawn((1200, 900)).save(made, "JPEG")
    photo = made.file.getvalue()  # type: ignore[attr-defined]
    Assessment.objects.filter(pk=assessment.pk).update(state="draft")
    for school in (assessment.school, other):
        kept = add_evidence(school=school, name="อาคารเรียน.jpg", content=photo, by=people.head)
        if school == assessment.school:
            attach(assessment=assessment, indicator=BUILDINGS, evidence=kept, by=people.head)
    Assessment.objects.filter(pk=assessment.pk).update(state="submitted")
    accept(assessment=assessment, by=people.verifier)
    page = sign_in(people.verifier, (1280, 1000))
    page.goto(f"{base}verify/{BUILDINGS}/")
    expect(page.locator("main")).to_contain_text(f"ตรงกับแฟ้มของ {other}")
    picture(page, "verify")
    assert violations(page) == ""
    page.keyboard.press("r")
    expect(page.get_by_role("heading", level=1)).to_have_text("ส่งคืนบางข้อ")
    page.get_by_label("เหตุผลถึงโรงเรียน").first.fill("ขอรูปอาคารปีปัจจุบัน รูปนี้ซ้ำกับโรงเรียนอื่น")
    picture(page, "send-back")
    page.get_by_role("button", name="ส่งคืนให้โรงเรียน").click()
    assert assessment.sent_back.get().indicator == BUILDINGS


def test_a_school_sees_what_was_sent_back(
    sign_in: SignIn, people: People, base: str, assessment: Assessment, framework: Framework
) -> None:
    record_self(assessment=assessment, entries=levels(framework, 4), facts={}, by=people.head)
    due = timezone.now() + timedelta(days=4)
    send_back(assessment=assessment, reasons={BUILDINGS: "ขอรูปอาคารปีปัจจุบัน"}, due=due, by=people.verifier)
    page = sign_in(people.head, PHONE)
    page.goto(base)
    expect(page.locator("main")).to_contain_text("เขตพื้นที่ส่งคืน 1 ตัวชี้วัด")
    picture(page, "returned")
    assert violations(page) == ""


def test_a_director_decides_on_a_colour_and_reads_the_history_of_colours(
    sign_in: SignIn, people: People, base: str, assessment: Assessment, framework: Framework
) -> None:
    record_self(assessment=assessment, entries=levels(framework, 4), facts={}, by=people.head)
    record_verification(assessment=assessment, entries=levels(framework, 4), by=people.verifier)
    approve(assessment=assessment, by=people.director)
    page = sign_in(people.director, LAPTOP)
    page.goto(f"{base}verify/")
    page.get_by_role("link", name="กำหนดกลุ่มสีโดยมีเหตุผล").click()
    page.get_by_label("กลุ่มสี").select_option(label="ม่วง")
    page.get_by_label("เหตุผล").fill("มติที่ประชุมเขตพื้นที่ ครั้งที่ 3/2567")
    picture(page, "override")
    page.get_by_role("button", name="บันทึก").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("กลุ่มสีทุกรอบ")
    page.get_by_text("คะแนนและช่วงของกลุ่มสี").first.click()
    picture(page, "colours")
    assert violations(page) == ""


def test_rounds_are_opened_from_a_list_of_colours(sign_in: SignIn, people: People, open_round: Round) -> None:
    page = sign_in(people.obec, LAPTOP)
    page.goto("/rounds/")
    picture(page, "rounds")
    page.get_by_role("link", name="เปิดรอบใหม่").click()
    page.get_by_label("ติดตามเฉพาะตัวชี้วัดที่ต้องพัฒนา").check()
    picture(page, "round-new", of="form.card")
    assert violations(page) == ""


def test_people_are_invited_found_and_given_components(
    sign_in: SignIn, people: People, assessment: Assessment, actor: User
) -> None:
    second = make_person(username="second", name="มะลิ หอมดี", email="", password=None, by=actor)
    appoint(person=second, post=Post("teacher", assessment.school), by=actor)
    page = sign_in(people.head, PHONE)
    page.goto(f"/schools/{JAEHOM}/teachers/")
    picture(page, "teachers")
    assert violations(page) == ""
    page = sign_in(people.director, LAPTOP)
    page.goto("/people/")
    picture(page, "people")
    assert violations(page) == ""
    page.get_by_role("link", name="เชิญผู้ใช้").click()
    page.get_by_label("ค้นสถานที่ด้วยชื่อหรือรหัส").fill("อนุบาล")
    page.get_by_role("button", name="แสดงสถานที่").click()
    picture(page, "invite", of="main")
    assert violations(page) == ""


def test_signing_in_offers_a_passkey(page: Page, people: People, live_server) -> None:  # type: ignore[no-untyped-def]
    page.goto(f"{live_server.url}/accounts/login/")
    expect(page.get_by_role("button", name="เข้าสู่ระบบด้วยพาสคีย์")).to_be_visible()
    if (page.viewport_size or {}).get("width") == PHONE[0]:
        picture(page, "sign-in")
    assert violations(page) == ""


@pytest.mark.parametrize("name", ["verifier", "saving"])
def test_a_guide_with_its_pictures_is_accessible_and_fits(sign_in: SignIn, people: People, name: str) -> None:
    page = sign_in(people.verifier, (320, 640))
    page.goto(f"/help/{name}/")
    for shown in page.locator("article img").all():
        shown.scroll_into_view_if_needed()
        assert shown.evaluate("async (one) => { await one.decode(); return one.naturalWidth }") > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == ""
