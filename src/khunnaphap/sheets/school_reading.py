"""A school's filled workbook -> entries and facts, each with the cell it came from."""

from __future__ import annotations

from collections.abc import Mapping
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
    """What a school handed in; ``cells`` name the level cell of an indicator or the value cell of a fact, by id."""

    entries: Mapping[str, Entry]
    facts: Mapping[str, FactValue]
    cells: Mapping[str, Cell]
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
    entries = _read_answers(reader, sheets, framework, cells)
    facts = _read_facts(reader, sheets, framework, cells)
    return SchoolHandIn(entries, facts, cells, reader.findings)


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
    reader: Reader, sheets: Mapping[str, Sheet], framework: Framework, cells: dict[str, Cell]
) -> dict[str, Entry]:
    columns = answers_columns(level_choices(framework))
    entries: dict[str, Entry] = {}
    sheet = checked_sheet(reader, sheets, columns)
    if sheet is None:
        return entries
    by_label = {indicator.label: indicator for indicator in framework.indicators}
    for row in range(columns.header_row + 1, sheet.last_row + 1):
        places = {heading: sheet.cell(columns.letter(heading), row) for heading in ("ระดับ", "เหตุผล", "หมายเหตุ")}
        label = sheet.cell("A", row)
        indicator = by_label.get(label.text)
        if indicator is None:
            _stray(reader, label, list(places.values()))
        elif indicator.id in cells:
            reader.problem(label, "row-twice", f"ตัวชี้วัด {label.text} ปรากฏซ้ำ", "เหลือไว้เพียงแถวเดียว")
        else:
            cells[indicator.id] = places["ระดับ"]
            entries[indicator.id] = _entry(reader, indicator, places)
    return entries


def _entry(reader: Reader, indicator: Indicator, places: Mapping[str, Cell]) -> Entry:
    return Entry(
        rating=read_rating(reader, places["ระดับ"], indicator),
        reason=reader.words(places["เหตุผล"], MAX_REASON),
        remark=reader.words(places["หมายเหตุ"], MAX_REMARK),
    )


def _stray(reader: Reader, label: Cell, entries: list[Cell]) -> None:
    """Words in a row that is no indicator's would be lost, so they are a problem."""
    for cell in entries:
        if cell.raw is not None and cell.text:
            said = f"“{label.text[:40]}”" if label.text else "ว่าง"
            reader.problem(
                cell,
                "row-unknown",
                f"มีข้อมูลในแถวที่ไม่ใช่ตัวชี้วัด (ช่อง {label.address} {said})",
                "ย้ายข้อมูลไปไว้ในแถวของตัวชี้วัด หรือลบออก",
            )


def _read_facts(
    reader: Reader, sheets: Mapping[str, Sheet], framework: Framework, cells: dict[str, Cell]
) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    sheet = checked_sheet(reader, sheets, FACTS_COLUMNS) if framework.facts else None
    if sheet is None:
        return facts
    column = FACTS_COLUMNS.letter("ค่า")
    for row in range(FACTS_COLUMNS.header_row + 1, sheet.last_row + 1):
        label, cell = sheet.cell("A", row), sheet.cell(column, row)
        fact: Fact | None = framework.facts_by_id.get(label.text)
        if fact is None:
            _stray(reader, label, [cell])
        elif fact.id in cells:
            reader.problem(label, "row-twice", f"รายการ {fact.id} ปรากฏซ้ำ", "เหลือไว้เพียงแถวเดียว")
        else:
            cells[fact.id] = cell
            value = read_fact(reader, cell, fact)
            if value is not None:
                facts[fact.id] = value
    return facts
