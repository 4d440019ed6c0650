"""What is passed over is told, a cell's type matters, and what is the people's own never refuses a file."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from khunnaphap.core.framework import Framework
from khunnaphap.core.problems import Refusal
from khunnaphap.sheets.container import MAX_FILE, open_package
from khunnaphap.sheets.contract import claims_of
from khunnaphap.sheets.copies import copied_sheets
from khunnaphap.sheets.opening import open_workbook

from .books import (
    ANSWERS,
    SCHOOL,
    SCHOOLS,
    changed,
    edited,
    parts_of,
    reading_of,
    replaced,
    row_of,
    saved,
    school_workbook,
    verification_of,
    verification_workbook,
    with_part,
    zipped,
)

IDENTITY = "_khunnaphap"
LEVEL, REMARK, OWN = (ANSWERS, "I7"), (ANSWERS, "K7"), (ANSWERS, "N7")


@pytest.fixture(scope="module")
def blank(framework: Framework) -> bytes:
    """A school's workbook, nothing filled in."""
    return school_workbook(framework)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (date(2024, 6, 12), "12 มิถุนายน 2567"),
        (date(2567, 6, 12), "12 มิถุนายน 2567"),
        (datetime(2024, 6, 12, 8, 30), "12 มิถุนายน 2567 08.30 น."),  # noqa: DTZ001 - Excel knows no zones
        (time(16, 30), "16.30 น."),
        (timedelta(hours=26), "26 ชั่วโมง 0 นาที"),
    ],
)
def test_a_remark_that_a_program_made_a_date_is_kept_as_people_write_it(
    typed: Any, kept: str, blank: bytes, framework: Framework
) -> None:
    read = reading_of(edited(blank, {REMARK: typed}), framework)
    assert read.entries["building-soundness"].remark == kept
    assert [(one.code, one.cell) for one in read.findings.warnings] == [("date-as-text", "K7")]
    assert not read.findings.problems


@pytest.mark.parametrize("text", ["ปรับปรุง ๒ ห้อง", "ดีมาก 👨\u200d👩\u200d👧"])
def test_free_text_stays_as_typed(text: str, blank: bytes, framework: Framework) -> None:
    assert reading_of(edited(blank, {REMARK: text}), framework).entries["building-soundness"].remark == text


def test_days_of_the_1904_date_system_are_honoured() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.title = SCHOOLS
    sheet["A1"], sheet["A2"] = date(2024, 6, 26), time(16, 30)
    read = open_workbook(saved(book), (SCHOOLS,))[SCHOOLS]
    assert (read.cell("A", 1).text, read.cell("A", 2).text) == ("26 มิถุนายน 2567", "16.30 น.")


@pytest.mark.parametrize(
    ("own", "shown"),
    [("#SPILL!", None), ("#CALC!", None), (1e12, "yyyy-mm-dd"), (-5, "yyyy-mm-dd"), (1e300, "[h]:mm"), ("#REF!", None)],
)
def test_nothing_in_peoples_own_columns_refuses_a_file(
    own: Any, shown: str | None, blank: bytes, framework: Framework
) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book[LEVEL[0]][LEVEL[1]] = 4
        cell = book[OWN[0]][OWN[1]]
        cell.value = own
        if shown:
            cell.number_format = shown
        else:
            cell.data_type = "e"

    read = reading_of(changed(blank, fill), framework)
    assert read.entries["building-soundness"].rating == 4
    assert read.findings.problems == []


def test_a_new_error_in_a_cell_that_is_read_is_told_there(blank: bytes, framework: Framework) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        cell = book[LEVEL[0]][LEVEL[1]]
        cell.value, cell.data_type = "#SPILL!", "e"

    problems = reading_of(changed(blank, fill), framework).findings.problems
    assert [(one.code, one.cell) for one in problems] == [("error-value", "I7")]
    assert "#SPILL!" in problems[0].message


@pytest.mark.parametrize("name", ["แบบประเมิน (2)", "ตอบแล้ว"])
def test_a_copy_of_a_sheet_is_told_by_its_name(name: str, blank: bytes) -> None:
    def copy(book: openpyxl.Workbook) -> None:
        sheet = book.copy_worksheet(book[ANSWERS])
        sheet.title = name
        sheet["I7"] = 4

    told = list(copied_sheets(open_workbook(changed(blank, copy)), "school"))
    assert [(one.code, one.sheet) for one in told] == [("sheet-copied", name)]
    assert ANSWERS in told[0].message


