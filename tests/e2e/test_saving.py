"""A save that does not arrive: it is tried again by itself, in sight, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect
from tests.e2e.conftest import PHONE, told_errors, violations
from tests.people import JAEHOM, People

from khunnaphap.assessments.actions import Given, accept, judge, record_self, save_answer
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.pages.facts import asked_facts
from khunnaphap.core.framework import Fact, Framework
from khunnaphap.core.handin import Entry

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SignIn = Callable[..., Page]
BUILDINGS, AREAS = "building-soundness", "activity-areas"


@pytest.fixture
def url(open_round: Round) -> str:
    return f"/rounds/{open_round.year}-{open_round.number}/schools/{JAEHOM}/indicators/{BUILDINGS}/"


def away(page: Page, times: int, fail: Callable[[Route], None]) -> list[str]:
    """The system cannot be reached this many times; gives what was tried to be sent."""
    sent: list[str] = []

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(route.request.post_data or "")
        if len(sent) > times:
            route.continue_()
        else:
            fail(route)

    page.route("**/indicators/**", answer)
    return sent


@pytest.mark.parametrize("status", [0, 502, 503])
def test_a_save_that_does_not_reach_the_system_is_sent_again_after_a_pause_that_grows(
    sign_in: SignIn, people: People, url: str, assessment: Assessment, status: int
) -> None:
    page = sign_in(people.teacher, PHONE)
    page.goto(url)
    sent = away(page, 2, lambda route: route.fulfill(status=status) if status else route.abort())
    page.get_by_text("4 ดีเลิศ").click()
    state = page.locator("#save-state")
    expect(state).to_contain_text("ติดต่อระบบไม่ได้ ยังไม่ได้บันทึก")
    expect(state).to_contain_text("ลองใหม่ใน 2 วินาที")
    expect(state).to_be_in_viewport()
    expect(state).to_contain_text("ลองใหม่ใน 4 วินาที")
    expect(state).to_contain_text("บันทึกแล้ว")
    assert len(sent) == 3
    assert len({re.search(r"save=([\w-]+)", one)[1] for one in sent}) == 1  # type: ignore[index]
    assert assessment.answers.get().self_level == 4


def test_pressing_save_while_the_system_is_away_loses_nothing_and_goes_on_once_it_is_back(
    sign_in: SignIn, people: People, url: str, assessment: Assessment
) -> None:
    page = sign_in(people.teacher, PHONE)
    page.goto(url)
    away(page, 1000, lambda route: route.abort())
    page.get_by_label(re.compile("สิ่งที่เห็นได้จริง")).fill("อาคาร 2 หลัง")
    page.get_by_text("4 ดีเลิศ").click()
    expect(page.locator("#save-state")).to_contain_text("ติดต่อระบบไม่ได้")
    page.get_by_role("button", name="บันทึกและไปข้อต่อไป").click()
    expect(page.get_by_label(re.compile("สิ่งที่เห็นได้จริง"))).to_have_value("อาคาร 2 หลัง")
    page.unroute("**/indicators/**")
    expect(page).to_have_url(re.compile(AREAS), timeout=20_000)  # at the next of the pauses that grow
    row = assessment.answers.get()
    assert (row.self_level, row.self_remark) == (4, "อาคาร 2 หลัง")


@pytest.mark.parametrize("leave", ["save and next", "next", "key n on a Thai layout"])
def test_leaving_while_a_save_is_under_way_goes_on_when_it_has_arrived(
    sign_in: SignIn, people: People, url: str, assessment: Assessment, leave: str
) -> None:
    page = sign_in(people.teacher, PHONE)
    page.goto(url)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/indicators/**", hold_the_first)
    page.get_by_text("4 ดีเลิศ").click()
    expect(page.locator("#save-state")).to_contain_text("กำลังบันทึก")
    if leave == "save and next":
        page.get_by_role("button", name="บันทึกและไปข้อต่อไป").click()
    elif leave == "next":
        page.locator("[rel=next]").click()
    else:
        page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ื', code: 'KeyN', bubbles: true}))"
        )
    expect(page).to_have_url(re.compile(BUILDINGS))
    held[0].continue_()
    expect(page).to_have_url(re.compile(AREAS))
    row = assessment.answers.get()
    assert (row.self_level, row.version) == (4, 1)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_answer_can_be_cleared_as_soon_as_there_is_one(
    sign_in: SignIn, people: People, url: str, assessment: Assessment, script: bool
) -> None:
    page = sign_in(people.teacher, PHONE, java_script_enabled=script)
    page.goto(url)
    clear = page.get_by_role("button", name="ล้างคำตอบ")
    expect(clear).to_be_hidden()
    page.get_by_text("4 ดีเลิศ").click()
    expect(clear).to_be_visible()
    if script:
        expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
        assert assessment.answers.get().self_level == 4
    clear.click()
    expect(page.locator("main")).to_contain_text("บันทึกแล้ว")
    expect(page.locator("[name=level]:checked")).to_have_count(0)
    assert not assessment.answers.exclude(self_level=None).exists()


def test_a_conflict_after_the_system_was_away_keeps_the_page_and_both_texts(
    sign_in: SignIn, people: People, url: str, assessment: Assessment
) -> None:
    page = sign_in(people.teacher, PHONE)
    page.goto(url)
    away(page, 1, lambda route: route.abort())
    page.get_by_text("4 ดีเลิศ").click()
    expect(page.locator("#save-state")).to_contain_text("ติดต่อระบบไม่ได้")
    given = Given(5, "", "ผอ. เห็นว่าครบทุกหลัง")
    save_answer(assessment=assessment, indicator=BUILDINGS, given=given, version=0, by=people.head)
    page.get_by_role("button", name="บันทึกและไปข้อต่อไป").click()
    expect(page.locator("#save-state")).to_contain_text("ผอ. เห็นว่าครบทุกหลัง")
    page.get_by_role("button", name="บันทึกของฉันทับ").click()
    expect(page).to_have_url(re.compile(BUILDINGS))
    assert assessment.answers.get().self_level == 4


@pytest.fixture
def fact(framework: Framework, assessment: Assessment) -> Fact:
    return next(one for one in asked_facts(framework, assessment) if one.kind == "mean")


def test_facts_typed_without_a_signal_or_after_the_session_ended_are_kept_once_that_is_mended(
    sign_in: SignIn, people: People, open_round: Round, assessment: Assessment, fact: Fact
) -> None:
    page = sign_in(people.teacher, PHONE)
    errors = told_errors(page)
    page.goto(f"/rounds/{open_round.year}-{open_round.number}/schools/{JAEHOM}/facts/")
    field, state = page.locator(f"#fact-{fact.id}"), page.locator("#save-state")
    save = page.get_by_role("button", name="บันทึกข้อมูลทั้งหมด")
    expect(save).to_be_in_viewport()
    field.fill("70")
    field.blur()
    expect(state).to_contain_text("บันทึกแล้ว")
    page.context.set_offline(True)
    field.fill("71")
    field.blur()
    expect(state).to_contain_text("ไม่มีสัญญาณ")
    expect(state).to_be_in_viewport()
    page.context.set_offline(False)
    expect(state).to_contain_text("บันทึกแล้ว")
    signed_in = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    field.fill("72")
    field.blur()
    expect(state).to_contain_text("หมดเวลาใช้งาน")
    expect(field).to_have_value("72")
    page.context.add_cookies([one for one in signed_in if one["name"] == "sessionid"])  # type: ignore[arg-type]
    page.context.clear_cookies(name="csrftoken")
    save.click()
    expect(page).to_have_url(re.compile(rf"{JAEHOM}/$"))
    assessment.refresh_from_db()
    assert assessment.facts == {fact.id: "72"}
    assert [error for error in errors if "Content Security Policy" in error] == []


def test_coming_back_after_signing_in_again_in_another_tab_saves_by_itself(
    sign_in: SignIn, people: People, url: str, assessment: Assessment
) -> None:
    page = sign_in(people.teacher, PHONE)
    page.goto(url)
    page.context.clear_cookies(name="sessionid")
    page.get_by_text("4 ดีเลิศ").click()
    expect(page.locator("#save-state")).to_contain_text("หมดเวลาใช้งาน")
    again = sign_in(people.teacher, PHONE)
    page.context.add_cookies(again.context.cookies())  # type: ignore[arg-type]
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
    assert assessment.answers.get().self_level == 4


def test_a_fact_that_cannot_be_read_is_told_in_the_bar(
    sign_in: SignIn, people: People, open_round: Round, assessment: Assessment, fact: Fact
) -> None:
    page = sign_in(people.teacher, PHONE)
    page.goto(f"/rounds/{open_round.year}-{open_round.number}/schools/{JAEHOM}/facts/")
    field = page.locator(f"#fact-{fact.id}")
    field.fill("1e1")
    field.blur()
    expect(page.locator("#save-state")).to_contain_text("อ่านได้ “1e1” ซึ่งไม่ใช่ตัวเลข")
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.evaluate("scrollTo(0, 0)")
    expect(field).not_to_be_in_viewport()
    page.locator("#save-state").get_by_role("link").click()
    expect(field).to_be_in_viewport()
    field.fill("10")
    field.blur()
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")


def test_on_a_phone_the_save_state_covers_no_button_and_a_conflict_comes_into_view(
    sign_in: SignIn, people: People, url: str, assessment: Assessment, framework: Framework
) -> None:
    entries = {one.id: Entry(4, "ตามจริง") for one in framework.indicators}
    record_self(assessment=assessment, entries=entries, facts={}, by=people.head)
    accept(assessment=assessment, by=people.verifier)
    page = sign_in(people.verifier, PHONE)
    page.goto(url.replace("indicators", "verify"))
    page.wait_for_function("window.htmx !== undefined")
    page.get_by_role("radio", name=re.compile("^4 ")).check()
    state = page.locator("#save-state")
    expect(state).to_contain_text("บันทึกแล้ว")
    button = page.get_by_role("button", name="บันทึกและไปข้อต่อไป")
    button.scroll_into_view_if_needed()
    assert state.bounding_box()["y"] + state.bounding_box()["height"] <= button.bounding_box()["y"]  # type: ignore[index]
    row = assessment.answers.get(indicator=BUILDINGS)
    judge(assessment=assessment, indicator=BUILDINGS, given=Given(5), version=row.version, by=people.director)
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("3")
    expect(page.get_by_role("button", name="บันทึกของฉันทับ")).to_be_in_viewport()


def test_leaving_waits_for_a_photo_that_is_on_its_way(
    sign_in: SignIn, people: People, url: str, assessment: Assessment, tmp_path: Path
) -> None:
    Image.effect_noise((600, 400), 80).convert("RGB").save(tmp_path / "ห้อง.jpg")
    page = sign_in(people.teacher, PHONE)
    page.goto(url)
    held: list[Route] = []
    page.route("**/evidence/", lambda route: held.append(route))
    page.get_by_label(re.compile("ถ่ายรูปหรือเลือกแฟ้ม")).set_input_files([tmp_path / "ห้อง.jpg"])
    expect(page.locator("[data-told]")).to_contain_text("กำลังส่ง")
    page.locator(".foot a", has_text="ข้อต่อไป").click()
    expect(page.locator("[data-told]")).to_contain_text("จะไปต่อเมื่อส่งเสร็จ")
    expect(page).to_have_url(re.compile(f"{re.escape(BUILDINGS)}/$"))
    held[0].continue_()
    expect(page).not_to_have_url(re.compile(f"{re.escape(BUILDINGS)}/"))
    assert assessment.attachments.count() == 1


def test_a_photo_that_did_not_arrive_is_sent_again_by_itself_and_asks_before_one_leaves(
    sign_in: SignIn, people: People, url: str, assessment: Assessment, tmp_path: Path
) -> None:
    Image.effect_noise((600, 400), 80).convert("RGB").save(tmp_path / "ห้อง.jpg")
    page = sign_in(people.teacher, PHONE)
    page.goto(url)
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        lost.append(route.request.method)
        if len(lost) == 1:
            route.abort()
        elif len(lost) == 2:
            route.fetch()  # it arrives, its receipt does not
            route.abort()
        else:
            route.continue_()

    page.route("**/evidence/", lose_the_first)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_label(re.compile("ถ่ายรูปหรือเลือกแฟ้ม")).set_input_files([tmp_path / "ห้อง.jpg"])
    expect(page.locator("[data-told]")).to_contain_text("จะส่งอีกครั้งใน 2 วินาที")
    page.locator(".foot a", has_text="ข้อต่อไป").click()
    assert asked == ["beforeunload"]
    expect(page.locator("#evidence-list img")).to_have_count(1, timeout=15_000)
    expect(page.locator("#evidence-list")).not_to_contain_text("อยู่แล้ว")
    assert assessment.attachments.count() == 1
    assert len(lost) == 3


def test_a_file_that_is_too_large_is_told_before_it_is_sent(
    sign_in: SignIn, people: People, url: str, assessment: Assessment, tmp_path: Path
) -> None:
    (tmp_path / "แผน.pdf").write_bytes(b"%PDF-1.4\n" + b"0" * (21 * 1024 * 1024))
    page = sign_in(people.teacher, PHONE)
    page.goto(url)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.url.endswith("/evidence/") else None)
    page.get_by_label(re.compile("ถ่ายรูปหรือเลือกแฟ้ม")).set_input_files([tmp_path / "แผน.pdf"])
    expect(page.locator("#evidence-list .banner.bad")).to_contain_text("แผน.pdf: ใหญ่กว่า 20 MB")
    assert sent == []


def test_a_comment_that_is_not_sent_is_not_left_behind_without_a_question(
    sign_in: SignIn, people: People, url: str, open_round: Round
) -> None:
    page = sign_in(people.teacher, PHONE)
    page.goto(url)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_label("ข้อความ", exact=True).press_sequentially("ขอดูรูปเดิม")
    page.locator(".foot a", has_text="ข้อต่อไป").click()
    expect(page.get_by_label("ข้อความ", exact=True)).to_have_value("ขอดูรูปเดิม")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="ส่งข้อความ").click()
    expect(page.locator("main")).to_contain_text("ส่งข้อความแล้ว")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("js", [True, False])
def test_a_comment_that_is_too_long_comes_back_with_its_text_and_the_reason_that_its_field_names(
    sign_in: SignIn, people: People, url: str, open_round: Round, js: bool
) -> None:
    page = sign_in(people.teacher, PHONE, java_script_enabled=js)
    page.goto(url)
    field = page.get_by_label("ข้อความ", exact=True)
    field.fill("ก" * 2500)
    page.get_by_role("button", name="ส่งข้อความ").click()
    expect(field).to_have_value("ก" * 2500)
    expect(page.locator("#comment-problem")).to_contain_text("2,500")  # what aria-describedby points at
