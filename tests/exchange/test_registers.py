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
from khunnaphap.core.distances import straight_km
from khunnaphap.core.problems import Refusal
from khunnaphap.core.register import (
    BuildingEntry,
    HeadcountEntry,
    InspectionEntry,
    NetworkEntry,
    OfficeEntry,
    ProvincialOfficeEntry,
    ReferenceEntry,
    RegionEntry,
    Register,
    RoundEntry,
    SchoolEntry,
)
from khunnaphap.exchange.actions import import_workbook
from khunnaphap.exchange.models import ImportedFile
from khunnaphap.exchange.register_forms import register_form
from khunnaphap.exchange.reports import ImportReport
from khunnaphap.organisations.models import AreaOffice, Building, Headcount, NetworkLink, Province, School
from khunnaphap.programme.models import Inspection
from khunnaphap.sheets.contract import READ_SHEETS
from khunnaphap.sheets.opening import open_workbook
from khunnaphap.sheets.register_book import read_register, write_register
from khunnaphap.sheets.register_contract import REGISTER_SHEETS

NEW = Register(
    regions=(RegionEntry(15, "เขตตรวจราชการที่ 15", ("เชียงใหม่", "ลำปาง")),),
    provincial_offices=(ProvincialOfficeEntry("เชียงใหม่", "สำนักงานศึกษาธิการจังหวัดเชียงใหม่"),),
    offices=(
        OfficeEntry("500001", "สพป.เชียงใหม่ เขต 1", "primary", ("เชียงใหม่",), date(2003, 7, 7), None, ("สพป.ชม.1",), ("500000",)),
        OfficeEntry("500000", "สพท.เชียงใหม่ เขต 1", "primary", ("เชียงใหม่",), None, date(2003, 7, 6)),
    ),
    schools=(
        SchoolEntry("1050990001", "50990001", "บ้านดอยทดสอบ", "เชียงใหม่", "เมืองเชียงใหม่", "500001", "อ.2-ป.6", True, Decimal("18.79"), Decimal("98.98"), "gps", "สพฐ.", "12-2-50"),
        SchoolEntry("0050990002", "", "บ้านน้ำทดสอบ", "เชียงใหม่", "อำเภอแม่ริม", "500001", "อนุบาล-มัธยมศึกษาตอนต้น", None, Decimal("18.80"), Decimal("98.99"), "map"),
    ),
    buildings=(BuildingEntry("1050990001", "อาคาร 1", "สปช. 105/29", 2535, 8), BuildingEntry("1050990001", "โรงอาหาร")),
    headcounts=(
        HeadcountEntry("1050990001", date(2024, 6, 10), 120, 9, 8),
        HeadcountEntry("1050990001", date(2025, 6, 10), 118, 9, None),
    ),
    networks=(NetworkEntry("0050990002", "1050990001", Decimal("1.90"), True),),
    rounds=(RoundEntry("2569/1", "example-2567", date(2026, 1, 5), date(2026, 1, 30)),),
    references=(ReferenceEntry("2569/1", "nt-thai", Decimal("55.75")),),
    inspections=(InspectionEntry("2569/1", date(2026, 3, 31)),),
)  # fmt: skip


def content_of(told: Register) -> bytes:
    return write_register(replace(register_form(), told=told))


def hand_in(told: Register | bytes, by: User) -> ImportReport:
    return import_workbook(name="ทะเบียน.xlsx", content=told if isinstance(told, bytes) else content_of(told), by=by)


