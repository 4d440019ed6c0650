"""Cells with their addresses, and what a typed cell means; every fault becomes an addressed ``Problem``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

from khunnaphap.core.numbers import MOST_DIGITS, Kind
from khunnaphap.core.problems import Problem, Unreadable
from khunnaphap.core.thai.dates import FIRST_BE, MONTHS
from khunnaphap.core.thai.script import undrawable
from khunnaphap.core.thai.text import clean, control_characters, direction_marks, tidy_lines

from .rawxml import COLUMNS, Marks, Span

Raw = str | float | int | bool | date | datetime | time | timedelta
_DATES: Final = (date, datetime, time, timedelta)
MAX_TEXT: Final = 2000
_TOO_LONG: Final = 10.0**MOST_DIGITS
_AS_GENERAL: Final = "ตั้งรูปแบบเซลล์เป็นทั่วไป (General) แล้วพิมพ์ตัวเลขใหม่ เช่น 25"
_TYPE_A_NUMBER: Final = "พิมพ์เฉพาะตัวเลข เช่น 25 หรือ 72.5"
_SHOWN: Final = 60


@dataclass
class Findings:
    """Problems (the hand-in is refused) and warnings (it is not), gathered over a whole file."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Cell:
    """A cell as it stands in the file.

    ``unstored`` is a formula without a stored value; ``error`` what an error cell shows; ``merged`` the rows
    that were merged into this one cell; ``percent`` a number that is shown as a percentage.
    """

    sheet: str
    address: str
    raw: Raw | None
    formula: bool = False
    unstored: bool = False
    error: str = ""
    merged: Span | None = None
    percent: bool = False

    def problem(self, code: str, message: str, mend: str) -> Problem:
        """A problem at this cell."""
        return Problem(code, message, mend, sheet=self.sheet, cell=self.address)

    @property
    def filled(self) -> bool:
        """True when anything was put into the cell, readable or not."""
        return bool(self.error or self.unstored or (self.raw is not None and self.text))

    @cached_property
    def text(self) -> str:
        """The value as clean one-line text; whole numbers lose the ".0" they are stored with."""
        return clean(self.typed)

    @property
    def shown(self) -> str:
        """The text, cut to a length that fits a message."""
        return self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…"

    @property
    def typed(self) -> str:
        """The value as text, uncleaned; numbers with the 15 digits that spreadsheet programs show."""
        if self.raw is None:
            return ""
        if self.percent and isinstance(self.raw, (int, float)):  # as it stands on the screen
            return f"{self.raw * 100:.15g}%"
        if isinstance(self.raw, bool):
            return "TRUE" if self.raw else "FALSE"
        if isinstance(self.raw, float):
            return str(int(self.raw)) if self.raw.is_integer() and abs(self.raw) < 1e15 else f"{self.raw:.15g}"
        return self.raw if isinstance(self.raw, str) else _moment_text(self.raw)

    @property
    def is_moment(self) -> bool:
        """True for a date, a time or a duration: what a program made of a text, or what was meant."""
        return isinstance(self.raw, _DATES)


