"""Formulas that reach out of the file: another workbook's cells, or another program by DDE."""

from __future__ import annotations

import re
from typing import Final

_TEXT: Final = re.compile(r'"[^"]*"')
_QUOTED: Final = re.compile(r"'(?:[^']|'')*+'")
_BOOK: Final = re.compile(r"\[[^\[\]]+\][^\[\]\s!'\"(),;=+*/&<>^-]*!")
_NAME: Final = "_"


def reaches_out(formula: str) -> bool:
    """True for a reference to another workbook ([1]Sheet!A1, '[a.xlsx]Sheet'!A1) or a DDE link (program|topic!item)."""
    if "[" not in formula and "|" not in formula:
        return False
    bare = _TEXT.sub('""', formula)
    quoted_book = any("[" in found[0] and bare[found.end() :][:1] == "!" for found in _QUOTED.finditer(bare))
    rest = _QUOTED.sub(_NAME, bare)
    return quoted_book or "|" in rest or _BOOK.search(rest) is not None
