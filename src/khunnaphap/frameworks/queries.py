"""Editions as values of core, and the edition that ships with the product."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.utils.translation import get_language

from khunnaphap.core.edition import framework_from
from khunnaphap.core.framework import Framework, Level
from khunnaphap.core.problems import Refusal
from khunnaphap.core.wording import worded

from .models import Edition, Wording

EXAMPLE = "example-2567"


def shipped_edition(code: str = EXAMPLE) -> dict[str, Any]:
    """The data of an edition that ships with the product, in the shape ``core.edition`` reads."""
    folder = files(__package__) / "editions" / code
    data = tomllib.loads((folder / "edition.toml").read_text("utf-8"))
    data |= tomllib.loads((folder / "facts.toml").read_text("utf-8"))
    parts = sorted(item.name for item in folder.iterdir() if item.name.startswith("component-"))
    data["components"] = [tomllib.loads((folder / name).read_text("utf-8")) for name in parts]
    return data


def shipped_wording(code: str = EXAMPLE) -> dict[str, Any]:
    """How reports tell of the levels of an edition that ships with the product, in the shape of ``core.wording``."""
    return tomllib.loads((files(__package__) / "editions" / code / "wording.toml").read_text("utf-8"))


def edition_coded(code: str) -> Edition:
    """The edition of this code, draft or published; ``Refusal`` in words when there is none."""
    edition = Edition.objects.filter(code=code.strip()).first()
    if edition is None:
        there = ", ".join(Edition.objects.values_list("code", flat=True)) or "ยังไม่มีฉบับใด"
        raise Refusal("edition-unknown", f"ไม่มีเกณฑ์รหัส “{code[:40]}”", f"ใช้รหัสที่มีอยู่: {there}")
    return edition


def newest_published() -> Edition | None:
    """The edition that was published last."""
    return Edition.objects.filter(status=Edition.PUBLISHED).order_by("published_at", "pk").last()


def framework_of(edition: Edition) -> Framework:
    """The edition as a ``Framework`` with its wording; built once for each content and wording."""
    return _framework(edition.pk, edition.digest, edition.wording_digest)


@lru_cache(maxsize=32)
def _framework(pk: int, digest: str, wording_digest: str) -> Framework:
    content = Edition.objects.values_list("content", flat=True).get(pk=pk, digest=digest)
    words = Wording.objects.filter(edition=pk).values_list("words", flat=True).first() if wording_digest else None
    return worded(framework_from(content), words or {})


def level_choice(level: Level) -> str:
    """A level with its number ("4 ดีเลิศ"), in the language of the page."""
    return level.choice_en if get_language() == "en" else level.choice


def level_names(framework: Framework) -> tuple[str, ...]:
    """The names of the levels from the lowest, in the language of the page."""
    names = framework.level_names
    return framework.level_names_en if get_language() == "en" and len(framework.level_names_en) == len(names) else names


def titled(thing: object) -> str:
    """The title of a component, aspect, indicator, fact or band, in the language of the page."""
    english = str(getattr(thing, "title_en", ""))
    return english if english and get_language() == "en" else str(getattr(thing, "title", ""))
