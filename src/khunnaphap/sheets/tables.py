"""Plain tables of a workbook: a specification that writes the sheet and reads it back, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

from khunnaphap.core.edition import exact_number, number_text
from khunnaphap.core.letters import Letter, LetterError, parse_letter, short_announcement, short_number
from khunnaphap.core.problems import Problem
from khunnaphap.core.programme import Party
from khunnaphap.core.thai.dates import DateError, hours, long_date, month_year, parse_date, parse_hours, parse_month
from khunnaphap.core.thai.text import unnumbered

from .book import Book
from .contract import NO_WORD, NO_WORDS, YES_WORD, YES_WORDS, Columns
from .reading import Cell, Findings, Reader, Workbook
from .school_reading import checked_sheet

FieldKind: TypeAlias = Literal[
    "text",
    "shown",
    "paragraphs",
    "lines",
    "item",
    "date",
    "day-or-month",
    "hours",
    "parties",
    "count",
    "money",
    "degrees",
    "letter",
    "letters",
    "choice",
    "yes-no",
    "wording",
    "wordings",
    "exact",
    "exacts",
]
_DATE_MEND: Final = "เขียนเป็นวันที่ เช่น 26 มิถุนายน 2567 หรือ 26/6/2567"
_HOURS_MEND: Final = "เขียนเป็นเวลา เช่น 15.00 - 16.30 น."
_AROUND: Final = re.compile(r"^ครั้งที่\s*|\s*(?:บาท|\.-|คน|อัตรา|ตำแหน่ง)$")
"""What people write around a number: 20,000.-, ครั้งที่ 1, 2 อัตรา."""
ROOM: Final = 60
"""Empty entry rows that a written table offers below what is there."""
PRINTED_ROOM: Final = 8
"""How many of them are printed."""


@dataclass(frozen=True)
class Field:
    """A column: its heading, the name of its value, what may stand in it, and how wide it is (in characters)."""

    heading: str
    name: str
    kind: FieldKind = "text"
    width: float = 24
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    limit: int = 500
    look: str = "entry"


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


@dataclass(frozen=True)
class Short:
    """A letter cited by its number alone, or an announcement by its day; ``citations.whole`` puts it in its place."""

    number: str


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
                values[one.name] = _read(reader, cells[one.name], one)
                if len(reader.findings.problems) > before:
                    unread.add(one.name)
            for one in spec.fields:
                if one.required and not cells[one.name].filled:
                    message = f"แถวนี้ไม่มี “{one.heading}”"
                    reader.problem(cells[one.name], "field-lacking", message, "กรอกช่องนี้ หรือลบทั้งแถว")
                    unread.add(one.name)
            rows.append(Row(number, values, cells, frozenset(unread)))
    return rows


def lost_parts(reader: Reader, specs: Sequence[TableSpec]) -> frozenset[str]:
    """The parts whose sheets have a heading that is not ours."""
    sheets = {one.sheet for one in reader.findings.problems if one.code == "heading-differs"}
    return frozenset(spec.part for spec in specs if spec.sheet in sheets)


def _read(reader: Reader, cell: Cell, spec: Field) -> Any:
    match spec.kind:
        case "shown":
            return None
        case "text":
            return " ".join(reader.words(cell, spec.limit).split())
        case "paragraphs":
            lines = (" ".join(line.split()) for line in reader.words(cell, spec.limit).split("\n"))
            return "\n".join(line for line in lines if line)
        case "lines":
            return unnumbered([line for line in reader.words(cell, spec.limit).split("\n") if line])
        case "item":
            return unnumbered([" ".join(reader.words(cell, spec.limit).split())])[0]
        case "wording":
            return " ".join(reader.words(cell, spec.limit, as_typed=True).split())
        case "wordings":
            return tuple(line for line in reader.words(cell, spec.limit, as_typed=True).split("\n") if line)
        case "exact" | "exacts":
            return _read_exact(reader, cell, spec)
        case "date":
            return _read_date(reader, cell)
        case "day-or-month":
            return _read_day_or_month(reader, cell)
        case "parties":
            return tuple(
                Party.parse(line)
                for line in unnumbered([line for line in reader.words(cell, spec.limit).split("\n") if line])
            )
        case "hours":
            return _read_hours(reader, cell)
        case "count" | "money" | "degrees":
            return _read_amount(reader, cell, spec)
        case "letter" | "letters":
            found = tuple(
                _read_letter(reader, cell, line) for line in reader.words(cell, spec.limit).split("\n") if line
            )
            letters = tuple(one for one in found if one is not None)
            return letters if spec.kind == "letters" else next(iter(letters), None)
        case "choice" | "yes-no":
            return _read_choice(reader, cell, spec)


def _read_date(reader: Reader, cell: Cell) -> date | None:
    if not reader.usable(cell):
        return None
    if isinstance(cell.raw, date):
        day = cell.raw.date() if isinstance(cell.raw, datetime) else cell.raw
        try:  # a B.E. year typed into a date cell is kept as that year by spreadsheet programs
            return day.replace(year=day.year - 543) if day.year >= 2400 else day
        except ValueError:
            reader.problem(cell, "date-impossible", f"อ่านได้ “{cell.shown}” ซึ่งไม่มีในปฏิทิน", _DATE_MEND)
            return None
    try:
        return parse_date(cell.text)
    except DateError as error:
        mend = "แก้วันที่ให้ถูก โดยไม่ต้องพิมพ์ชื่อวัน ระบบหาให้เอง" if error.code == "weekday-wrong" else _DATE_MEND
        reader.problem(cell, error.code, str(error), mend)
        return None


def _read_day_or_month(reader: Reader, cell: Cell) -> tuple[date, bool] | None:
    """A day, or the first of a month that is told without a day, and whether it is such a month."""
    month = parse_month(cell.text) if isinstance(cell.raw, str) and not cell.error else None
    day = month or _read_date(reader, cell)
    return None if day is None else (day, month is not None)


def _read_hours(reader: Reader, cell: Cell) -> tuple[time, time | None] | None:
    if not reader.plain(cell):
        return None
    if isinstance(cell.raw, time):
        return cell.raw, None
    try:
        return parse_hours(f"{cell.raw:.2f}" if isinstance(cell.raw, float) else cell.text)
    except DateError as error:
        reader.problem(cell, error.code, str(error), _HOURS_MEND)
        return None


def _read_amount(reader: Reader, cell: Cell, spec: Field) -> int | Decimal | None:
    if isinstance(cell.raw, str):
        plain = _AROUND.sub("", cell.text).replace(",", "")
        try:
            value = Decimal(plain) if reader.plain(cell) else None
        except InvalidOperation:
            value = Decimal("NaN")
        if value is not None and not value.is_finite():
            mend = f"พิมพ์เฉพาะตัวเลข เช่น {20000 if spec.kind == 'money' else 3}"
            reader.problem(cell, "not-a-number", f"อ่านได้ “{cell.shown}” ซึ่งไม่ใช่ตัวเลข", mend)
            return None
    else:
        number = reader.number(cell)
        value = None if number is None else Decimal(number.numerator) / Decimal(number.denominator)
    if value is None:
        return None
    whole, places = value == value.to_integral_value(), 6 if spec.kind == "degrees" else 2
    if not 0 <= value < 10**12 or (spec.kind == "count" and not whole) or value != round(value, places):
        mend = "พิมพ์จำนวนเต็มตั้งแต่ 0" if spec.kind == "count" else f"พิมพ์จำนวนตั้งแต่ 0 ทศนิยมไม่เกิน {places} ตำแหน่ง"
        reader.problem(cell, "amount-invalid", f"อ่านได้ “{cell.shown}” ซึ่งไม่ใช่จำนวนที่ใช้ได้", mend)
        return None
    return int(value) if spec.kind == "count" else round(value, places)


def _read_exact(reader: Reader, cell: Cell, spec: Field) -> Fraction | tuple[Fraction, ...] | None:
    """A number, or several with commas between, each exact: "90", "2.5", "1/3"."""
    several = spec.kind == "exacts"
    if not reader.plain(cell):
        return () if several else None
    found = [exact_number(part) for part in (cell.text.split(",") if several else [cell.text])]
    numbers = tuple(number for number in found if number is not None)
    if len(numbers) < len(found):
        mend = "พิมพ์ตัวเลขคั่นด้วยจุลภาค เช่น 50, 60, 70, 80" if several else "พิมพ์ตัวเลข เช่น 90 หรือ 2.5 หรือ 1/3"
        dated = " (โปรแกรมตารางอ่านเป็นวันที่)" if isinstance(cell.raw, date) else ""
        reader.problem(cell, "not-a-number", f"อ่านได้ “{cell.shown}” ซึ่งไม่ใช่ตัวเลข{dated}", mend)
        return () if several else None
    return numbers if several else numbers[0]


def _read_letter(reader: Reader, cell: Cell, line: str) -> Letter | Short | None:
    if number := short_number(line) or short_announcement(line):
        return Short(number)
    try:
        return parse_letter(line)
    except LetterError as error:
        reader.problem(cell, error.code, str(error), error.mend)
        return None


def _read_choice(reader: Reader, cell: Cell, spec: Field) -> Any:
    if not reader.plain(cell):
        return None
    word = cell.text
    if spec.kind == "yes-no":
        if word.lower() in YES_WORDS | NO_WORDS:
            return word.lower() in YES_WORDS
        options = [YES_WORD, NO_WORD]
    else:
        if word in spec.choices:
            return spec.choices[word]
        options = list(spec.choices)
    named = ", ".join(f"“{option}”" for option in options)
    reader.problem(cell, "choice-unknown", f"อ่านได้ “{cell.shown}”", f"เลือกหนึ่งใน {named}")
    return None


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
            [(_text(values.get(one.name), one), one.look) for one in spec.fields],
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


def _text(value: Any, spec: Field) -> str:
    """A value as its cell shows it; what is written is read back the same."""
    if value is None or value == ():
        return ""
    match spec.kind:
        case "lines" | "wordings":
            return "\n".join(value)
        case "exact":
            return number_text(value)
        case "exacts":
            return ", ".join(map(number_text, value))
        case "parties":
            return "\n".join(party.line for party in value)
        case "day-or-month":
            day, whole_month = value
            return month_year(day) if whole_month else long_date(day)
        case "date":
            return long_date(value)
        case "hours":
            return hours(*value)
        case "letter":
            return str(value.cited())
        case "letters":
            return "\n".join(letter.cited() for letter in value)
        case "yes-no":
            return YES_WORD if value else NO_WORD
        case "choice":
            return next(word for word, code in spec.choices.items() if code == value)
        case _:
            return str(value)
