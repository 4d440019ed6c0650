"""The office workbook: what an area office did and said in a year, a sheet a part; everything is optional.

Contract 2 added the sheet of the office's own steps, the budget year of money and whom staffing is asked of.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from khunnaphap.core.programme import DIRECTIONS, STATEMENT_KINDS

from .tables import TableSpec
from .values import Field

_KINDS: Final = {word: code for code, word in STATEMENT_KINDS.items()}
_DIRECTIONS: Final = {word: code for code, word in DIRECTIONS.items()}
_LETTER: Final = Field("หนังสืออ้างอิง", "letter", "letter", 44, limit=600)
_PLACE: Final = (
    Field("ลำดับ (ถ้าเล่ารวมกับกิจกรรม)", "number", "count", 14),
    Field("ขั้นตอนของเขต", "step", "name", 26, limit=200),
)
_PLACE_GUIDE: Final = "ใส่ลำดับเมื่อต้องการให้เล่าต่อเนื่องกับกิจกรรม เว้นขั้นตอนว่างคือขั้นตอนเดียวกับลำดับก่อนหน้า"

STATEMENTS: Final = TableSpec(
    "statements",
    "ข้อความ",
    "ที่มา ภาพรวม ความก้าวหน้า ปัจจัยแห่งความสำเร็จ และข้อเสนอแนะ แถวละหนึ่งข้อความ ตามลำดับที่ต้องการ",
    (
        Field("เรื่อง", "kind", "choice", 24, True, _KINDS),
        Field("ด้าน", "area", "name", 28, limit=120),
        Field("ข้อความ", "text", "paragraphs", 90, True, limit=4000),
        Field("เสนอต่อ (ข้อเสนอแนะ)", "to", width=30, limit=200),
    ),
)
CANDIDATES: Final = TableSpec(
    "candidates",
    "การคัดเลือก",
    "โรงเรียนที่เสนออำเภอละ 2 โรงเรียน และโรงเรียนที่ได้รับคัดเลือก ใช้ชื่อหรือรหัสกระทรวงตามทะเบียน อำเภอระบบหาให้เอง "
    "ใส่ลำดับเมื่อต้องการให้เล่าต่อเนื่องกับกิจกรรม",
    (
        Field("โรงเรียน", "school", "school", 40, required=True, limit=160),
        Field("ได้รับคัดเลือก", "chosen", "yes-no", 16, True),
        Field("ประกาศหรือหนังสือ", "announced", "letter", 60, limit=600),
        Field("หนังสือการคัดเลือก", "proposed", "letter", 60, limit=600),
        Field("ลำดับของการเสนอ", "number", "count", 12),
        Field("ลำดับของการประกาศ", "announced_number", "count", 12),
    ),
)
STEPS: Final = TableSpec(
    "steps",
    "ขั้นตอนของเขต",
    "ขั้นตอนการดำเนินงานของเขตเอง (ถ้ามี) ชื่อขั้นตอนพิมพ์ให้ตรงกับช่อง “ขั้นตอนของเขต” ในแผ่นอื่น คำนำและช่วงเวลาพิมพ์ใต้ชื่อขั้นตอน",
    (
        Field("ขั้นตอนของเขต", "title", "name", 50, True, limit=200),
        Field("ขั้นที่", "number", "count", 8),
        Field("คำนำ", "introduction", "paragraphs", 70, limit=2000),
        Field("ช่วงเวลา", "begins", "day-or-month", 22),
        Field("ถึง", "until", "day-or-month", 22),
    ),
)
COMMITTEES: Final = TableSpec(
    "committees",
    "คณะกรรมการ",
    f"คณะกรรมการและคำสั่งแต่งตั้ง {_PLACE_GUIDE}",
    (
        Field("คณะกรรมการ", "name", width=44, required=True, limit=300),
        Field("หน้าที่", "task", width=50, limit=2000),
        Field("คำสั่ง", "order", "letter", 60, limit=600),
        *_PLACE,
    ),
)
ACTIVITIES: Final = TableSpec(
    "activities",
    "กิจกรรม",
    "แถวละหนึ่งกิจกรรม เรียงในรายงานตามลำดับที่ใส่ วันและสถานที่กรอกในแผ่นถัดไปโดยอ้างลำดับ "
    "รายการย่อยที่อยู่ใต้ข้ออื่นให้ขึ้นต้นด้วย - (ลึกลงไปอีกใช้ --)",
    (
        Field("ลำดับ", "number", "count", 8, True),
        Field("ขั้นตอนของเขต", "step", "name", 26, limit=200),
        Field("กิจกรรม", "title", width=46, required=True, limit=1000),
        Field("ครั้งที่", "series", "count", 8),
        Field("ผู้จัด (ถ้าไม่ใช่เขต)", "organiser", width=24, limit=200),
        Field("วัตถุประสงค์", "purpose", width=36, limit=2000),
        Field("ประธาน", "chair", width=24, limit=300),
        Field("ผู้กล่าวรายงาน", "reporter", width=24, limit=300),
        Field("ผู้เข้าร่วม", "attendance", width=36, limit=2000),
        Field("รายการย่อย (บรรทัดละข้อ)", "items", "lines", 36, limit=4000),
        Field("ผลที่เกิดขึ้น", "result", width=36, limit=2000),
        Field("หนังสืออ้างอิง (บรรทัดละฉบับ)", "letters", "letters", 44, limit=2000),
    ),
)
OCCASIONS: Final = TableSpec(
    "occasions",
    "วันและสถานที่",
    "วันเวลา สถานที่หรือช่องทางของกิจกรรม กิจกรรมเดียวมีได้หลายแถว ไม่ต้องพิมพ์ชื่อวัน ระบบหาให้จากวันที่ "
    "ถ้าทราบเพียงเดือน เขียนเช่น กันยายน 2567",
    (
        Field("ลำดับกิจกรรม", "activity", "count", 14, True),
        Field("วันที่", "day", "days", 22),
        Field("ถึงวันที่", "until", "day-or-month", 22),
        Field("เวลา", "hours", "hours", 22),
        Field("สถานที่หรือช่องทาง", "place", width=44, limit=300),
        Field("กลุ่มผู้เข้าร่วม", "group", width=40, limit=300),
    ),
)
SUBMISSIONS: Final = TableSpec(
    "submissions",
    "แผนและรายงานที่ส่ง",
    f"แผนหรือรายงาน กำหนดส่ง (วันหรือเดือน) และวันที่ส่ง {_PLACE_GUIDE}",
    (
        Field("แผนหรือรายงาน", "title", width=44, required=True, limit=300),
        Field("ส่งถึง", "to", width=30, limit=200),
        Field("กำหนดส่ง", "due", "day-or-month", 22),
        Field("ส่งเมื่อ", "sent", "date", 22),
        _LETTER,
        *_PLACE,
    ),
)
MONEY: Final = TableSpec(
    "money",
    "เงิน",
    "เงินที่ได้รับและจัดสรรต่อ จำนวนเป็นบาท ระบบเขียนเป็นตัวอักษรให้เอง หลายรายใส่บรรทัดละราย "
    f"แต่ละรายมีจำนวนของตนเขียนเช่น โรงเรียนบ้านดอย: 5,000 {_PLACE_GUIDE}",
    (
        Field("รายการ", "direction", "choice", 16, True, _DIRECTIONS),
        Field("จำนวนเงิน (บาท)", "amount", "money", 16),
        Field("จาก หรือ ให้แก่", "parties", "parties", 36, True, limit=4000),
        Field("แผนงาน", "plan", width=30, limit=300),
        Field("โครงการ", "project", width=30, limit=300),
        Field("กิจกรรมหลัก", "main_activity", width=30, limit=300),
        Field("งบรายจ่าย", "budget_line", width=30, limit=300),
        Field("เพื่อ", "purpose", width=34, limit=1000),
        _LETTER,
        *_PLACE,
        Field("งบประมาณปี พ.ศ. (ถ้าไม่ใช่ปีนี้)", "year", "count", 16),
    ),
)
SUPPORT: Final = TableSpec(
    "support",
    "การสนับสนุน",
    f"การสนับสนุนจากภายนอก {_PLACE_GUIDE}",
    (
        Field("ผู้สนับสนุน", "giver", width=36, required=True, limit=300),
        Field("สิ่งที่สนับสนุน", "what", width=60, required=True, limit=1000),
        Field("โรงเรียน (ถ้ามี)", "school", "school", 40, limit=160),
        *_PLACE,
    ),
)
STAFFING: Final = TableSpec(
    "staffing",
    "อัตรากำลังที่ขาด",
    "ตำแหน่งที่ขาด จำนวน และสิ่งที่ขอ",
    (
        Field("โรงเรียน", "school", "school", 40, required=True, limit=160),
        Field("ตำแหน่งหรือวิชาเอก", "post", width=36, required=True, limit=200),
        Field("จำนวน (คน)", "number", "count", 14, True),
        Field("สิ่งที่ขอ", "asked", width=50, limit=300),
        Field("ขอต่อ", "to", width=36, limit=200),
    ),
)
DIFFICULTIES: Final = TableSpec(
    "difficulties",
    "ปัญหาและแนวทาง",
    "ปัญหา แนวทางการแก้ไข และผลที่คาดว่าจะได้รับ (บรรทัดละข้อ)",
    (
        Field("ปัญหา/อุปสรรค", "problem", "item", 50, required=True, limit=2000),
        Field("แนวทางการแก้ไขปัญหา", "solution", "item", 50, required=True, limit=2000),
        Field("ผลที่คาดว่าจะได้รับ (บรรทัดละข้อ)", "results", "lines", 50, True, limit=2000),
    ),
)
PRACTICES: Final = TableSpec(
    "practices",
    "ต้นแบบ",
    "รูปแบบ แนวทาง หรือนวัตกรรมของโรงเรียน หรือของสำนักงานเขตเอง (เว้นช่องโรงเรียนว่าง)",
    (
        Field("ชื่อต้นแบบ", "title", width=36, required=True, limit=200),
        Field("โรงเรียน", "school", "school", 36, limit=160),
        Field("คำอธิบาย", "description", "paragraphs", 60, limit=3000),
        Field("ขั้นตอน (บรรทัดละขั้น)", "steps", "lines", 60, limit=3000),
    ),
)
TABLES: Final = (
    STATEMENTS, CANDIDATES, COMMITTEES, ACTIVITIES, OCCASIONS, SUBMISSIONS,
    MONEY, SUPPORT, STAFFING, DIFFICULTIES, PRACTICES, STEPS,
)  # fmt: skip
_LATER: Final = {"money": 1, "staffing": 1}
"""How many of a table's last columns contract 1 has not."""
TABLES_1: Final = tuple(
    replace(spec, fields=spec.fields[: len(spec.fields) - _LATER.get(spec.part, 0)])
    for spec in TABLES
    if spec is not STEPS
)
"""The sheets as contract 1 had them."""


def office_tables(contract: str = "") -> tuple[TableSpec, ...]:
    """The sheets of a version of the contract, in order."""
    return TABLES_1 if contract == "1" else TABLES


OFFICE_SHEETS: Final = tuple(spec.sheet for spec in TABLES)
