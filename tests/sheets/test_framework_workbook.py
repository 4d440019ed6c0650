"""A whole edition goes out as a workbook and comes back the same; what is at fault is told at its cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from khunnaphap.core.edition import content_of
from khunnaphap.core.edition_checks import contradictions
from khunnaphap.core.framework import Framework
from khunnaphap.frameworks.queries import shipped_edition
from khunnaphap.sheets.contract import Identity
from khunnaphap.sheets.framework_contract import FRAMEWORK_SHEETS
from khunnaphap.sheets.framework_form import FrameworkForm, write_framework
from khunnaphap.sheets.framework_reading import FrameworkHandIn, read_framework
from khunnaphap.sheets.opening import open_workbook
from tests.core.editions import editions
from tests.sheets.books import MADE

INDICATORS, BANDS, MEASURES = "ตัวชี้วัด", "แถบสี", "วิธีคำนวณระดับ"


def written(framework: Framework) -> bytes:
    identity = Identity("framework", framework.code, "-", "0" * 64)
    return write_framework(FrameworkForm(identity, "ฉบับทดสอบ", "ตัวอย่าง", MADE, framework))


def read(content: bytes) -> FrameworkHandIn:
    return read_framework(open_workbook(content, FRAMEWORK_SHEETS))


def changed(content: bytes, change: Callable[[Any], None]) -> FrameworkHandIn:
    """Read again after another program changed the workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return read(stream.getvalue())


@pytest.fixture(scope="module")
def content(framework: Framework) -> bytes:
    return written(framework)


def test_the_shipped_edition_comes_back_without_loss(content: bytes) -> None:
    hand_in = read(content)
    assert (hand_in.findings.problems, hand_in.findings.warnings) == ([], [])
    assert content_of(hand_in.framework) == shipped_edition()


def test_it_comes_back_the_same_through_another_program(content: bytes, framework: Framework) -> None:
    hand_in = changed(content, lambda book: None)
    assert (hand_in.findings.problems, hand_in.framework) == ([], framework)


def test_the_same_edition_gives_the_same_bytes(content: bytes, framework: Framework) -> None:
    assert written(framework) == content


@settings(max_examples=40, deadline=None)
@given(editions())
def test_any_edition_comes_back_without_loss(made: Framework) -> None:
    assert list(contradictions(made)) == []
    hand_in = read(written(made))
    assert (hand_in.findings.problems, hand_in.framework) == ([], made)


def test_rows_may_be_inserted_and_moved_and_their_order_is_the_printed_one(content: bytes) -> None:
    def change(book: Any) -> None:
        sheet = book[INDICATORS]
        sheet.insert_rows(5, amount=2)
        for column in range(1, 15):
            sheet.cell(5, column).value = sheet.cell(8, column).value
            sheet.cell(8, column).value = None

    hand_in = changed(content, change)
    assert hand_in.findings.problems == []
    assert [one.id for one in hand_in.framework.indicators[:3]] == ["activity-areas", "building-soundness", "housing"]


FAULTS = [
    ("ฉบับ", "A5", "เกณฑ์ใหม่", "id-invalid"),
    ("ฉบับ", "B5", None, "field-lacking"),
    ("ฉบับ", "A6", "second", "row-twice"),
    ("ระดับคุณภาพ", "A6", 3, "levels-number"),
    ("ระดับคุณภาพ", "B8", "ดี", "row-twice"),
    ("ระดับคุณภาพ", "D6", "สอง", "not-a-number"),
    (BANDS, "A6", "ชมพู", "choice-unknown"),
    (BANDS, "A6", "ม่วง", "row-twice"),
    (BANDS, "C5", 101, "bands-order"),
    (BANDS, "C6", 90, "bands-order"),
    (BANDS, "C10", 1, "bands-order"),
    (BANDS, "C7", "1/0", "not-a-number"),
    ("องค์ประกอบ", "E5", 0, "weight-invalid"),
    ("องค์ประกอบ", "B6", "1", "row-twice"),
    ("ประเด็น", "B5", "nothing", "reference-unknown"),
    (INDICATORS, "A5", "รหัส", "id-invalid"),
    (INDICATORS, "A6", "building-soundness", "row-twice"),
    (INDICATORS, "B5", "nothing", "reference-unknown"),
    (INDICATORS, "C6", "1.1.1", "row-twice"),
    (INDICATORS, "G5", 0, "weight-invalid"),
    (INDICATORS, "H5", "1, 2", "points-number"),
    (INDICATORS, "H5", "0, 0, 0, 0, 0", "points-invalid"),
    (INDICATORS, "K5", None, "field-lacking"),
    (INDICATORS, "J5", "ก" * 2001, "text-too-long"),
    ("ข้อมูลประกอบ", "A6", "teachers", "row-twice"),
    ("ข้อมูลประกอบ", "F5", "ตัวเลข", "choice-unknown"),
    (MEASURES, "A6", "performance-agreement", "row-twice"),
    (MEASURES, "A5", "nothing", "reference-unknown"),
    (MEASURES, "C5", "nothing", "reference-unknown"),
    (MEASURES, "D5", "media-raised-achievement", "fact-kind-differs"),
    (MEASURES, "E5", "national", "measure-differs"),
    (MEASURES, "F5", "50, 40, 60, 70", "bounds-order"),
    (MEASURES, "F5", "50, 60, 70", "bounds-order"),
    (MEASURES, "F5", "50; 60", "not-a-number"),
    ("เงื่อนไขของระดับ", "B5", 1, "level-unknown"),
    ("เงื่อนไขของระดับ", "C5", "teachers", "fact-kind-differs"),
    ("ระดับตามผล", "B6", "AA", "row-twice"),
    ("ระดับตามผล", "C5", 6, "level-unknown"),
    ("กรณีไม่เกี่ยวข้อง", "B5", "nothing", "reference-unknown"),
    ("กรณีไม่เกี่ยวข้อง", "C5", "บางครั้ง", "choice-unknown"),
    ("การทดสอบ", "C5", "ป.9", "choice-unknown"),
    ("วิชาที่ทดสอบ", "A5", "nothing", "reference-unknown"),
    ("วิชาที่ทดสอบ", "B5", "teachers", "fact-kind-differs"),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "code"), FAULTS)
