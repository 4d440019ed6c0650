"""Which cell styles show a number as a percentage (a hundredth of what a person sees), and which as a date or a time."""

from __future__ import annotations

import re
from typing import Final

from .xmlparts import Walker

_BUILT_IN: Final = frozenset({"9", "10"})
"""The number formats 0% and 0.00%, which no workbook spells out."""
_MOMENTS: Final = frozenset(str(number) for number in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The number formats of dates, times and durations that no workbook spells out."""
_QUOTED: Final = re.compile(r'"[^"]*"?|\\.')
_MOMENT: Final = re.compile("[dmyhsaegb]", re.IGNORECASE)
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

    def moments(self) -> frozenset[str]:
        """The numbers of the styles that may be dates, times or durations."""
        formats = {key for key, code in self.codes.items() if _MOMENT.search(_QUOTED.sub("", code))}
        formats |= _MOMENTS - self.codes.keys()
        return frozenset(str(number) for number, key in enumerate(self.used) if key in formats)
