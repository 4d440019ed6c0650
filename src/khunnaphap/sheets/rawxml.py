"""The raw XML of a workbook's cells, read once before the values: extents, formulas, errors, merged cells.

The library that reads values shows no formulas, reads an error as an empty cell, and lays a sheet out as a full
rectangle, so that one far cell could take all memory; all of these are looked at here first.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Final

from khunnaphap.core.problems import Refusal

from .container import Package, damaged, external_links
from .formulas import reaches_out
from .styles import Styles
from .xmlparts import MAX_DEPTH, Layout, Walker, too_deep, walk

MAX_ROWS: Final = 30_000
MAX_COLUMNS: Final = 200
MAX_CELLS: Final = 300_000
MAX_AREA: Final = 400_000
MAX_STRINGS: Final = 200_000
MAX_CHARACTERS: Final = 8_000_000
MAX_CELL: Final = 32_767
MAX_SPANS: Final = 1_000

READABLE_ERRORS: Final = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
"""The errors that the library knows; at newer ones (#SPILL!) it gives up."""
_STYLE: Final = re.compile(rb"""\ss\s*=\s*(?:"[^"]*"|'[^']*')""")
_AFTER_THE_LAST_DAY: Final = 2_958_466
_DIGITS: Final = "0123456789"
_CLEAR: Final = "ลบข้อมูลและรูปแบบที่อยู่นอกตารางของแบบ แล้วบันทึกและส่งใหม่"


def column_letters(number: int) -> str:
    """A column number from 1 as letters: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


COLUMNS: Final[Mapping[str, int]] = {column_letters(number): number for number in range(1, 16_385)}
"""Column letters to numbers from 1, for all columns that a sheet can have."""


@dataclass(frozen=True)
class Span:
    """A range of cells, corners included, rows and columns from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, reference: str) -> Span | None:
        """ "A4:C9" as a span; ``None`` for anything that is no such range."""
        corners = [_corner(part) for part in reference.replace("$", "").split(":")]
        if not 1 <= len(corners) <= 2 or None in corners:
            return None
        (top, left), (bottom, right) = corners[0] or (0, 0), corners[-1] or (0, 0)
        return cls(top, left, bottom, right)

    def covers(self, row: int, column: int) -> bool:
        """True when the cell is in the range."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def _is_moment(value: str) -> bool:
    """Whether a stored number can be a day, a time or a duration; what is no number is left to the library."""
    try:
        return 0 <= float(value) < _AFTER_THE_LAST_DAY
    except ValueError:
        return True


def _corner(reference: str) -> tuple[int, int] | None:
    letters = reference.rstrip(_DIGITS)
    digits = reference[len(letters) :]
    return (int(digits), COLUMNS[letters]) if letters in COLUMNS and 0 < len(digits) <= 7 else None


@dataclass
class Marks:
    """What the values alone do not tell of a sheet's cells, by address.

    ``stored`` and ``unstored`` are formulas with and without a stored value; ``spread`` the ranges that one
    formula fills; ``errors`` the error each cell shows ("#REF!"); ``merged`` the ranges merged into one cell;
    ``percents`` the filled cells that show a number as a percentage.

    At some cells the library would give up the whole file. ``strange_errors`` are where the values of errors that it
    does not know begin and end in the part, ``strange_days`` where the tags of cells begin that are formatted as days
    after the year 9999 or before the first (byte offsets).
    """

    stored: set[str] = field(default_factory=set)
    unstored: set[str] = field(default_factory=set)
    spread: list[Span] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    merged: list[Span] = field(default_factory=list)
    percents: set[str] = field(default_factory=set)
    strange_errors: list[tuple[int, int]] = field(default_factory=list)
    strange_days: list[int] = field(default_factory=list)

    def harmless(self, content: bytes) -> bytes:
        """The part (its bytes) as the library can read it; what these cells really hold stays in the marks."""
        pieces = [(content.index(b">", start) + 1, end, b"#N/A") for start, end in self.strange_errors]
        for start in self.strange_days:
            end = content.index(b">", start)
            pieces.append((start, end, _STYLE.sub(b"", content[start:end])))
        whole, last = [], 0
        for start, end, instead in sorted(pieces):
            whole += [content[last:start], instead]
            last = end
        return b"".join([*whole, content[last:]])


def scan(package: Package, layout: Layout, names: Collection[str]) -> dict[str, Marks]:
    """Look through the parts that will be read: strings, styles, and the sheets of these names; gives their marks.

    ``Refusal`` when one is unsafe or too large to read.
    """
    strings = _Strings()
    if layout.strings:
        walk(package.parts[layout.strings], layout.strings, strings)
    styles = Styles()
    if layout.styles:
        walk(package.parts[layout.styles], layout.styles, styles)
    percents, moments = styles.percents(), styles.moments()
    marks: dict[str, Marks] = {}
    characters = 0
    for name in names:
        walker = _Cells(name, strings.lengths, percents, moments)
        walk(package.parts[layout.sheets[name]], layout.sheets[name], walker)
        characters += walker.characters
        if characters > MAX_CHARACTERS:
            raise Refusal("bomb-text", "แฟ้มมีข้อความรวมกันยาวผิดปกติ", _CLEAR)
        marks[name] = walker.finished()
    return marks


class _Strings(Walker):
    """The length of every shared string."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths: list[int] = []
        self.length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise too_deep()
        local = name.rpartition(":")[2]
        if local == "si":
            self.length = 0
        elif local == "t":
            self.parser.CharacterDataHandler = self.text
        elif local == "sst":
            # the library sets memory aside for as many strings as this attribute claims
            claimed = attributes.get("uniqueCount", "0")
            if not (claimed.isascii() and claimed.isdigit() and len(claimed) < 9 and int(claimed) <= MAX_STRINGS):
                raise _too_many_strings()

    def text(self, data: str) -> None:
        self.length += len(data)

    def end(self, name: str) -> None:
        self.depth -= 1
        local = name.rpartition(":")[2]
        if local == "t":
            self.parser.CharacterDataHandler = None
        elif local == "si":
            self.lengths.append(self.length)
            if len(self.lengths) > MAX_STRINGS:
                raise _too_many_strings()