def test_a_planted_fault_is_told_at_its_cell(content: bytes, sheet: str, cell: str, value: object, code: str) -> None:
    hand_in = changed(content, lambda book: book[sheet].__setitem__(cell, value))
    told = {(problem.sheet, problem.cell): problem for problem in hand_in.findings.problems}
    assert (sheet, cell) in told
    assert told[sheet, cell].code == code
    assert told[sheet, cell].mend


def test_a_condition_of_an_indicator_without_a_share_is_told(content: bytes) -> None:
    def change(book: Any) -> None:
        book["เงื่อนไขของระดับ"]["A5"] = "housing"
        book["ระดับตามผล"]["A5"] = "internet"

    problems = changed(content, change).findings.problems
    places = [(problem.sheet, problem.cell, problem.code) for problem in problems]
    # a grade that lost its row is told where the measure stands
    assert places[:2] == [("เงื่อนไขของระดับ", "A5", "measure-differs"), ("ระดับตามผล", "A5", "measure-differs")]


def test_many_faults_are_told_at_once(content: bytes) -> None:
    def change(book: Any) -> None:
        book[BANDS]["C6"] = "แปดสิบ"
        book[INDICATORS]["G5"] = 0
        book[INDICATORS]["B9"] = "nothing"
        book[MEASURES]["F5"] = "1, 1"

    codes = sorted(problem.code for problem in changed(content, change).findings.problems)
    assert codes == ["bounds-order", "not-a-number", "reference-unknown", "weight-invalid"]


def test_a_dropped_aspect_is_told_where_its_indicators_refer_to_it(content: bytes) -> None:
    problems = changed(content, lambda book: book["ประเด็น"].delete_rows(5)).findings.problems
    assert {(problem.sheet, problem.code) for problem in problems} == {(INDICATORS, "reference-unknown")}
    assert [problem.cell for problem in problems] == ["B5", "B6", "B7"]


def test_a_component_left_without_aspects_is_told(content: bytes) -> None:
    def change(book: Any) -> None:
        book["องค์ประกอบ"]["A10"], book["องค์ประกอบ"]["B10"], book["องค์ประกอบ"]["C10"] = "more", "6", "เพิ่ม"
        book["องค์ประกอบ"]["E10"] = 1

    (problem,) = changed(content, change).findings.problems
    assert (problem.sheet, problem.cell, problem.code) == ("องค์ประกอบ", "A10", "group-empty")


@pytest.mark.parametrize("sheet", FRAMEWORK_SHEETS)
def test_a_missing_sheet_is_told_and_nothing_is_taken_for_granted(content: bytes, sheet: str) -> None:
    problems = changed(content, lambda book: book.remove(book[sheet])).findings.problems
    assert [(problem.code, problem.sheet) for problem in problems] == [("sheet-lacking", sheet)]


def test_a_level_column_without_its_level_is_told(content: bytes) -> None:
    problems = changed(content, lambda book: book["ระดับคุณภาพ"].delete_rows(9)).findings.problems
    assert ("levels-number", INDICATORS, "N4") in [(one.code, one.sheet, one.cell) for one in problems]


def test_a_level_without_its_column_is_told(content: bytes) -> None:
    def change(book: Any) -> None:
        for column, value in enumerate((6, "เหนือชั้น", "Beyond", 6), 1):
            book["ระดับคุณภาพ"].cell(10, column).value = value

    problems = changed(content, change).findings.problems
    assert [(one.code, one.sheet, one.cell) for one in problems] == [("heading-differs", INDICATORS, "O4")]


def test_weights_too_fine_to_add_up_are_told(content: bytes) -> None:
    def change(book: Any) -> None:
        book[INDICATORS]["G5"], book[INDICATORS]["G6"] = "1/999999937", "1/999999929"

    (problem,) = changed(content, change).findings.problems
    assert (problem.sheet, problem.cell, problem.code) == ("องค์ประกอบ", "E5", "weight-too-fine")


def test_wording_keeps_its_thai_digits_and_is_never_a_formula(content: bytes) -> None:
    def change(book: Any) -> None:
        book[INDICATORS]["D5"].value = "=๑ โรงเรียน ๑ อาชีพ"
        book[INDICATORS]["D5"].data_type = "s"

    assert changed(content, change).framework.indicators[0].title == "=๑ โรงเรียน ๑ อาชีพ"
