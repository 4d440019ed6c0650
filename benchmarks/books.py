"""Reading and writing workbooks, against plain openpyxl scripts that do the same cells."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

from khunnaphap.sheets.contract import READ_SHEETS
from khunnaphap.sheets.opening import open_workbook
from khunnaphap.sheets.school_form import SchoolForm, write_school
from khunnaphap.sheets.school_reading import read_school

from .making import filled_forms, schools
from .measuring import Table, median_seconds


def run(home: Path) -> list[Table]:
    """Both directions."""
    (form,) = filled_forms(schools(1))
    content = write_school(form)
    table = Table(f"Workbooks (one school's, 74 indicators, {len(content) / 1024:.0f} KB)")
    plain = median_seconds(lambda: _read_plainly(content))
    ours = median_seconds(lambda: read_school(open_workbook(content, READ_SHEETS), form.framework))
    values = median_seconds(lambda: _values(content))
    table.add("read: openpyxl, cells only", f"{plain * 1e3:.1f} ms")
    table.add(
        "read: ours, looked through for hazards, typed and checked", f"{ours * 1e3:.1f} ms, {plain / ours:.1f}x", ""
    )
    table.add("read: calamine, cells only", f"{values * 1e3:.1f} ms, {plain / values:.1f}x", "6-8x of openpyxl")
    slow = median_seconds(lambda: _write_plainly(form))
    fast = median_seconds(lambda: write_school(form))
    table.add("write: openpyxl, the same cells, fills and drop-downs", f"{slow * 1e3:.1f} ms")
    table.add(
        "write: ours (XlsxWriter, three sheets, protected, print set up)",
        f"{fast * 1e3:.1f} ms, {slow / fast:.1f}x",
        "1.5x of openpyxl",
    )
    return [table]


def _values(content: bytes) -> None:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def _read_plainly(content: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)


def _write_plainly(form: SchoolForm) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    thin = Side(style="thin")
    border, wrap = Border(thin, thin, thin, thin), Alignment(wrap_text=True, vertical="top")
    fill, font, free = PatternFill("solid", fgColor="FFF9E3"), Font("TH Sarabun New", 14), Protection(locked=False)
    for number, indicator in enumerate(form.framework.indicators, 5):
        texts = [
            indicator.label,
            f"{indicator.title}\n{indicator.statement}",
            *(lv.descriptor for lv in indicator.levels),
            "",
            "",
            "",
            "",
        ]
        for place, text in enumerate(texts, 1):
            cell = sheet.cell(number, place, text)
            cell.font, cell.border, cell.alignment = font, border, wrap
            if place > 8:
                cell.fill, cell.protection = fill, free
    facts = book.create_sheet("facts")
    for number, fact in enumerate(form.framework.facts, 5):
        for place, text in enumerate([fact.id, fact.title, fact.unit, "", "", "", fact.help], 1):
            cell = facts.cell(number, place, text)
            cell.font, cell.border, cell.alignment = font, border, wrap
    choices = DataValidation("list", formula1='"1,2,3,4,5"')
    choices.add("I5:I78")
    sheet.add_data_validation(choices)
    sheet.protection.enable()
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
