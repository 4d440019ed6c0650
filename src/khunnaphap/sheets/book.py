"""A new workbook in our dress: formats, the hidden sheets, and the same bytes for the same record."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .contract import GUIDE_SHEET, IDENTITY_SHEET, LISTS_SHEET, Identity, identity_rows
from .heights import INDENT, row_height

FONT: Final = "TH Sarabun New"
INK, SOFT, LINE, ENTRY_FILL, HEAD_FILL, GROUP_FILL = "#1d2433", "#566074", "#b9b6ae", "#fff9e3", "#e9eff9", "#f3f1ea"
WRONG_FILL: Final = "#fbe7e7"
_SIZE: Final = 14
NEVER_FORMULAS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 20, "valign": "vcenter"},
    "line": {"font_size": 14, "valign": "vcenter"},
    "mark": {"font_size": 14, "bold": True, "font_color": "#8a4b00"},
    "head": {
        "bold": True,
        "bg_color": HEAD_FILL,
        "border": 1,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
    },
    "group": {"bold": True, "bg_color": GROUP_FILL, "border": 1, "valign": "vcenter"},
    "text": {"border": 1, "text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "small": {"border": 1, "text_wrap": True, "valign": "top", "font_size": 13, "align": "left", "indent": 1},
    "code": {"border": 1, "valign": "top", "num_format": "@"},
    "plain": {"text_wrap": True, "valign": "top"},
    "entry": {
        "border": 1,
        "bg_color": ENTRY_FILL,
        "locked": False,
        "text_wrap": True,
        "valign": "top",
        "align": "left",
        "indent": 1,
    },
    "entry-id": {
        "border": 1,
        "bg_color": ENTRY_FILL,
        "locked": False,
        "text_wrap": True,
        "valign": "top",
        "num_format": "@",
        "align": "left",
        "indent": 1,
    },
    "entry-code": {"border": 1, "bg_color": ENTRY_FILL, "locked": False, "valign": "top", "align": "center"},
    "number": {"border": 1, "valign": "top", "num_format": "0.00", "align": "right"},
    "count": {"border": 1, "valign": "top", "num_format": "0", "align": "right"},
}


def size_of(look: str) -> float:
    """The font size of a look, in points."""
    return float(_FORMATS[look].get("font_size", _SIZE))


def room_of(look: str, width: float) -> float:
    """The width (in characters) that a look leaves for text in a column of this width."""
    return width - INDENT * int(_FORMATS[look].get("indent", 0))


class Book:
    """A workbook being written; ``close`` gives its bytes."""

    def __init__(self, title: str, made: datetime, marks: str = "") -> None:
        self._stream = io.BytesIO()
        self._widths: dict[str, Sequence[float]] = {}
        self._foot = f"{title}    {marks}".strip().replace("&", "&&")[:180]
        self.book = xlsxwriter.Workbook(self._stream, {"in_memory": True, **NEVER_FORMULAS})
        self.book.set_properties({"title": title, "author": "Khunnaphap", "created": made.replace(tzinfo=None)})
        self.formats = {name: self.look(**look) for name, look in _FORMATS.items()}
        self.wrong = self.book.add_format({"bg_color": WRONG_FILL})

    def look(self, **properties: Any) -> Format:
        """A format in the house's font and ink, with these properties."""
        common = {"font_name": FONT, "font_size": _SIZE, "font_color": INK, "border_color": LINE}
        return self.book.add_format({**common, **properties})

    def sheet(self, name: str, widths: Sequence[float], landscape: bool = True) -> Worksheet:
        """A sheet that prints on A4, one page wide, with these column widths (in characters)."""
        sheet = self.book.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
        sheet.set_footer(f'&L&"{FONT}"&12 {self._foot}&R&"{FONT}"&12 หน้า &P จาก &N', {"margin": 0.3})
        sheet.hide_gridlines(2)
        sheet.set_default_row(21)
        self._widths[name] = widths
        return sheet

    def row(self, sheet: Worksheet, row: int, cells: Sequence[tuple[str, str]]) -> None:
        """Write a row of texts, each with the name of its look, high enough for all of them."""
        widths = self._widths[sheet.name]
        for place, (text, look) in enumerate(cells):
            sheet.write_string(row, place, text, self.formats[look])
        sheet.set_row(
            row, row_height((text, room_of(look, widths[n]), size_of(look)) for n, (text, look) in enumerate(cells))
        )

    def heading(self, sheet: Worksheet, lines: Sequence[str], mark: str) -> None:
        """Up to three lines over the header row, the last with the mark that must be seen."""
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line, self.formats["title" if row == 0 else "line"])
        sheet.set_row(0, 32)
        if mark:
            sheet.write_string(2, 0, mark, self.formats["mark"])

    def guide(self, title: str, lines: Sequence[str], mark: str, steps: Sequence[str]) -> None:
        """The first sheet: what this workbook is, and how to fill it in, step by step."""
        sheet = self.sheet(GUIDE_SHEET, [4, 92], landscape=False)
        self.heading(sheet, (title, *lines), "")
        if mark:
            sheet.write_string(1 + len(lines), 0, mark, self.formats["mark"])
        for number, step in enumerate(steps, 1):
            self.row(sheet, 4 + number, [(f"{number}.", "plain"), (step, "plain")])
        self.protect(sheet)

    def header_row(self, sheet: Worksheet, row: int, headings: Sequence[str]) -> None:
        """The header row (numbered from 1), frozen and repeated on every printed page."""
        self.row(sheet, row - 1, [(heading, "head") for heading in headings])
        sheet.repeat_rows(row - 1)

    def protect(self, sheet: Worksheet) -> None:
        """Lock all but the entry cells; people may still widen columns, filter and select."""
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})

    def lists(self, lists: dict[str, Sequence[str | int]]) -> dict[str, str]:
        """Write drop-down lists to the hidden sheet; gives each list's range by name."""
        sheet = self.book.add_worksheet(LISTS_SHEET)
        sheet.hide()
        ranges = {}
        for place, (name, items) in enumerate(lists.items()):
            for row, item in enumerate(items):
                if isinstance(item, int):
                    sheet.write_number(row, place, item)
                else:
                    sheet.write_string(row, place, item)
            letter = chr(65 + place)
            ranges[name] = f"='{LISTS_SHEET}'!${letter}$1:${letter}${len(items)}"
        return ranges

    def drop_down(self, sheet: Worksheet, cells: str, source: str, accepted: str, prompt: str) -> None:
        """A drop-down from ``source``; anything outside ``accepted`` is coloured, not blocked (a bare 4 is good)."""
        sheet.data_validation(
            cells,
            {
                "validate": "list",
                "source": source,
                "show_error": False,
                "input_title": "วิธีกรอก",
                "input_message": prompt,
            },
        )
        first = cells.split(":")[0]
        formula = f'=AND({first}<>"",COUNTIF({accepted[1:]},{first})=0)'
        sheet.conditional_format(cells, {"type": "formula", "criteria": formula, "format": self.wrong})

    def number_hint(self, sheet: Worksheet, cells: str, rule: dict[str, Any], faulty: str, prompt: str) -> None:
        """A hint of what number is asked; one that is ``faulty`` (a formula) is coloured, none is blocked."""
        hint = {"show_error": False, "input_title": "วิธีกรอก", "input_message": prompt}
        sheet.data_validation(cells, {**rule, **hint})
        sheet.conditional_format(cells, {"type": "formula", "criteria": faulty, "format": self.wrong})

    def identity(self, identity: Identity, name: str, more: Sequence[tuple[str, str]] = ()) -> None:
        """Write the hidden sheet that says what this workbook is; ``more`` is for readers other than ours."""
        sheet = self.book.add_worksheet(IDENTITY_SHEET)
        sheet.hide()
        for row, (key, value) in enumerate([*identity_rows(identity, name), *more]):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value)

    def close(self) -> bytes:
        """The workbook's bytes."""
        self.book.close()
        return self._stream.getvalue()
