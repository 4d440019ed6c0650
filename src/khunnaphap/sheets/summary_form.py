"""The colour summary of a round as a workbook to read and print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from khunnaphap.core.colours import SWATCHES

from .book import Book


@dataclass(frozen=True)
class SummaryRow:
    """One school; scores are text as people see them, empty where there is none."""

    office: str
    code: str
    name: str
    province: str
    colour: str
    colour_title: str
    basis: str
    total: str
    components: Sequence[str]
    reason: str


@dataclass(frozen=True)
class SummaryForm:
    """All that the summary shows; ``bands`` are (colour, title), best first."""

    title: str
    line: str
    marks: str
    made: datetime
    components: Sequence[str]
    bands: Sequence[tuple[str, str]]
    rows: Sequence[SummaryRow]


def write_summary(form: SummaryForm) -> bytes:
    """The workbook as bytes; the same form gives the same bytes."""
    book = Book(form.title, form.made, form.marks)
    _offices(book, form)
    _schools(book, form)
    return book.close()


def _offices(book: Book, form: SummaryForm) -> None:
    sheet = book.sheet("กลุ่มสีตามเขต", [34, *[9] * len(form.bands), 16, 9])
    book.heading(sheet, (form.title, form.line), form.marks)
    headings = ["สำนักงานเขต", *(title for _, title in form.bands), "ยังจัดกลุ่มไม่ได้", "รวม"]
    book.header_row(sheet, 4, headings)
    for place, (colour, _) in enumerate(form.bands, 1):
        look = book.look(bottom=5, bottom_color=SWATCHES[colour], bold=True, border=1, align="center", valign="vcenter")
        sheet.write_string(3, place, headings[place], look)
    row = 4
    for office in dict.fromkeys(row.office for row in form.rows):
        counts = Counter(each.colour for each in form.rows if each.office == office)
        sheet.write_string(row, 0, office, book.formats["text"])
        for place, colour in enumerate([*(colour for colour, _ in form.bands), ""], 1):
            sheet.write_number(row, place, counts[colour], book.formats["count"])
        sheet.write_number(row, len(form.bands) + 2, counts.total(), book.formats["count"])
        row += 1
    sheet.write_string(row, 0, "รวม", book.formats["head"])
    totals = Counter(each.colour for each in form.rows)
    for place, colour in enumerate([*(colour for colour, _ in form.bands), ""], 1):
        sheet.write_number(row, place, totals[colour], book.formats["count"])
    sheet.write_number(row, len(form.bands) + 2, totals.total(), book.formats["count"])


def _schools(book: Book, form: SummaryForm) -> None:
    widths = [20, 12, 28, 10, 11, 13, 8, *[8] * len(form.components), 44]
    sheet = book.sheet("รายโรงเรียน", widths)
    book.heading(sheet, (form.title, form.line), form.marks)
    components = [f"ด้านที่ {label}" for label in form.components]
    headings = ["สำนักงานเขต", "รหัส", "โรงเรียน", "จังหวัด", "กลุ่มสี", "ฐานข้อมูล", "รวม", *components, "เหตุผล"]
    book.header_row(sheet, 4, headings)
    sheet.freeze_panes(4, 3)
    fills = {colour: book.look(border=1, left=5, left_color=SWATCHES[colour], valign="top") for colour, _ in form.bands}
    for row, each in enumerate(form.rows, 4):
        texts = [(each.office, "text"), (each.code, "code"), (each.name, "text"), (each.province, "text")]
        texts += [(each.colour_title, "text"), (each.basis, "text")]
        texts += [("", "number")] * (1 + len(each.components))
        book.row(sheet, row, [*texts, (each.reason, "small")])
        sheet.write_string(row, 4, each.colour_title, fills.get(each.colour, book.formats["text"]))
        for place, text in enumerate((each.total, *each.components), 6):
            if text:
                sheet.write_number(row, place, float(text), book.formats["number"])
    if form.rows:
        sheet.autofilter(3, 0, 3 + len(form.rows), len(headings) - 1)
