"""How high a row must be for its wrapped Thai text: programs that open a workbook do not all work it out themselves."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_CHARACTER: Final = 0.31
"""Width of a character in font sizes: the mean over the edition's texts, held against what LibreOffice wraps."""
_BREAK: Final = 0.5
"""Width in font sizes that a line leaves empty where it breaks between words."""
_LINE: Final = 1.34
"""Height of a line in font sizes: TH Sarabun New's ascent and descent."""
_COLUMN: Final = 5.25
"""Points in one unit of column width (7 pixels)."""
INDENT: Final = 1.9
"""Width of one step of indentation, in characters."""
_TALLEST: Final = 409.0
"""The most points a row can have."""


@lru_cache(maxsize=4096)  # an edition's sentences stand in every school's workbook
def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a column of this width (in characters) at this font size (in points)."""
    room = max(width * _COLUMN, size)
    return sum(_lines(_letters(line) * _CHARACTER * size, room, _BREAK * size) for line in text.split("\n"))


def _lines(needed: float, room: float, left: float) -> int:
    return 1 if needed <= room else math.ceil(needed / max(room - left, left))


def _letters(line: str) -> int:
    """Characters that take width: Thai vowels above and below and tone marks take none."""
    return sum(unicodedata.category(one) not in ("Mn", "Cf") for one in line)


def row_height(cells: Iterable[tuple[str, float, float]]) -> float:
    """The height in points that fits every cell: (text, column width in characters, font size in points)."""
    needed = max((lines_of(text, width, size) * size * _LINE for text, width, size in cells), default=0)
    return min(_TALLEST, max(21.0, math.ceil(needed + 2)))
