"""The bar at the top: one line on a phone, its menu by keyboard and without JavaScript, all of it on a laptop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import LAPTOP, violations
from tests.people import People

from khunnaphap.assessments.models import Round

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SignIn = Callable[..., Page]
LINKS = {"งานของฉัน", "กระดานรอบ", "ภาพรวม", "รอบ", "ผู้ใช้"}


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_bar_is_one_line_on_a_phone(sign_in: SignIn, people: People, width: int, language: str) -> None:
    page = sign_in(people.director, (width, 640))
    if language == "en":
        page.goto("/help/")
        page.get_by_role("button", name="English").click()
    for url in ("/people/", "/help/"):
        page.goto(url)
        assert page.locator("header.bar").evaluate("(bar) => bar.offsetHeight") <= 64
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_menu_opens_and_leads_on_by_keyboard_alone_without_javascript(sign_in: SignIn, people: People) -> None:
    page = sign_in(people.director, (360, 740), java_script_enabled=False)
    page.goto("/help/")
    menu = page.locator("header summary")
    expect(page.get_by_role("link", name="ผู้ใช้", exact=True)).to_be_hidden()
    for _ in ("skip", "start", "language", "menu"):
        page.keyboard.press("Tab")
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    shown = page.get_by_role("navigation", name="หน้าหลัก").get_by_role("link")
    assert set(shown.all_inner_texts()) == {*LINKS, str(people.director)}
    for _ in LINKS:
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="ผู้ใช้", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("ผู้ใช้")


def test_the_open_menu_is_accessible_and_a_laptop_needs_none(sign_in: SignIn, people: People) -> None:
    page = sign_in(people.director, (360, 740))
    page.goto("/people/")
    page.locator("header summary").click()
    assert violations(page) == ""
    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    expect(page.locator("header summary")).to_be_hidden()
    assert set(page.get_by_role("navigation", name="หน้าหลัก").get_by_role("link").all_inner_texts()) > LINKS


def test_the_page_of_components_is_accessible_and_fits(sign_in: SignIn, people: People, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    page = sign_in(people.director, (320, 640))
    page.goto("/parts/")
    expect(page.get_by_label("เหตุผลถึงโรงเรียน")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == ""


def test_a_school_stands_in_one_line_on_the_board_and_the_page_never_scrolls_sideways(
    sign_in: SignIn, people: People, open_round: Round
) -> None:
    page = sign_in(people.obec, (320, 640))
    page.goto(f"/rounds/{open_round.year}-{open_round.number}/board/")
    for width in (320, 360, 700, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        lines = page.locator(".board th[scope=row] a").evaluate_all(
            "(all) => all.map((a) => a.getClientRects().length)"
        )
        assert set(lines) == {1}, (width, lines)
        assert violations(page) == ""
