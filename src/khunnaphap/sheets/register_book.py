"""The register workbook: offices, schools, rounds, reference means and inspections of a real province."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from khunnaphap.core import register
from khunnaphap.core.register import OFFICE_LEVELS, Register

from .book import Book
from .contract import Identity
from .reading import Reader, Workbook
from .tables import Field, TableSpec, TablesRead, maker_of, read_table, write_table

OFFICES: Final = TableSpec(
    "offices",
    "สำนักงานเขต",
    "สำนักงานเขตพื้นที่การศึกษา รหัสตั้งเองได้แต่ต้องไม่ซ้ำ จังหวัดบรรทัดละหนึ่งจังหวัด",
    (
        Field("รหัส", "code", width=14, required=True, limit=20),
        Field("ชื่อ", "name", width=40, required=True, limit=120),
        Field("ระดับ", "level", "choice", 18, True, OFFICE_LEVELS),
        Field("จังหวัด (บรรทัดละจังหวัด)", "provinces", "lines", 30, True),
    ),
)
SCHOOLS: Final = TableSpec(
    "schools",
    "ทะเบียนโรงเรียน",
    "โรงเรียนทุกแห่งที่จะอ้างถึง โรงเรียนคุณภาพเข้าร่วมรอบการประเมิน",
    (
        Field("รหัสกระทรวง", "ministry_code", width=16, required=True, limit=12),
        Field("รหัส SMIS", "smis_code", width=12, limit=10),
        Field("ชื่อโรงเรียน", "name", width=40, required=True, limit=160),
        Field("จังหวัด", "province", width=16, required=True, limit=80),
        Field("อำเภอ", "district", width=18, required=True, limit=80),
        Field("รหัสสำนักงานเขต", "office", width=16, required=True, limit=20),
        Field("ชั้นที่เปิดสอน", "grades", width=24, required=True, limit=80),
        Field("โรงเรียนคุณภาพ", "is_quality", "yes-no", 16),
        Field("ละติจูด", "latitude", "degrees", 12),
        Field("ลองจิจูด", "longitude", "degrees", 12),
    ),
)
ROUNDS: Final = TableSpec(
    "rounds",
    "รอบการประเมิน",
    "รอบที่จะเปิด โรงเรียนคุณภาพทุกแห่งในทะเบียนเข้าร่วม รอบที่เปิดแล้วไม่เปลี่ยน",
    (
        Field("รอบ", "name", width=14, required=True, limit=12),
        Field("รหัสเกณฑ์", "edition", width=20, required=True, limit=40),
        Field("วันเปิด", "opens", "date", 22, True),
        Field("วันปิด", "closes", "date", 22, True),
    ),
)
REFERENCES: Final = TableSpec(
    "references",
    "ค่าอ้างอิง",
    "คะแนนเฉลี่ยอ้างอิงของรอบที่จะเปิด ตามรหัสข้อมูลของเกณฑ์",
    (
        Field("รอบ", "round", width=14, required=True, limit=12),
        Field("รหัสข้อมูล", "fact", width=30, required=True, limit=80),
        Field("คะแนนเฉลี่ย", "mean", "money", 16, True),
    ),
)
INSPECTIONS: Final = TableSpec(
    "inspections",
    "การตรวจราชการ",
    "รอบการตรวจราชการ และวันสุดท้ายที่นับข้อมูล",
    (Field("รอบ", "name", width=14, required=True, limit=12), Field("วันตัดข้อมูล", "cut_off", "date", 22, True)),
)
TABLES: Final = (OFFICES, SCHOOLS, ROUNDS, REFERENCES, INSPECTIONS)
REGISTER_SHEETS: Final = tuple(spec.sheet for spec in TABLES)
_VALUES: Final[dict[str, type]] = {
    "offices": register.OfficeEntry,
    "schools": register.SchoolEntry,
    "rounds": register.RoundEntry,
    "references": register.ReferenceEntry,
    "inspections": register.InspectionEntry,
}


@dataclass(frozen=True)
class RegisterHandIn(TablesRead):
    """A register as handed in."""

    told: Register


def read_register(book: Workbook) -> RegisterHandIn:
    """Read every table, and gather every problem; nothing is raised for what a person typed."""
    reader = Reader()
    rows = {spec.part: read_table(reader, book, spec) for spec in TABLES}
    if reader.findings.problems:
        return RegisterHandIn(rows, reader.findings, Register())
    parts: dict[str, Any] = {part: tuple(map(maker_of(_VALUES[part]), found)) for part, found in rows.items()}
    return RegisterHandIn(rows, reader.findings, Register(**parts))


@dataclass(frozen=True)
class RegisterForm:
    """All that a register workbook shows."""

    identity: Identity
    marks: str
    made: datetime
    told: Register


def write_register(form: RegisterForm) -> bytes:
    """The workbook as bytes; the same form gives the same bytes, and reads back as the same register."""
    book = Book("ทะเบียน", form.made, form.marks)
    steps = (
        "การนำเข้าเพิ่มและแก้ไขตามรหัส ไม่ลบรายการที่ไม่ได้กรอก และรับทั้งแฟ้มหรือไม่รับเลย",
        "รหัสกระทรวง 10 หลักและรหัส SMIS 8 หลักเป็นข้อความ ชั้นที่เปิดสอนเขียนเช่น อ.2-ป.6 หรือ ม.1-ม.6",
        "รอบเขียนเป็น ปีงบประมาณ/ครั้งที่ เช่น 2568/1 เปิดรอบแล้วโรงเรียนคุณภาพทุกแห่งในทะเบียนเข้าร่วม",
        "อย่าเปลี่ยนชื่อแผ่น ย้ายคอลัมน์ หรือลบแผ่นที่ซ่อนไว้",
    )
    title = "ทะเบียนสำนักงานเขต โรงเรียน และรอบการประเมิน"
    book.guide(title, ("กรอกเฉพาะแผ่นที่ต้องการเพิ่มหรือแก้ไข",), form.marks, steps)
    for spec in TABLES:
        rows = [{one.name: getattr(value, one.name) for one in spec.fields} for value in getattr(form.told, spec.part)]
        write_table(book, spec, rows, spec.sheet, form.marks)
    book.identity(form.identity, "ทะเบียน")
    return book.close()
