"""The first look at a file that claims to be a workbook, before any library unpacks it.

Whatever is not a plain, small .xlsx is refused in words here: other formats, encrypted files, macros, embedded
files, and bombs (by size, ratio or number of parts).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from khunnaphap.core.problems import Refusal

from . import archives

MAX_FILE: Final = 10 * 1024 * 1024
MAX_SEEN: Final = 10 * MAX_FILE
"""A file over the limit is looked into up to this size, to say what makes it so large."""
MAX_PART: Final = 16 * 1024 * 1024
MAX_UNPACKED: Final = 24 * 1024 * 1024
MAX_RATIO: Final = 200
MAX_PARTS: Final = 400

_MB: Final = 1024 * 1024
_SAVE_AS: Final = "เปิดแฟ้มต้นฉบับด้วย Excel หรือ LibreOffice แล้วบันทึกเป็น “Excel Workbook (.xlsx)”"
_USE_OURS: Final = "กรอกในแบบที่ระบบออกให้ แล้วส่งแฟ้มนั้นโดยไม่แก้โครงสร้าง"
_SAVE_AGAIN: Final = "เปิดแฟ้มด้วย Excel หรือ LibreOffice บันทึกใหม่ แล้วส่งอีกครั้ง"

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS: Final = (
    (b"%PDF", "เอกสาร PDF"),
    (b"\x89PNG", "รูปภาพ"),
    (b"\xff\xd8\xff", "รูปภาพ"),
    (b"GIF8", "รูปภาพ"),
    (b"Rar!", "แฟ้ม RAR"),
    (b"7z\xbc\xaf", "แฟ้ม 7z"),
    (b"<", "หน้าเว็บหรือแฟ้ม XML"),
)
_ZIP_KINDS: Final = (
    ("xl/workbook.bin", "สมุดงานชนิด .xlsb"),
    ("word/document.xml", "เอกสาร Word"),
    ("ppt/presentation.xml", "งานนำเสนอ PowerPoint"),
    ("content.xml", "เอกสารชนิด OpenDocument"),
)


@dataclass(frozen=True)
class Package:
    """A workbook whose container is harmless: its XML parts, unpacked, by their name in the archive."""

    parts: Mapping[str, bytes]


def open_package(content: bytes) -> Package:
    """The package behind these bytes; ``Refusal`` in words when it is not a plain small .xlsx."""
    if not content:
        raise Refusal("file-empty", "แฟ้มว่างเปล่า ไม่มีข้อมูล", "ส่งแฟ้มใหม่อีกครั้ง")
    if len(content) > MAX_FILE:
        raise _too_large(content)
    if content.startswith(_OLE):
        raise _ole(content)
    if not content.startswith(b"PK\x03\x04"):
        raise _not_a_workbook(next((kind for start, kind in _KINDS if content.startswith(start)), ""))
    if content.count(archives.ENTRY) > MAX_PARTS + 100:  # before the list of parts itself takes memory
        raise _too_many_parts()
    if not archives.ends_whole(content):
        raise damaged()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            _check_parts(infos)
            return Package(_unpacked(archive, infos))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise damaged() from error


def _too_large(content: bytes) -> Refusal:
    """The refusal of a file over the limit; where pictures make it so, it names the largest."""
    message, pictures = f"แฟ้มใหญ่กว่า {MAX_FILE // _MB} MB", _pictures(content)
    if sum(info.compress_size for info in pictures) < len(content) - MAX_FILE:
        return Refusal("file-too-large", message, _USE_OURS)
    named = ", ".join(f"{PurePosixPath(one.filename).name} {one.compress_size / _MB:.1f} MB" for one in pictures[:3])
    more = f" และอีก {len(pictures) - 3} รูป" if len(pictures) > 3 else ""
    mend = "ลบรูปภาพออกจากสมุดงาน แล้วแนบเป็นหลักฐานในหน้าเว็บของระบบแทน"
    return Refusal("file-too-large", f"{message} เพราะมีรูปภาพอยู่ในแผ่นงาน ({named}{more})", mend)


def _pictures(content: bytes) -> list[zipfile.ZipInfo]:
    """The pictures in a workbook, the largest first; none where it cannot be told."""
    if len(content) > MAX_SEEN or content.count(archives.ENTRY) > MAX_PARTS + 100:
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = [info for info in archive.infolist() if info.filename.lower().startswith("xl/media/")]
    except (zipfile.BadZipFile, ValueError, OSError):
        return []
    return sorted(found, key=lambda info: -info.compress_size)


def damaged(where: str = "") -> Refusal:
    """The refusal of a file that is cut, overwritten or otherwise not what a spreadsheet program writes."""
    return Refusal("file-damaged", f"แฟ้มชำรุดหรือส่งมาไม่ครบ{where} เปิดอ่านไม่ได้", _SAVE_AGAIN)


def macros() -> Refusal:
    """The refusal of a file with macros."""
    return Refusal("macros", "แฟ้มมีมาโคร", "บันทึกเป็น “Excel Workbook (.xlsx)” ซึ่งไม่มีมาโคร แล้วส่งใหม่")


def embedded() -> Refusal:
    """The refusal of a file with other files in it."""
    return Refusal("embedded-files", "แฟ้มมีแฟ้มหรือวัตถุอื่นฝังอยู่", "ลบวัตถุที่ฝังไว้ออกจากสมุดงาน แล้วบันทึกและส่งใหม่")


def external_links(where: str = "") -> Refusal:
    """The refusal of a file that reaches for other files or data."""
    return Refusal(
        "external-links",
        f"แฟ้มมีการเชื่อมโยงไปยังแฟ้มหรือข้อมูลภายนอก{where}",
        "ตัดการเชื่อมโยง (Data > Edit Links > Break Link หรือลบ Queries & Connections) แล้วบันทึกและส่งใหม่",
    )


def _too_many_parts() -> Refusal:
    return Refusal("too-many-parts", "แฟ้มมีส่วนประกอบมากหรือซ้ำกันผิดปกติ", _USE_OURS)


def _not_a_workbook(kind: str) -> Refusal:
    space = " " if kind[-1:].isascii() else ""  # Thai stands apart from Latin words
    what = f" แต่เป็น{kind}{space}ที่เปลี่ยนชื่อมา" if kind else ""
    return Refusal("not-a-workbook", f"แฟ้มนี้ไม่ใช่สมุดงาน Excel (.xlsx){what}", _SAVE_AS)


def _ole(content: bytes) -> Refusal:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _encrypted()
    return Refusal("old-format", "แฟ้มเป็นรูปแบบเก่า (.xls) หรือไม่ใช่สมุดงาน", _SAVE_AS)


def _encrypted() -> Refusal:
    return Refusal("file-encrypted", "แฟ้มถูกเข้ารหัสด้วยรหัสผ่าน เปิดอ่านไม่ได้", "ยกเลิกรหัสผ่านของแฟ้ม แล้วบันทึกและส่งใหม่")


def _check_parts(infos: Sequence[zipfile.ZipInfo]) -> None:
    lowered = archives.plain_names(infos)
    if len(infos) > MAX_PARTS or len(set(lowered)) != len(lowered):
        raise _too_many_parts()
    if archives.leads_out(lowered):
        raise Refusal("unsafe-names", "แฟ้มมีชื่อส่วนประกอบที่ไม่ปลอดภัย", _USE_OURS)
    if archives.is_encrypted(infos):
        raise _encrypted()
    if archives.is_odd(infos):
        raise damaged()
    if "[content_types].xml" not in lowered or "xl/workbook.xml" not in lowered:
        raise _not_a_workbook(next((kind for name, kind in _ZIP_KINDS if name in lowered), "แฟ้มบีบอัด"))
    if any("vbaproject" in name or name.startswith(("xl/macrosheets/", "xl/activex/")) for name in lowered):
        raise macros()
    if any(name.startswith("xl/embeddings/") for name in lowered):
        raise embedded()
    if any(name.startswith(("xl/externallinks/", "xl/connections", "xl/querytables/")) for name in lowered):
        raise external_links()


def _unpacked(archive: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Unpack every part, counting what really comes out, not what the headers claim; keep the XML."""
    parts: dict[str, bytes] = {}
    total = 0
    for info in infos:
        if info.file_size > MAX_PART:
            raise _too_big()
        with archive.open(info) as stream:
            # one byte more than a part may have; the declared size is the library's own limit
            content = stream.read(min(MAX_PART, MAX_UNPACKED - total) + 1)
        total += len(content)
        if len(content) > MAX_PART or total > MAX_UNPACKED:
            raise _too_big()
        if len(content) > _MB and len(content) > MAX_RATIO * max(info.compress_size, 1):
            raise Refusal("bomb-ratio", "แฟ้มถูกบีบอัดในอัตราที่ผิดปกติ", _USE_OURS)
        if info.filename.lower().endswith((".xml", ".rels")):
            parts[info.filename] = content
    return parts


def _too_big() -> Refusal:
    return Refusal("bomb-size", f"แฟ้มขยายแล้วใหญ่ผิดปกติ (เกิน {MAX_UNPACKED // _MB} MB)", _USE_OURS)
