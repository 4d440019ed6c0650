"""From a file's bytes to its sheets: looked through first, then read by the library from a clean copy."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping
from typing import Final
from xml.sax.saxutils import quoteattr

import python_calamine

from khunnaphap.core.thai.text import clean

from .container import Package, damaged, open_package
from .contract import READ_SHEETS
from .copies import headings_of
from .rawxml import Marks, scan
from .reading import Sheet, Workbook
from .xmlparts import Layout, layout_of

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


def open_workbook(content: bytes, wanted: Collection[str] = READ_SHEETS) -> Workbook:
    """Open a workbook and read the sheets named in ``wanted``, as far as it has them.

    Names are compared cleaned (a stray space does no harm). ``Refusal`` in words when the file is unsafe or
    unreadable.
    """
    package = open_package(content)
    layout = layout_of(package)
    names = {clean(name): name for name in layout.sheets} | {name: name for name in layout.sheets}
    chosen = {title: names[title] for title in wanted if title in names}
    marks = scan(package, layout, chosen.values())
    copy = _clean_copy(package, layout, marks)
    passed_over = headings_of(package, layout, [name for name in layout.sheets if name not in marks])
    del package  # its unpacked parts would double the memory while the values are read
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(copy)
        sheets = {
            title: _sheet(book, str(number), title, marks[name])
            for number, (title, name) in enumerate(chosen.items(), 1)
        }
    except BaseException as error:
        # the reader panics on some damaged files, with an exception that is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise damaged() from error
    return Workbook(sheets, tuple(layout.sheets), passed_over)


def _sheet(book: python_calamine.CalamineWorkbook, number: str, title: str, marks: Marks) -> Sheet:
    sheet = book.get_sheet_by_name(number)
    rows = sheet.to_python(skip_empty_area=True)
    return Sheet(title, rows, sheet.start or (0, 0), marks)


def _clean_copy(package: Package, layout: Layout, marks: Mapping[str, Marks]) -> io.BytesIO:
    """A workbook of nothing but what was looked through: the chosen sheets (named 1, 2, …), strings and styles.

    So the library meets the very bytes that were checked, whatever the archive's headers and relations claim; but for
    the values at which it would give up, which stand in cells of the people's own as well (``Marks.harmless``).
    """
    sheets = [f'<sheet name="{number}" sheetId="{number}" r:id="s{number}"/>' for number, _ in enumerate(marks, 1)]
    links = [
        f'<Relationship Id="s{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in enumerate(marks, 1)
    ]
    settings = '<workbookPr date1904="1"/>' if layout.from_1904 else ""
    parts = {
        "_rels/.rels": _relations([f'<Relationship Id="w" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>']),
        "xl/_rels/workbook.xml.rels": _relations(links),
        "xl/workbook.xml": f"<workbook xmlns:r={quoteattr(_OFFICE)}>{settings}<sheets>{''.join(sheets)}</sheets></workbook>",
    }
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
        for path, part in (("xl/sharedStrings.xml", layout.strings), ("xl/styles.xml", layout.styles)):
            if part:
                archive.writestr(path, package.parts[part])
        for number, (name, found) in enumerate(marks.items(), 1):
            content = found.harmless(package.parts[layout.sheets[name]])
            archive.writestr(f"xl/worksheets/sheet{number}.xml", content)
    copy.seek(0)
    return copy


def _relations(items: list[str]) -> str:
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(items)}</Relationships>'
