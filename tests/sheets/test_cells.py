"""What people type into a cell, and what it means; what means nothing is told at its cell."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from khunnaphap.core.framework import NA, Framework
from khunnaphap.core.problems import Problem

from .books import (
    ANSWERS,
    FACTS,
    SCHOOL,
    VERIFY,
    changed,
    edited,
    reading_of,
    row_of,
    school_workbook,
    verification_of,
    verification_workbook,
    with_part,
)
from .hostile import SHEET

LEVEL = (ANSWERS, "I7")


@pytest.fixture(scope="module")
def blank(framework: Framework) -> bytes:
    """A school's workbook, nothing filled in."""
    return school_workbook(framework)


def only(problems: list[Problem]) -> tuple[str, str, str]:
    """The one problem's code and place."""
    assert len(problems) == 1, problems
    return problems[0].code, problems[0].sheet, problems[0].cell


@pytest.mark.parametrize(
    ("typed", "rating"),
    [
        ("4 ดีเลิศ", 4), (4, 4), (4.0, 4), ("4", 4), ("๔", 4), (" ４ ", 4), ("ดีเลิศ", 4), ("4.0", 4), ("04", 4),
        ("4\u00a0ดีเลิศ", 4), ("4\u200bดีเลิศ", 4), ("\ufeff4  ดีเลิศ\n", 4), ("๔ ดีเลิศ", 4), ("4ดีเลิศ", 4),
        ("1 กำลังพัฒนา", 1), ("1 กําลังพัฒนา", 1), (5, 5), ("N/A", NA), ("na", NA), ("ไม่เกี่ยวข้อง", NA),
        ("N/A ไม่เกี่ยวข้อง", NA), ("n/a  ไม่เกี่ยวข้อง ", NA), ("", None), ("  \u200b ", None),
    ],
)  # fmt: skip
def test_level_is_read_however_it_is_typed(typed: Any, rating: Any, blank: bytes, framework: Framework) -> None:
    read = reading_of(edited(blank, {LEVEL: typed}), framework)
    assert not read.findings.problems
    assert (read.entries["building-soundness"].rating if read.entries else None) == rating


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        (6, "level-unknown", "“6”"), (0, "level-unknown", "“0”"), (-1, "level-unknown", "“-1”"),
        (4.5, "level-unknown", "“4.5”"), (44, "level-unknown", "“44”"), (True, "level-unknown", "“TRUE”"),
        ("4 ดี", "level-name-differs", "ระดับ 4 ชื่อ “ดีเลิศ”"), ("ดีมาก", "level-unknown", "“ดีมาก”"),
        ("4.5 ดีเลิศ", "level-unknown", "“4.5 ดีเลิศ”"), ("-", "level-unknown", "“-”"), ("4,5", "level-unknown", "“4,5”"),
        (date(2024, 4, 1), "level-unknown", "วันที่"), (time(4, 0), "level-unknown", "เวลา"),
        ("ก" * 500, "level-unknown", "ก" * 60 + "…"),
    ],
)  # fmt: skip
def test_unknown_level_is_told_at_its_cell(
    typed: Any, code: str, told: str, blank: bytes, framework: Framework
) -> None:
    read = reading_of(edited(blank, {LEVEL: typed}), framework)
    assert only(read.findings.problems) == (code, *LEVEL)
    assert told in read.findings.problems[0].message
    assert "building-soundness" in read.faulty


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        ("teachers", 44, 44), ("teachers", "๔๔", 44), ("teachers", "1,234", 1234), ("teachers", 0, 0),
        ("teachers", "44.0", 44), ("lodging-needed", "ไม่ใช่", False), ("lodging-needed", "มี", True),
        ("lodging-needed", True, True), ("lodging-needed", 0, False), ("ita-grade", "aa", "AA"),
        ("nt-thai", 55.75, Fraction("55.75")), ("nt-thai", "๕๕.๗๕", Fraction("55.75")), ("nt-thai", 100, 100),
        ("nt-thai", 0.1 + 0.2, Fraction("0.3")), ("nt-thai", 33.333333333333336, Fraction("33.3333333333333")),
    ],
)  # fmt: skip
def test_fact_is_read_exactly(fact: str, typed: Any, value: Any, blank: bytes, framework: Framework) -> None:
    cell = (FACTS, f"F{row_of(blank, FACTS, fact)}")
    read = reading_of(edited(blank, {cell: typed}), framework)
    assert not read.findings.problems
    assert read.facts == {fact: value}


