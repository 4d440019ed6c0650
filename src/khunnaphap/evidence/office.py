"""The look into a Word, Excel or PowerPoint file before it is kept: small enough, and nothing in it that acts."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from khunnaphap.core.problems import Refusal
from khunnaphap.sheets import archives
from khunnaphap.sheets.xmlparts import Walker, walk

from .kinds import SAVE_AS, SAVE_AS_OFFICE, damaged, encrypted, not_evidence
from .limits import DOCX_TYPE, MB, PPTX_TYPE, XLSX_TYPE

MAX_PARTS: Final = 3_000
MAX_UNPACKED: Final = 128 * MB
MAX_RATIO: Final = 200
MAX_EMBEDDED: Final = 10 * MB
MAX_LISTS: Final = 4 * MB
_RATIO_FROM: Final = 8 * MB
_BLOCK: Final = 256 * 1024
_OVERLAP: Final = 64
_XML: Final = (".xml", ".rels", ".vml")

_MAIN: Final = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": ("docx", DOCX_TYPE),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ("xlsx", XLSX_TYPE),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": ("pptx", PPTX_TYPE),
}
_PROGRAMS: Final = (
    b"\xd0\xcf\x11\xe0",
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\x4c\x00\x00\x00\x01\x14\x02\x00",
)
_PROGRAM_NAMES: Final = (
    ".exe", ".dll", ".scr", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".jar",
    ".lnk", ".msi", ".html", ".htm", ".mht", ".swf",
)  # fmt: skip
_MACROS: Final = frozenset(
    {"vbaproject", "xlmacrosheet", "xlintlmacrosheet", "activexcontrol", "activexcontrolbinary", "control"}
)
_REACHING: Final = frozenset(
    {
        "attachedtemplate",
        "externallink",
        "externallinkpath",
        "connections",
        "querytable",
        "frame",
        "subdocument",
        "afchunk",
    }
)
_FOR_READERS: Final = frozenset({"hyperlink", "image", "video", "audio", "media"})
"""Relations that may lead to a web address: they are followed when a person clicks, or show a picture."""


def office_type_of(content: bytes) -> tuple[str, str]:
    """The extension and content type of an office file; ``Refusal`` in words for any other zip, or an unsafe file."""
    return _type_of(content, _Room())


@dataclass
class _Room:
    """What may still come out of a file and of the files in it: bytes, bytes of lists, parts."""

    unpacked: int = MAX_UNPACKED
    lists: int = MAX_LISTS
    parts: int = MAX_PARTS

    def take(self, *, unpacked: int = 0, lists: int = 0, parts: int = 0) -> None:
        """Count what came out; ``Refusal`` when it is too much."""
        self.unpacked, self.lists, self.parts = self.unpacked - unpacked, self.lists - lists, self.parts - parts
        if min(self.unpacked, self.lists, self.parts) < 0:
            raise _bomb()


def _type_of(content: bytes, room: _Room, *, inside: bool = False) -> tuple[str, str]:
    """``inside``: the file lies in another one (the sheet behind a chart), where no further file may lie."""
    if content.count(archives.ENTRY) > MAX_PARTS + 1000:
        raise _bomb()
    if not archives.ends_whole(content):
        raise damaged("แฟ้มเอกสาร", SAVE_AS_OFFICE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            room.take(parts=len(infos))
            _check_names(infos)
            lists = _looked_through(archive, infos, room, inside=inside)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise damaged("แฟ้มเอกสาร", SAVE_AS_OFFICE) from error
    for name, part in lists.items():
        if name.endswith(".rels"):
            _check_relations(part, name)
    return _main_type(lists["[content_types].xml"])


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    names = archives.plain_names(infos)
    if len(set(names)) != len(names):
        raise _bomb()
    if archives.leads_out(names):
        raise Refusal("unsafe-names", "แฟ้มมีชื่อส่วนประกอบที่ไม่ปลอดภัย", SAVE_AS_OFFICE)
    if archives.is_encrypted(infos):
        raise encrypted()
    if archives.is_odd(infos):
        raise damaged("แฟ้มเอกสาร", SAVE_AS_OFFICE)
    if "[content_types].xml" not in names:
        if "content.xml" in names:
            raise not_evidence("เอกสาร OpenDocument", SAVE_AS_OFFICE)
        raise not_evidence("แฟ้มบีบอัด ZIP", "แตกแฟ้มบีบอัดก่อน แล้วส่งแฟ้มข้างในทีละแฟ้ม")
    if any("vbaproject" in name or "/activex/" in name or "/macrosheets/" in name for name in names):
        raise _macros()
    if any(name.endswith(_PROGRAM_NAMES) for name in names):
        raise _embedded()


def _looked_through(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], room: _Room, *, inside: bool
) -> dict[str, bytes]:
    """Unpack every part once, block by block; gives the lists (content types, relations) by their plain names."""
    lists: dict[str, bytes] = {}
    for info, name in zip(infos, archives.plain_names(infos), strict=True):
        is_list, is_file = name == "[content_types].xml" or name.endswith(".rels"), False
        size, whole, before = 0, bytearray(), b""
        for block in _blocks(archive, info):
            is_file = is_file or (not size and _is_file(block, name, inside=inside))
            size += len(block)
            room.take(unpacked=len(block), lists=len(block) if is_list else 0)
            if size > _RATIO_FROM and size > MAX_RATIO * max(info.compress_size, 1):
                raise _bomb()
            if name.endswith(_XML):
                before = _without_entities(before + block)
            if is_list or is_file:
                whole += block
            if is_file and size > MAX_EMBEDDED:
                raise _embedded()
        if is_list:
            lists[name] = bytes(whole)
        elif is_file:
            _type_of(bytes(whole), room, inside=True)
    return lists


def _blocks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as stream:
        while block := stream.read(_BLOCK):
            yield block


def _without_entities(content: bytes) -> bytes:
    """The end of a piece of XML, once nothing in it declares a type or an entity, in UTF-8 or UTF-16."""
    plain = content.replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        message = "แฟ้มมีคำสั่ง XML ที่ไม่ปลอดภัย (DTD หรือ entity) ซึ่งโปรแกรมเอกสารไม่เขียน"
        raise Refusal("xml-entities", message, SAVE_AS_OFFICE)
    return content[-_OVERLAP:]


def _is_file(start: bytes, name: str, *, inside: bool) -> bool:
    """True for a part to be looked through on its own, as the workbook behind a chart; programs are refused."""
    if start.startswith(_PROGRAMS):
        raise _embedded()
    is_file = start.startswith(b"PK\x03\x04")
    if (is_file and inside) or ("/embeddings/" in name and not is_file):
        raise _embedded()
    return is_file


class _Attributes(Walker):
    """The attributes of every element of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        self.found.append(attributes)


