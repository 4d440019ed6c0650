"""Workbooks for tests: ours, and what other programs and other hands make of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import openpyxl

from khunnaphap.core.completeness import Answer
from khunnaphap.core.framework import Framework
from khunnaphap.core.measures import FactValue
from khunnaphap.sheets.contract import Identity
from khunnaphap.sheets.opening import open_workbook
from khunnaphap.sheets.school_form import SchoolForm, write_school
from khunnaphap.sheets.school_reading import SchoolHandIn, read_school
from khunnaphap.sheets.verification_form import SchoolToVerify, VerificationForm, write_verification
from khunnaphap.sheets.verification_reading import VerificationHandIn, read_verification

ANSWERS, FACTS = "แบบประเมิน", "ข้อมูลประกอบ"
VERIFY, SCHOOLS = "ตรวจสอบ", "โรงเรียน"
SCHOOL = "1052500312"
MADE = datetime(2024, 1, 12, tzinfo=UTC)
PRIMARY = frozenset(["K2", "K3", *(f"P{n}" for n in range(1, 7))])


def school_workbook(
    framework: Framework,
    answers: Mapping[str, Answer] | None = None,
    facts: Mapping[str, FactValue] | None = None,
    **changes: Any,
) -> bytes:
    """The workbook of อนุบาลแจ้ห่ม for 2567/1, with these answers and facts (by id) filled in."""
    fields: dict[str, Any] = {
        "framework": framework,
        "identity": Identity("school", framework.code, "2567/1", SCHOOL),
        "name": "อนุบาลแจ้ห่ม",
        "lines": ("สพป.ลำปาง เขต 3", framework.title),
        "marks": "ข้อมูลสมมุติ",
        "made": MADE,
        "grades": PRIMARY,
        "answers": answers or {},
        "facts": facts or {},
        "last_ratings": {},
        "last_facts": {},
        "references": {"nt-thai": Fraction("55.75")},
    }
    return write_school(SchoolForm(**{**fields, **changes}))


def verification_workbook(framework: Framework, codes: tuple[str, ...] = (SCHOOL,), **changes: Any) -> bytes:
    """The verification workbook of สพป.ลำปาง เขต 3 for 2567/1, nothing filled in."""
    schools = [SchoolToVerify(code, f"โรงเรียน {code}", "ส่งแล้ว", "74/74", "เขียว", {}, {}) for code in codes]
    fields: dict[str, Any] = {
        "framework": framework,
        "identity": Identity("verification", framework.code, "2567/1", "520003"),
        "name": "สพป.ลำปาง เขต 3",
        "lines": ("รอบ 2567/1", framework.title),
        "marks": "ข้อมูลสมมุติ",
        "made": MADE,
        "schools": schools,
    }
    return write_verification(VerificationForm(**{**fields, **changes}))


def reading_of(content: bytes, framework: Framework) -> SchoolHandIn:
    """What a school's workbook says."""
    return read_school(open_workbook(content), framework)


def verification_of(content: bytes, framework: Framework) -> VerificationHandIn:
    """What a verification workbook says."""
    return read_verification(open_workbook(content), framework)


def row_of(content: bytes, sheet: str, key: str, column: str = "A") -> int:
    """The row whose cell in this column reads ``key``."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    for row, (value,) in enumerate(book[sheet].iter_rows(min_col=ord(column) - 64, max_col=ord(column) - 64), 1):
        if str(value.value) == key:
            return row
    raise LookupError(f"{sheet}: no row {key}")


def edited(content: bytes, cells: Mapping[tuple[str, str], Any]) -> bytes:
    """The workbook after openpyxl loaded it, set these cells ((sheet, address): value) and saved it."""
    return changed(content, lambda book: [setattr(book[sheet][at], "value", v) for (sheet, at), v in cells.items()])


def changed(content: bytes, change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """The workbook after openpyxl loaded it, ``change`` was made and it was saved."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """An openpyxl workbook as bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """A workbook's parts by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts as a workbook's bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes] | bytes) -> bytes:
    """The workbook with one part changed, replaced or added."""
    parts = parts_of(content)
    parts[name] = change(parts[name]) if callable(change) else change
    return zipped(parts)


def without_part(content: bytes, name: str) -> bytes:
    """The workbook without one part."""
    return zipped({part: text for part, text in parts_of(content).items() if part != name})


def replaced(content: bytes, name: str, old: str, new: str, count: int = -1) -> bytes:
    """The workbook with text in one part replaced; it must be there."""
    assert old.encode() in parts_of(content)[name], f"{name} has no {old}"
    return with_part(content, name, lambda xml: xml.replace(old.encode(), new.encode(), count))
