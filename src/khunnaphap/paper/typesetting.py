"""The tree as the JSON that paper.typ reads, its text cut into the pieces that a line may end after."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, Final, TypeAlias

from khunnaphap.core.document import (
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    ItemList,
    PageBreak,
    Paragraph,
    Table,
)
from khunnaphap.core.thai.numerals import thai

from . import charts, glyphs, measures
from .rows import is_small, is_tall, rooms
from .words import cut, fitted

Part: TypeAlias = dict[str, Any]

_MEASURES: Final = {name: value for name, value in vars(measures).items() if name.isupper()} | {"FAMILY": glyphs.FAMILY}


def typeset(document: Document) -> str:
    """The whole paper as JSON; its text must be drawable already."""
    paper = {
        "measures": _MEASURES
        | {
            "HEADINGS": measures.headings(document.compact),
            "HEADINGS_ABOVE": measures.above(document.compact),
            "TABLE_ABOVE": measures.table_above(document.compact),
        },
        "title": document.title,
        "author": document.author,
        "dated": (document.dated.year, document.dated.month, document.dated.day),
        "draft": document.draft,
        "marks": cut(measures.MARKS_JOINT.join(document.marks)),
        "cover": [_line(line, measures.COVER_FIRST, bold=True) for line in document.cover.lines],
        "contents": has_contents(document),
        "blocks": [
            _block(block, measures.headings(document.compact)) | {"keep": keep} for block, keep in kept(document.blocks)
        ],
    }
    return json.dumps(paper, ensure_ascii=False)


def has_contents(document: Document) -> bool:
    """Whether a contents page is wanted and has anything to list."""
    return document.contents and any(isinstance(block, Heading) for block in document.blocks)


def kept(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether it must end on the page where the next begins.

    That is what leads to a list, table or chart, a title, a note under a heading that something follows, and what a
    signature stands under (of a list its last items, of a table its last rows).
    """
    before: Block | None = None
    for block, after in zip_longest(blocks, blocks[1:]):
        signed = isinstance(after, Paragraph) and after.style == "signature"
        leads = (signed and isinstance(block, Paragraph | ItemList | Table)) or (
            isinstance(block, Paragraph)
            and (
                block.style == "title"
                or isinstance(after, ItemList | Table | Chart)
                or (block.style == "note" and isinstance(before, Heading) and isinstance(after, Paragraph))
            )
        )
        yield block, leads
        before = block


def _block(block: Block, sizes: tuple[float, ...]) -> Part:
    match block:
        case Heading():
            return _heading(block, sizes[block.level - 1])
        case Paragraph():
            return _paragraph(block)
        case ItemList():
            return _list(block)
        case Table():
            return _table(block)
        case Chart():
            caption = _line(block.caption, measures.TABLE, bold=True)
            return {"kind": "chart", "caption": caption, "alternative": block.alternative, **charts.typeset(block)}
        case PageBreak():
            return {"kind": "page-break"}


def _line(text: str, size: float, *, bold: bool = False, indent: float = 0.0) -> tuple[str, ...]:
    """A text that runs over the page's width less ``indent`` cm, at a font size in points."""
    return fitted(cut(text), measures.points(measures.TEXT_WIDTH - indent), size, bold=bold)


def _heading(block: Heading, size: float) -> Part:
    indent = measures.HEADING_INDENTS[block.level - 1]
    number = f"{block.number} " if block.number else ""
    hang = glyphs.width(number, size, bold=True)
    room = indent + hang * 2.54 / 72
    pieces = (*cut(number), *_line(block.text, size, bold=True, indent=room))
    return {"kind": "heading", "level": block.level, "hang": hang, "pieces": pieces}


def _paragraph(block: Paragraph) -> Part:
    note = block.style == "note"
    size = measures.NOTE if note else measures.BODY
    indent = {"note": 0, "signature": measures.SIGNATURE_LEFT}.get(block.style, measures.FIRST_LINE)
    lead = _line(f"{block.lead} " if block.lead and block.text else block.lead, size, bold=True, indent=indent)
    return {"kind": "paragraph", "style": block.style, "lead": lead, "pieces": _line(block.text, size, indent=indent)}


def _list(block: ItemList) -> Part:
    """A list's items, each with those that stand under it."""
    return {
        "kind": "list",
        "plain": block.plain,
        **_items(block, list(zip(block.items, block.depths or (0,) * len(block.items), strict=True)), 0),
    }


def _items(block: ItemList, items: list[tuple[str, int]], depth: int) -> Part:
    """Items of one depth: marks from ``LIST_MARKS`` cm on, texts from ``LIST_TEXTS`` unless a mark is wider.

    ``mark`` and ``gap`` are the mark's width and its gap to the text, in points.
    """
    places = [at for at, (_, deep) in enumerate(items) if deep == depth]
    widest = ".".join(["๐"] * depth + [f"{thai(len(places))})"]) if block.ordered else measures.DASH
    reach = measures.points(measures.LIST_TEXTS[depth] - measures.LIST_MARKS[depth])
    indent = measures.LIST_TEXTS[depth] + 0.5
    found = [
        {
            "pieces": _line(items[at][0], measures.BODY, indent=indent),
            "under": _items(block, items[at + 1 : end], depth + 1) if end > at + 1 else None,
        }
        for at, end in zip(places, [*places[1:], len(items)], strict=True)
    ]
    mark = max(glyphs.width(widest, measures.BODY), reach - 4)
    return {"ordered": block.ordered, "depth": depth, "mark": mark, "gap": 4, "items": found}


def _table(block: Table) -> Part:
    widths = measures.column_widths(tuple(column.width for column in block.columns))
    free = rooms(block.columns)
    return {
        "kind": "table",
        "small": is_small(block),
        "caption": _line(block.caption, measures.TABLE, bold=True),
        "columns": [
            _column(column, width, room) for column, width, room in zip(block.columns, widths, free, strict=True)
        ],
        "rows": [_row(row, block.columns, free) for row in block.rows],
    }


def _column(column: Column, width: float, room: float) -> Part:
    pieces = fitted(cut(column.title), room, measures.TABLE, bold=True)
    return {"width": width, "align": column.align, "pieces": pieces}


def _row(row: tuple[Cell, ...], columns: tuple[Column, ...], free: list[float]) -> Part:
    cells = [_cell(cell, room) for cell, room in zip(row, free, strict=True)]
    return {"cells": cells, "tall": is_tall(row, columns)}


def _cell(cell: Cell, room: float) -> Part:
    left = room - measures.TABLE if cell.swatch else room
    return {
        "bold": cell.bold,
        "swatch": cell.swatch,
        "pieces": fitted(cut(cell.text), left, measures.TABLE, bold=cell.bold),
    }
