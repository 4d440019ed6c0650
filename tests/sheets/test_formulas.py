"""Formulas: the stored value counts, with a warning at the cell; without one the cell is a fault; ours hold none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from khunnaphap.core.completeness import Answer
from khunnaphap.core.framework import NA, Framework
from khunnaphap.core.handin import Entry
from khunnaphap.core.problems import Problem, Refusal
from khunnaphap.sheets.opening import open_workbook

from .books import (
    ANSWERS,
    FACTS,
    edited,
    parts_of,
    reading_of,
    row_of,
    school_workbook,
    verification_of,
    verification_workbook,
    with_part,
)
from .hostile import SHEET

ID = "building-soundness"


def _cell(content: bytes, xml: str, address: str = "I7") -> bytes:
    """The workbook with a cell of the answers sheet written so."""
    pattern = rb'<c r="%s"[^>]*?(/>|>.*?</c>)' % address.encode()
    assert re.search(pattern, parts_of(content)[SHEET])
    return with_part(content, SHEET, lambda sheet: re.sub(pattern, lambda _: xml.encode(), sheet, count=1))


@pytest.fixture(scope="module")
def blank(framework: Framework) -> bytes:
    """A school's workbook, nothing filled in."""
    return school_workbook(framework)


def _places(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.sheet, problem.cell) for problem in problems]


STORED = {
    "a number": ('<c r="I7"><f>2+2</f><v>4</v></c>', 4),
    "a text": ('<c r="I7" t="str"><f>"4 "&amp;"ดีเลิศ"</f><v>4 ดีเลิศ</v></c>', 4),
    "an N/A word": ('<c r="I7" t="str"><f>A1</f><v>ไม่เกี่ยวข้อง</v></c>', NA),
    "a text in the cell": ('<c r="I7" t="inlineStr"><f>A1</f><is><t>๔</t></is></c>', 4),
    "a shared formula": ('<c r="I7"><f t="shared" si="0"/><v>4</v></c>', 4),
    "an array formula": ('<c r="I7"><f t="array" ref="I7">SUM(A1:A2)</f><v>4</v></c>', 4),
    "a data table": ('<c r="I7"><f t="dataTable" ref="I7" dt2D="1" r1="A1" r2="A2"/><v>4</v></c>', 4),
    "a prefix": ('<c r="I7"><x:f xmlns:x="urn:x">2+2</x:f><v>4</v></c>', 4),
}


@pytest.mark.parametrize("name", STORED)
def test_stored_value_is_read_with_a_warning(name: str, blank: bytes, framework: Framework) -> None:
    xml, rating = STORED[name]
    read = reading_of(_cell(blank, xml), framework)
    assert read.entries == {ID: Entry(rating)}
    assert not read.findings.problems
    assert _places(read.findings.warnings) == [("formula-read", ANSWERS, "I7")]