def _attributes(content: bytes, name: str) -> list[dict[str, str]]:
    walker = _Attributes()
    try:
        walk(content, name, walker)
    except Refusal as refusal:
        raise Refusal("office-strange", refusal.problem.message, SAVE_AS_OFFICE) from refusal
    return walker.found


def _check_relations(content: bytes, name: str) -> None:
    for relation in _attributes(content, name):
        kind = relation.get("Type", "").rpartition("/")[2].lower()
        outside = relation.get("TargetMode", "").lower() == "external"
        if kind in _MACROS:
            raise _macros()
        if kind in _REACHING or (outside and kind not in _FOR_READERS):
            raise _reaching()
        target = relation.get("Target", "").lower().strip()
        if outside and kind != "hyperlink" and not target.startswith(("http://", "https://")):
            raise _reaching()


def _main_type(content: bytes) -> tuple[str, str]:
    types = [item.get("ContentType", "") for item in _attributes(content, "[Content_Types].xml")]
    if any("macro" in one.lower() or "vbaproject" in one.lower() for one in types):
        raise _macros()
    found = {_MAIN[one] for one in types if one in _MAIN}
    if len(found) != 1:
        raise not_evidence("แฟ้มที่ไม่ใช่ .docx .xlsx หรือ .pptx", SAVE_AS_OFFICE)
    return found.pop()


def _macros() -> Refusal:
    return Refusal("macros", "แฟ้มมีมาโคร", "บันทึกเป็น .docx .xlsx หรือ .pptx ซึ่งไม่มีมาโคร หรือเป็น PDF แล้วส่งใหม่")


def _embedded() -> Refusal:
    return Refusal(
        "embedded-files", "แฟ้มมีโปรแกรม หน้าเว็บ หรือวัตถุอื่นฝังอยู่", "ลบวัตถุที่ฝังไว้แล้วบันทึกใหม่ หรือบันทึกเป็น PDF แล้วส่งแฟ้มนั้น"
    )


def _reaching() -> Refusal:
    return Refusal(
        "external-links", "แฟ้มมีการเชื่อมโยงไปยังแฟ้มหรือข้อมูลภายนอก", "ตัดการเชื่อมโยงแล้วบันทึกใหม่ หรือบันทึกเป็น PDF แล้วส่งแฟ้มนั้น"
    )


def _bomb() -> Refusal:
    return Refusal("office-bomb", "แฟ้มขยายแล้วใหญ่ผิดปกติ หรือมีส่วนประกอบมากผิดปกติ", SAVE_AS)
