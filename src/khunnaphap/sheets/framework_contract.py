"""The framework workbook: a whole edition as plain tables that refer to each other by stable id."""

from __future__ import annotations

from typing import Final

from khunnaphap.core.edition_checks import FACT_KINDS, MOST_LEVELS
from khunnaphap.core.framework import MeasureName
from khunnaphap.core.grades import GRADES, as_words

from .tables import TableSpec
from .values import Field

COLOURS: Final = {"ม่วง": "purple", "ฟ้า": "blue", "เขียว": "green", "เหลือง": "yellow", "ส้ม": "orange", "แดง": "red"}
MEASURES: Final[dict[str, MeasureName]] = {"ร้อยละ": "share", "ตามผลระดับ": "grade", "เทียบคะแนนเฉลี่ย": "comparison"}
"""An indicator without such a row is a rubric: a person picks its level."""
_FACT_KINDS: Final = {word: kind for kind, word in FACT_KINDS.items()}
_GRADES: Final = {as_words({grade}): grade for grade in GRADES}

_ID_LIMIT: Final = 80
TITLE: Final = 300
WORDING: Final = 2000


def _id(heading: str, name: str, width: float = 26, *, required: bool = True) -> Field:
    return Field(heading, name, "code", width, required, limit=_ID_LIMIT, look="entry-id")


def _label(heading: str, width: float = 9) -> Field:
    return Field(heading, "label", "code", width, True, limit=20, look="entry-id")


def _wording(heading: str, name: str, width: float, limit: int = TITLE, *, required: bool = False) -> Field:
    return Field(heading, name, "wording", width, required, limit=limit)


def _exact(heading: str, name: str, width: float = 12, *, required: bool = True) -> Field:
    return Field(heading, name, "exact", width, required, look="entry-id")


def _count(heading: str, name: str, width: float = 10) -> Field:
    return Field(heading, name, "count", width, True, look="entry-id")


_TITLE: Final = _wording("ชื่อ", "title", 40, required=True)
_TITLE_EN: Final = _wording("ชื่อภาษาอังกฤษ", "title_en", 34)

