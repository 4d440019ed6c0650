"""What a person types into a page, checked once for every page: too long, or characters that no text has."""

from __future__ import annotations

from typing import Final

from .problems import Problem
from .thai.text import control_characters, tidy_lines

REMARK_MOST: Final = 2000


def typed(text: str, field: str, most: int = REMARK_MOST) -> tuple[str, Problem | None]:
    """The text as it is kept, or the problem that keeps it out."""
    strange = control_characters(text)
    if strange:
        return text, Problem(
            "control-characters",
            f"ช่อง “{field}” มีอักขระควบคุม {', '.join(strange)}",
            "ลบอักขระนั้นออก หรือพิมพ์ข้อความใหม่",
            cell=field,
        )
    plain = tidy_lines(text)
    if len(plain) > most:
        return text, Problem(
            "text-too-long",
            f"ช่อง “{field}” ยาว {len(plain):,} ตัวอักษร เกินที่รับได้ {most:,} ตัวอักษร",
            "ย่อข้อความ หรือแนบเป็นแฟ้มหลักฐาน",
            cell=field,
        )
    return plain, None
