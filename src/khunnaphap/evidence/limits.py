"""What evidence may be, told before it is handed in: sizes, kinds, and what a file field asks a phone for."""

from __future__ import annotations

from typing import Final

MB: Final = 1024 * 1024

MAX_PHOTO: Final = 20 * MB
MAX_PDF: Final = 20 * MB
MAX_OFFICE: Final = 20 * MB
MAX_FILE: Final = max(MAX_PHOTO, MAX_PDF, MAX_OFFICE)
MAX_URL: Final = 2000
MAX_TITLE: Final = 255

MAX_PIXELS: Final = 50_000_000
"""Of a photo. A JPEG is made smaller while it is decoded, whatever its size."""
MAX_DECODED: Final = 64 * MB
"""What a PNG may take in memory once decoded: 50 million pixels in grey or with a palette, 16 million in colour."""
MAX_WEBP_PIXELS: Final = 5_000_000
"""Of a WebP, whose decoder holds four copies of the picture."""

LONGEST_SIDE: Final = 2048
THUMBNAIL_SIDE: Final = 320

DOCX_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

ACCEPT: Final = ",".join(("image/jpeg", "image/png", "image/webp", "application/pdf", DOCX_TYPE, XLSX_TYPE, PPTX_TYPE))
"""For ``<input type="file" accept>``. No ``image/*``: with JPEG named and HEIC not, an iPhone hands in JPEG."""

PHOTO_LIMIT: Final = f"รูปถ่าย JPEG, PNG หรือ WebP ไม่เกิน {MAX_PHOTO // MB} MB และ {MAX_PIXELS // 1_000_000} ล้านพิกเซล"
PDF_LIMIT: Final = f"เอกสาร PDF ไม่เกิน {MAX_PDF // MB} MB ไม่ใส่รหัสผ่าน"
OFFICE_LIMIT: Final = f"เอกสาร Word, Excel หรือ PowerPoint (.docx .xlsx .pptx) ไม่เกิน {MAX_OFFICE // MB} MB ไม่มีมาโคร"
LINK_LIMIT: Final = "ลิงก์ที่ขึ้นต้นด้วย https:// หรือ http:// เช่น วิดีโอใน YouTube หรือแฟ้มใน Google Drive"
LIMITS: Final = (PHOTO_LIMIT, PDF_LIMIT, OFFICE_LIMIT, LINK_LIMIT)

PRIVACY: Final = (
    f"ระบบย่อรูปให้ด้านยาวไม่เกิน {LONGEST_SIDE:,} พิกเซล และลบพิกัด GPS กับข้อมูลกล้องออกจากรูปทุกรูป "
    "ส่วน PDF และแฟ้มเอกสารเก็บไว้ตามเดิม ซึ่งอาจมีชื่อผู้จัดทำอยู่ในแฟ้ม"
)
