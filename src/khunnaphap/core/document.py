"""A paper as a tree of values: what it says and where each part comes from, not how it looks.

Text in the tree is final: digits are already Thai where the paper wants Thai digits. The rooms in
``paper`` turn the tree into DOCX and PDF and change nothing of its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, TypeAlias

DEEPEST: Final = 2
"""How deep an item of a list may stand under others."""


@dataclass(frozen=True)
class Source:
    """A record that a part of the paper rests on, e.g. ``Source("answer", "2567/1:1052…:water")``."""

    kind: str
    key: str


@dataclass(frozen=True)
class Heading:
    """A heading. ``level`` 1 to 6, no level skipped; ``number`` is the printed one ("๑.๒)") or empty."""

    level: int
    text: str
    number: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. ``lead`` is the bold run-in before the text, if any.

    ``note`` is set smaller; ``signature`` is a block of centred lines in the right half of the page; ``title`` stands
    bold over what follows and stays on its page.
    """

    text: str
    lead: str = ""
    style: Literal["body", "note", "signature", "title"] = "body"
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class ItemList:
    """A list; ``ordered`` numbers its items ๑) ๒) ๓), else a dash stands before each.

    ``depths``, where given, is how deep each item stands under others (0 to ``DEEPEST``): ๑) ๑.๑) ๑.๑.๑). ``plain``
    items bear their own names (จุดที่ ๑ ณ …), and no mark stands before them.
    """

    items: tuple[str, ...]
    ordered: bool = False
    sources: tuple[Source, ...] = ()
    depths: tuple[int, ...] = ()
    plain: bool = False

    def __post_init__(self) -> None:
        if self.depths:
            steps = zip((-1, *self.depths), self.depths, strict=False)
            if len(self.depths) != len(self.items) or any(not 0 <= to <= min(at + 1, DEEPEST) for at, to in steps):
                raise ValueError(f"depths {self.depths} of {len(self.items)} items")


@dataclass(frozen=True)
class Column:
    """A table column: its heading, its share of the width and how its cells align."""

    title: str
    width: int = 1
    align: Literal["left", "centre", "right"] = "left"


@dataclass(frozen=True)
class Cell:
    """A table cell; ``swatch`` is a colour's hex value ("#7a3db8") drawn as a small square before the text."""

    text: str
    bold: bool = False
    swatch: str = ""


@dataclass(frozen=True)
class Table:
    """A table whose heading row repeats on each page; every row has as many cells as there are columns."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} of {self.caption!r} has {len(row)} cells, not {len(self.columns)}")


@dataclass(frozen=True)
class Segment:
    """A piece of a bar: ``length`` in the unit of its chart; ``text`` stands in it where there is room, or ``short``."""

    length: int
    text: str
    fill: str
    short: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar of a chart with its label before it and, after it, what it comes to."""

    label: str
    segments: tuple[Segment, ...]
    total: str = ""


@dataclass(frozen=True)
class Key:
    """What a fill ("#7a3db8") of a chart means."""

    text: str
    fill: str


@dataclass(frozen=True)
class Chart:
    """Bars from left to right; ``full`` is the length of the whole width. ``alternative`` says in words what they show."""

    caption: str
    alternative: str
    bars: tuple[Bar, ...]
    full: int
    keys: tuple[Key, ...] = ()
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        longest = max((sum(piece.length for piece in bar.segments) for bar in self.bars), default=0)
        if self.full <= 0 or longest > self.full or not self.alternative:
            raise ValueError(f"chart {self.caption!r}: {longest} of {self.full}, alternative {self.alternative!r}")


@dataclass(frozen=True)
class PageBreak:
    """The next block begins a new page."""


Block: TypeAlias = Heading | Paragraph | ItemList | Table | Chart | PageBreak


@dataclass(frozen=True)
class Cover:
    """The title page: lines from top to bottom, the first the largest."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A whole paper.

    ``marks`` stand on every page (ข้อมูลสมมุติ, ตัวอย่าง รอยืนยันจาก สพฐ.); ``draft`` puts ร่าง on every page;
    ``compact`` papers have smaller headings, closer to the text: a page that must stay one.
    ``dated`` is the date in the file's own metadata (the record's date, never the clock's).
    """

    title: str
    author: str
    dated: date
    cover: Cover
    blocks: tuple[Block, ...]
    marks: tuple[str, ...] = ()
    draft: bool = False
    contents: bool = True
    compact: bool = False

    def __post_init__(self) -> None:
        level = 0
        for block in self.blocks:
            if isinstance(block, Heading):
                if block.level > level + 1:
                    raise ValueError(f"heading {block.text!r} skips from level {level} to {block.level}")
                level = block.level


def map_text(document: Document, change: Callable[[str], str]) -> Document:
    """The same tree with every text passed through ``change`` (sources, colours and dates stay)."""
    return replace(
        document,
        title=change(document.title),
        author=change(document.author),
        cover=Cover(tuple(change(line) for line in document.cover.lines)),
        marks=tuple(change(mark) for mark in document.marks),
        blocks=tuple(_map_block(block, change) for block in document.blocks),
    )


def _map_block(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Heading():
            return replace(block, text=change(block.text), number=change(block.number))
        case Paragraph():
            return replace(block, text=change(block.text), lead=change(block.lead))
        case ItemList():
            return replace(block, items=tuple(change(item) for item in block.items))
        case Table():
            return replace(
                block,
                caption=change(block.caption),
                columns=tuple(replace(column, title=change(column.title)) for column in block.columns),
                rows=tuple(tuple(replace(cell, text=change(cell.text)) for cell in row) for row in block.rows),
            )
        case Chart():
            return replace(
                block,
                caption=change(block.caption),
                alternative=change(block.alternative),
                bars=tuple(_map_bar(bar, change) for bar in block.bars),
                keys=tuple(replace(key, text=change(key.text)) for key in block.keys),
            )
        case PageBreak():
            return block


def _map_bar(bar: Bar, change: Callable[[str], str]) -> Bar:
    segments = tuple(replace(piece, text=change(piece.text), short=change(piece.short)) for piece in bar.segments)
    return Bar(change(bar.label), segments, change(bar.total))


def texts(document: Document) -> Iterator[str]:
    """Every text of the body in reading order, as a proofreader or a test reads it."""
    for block in document.blocks:
        match block:
            case Heading():
                yield f"{block.number} {block.text}".strip()
            case Paragraph():
                yield f"{block.lead} {block.text}".strip()
            case ItemList():
                yield from block.items
            case Table():
                yield block.caption
                yield from (column.title for column in block.columns)
                for row in block.rows:
                    yield from (cell.text for cell in row)
            case Chart():
                yield block.caption
                yield from (key.text for key in block.keys)
                for bar in block.bars:
                    yield from (bar.label, *(piece.text for piece in bar.segments), bar.total)
            case PageBreak():
                pass
