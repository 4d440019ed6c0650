"""XML parts of a workbook, parsed warily: no entities, UTF-8 only, not too deep; relations and the list of sheets."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from khunnaphap.core.problems import Refusal

from .container import Package, damaged, embedded, external_links, macros

MAX_DEPTH: Final = 100
MAX_SHEETS: Final = 60
MAX_NAMES: Final = 10_000
MAX_PIECE: Final = 256 * 1024
_CHUNK: Final = 64 * 1024

_USE_OURS: Final = "กรอกในแบบที่ระบบออกให้ แล้วส่งแฟ้มนั้นโดยไม่แก้โครงสร้าง"
_FORBIDDEN_RELATIONS: Final[Mapping[str, Callable[[], Refusal]]] = {
    "vbaproject": macros,
    "xlmacrosheet": macros,
    "xlintlmacrosheet": macros,
    "activexcontrol": macros,
    "activexcontrolbinary": macros,
    "control": macros,
    "oleobject": embedded,
    "package": embedded,
    "externallink": external_links,
    "externallinkpath": external_links,
    "connections": external_links,
    "querytable": external_links,
}


class Walker:
    """Handlers that follow the elements of one part; names come as written, with their prefix."""

    def __init__(self) -> None:
        self.depth = 0
        self.parser = expat.ParserCreate()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise too_deep()

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1


def too_deep() -> Refusal:
    """The refusal of XML that nests deeper than any spreadsheet program writes it."""
    return Refusal("bomb-depth", f"แฟ้มมี XML ซ้อนกันลึกเกิน {MAX_DEPTH} ชั้น", _USE_OURS)


def walk(content: bytes, name: str, walker: Walker) -> None:
    """Parse a part with these handlers; ``Refusal`` when it is unsafe or broken."""
    if b"\0" in content or content.startswith((b"\xfe\xff", b"\xff\xfe")):
        raise _strange_encoding(name)
    _check_pieces(content, name)
    parser = walker.parser

    def refuse(*_: object) -> None:
        raise _entities(name)

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "utf8", "us-ascii"):
            raise _strange_encoding(name)

    parser.buffer_text = True
    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    try:
        for start in range(0, len(content), _CHUNK):
            parser.Parse(content[start : start + _CHUNK], False)
            if len(parser.intern) > MAX_NAMES:
                raise Refusal("bomb-names", f"ส่วน {name} ของแฟ้มมีชื่อใน XML มากผิดปกติ", _USE_OURS)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(f" (ส่วน {name})") from error
    finally:
        # handlers hold the walker, which holds the parser
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None


def _check_pieces(content: bytes, name: str) -> None:
    """Refuse a tag or text so long that the parser, which takes each in one piece, would fill the memory."""
    start = 0
    while len(content) - start > MAX_PIECE:
        following = content.rfind(b"<", start + 1, start + MAX_PIECE)
        if following < 0:
            raise Refusal("bomb-text", f"ส่วน {name} ของแฟ้มมีข้อความยาวผิดปกติ", _USE_OURS)
        start = following


def _strange_encoding(name: str) -> Refusal:
    return Refusal("xml-encoding", f"ส่วน {name} ของแฟ้มไม่ได้เข้ารหัสอักขระแบบ UTF-8", _USE_OURS)


def _entities(name: str) -> Refusal:
    return Refusal("xml-entities", f"ส่วน {name} ของแฟ้มมีคำสั่ง XML ที่ไม่ปลอดภัย (DTD หรือ entity)", _USE_OURS)


class _Elements(Walker):
    """Gathers the attributes of every element of one local name."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.found: list[dict[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name.rpartition(":")[2] == self.wanted:
            self.found.append(attributes)


def _elements(content: bytes, name: str, wanted: str) -> list[dict[str, str]]:
    walker = _Elements(wanted)
    walk(content, name, walker)
    return walker.found


@dataclass(frozen=True)
class Layout:
    """Which part holds what: sheets by name, the shared strings and the styles (empty when there are none).

    ``from_1904``: days are counted from 1904, as older programs on the Macintosh do, and not from 1900.
    """

    sheets: Mapping[str, str]
    strings: str
    styles: str
    from_1904: bool = False


def layout_of(package: Package) -> Layout:
    """Follow the workbook's relations; ``Refusal`` for macros, links that reach outside, or missing parts."""
    actual = {name.lower(): name for name in package.parts}
    for name, content in package.parts.items():
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise _entities(name)
    types = actual["[content_types].xml"]
    if any(word in package.parts[types].lower() for word in (b"macro", b"vbaproject")):
        raise macros()
    walk(package.parts[types], types, Walker())
    for name, content in package.parts.items():
        if name.lower().endswith(".rels"):
            _check_links(content, name)
    relations = actual.get("xl/_rels/workbook.xml.rels")
    if relations is None:
        raise damaged(" ไม่มีรายการแผ่นงาน")
    targets, kinds = {}, {}
    for item in _elements(package.parts[relations], relations, "Relationship"):
        path = posixpath.normpath(posixpath.join("/xl", item.get("Target", ""))).lstrip("/").lower()
        targets[item.get("Id", "")] = kinds[_kind(item)] = actual.get(path, "")
    sheets: dict[str, str] = {}
    workbook = actual["xl/workbook.xml"]
    for item in _elements(package.parts[workbook], workbook, "sheet"):
        identity = next((value for key, value in item.items() if key.rpartition(":")[2] == "id"), "")
        name, path = item.get("name", ""), targets.get(identity, "")
        if not path or name in sheets:
            raise damaged(f" (แผ่น “{name[:31]}”)")
        sheets[name] = path
    if len(sheets) > MAX_SHEETS:
        raise Refusal("too-many-sheets", f"แฟ้มมีแผ่นงานเกิน {MAX_SHEETS} แผ่น", "ลบแผ่นงานที่ไม่ใช่ของแบบออก แล้วส่งใหม่")
    settings = _elements(package.parts[workbook], workbook, "workbookPr")
    from_1904 = any(item.get("date1904", "").lower() in ("1", "true") for item in settings)
    return Layout(sheets, kinds.get("sharedstrings", ""), kinds.get("styles", ""), from_1904)


def _kind(relation: Mapping[str, str]) -> str:
    return relation.get("Type", "").rpartition("/")[2].lower()


def _check_links(content: bytes, name: str) -> None:
    """Refuse relations that reach outside the file; a plain hyperlink in a cell reaches nothing by itself."""
    for relation in _elements(content, name, "Relationship"):
        kind = _kind(relation)
        if kind in _FORBIDDEN_RELATIONS:
            raise _FORBIDDEN_RELATIONS[kind]()
        if relation.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            raise external_links()
