"""The cycle in a real browser: on a phone, by keyboard, without JavaScript, with two people at once, offline."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect
from tests.e2e.conftest import LAPTOP, PHONE, picture, told_errors, violations
from tests.people import JAEHOM, People

from khunnaphap.assessments.actions import (
    Given,
    approve,
    hand_in,
    record_self,
    record_verification,
    save_answer,
    send_back,
)
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SignIn = Callable[..., Page]
BUILDINGS, AREAS = "building-soundness", "activity-areas"


@pytest.fixture
def base(open_round: Round, settings, tmp_path: Path) -> str:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path / "files"
    return f"/rounds/{open_round.year}-{open_round.number}/schools/{JAEHOM}/"


def whole(framework: Framework, level: int = 4, reason: str = "ตามจริง") -> dict[str, Entry]:
    return {one.id: Entry(level, reason, "") for one in framework.indicators}


def test_a_teacher_answers_on_a_phone_and_sees_that_it_is_saved(
    sign_in: SignIn, people: People, base: str, assessment: Assessment
) -> None:
    page = sign_in(people.teacher, PHONE)
    errors = told_errors(page)
    page.goto(reverse("work"))
    picture(page, "work-teacher")
    page.get_by_role("link", name=re.compile("อนุบาลแจ้ห่ม")).first.click()
    picture(page, "school-start")
    page.goto(f"{base}indicators/{BUILDINGS}/")
    page.get_by_text("4 ดีเลิศ").click()
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
    page.get_by_label(re.compile("สิ่งที่เห็นได้จริง")).fill("อาคาร 2 หลัง ตรวจสอบเมื่อมิถุนายน")
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_label(re.compile("สิ่งที่เห็นได้จริง")).blur()
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
    picture(page, "indicator-saved")
    page.get_by_role("link", name=re.compile("ข้อต่อไป")).click()
    expect(page).to_have_url(re.compile(AREAS))
    row = assessment.answers.get()
    assert (row.self_level, row.self_remark) == (4, "อาคาร 2 หลัง ตรวจสอบเมื่อมิถุนายน")
    assert errors == []


def test_by_keyboard_alone_a_level_is_chosen_and_the_next_indicator_opened(
    sign_in: SignIn, people: People, base: str, assessment: Assessment
) -> None:
    page = sign_in(people.head, LAPTOP)
    page.goto(f"{base}indicators/{BUILDINGS}/")
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.keyboard.press("3")
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(AREAS))
    assert assessment.answers.get().self_level == 3


def test_two_people_at_one_answer_see_both_texts(
    sign_in: SignIn, people: People, base: str, assessment: Assessment
) -> None:
    page = sign_in(people.teacher, PHONE)
    page.goto(f"{base}indicators/{BUILDINGS}/")
    given = Given(5, "", "ผอ. เห็นว่าครบทุกหลัง")
    save_answer(assessment=assessment, indicator=BUILDINGS, given=given, version=0, by=people.head)
    page.get_by_label(re.compile("สิ่งที่เห็นได้จริง")).fill("ครูเห็นว่ายังขาด")
    page.get_by_text("3 ดี", exact=True).click()
    both = page.locator("#save-state")
    expect(both).to_contain_text("ผอ. เห็นว่าครบทุกหลัง")
    expect(both).to_contain_text("ครูเห็นว่ายังขาด")
    picture(page, "conflict", of="#save-state")
    assert violations(page) == ""
    assert assessment.answers.get().self_level == 5
    page.get_by_role("button", name="บันทึกของฉันทับ").click()
    expect(page.get_by_label(re.compile("สิ่งที่เห็นได้จริง"))).to_have_value("ครูเห็นว่ายังขาด")
    assert assessment.answers.get().self_level == 3


def test_without_a_signal_nothing_is_lost_and_it_is_sent_when_the_signal_returns(
    sign_in: SignIn, people: People, base: str, assessment: Assessment
) -> None:
    page = sign_in(people.teacher, PHONE)
    page.goto(f"{base}indicators/{BUILDINGS}/")
    page.context.set_offline(True)
    page.get_by_text("2 ปานกลาง").click()
    expect(page.locator("#save-state")).to_contain_text("ไม่มีสัญญาณ")
    picture(page, "offline", of="#save-state")
    assert not assessment.answers.exists()
    page.context.set_offline(False)
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
    assert assessment.answers.get().self_level == 2


def test_photos_from_a_phone_are_attached_and_seen(
    sign_in: SignIn, people: People, base: str, assessment: Assessment, tmp_path: Path
) -> None:
    for number in (1, 2):
        Image.effect_noise((2400, 1800), 80).convert("RGB").save(tmp_path / f"ห้อง {number}.jpg", quality=92)
    page = sign_in(people.teacher, PHONE)
    page.goto(f"{base}indicators/{BUILDINGS}/")
    page.get_by_label(re.compile("ถ่ายรูปหรือเลือกแฟ้ม")).set_input_files([tmp_path / "ห้อง 1.jpg", tmp_path / "ห้อง 2.jpg"])
    expect(page.locator("#evidence-list img")).to_have_count(2)
    shown = page.locator("#evidence-list img").first
    assert shown.evaluate("async (one) => { await one.decode(); return one.naturalWidth }") > 0
    picture(page, "evidence", of="section:has(> #evidence)")
    assert assessment.attachments.count() == 2
    page.locator("#evidence-list a").first.click()
    dialog = page.get_by_role("dialog", name="ดูหลักฐาน")
    expect(dialog).to_contain_text("(1/2)")
    assert dialog.locator("img").evaluate("async (one) => { await one.decode(); return one.naturalWidth }") > 104
    page.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("(2/2)")
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    picture(page, "evidence-open")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.context.clear_cookies(name="sessionid")
    page.get_by_label(re.compile("ถ่ายรูปหรือเลือกแฟ้ม")).set_input_files([tmp_path / "ห้อง 1.jpg"])
    expect(page.locator("[data-told]")).to_contain_text("หมดเวลาใช้งาน ยังไม่ได้แนบ")
    expect(page.locator("#evidence-list img")).to_have_count(2)
    page.context.add_cookies(sign_in(people.teacher, PHONE).context.cookies())
    page.get_by_role("button", name="แนบหลักฐาน", exact=True).click()  # with the token of the session before
    expect(page.locator("#evidence-list")).to_contain_text("แนบไว้กับข้อนี้อยู่แล้ว")
    (tmp_path / "แผน.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    page.get_by_label(re.compile("ถ่ายรูปหรือเลือกแฟ้ม")).set_input_files([tmp_path / "แผน.svg"])
    expect(page.locator("#evidence-list")).to_contain_text("แผน.svg")
    assert assessment.attachments.count() == 2
    assert violations(page) == ""


def test_the_whole_cycle_works_without_javascript(
    sign_in: SignIn, people: People, base: str, assessment: Assessment, framework: Framework
) -> None:
    entries = whole(framework)
    entries.pop(AREAS)
    record_self(assessment=assessment, entries=entries, facts={}, by=people.head)
    head = sign_in(people.head, PHONE, java_script_enabled=False)
    head.goto(f"{base}indicators/{AREAS}/?show=unanswered")
    head.get_by_text("4 ดีเลิศ").click()
    head.get_by_role("button", name="บันทึกและไปข้อต่อไป").click()
    head.goto(f"{base}check/")
    picture(head, "check")
    head.get_by_role("button", name="ส่งผลประเมินให้เขตพื้นที่").click()
    expect(head.get_by_role("heading", level=1)).to_have_text("ใบรับผลการประเมินตนเอง")
    picture(head, "receipt")
    office = sign_in(people.verifier, LAPTOP, java_script_enabled=False)
    office.goto(reverse("work"))
    picture(office, "work-verifier")
    office.get_by_role("link", name=re.compile("อนุบาลแจ้ห่ม")).first.click()
    office.get_by_role("button", name="รับตรวจ").click()
    picture(office, "verifying")
    office.get_by_role("link", name="ตรวจทีละข้อ").click()
    office.get_by_text("3 ดี", exact=True).click()
    office.get_by_label("ข้อสังเกตถึงโรงเรียน").fill("ขอเอกสารรับรองปีนี้")
    office.get_by_role("button", name="บันทึกและไปข้อต่อไป").click()
    office.goto(f"{base}verify/")
    office.get_by_role("link", name=re.compile("เห็นด้วยกับทุกข้อที่เหลือ")).click()
    office.get_by_role("button", name="เห็นด้วยทั้งหมด").click()
    office.get_by_role("button", name="ยืนยันผลตรวจสอบ").click()
    expect(office.locator("main")).to_contain_text("รอ ผอ.สพท. รับรอง")
    director = sign_in(people.director, LAPTOP, java_script_enabled=False)
    director.goto(f"{base}verify/")
    director.get_by_role("link", name="รับรองผล").click()
    director.get_by_role("button", name="รับรองผล").click()
    expect(director.locator("main")).to_contain_text("รับรองแล้ว")
    picture(director, "approved")
    assessment.refresh_from_db()
    assert assessment.state == "approved"


def test_a_verifier_works_through_a_school_by_keys(
    sign_in: SignIn, people: People, base: str, assessment: Assessment, framework: Framework
) -> None:
    record_self(assessment=assessment, entries=whole(framework), facts={}, by=people.head)
    page = sign_in(people.verifier, LAPTOP)
    page.goto(f"{base}verify/")
    page.get_by_role("button", name="รับตรวจ").click()
    page.get_by_role("link", name="ตรวจทีละข้อ").click()
    for key in ("a", "2"):
        page.wait_for_url(re.compile(r"/verify/[a-z-]+/"))
        page.wait_for_function("window.htmx !== undefined && document.readyState === 'complete'")
        with page.expect_response(lambda response: response.request.method == "POST"):
            page.keyboard.press(key)
        expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
        if key == "2":  # less than the school says: the next thing to do is to write why
            expect(page.locator("#save-state")).to_contain_text("ยังไม่มีข้อสังเกตถึงโรงเรียน")
            page.keyboard.type("ไม่พบป้าย")
            page.keyboard.press("Escape")
        with page.expect_navigation():
            page.keyboard.press("n")
    levels = list(assessment.answers.exclude(verified_level=None).values_list("verified_level", flat=True))
    assert sorted(levels) == [2, 4]
    assert assessment.answers.get(verified_level=2).verified_remark == "ไม่พบป้าย"


def test_a_second_round_in_which_nothing_changed_takes_few_clicks(
    sign_in: SignIn, people: People, world: dict[str, Round], base: str, assessment: Assessment, framework: Framework
) -> None:
    """Rubrics by one button, facts by one, one to check, one to hand in."""
    first = world["2567/1"].assessments.get(school__ministry_code=JAEHOM)
    facts = {}
    for fact in framework.facts:
        facts[fact.id] = {"yes-no": True, "grade": "A"}.get(fact.kind, 20)
    from fractions import Fraction

    values = {
        key: Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for key, value in facts.items()
    }
    rubrics = {one.id: Entry(4, "", "") for one in framework.indicators if one.measure is None}
    record_self(assessment=first, entries=rubrics, facts=values, by=people.head)  # type: ignore[arg-type]
    first.refresh_from_db()
    assert first.state == "submitted", first.ready
    began = timezone.now()
    page = sign_in(people.head, PHONE)
    page.goto(base)
    clicks = 0
    for step in (
        lambda: page.get_by_role("button", name=re.compile("ยืนยันข้อที่ไม่เปลี่ยนทั้งหมด")).click(),
        lambda: page.get_by_role("link", name=re.compile("ข้อมูลของโรงเรียน")).click(),
        lambda: page.get_by_role("button", name="บันทึกข้อมูลทั้งหมด").click(),
        lambda: page.get_by_role("link", name="ตรวจก่อนส่ง").first.click(),
        lambda: page.get_by_role("button", name="ส่งผลประเมินให้เขตพื้นที่").click(),
    ):
        step()
        clicks += 1
    expect(page.get_by_role("heading", level=1)).to_have_text("ใบรับผลการประเมินตนเอง")
    assert clicks == 5
    assert timezone.now() - began < timedelta(minutes=3)


STATES = ("draft", "returned", "submitted", "reviewed", "approved")


@pytest.fixture(params=STATES)
def state(request: pytest.FixtureRequest, assessment: Assessment, people: People, framework: Framework) -> str:
    reached = STATES.index(request.param)
    if reached:
        record_self(assessment=assessment, entries=whole(framework), facts={}, by=people.head)
    if request.param == "returned":
        due = timezone.now() + timedelta(days=4)
        reasons = {BUILDINGS: "ขอรูปอาคารปีปัจจุบัน", AREAS: "คำอธิบายไม่ตรงกับระดับ"}
        send_back(assessment=assessment, reasons=reasons, due=due, by=people.verifier)
    if request.param == "reviewed":
        part = dict(list(whole(framework, 3).items())[:20])
        record_verification(assessment=assessment, entries=part, by=people.verifier)
    if request.param == "approved":
        record_verification(assessment=assessment, entries=whole(framework, 4), by=people.verifier)
        approve(assessment=assessment, by=people.director)
    return str(request.param)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_every_page_in_every_state_is_accessible_and_fits(
    sign_in: SignIn, people: People, base: str, state: str, size: tuple[int, int], open_round: Round
) -> None:
    round_ = f"/rounds/{open_round.year}-{open_round.number}/"
    school = ["", "indicators/", f"indicators/{BUILDINGS}/", "facts/", "check/", "history/"]
    office = ["verify/", f"verify/{BUILDINGS}/", "agree/", "approve/", "send-back/", "unlock/", "extend/", "colour/"]
    pages = {
        people.head: [reverse("work"), *(base + one for one in school), f"/schools/{JAEHOM}/colours/"],
        people.director: [
            reverse("work"),
            *(base + one for one in office),
            f"{round_}board/",
            "/rounds/",
            "/rounds/new/",
            round_,
            f"{round_}add/",
        ],
        people.obec: [f"{round_}remind/", f"{round_}close/", f"{round_}board/?province=52", "/overview/?by=province"],
    }
    faults: list[str] = []
    for person, urls in pages.items():
        page = sign_in(person, size)
        errors = told_errors(page)
        for url in urls:
            page.goto(url)
            wide = page.evaluate("document.documentElement.scrollWidth")
            found = violations(page)
            faults += [f"{url}: {found}"] if found else []
            faults += [f"{url}: {wide} pixels wide"] if wide > size[0] else []
        faults += errors
    assert faults == []


def test_pages_are_accessible_in_english_in_the_dark_and_at_320_pixels(
    sign_in: SignIn, people: People, base: str, assessment: Assessment, framework: Framework
) -> None:
    record_self(assessment=assessment, entries=whole(framework), facts={}, by=people.head)
    hand_in(assessment=assessment, by=people.head)
    page = sign_in(people.verifier, (320, 640), color_scheme="dark")
    page.goto(reverse("work"))
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    faults = []
    for url in (
        reverse("work"),
        base,
        f"{base}indicators/{BUILDINGS}/",
        f"{base}verify/",
        f"{base}verify/{BUILDINGS}/",
        "/board/",
    ):
        page.goto(url)
        found = violations(page)
        faults += [f"{url}: {found}"] if found else []
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{url}: {wide}"] if wide > 320 else []
    assert faults == []
