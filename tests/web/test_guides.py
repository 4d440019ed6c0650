"""The guides: one helps on every page, what they name is there, and they say each step in the words of the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from khunnaphap.accounts.roles import ROLES
from khunnaphap.evidence import limits
from khunnaphap.web import guides
from tests.people import People

FOLDER = Path(guides.__file__).parent
PICTURES = FOLDER.parent / "static" / "web" / "guides"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))


def page_names(within: URLResolver | None = None) -> Iterator[str]:
    for one in (within or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield one.name or ""
        else:
            yield from page_names(one)


def test_every_page_helps_with_a_guide_that_exists() -> None:
    names = set(page_names())
    assert {"school", "verify", "round-new", "people", "account_login", "mfa_index", "usersessions_list"} <= names
    for name in names:
        for roles in ([], *([role] for role in ROLES), list(ROLES)):
            assert guides.guide(guides.helping(name, roles)), (name, roles)


def test_the_table_of_guides_names_pages_that_exist() -> None:
    names = set(page_names())
    first = {name.partition("_")[0] for name in names}
    assert [name for name in guides.HELPS if name not in names | first] == []


def test_every_role_has_a_guide_and_a_shared_page_helps_by_the_widest_role() -> None:
    assert set(ROLES) <= set(NAMES)
    assert guides.helping("school", ["teacher"]) == "teacher"
    assert guides.helping("school", ["head", "provincial", "teacher"]) == "provincial"
    assert guides.helping("people", ["head"]) == "people"
    assert guides.helping("work") == "signing-in"


@pytest.mark.parametrize("name", NAMES)
def test_pictures_and_links_of_a_guide_lead_somewhere(name: str, db: None, client: Client) -> None:
    page = client.get(f"/help/{name}/").content.decode()
    article = re.search(r"<article.*?</article>", page, re.DOTALL)
    assert article
    for tag in re.findall(r"<img[^>]*>", article[0]):
        found = re.search(r'src="/static/(web/guides/[a-z-]+\.png)"', tag)
        assert found, tag
        assert finders.find(found[1]), tag
        assert re.search(r'alt="[^"]{10,}"', tag), tag
    for href in re.findall(r'<a href="([^"]*)"', article[0]):
        assert client.get(href).status_code == 200, href


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_shows_its_pictures_where_the_file_lies_and_ends_with_what_to_do_when_stuck(name: str) -> None:
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    for place in re.findall(r"\]\(([^)]+)\)", text):
        assert (FOLDER / place).is_file(), place
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[-1] == "ถ้าติดขัด"
    assert not re.search("[๐-๙]", text)


def test_every_picture_is_used_and_together_they_are_small() -> None:
    used = {
        name for path in FOLDER.glob("*.md") for name in re.findall(r"guides/([a-z-]+\.png)", path.read_text("utf-8"))
    }
    kept = list(PICTURES.glob("*.png"))
    assert {path.name for path in kept} == used
    assert sum(path.stat().st_size for path in kept) < 1_200_000


def test_the_manual_of_the_repository_leads_to_every_guide() -> None:
    text = (FOLDER.parents[3] / "docs" / "user" / "README.md").read_text("utf-8")
    assert [name for name in NAMES if f"(../../src/khunnaphap/web/guides/{name}.md)" not in text] == []


def test_words_of_buttons_in_the_guides_are_words_of_the_pages() -> None:
    """What a guide quotes with “ ” stands in a template, a form or a view, up to a number that it leaves out."""
    source = FOLDER.parents[1]
    said = "".join(
        path.read_text("utf-8")
        for room in ("assessments", "accounts", "web", "core")
        for path in (source / room).rglob("*")
        if path.suffix in {".html", ".py"}
    )
    lost = []
    for path in FOLDER.glob("*.md"):
        for quoted in re.findall("“([^”]+)”", path.read_text("utf-8")):
            parts = [part.strip(" ()✓›") for part in quoted.split("…")]
            lost += [(path.stem, quoted) for part in parts if part and part not in said]
    assert lost == []


def test_the_sizes_that_the_guide_tells_are_those_that_are_kept() -> None:
    text = (FOLDER / "evidence.md").read_text("utf-8")
    for size in (limits.MAX_PHOTO, limits.MAX_PDF, limits.MAX_OFFICE):
        assert size == 20 * limits.MB
    told = (
        f"{limits.MAX_PIXELS // 1_000_000} ล้านพิกเซล",
        f"{limits.MAX_WEBP_PIXELS // 1_000_000} ล้านพิกเซล",
        f"{limits.MAX_URL:,} ตัวอักษร",
    )
    assert all(one in text for one in (*told, f"{limits.LONGEST_SIDE:,} พิกเซล"))


def test_the_help_link_of_a_page_leads_to_the_readers_guide(people: People, client: Client) -> None:
    assert 'href="/help/signing-in/"' in client.get("/accounts/login/").content.decode()
    for role in ROLES:
        client.force_login(getattr(people, role), backend="allauth.account.auth_backends.AuthenticationBackend")
        assert f'href="/help/{role}/"' in client.get(reverse("work"), follow=True).content.decode()