def _moment_text(raw: object) -> str:
    """A date, a time or a duration as people write it, in the Buddhist era; never as programs write it."""
    if isinstance(raw, timedelta):
        hours, minutes = divmod(int(raw.total_seconds()) // 60, 60)
        return f"{hours} ชั่วโมง {minutes} นาที"
    parts = []
    if isinstance(raw, date):  # a B.E. year typed into a date cell is kept as that year by spreadsheet programs
        parts.append(f"{raw.day} {MONTHS[raw.month - 1]} {raw.year if raw.year >= FIRST_BE else raw.year + 543}")
        raw = raw.time() if isinstance(raw, datetime) and raw.time() != time() else None
    if isinstance(raw, time):
        seconds = f".{raw.second:02d}" if raw.second else ""
        parts.append(f"{raw.hour:02d}.{raw.minute:02d}{seconds} น.")
    return " ".join(parts) or str(raw)


class Sheet:
    """One sheet by cell address."""

    def __init__(self, name: str, rows: list[list[Raw]], origin: tuple[int, int], marks: Marks) -> None:
        self.name = name
        self._rows = rows
        self._top, self._left = origin
        self._marks = marks
        self._tall = [span for span in marks.merged if span.bottom > span.top]

    def cell(self, column: str, row: int) -> Cell:
        """The cell at a column letter and a row number from 1; empty when it is outside what is filled."""
        address, number, marks = f"{column}{row}", COLUMNS[column], self._marks
        line, place = row - 1 - self._top, number - 1 - self._left
        inside = 0 <= line < len(self._rows) and 0 <= place < len(self._rows[line])
        raw: Raw | None = self._rows[line][place] if inside else None
        unstored = address in marks.unstored
        formula = unstored or address in marks.stored or any(span.covers(row, number) for span in marks.spread)
        merged = next((span for span in self._tall if (span.top, span.left) == (row, number)), None)
        percent = isinstance(raw, (int, float)) and not isinstance(raw, bool) and address in marks.percents
        error = marks.errors.get(address, "")
        return Cell(self.name, address, None if raw == "" else raw, formula, unstored, error, merged, percent)

    @property
    def last_row(self) -> int:
        """The number of the last row that holds anything, a formula or an error too."""
        marked = [*self._marks.unstored, *self._marks.errors]
        below = max((int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for address in marked), default=0)
        return max(self._top + len(self._rows), below)


class Workbook(dict[str, Sheet]):
    """The sheets that were read, by name; ``names`` are those of all sheets in the file.

    ``passed_over`` are the heading rows of the sheets that were not read.
    """

    def __init__(
        self,
        sheets: Mapping[str, Sheet],
        names: Sequence[str],
        passed_over: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        super().__init__(sheets)
        self.names = tuple(names)
        self.passed_over = passed_over or {}


class Reader:
    """Reads cells of one file into values, and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.findings = Findings()

    def problem(self, cell: Cell, code: str, message: str, mend: str) -> None:
        """Note a problem at a cell."""
        self.findings.problems.append(cell.problem(code, message, mend))

    def warn(self, cell: Cell, code: str, message: str, mend: str) -> None:
        """Note a warning at a cell."""
        self.findings.warnings.append(cell.problem(code, message, mend))

    def key(self, cell: Cell) -> str:
        """The text that names a row; marks of direction that are not seen in it are a warning."""
        if isinstance(cell.raw, str) and (marks := direction_marks(cell.raw)):
            self.warn(
                cell,
                "direction-marks",
                f"ช่องนี้มีอักขระกำกับทิศทางที่มองไม่เห็น ({', '.join(marks[:5])}) ระบบอ่านเป็น “{cell.shown}”",
                "หากค่าไม่ถูกต้อง ให้ลบข้อความ แล้วพิมพ์ใหม่ในช่องนี้",
            )
        return cell.text

    def usable(self, cell: Cell) -> bool:
        """False for an empty cell, and for an error or a formula without a stored value (which are problems)."""
        if cell.error:
            na = " หากหมายถึงไม่เกี่ยวข้อง ให้พิมพ์ N/A โดยไม่มีเครื่องหมาย #" if cell.error == "#N/A" else ""
            self.problem(cell, "error-value", f"ช่องนี้แสดงข้อผิดพลาด {cell.error}", f"พิมพ์ค่าที่ถูกต้องลงในช่อง{na}")
            return False
        if cell.unstored:
            self.problem(cell, "formula-without-value", "ช่องนี้เป็นสูตรที่ไม่มีค่าเก็บไว้", "พิมพ์ค่าลงในช่องแทนสูตร")
            return False
        if cell.raw is None or not cell.text:
            return False
        if isinstance(cell.raw, float) and not abs(cell.raw) < _TOO_LONG:
            self.problem(cell, "not-a-number", "ตัวเลขในช่องนี้ยาวเกินไป อ่านค่าไม่ได้", _TYPE_A_NUMBER)
            return False
        self.key(cell)
        if cell.formula:
            self.warn(cell, "formula-read", f"ช่องนี้เป็นสูตร ระบบใช้ค่าที่เก็บไว้คือ “{cell.shown}”", "หากค่าไม่ถูกต้อง ให้พิมพ์ค่าแทนสูตร")
        if cell.merged:
            self.warn(
                cell,
                "merged-cells",
                f"ช่องนี้ผสานรวมแถว {cell.merged.top} ถึง {cell.merged.bottom} ระบบอ่านค่าให้แถว {cell.merged.top} เท่านั้น",
                "ยกเลิกการผสานเซลล์ แล้วกรอกทีละแถว",
            )
        return True

    def plain(self, cell: Cell) -> bool:
        """As ``usable``, and a number that is shown as a percentage is a problem: 55% is stored as 0.55."""
        if not self.usable(cell):
            return False
        if cell.percent:
            self.problem(
                cell,
                "percent-format",
                f"ช่องนี้ตั้งรูปแบบเป็นร้อยละ ค่าที่เก็บจริงคือ {cell.raw:.15g}",
                f"ตั้งรูปแบบเซลล์เป็นทั่วไป (General) แล้วพิมพ์ {cell.text.removesuffix('%')} โดยไม่มีเครื่องหมาย %",
            )
        return not cell.percent

    def words(self, cell: Cell, limit: int = MAX_TEXT, *, as_typed: bool = False) -> str:
        """Free text; too long or with control characters is a problem, undrawable ones and dates are warnings.

        ``as_typed``: digits and emoji stay (remarks, reasons, an office's texts); else it is a name or a code.
        """
        if not self.usable(cell):
            return ""
        control = control_characters(cell.typed)
        if control:
            self.problem(
                cell,
                "control-characters",
                f"ข้อความมีอักขระควบคุมที่มองไม่เห็น ({', '.join(control[:5])})",
                "ลบข้อความ แล้วพิมพ์ใหม่ในช่องนี้",
            )
            return ""
        if cell.is_moment:
            self.warn(
                cell,
                "date-as-text",
                f"โปรแกรมตารางเก็บช่องนี้เป็นวันที่หรือเวลา ระบบเก็บเป็นข้อความ “{cell.shown}”",
                "หากไม่ใช่ข้อความที่พิมพ์ไว้ ให้ตั้งรูปแบบเซลล์เป็นข้อความ (Text) แล้วพิมพ์ใหม่",
            )
        text = tidy_lines(cell.typed) if as_typed else "\n".join(map(clean, cell.typed.splitlines()))
        if len(text) > limit:
            self.problem(
                cell, "text-too-long", f"ข้อความยาว {len(text):,} อักขระ เกิน {limit:,}", f"ย่อให้ไม่เกิน {limit:,} อักขระ"
            )
            return ""
        strange = undrawable(text)
        if strange:
            named = " ".join(f"{one} (U+{ord(one[0]):04X})" for one in strange[:5])
            self.warn(
                cell,
                "undrawable-characters",
                f"แบบอักษรของรายงานไม่มีอักขระ {named}",
                "ในรายงานจะแสดงเครื่องหมายแทน หากไม่ต้องการให้ลบออก",
            )
        return text

    def number(self, cell: Cell, kind: Kind) -> tuple[Decimal | None, Problem | None]:
        """A number of this kind, or why it is none; neither where the cell is empty or its fault is told already.

        A number cell is exact to 15 digits, as spreadsheet programs keep it; a text is read as people write numbers.
        """
        if not self.plain(cell):
            return None, None
        if isinstance(cell.raw, _DATES):
            return None, Problem("not-a-number", f"อ่านได้เป็นวันที่หรือเวลา “{cell.shown}” ซึ่งไม่ใช่ตัวเลข", _AS_GENERAL)
        if isinstance(cell.raw, bool):
            return None, Problem("not-a-number", f"อ่านได้ “{cell.shown}” ซึ่งไม่ใช่ตัวเลข", kind.mend)
        try:
            if isinstance(cell.raw, (int, float)):
                return kind.held(Fraction(f"{cell.raw:.15g}"), cell.shown), None
            return kind.read(cell.text), None
        except Unreadable as error:
            return None, error.problem
