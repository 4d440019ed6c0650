"""A school's filled workbook -> entries and facts, each with the cell it came from."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from khunnaphap.core.framework import Fact, Framework, Indicator
from khunnaphap.core.handin import Entry
from khunnaphap.core.measures import FactValue
from khunnaphap.core.problems import Problem

from .choices import read_fact, read_rating
from .contract import FACTS_COLUMNS, MAX_REASON, MAX_REMARK, Columns, answers_columns
from .reading import Cell, Findings, Reader, Sheet


@dataclass(frozen=True)
class SchoolHandIn:
    """What a school handed in.

    ``cells`` name the level cell of an indicator or the value cell of a fact, by id; ``faulty`` are the ids whose
    cells could not be read, so that nothing more is concluded from them.
    """

    entries: Mapping[str, Entry]
    facts: Mapping[str, FactValue]
    cells: Mapping[str, Cell]
    faulty: Set[str]
    findings: Findings

    def placed(self, key: str, problem: Problem) -> Problem:
        """A problem of an indicator or fact, at its cell."""
        cell = self.cells.get(key)
        return problem.at(sheet=cell.sheet, cell=cell.address) if cell else problem


def level_choices(framework: Framework) -> tuple[str, ...]:
    """The headings of the level columns: "1 กำลังพัฒนา", …"""
    return tuple(f"{number} {name}" for number, name in enumerate(framework.level_names, 1))


def read_school(sheets: Mapping[str, Sheet], framework: Framework) -> SchoolHandIn:
    """Read every entry cell, and gather every problem; nothing is raised for what a person typed."""
    reader = Reader()
    cells: dict[str, Cell] = {}
    faulty: set[str] = set()
    entries = _read_answers(reader, sheets, framework, cells, faulty)
    facts = _read_facts(reader, sheets, framework, cells, faulty)
    return SchoolHandIn(entries, facts, cells, faulty, reader.findings)


def checked_sheet(reader: Reader, sheets: Mapping[str, Sheet], columns: Columns) -> Sheet | None:
    """The sheet when its headings stand where the contract has them; else ``None`` and a problem for each fault."""
    sheet = sheets.get(columns.sheet)
    if sheet is None:
        message, mend = f"ไม่มีแผ่น “{columns.sheet}”", "ใช้แบบที่ระบบออกให้ และอย่าเปลี่ยนชื่อหรือลบแผ่น"
        reader.findings.problems.append(Problem("sheet-lacking", message, mend, sheet=columns.sheet))
        return None
    differing = [
        (cell, title)
        for letter, title in columns.headings.items()
        if (cell := sheet.cell(letter, columns.header_row)).text != title
    ]
    for cell, title in differing:
        reader.problem(
            cell,
            "heading-differs",
            f"หัวคอลัมน์อ่านได้ “{cell.text[:60]}” แต่ควรเป็น “{title}”",
            "อย่าย้าย แทรก หรือเปลี่ยนหัวคอลัมน์ คัดลอกคำตอบลงในแบบที่ระบบออกให้",
        )
    return None if differing else sheet


def _read_answers(
    reader: Reader, sheets: Mapping[str, Sheet], framework: Framework, cells: dict[str, Cell], faulty: set[str]
) -> dict[str, Entry]:
    columns = answers_columns(level_choices(framework))
    entries: dict[str, Entry] = {}
    sheet = checked_sheet(reader, sheets, columns)
    if sheet is None:
        return entries
    by_label = {indicator.label: indicator for indicator in framework.indicators}
    letters = [columns.letters[heading] for heading in ("ระดับ", "เหตุผล", "หมายเหตุ")]
    for row in range(columns.header_row + 1, sheet.last_row + 1):
        label, places = sheet.cell("A", row), [sheet.cell(letter, row) for letter in letters]
        filled = any(cell.filled for cell in places)
        indicator = by_label.get(label.text)
        if indicator is None:
            _stray(reader, label, places, "ตัวชี้วัด")
        elif filled and indicator.id in entries:
            _twice(reader, label, f"ตัวชี้วัด {label.text}", cells[indicator.id])
        elif filled or indicator.id not in cells:
            cells[indicator.id] = places[0]
            before = len(reader.findings.problems)
            if filled:
                entries[indicator.id] = _entry(reader, indicator, *places)
            if len(reader.findings.problems) > before:
                faulty.add(indicator.id)
    return entries


def _entry(reader: Reader, indicator: Indicator, level: Cell, reason: Cell, remark: Cell) -> Entry:
    return Entry(
        rating=read_rating(reader, level, indicator),
        reason=reader.words(reason, MAX_REASON, as_typed=True),
        remark=reader.words(remark, MAX_REMARK, as_typed=True),
    )


def _stray(reader: Reader, label: Cell, entries: list[Cell], of_what: str) -> None:
    """Words in a row that is no indicator's or fact's would be lost, so they are a problem at the row's key cell."""
    filled = [cell.address for cell in entries if cell.filled]
    if filled:
        said = f"อ่านได้ “{label.text[:40]}” ซึ่งไม่ใช่{of_what}" if label.text else f"ไม่ระบุ{of_what}"
        reader.problem(
            label,
            "row-unknown",
            f"ช่องนี้{said} แต่แถวนี้มีข้อมูล (ช่อง {', '.join(filled)})",
            f"ย้ายข้อมูลไปไว้ในแถวของ{of_what} หรือลบออก",
        )


def _twice(reader: Reader, label: Cell, what: str, first: Cell) -> None:
    reader.problem(label, "row-twice", f"{what} กรอกซ้ำ (กรอกแล้วที่ช่อง {first.address})", "กรอกไว้เพียงแถวเดียว")


def _read_facts(
    reader: Reader, sheets: Mapping[str, Sheet], framework: Framework, cells: dict[str, Cell], faulty: set[str]
) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    sheet = checked_sheet(reader, sheets, FACTS_COLUMNS) if framework.facts else None
    if sheet is None:
        return facts
    column = FACTS_COLUMNS.letters["ค่า"]
    filled: set[str] = set()
    for row in range(FACTS_COLUMNS.header_row + 1, sheet.last_row + 1):
        label, cell = sheet.cell("A", row), sheet.cell(column, row)
        fact: Fact | None = framework.facts_by_id.get(label.text)
        if fact is None:
            _stray(reader, label, [cell], "รายการข้อมูล")
        elif cell.filled and fact.id in filled:
            _twice(reader, label, f"รายการ {fact.id}", cells[fact.id])
        elif cell.filled or fact.id not in cells:
            cells[fact.id] = cell
            if cell.filled:
                filled.add(fact.id)
            value = read_fact(reader, cell, fact)
            if value is not None:
                facts[fact.id] = value
            elif cell.filled:
                faulty.add(fact.id)
    return facts
