"""Plain tables of a workbook: a specification that writes the sheet and reads it back, row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Final

from khunnaphap.core.problems import Problem

from .book import Book
from .contract import NO_WORD, YES_WORD, Columns
from .reading import Cell, Findings, Reader, Workbook
from .school_reading import checked_sheet
from .values import Field, read_value, value_text

ROOM: Final = 60
"""Empty entry rows that a written table offers below what is there."""
_NOTHING: Final = (None, "", ())
PRINTED_ROOM: Final = 8
"""How many of them are printed."""


@dataclass(frozen=True)
class TableSpec:
    """A sheet that is one table; ``part`` names what its rows are, ``guide`` is the sentence over the headings.

    ``room`` empty rows are offered below what is there; where not ``locked``, people insert and delete rows as they like.
    """

    part: str
    sheet: str
    guide: str
    fields: tuple[Field, ...]
    room: int = ROOM
    locked: bool = True

    @cached_property
    def columns(self) -> Columns:
        """The sheet's columns, A on, with the headings in row 4."""
        return Columns(self.sheet, {chr(65 + place): one.heading for place, one in enumerate(self.fields)})


@dataclass(frozen=True)
class Row:
    """A filled row: its values and its cells by field name; a blank cell's value is ``None`` or empty.

    ``unread`` are the fields that could not be read, or that must be filled and are not: nothing is concluded from them.
    """

    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, Cell]
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TablesRead:
    """Tables as handed in; ``rows`` are the sheet rows of each part, in the order of the values made of them.

    ``lost`` are the parts whose sheet has another heading than ours, so that nothing of it was read.
    """

    rows: Mapping[str, Sequence[Row]]
    findings: Findings
    lost: frozenset[str]

    def unread(self, part: str, index: int) -> frozenset[str]:
        """The fields of a value that could not be read."""
        return self.rows[part][index].unread

    def sure(self, part: str, *names: str) -> bool:
        """Whether a part's sheet was read, and these fields in all of its rows."""
        return part not in self.lost and not any(row.unread & set(names) for row in self.rows[part])

    def placed(self, part: str, index: int, name: str, problem: Problem) -> Problem:
        """A problem of a value's field, at its cell."""
        cell = self.rows[part][index].cells[name]
        return problem.at(sheet=cell.sheet, cell=cell.address)


def maker_of(value: type) -> Callable[[Row], Any]:
    """What makes a dataclass of a row whose fields bear the same names; a column that is not there leaves the default."""
    names = [one.name for one in fields(value)]
    return lambda row: value(**{name: row.values[name] for name in names if name in row.values})


def read_table(reader: Reader, book: Workbook, spec: TableSpec) -> list[Row]:
    """The filled rows of a table; faults are noted at their cells. A sheet that is not there says nothing."""
    if spec.sheet not in book:
        return []
    sheet = checked_sheet(reader, book, spec.columns)
    if sheet is None:
        return []
    rows = []
    for number in range(spec.columns.header_row + 1, sheet.last_row + 1):
        cells = {one.name: sheet.cell(spec.columns.letters[one.heading], number) for one in spec.fields}
        if any(cell.filled for cell in cells.values()):
            values, unread = {}, set()
            for one in spec.fields:
                before = len(reader.findings.problems)
                values[one.name] = read_value(reader, cells[one.name], one)
                if len(reader.findings.problems) > before:
                    unread.add(one.name)
            for one in spec.fields:
                if one.required and one.name not in unread and values[one.name] in _NOTHING:
                    read = f" (อ่านได้ “{cells[one.name].shown}”)" if cells[one.name].filled else ""
                    message = f"แถวนี้ไม่มี “{one.heading}”{read}"
                    reader.problem(cells[one.name], "field-lacking", message, "กรอกช่องนี้ หรือลบทั้งแถว")
                    unread.add(one.name)
            rows.append(Row(number, values, cells, frozenset(unread)))
    return rows


def lost_parts(reader: Reader, specs: Sequence[TableSpec]) -> frozenset[str]:
    """The parts whose sheets have a heading that is not ours."""
    sheets = {one.sheet for one in reader.findings.problems if one.code == "heading-differs"}
    return frozenset(spec.part for spec in specs if spec.sheet in sheets)


def write_table(book: Book, spec: TableSpec, rows: Sequence[Mapping[str, Any]], title: str, mark: str) -> None:
    """Write the table's sheet with what is there and room for more."""
    sheet = book.sheet(spec.sheet, [one.width for one in spec.fields])
    book.heading(sheet, (title, spec.guide), mark)
    book.header_row(sheet, spec.columns.header_row, [one.heading for one in spec.fields])
    sheet.freeze_panes(spec.columns.header_row, 1)
    for place, values in enumerate(rows):
        book.row(
            sheet,
            spec.columns.header_row + place,
            [(value_text(values.get(one.name), one), one.look) for one in spec.fields],
        )
    for row in range(len(rows), len(rows) + spec.room):
        for place, one in enumerate(spec.fields):
            sheet.write_blank(spec.columns.header_row + row, place, None, book.formats[one.look])
    last = spec.columns.header_row + len(rows) + spec.room
    printed = len(rows) + min(spec.room, PRINTED_ROOM)
    sheet.print_area(0, 0, spec.columns.header_row + printed - 1, len(spec.fields) - 1)
    for place, one in enumerate(spec.fields):
        options = [YES_WORD, NO_WORD] if one.kind == "yes-no" else list(one.choices)
        if options:
            letter = chr(65 + place)
            cells = f"{letter}{spec.columns.header_row + 1}:{letter}{last}"
            sheet.data_validation(cells, {"validate": "list", "source": options, "show_error": False})
    if spec.locked:
        book.protect(sheet)
