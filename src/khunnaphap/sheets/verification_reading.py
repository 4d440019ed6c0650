"""An office's filled verification workbook -> entries by school; a fault in one school is that school's alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from khunnaphap.core.framework import Framework, Indicator
from khunnaphap.core.handin import Entry
from khunnaphap.core.problems import Problem

from .choices import read_agreement
from .contract import (
    AGREE,
    MAX_REMARK,
    NO_WORDS,
    SCHOOLS_COLUMNS,
    VERIFY_COLUMNS,
    YES_WORD,
    YES_WORDS,
    code_of,
)
from .reading import Cell, Findings, Reader, Sheet
from .school_reading import checked_sheet


@dataclass
class SchoolVerification:
    """What a verifier put down for one school.

    ``agreed`` are the indicators where the verifier wrote that the school's own rating stands; ``agree_rest``
    says so of every indicator left blank; ``faulty`` are those whose cells could not be read.
    """

    code: str
    entries: dict[str, Entry] = field(default_factory=dict)
    agreed: set[str] = field(default_factory=set)
    agree_rest: bool = False
    faulty: set[str] = field(default_factory=set)
    cells: dict[str, Cell] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)

    @property
    def says_something(self) -> bool:
        """False when the verifier left all of this school blank."""
        entries = any(not entry.blank for entry in self.entries.values())
        return bool(entries or self.agreed or self.agree_rest or self.findings.problems)

    def placed(self, key: str, problem: Problem) -> Problem:
        """A problem of an indicator (or of ``"school"``), at its cell."""
        cell = self.cells.get(key) or self.cells.get("school")
        return problem.at(sheet=cell.sheet, cell=cell.address) if cell else problem


@dataclass
class VerificationHandIn:
    """All schools of the workbook by ministry code, and the faults that are no school's."""

    schools: dict[str, SchoolVerification]
    findings: Findings


def read_verification(sheets: Mapping[str, Sheet], framework: Framework) -> VerificationHandIn:
    """Read every entry cell of both sheets; problems go to the school whose row they are in."""
    general = Reader()
    schools: dict[str, SchoolVerification] = {}
    rows, whole = (checked_sheet(general, sheets, columns) for columns in (VERIFY_COLUMNS, SCHOOLS_COLUMNS))
    if rows is not None and whole is not None:
        _read_rows(rows, framework, schools, general)
        _read_agreements(whole, schools, general)
    return VerificationHandIn(schools, general.findings)


def _school(schools: dict[str, SchoolVerification], cell: Cell) -> SchoolVerification:
    code = code_of(cell.text)
    school = schools.setdefault(code, SchoolVerification(code))
    school.cells.setdefault("school", cell)
    return school


def _read_rows(sheet: Sheet, framework: Framework, schools: dict[str, SchoolVerification], general: Reader) -> None:
    by_label = {indicator.label: indicator for indicator in framework.indicators}
    for row in range(VERIFY_COLUMNS.header_row + 1, sheet.last_row + 1):
        code, label = sheet.cell("A", row), sheet.cell("C", row)
        level, remark = sheet.cell("G", row), sheet.cell("H", row)
        filled = level.filled or remark.filled
        if not code.text:
            if filled:
                general.problem(code, "school-lacking", "แถวนี้ไม่มีรหัสโรงเรียน", "ใส่รหัสโรงเรียน 10 หลัก หรือลบแถวนี้")
            continue
        indicator = by_label.get(label.text)
        if indicator is None and not filled:
            continue  # a note or a rule of the people's own
        school, reader = _school(schools, code), Reader()
        reader.key(code)
        if indicator is None:
            message = f"แถวนี้มีข้อมูล แต่ช่อง {label.address} อ่านได้ “{label.text[:40]}” ซึ่งไม่ใช่ตัวชี้วัดของฉบับนี้"
            reader.problem(code, "row-unknown", message, "ใช้เลขข้อตามแบบ เช่น 1.1.1")
        elif filled and indicator.id in school.entries:
            reader.problem(
                label,
                "row-twice",
                f"ตัวชี้วัด {label.text} ของโรงเรียน {school.code} กรอกซ้ำ (กรอกแล้วที่ช่อง {school.cells[indicator.id].address})",
                "กรอกไว้เพียงแถวเดียว",
            )
        elif filled or indicator.id not in school.cells:
            school.cells[indicator.id] = level
            if filled:
                _read_entry(reader, school, indicator, level, remark)
        school.findings.problems += reader.findings.problems
        school.findings.warnings += reader.findings.warnings


def _read_entry(reader: Reader, school: SchoolVerification, indicator: Indicator, level: Cell, remark: Cell) -> None:
    rating, agreed = read_agreement(reader, level, indicator)
    if agreed:
        school.agreed.add(indicator.id)
    school.entries[indicator.id] = Entry(rating=rating, remark=reader.words(remark, MAX_REMARK, as_typed=True))
    if reader.findings.problems:
        school.faulty.add(indicator.id)


def _read_agreements(sheet: Sheet, schools: dict[str, SchoolVerification], general: Reader) -> None:
    told: dict[str, str] = {}
    for row in range(SCHOOLS_COLUMNS.header_row + 1, sheet.last_row + 1):
        code, said = sheet.cell("A", row), sheet.cell("F", row)
        if not said.filled:
            continue
        if not code.text:
            general.problem(code, "school-lacking", "แถวนี้ไม่มีรหัสโรงเรียน", "ใส่รหัสโรงเรียน 10 หลัก หรือลบแถวนี้")
            continue
        school, reader = _school(schools, code), Reader()
        reader.key(code)
        if school.code in told:
            message = f"โรงเรียน {school.code} กรอกซ้ำ (กรอกแล้วที่ช่อง {told[school.code]})"
            reader.problem(said, "row-twice", message, "กรอกไว้เพียงแถวเดียว")
        elif reader.plain(said):
            word = said.text.lower()
            if word in YES_WORDS | {AGREE}:
                school.agree_rest = True
            elif word not in NO_WORDS:
                reader.problem(said, "agreement-unknown", f"อ่านได้ “{said.shown}”", f"เลือก “{YES_WORD}” หรือเว้นว่าง")
        told.setdefault(school.code, said.address)
        school.findings.problems += reader.findings.problems
        school.findings.warnings += reader.findings.warnings
