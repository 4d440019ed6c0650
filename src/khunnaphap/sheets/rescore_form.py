"""A round under another edition beside its official colours, as a workbook to read and print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from khunnaphap.core.colours import SWATCHES

from .book import Book

_NOT_YET = ("", "ยังจัดกลุ่มไม่ได้")


@dataclass(frozen=True)
class RescoreRow:
    """One school; colours are codes ("" = not yet), scores are text as people see them, empty where there is none."""

    office: str
    code: str
    name: str
    basis: str
    official: str
    official_title: str
    official_total: str
    colour: str
    colour_title: str
    total: str
    missing: int
    answered: str
    note: str


@dataclass(frozen=True)
class RescoreForm:
    """All that the workbook shows; ``bands`` and ``official_bands`` are (colour, title), best first."""

    title: str
    line: str
    marks: str
    made: datetime
    bands: Sequence[tuple[str, str]]
    official_bands: Sequence[tuple[str, str]]
    rows: Sequence[RescoreRow]


def write_rescore(form: RescoreForm) -> bytes:
    """The workbook as bytes; the same form gives the same bytes."""
    book = Book(form.title, form.made, form.marks)
    _moves(book, form)
    _schools(book, form)
    return book.close()


def _moves(book: Book, form: RescoreForm) -> None:
    """How many schools go from each official colour (rows) to each colour under the other edition (columns)."""
    columns = [*form.bands, _NOT_YET]
    sheet = book.sheet("กลุ่มสีเทียบกัน", [30, *[13] * len(columns), 10])
    book.heading(sheet, (form.title, form.line), form.marks)
    book.header_row(sheet, 4, ["ผลทางการ \\ ตามเกณฑ์ที่เทียบ", *(title for _, title in columns), "รวม"])
    for place, (colour, title) in enumerate(columns, 1):
        if colour:
            swatch = {"bottom": 5, "bottom_color": SWATCHES[colour]}
            look = book.look(**swatch, bold=True, border=1, align="center", valign="vcenter")
            sheet.write_string(3, place, title, look)
    counts = Counter((row.official, row.colour) for row in form.rows)
    for number, (official, title) in enumerate([*form.official_bands, _NOT_YET], 4):
        book.row(sheet, number, [(title, "text")])
        numbers = [counts[official, colour] for colour, _ in columns]
        for place, count in enumerate([*numbers, sum(numbers)], 1):
            sheet.write_number(number, place, count, book.formats["count"])


def _schools(book: Book, form: RescoreForm) -> None:
    sheet = book.sheet("รายโรงเรียน", [20, 12, 28, 13, 15, 9, 15, 9, 10, 12, 50])
    book.heading(sheet, (form.title, form.line), form.marks)
    headings = [
        "สำนักงานเขต", "รหัส", "โรงเรียน", "ฐานข้อมูล", "สีทางการ", "ร้อยละทางการ", "สีตามเกณฑ์ที่เทียบ", "ร้อยละ",
        "ข้อที่ยังไม่มีคำตอบ", "ร้อยละเฉพาะข้อที่ตอบแล้ว", "หมายเหตุ",
    ]  # fmt: skip
    book.header_row(sheet, 4, headings)
    sheet.freeze_panes(4, 3)
    colours = {colour for colour, _ in (*form.bands, *form.official_bands)}
    fills = {
        colour: book.look(border=1, left=5, left_color=SWATCHES[colour], valign="top") for colour in sorted(colours)
    }
    for number, row in enumerate(form.rows, 4):
        texts = [(row.office, "text"), (row.code, "code"), (row.name, "text"), (row.basis, "text")]
        book.row(sheet, number, [*texts, *[("", "number")] * 6, (row.note, "small")])
        for place, colour, title in ((4, row.official, row.official_title), (6, row.colour, row.colour_title)):
            sheet.write_string(number, place, title, fills.get(colour, book.formats["text"]))
        for place, text in ((5, row.official_total), (7, row.total), (9, row.answered)):
            if text:
                sheet.write_number(number, place, float(text), book.formats["number"])
        sheet.write_number(number, 8, row.missing, book.formats["count"])
    if form.rows:
        sheet.autofilter(3, 0, 3 + len(form.rows), len(headings) - 1)