@pytest.mark.parametrize(
    ("fact", "typed", "code"),
    [
        ("teachers", 4.5, "count-invalid"), ("teachers", -1, "count-invalid"), ("teachers", 0.25, "count-invalid"),
        ("teachers", 10_000_001, "count-invalid"), ("teachers", 1e300, "not-a-number"),
        ("teachers", "สี่สิบ", "not-a-number"),
        ("teachers", "12,5", "not-a-number"), ("teachers", "1 2", "not-a-number"),
        ("teachers", True, "not-a-number"), ("teachers", date(2024, 2, 1), "not-a-number"),
        ("teachers", datetime(2024, 2, 1, 8, 30), "not-a-number"),  # noqa: DTZ001 - Excel knows no zones
        ("nt-thai", 100.01, "mean-invalid"), ("nt-thai", -0.5, "mean-invalid"), ("nt-thai", "72,5", "not-a-number"),
        ("lodging-needed", "บางคน", "fact-unknown"), ("lodging-needed", 2, "fact-unknown"),
        ("ita-grade", "G", "fact-unknown"),
    ],
)  # fmt: skip
def test_impossible_fact_is_told_at_its_cell(
    fact: str, typed: Any, code: str, blank: bytes, framework: Framework
) -> None:
    cell = (FACTS, f"F{row_of(blank, FACTS, fact)}")
    read = reading_of(edited(blank, {cell: typed}), framework)
    assert only(read.findings.problems) == (code, *cell)
    assert not read.facts


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_error_is_no_blank_cell(error: str, blank: bytes, framework: Framework) -> None:
    read = reading_of(edited(blank, {LEVEL: error}), framework)
    assert only(read.findings.problems) == ("error-value", *LEVEL)
    assert error in read.findings.problems[0].message


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=cmd|'/C calc'!A0", "=cmd|'/C calc'!A0"), ("'=1+1", "'=1+1"), ("@SUM(A1)", "@SUM(A1)"), ("+66 2", "+66 2"),
        ("-", "-"), ("http://example.com", "http://example.com"), ("0052", "0052"), ("TRUE", "TRUE"),
        ("บรรทัดแรก\r\nบรรทัดสอง", "บรรทัดแรก\nบรรทัดสอง"), ("ก\u200bข", "กข"), ("เเม่", "แม่"), ("_x0041_", "_x0041_"),
    ],
)  # fmt: skip
def test_remark_survives_writing_and_reading(text: str, kept: str, framework: Framework) -> None:
    from khunnaphap.core.completeness import Answer

    content = school_workbook(framework, {"building-soundness": Answer(self_remark=text)})
    read = reading_of(content, framework)
    assert read.entries["building-soundness"].remark == kept
    assert not read.findings.problems


def test_control_characters_and_long_texts_are_told(blank: bytes, framework: Framework) -> None:
    from .books import replaced

    content = edited(blank, {(ANSWERS, "K7"): "ดังQQQนี้", (ANSWERS, "J8"): "ก" * 501, (ANSWERS, "K8"): "ข" * 2000})
    read = reading_of(replaced(content, SHEET, "QQQ", "_x0007_"), framework)
    told = {(problem.code, problem.cell) for problem in read.findings.problems}
    assert told == {("control-characters", "K7"), ("text-too-long", "J8")}
    assert "U+0007" in read.findings.problems[0].message
    assert read.entries["activity-areas"].remark == "ข" * 2000