def _too_many_strings() -> Refusal:
    return Refusal("bomb-text", f"แฟ้มมีข้อความเกิน {MAX_STRINGS:,} รายการ", _CLEAR)


class _Cells(Walker):
    """Rows and cells of one sheet part, followed as the library will follow them."""

    def __init__(self, name: str, lengths: Sequence[int], percents: Collection[str], moments: Collection[str]) -> None:
        super().__init__()
        self.name, self.lengths, self.percents, self.moments = name, lengths, percents, moments
        self.marks = Marks()
        self.row = self.cells = self.characters = 0
        self.address = self.value = ""
        self.kind: str | None = None
        self.formula = self.stored = self.percent = self.moment = False
        self.tag = self.inside = 0
        self.top, self.left, self.bottom, self.right = MAX_ROWS, MAX_COLUMNS, 0, 0
        self.filled = array("q")
        self.ordered = True

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise too_deep()
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self.cells += 1
            self.kind = attributes.get("t")
            self.formula = self.stored = False
            style = attributes.get("s", "0")
            self.percent = style in self.percents
            self.moment = style in self.moments and self.kind in (None, "n")
            self.tag = self.parser.CurrentByteIndex
            self.address = attributes.get("r") or self._next_address()
        elif name == "v":
            self._fill()
            if self.formula or self.moment or self.kind in ("s", "e"):
                self.value = ""
                self.inside = self.parser.CurrentByteIndex
                self.parser.CharacterDataHandler = self.text
                self.stored = self.kind == "str"  # Excel keeps an empty text as an empty element
        elif name == "row":
            self._row(attributes.get("r"))
        elif name == "f":
            self._formula(attributes)
        elif name == "is":
            self._fill()
            self.stored = True
        elif name == "mergeCell":
            self._span(self.marks.merged, attributes)

    def _row(self, reference: str | None) -> None:
        if reference is None:
            self.row += 1
        elif reference.isascii() and reference.isdigit() and len(reference) < 8:
            self.row = int(reference)
        else:
            raise damaged(f" (แผ่น “{self.name[:31]}” แถว {reference[:10]})")
        self.address = ""

    def _next_address(self) -> str:
        """The address of a cell that names none: right of the cell before it."""
        before = _corner(self.address)
        return f"{column_letters(before[1] + 1 if before else 1)}{self.row}"

    def _fill(self) -> None:
        """The cell holds something: it stretches the rectangle that will be read."""
        corner = _corner(self.address)
        if corner is None:
            raise damaged(f" (แผ่น “{self.name[:31]}” ช่อง {self.address[:10]})")
        row, column = corner
        if row > MAX_ROWS or column > MAX_COLUMNS or self.cells > MAX_CELLS:
            raise self._too_far()
        if row > self.bottom:
            self.bottom = row
        if row < self.top:
            self.top = row
        if column > self.right:
            self.right = column
        if column < self.left:
            self.left = column
        place = row * len(COLUMNS) + column
        if self.filled and place <= self.filled[-1]:
            self.ordered = False
        self.filled.append(place)
        if self.percent:
            self.marks.percents.add(self.address)

    def _formula(self, attributes: dict[str, str]) -> None:
        self.formula = True
        self.value = ""
        self.parser.CharacterDataHandler = self.text
        if attributes.get("t") in ("array", "dataTable"):
            self._span(self.marks.spread, attributes)

    def _span(self, spans: list[Span], attributes: dict[str, str]) -> None:
        span = Span.parse(attributes.get("ref", ""))
        if span is None or (span.top, span.left) == (span.bottom, span.right):
            return
        spans.append(span)
        if len(spans) > MAX_SPANS:
            raise Refusal("bomb-rows", f"แผ่น “{self.name[:31]}” มีเซลล์ที่ผสานหรือสูตรอาร์เรย์เกิน {MAX_SPANS:,} แห่ง", _CLEAR)

    def text(self, data: str) -> None:
        self.value += data

    def end(self, name: str) -> None:
        self.depth -= 1
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "v":
            self.parser.CharacterDataHandler = None
            if self.kind == "s":
                self._shared()
            elif self.kind == "e":
                self.marks.errors[self.address] = intern(self.value.strip())
                if self.value.strip() not in READABLE_ERRORS:
                    self.marks.strange_errors.append((self.inside, self.parser.CurrentByteIndex))
            elif self.moment and not _is_moment(self.value):
                self.marks.strange_days.append(self.tag)
            self.stored = self.stored or bool(self.value.strip())
        elif name == "f":
            self.parser.CharacterDataHandler = None
            if reaches_out(self.value):
                raise external_links(f" (สูตรในแผ่น “{self.name[:31]}” ช่อง {self.address})")
        elif name == "c" and self.formula:
            (self.marks.stored if self.stored else self.marks.unstored).add(self.address)

    def _shared(self) -> None:
        place = int(self.value) if self.value.isascii() and self.value.isdigit() and len(self.value) < 9 else -1
        if not 0 <= place < len(self.lengths):
            raise damaged(f" (แผ่น “{self.name[:31]}” ช่อง {self.address} ไม่มีข้อความที่อ้างถึง)")
        length = self.lengths[place]
        self.characters += length
        if length > MAX_CELL:
            raise Refusal(
                "bomb-text", f"ช่อง {self.address} มีข้อความยาว {length:,} อักขระ", f"ช่องหนึ่งมีได้ไม่เกิน {MAX_CELL:,} อักขระ"
            )

    def finished(self) -> Marks:
        """The marks, once the whole part is read."""
        area = (self.bottom - self.top + 1) * (self.right - self.left + 1) if self.filled else 0
        if area > MAX_AREA:
            raise self._too_far()
        if not self.ordered and len(set(self.filled)) != len(self.filled):
            raise damaged(f" (แผ่น “{self.name[:31]}” มีช่องซ้ำกัน)")
        return self.marks

    def _too_far(self) -> Refusal:
        return Refusal(
            "bomb-rows",
            f"แผ่นงานกว้างหรือยาวผิดปกติ (พบข้อมูลถึงช่อง {self.address})",
            f"{_CLEAR} (ไม่เกิน {MAX_ROWS:,} แถว และ {MAX_COLUMNS} คอลัมน์)",
        )
