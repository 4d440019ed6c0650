"""The workbooks that we write: A4, legible, locked but for what is asked, and the same bytes for the same record."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest

from khunnaphap.core.completeness import Answer
from khunnaphap.core.framework import Framework
from khunnaphap.core.grades import as_code, as_words
from khunnaphap.sheets.heights import lines_of, row_height
from khunnaphap.sheets.summary_form import SummaryForm, SummaryRow, write_summary

from .books import (
    ANSWERS,
    FACTS,
    PRIMARY,
    SCHOOLS,
    VERIFY,
    parts_of,
    row_of,
    school_workbook,
    verification_workbook,
)


def summary() -> bytes:
    """A colour summary with a school whose name looks like a formula."""
    return write_summary(
        SummaryForm(
            title="สรุปกลุ่มสี รอบ 2567/1",
            line="ฉบับตัวอย่าง",
            marks="ข้อมูลสมมุติ",
            made=datetime(2024, 1, 12, tzinfo=UTC),
            components=("1", "2"),
            bands=(("purple", "ม่วง"), ("red", "แดง")),
            rows=(
                SummaryRow(
                    "เขต 3", "0052500312", "=1+1", "ลำปาง", "purple", "ม่วง", "ตรวจสอบแล้ว", "91.42", ("90.00", ""), "@x"
                ),
                SummaryRow(
                    "เขต 3", "1052500197", "http://x", "ลำปาง", "", "ยังจัดกลุ่มไม่ได้", "ชั่วคราว", "", ("", ""), "ขาด"
                ),
            ),
        )
    )


@pytest.fixture(scope="module", params=["school", "verification", "summary"])
def content(request: pytest.FixtureRequest, framework: Framework) -> bytes:
    """Each kind of workbook."""
    return {"school": lambda: school_workbook(framework), "verification": lambda: verification_workbook(framework)}.get(
        request.param, summary
    )()


def visible(content: bytes) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [sheet for sheet in book if sheet.sheet_state == "visible"]


def test_every_sheet_prints_on_a4_one_page_wide_with_its_marks(content: bytes) -> None:
    for sheet in visible(content):
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert "ข้อมูลสมมุติ" in sheet.oddFooter.left.text
        assert "&P" in sheet.oddFooter.right.text
        assert sheet["A4"].value is None or sheet.title == "คำชี้แจง" or sheet.print_title_rows == "$4:$4"


def test_rows_are_high_enough_for_their_texts(content: bytes) -> None:
    for sheet in visible(content):
        widths = {n: each.width for each in sheet.column_dimensions.values() for n in range(each.min, each.max + 1)}
        for row in sheet.iter_rows(min_row=5):
            height = sheet.row_dimensions[row[0].row].height or sheet.sheet_format.defaultRowHeight
            for cell in row:
                if cell.alignment.wrap_text and isinstance(cell.value, str):
                    size = cell.font.size
                    lines = lines_of(cell.value, widths[cell.column], size)
                    assert min(lines * size * 1.3, 405) <= height, cell.coordinate


def test_every_text_is_in_the_papers_font(content: bytes) -> None:
    for sheet in visible(content):
        fonts = {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert fonts == {"TH Sarabun New"}


def test_same_record_gives_the_same_bytes(framework: Framework) -> None:
    assert school_workbook(framework) == school_workbook(framework)
    assert verification_workbook(framework) == verification_workbook(framework)
    assert summary() == summary()


def test_only_entry_cells_are_unlocked_and_they_are_coloured(framework: Framework) -> None:
    entries = {ANSWERS: set("IJK"), FACTS: set("F"), VERIFY: set("GH"), SCHOOLS: set("F"), "คำชี้แจง": set()}
    for content in (school_workbook(framework), verification_workbook(framework)):
        for sheet in visible(content):
            assert sheet.protection.sheet
            free = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
            assert {cell.column_letter for cell in free} == entries[sheet.title]
            assert {cell.fill.start_color.rgb for cell in free} <= {"FFFFF9E3"}


def test_five_sentences_stand_in_sight_and_choices_in_lists(framework: Framework) -> None:
    book = openpyxl.load_workbook(io.BytesIO(school_workbook(framework)))
    indicator = framework.by_id["building-soundness"]
    assert [cell.value for cell in book[ANSWERS][7][2:7]] == [level.descriptor for level in indicator.levels]
    assert book["_lists"].sheet_state == book["_khunnaphap"].sheet_state == "hidden"
    assert [cell.value for cell in book["_lists"]["A"]][:6] == [
        "5 ยอดเยี่ยม", "4 ดีเลิศ", "3 ดี", "2 ปานกลาง", "1 กำลังพัฒนา", "N/A ไม่เกี่ยวข้อง",
    ]  # fmt: skip


def test_test_means_are_asked_only_of_grades_that_are_taught(framework: Framework) -> None:
    book = openpyxl.load_workbook(io.BytesIO(school_workbook(framework, grades=frozenset(["M1", "M2", "M3"]))))
    asked = {cell.value for cell in book[FACTS]["A"]}
    assert "onet-m3-thai" in asked
    assert not {"nt-thai", "rt-reading-aloud", "onet-m6-thai"} & asked


def test_grades_stand_where_a_program_and_a_person_see_them(framework: Framework) -> None:
    book = openpyxl.load_workbook(io.BytesIO(school_workbook(framework, grades=PRIMARY | {"M4", "M6"})))
    said = {key.value: value.value for key, value in book["_khunnaphap"].iter_rows(max_col=2)}
    assert said["grades"] == "K2-P6,M4,M6"
    assert str(book[FACTS]["A2"].value).endswith("ชั้นที่เปิดสอน อ.2-ป.6, ม.4, ม.6")
    assert as_code(frozenset(["P1"])) == "P1"
    assert as_code(frozenset(["K3", "P1"])) == "K3-P1"
    assert as_code(frozenset()) == as_words(frozenset()) == ""


def test_number_cells_say_what_they_ask_and_block_nothing(framework: Framework) -> None:
    content = school_workbook(framework)
    sheet = openpyxl.load_workbook(io.BytesIO(content))[FACTS]
    hints = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    count, mean = (hints[f"F{row_of(content, FACTS, fact)}"] for fact in ("teachers", "nt-thai"))
    assert (count.type, count.operator, count.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert (mean.type, mean.formula1, mean.formula2) == ("decimal", "0", "100")
    assert not any(one.showErrorMessage for one in hints.values())
    assert all(one.prompt for one in hints.values())
    coloured = {str(ranges.sqref) for ranges in sheet.conditional_formatting}
    assert set(hints) == coloured


def test_wrapped_text_stands_off_its_border(framework: Framework) -> None:
    book = openpyxl.load_workbook(io.BytesIO(school_workbook(framework)))
    looks = [book[ANSWERS][f"{column}7"].alignment for column in "BCDEFGIJK"]
    assert {(look.horizontal, look.indent) for look in looks} == {("left", 1)}


def test_no_text_becomes_a_formula_a_link_or_a_number(framework: Framework) -> None:
    for content in (summary(), school_workbook(framework, {"building-soundness": Answer(4, "=1+1", "http://x")})):
        sheets = [xml for name, xml in parts_of(content).items() if "worksheets/" in name]
        assert sheets
        assert not any(b"<f>" in xml or b"hyperlink" in xml for xml in sheets)
    names = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(summary()))["รายโรงเรียน"]["C"]]
    codes = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(summary()))["รายโรงเรียน"]["B"]]
    assert "=1+1" in names
    assert "0052500312" in codes


def test_thai_marks_take_no_width() -> None:
    assert lines_of("ก" * 10, 10, 14) == 1
    assert lines_of("กี่" * 10, 10, 14) == 1
    assert lines_of("ก" * 40, 10, 14) == 4
    assert lines_of("ก\nข\n\nค", 10, 14) == 4
    assert row_height([]) == 21
    assert row_height([("ก" * 100_000, 10, 14)]) == 409
