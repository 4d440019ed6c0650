"""Which cell styles show a number as a percentage: what is stored is then a hundredth of what a person sees."""

from __future__ import annotations

import re
from typing import Final

from .xmlparts import Walker

_BUILT_IN: Final = frozenset({"9", "10"})
"""The number formats 0% and 0.00%, which no workbook spells out."""
_LITERAL: Final = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?')
"""What a number format shows as it stands: quoted, escaped, as a blank or as filling; conditions and colours."""


class Styles(Walker):
    """Gathers the number format of every cell style, and the formats that a workbook brings itself."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.used: list[str] = []
        self.codes: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        local = name.rpartition(":")[2]
        if local == "cellXfs":
            self.inside = True
        elif local == "xf" and self.inside:
            self.used.append(attributes.get("numFmtId", "0").lstrip("0"))
        elif local == "numFmt":
            self.codes[attributes.get("numFmtId", "").lstrip("0")] = attributes.get("formatCode", "")

    def end(self, name: str) -> None:
        super().end(name)
        if name.rpartition(":")[2] == "cellXfs":
            self.inside = False

    def percents(self) -> frozenset[str]:
        """The numbers (as a cell's ``s`` says them) of the styles that are percentages."""
        formats = {key for key, code in self.codes.items() if "%" in _LITERAL.sub("", code)}
        formats |= _BUILT_IN - self.codes.keys()
        return frozenset(str(number) for number, key in enumerate(self.used) if key in formats)
