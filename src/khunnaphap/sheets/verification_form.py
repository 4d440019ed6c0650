"""An office's verification workbook: schools x indicators, self beside verified, remarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from xlsxwriter.worksheet import Worksheet

from khunnaphap.core.completeness import UNANSWERED, Answer
from khunnaphap.core.framework import Framework, Indicator, Rating

from .book import Book
from .choices import accepted_list, choice_of, level_list
from .contract import (
    AGREE,
    MAX_REMARK,
    NA_CHOICE,
    NO_WORDS,
    SCHOOLS_COLUMNS,
    VERIFY_COLUMNS,
    YES_WORD,
    YES_WORDS,
    Identity,
)


@dataclass(frozen=True)
class SchoolToVerify:
    """One school in the workbook; ``summary`` is its provisional total and colour in words."""

    code: str
    name: str
    state: str
    answered: str
    summary: str
    answers: Mapping[str, Answer]
    self_ratings: Mapping[str, Rating]


@dataclass(frozen=True)
class VerificationForm:
    """All that a verification workbook shows."""

    framework: Framework
    identity: Identity
    name: str
    lines: tuple[str, str]
    marks: str
    made: datetime
    schools: Sequence[SchoolToVerify]


def write_verification(form: VerificationForm) -> bytes:
    """The workbook as bytes; the same form gives the same bytes."""
    book = Book(f"แบบตรวจสอบ {form.name} รอบ {form.identity.round}", form.made, form.marks)
    book.guide(f"แบบตรวจสอบผลการประเมิน {form.name}", form.lines, form.marks, _STEPS)
    schools = book.sheet(SCHOOLS_COLUMNS.sheet, [14, 34, 18, 10, 28, 22])
    rows = book.sheet(VERIFY_COLUMNS.sheet, [13, 22, 8, 30, 12, 26, 13, 28])
    ranges = book.lists(
        {
            "levels": [AGREE, *level_list(form.framework), NA_CHOICE],
            "accepted": [AGREE, *accepted_list(form.framework)],
            "yes": [YES_WORD],
            "yes-accepted": [AGREE, *sorted(word.upper() for word in YES_WORDS | NO_WORDS)],
        }
    )
    _schools(book, schools, form, ranges)
    _rows(book, rows, form, ranges)
    book.identity(form.identity, form.name)
    rows.activate()
    return book.close()


_STEPS: Final = (
    f"แผ่น “{VERIFY_COLUMNS.sheet}” มีหนึ่งแถวต่อหนึ่งตัวชี้วัดของแต่ละโรงเรียน กรอกระดับที่ตรวจสอบในช่องสีเหลือง",
    f"เลือก “{AGREE}” เมื่อเห็นตามที่โรงเรียนประเมิน หรือเลือกระดับอื่น หรือพิมพ์เฉพาะตัวเลข 1 ถึง 5",
    f"แผ่น “{SCHOOLS_COLUMNS.sheet}” เลือก “{YES_WORD}” เมื่อเห็นตามที่โรงเรียนประเมินในทุกข้อที่เว้นว่างไว้",
    f"เมื่อระบุ “{NA_CHOICE}” ทั้งที่โรงเรียนไม่ได้ระบุ หรือให้ระดับต่างจากที่คำนวณจากข้อมูล ให้เขียนข้อสังเกตด้วย"
    " ระดับที่ต่ำกว่าโรงเรียนประเมินควรมีข้อสังเกตให้โรงเรียนทราบเหตุผล",
    f"ข้อสังเกตยาวไม่เกิน {MAX_REMARK:,} อักขระ ข้อผิดพลาดของโรงเรียนใดกระทบเฉพาะโรงเรียนนั้น โรงเรียนอื่นยังนำเข้าได้",
    "อย่าเปลี่ยนชื่อแผ่น ย้ายคอลัมน์ หรือลบแผ่นที่ซ่อนไว้",
)


def _schools(book: Book, sheet: Worksheet, form: VerificationForm, ranges: Mapping[str, str]) -> None:
    book.heading(sheet, (f"โรงเรียนที่ตรวจสอบ {form.name}", form.lines[0]), form.marks)
    book.header_row(sheet, SCHOOLS_COLUMNS.header_row, list(SCHOOLS_COLUMNS.headings.values()))
    sheet.freeze_panes(SCHOOLS_COLUMNS.header_row, 2)
    row = SCHOOLS_COLUMNS.header_row
    for school in form.schools:
        texts = (school.name, school.state, school.answered, school.summary)
        book.row(sheet, row, [(school.code, "code"), *((text, "text") for text in texts), ("", "entry")])
        row += 1
    if form.schools:
        cells = f"F{SCHOOLS_COLUMNS.header_row + 1}:F{row}"
        book.drop_down(sheet, cells, ranges["yes"], ranges["yes-accepted"], "เลือก “ใช่” เมื่อเห็นตามทุกข้อที่เว้นว่าง")
    book.protect(sheet)


def _rows(book: Book, sheet: Worksheet, form: VerificationForm, ranges: Mapping[str, str]) -> None:
    book.heading(sheet, (f"ตรวจสอบผลการประเมิน {form.name}", form.lines[0]), form.marks)
    book.header_row(sheet, VERIFY_COLUMNS.header_row, list(VERIFY_COLUMNS.headings.values()))
    sheet.freeze_panes(VERIFY_COLUMNS.header_row, 4)
    row = VERIFY_COLUMNS.header_row
    for school in form.schools:
        for indicator in form.framework.indicators:
            _row(book, sheet, row, school, indicator)
            row += 1
    if form.schools:
        sheet.autofilter(VERIFY_COLUMNS.header_row - 1, 0, row - 1, len(VERIFY_COLUMNS.headings) - 1)
        cells = f"G{VERIFY_COLUMNS.header_row + 1}:G{row}"
        book.drop_down(sheet, cells, ranges["levels"], ranges["accepted"], f"เลือก “{AGREE}” หรือระดับ")
    book.protect(sheet)


def _row(book: Book, sheet: Worksheet, row: int, school: SchoolToVerify, indicator: Indicator) -> None:
    answer = school.answers.get(indicator.id, UNANSWERED)
    cells = [
        (school.code, "code"),
        (school.name, "text"),
        (indicator.label, "code"),
        (indicator.title, "text"),
        (choice_of(indicator, school.self_ratings.get(indicator.id)), "text"),
        ("\n".join(text for text in (answer.self_reason, answer.self_remark) if text), "small"),
        (choice_of(indicator, answer.verified_rating), "entry"),
        (answer.verified_remark, "entry"),
    ]
    book.row(sheet, row, cells)
