"""A school's workbook for a round, prefilled: five sentences in sight, drop-downs, last round beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from xlsxwriter.worksheet import Worksheet

from khunnaphap.core.completeness import UNANSWERED, Answer
from khunnaphap.core.facts import MAX_COUNT
from khunnaphap.core.framework import Fact, Framework, Indicator, Rating
from khunnaphap.core.grades import as_code, as_words
from khunnaphap.core.measures import FactValue

from .book import Book
from .choices import accepted_list, choice_of, fact_text, level_list
from .contract import (
    ANSWERS_SHEET,
    FACTS_COLUMNS,
    FACTS_SHEET,
    MAX_REASON,
    MAX_REMARK,
    NA_CHOICE,
    NO_WORD,
    NO_WORDS,
    YES_WORD,
    YES_WORDS,
    Identity,
    answers_columns,
)
from .school_reading import level_choices


@dataclass(frozen=True)
class SchoolForm:
    """All that a school's workbook shows; ``lines`` stand under the title (school, round, dates)."""

    framework: Framework
    identity: Identity
    name: str
    lines: tuple[str, str]
    marks: str
    made: datetime
    grades: frozenset[str]
    answers: Mapping[str, Answer]
    facts: Mapping[str, FactValue]
    last_ratings: Mapping[str, Rating]
    last_facts: Mapping[str, FactValue]
    references: Mapping[str, Fraction]


def write_school(form: SchoolForm) -> bytes:
    """The workbook as bytes; the same form gives the same bytes."""
    book = Book(f"แบบประเมินตนเอง {form.name} รอบ {form.identity.round}", form.made, form.marks)
    book.guide(f"แบบประเมินตนเอง โรงเรียน{form.name}", form.lines, form.marks, _steps(form))
    answers = book.sheet(ANSWERS_SHEET, [7, 26, 21, 21, 21, 21, 21, 10, 12, 16, 16])
    facts = book.sheet(FACTS_SHEET, [25, 44, 8, 10, 10, 12, 42]) if form.framework.facts else None
    grade_lists = {f"grade:{fact.id}": fact.choices for fact in form.framework.facts if fact.kind == "grade"}
    ranges = book.lists(
        {
            "levels": [*level_list(form.framework), NA_CHOICE],
            "accepted": accepted_list(form.framework),
            "yes-no": [YES_WORD, NO_WORD],
            "yes-no-accepted": sorted(word.upper() for word in YES_WORDS | NO_WORDS),
            **grade_lists,
        }
    )
    _answers(book, answers, form, ranges)
    if facts is not None:
        _facts(book, facts, form, ranges)
    book.identity(form.identity, form.name, [("grades", as_code(form.grades))])
    answers.activate()
    return book.close()


def _steps(form: SchoolForm) -> tuple[str, ...]:
    return (
        f"แผ่น “{ANSWERS_SHEET}” มี {len(form.framework.indicators)} ตัวชี้วัด อ่านคำอธิบายทั้งห้าระดับ แล้วเลือกระดับที่ตรงกับโรงเรียนในช่องสีเหลือง",
        "เลือกจากรายการ เช่น “4 ดีเลิศ” หรือพิมพ์เฉพาะตัวเลข 4 ก็ได้ ช่องที่เปลี่ยนเป็นสีแดงคือค่าที่ระบบไม่รู้จัก",
        f"ตัวชี้วัดที่ไม่เกี่ยวข้องกับโรงเรียน เลือก “{NA_CHOICE}” และเขียนเหตุผลในช่อง “เหตุผล” ทุกครั้ง",
        f"แผ่น “{FACTS_SHEET}” กรอกจำนวนต่าง ๆ ครั้งเดียว ระบบคำนวณระดับของตัวชี้วัดเชิงปริมาณให้เอง จึงเว้นช่องระดับของข้อนั้นว่างไว้ได้",
        "หากเห็นว่าระดับควรต่างจากที่คำนวณได้ ให้เลือกระดับที่เห็นสมควรพร้อมเหตุผล",
        f"“เหตุผล” ยาวไม่เกิน {MAX_REASON:,} อักขระ และ “หมายเหตุ” ไม่เกิน {MAX_REMARK:,} อักขระ ใช้อักษรไทย อังกฤษ ตัวเลข และเครื่องหมายทั่วไป",
        "ช่องที่เว้นว่างหมายความว่ายังไม่ตอบ ไม่ลบคำตอบเดิม เมื่อตอบครบทุกข้อ การนำเข้าแฟ้มคือการส่งผลประเมิน",
        "อย่าเปลี่ยนชื่อแผ่น ย้ายคอลัมน์ หรือลบแผ่นที่ซ่อนไว้ แฟ้มนี้ใช้ได้เฉพาะโรงเรียนและรอบที่ระบุข้างต้น",
    )


