"""The start page in a real browser: Thai, accessible, by keyboard, on a phone, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.reporting.test_report import JAEHOM, LAMPHUN, WANGNUEA, verify

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.demo.people import make_people
from khunnaphap.web.assets import make_fonts

pytestmark = pytest.mark.e2e


class Server:
    """Only the part of pytest-django's live server that is used here."""

    url: str


def come_in(page: Page, site: str) -> None:
    """Sign in with the demo's button and open the overview."""
    page.goto(f"{site}/accounts/login/")
    page.locator('form[action="/demo/demo-obec/"] button').click()
    page.goto(f"{site}/overview/")


@pytest.fixture
def site(live_server: Server, world: Mapping[str, Round], actor: User, settings: object, tmp_path: Path) -> str:
    for code, level in ((JAEHOM, 4), (WANGNUEA, 3), (LAMPHUN, 5)):
        verify(world["2567/2"], code, level, actor)
    make_people(by=actor)
    make_fonts(settings.ASSETS / "fonts")  # type: ignore[attr-defined]
    settings.DEMO = True  # type: ignore[attr-defined]
    out = tmp_path / "out"
    (out / "workbooks" / "2567-2").mkdir(parents=True)
    (out / "รายงานตรวจราชการ-2567-2-ลำปาง.pdf").write_bytes(b"%PDF-1.7")
    (out / "workbooks" / "2567-2" / "school-1052500312.xlsx").write_bytes(b"PK")
    settings.OUT_DIR = out  # type: ignore[attr-defined]
    return live_server.url


def violations(page: Page) -> str:
    found = Axe().run(page)
    return found.generate_report() if found.violations_count else ""


def test_the_page_is_thai_and_has_no_accessibility_violation(page: Page, site: str) -> None:
    come_in(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text("กลุ่มสีของโรงเรียน")
    assert violations(page) == ""
    page.emulate_media(color_scheme="dark")
    assert violations(page) == ""


def test_english_by_switch_with_the_keyboard_alone(page: Page, site: str) -> None:
    come_in(page, site)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.lang") == "en":
            break
    expect(page.get_by_role("button", name="English")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Colours of schools")
    assert violations(page) == ""
    page.get_by_role("button", name="ไทย").click()
    expect(page.locator("html")).to_have_attribute("lang", "th")


def test_nothing_scrolls_sideways_on_a_phone_or_a_tablet(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    come_in(page, site)
    for width in (320, 641, 700, 769):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_all_works_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    come_in(page, site)
    page.get_by_text("แบบที่กรอกแล้ว 1 แฟ้ม").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("school-1052500312")).click()
    assert download.value.suggested_filename == "school-1052500312.xlsx"
    context.close()


def test_a_page_that_is_not_there_is_accessible_too(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/nowhere")
    expect(page.get_by_role("heading", level=1)).to_have_text("ไม่พบหน้านี้")
    assert violations(page) == ""
    context.close()
