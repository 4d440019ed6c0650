"""The numbers of headings and lists, as text: the same in every program that opens the file (ADR 0014)."""

from __future__ import annotations

from collections.abc import Iterator

from khunnaphap.core.document import Heading, ItemList
from khunnaphap.core.thai.numerals import thai

from .. import glyphs, measures
from .markup import twips


def headed(heading: Heading) -> str:
    """A heading's text behind its number."""
    return f"{heading.number} {heading.text}" if heading.number else heading.text


def hanging(heading: Heading, compact: bool) -> float:
    """How far the lines after the first stand in, in points: the width of the number and its space."""
    if not heading.number:
        return 0.0
    return glyphs.width(f"{heading.number} ", measures.headings(compact)[heading.level - 1], bold=True)


def heading_indent(heading: Heading, compact: bool) -> str:
    """The properties that let a long heading hang behind its number."""
    hang = hanging(heading, compact)
    left = measures.points(measures.HEADING_INDENTS[heading.level - 1]) + hang
    return f'<w:ind w:left="{twips(left)}" w:hanging="{twips(hang)}"/>'


def marked(block: ItemList) -> Iterator[tuple[str, str, str]]:
    """Each item of a list with its mark (๑.๒) or a dash, none of a plain list) and the properties of its paragraph."""
    counters: list[int] = []
    for item, depth in zip(block.items, block.depths or (0,) * len(block.items), strict=True):
        counters = [*counters[: depth + 1], *[0] * (depth + 1 - len(counters))]
        counters[depth] += 1
        number = ".".join(map(thai, counters)) + ")"
        mark = "" if block.plain else number if block.ordered else measures.DASH
        yield mark, item, _item_indent(depth, mark)


def _item_indent(depth: int, mark: str) -> str:
    """The mark stands at its place, the text behind a tab at its own, or as far right as a wide mark needs."""
    at = measures.points(measures.LIST_MARKS[depth])
    text = max(measures.points(measures.LIST_TEXTS[depth]), at + glyphs.width(mark, measures.BODY) + 4)
    if not mark:
        return f'<w:ind w:left="{twips(measures.points(measures.LIST_TEXTS[depth]))}" w:hanging="{twips(text - at)}"/>'
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{twips(text)}"/></w:tabs>'
    return f'{tab}<w:ind w:left="{twips(text)}" w:hanging="{twips(text - at)}"/>'
