"""The user guide: Markdown files beside this one, and which of them helps on which page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

HELPS: Final[dict[str, str]] = {
    "account": "signing-in",
    "mfa": "signing-in",
    "usersessions": "signing-in",
    "invitation": "signing-in",
    "join": "signing-in",
    "me": "signing-in",
    "people": "people",
    "invite": "people",
    "end-role": "people",
    "erase": "people",
    "teachers": "people",
}
"""From a page's name (or its first word) to the guide that helps there; guides that are not written yet are skipped."""


@dataclass(frozen=True)
class Guide:
    """A guide: its place in the address, its title, its text as HTML."""

    name: str
    title: str
    html: SafeString


@lru_cache(maxsize=1)
def all_guides() -> tuple[Guide, ...]:
    """Every guide, by file name."""
    found = sorted(item.name for item in files(__package__).iterdir() if item.name.endswith(".md"))
    return tuple(_read(name.removesuffix(".md")) for name in found)


def guide(name: str) -> Guide | None:
    """The guide of this name."""
    return next((one for one in all_guides() if one.name == name), None)


def helping(url_name: str) -> str:
    """The name of the guide for a page, by the page's name; empty where there is none."""
    wanted = HELPS.get(url_name) or HELPS.get(url_name.partition("_")[0], "")
    return wanted if guide(wanted) else ""


def _read(name: str) -> Guide:
    """HTML inside the Markdown is shown as text, never let through."""
    text = (files(__package__) / f"{name}.md").read_text("utf-8")
    title = next(line[2:].strip() for line in text.splitlines() if line.startswith("# "))
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return Guide(name, title, mark_safe(html))  # noqa: S308 our own file, HTML disabled
