"""The register workbook of a province or a region: regions, offices, schools and what they have, rounds, inspections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from khunnaphap.core import register
from khunnaphap.core.problems import Refusal
from khunnaphap.core.register import Register

from .book import Book
from .container import open_package
from .contract import Identity
from .rawxml import MAX_CELLS, MAX_ROWS
from .reading import Reader, Workbook
from .register_contract import TABLES
from .tables import TablesRead, lost_parts, maker_of, read_table, write_table

_VALUES: Final[dict[str, type]] = {
    "regions": register.RegionEntry,
    "provincial_offices": register.ProvincialOfficeEntry,
    "offices": register.OfficeEntry,
    "schools": register.SchoolEntry,
    "buildings": register.BuildingEntry,
    "headcounts": register.HeadcountEntry,
    "networks": register.NetworkEntry,
    "rounds": register.RoundEntry,
    "references": register.ReferenceEntry,
    "inspections": register.InspectionEntry,
}


@dataclass(frozen=True)
class RegisterHandIn(TablesRead):
    """A register as handed in."""

    told: Register


def read_register(book: Workbook) -> RegisterHandIn:
    """Read every table, and gather every problem; nothing is raised for what a person typed.

    A cell that could not be read is blank in ``told``, and named in its row's ``unread``.
    """
    reader = Reader()
    rows = {spec.part: read_table(reader, book, spec) for spec in TABLES}
    parts: dict[str, Any] = {part: tuple(map(maker_of(_VALUES[part]), found)) for part, found in rows.items()}
    return RegisterHandIn(rows, reader.findings, lost_parts(reader, TABLES), Register(**parts))


@dataclass(frozen=True)
class RegisterForm:
    """All that a register workbook shows."""

    identity: Identity
    marks: str
    made: datetime
    told: Register


def write_register(form: RegisterForm) -> bytes:
    """The workbook as bytes; the same form gives the same bytes, and reads back as the same register.

    ``Refusal`` when it would be larger than what is read: a province or a region fits, the nation does not.
    """
    for spec in TABLES:
        rows = len(getattr(form.told, spec.part)) + spec.room + spec.columns.header_row
        if rows > MAX_ROWS or rows * len(spec.fields) > MAX_CELLS:
            raise _too_large(spec.sheet)
    content = _written(form)
    try:
        open_package(content)
    except Refusal as refusal:
        raise _too_large("") from refusal
    return content


def _too_large(sheet: str) -> Refusal:
    where = f" (แผ่น “{sheet}”)" if sheet else ""
    message = f"ทะเบียนใหญ่เกินกว่าจะอยู่ในแฟ้มเดียว{where}"
    return Refusal("register-too-large", message, "ออกทะเบียนทีละจังหวัดหรือทีละเขตตรวจราชการด้วย --province")


def _written(form: RegisterForm) -> bytes:
    book = Book("ทะเบียน", form.made, form.marks)
    steps = (
        "การนำเข้าเพิ่มและแก้ไขตามรหัส ช่องหรือแถวที่ไม่ได้กรอกคงเดิม และรับทั้งแฟ้มหรือไม่รับเลย",
        "รหัสกระทรวง 10 หลักและรหัส SMIS 8 หลักเป็นข้อความ ชั้นที่เปิดสอนเขียนเช่น อ.2-ป.6 หรือ ม.1-ม.6",
        "รอบเขียนเป็น ปีงบประมาณ/ครั้งที่ เช่น 2568/1 เปิดรอบแล้วโรงเรียนคุณภาพทุกแห่งในทะเบียนเข้าร่วม",
        "อย่าเปลี่ยนชื่อแผ่น ย้ายคอลัมน์ หรือลบแผ่นที่ซ่อนไว้",
    )
    title = "ทะเบียนเขตตรวจราชการ สำนักงาน โรงเรียน และรอบการประเมิน"
    book.guide(title, ("กรอกเฉพาะแผ่นที่ต้องการเพิ่มหรือแก้ไข",), form.marks, steps)
    for spec in TABLES:
        rows = [{one.name: getattr(value, one.name) for one in spec.fields} for value in getattr(form.told, spec.part)]
        write_table(book, spec, rows, spec.sheet, form.marks)
    book.identity(form.identity, "ทะเบียน")
    return book.close()
