"""How much room a table's cells have, and which rows are too tall to stay whole on a page."""

from __future__ import annotations

from math import ceil
from typing import Final

from khunnaphap.core.document import Cell, Column, Table

from . import glyphs, measures

_TALL: Final = 12  # lines: kept whole, a row taller than this could leave a third of a page empty

_SMALL: Final = 12  # lines in all


def rooms(columns: tuple[Column, ...]) -> list[float]:
    """The room for text in each column, in points."""
    widths = measures.column_widths(tuple(column.width for column in columns))
    return [width - 2 * measures.CELL_SIDE for width in widths]


def is_tall(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> bool:
    """Whether a row may break across pages."""
    return any(_lines(cell.text, room) > _TALL for cell, room in zip(row, rooms(columns), strict=True))


def is_small(table: Table) -> bool:
    """Whether a table stays whole on a page: a few rows that all stay whole themselves."""
    whole = sum(
        max(_height(cell.text, room) for cell, room in zip(row, rooms(table.columns), strict=True))
        for row in table.rows
    )
    return whole <= _SMALL


def _height(text: str, room: float) -> float:
    """How many lines a text takes in a column of this room, about."""
    return sum(max(1.0, ceil(glyphs.width(line, measures.TABLE) * 1.05 / room)) for line in text.split("\n"))


def _lines(text: str, room: float) -> float:
    """How many lines a text takes, at least; no glyph is as wide as one em, so most texts need no measuring."""
    if len(text) * measures.TABLE < room * _TALL / 2:
        return 0
    return sum(max(1.0, glyphs.width(line, measures.TABLE) / room) for line in text.split("\n"))