EDITION: Final = TableSpec(
    "edition",
    "ฉบับ",
    "แถวเดียว ฉบับที่ประกาศใช้แล้วแก้ไขไม่ได้ จึงต้องตั้งรหัสใหม่",
    (
        Field("รหัสเกณฑ์", "code", "code", 24, True, limit=40, look="entry-id"),
        _wording("ชื่อฉบับ", "title", 60, 200, required=True),
        _wording("ชื่อภาษาอังกฤษ", "title_en", 50),
    ),
    room=0,
    locked=False,
)
LEVELS: Final = TableSpec(
    "levels",
    "ระดับคุณภาพ",
    f"เรียงจากระดับ 1 (ต่ำสุด) ขึ้นไป ไม่เกิน {MOST_LEVELS} ระดับ",
    (
        _count("ระดับ", "number"),
        _wording("ชื่อ", "title", 30, 60, required=True),
        _wording("ชื่อภาษาอังกฤษ", "title_en", 30, 60),
        _exact("คะแนน", "points"),
    ),
    room=4,
    locked=False,
)
BANDS: Final = TableSpec(
    "bands",
    "แถบสี",
    "เรียงจากดีที่สุดลงไป แถบสุดท้ายเริ่มที่ร้อยละ 0",
    (
        Field("สี", "colour", "choice", 14, True, COLOURS),
        _wording("ชื่อกลุ่ม", "title", 30, 60, required=True),
        _exact("ร้อยละขั้นต่ำ", "lower", 16),
        Field("ประเมินซ้ำ", "reassess", "count", 12),
    ),
    room=4,
    locked=False,
)
COMPONENTS: Final = TableSpec(
    "components",
    "องค์ประกอบ",
    "เรียงตามลำดับที่พิมพ์ น้ำหนักเป็นสัดส่วนต่อกัน ไม่ต้องรวมเป็น 100",
    (_id("รหัสองค์ประกอบ", "id"), _label("ลำดับ"), _TITLE, _TITLE_EN, _exact("น้ำหนัก", "weight")),
    room=10,
    locked=False,
)
ASPECTS: Final = TableSpec(
    "aspects",
    "ประเด็น",
    "เรียงตามลำดับที่พิมพ์ อ้างรหัสองค์ประกอบ",
    (
        _id("รหัสประเด็น", "id"),
        _id("รหัสองค์ประกอบ", "component"),
        _label("ลำดับ"),
        _TITLE,
        _TITLE_EN,
        _wording("คำอธิบาย", "statement", 60, WORDING),
    ),
    room=20,
    locked=False,
)
INDICATORS_SHEET: Final = "ตัวชี้วัด"
WORDINGS_SHEET: Final = "ถ้อยคำในรายงาน"
FACTS: Final = TableSpec(
    "facts",
    "ข้อมูลประกอบ",
    "ข้อมูลที่โรงเรียนกรอกครั้งเดียว และใช้คำนวณระดับ",
    (
        _id("รหัสข้อมูล", "id", 30),
        _wording("กลุ่ม", "group", 20, 120, required=True),
        _wording("ชื่อ", "title", 50, 500, required=True),
        _wording("ชื่อภาษาอังกฤษ", "title_en", 36, 500),
        _wording("หน่วย", "unit", 10, 40),
        Field("ชนิด", "kind", "choice", 14, True, _FACT_KINDS),
        _wording("คำอธิบาย", "help", 54, WORDING),
        Field("ตัวเลือก (บรรทัดละตัว)", "choices", "codes", 20),
    ),
    room=20,
    locked=False,
)
MEASURES_TABLE: Final = TableSpec(
    "measures",
    "วิธีคำนวณระดับ",
    "แถวละหนึ่งตัวชี้วัดที่คำนวณจากข้อมูล ตัวชี้วัดที่ไม่มีในแผ่นนี้ผู้ประเมินเลือกระดับเองตามข้อความ",
    (
        _id("รหัสตัวชี้วัด", "indicator", 30),
        Field("วิธีวัด", "measure", "choice", 18, True, dict(MEASURES)),
        _id("ข้อมูลที่นับหรือผลระดับ", "count", 32, required=False),
        _id("ข้อมูลทั้งหมด", "whole", 26, required=False),
        Field("ค่าอ้างอิงของ", "reference", "code", 16, limit=_ID_LIMIT, look="entry-id"),
        Field("ร้อยละขั้นต่ำของระดับ 2 ขึ้นไป", "bounds", "exacts", 24, look="entry-id"),
    ),
    room=20,
    locked=False,
)
CONDITIONS: Final = TableSpec(
    "conditions",
    "เงื่อนไขของระดับ",
    "ระดับนี้ขึ้นไปต้องมีข้อมูลชนิดใช่หรือไม่ใช่ เป็น “ใช่” ด้วย ใช้กับวิธีวัดร้อยละ",
    (_id("รหัสตัวชี้วัด", "indicator", 30), _count("ระดับ", "level"), _id("รหัสข้อมูล", "fact", 36)),
    room=10,
    locked=False,
)
GRADE_LEVELS: Final = TableSpec(
    "grades",
    "ระดับตามผล",
    "ผลแต่ละตัวได้ระดับใด ใช้กับวิธีวัดตามผลระดับ",
    (
        _id("รหัสตัวชี้วัด", "indicator", 30),
        Field("ผล", "grade", "code", 12, True, limit=40, look="entry-id"),
        _count("ระดับ", "level"),
    ),
    room=10,
    locked=False,
)
EXCEPTIONS: Final = TableSpec(
    "exceptions",
    "กรณีไม่เกี่ยวข้อง",
    "ตัวชี้วัดไม่เกี่ยวข้อง (N/A) โดยไม่ต้องถาม เมื่อข้อมูลชนิดใช่หรือไม่ใช่มีค่านี้",
    (
        _id("รหัสตัวชี้วัด", "indicator", 30),
        _id("รหัสข้อมูล", "fact", 30),
        Field("เมื่อข้อมูลเป็น", "equals", "yes-no", 16, True),
        _wording("เหตุผล", "reason", 60, 500, required=True),
    ),
    room=10,
    locked=False,
)
TESTS: Final = TableSpec(
    "tests",
    "การทดสอบ",
    "การทดสอบระดับชาติและชั้นที่สอบ ใช้กับวิธีวัดเทียบคะแนนเฉลี่ย",
    (
        _id("รหัสการทดสอบ", "id", 20),
        _wording("ชื่อ", "title", 70, required=True),
        Field("ชั้น", "grade", "choice", 10, True, _GRADES),
    ),
    room=6,
    locked=False,
)
SUBJECTS: Final = TableSpec(
    "subjects",
    "วิชาที่ทดสอบ",
    "วิชาของการทดสอบ และข้อมูลชนิดคะแนนเฉลี่ยของวิชานั้น",
    (
        _id("รหัสการทดสอบ", "test", 20),
        _id("รหัสข้อมูล", "fact", 34),
        _wording("วิชา", "title", 44, required=True),
    ),
    room=10,
    locked=False,
)