def with_cell(content: bytes, sheet: str, cell: str, value: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[sheet][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


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


def test_every_part_of_the_record_is_in_the_workbook_it_writes(record: User) -> None:
    hand_in(NEW, record)
    read = read_register(open_workbook(write_register(register_form()), (*READ_SHEETS, *REGISTER_SHEETS))).told
    written = register_form().told
    assert read == written
    assert written.regions[0].provinces == ("เชียงใหม่", "ลำปาง")
    assert (written.buildings, written.headcounts, written.networks) == (NEW.buildings, NEW.headcounts, NEW.networks)
    assert written.offices == tuple(sorted(NEW.offices, key=lambda office: office.code))
    assert [(one.land_area, one.position_source, one.affiliation) for one in written.schools] == [
        ("", "map", ""),
        ("12-2-50", "gps", "สพฐ."),
    ]


def test_the_straight_line_is_computed_and_what_is_typed_there_is_passed_over(record: User) -> None:
    hand_in(NEW, record)
    link = register_form().told.networks[0]
    assert link.straight_km == straight_km((Decimal("18.79"), Decimal("98.98")), (Decimal("18.80"), Decimal("98.99")))
    assert (
        hand_in(with_cell(content_of(register_form().told), "โรงเรียนเครือข่าย", "E5", "99"), record).parts[0].changed == 0
    )
    School.objects.filter(ministry_code="0050990002").update(latitude=None)
    assert register_form().told.networks[0].straight_km is None


def test_what_is_left_blank_stays_as_it_is(record: User) -> None:
    hand_in(NEW, record)
    before = register_form().told
    bare = SchoolEntry(
        "1050990001", "", "บ้านดอยทดสอบใหม่", "เชียงใหม่", "เมืองเชียงใหม่", "500001", "อ.2-ป.6", None, None, None
    )
    said = Register(
        schools=(bare,),
        offices=(replace(NEW.offices[0], opened=None, aliases=(), predecessors=()),),
        buildings=(BuildingEntry("1050990001", "อาคาร 1", rooms=9),),
        headcounts=(HeadcountEntry("1050990001", date(2025, 6, 10), None, None, 7),),
    )
    report = hand_in(said, record)
    assert (report.problems, report.parts[0].changed) == ([], 3)
    after = register_form().told
    assert after.offices == before.offices
    assert after.schools[1] == replace(before.schools[1], name="บ้านดอยทดสอบใหม่")
    assert after.buildings[0] == replace(before.buildings[0], rooms=9)
    assert after.headcounts[1] == replace(before.headcounts[1], classrooms=7)


def test_a_province_of_the_register_stands_by_itself(world: Mapping[str, Round]) -> None:
    told = register_form(["51"]).told
    assert {school.province for school in told.schools} == {"ลำพูน"}
    assert [office.code for office in told.offices] == ["510052"]
    assert [office.province for office in told.provincial_offices] == ["ลำพูน"]
    with pytest.raises(Refusal, match="99"):
        register_form(["99"])


def test_a_register_of_former_days_is_told_which_column_it_lacks(record: User) -> None:
    report = hand_in(with_cell(content_of(NEW), "ทะเบียนโรงเรียน", "K4", None), record)
    assert [(p.cell, p.code) for p in report.problems] == [("K4", "heading-differs")]


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
        ("สำนักงานเขต", "F5", "1 มกราคม 2540", "date-order"),
        ("สำนักงานเขต", "G5", "สพป. ชม. 1\nสพท.เชียงใหม่ เขต 1", "office-named-twice"),
        ("สำนักงานเขต", "G5", "ก" * 161, "text-too-long"),
        ("สำนักงานเขต", "H5", "500001", "predecessor-itself"),
        ("สำนักงานเขต", "H5", "999", "office-unknown"),
        ("เขตตรวจราชการ", "C5", "เชียงใหญ่", "province-unknown"),
        ("เขตตรวจราชการ", "A5", "150", "amount-invalid"),
        ("สำนักงานศึกษาธิการจังหวัด", "A5", "เชียงใหญ่", "province-unknown"),
        ("ทะเบียนโรงเรียน", "J5", "", "coordinates-half"),
        ("ทะเบียนโรงเรียน", "I5", "48.5", "coordinates-outside"),
        ("ทะเบียนโรงเรียน", "K5", "เดาเอา", "choice-unknown"),
        ("ทะเบียนโรงเรียน", "M5", "12-5-50", "land-area-invalid"),
        ("ทะเบียนโรงเรียน", "M5", date(1950, 12, 2), "land-area-invalid"),
        ("อาคาร", "A5", "1050990009", "school-unknown"),
        ("อาคาร", "B6", "อาคาร 1", "row-twice"),
        ("อาคาร", "D5", "1992", "year-implausible"),
        ("อาคาร", "E5", "100000", "amount-invalid"),
        ("จำนวนนักเรียนและครู", "A5", "1050990009", "school-unknown"),
        ("จำนวนนักเรียนและครู", "B6", "10 มิถุนายน 2567", "row-twice"),
        ("จำนวนนักเรียนและครู", "B5", "10 มิถุนายน 2690", "date-future"),
        ("จำนวนนักเรียนและครู", "C5", "9999999", "amount-invalid"),
        ("โรงเรียนเครือข่าย", "A5", "1050990001", "network-itself"),
        ("โรงเรียนเครือข่าย", "B5", "1050990009", "school-unknown"),
        ("โรงเรียนเครือข่าย", "C5", "1900", "amount-invalid"),
        ("รอบการประเมิน", "A5", "รอบหนึ่ง", "round-name"),
        ("รอบการประเมิน", "B5", "none", "edition-unknown"),
        ("รอบการประเมิน", "D5", "1 มกราคม 2569", "date-order"),
        ("รอบการประเมิน", "C5", "1 ธันวาคม 2560", "date-outside-year"),
        ("การตรวจราชการ", "B5", "15 กันยายน 2590", "date-outside-year"),
        ("การตรวจราชการ", "B5", "15 กันยายน 2560", "date-outside-year"),
        ("ค่าอ้างอิง", "A5", "2573/1", "round-unknown"),
        ("ค่าอ้างอิง", "B5", "none", "fact-unknown"),
        ("ค่าอ้างอิง", "C5", 130, "mean-invalid"),
        ("ทะเบียนโรงเรียน", "D5", "เชียงใหญ่", "province-unknown"),
        ("สำนักงานเขต", "A6", "500001", "row-twice"),
    ],
)
def test_a_planted_fault_is_named_and_nothing_is_taken(
    record: User, sheet: str, cell: str, value: object, code: str
) -> None:
    report = hand_in(with_cell(content_of(NEW), sheet, cell, value), record)
    at = {"coordinates-half": "J5", "row-twice": f"A{cell[1:]}"}.get(code, cell)
    planted = (sheet, at, code)
    follows = (
        "school-unknown",
        "office-unknown",
        "office-named-twice",
        "not-quality-school",
    )  # what other rows say of the same fault
    found = [(p.sheet, p.cell, p.code) for p in report.problems]
    assert [one for one in found if one == planted or one[2] not in follows] == [planted]
    assert not School.objects.exists()
    assert not AreaOffice.objects.exists()


