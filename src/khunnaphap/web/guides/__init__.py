"""The user guide: Markdown files beside this one, and which of them helps on which page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from khunnaphap.accounts.roles import ROLES

HELPS: Final[dict[str, str]] = {
    "start": "signing-in",
    "account": "signing-in",
    "mfa": "signing-in",
    "usersessions": "signing-in",
    "invitation": "signing-in",
    "join": "signing-in",
    "demo-sign-in": "signing-in",
    "privacy": "signing-in",
    "me": "signing-in",
    "my-events": "signing-in",
    "my-data": "signing-in",
    "people": "people",
    "invite": "people",
    "cancel-invitation": "people",
    "end-role": "people",
    "erase": "administrator",
    "teachers": "head",
    "hand-in": "head",
    "withdraw": "head",
    "evidence-add": "evidence",
    "evidence-remove": "evidence",
    "offline": "saving",
}
"""From a page's name (or its first word) to the guide that helps there. Every other page helps by the reader's role."""

STRANGER: Final = "signing-in"
PICTURES: Final = "../static/web/guides/"
"""How the files name their pictures, so that they also show where the files are read as they lie."""


@dataclass(frozen=True)
class Guide:
    """A guide: its place in the address, its title, its text as HTML."""

    name: str
    title: str
    html: SafeString


@lru_cache(maxsize=1)
def all_guides() -> tuple[Guide, ...]:
    """Every guide: signing in, one for each role, then what all need."""
    found = sorted(item.name.removesuffix(".md") for item in files(__package__).iterdir() if item.name.endswith(".md"))
    order = [STRANGER, *ROLES]
    return tuple(_read(name) for name in sorted(found, key=lambda name: order.index(name) if name in order else 99))


def guide(name: str) -> Guide | None:
    """The guide of this name."""
    return next((one for one in all_guides() if one.name == name), None)


def helping(url_name: str, roles: Iterable[str] = ()) -> str:
    """The name of the guide for a page, by the page's name, else by the widest of the reader's roles."""
    wanted = HELPS.get(url_name) or HELPS.get(url_name.partition("_")[0])
    held = set(roles)
    return wanted or next((key for key in reversed(ROLES) if key in held), STRANGER)


def _read(name: str) -> Guide:
    """HTML inside the Markdown is shown as text, never let through."""
    text = (files(__package__) / f"{name}.md").read_text("utf-8")
    title = next(line[2:].strip() for line in text.splitlines() if line.startswith("# "))
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = made.parse(text)
    for token in tokens:
        for inner in token.children or ():
            _point(inner)
    return Guide(name, title, mark_safe(made.renderer.render(tokens, made.options, {})))  # noqa: S308 our own file, HTML disabled


def _point(token: Token) -> None:
    """Pictures and other guides, named in the files as they lie beside each other, by their addresses on the site."""
    source, target = str(token.attrs.get("src", "")), str(token.attrs.get("href", ""))
    if token.type == "image" and source.startswith(PICTURES):
        token.attrs |= {"src": static(source.removeprefix("../static/")), "loading": "lazy"}
    if token.type == "link_open" and target.endswith(".md") and "/" not in target:
        token.attrs["href"] = reverse("guide", args=[target.removesuffix(".md")])
