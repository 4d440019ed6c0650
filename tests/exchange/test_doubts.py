"""Doubts stand at their cells, import all the same, and are found again in the report's list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.exchange.test_accounts import book_of, changed, hand_in
from tests.reporting.test_report import JAEHOM, verify

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.core.letters import parse_letter
from khunnaphap.core.programme import Activity, OfficeYear
from khunnaphap.core.register import HeadcountEntry, InspectionEntry, NetworkEntry, Register, RoundEntry
from khunnaphap.demo import accounts
from khunnaphap.exchange.actions import import_workbook
from khunnaphap.exchange.register_forms import register_form
from khunnaphap.exchange.reports import ImportReport
from khunnaphap.organisations.models import AreaOffice, Province, School
from khunnaphap.programme.actions import record_account
from khunnaphap.programme.models import Inspection
from khunnaphap.programme.queries import account_of
from khunnaphap.reporting.actions import write_report
from khunnaphap.reporting.queries import inspection_named
from khunnaphap.sheets.register_book import write_register


@pytest.fixture
def office(world: Mapping[str, Round]) -> AreaOffice:
    return AreaOffice.objects.get(code="520003")


def warned(report: ImportReport) -> set[tuple[str, str, str]]:
    return {(one.sheet, one.cell, one.code) for one in report.warnings}


def test_each_doubt_stands_at_its_cell_and_the_file_is_taken(office: AreaOffice, actor: User) -> None:
    cells: dict[tuple[str, str], object] = {
        ("กิจกรรม", "D12"): 5,  # the third of a series becomes the fifth
        ("อัตรากำลังที่ขาด", "C5"): 0,
        ("การคัดเลือก", "B5"): "ไม่ใช่",
        ("การคัดเลือก", "C5"): None,
        ("การคัดเลือก", "F5"): None,
        ("ต้นแบบ", "A5"): "MODEL",
        ("ต้นแบบ", "B5"): School.objects.filter(office__code="520001").order_by("ministry_code").first().ministry_code,  # type: ignore[union-attr]
        ("คณะกรรมการ", "C5"): "คำสั่งสำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 3 ที่ 155/2567 ลงวันที่ 30 เมษายน 2567 เรื่อง อื่น",
    }
    report = hand_in(changed(book_of(office), cells), actor)
    assert report.problems == []
    found = warned(report)
    assert {
        ("อัตรากำลังที่ขาด", "C5", "count-zero"),
        ("การคัดเลือก", "B5", "quality-not-chosen"),
        ("ต้นแบบ", "B5", "school-of-other"),
        ("คณะกรรมการ", "C5", "letter-two-subjects"),
    } <= found
    assert "series-gap" in {code for *_, code in found}
    assert [part.changed > 0 for part in report.parts] == [True]


def test_the_demos_own_workbooks_raise_no_doubt(world: Mapping[str, Round], actor: User) -> None:
    for code in accounts.codes():
        report = hand_in(book_of(AreaOffice.objects.get(code=code)), actor)
        assert (report.problems, report.warnings) == ([], [])


def test_a_letter_that_another_office_cites_otherwise_is_told_at_its_cell(office: AreaOffice, actor: User) -> None:
    told = accounts.office_year("520003")
    letter = next(one.letters[0] for one in told.activities if one.letters)
    other = OfficeYear(activities=(Activity("ประชุม", letters=(replace(letter, urgency="ด่วน"),)),))
    record_account(office=AreaOffice.objects.get(code="520001"), year=2567, told=other, by=actor)
    found = [one for one in hand_in(book_of(office), actor).warnings if one.code == "letter-two-urgencies"]
    assert found
    assert all(one.sheet == "กิจกรรม" and "สพป.ลำปาง เขต 1" in one.message for one in found)
    record_account(office=AreaOffice.objects.get(code="520001"), year=2566, told=other, by=actor)
    record_account(
        office=AreaOffice.objects.get(code="520001"), year=2567, told=OfficeYear(activities=(Activity("อื่น"),)), by=actor
    )
    assert [one for one in hand_in(book_of(office), actor).warnings if one.code == "letter-two-urgencies"] == []


def test_colour_counts_in_a_text_are_held_against_the_rounds_of_the_year(
    office: AreaOffice, world: Mapping[str, Round], actor: User
) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    told = accounts.office_year("520003")
    for text, wrong in (("โรงเรียนสีฟ้า 1 โรงเรียน", False), ("โรงเรียนสีฟ้า 3 โรงเรียน", True)):
        activity = replace(told.activities[0], result=text)
        report = hand_in(book_of(office, replace(told, activities=(activity, *told.activities[1:]))), actor)
        assert ("colours-differ" in {one.code for one in report.warnings}) == wrong


def test_doubts_stand_in_the_reports_list_and_in_no_whole_paper(
    office: AreaOffice, world: Mapping[str, Round], actor: User
) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    late = parse_letter("หนังสือสพฐ. ที่ ศธ 04008.1/ว9 ลงวันที่ 25 มิถุนายน 2557")
    record_account(office=office, year=2567, told=OfficeYear(activities=(Activity("ก", letters=(late,)),)), by=actor)
    asked = {"province": Province.objects.get(code="52"), "inspection": inspection_named("2567/2"), "by": actor}
    draft = write_report(**asked)
    (doubt,) = [one for one in draft.doubts if "กิจกรรม รายการที่ 1" in one]
    assert doubt.startswith("สพป.ลำปาง เขต 3 แผ่นกิจกรรม")
    assert doubt in draft.json.decode()
    whole = write_report(**asked, exceptions=["510052", "520001", "520002", "520003"])
    assert whole.doubts == draft.doubts
    assert not whole.document.draft
    assert "ควรตรวจสอบ" not in "".join(str(block) for block in whole.document.blocks)


def register(by: User, **parts: object) -> ImportReport:
    content = write_register(replace(register_form([]), told=Register(**parts)))  # type: ignore[arg-type]
    return import_workbook(name="ทะเบียน.xlsx", content=content, by=by)


def test_a_register_is_looked_through_as_the_record_would_be(world: Mapping[str, Round], actor: User) -> None:
    schools = School.objects.exclude(latitude=None).filter(is_quality=False)[:1]
    hub = School.objects.exclude(latitude=None).filter(is_quality=True).exclude(pk__in=schools).last()
    assert hub is not None
    report = register(
        actor,
        headcounts=(HeadcountEntry(hub.ministry_code, date(2024, 6, 11), 9, 120, 8),),
        networks=(NetworkEntry(schools[0].ministry_code, hub.ministry_code, Decimal("0.01"), True),),
        inspections=(InspectionEntry("2567/2", date(2024, 7, 1)),),
    )
    assert report.problems == []
    assert warned(report) == {
        ("จำนวนนักเรียนและครู", "D5", "teachers-exceed"),
        ("โรงเรียนเครือข่าย", "C5", "road-shorter"),
        ("การตรวจราชการ", "B5", "cut-off-early"),
    }


def test_a_round_that_opens_after_the_cut_off_that_is_there_is_told(world: Mapping[str, Round], actor: User) -> None:
    Inspection.objects.create(
        year=2569, number=1, cut_off=inspection_named("2567/2").cut_off.replace(year=2026, month=2)
    )
    report = register(actor, rounds=(RoundEntry("2569/1", "example-2567", date(2026, 6, 1), date(2026, 6, 30)),))
    told = [(one.sheet, one.code) for one in report.warnings]
    assert told == [("รอบการประเมิน", "cut-off-early"), ("รอบการประเมิน", "means-lacking")]


def test_a_workbook_of_contract_1_is_read_and_keeps_what_it_has_no_columns_for(office: AreaOffice, actor: User) -> None:
    import io

    import openpyxl

    told = accounts.office_year("520003")
    record_account(office=office, year=2567, told=told, by=actor)
    book = openpyxl.load_workbook(io.BytesIO(book_of(office)))
    del book["ขั้นตอนของเขต"]
    book["เงิน"].delete_cols(12)
    book["อัตรากำลังที่ขาด"].delete_cols(5)
    sheet = book["_khunnaphap"]
    next(row for row in sheet.iter_rows() if row[0].value == "contract")[1].value = "1"
    stream = io.BytesIO()
    book.save(stream)
    report = hand_in(stream.getvalue(), actor)
    assert (report.problems, [part.changed for part in report.parts]) == ([], [0])
    assert account_of(office.pk, 2567) == told


def test_schools_and_steps_are_offered_and_the_announcement_is_cited_by_its_day(
    office: AreaOffice, actor: User
) -> None:
    import io

    import openpyxl

    from khunnaphap.exchange.forms import office_form

    assert office_form(office, 2567).schools[:3] == ("อนุบาลแจ้ห่ม", "อนุบาลเมืองปาน (บ้านทุ่งกว๋าว)", "อนุบาลวังเหนือ")
    content = book_of(office)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet, column in (
        ("การคัดเลือก", "A"),
        ("อัตรากำลังที่ขาด", "A"),
        ("ต้นแบบ", "B"),
        ("การสนับสนุน", "C"),
        ("กิจกรรม", "B"),
    ):
        rules = [one for one in book[sheet].data_validations.dataValidation if one.type == "list"]
        assert any(f"{column}5" in str(one.sqref) for one in rules), sheet
    announced = {("การคัดเลือก", f"C{row}"): "ประกาศ ณ วันที่ 21 ธ.ค. 2566" for row in (7, 9)}
    report = hand_in(changed(content, announced), actor)
    assert (report.problems, report.warnings) == ([], [])
    assert account_of(office.pk, 2567) == accounts.office_year("520003")
    unknown = hand_in(changed(content, {("การคัดเลือก", "C7"): "ประกาศ ณ วันที่ 22 ธันวาคม 2566"}), actor)
    assert [(one.cell, one.code) for one in unknown.problems] == [("C7", "letter-not-found")]
