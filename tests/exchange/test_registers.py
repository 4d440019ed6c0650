"""A register workbook makes a real record: offices, schools, rounds; faults are named and nothing is half-taken."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.audit.models import Event
from khunnaphap.core.register import (
    InspectionEntry,
    OfficeEntry,
    ReferenceEntry,
    Register,
    RoundEntry,
    SchoolEntry,
)
from khunnaphap.exchange.actions import import_workbook
from khunnaphap.exchange.models import ImportedFile
from khunnaphap.exchange.registers import register_form
from khunnaphap.exchange.reports import ImportReport
from khunnaphap.organisations.models import AreaOffice, School
from khunnaphap.programme.models import Inspection
from khunnaphap.sheets.register_book import write_register

NEW = Register(
    offices=(OfficeEntry("500001", "สพป.เชียงใหม่ เขต 1", "primary", ("เชียงใหม่",)),),
    schools=(
        SchoolEntry("1050990001", "50990001", "บ้านดอยทดสอบ", "เชียงใหม่", "เมืองเชียงใหม่", "500001", "อ.2-ป.6", True, Decimal("18.79"), Decimal("98.98")),
        SchoolEntry("0050990002", "", "บ้านน้ำทดสอบ", "เชียงใหม่", "อำเภอแม่ริม", "500001", "อนุบาล-มัธยมศึกษาตอนต้น", None, None, None),
    ),
    rounds=(RoundEntry("2569/1", "example-2567", date(2026, 1, 5), date(2026, 1, 30)),),
    references=(ReferenceEntry("2569/1", "nt-thai", Decimal("55.75")),),
    inspections=(InspectionEntry("2569/1", date(2026, 3, 31)),),
)  # fmt: skip


def content_of(told: Register) -> bytes:
    return write_register(replace(register_form(), told=told))


def hand_in(told: Register | bytes, by: User) -> ImportReport:
    return import_workbook(name="ทะเบียน.xlsx", content=told if isinstance(told, bytes) else content_of(told), by=by)


def test_a_real_record_begins_with_a_register(record: User) -> None:
    content_of_first = content_of(NEW)
    report = hand_in(content_of_first, record)
    assert report.problems == []
    school = School.objects.get(ministry_code="0050990002")
    assert (school.district.name, school.grades[0], school.grades[-1], school.is_quality) == ("แม่ริม", "K1", "M3", False)
    opened = Round.objects.get(year=2569)
    assert list(opened.assessments.values_list("school__ministry_code", flat=True)) == ["1050990001"]
    assert (opened.references, opened.is_example) == ({"nt-thai": "55.75"}, False)
    assert Inspection.objects.get().year == 2569
    kept = ImportedFile.objects.get(kind="register")
    assert (Path(settings.MEDIA_ROOT) / kept.stored).read_bytes() == content_of_first


def test_the_same_register_twice_changes_nothing(record: User) -> None:
    hand_in(NEW, record)
    before = list(School.objects.values())
    events = Event.objects.count()
    assert hand_in(NEW, record).parts[0].changed == 0
    assert list(School.objects.values()) == before
    assert Event.objects.count() == events
    assert Assessment.objects.count() == 1


def test_what_the_record_has_comes_out_and_goes_in_again(world: Mapping[str, Round], actor: User) -> None:
    report = hand_in(write_register(register_form()), actor)
    assert report.problems == []
    assert report.parts[0].changed == 0


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "code"),
    [
        ("ทะเบียนโรงเรียน", "A5", "105099000", "code-invalid"),
        ("ทะเบียนโรงเรียน", "B5", "1234", "code-invalid"),
        ("ทะเบียนโรงเรียน", "A6", "1050990001", "row-twice"),
        ("ทะเบียนโรงเรียน", "E5", "เมืองลำปาง", "district-unknown"),
        ("ทะเบียนโรงเรียน", "F5", "999", "office-unknown"),
        ("ทะเบียนโรงเรียน", "G5", "ทุกชั้น", "grades-unknown"),
        ("สำนักงานเขต", "D5", "เชียงใหญ่", "province-unknown"),
        ("รอบการประเมิน", "A5", "รอบหนึ่ง", "round-name"),
        ("รอบการประเมิน", "B5", "none", "edition-unknown"),
        ("รอบการประเมิน", "D5", "1 มกราคม 2569", "date-order"),
        ("ค่าอ้างอิง", "B5", "none", "fact-unknown"),
    ],
)
def test_a_planted_fault_is_named_and_nothing_is_taken(
    record: User, sheet: str, cell: str, value: str, code: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content_of(NEW)))
    book[sheet][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    report = hand_in(stream.getvalue(), record)
    assert [(p.sheet, p.cell, p.code) for p in report.problems] == [(sheet, cell, code)]
    assert not School.objects.exists()
    assert not AreaOffice.objects.exists()
