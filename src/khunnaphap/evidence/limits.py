"""What evidence may be, told before it is handed in: sizes, kinds, and what a file field asks a phone for."""

from __future__ import annotations

from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MB: Final = 1024 * 1024

MAX_PHOTO: Final = 20 * MB
MAX_PDF: Final = 20 * MB
MAX_OFFICE: Final = 20 * MB
MAX_FILE: Final = max(MAX_PHOTO, MAX_PDF, MAX_OFFICE)
MAX_URL: Final = 2000
MAX_TITLE: Final = 255

MAX_DECODED: Final = 64 * MB
"""What a photo may take in memory once decoded; from it follows how many pixels each kind of file may have."""
MAX_PIXELS: Final = 250_000_000
"""Of a JPEG, which is made smaller while it is decoded: the largest cameras have 200 million."""
MAX_PNG_PIXELS: Final = MAX_DECODED
"""Of a PNG in grey or with a palette, a byte a pixel; in colour a quarter of it."""
MAX_WEBP_PIXELS: Final = MAX_DECODED * 3 // 2 // 16
"""Of a WebP, whose decoder holds four copies of four bytes: half as much memory more is left to it, 6 million pixels."""

KEPT_PIXELS: Final = 2048 * 1536
"""A photo is kept with about as many pixels as a screen shows."""
LEGIBLE_SIDE: Final = 480
"""The short side of a tall or wide picture (a screenshot of a whole page) is not made smaller than this: it stays legible."""
MAX_KEPT_PIXELS: Final = 8_000_000
"""A picture that would need more to stay legible is refused in words."""
LONGEST_SIDE: Final = 2048
"""Of a photo in the usual proportions; told to people, and to phones that make photos smaller before they send them."""
THUMBNAIL_SIDE: Final = 320

DOCX_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

ACCEPT: Final = ",".join(("image/jpeg", "image/png", "image/webp", "application/pdf", DOCX_TYPE, XLSX_TYPE, PPTX_TYPE))
"""For ``<input type="file" accept>``. No ``image/*``: with JPEG named and HEIC not, an iPhone hands in JPEG."""

PHOTO_LIMIT: Final = format_lazy(
    _("รูปถ่ายไม่เกิน {mb} MB: JPEG {millions} ล้านพิกเซล PNG สี {png} ล้านพิกเซล WebP {webp} ล้านพิกเซล"),
    mb=MAX_PHOTO // MB,
    millions=MAX_PIXELS // 1_000_000,
    png=MAX_DECODED // 4 // 1_000_000,
    webp=MAX_WEBP_PIXELS // 1_000_000,
)
PDF_LIMIT: Final = format_lazy(_("เอกสาร PDF ไม่เกิน {mb} MB ไม่ใส่รหัสผ่าน"), mb=MAX_PDF // MB)
OFFICE_LIMIT: Final = format_lazy(
    _("เอกสาร Word, Excel หรือ PowerPoint (.docx .xlsx .pptx) ไม่เกิน {mb} MB ไม่มีมาโคร"), mb=MAX_OFFICE // MB
)
LINK_LIMIT: Final = _("ลิงก์ที่ขึ้นต้นด้วย https:// หรือ http:// เช่น วิดีโอใน YouTube หรือแฟ้มใน Google Drive")
LIMITS: Final = (PHOTO_LIMIT, PDF_LIMIT, OFFICE_LIMIT, LINK_LIMIT)

PRIVACY: Final = format_lazy(
    _(
        "ระบบย่อรูปให้ด้านยาวราว {side} พิกเซล (รูปหน้าจอที่ยาวย่อเท่าที่ยังอ่านออก) และลบพิกัด GPS กับข้อมูลกล้องออกจากรูปทุกรูป "
        "ส่วน PDF และแฟ้มเอกสารเก็บไว้ตามเดิม ซึ่งอาจมีชื่อผู้จัดทำอยู่ในแฟ้ม"
    ),
    side=f"{LONGEST_SIDE:,}",
)