def test_what_the_paper_cannot_draw_is_a_warning(blank: bytes, framework: Framework) -> None:
    read = reading_of(edited(blank, {(ANSWERS, "K7"): "ดีมาก 😀 ကောင်း"}), framework)
    assert not read.findings.problems
    assert only(read.findings.warnings) == ("undrawable-characters", ANSWERS, "K7")
    assert "U+1F600" in read.findings.warnings[0].message
    assert "😀" in read.entries["building-soundness"].remark


def test_merged_rows_are_warned_of(blank: bytes, framework: Framework) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book[ANSWERS]["I7"].value = 4
        book[ANSWERS].merge_cells("I7:I9")

    read = reading_of(changed(blank, merge), framework)
    assert only(read.findings.warnings) == ("merged-cells", ANSWERS, "I7")
    assert list(read.entries) == ["building-soundness"]


def test_many_faults_are_told_at_once(blank: bytes, framework: Framework) -> None:
    faults = {(ANSWERS, "I7"): 9, (ANSWERS, "I8"): "ดี มาก", (ANSWERS, "J9"): "ก" * 600, (FACTS, "F6"): -4}
    read = reading_of(edited(blank, faults), framework)
    assert {(problem.sheet, problem.cell) for problem in read.findings.problems} == set(faults)
    assert all(problem.message and problem.mend for problem in read.findings.problems)


def test_row_filled_twice_is_told_and_a_blank_copy_is_not(blank: bytes, framework: Framework) -> None:
    twice = edited(blank, {LEVEL: 4, (ANSWERS, "A120"): "1.1.1", (ANSWERS, "I120"): 3})
    assert only(reading_of(twice, framework).findings.problems) == ("row-twice", ANSWERS, "A120")
    copied = edited(blank, {LEVEL: 4, (ANSWERS, "A120"): "1.1.1"})
    assert not reading_of(copied, framework).findings.problems
    below = edited(blank, {(ANSWERS, "A120"): "1.1.1", (ANSWERS, "I120"): 3})
    assert reading_of(below, framework).entries["building-soundness"].rating == 3


def test_words_in_a_row_of_no_indicator_are_told(blank: bytes, framework: Framework) -> None:
    strays = {(ANSWERS, "A120"): "9.9.9", (ANSWERS, "I120"): 4, (ANSWERS, "K120"): "หมายเหตุ", (FACTS, "F90"): 7}
    read = reading_of(edited(blank, strays), framework)
    assert [(one.code, one.sheet, one.cell) for one in read.findings.problems] == [
        ("row-unknown", ANSWERS, "A120"),
        ("row-unknown", FACTS, "A90"),
    ]
    assert "“9.9.9”" in read.findings.problems[0].message
    assert "I120, K120" in read.findings.problems[0].message


def test_words_of_no_indicator_in_a_verification_are_told_at_the_school(framework: Framework) -> None:
    strays = {(VERIFY, "C6"): "9.9.9", (VERIFY, "G6"): 4, (VERIFY, "H6"): "หมายเหตุ"}
    read = verification_of(edited(verification_workbook(framework), strays), framework)
    assert only(read.schools[SCHOOL].findings.problems) == ("row-unknown", VERIFY, "A6")


def shown_as(content: bytes, formats: dict[tuple[str, str], tuple[Any, str]]) -> bytes:
    """The workbook with these values in these number formats."""

    def fill(book: openpyxl.Workbook) -> None:
        for (sheet, at), (value, number_format) in formats.items():
            book[sheet][at].value, book[sheet][at].number_format = value, number_format

    return changed(content, fill)


@pytest.mark.parametrize("number_format", ["0%", "0.00%", "0.0%;[Red]-0.0%", '"ร้อยละ" 0%'])
def test_number_shown_as_a_percentage_is_told_at_its_cell(
    number_format: str, blank: bytes, framework: Framework
) -> None:
    mean, count = ((FACTS, f"F{row_of(blank, FACTS, fact)}") for fact in ("nt-thai", "teachers"))
    content = shown_as(blank, {mean: (0.55, number_format), count: (1, number_format), LEVEL: (4, number_format)})
    read = reading_of(content, framework)
    told = {(one.code, one.sheet, one.cell): one for one in read.findings.problems}
    assert set(told) == {("percent-format", *cell) for cell in (mean, count, LEVEL)}
    assert not read.facts
    assert told["percent-format", *mean].message.endswith("คือ 0.55")
    assert "พิมพ์ 55 โดย" in told["percent-format", *mean].mend