def _answers(book: Book, sheet: Worksheet, form: SchoolForm, ranges: Mapping[str, str]) -> None:
    columns = answers_columns(level_choices(form.framework))
    book.heading(sheet, (f"แบบประเมินตนเอง โรงเรียน{form.name}", form.lines[0]), form.marks)
    book.header_row(sheet, columns.header_row, list(columns.headings.values()))
    sheet.freeze_panes(columns.header_row, 2)
    last, row = len(columns.headings) - 1, columns.header_row
    for component in form.framework.components:
        _band(book, sheet, row, last, f"{component.label}", component.title)
        row += 1
        for aspect in component.aspects:
            _band(book, sheet, row, last, aspect.label, aspect.title)
            row += 1
            for indicator in aspect.indicators:
                _answer_row(book, sheet, row, form, indicator)
                row += 1
    level = columns.letters["ระดับ"]
    book.drop_down(
        sheet,
        f"{level}{columns.header_row + 1}:{level}{row}",
        ranges["levels"],
        ranges["accepted"],
        "เลือกระดับ หรือพิมพ์เฉพาะตัวเลข 1 ถึง 5",
    )
    book.protect(sheet)


def _band(book: Book, sheet: Worksheet, row: int, last: int, label: str, title: str) -> None:
    for place in range(last + 1):
        sheet.write_blank(row, place, None, book.formats["group"])
    sheet.write_string(row, 0, label, book.formats["group"])
    sheet.write_string(row, 1, title, book.formats["group"])


def _answer_row(book: Book, sheet: Worksheet, row: int, form: SchoolForm, indicator: Indicator) -> None:
    answer = form.answers.get(indicator.id, UNANSWERED)
    note = f"\nหลักฐาน: {', '.join(indicator.evidence)}" if indicator.evidence else ""
    if indicator.measure is not None:
        note += f"\n(คำนวณจากแผ่น “{FACTS_SHEET}” เว้นช่องระดับว่างได้)"
    cells = [
        (indicator.label, "code"),
        (f"{indicator.title}\n{indicator.statement}{note}", "small"),
        *((level.descriptor, "small") for level in indicator.levels),
        (choice_of(indicator, form.last_ratings.get(indicator.id)), "text"),
        (choice_of(indicator, answer.self_rating), "entry"),
        (answer.self_reason, "entry"),
        (answer.self_remark, "entry"),
    ]
    book.row(sheet, row, cells)


def asked(framework: Framework, grades: frozenset[str]) -> list[Fact]:
    """The facts to ask of a school: test means only of the grades it teaches."""
    subjects = {subject.fact: test.grade for test in framework.tests for subject in test.subjects}
    return [fact for fact in framework.facts if subjects.get(fact.id) is None or subjects[fact.id] in grades]


def _facts(book: Book, sheet: Worksheet, form: SchoolForm, ranges: Mapping[str, str]) -> None:
    formats = book.formats
    taught = f"{form.lines[0]} · ชั้นที่เปิดสอน {as_words(form.grades) or 'ไม่ระบุ'}"
    book.heading(sheet, (f"ข้อมูลประกอบ โรงเรียน{form.name}", taught), form.marks)
    book.header_row(sheet, FACTS_COLUMNS.header_row, list(FACTS_COLUMNS.headings.values()))
    sheet.freeze_panes(FACTS_COLUMNS.header_row, 2)
    row, group = FACTS_COLUMNS.header_row, ""
    for fact in asked(form.framework, form.grades):
        if fact.group != group:
            group = fact.group
            _band(book, sheet, row, 6, "", group)
            row += 1
        reference = form.references.get(fact.id)
        last, value = fact_text(fact, form.last_facts.get(fact.id)), fact_text(fact, form.facts.get(fact.id))
        texts = [(fact.id, "code"), (fact.title, "text"), (fact.unit, "text"), ("", "text"), ("", "text")]
        book.row(sheet, row, [*texts, ("", "entry-code"), (fact.help, "small")])
        _value(sheet, row, 3, "" if reference is None else float(reference), formats["text"])
        _value(sheet, row, 4, last, formats["text"])
        _value(sheet, row, 5, value, formats["entry-code"])
        source = ranges.get("yes-no" if fact.kind == "yes-no" else f"grade:{fact.id}")
        if source:
            accepted = ranges["yes-no-accepted"] if fact.kind == "yes-no" else source
            book.drop_down(sheet, f"F{row + 1}", source, accepted, "เลือกจากรายการ")
        else:
            _hint(book, sheet, f"F{row + 1}", fact)
        row += 1
    book.protect(sheet)


def _hint(book: Book, sheet: Worksheet, cell: str, fact: Fact) -> None:
    """What number the cell asks; red when it is outside (numbers typed as text are read too, and stay as they are)."""
    if fact.kind == "count":
        rule: dict[str, Any] = {"validate": "integer", "criteria": ">=", "value": 0}
        outside, prompt = f"{cell}<0,{cell}>{MAX_COUNT},{cell}<>INT({cell})", "พิมพ์จำนวนเต็มตั้งแต่ 0 เช่น 25"
    else:
        rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
        outside, prompt = f"{cell}<0,{cell}>100", "พิมพ์คะแนน 0 ถึง 100 เช่น 72.5 โดยไม่มีเครื่องหมาย %"
    book.number_hint(sheet, cell, rule, f"=IF(ISNUMBER({cell}),OR({outside}),FALSE)", prompt)


def _value(sheet: Worksheet, row: int, column: int, value: str | float | int, look: object) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)
