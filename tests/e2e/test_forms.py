"""Forms that show what the choice made so far needs: in a real browser, with and without JavaScript, and without :has()."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from tests.e2e.conftest import LAPTOP, PHONE, violations
from tests.people import JAEHOM, People

from khunnaphap.assessments.actions import Given, accept, judge, record_self, save_facts
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.pages.facts import asked_facts
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SignIn = Callable[..., Page]
BUILDINGS, AREAS = "building-soundness", "activity-areas"


@pytest.fixture
def judged(open_round: Round, people: People, framework: Framework) -> Assessment:
    """Handed in and taken in; the office differs on one indicator."""
    found = open_round.assessments.get(school__ministry_code=JAEHOM)
    record_self(
        assessment=found, entries={one.id: Entry(4, "ตามจริง") for one in framework.indicators}, facts={}, by=people.head
    )
    accept(assessment=found, by=people.verifier)
    version = found.answers.get(indicator=AREAS).version
    judge(assessment=found, indicator=AREAS, given=Given(2, "", "ไม่พบป้าย"), version=version, by=people.verifier)
    return found


def without_has(page: Page) -> None:
    """A browser that does not know :has(): the rules that need it are not there."""

    def older(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r"[^{}]*:has\([^{}]*\{[^}]*\}", "", answer.text()))

    page.route("**/forms*.css", older)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_reason_is_asked_only_where_an_indicator_is_ticked_and_a_filter_hides_no_tick(
    sign_in: SignIn, people: People, base: str, judged: Assessment, script: bool
) -> None:
    page = sign_in(people.verifier, PHONE, java_script_enabled=script)
    page.goto(f"{base}send-back/")
    reasons, ticks = page.get_by_label("เหตุผลถึงโรงเรียน"), page.locator(".group [type=checkbox]")
    expect(reasons).to_have_count(74)
    expect(reasons.filter(visible=True)).to_have_count(0)
    page.locator(f"[name=send-{BUILDINGS}]").check()
    expect(reasons.filter(visible=True)).to_have_count(1)
    page.get_by_label("เขตเห็นต่าง (1)").check()
    expect(ticks.filter(visible=True)).to_have_count(2)
    page.locator(f"[name=send-{BUILDINGS}]").uncheck()
    expect(ticks.filter(visible=True)).to_have_count(1)
    page.locator(f"[name=send-{AREAS}]").check()
    expect(reasons.filter(visible=True)).to_have_value("ไม่พบป้าย")
    if script:
        assert violations(page) == ""
    page.get_by_role("button", name="ส่งคืนให้โรงเรียน").click()
    expect(page.locator("main")).to_contain_text("ส่งคืน 1 ตัวชี้วัดแล้ว")
    assert judged.sent_back.get().reason == "ไม่พบป้าย"


def test_a_browser_without_has_shows_every_field(
    sign_in: SignIn, people: People, base: str, judged: Assessment
) -> None:
    page = sign_in(people.verifier, PHONE, java_script_enabled=False)
    without_has(page)
    page.goto(f"{base}send-back/")
    expect(page.get_by_label("เหตุผลถึงโรงเรียน").filter(visible=True)).to_have_count(74)
    page = sign_in(people.obec, PHONE, java_script_enabled=False)
    without_has(page)
    page.goto("/rounds/new/")
    for label in ("ระดับเป้าหมาย", "ตัวชี้วัดที่อยู่ในแผน", "รหัสกระทรวง 10 หลัก"):
        expect(page.get_by_label(label)).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_new_round_asks_for_what_its_kind_and_its_schools_need(
    sign_in: SignIn, people: People, open_round: Round, script: bool
) -> None:
    page = sign_in(people.obec, LAPTOP, java_script_enabled=script)
    page.goto("/rounds/new/")
    aim, codes = page.get_by_label("ระดับเป้าหมาย"), page.get_by_label("รหัสกระทรวง 10 หลัก")
    colours = page.get_by_role("group", name="กลุ่มสี", exact=True)
    for hidden in (aim, codes, colours):
        expect(hidden).to_be_hidden()
    page.get_by_label("ติดตามเฉพาะตัวชี้วัดที่ต้องพัฒนา").check()
    expect(aim).to_be_visible()
    page.get_by_label("ตามกลุ่มสีล่าสุด").check()
    expect(colours).to_be_visible()
    expect(codes).to_be_hidden()
    page.get_by_label("ตามรายการรหัส").check()
    expect(colours).to_be_hidden()
    codes.fill("9999999999")
    page.get_by_role("button", name="เปิดรอบ", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("ระดับเป้าหมาย")
    expect(codes).to_have_value("9999999999")
    if script:
        assert violations(page) == ""


def test_two_people_at_one_fact_choose_between_both_values(
    sign_in: SignIn, people: People, base: str, open_round: Round, framework: Framework
) -> None:
    found = open_round.assessments.select_related("school").get(school__ministry_code=JAEHOM)
    mean, other = [fact for fact in asked_facts(framework, found) if fact.kind == "mean"][:2]
    page = sign_in(people.teacher, PHONE)
    page.goto(f"{base}facts/")
    save_facts(assessment=found, facts={mean.id: "70"}, seen={}, by=people.head)
    page.locator(f"[name={mean.id}]").fill("80")
    page.locator(f"[name={other.id}]").fill("61")
    page.get_by_role("button", name="บันทึกข้อมูลทั้งหมด").click()
    expect(page.get_by_role("alert")).to_contain_text("มีผู้อื่นแก้ช่องเดียวกัน")
    expect(page.get_by_label(re.compile("ใช้ค่าที่บันทึกไว้แล้ว 70"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert violations(page) == ""
    page.get_by_label(re.compile("ใช้ค่าในช่องของฉัน 80")).check()
    page.get_by_role("button", name="บันทึกข้อมูลทั้งหมด").click()
    expect(page.locator("main")).to_contain_text("บันทึกข้อมูลทั้งหมดแล้ว")