def test_a_sheet_of_ones_own_is_no_copy(blank: bytes) -> None:
    def own(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("ของฉัน")
        for column, word in enumerate(["ข้อ", "ตัวชี้วัด", "ผู้รับผิดชอบ"], 1):
            sheet.cell(4, column, word)

    assert list(copied_sheets(open_workbook(changed(blank, own)), "school")) == []


def test_a_formula_in_the_identity_is_told_as_one(blank: bytes) -> None:
    row = row_of(blank, IDENTITY, "round")
    with pytest.raises(Refusal) as refused:
        claims_of(open_workbook(edited(blank, {(IDENTITY, f"B{row}"): '="2567"&"/1"'})))
    assert (refused.value.problem.code, refused.value.problem.cell) == ("formula-without-value", f"B{row}")


def test_an_identity_that_says_two_things_is_refused(blank: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        claims_of(open_workbook(edited(blank, {(IDENTITY, "A20"): "school", (IDENTITY, "B20"): "1052500197"})))
    assert (refused.value.problem.code, refused.value.problem.cell) == ("identity-twice", "B20")


def test_a_mark_of_direction_before_a_code_is_told(framework: Framework) -> None:
    content = edited(
        verification_workbook(framework), {(SCHOOLS, "A5"): f"\u200f{SCHOOL}", (SCHOOLS, "F5"): "\u200eใช่"}
    )
    school = verification_of(content, framework).schools[SCHOOL]
    assert school.agree_rest
    assert [(one.code, one.cell) for one in school.findings.warnings] == [
        ("direction-marks", "A5"),
        ("direction-marks", "F5"),
    ]


def test_a_mark_that_turns_digits_round_is_refused(blank: bytes, framework: Framework) -> None:
    problems = reading_of(edited(blank, {REMARK: "มี \u202e21 ห้อง"}), framework).findings.problems
    assert [(one.code, one.cell) for one in problems] == [("control-characters", "K7")]


def test_two_rows_that_speak_of_one_school_are_told(framework: Framework) -> None:
    content = verification_workbook(framework, (SCHOOL, "1052500197"))
    content = edited(content, {(SCHOOLS, "F5"): "ใช่", (SCHOOLS, "A6"): SCHOOL, (SCHOOLS, "F6"): "ไม่ใช่"})
    problems = verification_of(content, framework).schools[SCHOOL].findings.problems
    assert [(one.code, one.cell) for one in problems] == [("row-twice", "F6")]


def test_a_file_over_the_limit_because_of_pictures_says_which(blank: bytes) -> None:
    noise = bytes((n * n * 7919 >> 5) & 255 for n in range(1 << 16))
    big = zipped({**parts_of(blank), "xl/media/image1.jpeg": noise * (MAX_FILE // len(noise) + 2)}, method=0)
    with pytest.raises(Refusal) as refused:
        open_package(big)
    assert refused.value.problem.code == "file-too-large"
    assert "image1.jpeg 10." in refused.value.problem.message
    with pytest.raises(Refusal) as refused:
        open_package(big[: MAX_FILE + 10])
    assert "รูปภาพ" not in refused.value.problem.message


def test_styles_in_single_quotes_are_taken_off_too(blank: bytes, framework: Framework) -> None:
    """A day that no calendar has, written by another program's hand."""
    dated = changed(blank, lambda book: setattr(book[ANSWERS]["N7"], "value", date(2024, 1, 1)))
    path = next(name for name, part in parts_of(dated).items() if b'r="N7"' in part)
    style = parts_of(dated)[path].split(b'r="N7" s="')[1].split(b'"')[0].decode()
    strange = replaced(dated, path, f'<c r="N7" s="{style}"', f"<c s='{style}' r=\"N7\"")
    strange = with_part(strange, path, lambda xml: xml.replace(b"<v>45292</v>", b"<v>99999999</v>"))
    assert reading_of(strange, framework).findings.problems == []
