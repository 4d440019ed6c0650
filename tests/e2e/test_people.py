"""Signing in and the pages of people in a real browser: passkeys, codes, invitations, no network, every page accessible."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect
from tests.e2e.conftest import LAPTOP, PHONE, told_errors, violations
from tests.people import JAEHOM, People

from khunnaphap.accounts.models import Appointment, User

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SignIn = Callable[..., Page]
GOOD = "ดอกไม้ริมทาง-2567"


@pytest.fixture(autouse=True)
def counts_from_zero(settings: object, tmp_path: Path) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "cache"}
    }


@pytest.fixture
def head(people: People) -> User:
    people.head.set_password(GOOD)
    people.head.save()
    return people.head


@pytest.fixture
def stranger(browser: Browser, live_server) -> Iterator[Page]:  # type: ignore[no-untyped-def]
    """A phone on which nobody has signed in, at the name that browsers allow passkeys on."""
    assert live_server.url.startswith("http://localhost:")
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, base_url=live_server.url)
    yield context.new_page()
    context.close()


def by_password(page: Page, name: str = "head") -> None:
    page.goto("/accounts/login/")
    page.get_by_label("ชื่อผู้ใช้หรืออีเมล").fill(name)
    page.get_by_label("รหัสผ่าน").fill(GOOD)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    expect(page).not_to_have_url(re.compile("/login/"))


def again(page: Page) -> None:
    """What concerns one's own means of signing in asks for the password once more."""
    expect(page).to_have_url(re.compile("/reauthenticate/"))
    page.get_by_label("รหัสผ่าน").fill(GOOD)
    page.locator("main form button").first.click()
    expect(page).not_to_have_url(re.compile("/reauthenticate/"))


def out(page: Page) -> None:
    page.goto("/me/")
    if (menu := page.locator("header summary")).is_visible():
        menu.click()
    page.get_by_role("button", name="ออกจากระบบ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("เข้าสู่ระบบ")


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= (page.viewport_size or {"width": 0})["width"]
    assert violations(page) == ""


def test_a_passkey_is_added_and_signs_in_without_a_password(stranger: Page, head: User) -> None:
    errors = told_errors(stranger)
    devtools = stranger.context.new_cdp_session(stranger)
    devtools.send("WebAuthn.enable")
    authenticator = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**authenticator, "isUserVerified": True, "automaticPresenceSimulation": True}
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    by_password(stranger)
    stranger.goto("/accounts/2fa/webauthn/")
    stranger.get_by_role("link", name="เพิ่มพาสคีย์").click()
    again(stranger)
    stranger.get_by_label("ชื่อพาสคีย์").fill("โทรศัพท์ของฉัน")
    stranger.get_by_role("checkbox").check()
    fits(stranger)
    stranger.get_by_role("button", name="เพิ่ม").click()
    stranger.wait_for_url(re.compile(r"/2fa/(?!webauthn/add)"))
    assert (
        len(devtools.send("WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]})["credentials"]) == 1
    )
    stranger.goto("/accounts/2fa/webauthn/")
    expect(stranger.locator("main")).to_contain_text("โทรศัพท์ของฉัน")
    expect(stranger.locator("main .tag")).to_have_text("พาสคีย์")
    fits(stranger)
    out(stranger)
    stranger.get_by_role("button", name="เข้าสู่ระบบด้วยพาสคีย์").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("งานของฉัน")
    assert errors == []


def code_of(secret: str) -> str:
    """The six digits of RFC 6238 at this moment."""
    counted = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    offset = counted[-1] & 15
    return f"{(struct.unpack('>I', counted[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def test_codes_of_an_app_are_set_up_and_asked_for_after_the_password(
    stranger: Page, head: User, settings: object
) -> None:
    settings.MFA_TOTP_TOLERANCE = 1  # type: ignore[attr-defined]  # half a minute may end between reading and typing
    by_password(stranger)
    stranger.goto("/accounts/2fa/totp/activate/")
    again(stranger)
    secret = stranger.locator("#authenticator_secret").input_value()
    assert stranger.locator("img.qr").evaluate("(one) => one.naturalWidth") > 0
    fits(stranger)
    stranger.locator("[name=code]").fill("000000" if code_of(secret) != "000000" else "111111")
    stranger.get_by_role("button", name="เปิดใช้").click()
    expect(stranger.locator(".errorlist")).to_be_visible()
    fits(stranger)
    assert stranger.locator("#authenticator_secret").input_value() == secret
    stranger.locator("[name=code]").fill(code_of(secret))
    stranger.get_by_role("button", name="เปิดใช้").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(re.compile("รหัสกู้คืน"))
    fits(stranger)
    out(stranger)
    by_password(stranger)
    expect(stranger).to_have_url(re.compile("/2fa/authenticate/"))
    fits(stranger)
    stranger.locator("[name=code]").fill(code_of(secret))
    stranger.get_by_role("button", name="เข้าสู่ระบบ").first.click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("งานของฉัน")


def test_without_a_network_a_page_of_ours_says_so_and_the_way_back_works(stranger: Page, head: User) -> None:
    by_password(stranger)
    stranger.evaluate("async () => { await navigator.serviceWorker.ready }")
    stranger.wait_for_function("async () => (await caches.keys()).length > 0")
    stranger.context.set_offline(True)
    stranger.goto("/help/")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("ไม่มีเครือข่าย")
    assert stranger.evaluate("getComputedStyle(document.querySelector('header')).display") == "flex"
    assert str(head) not in stranger.content()
    stranger.context.set_offline(False)
    stranger.get_by_role("link", name="ลองใหม่").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("คู่มือ")


def tab_to(page: Page, one: Locator) -> None:
    """Press Tab until this has the focus, as a person without a mouse does."""
    for _ in range(60):
        if one.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to {one}")


def press(page: Page, one: Locator, key: str = "Enter") -> None:
    tab_to(page, one)
    page.keyboard.press(key)


def test_an_invitation_becomes_a_role_by_keyboard_alone_and_without_javascript(
    sign_in: SignIn,
    browser: Browser,
    live_server,
    people: People,  # type: ignore[no-untyped-def]
) -> None:
    page = sign_in(people.head, PHONE, java_script_enabled=False)
    page.goto("/people/")
    press(page, page.get_by_role("link", name="เชิญผู้ใช้"))
    expect(page.get_by_role("heading", level=1)).to_have_text("เชิญผู้ใช้")
    tab_to(page, page.get_by_label("ชื่อและนามสกุล"))
    page.keyboard.type("มะลิ หอมดี")
    press(page, page.get_by_role("button", name="สร้างลิงก์เชิญ"))
    link = urlsplit(page.locator("code.link-once").inner_text()).path
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]

    viewport = {"width": PHONE[0], "height": PHONE[1]}
    context = browser.new_context(viewport=viewport, base_url=live_server.url, java_script_enabled=False)
    new = context.new_page()
    new.goto(link)
    expect(new).to_have_url(re.compile("/invitations/$"))
    expect(new.locator("main")).to_contain_text("ครูผู้ประเมิน")
    assert new.get_by_label("ชื่อและนามสกุล").input_value() == "มะลิ หอมดี"
    assert new.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    for label in ("รหัสผ่าน", "รหัสผ่านอีกครั้ง"):
        tab_to(new, new.get_by_label(label, exact=True))
        new.keyboard.type(GOOD)
    press(new, new.get_by_role("button", name="สร้างบัญชีและเข้าสู่ระบบ"))
    expect(new.get_by_role("status")).to_contain_text("ท่านเป็นครูผู้ประเมิน")
    held = Appointment.objects.latest("pk")
    assert str(held.person) == "มะลิ หอมดี"
    assert (held.role, held.school.ministry_code) == ("teacher", JAEHOM)  # type: ignore[union-attr]
    context.close()

    press(page, page.get_by_role("link", name="กลับไปหน้าผู้ใช้"))
    press(page, page.get_by_role("link", name="สิ้นสุดบทบาท มะลิ หอมดี"))
    press(page, page.get_by_role("button", name="สิ้นสุดบทบาท"))
    expect(page.get_by_role("status")).to_contain_text("สิ้นสุดบทบาทแล้ว")
    held.refresh_from_db()
    assert held.revoked_at is not None


