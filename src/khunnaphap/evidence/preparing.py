"""From the bytes that were handed in to what is kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from khunnaphap.core.problems import Refusal

from .kinds import beginning_of
from .limits import MAX_FILE, MAX_OFFICE, MAX_PDF, MAX_PHOTO, MB
from .office import office_type_of
from .pdfs import check_pdf
from .photos import photo_of

PHOTO, PDF, DOCUMENT, LINK = "photo", "pdf", "document", "link"

_SMALLER: Final = {
    PHOTO: "ย่อรูปแล้วส่งใหม่",
    PDF: "บันทึกเป็น PDF ขนาดเล็ก (ลดความละเอียดของภาพสแกน) หรือแบ่งเป็นหลายแฟ้ม",
    DOCUMENT: "บีบอัดรูปภาพในเอกสาร (Compress Pictures) หรือแบ่งเป็นหลายแฟ้ม",
}


@dataclass(frozen=True)
class Prepared:
    """What is kept of a file: its kind, bytes and type; of a photo also its size in pixels and its thumbnail."""

    kind: str
    extension: str
    content_type: str
    content: bytes
    width: int | None = None
    height: int | None = None
    thumbnail: bytes = b""


def prepared(content: bytes) -> Prepared:
    """Look through a file and make what is kept of it; ``Refusal`` in words when it cannot be evidence."""
    match beginning_of(content):
        case "pdf":
            _check_size(content, PDF, MAX_PDF)
            check_pdf(content)
            return Prepared(PDF, "pdf", "application/pdf", content)
        case "zip":
            _check_size(content, DOCUMENT, MAX_OFFICE)
            return Prepared(DOCUMENT, *office_type_of(content), content)
        case beginning:
            _check_size(content, PHOTO, MAX_PHOTO)
            photo = photo_of(content, beginning)
            return Prepared(PHOTO, "jpg", "image/jpeg", photo.content, photo.width, photo.height, photo.thumbnail)


def _check_size(content: bytes, kind: str, most: int) -> None:
    if len(content) > most:
        raise too_large(most, _SMALLER[kind])


def too_large(most: int = MAX_FILE, mend: str = "ย่อรูปหรือลดขนาดแฟ้ม หรือแบ่งเป็นหลายแฟ้ม แล้วส่งใหม่") -> Refusal:
    """The refusal of a file over its limit, which can be told before it is read."""
    return Refusal("file-too-large", f"แฟ้มใหญ่กว่า {most // MB} MB", mend)