def test_an_office_spans_the_provinces_of_its_schools(record: User) -> None:
    elsewhere = hand_in(with_cell(content_of(NEW), "สำนักงานเขต", "D5", "ลำปาง"), record).problems
    assert [(p.sheet, p.cell, p.code) for p in elsewhere] == [
        ("ทะเบียนโรงเรียน", "F5", "office-elsewhere"),
        ("ทะเบียนโรงเรียน", "F6", "office-elsewhere"),
    ]
    assert hand_in(NEW, record).problems == []
    alone = replace(NEW, schools=(), buildings=(), headcounts=(), networks=())
    (left,) = hand_in(with_cell(content_of(alone), "สำนักงานเขต", "D5", "ลำปาง"), record).problems
    assert (left.sheet, left.cell, left.code) == ("สำนักงานเขต", "D5", "office-elsewhere")
    assert "เชียงใหม่ แต่ยังมีโรงเรียน" in left.message


def test_every_fault_is_told_though_cells_cannot_be_read(record: User) -> None:
    content = content_of(NEW)
    for sheet, cell, value in (
        ("ทะเบียนโรงเรียน", "I5", "เหนือ"),
        ("ทะเบียนโรงเรียน", "E5", "เมืองลำปาง"),
        ("ทะเบียนโรงเรียน", "F6", "999"),
        ("อาคาร", "A5", "1050990009"),
        ("อาคาร", "D6", "นานแล้ว"),
        ("ค่าอ้างอิง", "C5", 130),
    ):
        content = with_cell(content, sheet, cell, value)
    assert {(p.sheet, p.cell, p.code) for p in hand_in(content, record).problems} == {
        ("ทะเบียนโรงเรียน", "I5", "not-a-number"),
        ("ทะเบียนโรงเรียน", "E5", "district-unknown"),
        ("ทะเบียนโรงเรียน", "F6", "office-unknown"),
        ("อาคาร", "A5", "school-unknown"),
        ("อาคาร", "D6", "not-a-number"),
        ("ค่าอ้างอิง", "C5", "mean-invalid"),
    }


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        ("ทะเบียนโรงเรียน", "A5", "1050990001 ยาวเกินกว่ารหัส"), ("ทะเบียนโรงเรียน", "H5", "อาจจะ"),
        ("ทะเบียนโรงเรียน", "D5", None), ("ทะเบียนโรงเรียน", "I5", "เหนือ"), ("สำนักงานเขต", "A5", None),
        ("สำนักงานเขต", "A4", "รหัสอื่น"), ("เขตตรวจราชการ", "A5", "สิบห้า"), ("จำนวนนักเรียนและครู", "B5", "วันนี้"),
        ("รอบการประเมิน", "D5", "วันนี้"), ("การตรวจราชการ", "A5", None), ("สำนักงานเขต", "B5", None),
    ],
)  # fmt: skip
def test_a_cell_of_a_register_that_cannot_be_read_makes_no_other_fault(
    record: User, sheet: str, cell: str, value: object
) -> None:
    report = hand_in(with_cell(content_of(NEW), sheet, cell, value), record)
    assert [(p.sheet, p.cell) for p in report.problems] == [(sheet, cell)]