def indicators_table(levels: int) -> TableSpec:
    """The sheet ``ตัวชี้วัด`` of an edition with so many levels: their sentences are the last columns."""
    sentences = [
        _wording(level_heading(number), f"level{number}", 30, WORDING, required=True) for number in range(1, levels + 1)
    ]
    return TableSpec(
        "indicators",
        INDICATORS_SHEET,
        "เรียงตามลำดับที่พิมพ์ อ้างรหัสประเด็น รหัสตัวชี้วัดคงเดิมทุกฉบับแม้เลขข้อเปลี่ยน",
        (
            _id("รหัสตัวชี้วัด", "id", 22),
            _id("รหัสประเด็น", "aspect", 20),
            _label("ข้อ"),
            _wording("ชื่อ", "title", 26, required=True),
            _wording("ชื่อภาษาอังกฤษ", "title_en", 22),
            _wording("คำอธิบาย", "statement", 30, WORDING),
            _exact("น้ำหนัก", "weight", 9),
            Field("คะแนนเฉพาะข้อ", "points", "exacts", 16, look="entry-id"),
            Field("หลักฐาน (บรรทัดละรายการ)", "evidence", "wordings", 28, limit=4000),
            *sentences,
        ),
        room=20,
        locked=False,
    )


def wordings_table(levels: int) -> TableSpec:
    """The sheet ``ถ้อยคำในรายงาน`` of an edition with so many levels: how a report tells of each."""
    sentences = [_wording(level_heading(number), f"level{number}", 44, WORDING) for number in range(1, levels + 1)]
    return TableSpec(
        "wordings",
        WORDINGS_SHEET,
        "ข้อความที่รายงานเขียนต่อจาก “โรงเรียนคุณภาพ จำนวน … แห่ง จาก … แห่ง” เว้นว่างคือใช้คำอธิบายระดับ แก้ได้แม้ประกาศใช้แล้ว",
        (_id("รหัสตัวชี้วัด", "indicator", 22), Field("ชื่อ", "title", "shown", 26), *sentences),
        room=20,
        locked=False,
    )


def level_heading(number: int) -> str:
    """The heading of a level's sentences."""
    return f"ระดับ {number}"


def framework_tables(levels: int, contract: str = "") -> tuple[TableSpec, ...]:
    """All sheets of an edition with so many levels, in order, as a version of the contract has them."""
    tables = (
        EDITION, LEVELS, BANDS, COMPONENTS, ASPECTS, indicators_table(levels), FACTS, MEASURES_TABLE,
        CONDITIONS, GRADE_LEVELS, EXCEPTIONS, TESTS, SUBJECTS,
    )  # fmt: skip
    return tables if contract == WITHOUT_WORDING else (*tables, wordings_table(levels))


WITHOUT_WORDING: Final = "1"
"""The contract that has no sheet for the wording of reports."""
FRAMEWORK_SHEETS: Final = tuple(spec.sheet for spec in framework_tables(2))