@pytest.mark.parametrize(
    "formula",
    [
        "[1]Sheet1!A1", "SUM([2]แผ่น1!A1:A9)", "'[ก ข.xlsx]แผ่น 1'!A1", "'C:\\x\\[a.xlsx]it''s'!$A$1", "1+[1]!ชื่อ",
        "cmd|'/C calc'!A0", "'cmd'|'/C calc'!A0", "WORD|doc!item", "IF(A1,\"\",DDE|x!y)",
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", ["I7", "B7"])
def test_formula_that_reaches_out_of_the_file_is_refused(formula: str, address: str, blank: bytes) -> None:
    text = formula.replace('"', "&quot;")
    with pytest.raises(Refusal) as caught:
        open_workbook(_cell(blank, f'<c r="{address}"><f>{text}</f><v>4</v></c>', address))
    assert caught.value.problem.code == "external-links"
    assert address in caught.value.problem.message


@pytest.mark.parametrize(
    "formula",
    ['"[1]Sheet!A1|x"', "Table1[[#This Row],[ระดับ]]", "'a|b'!A1", "Table1[ระดับ]+แผ่น!A1", "A1&'it''s'!B2", '"a|"&A1'],
)
def test_formula_within_the_file_is_read(formula: str, blank: bytes, framework: Framework) -> None:
    text = formula.replace("&", "&amp;")
    read = reading_of(_cell(blank, f'<c r="I7"><f>{text}</f><v>4</v></c>'), framework)
    assert read.entries == {ID: Entry(4)}


UNSTORED = {
    "no value": '<c r="I7"><f>2+2</f></c>',
    "an empty value": '<c r="I7"><f>2+2</f><v></v></c>',
    "a closed value": '<c r="I7"><f>2+2</f><v/></c>',
    "a blank value": '<c r="I7"><f>2+2</f><v>  </v></c>',
    "a shared formula": '<c r="I7"><f t="shared" si="0"/></c>',
    "an array formula": '<c r="I7"><f t="array" ref="I7">SUM(A1:A2)</f></c>',
    "a data table": '<c r="I7"><f t="dataTable" ref="I7"/></c>',
}


@pytest.mark.parametrize("name", UNSTORED)
def test_formula_without_a_value_is_a_fault_at_its_cell(name: str, blank: bytes, framework: Framework) -> None:
    read = reading_of(_cell(blank, UNSTORED[name]), framework)
    assert _places(read.findings.problems) == [("formula-without-value", ANSWERS, "I7")]
    assert not read.findings.warnings


def test_formula_of_an_empty_text_is_a_blank_cell(blank: bytes, framework: Framework) -> None:
    read = reading_of(_cell(blank, '<c r="I7" t="str"><f>IF(1,"","4")</f><v></v></c>'), framework)
    assert not read.findings.problems
    assert not read.findings.warnings
    assert all(entry.blank for entry in read.entries.values())


def test_formula_that_failed_is_told_by_its_error(blank: bytes, framework: Framework) -> None:
    read = reading_of(_cell(blank, '<c r="I7" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), framework)
    assert _places(read.findings.problems) == [("error-value", ANSWERS, "I7")]


def test_cells_that_one_formula_fills_are_formulas_too(blank: bytes, framework: Framework) -> None:
    array = _cell(blank, '<c r="I7"><f t="array" ref="I7:I8">A1:A2</f><v>4</v></c>')
    read = reading_of(_cell(array, '<c r="I8"><v>3</v></c>', "I8"), framework)
    assert [entry.rating for entry in read.entries.values()] == [4, 3]
    assert [problem.cell for problem in read.findings.warnings] == ["I7", "I8"]


def test_only_entry_cells_matter(blank: bytes, framework: Framework) -> None:
    read = reading_of(
        edited(blank, {(ANSWERS, "B7"): "=1+1", (ANSWERS, "N7"): "=SUM(I7:I90)", (FACTS, "B6"): "=2"}), framework
    )
    assert not read.findings.problems
    assert not read.findings.warnings


def test_facts_and_remarks_may_be_formulas_with_values(blank: bytes, framework: Framework) -> None:
    fact = f"F{row_of(blank, FACTS, 'teachers')}"
    read = reading_of(edited(blank, {(FACTS, fact): "=40+4", (ANSWERS, "K7"): '="ก"'}), framework)
    assert sorted(_places(read.findings.problems)) == [
        ("formula-without-value", FACTS, fact),
        ("formula-without-value", ANSWERS, "K7"),
    ]


def test_verifier_formula_is_the_fault_of_that_school_alone(framework: Framework) -> None:
    codes = ("1052500312", "1052500197")
    read = verification_of(edited(verification_workbook(framework, codes), {("ตรวจสอบ", "G5"): "=4"}), framework)
    assert _places(read.schools[codes[0]].findings.problems) == [("formula-without-value", "ตรวจสอบ", "G5")]
    assert not read.schools[codes[1]].findings.problems
    assert not read.findings.problems


def test_our_own_workbooks_hold_no_formula(framework: Framework, tmp_path: Path) -> None:
    remark = Answer(4, "=1+1", "=cmd|'/C calc'!A0", 4, "@SUM(A1)")
    answers = {indicator.id: remark for indicator in framework.indicators}
    for content in (school_workbook(framework, answers), verification_workbook(framework)):
        for name, xml in parts_of(content).items():
            if "worksheets/" in name:
                assert not re.search(rb"<f[ >/]", xml), name
                assert b"hyperlink" not in xml
