"""How pieces of a Thai sentence meet: spaces, labels, who does what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_SHORTENED: Final = re.compile("[ก-ฮะ-๎]{1,6}\\.")
"""An abbreviation at the beginning: สพป. ดร. อบต."""
_VERBS: Final = re.compile(
    "จัด|ประชุม|อบรม|นิเทศ(?!ก์)|ติดตาม|ประเมิน|ส่ง|แจ้ง|ลง|แต่งตั้ง|ตั้ง|ประกาศ|คัด|เลือก|กำหนด|กำกับ|สำรวจ|ตรวจ|รายงาน|"
    "สรุป|เสนอ|ประสาน|มอบ|ดำเนินการ|ดำเนินงาน|เข้า|ร่วม|วิเคราะห์|สังเคราะห์|วางแผน|พัฒนา|ส่งเสริม|สนับสนุน|สร้าง|ขับเคลื่อน|"
    "เปิด|ปิด|ปรับ|เผยแพร่|ประชาสัมพันธ์|ออก|ให้|รับ|ได้|ขอ(?![งน])|เชิญ|ชี้แจง|ทบทวน|ทำ|เตรียม|รวบรวม|รวม|บันทึก|เยี่ยม|"
    "สั่ง|คืน|ยก|ถอด|แลกเปลี่ยน|นำ|ใช้|พิจารณา|อนุมัติ|เห็นชอบ|รับฟัง|แนะ|ระดม|ซ่อม|ถ่ายทอด|เริ่ม|บริหาร|บูรณาการ|ควบคุม|"
    "ยืนยัน|ปฏิบัติ|ศึกษา(?!ธิการ|นิเทศก์)|เก็บ|สะท้อน|หารือ|ปรึกษา|แก้|ช่วย|ต่อยอด|ขยาย|เพิ่ม|ลด|คำนวณ|สอบ|สัมภาษณ์|สังเกต|"
    "สาธิต|สอน|ฝึก|ทดสอบ|ทดลอง|เดินทาง|ไป(?!รษณีย์)|พา|พบ|เชื่อม|บริจาค|จ่าย|ซื้อ|จ้าง|ก่อสร้าง|ติดตั้ง|ปลูก|ดูแล|รณรงค์|เล่า|แสดง|นำเสนอ"
)
"""How a title begins that says by itself what was done."""
_HELD: Final = re.compile(
    "เวที|งาน|กิจกรรม|ค่าย|นิทรรศการ|พิธี|สัมมนา|มหกรรม|ตลาดนัด|สัปดาห์|การ(?:ประชุม|อบรม|ประกวด|แข่งขัน|สัมมนา|แสดง)"
)
"""How a title begins of what is held (จัด)."""
_DAY: Final = re.compile("วัน(?!ที่|หยุด|ลา|เวลา|เดือน)")
"""How a title begins of a day that is kept (จัดงาน): วันสถาปนา."""

_OTHERS_DO: Final = re.compile(
    "(?:โรงเรียน|สถานศึกษา|ครู|นักเรียน|ผู้เรียน|ผู้บริหาร|ผู้อำนวยการ|ศึกษานิเทศก์|คณะกรรมการ|คณะทำงาน|บุคลากร|ผู้ปกครอง|ชุมชน)"
    "(?:โรงเรียน|สถานศึกษา|คุณภาพ|เครือข่าย|ในสังกัด|ทุกแห่ง|ทุกโรง|ทุกคน|ผู้สอน|แกนนำ|และบุคลากร)*"
    "(?:ประเมิน|จัดทำ|จัดส่ง|ส่ง(?!เสริม)|รายงาน|ดำเนิน|เข้าร่วม|นำเสนอ|วิเคราะห์|สำรวจ|สรุป|เสนอ|ทบทวน|ปรับปรุง|เผยแพร่|ตรวจสอบ|เตรียม)"
)
"""How a title begins that is a sentence of its own: others than the office do it."""


def joined(*parts: str) -> str:
    """The parts that say something, with single spaces."""
    return " ".join(part for part in parts if part)


def after(first: str, then: str) -> str:
    """Two pieces of one Thai phrase: written together.

    They stand apart after a name of several words, at a digit, a bracket or a Latin letter, after ฯ and ๆ, and before
    an abbreviation and ณ.
    """
    apart = " " in first or first.endswith(("ฯ", "ๆ")) or then.startswith("ณ ") or _SHORTENED.match(then) is not None
    meets = apart or first[-1:].isascii() or then[:1].isascii()
    return f"{first} {then}" if first and then and meets else first + then


def listed(parts: Sequence[str]) -> str:
    """The parts as one phrase: และ stands before the last of several."""
    return joined(*parts[:-1], after("และ", parts[-1])) if len(parts) > 1 else "".join(parts)


def labelled(label: str, text: str) -> str:
    """The text behind its label, which people may have typed themselves; nothing stays nothing."""
    return text if not text or text.startswith(label) else after(label, text)


def school_named(name: str) -> str:
    """A school's name with the word before it, once."""
    return f"โรงเรียน{name.removeprefix('โรงเรียน')}"


def done_by(who: str, title: str) -> str:
    """Who did what; a title that names a thing is held or carried out."""
    if _VERBS.match(title):
        return joined(who, title)
    if _DAY.match(title):
        return joined(who, f"จัดงาน{title}")
    if _OTHERS_DO.match(title):
        return joined(who, f"ดำเนินการให้{title}")
    if _HELD.match(title):
        return joined(who, f"จัด{title}")
    return joined(who, after("ดำเนินการ", title.removeprefix("การ") if title.startswith("การ") else title))