def test_another_row_with_the_code_of_an_office_is_told_whatever_its_name(record: User) -> None:
    twice = replace(NEW, offices=(*NEW.offices, replace(NEW.offices[0], name="สพป.เชียงใหม่ เขต 7", aliases=())))
    assert [(p.sheet, p.cell, p.code) for p in hand_in(twice, record).problems] == [("สำนักงานเขต", "A7", "row-twice")]


def test_an_smis_code_of_two_schools_is_told_at_both_and_against_the_record(record: User) -> None:
    first, second = NEW.schools
    both = replace(NEW, schools=(first, replace(second, smis_code=first.smis_code)))
    assert [(p.cell, p.code) for p in hand_in(both, record).problems] == [("B5", "smis-twice"), ("B6", "smis-twice")]
    hand_in(NEW, record)
    later = Register(schools=(replace(second, smis_code=first.smis_code),))
    assert [(p.cell, p.code) for p in hand_in(later, record).problems] == [("B5", "smis-twice")]
    exchanged = (replace(first, smis_code="50990009"), replace(second, smis_code=first.smis_code))
    assert hand_in(Register(schools=exchanged), record).problems == []


def test_a_head_count_that_stands_twice_is_told_with_its_day_as_offices_write_it(record: User) -> None:
    told = replace(NEW, headcounts=(NEW.headcounts[0], NEW.headcounts[0]))
    assert [p.message for p in hand_in(told, record).problems] == ["1050990001 10 มิถุนายน 2567 ปรากฏซ้ำ"]


def test_faults_between_rows_are_told_at_both(record: User) -> None:
    told = replace(
        NEW,
        regions=(*NEW.regions, RegionEntry(16, "เขตตรวจราชการที่ 16", ("ลำปาง",))),
        networks=(NetworkEntry("1050990001", "0050990002"),),
        headcounts=(HeadcountEntry("1050990001", date(2024, 6, 10)),),
    )
    found = {(p.sheet, p.cell, p.code) for p in hand_in(told, record).problems}
    assert found == {
        ("เขตตรวจราชการ", "C5", "province-twice"),
        ("เขตตรวจราชการ", "C6", "province-twice"),
        ("โรงเรียนเครือข่าย", "B5", "not-quality-school"),
        ("จำนวนนักเรียนและครู", "C5", "field-lacking"),
    }
    assert not Province.objects.exclude(region=None).exists()


def test_each_action_of_a_register_has_its_event_and_its_rows(record: User) -> None:
    hand_in(NEW, record)
    assert (Building.objects.count(), Headcount.objects.count(), NetworkLink.objects.count()) == (2, 2, 1)
    assert Province.objects.get(code="52").region_id == 15
    office = AreaOffice.objects.get(code="500001")
    assert [former.code for former in office.predecessors.all()] == ["500000"]
    assert [later.code for later in AreaOffice.objects.get(code="500000").successors.all()] == ["500001"]
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {
        "register_region", "register_provincial_office", "register_offices", "register_schools",
        "record_buildings", "record_headcounts", "link_network", "import_register",
    } <= verbs  # fmt: skip


def test_a_register_that_no_file_takes_is_refused_before_it_is_written(record: User) -> None:
    told = Register(buildings=(BuildingEntry("1050990001", "อาคาร 1"),) * 30_000)
    with pytest.raises(Refusal, match="อาคาร"):
        content_of(told)