OWN = ("me/", "me/events/", "privacy/", "help/", "people/", "people/?ended=1", "people/invite/", "nowhere/", "overview/", "rounds/")  # fmt: skip
ACCOUNT = ("password/change/", "email/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "sessions/", "logout/", "reauthenticate/")  # fmt: skip
OPEN = ("", "accounts/login/", "accounts/password/reset/", "accounts/password/reset/done/", "accounts/password/reset/key/1-bad/", "accounts/signup/", "accounts/inactive/", "accounts/confirm-email/", "invitations/", "offline/", "privacy/", "help/signing-in/")  # fmt: skip


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("size", [(320, 640), LAPTOP], ids=["narrow", "laptop"])
def test_every_page_of_people_is_accessible_and_fits(
    browser: Browser,
    live_server,
    people: People,
    language: str,
    size: tuple[int, int],  # type: ignore[no-untyped-def]
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    faults: list[str] = []
    held = Appointment.objects.get(person=people.teacher)
    for name, urls in {
        "": OPEN,
        "head": (
            *OWN,
            *(f"accounts/{one}" for one in ACCOUNT),
            f"schools/{JAEHOM}/teachers/",
            f"people/roles/{held.pk}/end/",
        ),
        "administrator": ("people/", "people/teacher/erase/", "people/invite/?role=head&q=อนุบาล"),
    }.items():
        context = browser.new_context(viewport=viewport, base_url=live_server.url)
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        if name:
            context.add_cookies([{"name": "sessionid", "value": session_of(people.by[name]), "url": live_server.url}])
        page = context.new_page()
        for url in urls:
            page.goto(f"/{url}")
            wide, found = page.evaluate("document.documentElement.scrollWidth"), violations(page)
            faults += [f"{name} {url}: {found}"] if found else []
            faults += [f"{name} {url}: {wide} pixels wide"] if wide > size[0] else []
        context.close()
    assert faults == []


def session_of(person: User) -> str:
    """A session that was entered with a password, given once more just now, so that no page asks for it again."""
    person.set_password(GOOD)
    person.save()
    client = Client()
    assert client.post("/accounts/login/", {"login": person.username, "password": GOOD}).status_code == 302
    assert client.post("/accounts/reauthenticate/", {"password": GOOD}).status_code == 302
    return client.cookies["sessionid"].value
