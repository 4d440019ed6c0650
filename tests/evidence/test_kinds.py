"""What a file is comes from its bytes; the rest is refused with how to mend it."""

from __future__ import annotations

import pytest
from PIL import Image

from khunnaphap.core.problems import Refusal
from khunnaphap.evidence import limits
from khunnaphap.evidence.preparing import prepared

from .making import docx, jpeg, pdf, picture, png_with_texts, saved, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOXES = b"\0\0\0\x18ftyp"


@pytest.mark.parametrize(
    ("content", "kind", "extension"),
    [
        (jpeg(), "photo", "jpg"),
        (png_with_texts(), "photo", "jpg"),
        (saved(picture(), "WEBP"), "photo", "jpg"),
        (pdf(), "pdf", "pdf"),
        (docx(), "document", "docx"),
    ],
)
def test_what_is_kept(content: bytes, kind: str, extension: str) -> None:
    made = prepared(content)
    assert (made.kind, made.extension) == (kind, extension)
    assert bool(made.thumbnail) == (kind == "photo")


@pytest.mark.parametrize(
    ("content", "code", "said", "mended"),
    [
        (b"", "file-empty", "ว่างเปล่า", "ส่ง"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "not-evidence", "SVG", "JPEG"),
        (b"\xef\xbb\xbf\n <!DOCTYPE html><script>", "not-evidence", "หน้าเว็บ", "PDF"),
        (b"MZ\x90\0", "not-evidence", "โปรแกรม", "JPEG"),
        (b"\x7fELF", "not-evidence", "โปรแกรม", "JPEG"),
        (saved(Image.new("P", (8, 8)), "GIF"), "not-evidence", "GIF", "JPEG"),
        (saved(picture(), "BMP"), "not-evidence", "BMP", "JPEG"),
        (saved(picture(), "TIFF"), "not-evidence", "TIFF", "JPEG"),
        (BOXES + b"heic", "photo-heic", "HEIC", "Most Compatible"),
        (BOXES + b"mif1", "photo-heic", "HEIC", "แปลงรูปนี้เป็น JPEG"),
        (BOXES + b"avif", "not-evidence", "AVIF", "JPEG"),
        (BOXES + b"isom", "not-evidence", "วิดีโอ", "ลิงก์"),
        (OLE + b"\0" * 600, "old-format", ".doc", ".docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "file-encrypted", "รหัสผ่าน", "ยกเลิกรหัสผ่าน"),
        (b"Rar!\x1a\7", "not-evidence", "RAR", "แตกแฟ้ม"),
        (b"7z\xbc\xaf\x27\x1c", "not-evidence", "7z", "แตกแฟ้ม"),
        (b"\x1f\x8b\x08", "not-evidence", "บีบอัด", "แตกแฟ้ม"),
        (b"{\\rtf1", "not-evidence", "RTF", ".docx"),
        (zipped({"a.jpg": b"x"}), "not-evidence", "ZIP", "แตกแฟ้ม"),
        (zipped({"content.xml": b"x"}), "not-evidence", "OpenDocument", ".docx"),
        ("ข้อความ".encode(), "not-evidence", "รู้จัก", "JPEG"),
    ],
)
def test_what_is_refused_says_how_to_mend_it(content: bytes, code: str, said: str, mended: str) -> None:
    with pytest.raises(Refusal) as refused:
        prepared(content)
    problem = refused.value.problem
    assert problem.code == code
    assert said in problem.message
    assert mended in problem.mend


@pytest.mark.parametrize("start", [jpeg(), pdf(), docx()])
def test_a_file_over_its_limit_is_refused_before_it_is_looked_at(start: bytes) -> None:
    with pytest.raises(Refusal, match="20 MB"):
        prepared(start + b"\0" * (20 * 1024 * 1024))


def test_the_limits_are_told_before_a_file_is_chosen() -> None:
    assert "20 MB" in limits.PHOTO_LIMIT
    assert "50 ล้านพิกเซล" in limits.PHOTO_LIMIT
    assert "GPS" in limits.PRIVACY
    assert "ชื่อผู้จัดทำ" in limits.PRIVACY


def test_an_iphone_is_asked_for_jpeg() -> None:
    kinds = limits.ACCEPT.split(",")
    assert {"image/jpeg", "image/png", "image/webp", "application/pdf", limits.DOCX_TYPE} < set(kinds)
    assert not any("*" in kind or "hei" in kind for kind in kinds)
