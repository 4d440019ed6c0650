"""A workbook that another program or another hand wrote is read the same, as long as its words are where they belong."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from khunnaphap.core.completeness import Answer
from khunnaphap.core.framework import NA, Framework
from khunnaphap.core.handin import Entry
from khunnaphap.sheets.contract import claims_of, identity_of
from khunnaphap.sheets.opening import open_workbook
from khunnaphap.sheets.school_reading import level_choices

from .books import (
    ANSWERS,
    FACTS,
    SCHOOL,
    changed,
    edited,
    parts_of,
    reading_of,
    replaced,
    school_workbook,
    with_part,
    zipped,
)
from .hostile import BOOK, RELATIONS, SHEET, STRINGS, STYLES, TYPES

FILLED: dict[tuple[str, str], Any] = {
    (ANSWERS, "I7"): "4 ดีเลิศ",
    (ANSWERS, "I8"): 3,
    (ANSWERS, "J8"): "หลักฐานครบ <ทุกรายการ> & ตรวจแล้ว",
    (ANSWERS, "I9"): "N/A",
    (ANSWERS, "J9"): "ไม่มีบ้านพัก",
    (FACTS, "F6"): 44,
}


@pytest.fixture(scope="module", params=["ours", "openpyxl's"])
def good(request: pytest.FixtureRequest, framework: Framework) -> bytes:
    """The workbook with the same answers by us (strings in a table) and by openpyxl (strings in cells)."""
    if request.param == "openpyxl's":
        return edited(school_workbook(framework), FILLED)
    answers = {
        "building-soundness": Answer(4),
        "activity-areas": Answer(3, FILLED[ANSWERS, "J8"]),
        "housing": Answer(NA, FILLED[ANSWERS, "J9"]),
    }
    return school_workbook(framework, answers, {"teachers": Fraction(44)})


def _rows(xml: bytes, change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    head, rows, tail = re.fullmatch(rb"(.*<sheetData>)(.*)(</sheetData>.*)", xml, re.S).groups()  # type: ignore[union-attr]
    return head + b"".join(change(re.findall(rb"<row .*?</row>", rows, re.S))) + tail


def _prefixed(xml: bytes) -> bytes:
    return re.sub(rb"<(/?)([a-z])", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x=", 1)


def _moved(content: bytes, old: str, new: str, target: str) -> bytes:
    """A sheet part under another path, named so in relations and content types."""
    parts = parts_of(content)
    if old not in parts:
        return content
    parts[new] = parts.pop(old)
    for name in (RELATIONS, TYPES):
        for written in (f'"/{old}"', f'"{old.removeprefix("xl/")}"'):
            parts[name] = parts[name].replace(written.encode(), f'"{target}"'.encode())
    return zipped(parts)


def _inline(content: bytes) -> bytes:
    """Strings in their cells instead of the shared table."""
    texts = re.findall(rb"<si>(.*?)</si>", parts_of(content).get(STRINGS, b""), re.S)

    def inlined(found: re.Match[bytes]) -> bytes:
        return b'%s t="inlineStr"><is>%s</is></c>' % (found[1], texts[int(found[2])])

    parts = parts_of(content)
    for name in parts:
        if "worksheets/sheet" in name:
            parts[name] = re.sub(rb'(<c [^>]*?) t="s"><v>(\d+)</v></c>', inlined, parts[name])
    return zipped(parts)


VARIANTS: dict[str, Callable[[bytes], bytes]] = {
    "as saved by openpyxl": lambda good: good,
    "with a prefix on every element": lambda good: with_part(good, SHEET, _prefixed),
    "with a byte order mark": lambda good: with_part(good, SHEET, lambda xml: b"\xef\xbb\xbf" + xml),
    "with comments in the XML": lambda good: with_part(
        good, SHEET, lambda xml: xml.replace(b"<row", b"<!-- r --><row")
    ),
    "with rows upside down": lambda good: with_part(good, SHEET, lambda xml: _rows(xml, lambda rows: rows[::-1])),
    "without row numbers": lambda good: with_part(good, SHEET, lambda xml: re.sub(rb'<row r="\d+"', b"<row", xml)),
    "with strings in cells": _inline,
    "with a sheet elsewhere": lambda good: _moved(good, SHEET, "xl/pages/two.xml", "/xl/pages/two.xml"),
    "with a relative target": lambda good: _moved(good, SHEET, "xl/pages/two.xml", "pages/two.xml"),
    "with strings elsewhere": lambda good: _moved(good, STRINGS, "xl/words.xml", "/xl/words.xml"),
    "without styles": lambda good: zipped({n: x for n, x in parts_of(good).items() if n != STYLES}),
    "with an archive within": lambda good: zipped({**parts_of(good), "xl/media/a.zip": good}),
    "stored without compression": lambda good: zipped(parts_of(good), 0),
    "with a claim of a far corner": lambda good: with_part(
        good, SHEET, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml)
    ),
    "with a space in a sheet's name": lambda good: replaced(good, BOOK, f'"{ANSWERS}"', f'"{ANSWERS} "'),
    "with a sheet of one's own": lambda good: changed(good, lambda book: book.create_sheet("ร่าง").append(["=1/0"])),
    "with hidden rows": lambda good: changed(good, lambda book: _hide(book[ANSWERS])),
    "with columns to the right": lambda good: edited(good, {(ANSWERS, "N7"): "ข้าพเจ้าจดไว้เอง", (ANSWERS, "P4"): "จด"}),
    "with a note below": lambda good: edited(good, {(ANSWERS, "A140"): "หมายเหตุ: ประชุมเมื่อวันจันทร์"}),
    "sorted backwards": lambda good: changed(good, lambda book: _sort(book[ANSWERS])),
    "with blanks far away": lambda good: with_part(
        good, SHEET, lambda xml: xml.replace(b"</sheetData>", b'<row r="900000"><c r="XFA900000"/></row></sheetData>')
    ),
}


def _hide(sheet: Any) -> None:
    for row in range(6, 100, 2):
        sheet.row_dimensions[row].hidden = True


def _sort(sheet: Any) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    for number, row in enumerate(sorted(rows, key=lambda row: str(row[0]), reverse=True), 5):
        for place, value in enumerate(row, 1):
            sheet.cell(number, place).value = value


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_read_the_same(name: str, good: bytes, framework: Framework) -> None:
    read = reading_of(VARIANTS[name](good), framework)
    labels = {framework.by_id[key].label: entry for key, entry in read.entries.items()}
    assert labels == {
        "1.1.1": Entry(4),
        "1.1.2": Entry(3, "หลักฐานครบ <ทุกรายการ> & ตรวจแล้ว"),
        "1.1.3": Entry(NA, "ไม่มีบ้านพัก"),
    }
    assert read.facts == {"teachers": 44}
    assert not read.findings.problems
    assert not read.findings.warnings


def _built(framework: Framework) -> bytes:
    """A school's workbook by plain XlsxWriter from the published contract alone: only what must be there."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    titles = ["ข้อ", "ตัวชี้วัด", *level_choices(framework), "รอบก่อน", "ระดับ", "เหตุผล", "หมายเหตุ"]
    answers = book.add_worksheet(ANSWERS)
    answers.write_row("A4", titles)
    answers.write_row("A5", ["1.1.1", "", "", "", "", "", "", "", 4])
    answers.write_row("A6", ["5.4.2", "", "", "", "", "", "", "", "", "", "ศึกษาต่อ"])
    facts = book.add_worksheet(FACTS)
    facts.write_row("A4", ["รหัส", "รายการ", "หน่วย", "ค่าอ้างอิง", "รอบก่อน", "ค่า", "คำอธิบาย"])
    facts.write_row("A5", ["teachers", "", "", "", "", 44])
    identity = book.add_worksheet("_khunnaphap")
    pairs = {"kind": "school", "contract": 1, "edition": framework.code, "round": "2567/1", "school": int(SCHOOL)}
    for row, pair in enumerate(pairs.items()):
        identity.write_row(row, 0, pair)
    book.close()
    return stream.getvalue()


def test_workbook_built_from_the_contract_alone_is_ours(framework: Framework) -> None:
    book = open_workbook(_built(framework))
    identity = identity_of(claims_of(book))
    assert (identity.kind, identity.edition, identity.round) == ("school", "example-2567", "2567/1")
    assert identity.subject == SCHOOL
    read = reading_of(_built(framework), framework)
    assert not read.findings.problems
    assert {framework.by_id[key].label: entry for key, entry in read.entries.items()} == {
        "1.1.1": Entry(4),
        "5.4.2": Entry(remark="ศึกษาต่อ"),
    }
    assert read.facts == {"teachers": 44}


def test_openpyxl_keeps_our_lists_and_locks(framework: Framework) -> None:
    book = openpyxl.load_workbook(io.BytesIO(school_workbook(framework)))
    sheet = book[ANSWERS]
    assert sheet.protection.sheet
    assert not sheet["I7"].protection.locked
    assert sheet["B7"].protection.locked
    assert any("I7" in validation.sqref for validation in sheet.data_validations.dataValidation)
