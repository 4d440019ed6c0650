"""Tables of a paper as a workbook to read and reckon with: numbers are numbers, each table under its caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from khunnaphap.core.document import Column, Table
from khunnaphap.core.thai.numerals import arabic

from .book import Book

_NUMBER: Final = re.compile(r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?|-?\d+(?:\.\d+)?")
_UNSAFE: Final = re.compile(r"[\[\]:*?/\\\\']")
_CHARACTERS: Final = 90
"""About how wide a sheet is for its columns to share, in characters."""


@dataclass(frozen=True)
class TablesSheet:
    """A sheet and its tables; one without tables is left out."""

    name: str
    tables: Sequence[Table]


def write_tables(
    title: str, marks: str, made: datetime, sheets: Sequence[TablesSheet], notes: Sequence[tuple[str, Sequence[str]]]
) -> bytes:
    """The workbook as bytes; the same tables give the same bytes. ``notes`` are lists of lines, each under its heading."""
    book = Book(title, made, marks)
    filled = [sheet for sheet in sheets if any(table.rows for table in sheet.tables)]
    for sheet in filled:
        _sheet(book, sheet, title, marks)
    if notes or not filled:
        _notes(book, title, marks, notes)
    return book.close()


def _sheet(book: Book, told: TablesSheet, title: str, marks: str) -> None:
    widths = _widths([table.columns for table in told.tables])
    sheet = book.sheet(_UNSAFE.sub(" ", told.name)[:31], widths)
    book.heading(sheet, (title, told.name), marks)
    row = 4
    for table in told.tables:
        sheet.write_string(row, 0, table.caption, book.formats["title"])
        book.row(sheet, row + 1, [(column.title, "head") for column in table.columns])
        for place, cells in enumerate(table.rows, row + 2):
            texts = [arabic(cell.text) for cell in cells]
            book.row(sheet, place, [(text, "text") for text in texts])
            for column, text in enumerate(texts):
                if column and _NUMBER.fullmatch(text):
                    look = "number" if "." in text else "count"
                    sheet.write_number(place, column, float(text.replace(",", "")), book.formats[look])
        row += len(table.rows) + 4


def _widths(tables: Sequence[Sequence[Column]]) -> list[float]:
    """Each column as wide as the widest table wants it there."""
    widths: list[float] = []
    for columns in tables:
        whole = sum(column.width for column in columns)
        for place, column in enumerate(columns):
            wanted = max(9.0, _CHARACTERS * column.width / whole)
            if place < len(widths):
                widths[place] = max(widths[place], wanted)
            else:
                widths.append(wanted)
    return widths


def _notes(book: Book, title: str, marks: str, notes: Sequence[tuple[str, Sequence[str]]]) -> None:
    sheet = book.sheet("รายการค้าง", [6, 110])
    book.heading(sheet, (title, "รายการค้างและรายการที่ควรตรวจสอบ"), marks)
    row = 4
    for heading, lines in notes:
        book.row(sheet, row, [("", "plain"), (heading, "head")])
        for number, line in enumerate(lines, 1):
            book.row(sheet, row + number, [(str(number), "text"), (line, "text")])
        row += len(lines) + 2
