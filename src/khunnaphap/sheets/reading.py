"""Cells with their addresses, and what a typed cell means; every fault becomes an addressed ``Problem``."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Final

import python_calamine

from khunnaphap.core.problems import Problem, Refusal
from khunnaphap.core.thai.script import undrawable
from khunnaphap.core.thai.text import clean, clean_lines, control_characters

from . import rawxml
from .container import open_package
from .rawxml import Formulas, column_number

Raw = str | float | int | bool | date | datetime | time | timedelta
MAX_TEXT: Final = 2000
_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,9}(\.[0-9]{1,17})?")


@dataclass
class Findings:
    """Problems (the hand-in is refused) and warnings (it is not), gathered over a whole file."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Cell:
    """A cell as it stands in the file."""

    sheet: str
    address: str
    raw: Raw | None
    formula: bool = False
    unstored: bool = False

    def problem(self, code: str, message: str, mend: str) -> Problem:
        """A problem at this cell."""
        return Problem(code, message, mend, sheet=self.sheet, cell=self.address)

    @property
    def text(self) -> str:
        """The value as clean one-line text; whole numbers lose the ".0" they are stored with."""
        return clean(self.typed)

    @property
    def typed(self) -> str:
        """The value as text, uncleaned."""
        if self.raw is None:
            return ""
        if isinstance(self.raw, bool):
            return "TRUE" if self.raw else "FALSE"
        if isinstance(self.raw, float):
            return str(int(self.raw)) if self.raw.is_integer() else repr(self.raw)
        return str(self.raw)


class Sheet:
    """One sheet by cell address."""

    def __init__(self, name: str, rows: list[list[Raw]], origin: tuple[int, int], formulas: Formulas) -> None:
        self.name = name
        self._rows = rows
        self._top, self._left = origin
        self._formulas = formulas

    def cell(self, column: str, row: int) -> Cell:
        """The cell at a column letter and a row number from 1; empty when it is outside what is filled."""
        address = f"{column}{row}"
        line, place = row - 1 - self._top, column_number(column) - 1 - self._left
        inside = 0 <= line < len(self._rows) and 0 <= place < len(self._rows[line])
        raw: Raw | None = self._rows[line][place] if inside else None
        unstored = address in self._formulas.unstored
        return Cell(
            self.name, address, None if raw == "" else raw, unstored or address in self._formulas.stored, unstored
        )

    @property
    def last_row(self) -> int:
        """The number of the last row that holds anything."""
        return self._top + len(self._rows)

    @property
    def last_column(self) -> int:
        """The number of the last column that holds anything."""
        return self._left + max((len(row) for row in self._rows), default=0)


def open_workbook(content: bytes) -> Mapping[str, Sheet]:
    """The sheets of a workbook by name; ``Refusal`` in words when the file is unsafe or unreadable."""
    formulas = rawxml.scan(open_package(content))
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {name: _sheet(book, name, formulas.get(name, Formulas())) for name in book.sheet_names}
    except Refusal:
        raise
    except BaseException as error:
        # the reader panics on some damaged files, with an exception that is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise Refusal("file-damaged", "แฟ้มชำรุด เปิดอ่านไม่ได้", "บันทึกแฟ้มใหม่แล้วส่งอีกครั้ง") from error


def _sheet(book: python_calamine.CalamineWorkbook, name: str, formulas: Formulas) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=True)
    return Sheet(name, rows, sheet.start or (0, 0), formulas)


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

    def usable(self, cell: Cell) -> bool:
        """False for an empty cell and for a formula without a stored value (which is a problem)."""
        if cell.unstored:
            self.problem(cell, "formula-without-value", "ช่องนี้เป็นสูตรที่ไม่มีค่าเก็บไว้", "พิมพ์ค่าลงในช่องแทนสูตร")
            return False
        if cell.raw is None or not cell.text:
            return False
        if cell.formula:
            self.warn(
                cell, "formula-read", f"ช่องนี้เป็นสูตร ระบบใช้ค่าที่เก็บไว้คือ “{cell.text[:60]}”", "หากค่าไม่ถูกต้อง ให้พิมพ์ค่าแทนสูตร"
            )
        return True

    def words(self, cell: Cell, limit: int = MAX_TEXT) -> str:
        """Free text, cleaned; too long or with control characters is a problem, undrawable ones a warning."""
        if not self.usable(cell):
            return ""
        control = control_characters(cell.typed)
        if control:
            self.problem(
                cell, "control-characters", f"ข้อความมีอักขระควบคุมที่มองไม่เห็น ({', '.join(control)})", "พิมพ์ข้อความใหม่ในช่องนี้"
            )
            return ""
        text = clean_lines(cell.typed)
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

    def number(self, cell: Cell) -> Fraction | None:
        """A number, exact to the digits typed; ``None`` when empty or (a problem) not a number."""
        if not self.usable(cell):
            return None
        if isinstance(cell.raw, (bool, date, datetime, time, timedelta)):
            self.problem(cell, "not-a-number", f"อ่านได้ “{cell.text}” ซึ่งไม่ใช่ตัวเลข", "พิมพ์เป็นตัวเลข เช่น 25")
            return None
        text = cell.text.replace(",", "").replace(" ", "")
        if not _NUMBER.fullmatch(text):
            self.problem(cell, "not-a-number", f"อ่านได้ “{cell.text[:60]}” ซึ่งไม่ใช่ตัวเลข", "พิมพ์เป็นตัวเลข เช่น 25")
            return None
        return Fraction(text)
