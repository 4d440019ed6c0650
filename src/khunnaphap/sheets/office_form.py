"""An office's workbook of a year, prefilled with what the record has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from khunnaphap.core.programme import OfficeYear

from . import office_contract as contract
from .book import Book
from .contract import Identity
from .tables import TableSpec, write_table


@dataclass(frozen=True)
class OfficeForm:
    """All that an office workbook shows; ``schools`` are offered where one of its schools is named."""

    identity: Identity
    name: str
    line: str
    marks: str
    made: datetime
    told: OfficeYear
    schools: tuple[str, ...] = ()


def write_office(form: OfficeForm) -> bytes:
    """The workbook as bytes; the same form gives the same bytes, and reads back as the same account."""
    title = f"การดำเนินงานของ{form.name} ปีงบประมาณ {form.identity.round}"
    book = Book(title, form.made, form.marks)
    steps = (
        "ทุกแผ่นและทุกช่องเว้นว่างได้ กรอกเฉพาะที่มี ช่องสีเหลืองคือช่องที่กรอก",
        "แผ่นที่มีข้อมูลอย่างน้อยหนึ่งแถวจะแทนที่ข้อมูลเดิมของแผ่นนั้นทั้งแผ่น แผ่นที่ว่างไม่เปลี่ยนข้อมูลเดิม",
        "วันที่เขียนเป็น 26 มิถุนายน 2567 หรือ 26/6/2567 ไม่ต้องพิมพ์ชื่อวัน เวลาเขียนเป็น 15.00 - 16.30 น.",
        "หนังสือ คำสั่ง ประกาศ วางทั้งบรรทัด เช่น หนังสือสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน ด่วนที่สุด ที่ ศธ 04008.1/ว481 ลงวันที่ 25 มิถุนายน 2567",
        "หนังสือฉบับเดียวกันเขียนครบครั้งเดียว แห่งอื่นในแฟ้มอ้างเพียงเลขที่ได้ เช่น ศธ 04008.1/ว481 หรือ 155/2567 "
        "ประกาศที่ไม่มีเลขที่อ้างด้วยวันที่ เช่น ประกาศ ณ วันที่ 21 ธันวาคม 2566",
        "โรงเรียนเลือกจากรายการ หรือพิมพ์ชื่อตามทะเบียนหรือรหัสกระทรวง 10 หลัก จำนวนเงินพิมพ์เฉพาะตัวเลข",
        "อย่าเปลี่ยนชื่อแผ่น ย้ายคอลัมน์ หรือลบแผ่นที่ซ่อนไว้",
    )
    book.guide(title, (form.line,), form.marks, steps)
    schools = book.lists({"schools": form.schools})["schools"] if form.schools else ""
    for spec in contract.TABLES:
        rows = list(_rows(spec.part, form.told))
        write_table(book, spec, rows, f"{spec.sheet} · {form.name}", form.marks)
        _offer(book, spec, len(rows) + spec.room, schools)
    book.identity(form.identity, form.name)
    return book.close()


def _offer(book: Book, spec: TableSpec, rows: int, schools: str) -> None:
    """Drop-downs of the office's schools, and of its own steps where other sheets name them; anything else may be typed."""
    first = spec.columns.header_row + 1
    steps = f"='{contract.STEPS.sheet}'!$A${first}:$A${first + contract.STEPS.room}"
    for one in spec.fields:
        source = schools if one.name == "school" else steps if one.name == "step" else ""
        if source:
            letter = spec.columns.letters[one.heading]
            rule = {"validate": "list", "source": source, "show_error": False}
            sheet = book.book.get_worksheet_by_name(spec.sheet)
            sheet.data_validation(f"{letter}{first}:{letter}{first + rows - 1}", rule)


def _rows(part: str, told: OfficeYear) -> Iterator[Mapping[str, Any]]:
    if part == "occasions":
        for place, activity in enumerate(told.activities, 1):
            for one in activity.occasions:
                yield {
                    "activity": place if activity.number is None else activity.number,
                    "day": one.day and (one.day, one.whole_month),
                    "until": one.until and (one.until, one.whole_month),
                    "hours": (one.begins, one.ends) if one.begins else None,
                    "place": one.place,
                    "group": one.group,
                }
        return
    for place, value in enumerate(getattr(told, part), 1):
        row = {field.name: getattr(value, field.name) for field in fields(value)}
        if part == "activities":
            row["number"] = place if value.number is None else value.number
        if part == "submissions":
            row["due"] = value.due and (value.due, value.due_month)
        if part == "steps":
            row |= {name: (day := getattr(value, name)) and (day, value.months) for name in ("begins", "until")}
        yield row
