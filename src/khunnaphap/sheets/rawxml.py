"""The raw XML of a workbook, read once before the values: entities, extents, formulas.

The library that reads values shows no formulas and lays a sheet out as a full rectangle, so one far cell could
take all memory; both are looked at here first.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from khunnaphap.core.problems import Refusal

from .container import Package

MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 200
MAX_CELLS: Final = 400_000
MAX_SHEETS: Final = 60

_USE_OURS: Final = "กรอกในแบบที่ระบบออกให้ แล้วส่งแฟ้มนั้นโดยไม่แก้โครงสร้าง"
_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass
class Formulas:
    """Cells of one sheet that hold a formula: with a stored value, or without."""

    stored: set[str] = field(default_factory=set)
    unstored: set[str] = field(default_factory=set)


def scan(package: Package) -> dict[str, Formulas]:
    """The formulas of every sheet by sheet name; ``Refusal`` when the XML is unsafe or too large."""
    for name in package.parts:
        if name.lower().endswith(".rels"):
            _check_links(package, name)
    paths = _sheet_paths(package)
    for name, content in package.parts.items():
        if name not in paths.values():
            _parse(content, name, None)
    if len(paths) > MAX_SHEETS:
        raise Refusal("too-many-sheets", f"แฟ้มมีแผ่นงานเกิน {MAX_SHEETS} แผ่น", _USE_OURS)
    return {sheet: _scan_sheet(package, path) for sheet, path in paths.items()}


def column_number(letters: str) -> int:
    """Column letters as a number from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Sheet:
    """Handlers that follow rows and cells of a sheet part."""

    def __init__(self) -> None:
        self.formulas = Formulas()
        self.row = self.column = self.cells = 0
        self.address = ""
        self.has_formula = self.has_value = self.in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "row":
            self.row = _number(attributes.get("r"), self.row + 1)
            self.column = 0
        elif local == "c":
            self._cell(attributes.get("r"))
        elif local == "f":
            self.has_formula = True
        self.in_value = local in ("v", "t")

    def _cell(self, reference: str | None) -> None:
        self.cells += 1
        match = _ADDRESS.fullmatch(reference or "")
        if match:
            self.column, self.row = column_number(match[1]), int(match[2])
            self.address = reference or ""
        else:
            self.column += 1
            self.address = f"{column_letters(self.column)}{self.row}"
        self.has_formula = self.has_value = False
        if self.row > MAX_ROWS or self.column > MAX_COLUMNS or self.cells > MAX_CELLS:
            raise Refusal(
                "bomb-rows",
                f"แผ่นงานกว้างหรือยาวผิดปกติ (พบเซลล์ {self.address})",
                f"ลบข้อมูลหรือรูปแบบที่อยู่นอกตาราง ต้องไม่เกิน {MAX_ROWS:,} แถว และ {MAX_COLUMNS} คอลัมน์",
            )

    def text(self, data: str) -> None:
        if self.in_value and data.strip():
            self.has_value = True

    def end(self, name: str) -> None:
        self.in_value = False
        if name.rpartition(" ")[2] == "c":
            if self.has_formula:
                (self.formulas.stored if self.has_value else self.formulas.unstored).add(self.address)
            self.address = ""


def _scan_sheet(package: Package, path: str) -> Formulas:
    sheet = _Sheet()
    _parse(package.parts[path], path, sheet)
    return sheet.formulas


def _parse(content: bytes, name: str, sheet: _Sheet | None) -> None:
    parser = _parser(name)
    if sheet is not None:
        parser.StartElementHandler = sheet.start
        parser.EndElementHandler = sheet.end
        parser.CharacterDataHandler = sheet.text
    _run(parser, content, name)


def _parser(name: str) -> expat.XMLParserType:
    """A parser that refuses document types and entities before anything is expanded."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Refusal("xml-entities", f"ส่วน {name} ของแฟ้มมีคำสั่ง XML ที่ไม่ปลอดภัย (DTD หรือ entity)", _USE_OURS)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _run(parser: expat.XMLParserType, content: bytes, name: str) -> None:
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Refusal("file-damaged", f"ส่วน {name} ของแฟ้มชำรุด อ่านไม่ได้", "บันทึกแฟ้มใหม่แล้วส่งอีกครั้ง") from error


def _check_links(package: Package, name: str) -> None:
    """Refuse relations that reach outside the file; a plain hyperlink in a cell reaches nothing by itself."""
    for attributes in _elements(package.parts[name], name, "Relationship"):
        kind = attributes.get("Type", "").rpartition("/")[2]
        if attributes.get("TargetMode") == "External" and kind != "hyperlink":
            raise Refusal("external-links", "แฟ้มมีการเชื่อมโยงไปยังแหล่งภายนอก", "ตัดการเชื่อมโยง แล้วบันทึกและส่งใหม่")


def _elements(content: bytes, name: str, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(" ")[2] == wanted:
            found.append(attributes)

    parser = _parser(name)
    parser.StartElementHandler = start
    _run(parser, content, name)
    return found


def _sheet_paths(package: Package) -> dict[str, str]:
    """Sheet name -> part name, through the workbook's relations."""
    actual = {name.lower(): name for name in package.parts}
    relations = actual.get("xl/_rels/workbook.xml.rels")
    if relations is None:
        raise Refusal("file-damaged", "แฟ้มชำรุด ไม่มีรายการแผ่นงาน", "บันทึกแฟ้มใหม่แล้วส่งอีกครั้ง")
    targets = {
        item.get("Id", ""): item.get("Target", "")
        for item in _elements(package.parts[relations], relations, "Relationship")
    }
    paths: dict[str, str] = {}
    for item in _elements(package.parts[actual["xl/workbook.xml"]], "xl/workbook.xml", "sheet"):
        identity = next((value for key, value in item.items() if key.rpartition(" ")[2] == "id"), "")
        target = targets.get(identity, "")
        path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()
        if path in actual:
            paths[item.get("name", "")] = actual[path]
    return paths


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else otherwise


def column_letters(number: int) -> str:
    """A column number from 1 as letters; the inverse of ``column_number``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
