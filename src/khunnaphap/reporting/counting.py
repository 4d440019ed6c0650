"""All tables of numbers behind a report, as a workbook beside the papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from khunnaphap.core.document import Table
from khunnaphap.sheets.report_tables import TablesSheet, write_tables

from . import appendices, colour_groups, decisions, register_tables
from .composing import Writing


def counts_book(writing: Writing, marks: Sequence[str], owed: Sequence[str], doubts: Sequence[str]) -> bytes:
    """The workbook: colours, levels of the province and of each office, schools, register, letters, what is owed."""
    basis, name = writing.basis, writing.basis.inspection.name
    title = f"ตารางประกอบรายงานการตรวจราชการ รอบที่ {name.number} ปีงบประมาณ พ.ศ. {name.year} จังหวัด{basis.province.name}"
    sheets = [
        TablesSheet("กลุ่มสี", colour_groups.tables(basis, writing.framework)),
        TablesSheet("ระดับ ทั้งจังหวัด", _levels(writing)),
        *(
            TablesSheet(f"ระดับ {office.name}", appendices.office_level_tables(basis, writing.framework, office))
            for office in colour_groups.counted_offices(basis)
        ),
        TablesSheet("รายโรงเรียน", _schools(writing)),
        TablesSheet(
            "ทะเบียน", [one for office in basis.offices for one in register_tables.office_tables(basis, office)]
        ),
        TablesSheet("หนังสือที่อ้างถึง", appendices.letters_table(basis)),
    ]
    notes = [("รายการค้าง (รายงานเป็นร่าง)", owed), ("รายการที่ควรตรวจสอบ", doubts)]
    made = datetime.combine(basis.last_day, time(), UTC)
    return write_tables(title, " · ".join(marks), made, sheets, [one for one in notes if one[1]])


def _levels(writing: Writing) -> list[Table]:
    basis = writing.basis
    return appendices.level_tables(writing.framework, f"จังหวัด{basis.province.name}", basis.verified, basis.schools)


def _schools(writing: Writing) -> list[Table]:
    basis, framework = writing.basis, writing.framework
    return [
        *appendices.score_tables(basis, framework),
        *decisions.reasons(framework, [*basis.verified, *basis.elsewhere]),
    ]
