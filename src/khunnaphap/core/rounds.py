"""Rounds and the life of an assessment: states and their legal moves as one table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from .problems import Refusal
from .thai.numerals import arabic

DRAFT, SUBMITTED, IN_VERIFICATION = "draft", "submitted", "in_verification"
RETURNED, VERIFIED, APPROVED = "returned", "verified", "approved"

STATES: Final = {
    DRAFT: "ยังไม่ส่ง",
    SUBMITTED: "ส่งแล้ว",
    IN_VERIFICATION: "อยู่ระหว่างตรวจสอบ",
    RETURNED: "ส่งคืนแก้ไข",
    VERIFIED: "ตรวจสอบแล้ว",
    APPROVED: "รับรองแล้ว",
}

MOVES: Final = {
    "save": {DRAFT: DRAFT, SUBMITTED: SUBMITTED, RETURNED: RETURNED},
    "submit": {DRAFT: SUBMITTED, SUBMITTED: SUBMITTED, RETURNED: SUBMITTED},
    "begin_verification": {SUBMITTED: IN_VERIFICATION, IN_VERIFICATION: IN_VERIFICATION},
    "verify": {SUBMITTED: VERIFIED, IN_VERIFICATION: VERIFIED},
    "return": {SUBMITTED: RETURNED, IN_VERIFICATION: RETURNED, VERIFIED: RETURNED},
    "approve": {VERIFIED: APPROVED},
    "answer": {DRAFT: DRAFT, RETURNED: RETURNED},
    "hand_in": {DRAFT: SUBMITTED, RETURNED: SUBMITTED},
    "withdraw": {SUBMITTED: DRAFT},
    "accept": {SUBMITTED: IN_VERIFICATION},
    "judge": {IN_VERIFICATION: IN_VERIFICATION},
    "finish": {IN_VERIFICATION: VERIFIED},
    "reopen": {VERIFIED: IN_VERIFICATION},
    "unlock": {APPROVED: RETURNED},
    "recall": {RETURNED: IN_VERIFICATION},
    "extend": {DRAFT: DRAFT, SUBMITTED: SUBMITTED, RETURNED: RETURNED},
}
"""Acts on the state before -> the state after. Workbooks save, submit and verify whole schools at once; pages answer,
hand in, withdraw, accept, judge, finish and reopen, because there several people work at one school over days."""
_WHY: Final = {
    "save": ("แก้ไขคำตอบไม่ได้", "ขอให้สำนักงานเขตส่งคืนหรือยกเลิกผลตรวจสอบก่อน (khunnaphap undo) แล้วจึงแก้ไข"),
    "submit": ("ส่งผลประเมินไม่ได้", "ขอให้สำนักงานเขตส่งคืนหรือยกเลิกผลตรวจสอบก่อน (khunnaphap undo) แล้วจึงส่งใหม่"),
    "begin_verification": (
        "บันทึกผลตรวจสอบไม่ได้",
        "ตรวจได้หลังโรงเรียนส่งครบ ผลที่ยืนยันแล้วต้องกด “เปิดการตรวจสอบอีกครั้ง” ที่หน้าตรวจสอบของเขต"
        " หรือยกเลิกการนำเข้าก่อนหน้า (khunnaphap undo) ก่อน ผลที่รับรองแล้วต้องปลดล็อกก่อน",
    ),
    "verify": ("ยืนยันผลตรวจสอบไม่ได้", "ให้โรงเรียนส่งผลประเมินตนเองให้ครบก่อน"),
    "return": ("ส่งคืนไม่ได้", "ส่งคืนได้เฉพาะผลที่โรงเรียนส่งแล้วและยังไม่รับรอง"),
    "approve": ("รับรองไม่ได้", "ตรวจสอบให้ครบทุกตัวชี้วัดและยืนยันผลก่อน"),
    "answer": ("แก้ไขคำตอบไม่ได้", "ให้ผู้อำนวยการโรงเรียนถอนการส่ง (ก่อนเขตรับตรวจ) หรือขอให้เขตส่งคืน"),
    "hand_in": ("ส่งผลประเมินไม่ได้", "ผลชุดนี้ส่งแล้ว ดูใบรับได้ที่หน้าโรงเรียน"),
    "withdraw": ("ถอนการส่งไม่ได้", "ถอนได้ก่อนที่เขตพื้นที่รับตรวจเท่านั้น หลังจากนั้นขอให้เขตส่งคืน"),
    "accept": ("รับตรวจไม่ได้", "รับตรวจได้เมื่อโรงเรียนส่งผลแล้ว"),
    "judge": (
        "บันทึกผลตรวจสอบไม่ได้",
        "กด “รับตรวจ” ก่อน หากยืนยันผลแล้วกด “เปิดการตรวจสอบอีกครั้ง” หากส่งคืนอยู่ให้รอโรงเรียนส่งใหม่ หากรับรองแล้วต้องปลดล็อกก่อน",
    ),
    "finish": ("ยืนยันผลตรวจสอบไม่ได้", "กด “รับตรวจ” และตรวจให้ครบทุกตัวชี้วัดก่อน"),
    "reopen": ("เปิดการตรวจสอบอีกครั้งไม่ได้", "เปิดได้เฉพาะผลที่ยืนยันแล้วและยังไม่รับรอง"),
    "recall": ("ยุติการส่งคืนไม่ได้", "ยุติได้เฉพาะผลที่ส่งคืนอยู่และโรงเรียนยังไม่ส่งใหม่"),
    "extend": ("ขยายเวลาไม่ได้", "ขยายได้ขณะที่โรงเรียนยังแก้ไขหรือถอนการส่งได้ หลังรับตรวจแล้วให้ส่งคืน หลังรับรองแล้วให้ปลดล็อก"),
    "unlock": ("ปลดล็อกไม่ได้", "ปลดล็อกได้เฉพาะผลที่รับรองแล้ว"),
}


def move(state: str, act: str) -> str:
    """The state after an act; ``Refusal`` in words when the act is not legal from this state."""
    after = MOVES[act].get(state)
    if after is None:
        what, mend = _WHY[act]
        raise Refusal(f"{act}-from-{state}", f"{what} เพราะสถานะคือ “{STATES[state]}”", mend)
    return after


@dataclass(frozen=True, order=True)
class RoundName:
    """A round is budget year (B.E.) / number: ``2567/1``; an inspection is named the same way."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"

    @classmethod
    def parse(cls, text: str) -> RoundName:
        """Read "2567/1" (Thai digits too); ``Refusal`` when it is not budget year/number."""
        match = re.fullmatch(r"\s*(25\d\d|26\d\d)\s*/\s*([1-9]\d?)\s*", arabic(text))
        if not match:
            raise Refusal("round-name", f"“{text}” ไม่ใช่ชื่อรอบ", "เขียนเป็น ปีงบประมาณ/ครั้งที่ เช่น 2567/1")
        return cls(int(match[1]), int(match[2]))


def year_end(year: int) -> date:
    """The last day of a B.E. budget year."""
    return date(year - 543, 9, 30)


def budget_year(day: date) -> int:
    """The B.E. budget year of a day: 1 October to 30 September, named by the year it ends in."""
    return day.year + 543 + (day.month >= 10)
