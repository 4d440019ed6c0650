"""How much room a table's cells have, and which rows are too tall to stay whole on a page."""

from __future__ import annotations

from typing import Final

from khunnaphap.core.document import Cell, Column

from . import glyphs, measures

_TALL: Final = 12  # lines: kept whole, a row taller than this could leave a third of a page empty


def rooms(columns: tuple[Column, ...]) -> list[float]:
    """The room for text in each column, in points."""
    widths = measures.column_widths(tuple(column.width for column in columns))
    return [width - 2 * measures.CELL_SIDE for width in widths]


def is_tall(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> bool:
    """Whether a row may break across pages."""
    return any(_lines(cell.text, room) > _TALL for cell, room in zip(row, rooms(columns), strict=True))


def _lines(text: str, room: float) -> float:
    """How many lines a text takes, at least; no glyph is as wide as one em, so most texts need no measuring."""
    if len(text) * measures.TABLE < room * _TALL / 2:
        return 0
    return sum(max(1.0, glyphs.width(line, measures.TABLE) / room) for line in text.split("\n"))