@pytest.mark.parametrize("number_format", ["General", '0.00"%"', "0.00\\%", "0.00_%", "@"])
def test_number_beside_a_percent_sign_that_only_stands_there_is_read(
    number_format: str, blank: bytes, framework: Framework
) -> None:
    mean = (FACTS, f"F{row_of(blank, FACTS, 'nt-thai')}")
    read = reading_of(shown_as(blank, {mean: (55, number_format)}), framework)
    assert not read.findings.problems
    assert read.facts == {"nt-thai": 55}


def test_text_in_a_percent_cell_is_read_as_it_stands(blank: bytes, framework: Framework) -> None:
    mean = (FACTS, f"F{row_of(blank, FACTS, 'nt-thai')}")
    content = shown_as(blank, {mean: ("55.5", "0%"), LEVEL: ("4 ดีเลิศ", "0%"), (ANSWERS, "K7"): (0.55, "0%")})
    read = reading_of(content, framework)
    assert not read.findings.problems
    assert read.facts == {"nt-thai": Fraction("55.5")}
    assert (read.entries["building-soundness"].rating, read.entries["building-soundness"].remark) == (4, "55%")


@pytest.mark.parametrize("digits", ["9" * 5000, "1e999", "-1e300"])
def test_number_that_is_too_long_is_called_so(digits: str, blank: bytes, framework: Framework) -> None:
    from .books import replaced

    fact = f"F{row_of(blank, FACTS, 'teachers')}"
    facts = "xl/worksheets/sheet3.xml"
    content = replaced(edited(blank, {(FACTS, fact): 424242}), facts, "<v>424242</v>", f"<v>{digits}</v>")
    read = reading_of(content, framework)
    assert only(read.findings.problems) == ("not-a-number", FACTS, fact)
    assert "ยาวเกินไป" in read.findings.problems[0].message
    text = reading_of(edited(blank, {(FACTS, fact): "9" * 5000}), framework).findings.problems[0]
    assert "ยาวเกินไป" in text.message


def test_moved_headings_and_missing_sheets_are_told(blank: bytes, framework: Framework) -> None:
    inserted = changed(blank, lambda book: book[ANSWERS].insert_cols(2))
    told = reading_of(inserted, framework).findings.problems
    assert {problem.code for problem in told} == {"heading-differs"}
    assert [problem.cell for problem in told] == [f"{letter}4" for letter in "BCDEFGHIJK"]
    lower = changed(blank, lambda book: book[ANSWERS].insert_rows(1))
    assert {problem.code for problem in reading_of(lower, framework).findings.problems} == {"heading-differs"}
    renamed = changed(blank, lambda book: setattr(book[FACTS], "title", "Sheet1"))
    told = reading_of(renamed, framework).findings.problems
    assert [(problem.code, problem.sheet) for problem in told] == [("sheet-lacking", FACTS)]


def test_sheet_without_any_row_is_no_fault(blank: bytes, framework: Framework) -> None:
    read = reading_of(changed(blank, lambda book: book[ANSWERS].delete_rows(5, 200)), framework)
    assert not read.entries
    assert not read.findings.problems


def test_date_of_a_number_cell_is_read_as_what_it_is(blank: bytes, framework: Framework) -> None:
    content = edited(blank, {LEVEL: 4})

    def dated(xml: bytes) -> bytes:
        return xml.replace(b'<c r="I7" ', b'<c r="I7" t="d" ', 1).replace(b"<v>4</v>", b"<v>2024-01-04</v>", 1)

    read = reading_of(with_part(content, SHEET, lambda xml: dated(xml.replace(b' t="n"', b""))), framework)
    assert only(read.findings.problems) == ("level-unknown", *LEVEL)
