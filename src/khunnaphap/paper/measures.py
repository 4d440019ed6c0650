"""The measures of an official paper, shared by both formats so that their pages fall alike."""

from __future__ import annotations

from typing import Final

# The page is A4. Margins in cm: left and right from the ministry's report forms, as the marks and the page number
# stand inside the upper and lower ones.
PAGE_WIDTH: Final = 21.0
PAGE_HEIGHT: Final = 29.7
LEFT: Final = 3.0
RIGHT: Final = 2.0
TOP: Final = 2.5
BOTTOM: Final = 2.0
HEADER: Final = 1.25
FOOTER: Final = 0.9
TEXT_WIDTH: Final = PAGE_WIDTH - LEFT - RIGHT

# Font sizes in points.
BODY: Final = 16.0
NOTE: Final = 14.0
TABLE: Final = 14.0
MARKS: Final = 12.0
HEADINGS: Final = (20.0, 18.0, 16.0, 16.0, 16.0, 16.0)
COMPACT_HEADINGS: Final = (18.0, 16.0, 16.0, 16.0, 16.0, 16.0)
COVER_FIRST: Final = 28.0
COVER: Final = 20.0

# Single spacing as Word sets it: ascent 844 + descent 457 + gap 30 of the font's 1000 units.
ASCENT: Final = 0.844
DESCENT: Final = 0.457
GAP: Final = 0.030

# Indents in cm. A paragraph begins where a letter's does, 2.5 cm in; deeper headings step in towards it. A signature
# stands in the right part of the page.
SIGNATURE_LEFT: Final = 6.0
FIRST_LINE: Final = 2.5
LIST_TEXT: Final = 3.2
LIST_TEXTS: Final = (LIST_TEXT, 4.2, 5.5)
LIST_MARKS: Final = (FIRST_LINE, LIST_TEXT, 4.2)
HEADING_INDENTS: Final = (0.0, 0.0, 0.75, 1.5, 2.25, 2.5)
CONTENTS_INDENTS: Final = (0.0, 0.75, 1.5, 2.25)

# Space above, in points; nothing has space below.
PARAGRAPH_ABOVE: Final = 6.0
HEADINGS_ABOVE: Final = (18.0, 14.0, 10.0, 6.0, 6.0, 6.0)
COMPACT_ABOVE: Final = (0.0, 6.0, 6.0, 6.0, 6.0, 6.0)
ITEM_ABOVE: Final = 2.0
TABLE_ABOVE: Final = 10.0
COMPACT_TABLE_ABOVE: Final = 6.0
CELL_SIDE: Final = 4.0
CELL_TOP: Final = 1.5

CONTENTS_DEPTH: Final = 4
CONTENTS_TITLE: Final = "สารบัญ"
CONTENTS_HEADS: Final = ("เรื่อง", "หน้า")
DRAFT: Final = "ร่าง"
DASH: Final = "–"
MARKS_JOINT: Final = " · "
GREY: Final = "#595959"
HEAD_FILL: Final = "#eeeeee"
RULE: Final = 0.5


def headings(compact: bool) -> tuple[float, ...]:
    """The font sizes of headings by level, in points."""
    return COMPACT_HEADINGS if compact else HEADINGS


def above(compact: bool) -> tuple[float, ...]:
    """The space above headings by level, in points."""
    return COMPACT_ABOVE if compact else HEADINGS_ABOVE


def table_above(compact: bool) -> float:
    """The space around tables and charts, in points."""
    return COMPACT_TABLE_ABOVE if compact else TABLE_ABOVE


def points(centimetres: float) -> float:
    """Centimetres in points (1/72 inch)."""
    return centimetres * 72 / 2.54


def column_widths(shares: tuple[int, ...]) -> tuple[float, ...]:
    """The widths of a table's columns in points, from their shares of the text's width."""
    total = sum(shares)
    return tuple(points(TEXT_WIDTH) * share / total for share in shares)
