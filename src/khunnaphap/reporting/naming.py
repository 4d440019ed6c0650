"""Offices by their full name first, with the short one in brackets, and by the short one from then on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from khunnaphap.core.document import Block, Paragraph
from khunnaphap.organisations.models import AreaOffice


def introduced(blocks: Iterable[Block], offices: Sequence[AreaOffice]) -> list[Block]:
    """The blocks with each office's full name at the first place of a paragraph's own words that bears its short one.

    Headings and tables are no such place: they stand before or beside the text.
    """
    waiting = {office.name: office.full_name for office in offices if office.full_name != office.name}
    told: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and waiting:
            lead, text = _introduced(block.lead, waiting), _introduced(block.text, waiting)
            told.append(replace(block, lead=lead, text=text))
        else:
            told.append(block)
    return told


def _introduced(text: str, waiting: dict[str, str]) -> str:
    for short, full in list(waiting.items()):
        found = next((at for at in re.finditer(f"{re.escape(short)}(?![0-9])", text) if not _bracketed(text, at)), None)
        if found:
            text = f"{text[: found.start()]}{full} ({short}){text[found.end() :]}"
            del waiting[short]
    return text


def _bracketed(text: str, found: re.Match[str]) -> bool:
    """Whether a name stands inside brackets, where a full name with brackets of its own would nest them."""
    before = text[: found.start()]
    return before.count("(") > before.count(")")
