"""A real browser: Debian's Chromium, never a downloaded one; people who are signed in; pictures for the guides."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from khunnaphap.accounts.models import User
from khunnaphap.web.assets import make_fonts

PHONE, LAPTOP = (360, 740), (1280, 800)
PICTURES = os.environ.get("KHUNNAPHAP_PICTURES", "")
"""Where the guides' pictures go; empty in an ordinary run (``make guide-pictures`` sets it)."""


@pytest.fixture(scope="session", autouse=True)
def fonts() -> None:
    """The fonts that the pages ask for, made as ``serve`` makes them."""
    make_fonts(Path(settings.ASSETS) / "fonts")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        yield started
        started.close()


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-US")
    opened = context.new_page()
    errors = told_errors(opened)
    yield opened
    context.close()
    assert errors == []


def told_errors(page: Page) -> list[str]:
    """What the browser complains of: script errors, policies broken."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: errors.append(f"{message.text} {message.location['url']}") if message.type == "error" else None,
    )
    return errors


@pytest.fixture
def sign_in(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:  # type: ignore[no-untyped-def]
    """``sign_in(person, width, height, **context)``: a page of a signed-in person, at the live server."""
    opened: list[BrowserContext] = []

    def made(person: User, size: tuple[int, int] = PHONE, **options: object) -> Page:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, base_url=live_server.url, locale="th-TH", **options)  # type: ignore[arg-type]
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield made
    for context in opened:
        context.close()


def violations(page: Page) -> str:
    """What axe finds (WCAG 2.2 AA and best practices), as text; empty for nothing."""
    found = Axe().run(page)
    return found.generate_report() if found.violations_count else ""


def picture(page: Page, name: str, of: str = "") -> None:
    """A picture for the guides, only where they are asked for: small enough to keep; ``of`` one part of the page."""
    if not PICTURES:
        return
    if of:
        page.evaluate("for (const bar of document.querySelectorAll('nav.foot')) bar.style.visibility = 'hidden'")
    taken = page.locator(of).first.screenshot() if of else page.screenshot()
    shot = Image.open(BytesIO(taken)).convert("RGB")
    small = shot.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    Path(PICTURES).mkdir(parents=True, exist_ok=True)
    small.save(Path(PICTURES) / f"{name}.png", optimize=True)
    if of:
        page.evaluate("for (const bar of document.querySelectorAll('nav.foot')) bar.style.visibility = ''")
