"""What a file is, by its bytes and never by its name; whatever is no evidence is refused with how to mend it."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from khunnaphap.core.problems import Refusal

Beginning: TypeAlias = Literal["jpeg", "png", "webp", "pdf", "zip"]

SAVE_AS: Final = "บันทึกเป็น JPEG (รูปถ่าย) หรือ PDF (เอกสาร) แล้วส่งแฟ้มใหม่"
SAVE_AS_OFFICE: Final = "เปิดด้วย Word, Excel, PowerPoint หรือ LibreOffice แล้วบันทึกเป็น .docx .xlsx .pptx หรือ PDF"
FROM_PHONE: Final = (
    "ตั้งกล้องของ iPhone ที่ การตั้งค่า > กล้อง > รูปแบบ > “เข้ากันได้มากที่สุด” (Most Compatible) แล้วถ่ายใหม่ "
    "หรือแปลงรูปนี้เป็น JPEG แล้วส่งใหม่"
)
AS_LINK: Final = "ส่งวิดีโอขึ้น YouTube หรือ Google Drive แล้วแนบเป็นลิงก์"

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_REFUSED: Final = (
    (b"GIF8", "รูป GIF", SAVE_AS),
    (b"BM", "รูป BMP", SAVE_AS),
    (b"II*\0", "รูป TIFF", SAVE_AS),
    (b"MM\0*", "รูป TIFF", SAVE_AS),
    (b"8BPS", "แฟ้ม Photoshop", SAVE_AS),
    (b"{\\rtf", "เอกสาร RTF", SAVE_AS_OFFICE),
    (b"MZ", "โปรแกรม", SAVE_AS),
    (b"\x7fELF", "โปรแกรม", SAVE_AS),
    (b"Rar!", "แฟ้มบีบอัด RAR", "แตกแฟ้มบีบอัดก่อน แล้วส่งแฟ้มข้างในทีละแฟ้ม"),
    (b"7z\xbc\xaf", "แฟ้มบีบอัด 7z", "แตกแฟ้มบีบอัดก่อน แล้วส่งแฟ้มข้างในทีละแฟ้ม"),
    (b"\x1f\x8b", "แฟ้มบีบอัด", "แตกแฟ้มบีบอัดก่อน แล้วส่งแฟ้มข้างในทีละแฟ้ม"),
)
_BEFORE_PDF: Final = 1024
"""Readers look for the beginning of a PDF this far."""
_MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")


def beginning_of(content: bytes) -> Beginning:
    """How the file begins; ``Refusal`` for everything that is not kept as evidence."""
    if not content:
        raise Refusal("file-empty", "แฟ้มว่างเปล่า ไม่มีข้อมูล", "ส่งแฟ้มใหม่อีกครั้ง")
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"%PDF-") or _is_pdf_behind_something(content):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return "zip"
    raise _refusal(content)


def _is_pdf_behind_something(content: bytes) -> bool:
    """A PDF behind a few bytes that readers pass over: blanks, a mark, a line of a mail; nothing that is a file itself."""
    place = content.find(b"%PDF-", 0, _BEFORE_PDF)
    before = content[:place]
    known = (b"PK\x03\x04", b"RIFF", b"\x89PNG", b"\xff\xd8\xff", _OLE, *(start for start, *_ in _REFUSED))
    return place > 0 and not before.startswith(known) and before[4:8] != b"ftyp" and b"<" not in before


def _refusal(content: bytes) -> Refusal:
    if content[4:8] == b"ftyp":
        return _of_boxes(content[8:12])
    if content.startswith(_OLE):
        return _of_ole(content)
    if _MARKUP.match(content):
        return not_evidence("หน้าเว็บ รูป SVG หรือแฟ้ม XML", SAVE_AS)
    for start, what, mend in _REFUSED:
        if content.startswith(start):
            return not_evidence(what, mend)
    return Refusal("not-evidence", "แฟ้มนี้ไม่ใช่รูปถ่าย PDF หรือเอกสารที่ระบบรู้จัก", SAVE_AS)


def not_evidence(what: str, mend: str) -> Refusal:
    """The refusal of a file of a known kind that is not kept."""
    space = "" if "\u0e00" <= what[-1] <= "\u0e7f" else " "
    return Refusal("not-evidence", f"แฟ้มนี้เป็น{what}{space}ซึ่งระบบไม่รับ", mend)


def _of_boxes(brand: bytes) -> Refusal:
    """Refuse a file of the family of MP4: pictures of phones, and videos."""
    if brand in _HEIC:
        return Refusal("photo-heic", "รูปนี้เป็นชนิด HEIC ของ iPhone ซึ่งเครื่องอื่นเปิดไม่ได้", FROM_PHONE)
    if brand in (b"avif", b"avis"):
        return not_evidence("รูป AVIF", SAVE_AS)
    return not_evidence("วิดีโอ", AS_LINK)


def _of_ole(content: bytes) -> Refusal:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return encrypted()
    return Refusal("old-format", "แฟ้มเป็นเอกสารรูปแบบเก่า (.doc .xls .ppt)", SAVE_AS_OFFICE)


def encrypted() -> Refusal:
    """The refusal of a file that needs a password."""
    return Refusal("file-encrypted", "แฟ้มถูกเข้ารหัสด้วยรหัสผ่าน เปิดอ่านไม่ได้", "ยกเลิกรหัสผ่านของแฟ้ม แล้วบันทึกและส่งใหม่")


def damaged(what: str, mend: str) -> Refusal:
    """The refusal of a file that begins as what it should be, but is cut or broken."""
    return Refusal("file-damaged", f"{what}ชำรุดหรือส่งมาไม่ครบ เปิดอ่านไม่ได้", mend)
