"""The first look at a file that claims to be a workbook, before any library unpacks it.

Whatever is not a plain, small .xlsx is refused in words here: other formats, encrypted files, macros, links to
other workbooks, and bombs (by size, ratio, number of parts, rows or entities).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from khunnaphap.core.problems import Refusal

MAX_FILE: Final = 10 * 1024 * 1024
MAX_PART: Final = 16 * 1024 * 1024
MAX_UNPACKED: Final = 32 * 1024 * 1024
MAX_RATIO: Final = 200
MAX_PARTS: Final = 400

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS: Final = "เปิดแฟ้มต้นฉบับด้วย Excel หรือ LibreOffice แล้วบันทึกเป็น “Excel Workbook (.xlsx)”"
_USE_OURS: Final = "กรอกในแบบที่ระบบออกให้ แล้วส่งแฟ้มนั้นโดยไม่แก้โครงสร้าง"


@dataclass(frozen=True)
class Package:
    """A workbook found harmless: its bytes, and its XML parts unpacked by their name in the archive."""

    content: bytes
    parts: Mapping[str, bytes]


def open_package(content: bytes) -> Package:
    """The package behind these bytes; ``Refusal`` in words when it is not a plain small .xlsx."""
    if not content:
        raise Refusal("file-empty", "แฟ้มว่างเปล่า ไม่มีข้อมูล", "ส่งแฟ้มใหม่อีกครั้ง")
    if len(content) > MAX_FILE:
        raise Refusal("file-too-large", f"แฟ้มใหญ่กว่า {MAX_FILE // 1024 // 1024} MB", _USE_OURS)
    if content.startswith(_OLE):
        raise _ole(content)
    if not content.startswith(b"PK\x03\x04"):
        raise Refusal("not-a-workbook", "แฟ้มนี้ไม่ใช่สมุดงาน Excel (.xlsx)", _SAVE_AS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            _check_parts(infos)
            parts = _unpacked(archive, infos)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise Refusal("file-damaged", "แฟ้มชำรุดหรือส่งมาไม่ครบ เปิดอ่านไม่ได้", "บันทึกแฟ้มใหม่แล้วส่งอีกครั้ง") from error
    return Package(content, parts)


def _ole(content: bytes) -> Refusal:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Refusal("file-encrypted", "แฟ้มถูกเข้ารหัสด้วยรหัสผ่าน เปิดอ่านไม่ได้", "ยกเลิกรหัสผ่านของแฟ้ม แล้วบันทึกและส่งใหม่")
    return Refusal("old-format", "แฟ้มเป็นรูปแบบเก่า (.xls) หรือไม่ใช่สมุดงาน", _SAVE_AS)


def _check_parts(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    lowered = [name.lower() for name in names]
    if len(infos) > MAX_PARTS or len(set(lowered)) != len(lowered):
        raise Refusal("too-many-parts", "แฟ้มมีส่วนประกอบมากหรือซ้ำกันผิดปกติ", _USE_OURS)
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        raise Refusal("unsafe-names", "แฟ้มมีชื่อส่วนประกอบที่ไม่ปลอดภัย", _USE_OURS)
    if any(info.flag_bits & 0x1 for info in infos):
        raise Refusal("file-encrypted", "แฟ้มถูกเข้ารหัส เปิดอ่านไม่ได้", "ยกเลิกรหัสผ่านของแฟ้ม แล้วบันทึกและส่งใหม่")
    if "[content_types].xml" not in lowered or "xl/workbook.xml" not in lowered:
        kind = "xlsb" if "xl/workbook.bin" in lowered else "แฟ้มชนิดอื่น"
        raise Refusal("not-a-workbook", f"แฟ้มนี้ไม่ใช่สมุดงาน Excel (.xlsx) แต่เป็น {kind} ที่เปลี่ยนชื่อมา", _SAVE_AS)
    if any("vbaproject" in name or name.startswith(("xl/macrosheets/", "xl/activex/")) for name in lowered):
        raise Refusal("macros", "แฟ้มมีมาโคร", "บันทึกเป็น “Excel Workbook (.xlsx)” ซึ่งไม่มีมาโคร แล้วส่งใหม่")
    if any(name.startswith(("xl/externallinks/", "xl/embeddings/")) for name in lowered):
        raise Refusal(
            "external-links", "แฟ้มมีการเชื่อมโยงหรือฝังแฟ้มอื่น", "ตัดการเชื่อมโยง (Edit Links > Break Link) แล้วบันทึกและส่งใหม่"
        )
    if any(name.startswith(("xl/connections", "xl/querytables/")) for name in lowered):
        raise Refusal("external-links", "แฟ้มมีการเชื่อมต่อข้อมูลภายนอก", "ลบการเชื่อมต่อข้อมูล แล้วบันทึกและส่งใหม่")


def _unpacked(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Unpack the XML parts, counting what really comes out of every part, not what the headers claim."""
    parts: dict[str, bytes] = {}
    total = 0
    for info in infos:
        blocks, size = [], 0
        with archive.open(info) as stream:
            while block := stream.read(1 << 18):
                size += len(block)
                if size > MAX_PART or total + size > MAX_UNPACKED:
                    raise Refusal("bomb-size", "แฟ้มขยายแล้วใหญ่ผิดปกติ", _USE_OURS)
                blocks.append(block)
        if size > 1 << 20 and size > MAX_RATIO * max(info.compress_size, 1):
            raise Refusal("bomb-ratio", "แฟ้มถูกบีบอัดในอัตราที่ผิดปกติ", _USE_OURS)
        total += size
        if info.filename.lower().endswith((".xml", ".rels")):
            parts[info.filename] = b"".join(blocks)
    return parts
