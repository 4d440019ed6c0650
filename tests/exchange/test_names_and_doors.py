"""Names, places and codes come in however they are written, at every door; what stands twice or changes nothing is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from tests.sheets.books import edited

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.audit.models import Event
from khunnaphap.core.register import ReferenceEntry, Register, RoundEntry
from khunnaphap.exchange.actions import import_workbook
from khunnaphap.exchange.reports import ImportReport
from khunnaphap.organisations.models import School

from .test_registers import NEW, content_of, hand_in

SCHOOLS = "ทะเบียนโรงเรียน"
OBEC = "รหัสโรงเรียน 10 หลัก,รหัส Smis 8 หลัก,รหัส Obec 6 หลัก,ชื่อสถานศึกษา(ไทย),ตำบล,อำเภอ,จังหวัด,ระดับที่เปิดสอน,สังกัด"


def listed(by: User, *rows: str, headings: str = OBEC) -> ImportReport:
    return import_workbook(name="รายชื่อ.csv", content="\r\n".join([headings, *rows, ""]).encode(), by=by)


@pytest.mark.parametrize("name", ["โรงเรียนบ้านน้ำดอย", "รร.บ้านนํ้าดอย", "บ้านนำ้ดอย", "ร.ร. บ้านน\u0e49\u0e4d\u0e32ดอย"])
def test_a_list_keeps_a_name_however_it_is_written(record: User, name: str) -> None:
    row = f"๑๐๕๒-๙๐๐๐๙๐,52990090,520090,{name},ต.พิชัย,อ.เมืองลำปาง,จ.ลำปาง,อนุบาล-ประถมศึกษา,สพม.ลำปาง ลำพูน"
    report = listed(record, row.replace("อ.เมืองลำปาง", "อ.เมือง") if name.startswith("รร.") else row)
    assert report.problems == []
    school = School.objects.get(ministry_code="1052900090")
    assert (school.name, school.smis_code, school.district.name) == ("บ้านน้ำดอย", "52990090", "เมืองลำปาง")


def test_the_office_is_read_from_the_best_of_its_headings(record: User) -> None:
    row = "1052900090,52990090,520090,บ้านดอย,พิชัย,เมืองลำปาง,ลำปาง,อนุบาล-ประถมศึกษา,สพฐ.,สพม.ลำปาง ลำพูน"
    assert listed(record, row, headings=f"{OBEC},สำนักงานเขต").problems == []


def test_of_an_unknown_province_nothing_more_is_concluded(record: User) -> None:
    row = "1052900090,52990090,520090,บ้านดอย,พิชัย,เมืองลำปาง,ลำปวง,อนุบาล-ประถมศึกษา,สพม.ลำปาง ลำพูน"
    assert [one.code for one in listed(record, row).problems] == ["province-unknown"]


def test_a_list_tells_schools_of_one_name_and_district(record: User) -> None:
    rows = [f"105290009{n},,,โรงเรียนบ้านดอย,,เมืองลำปาง,ลำปาง,อ.2-ป.6,สพม.ลำปาง ลำพูน" for n in range(2)]
    report = listed(record, *rows)
    assert report.counts["added"] == 2
    assert [(one.code, one.cell) for one in report.warnings] == [("school-named-twice", "D3")]
    again = listed(record, rows[1].replace("1052900091", "1052900095"))
    assert [one.code for one in again.warnings] == ["school-named-twice"]
    assert "1052900090, 1052900091" in again.warnings[0].message


def test_a_list_tells_marks_that_are_not_seen_and_names_the_row_of_a_nul(record: User) -> None:
    report = listed(record, "\u200f1052900090,,,บ้านดอย,,เมืองลำปาง,ลำปาง,อ.2-ป.6,สพม.ลำปาง ลำพูน")
    assert report.problems == []
    assert [(one.code, one.cell) for one in report.warnings] == [("direction-marks", "A2")]
    refused = listed(record, "1052900091,,,บ้าน\x00ดอย,,เมืองลำปาง,ลำปาง,อ.2-ป.6,สพม.ลำปาง ลำพูน")
    assert [one.code for one in refused.problems] == ["control-characters"]
    assert "แถว 2" in refused.problems[0].message


@pytest.mark.parametrize("latitude", ["1_8.3", "18,31", "1.8e1", "18.31809.1"])
def test_a_list_reads_no_coordinate_that_is_none(record: User, latitude: str) -> None:
    row = f'1052900090,บ้านดอย,ลำปาง,เมืองลำปาง,สพม.ลำปาง ลำพูน,อ.2-ป.6,"{latitude}",99.5'
    headings = "รหัสกระทรวง,ชื่อโรงเรียน,จังหวัด,อำเภอ,สำนักงานเขต,ชั้นที่เปิดสอน,ละติจูดกลางตำบล,ลองจิจูดกลางตำบล"
    assert [one.code for one in listed(record, row, headings=headings).problems] == ["coordinates-outside"]


def test_a_register_keeps_names_and_places_plain(record: User) -> None:
    first, second = NEW.schools
    told = replace(
        NEW,
        schools=(
            replace(first, name="โรงเรียนบ้านดอยทดสอบ", province="จ.เชียงใหม่", district="อ.เมืองเชียงใหม่"),
            replace(second, name="รร.บ้านนํ้าทดสอบ"),
        ),
        provincial_offices=(replace(NEW.provincial_offices[0], province="จังหวัดเชียงใหม่"),),
    )
    assert hand_in(told, record).problems == []
    assert set(School.objects.values_list("name", flat=True)) == {"บ้านดอยทดสอบ", "บ้านน้ำทดสอบ"}


@pytest.mark.parametrize("name", ["#N/A", "FALSE", "TRUE", "0.55", "26 มิถุนายน 2567", "15/1/2567", "-", "ไม่มี"])
def test_what_programs_leave_is_no_name(record: User, name: str) -> None:
    row = f"1052900090,52990090,520090,{name},พิชัย,เมืองลำปาง,ลำปาง,อนุบาล-ประถมศึกษา,สพม.ลำปาง ลำพูน"
    report = listed(record, row)
    assert [problem.code for problem in report.problems] == ["name-invalid"]
    schools = replace(NEW, schools=(replace(NEW.schools[0], name=name), *NEW.schools[1:]))
    report = hand_in(schools, record)
    assert ("ทะเบียนโรงเรียน", "C5", "name-invalid") in [(p.sheet, p.cell, p.code) for p in report.problems]


def test_a_school_whose_name_is_but_the_word_for_one_is_not_taken(record: User) -> None:
    schools = replace(NEW, schools=(replace(NEW.schools[0], name="โรงเรียน"), *NEW.schools[1:]))
    report = hand_in(schools, record)
    assert ("ทะเบียนโรงเรียน", "C5", "field-lacking") in [(p.sheet, p.cell, p.code) for p in report.problems]
    assert School.objects.filter(name="").count() == 0


def test_a_date_is_no_land(record: User) -> None:
    report = hand_in(edited(content_of(NEW), {(SCHOOLS, "M5"): date(1950, 2, 12)}), record)
    assert [(one.code, one.cell) for one in report.problems] == [("land-area-invalid", "M5")]


@pytest.mark.parametrize("road", ["1,9", "1.900", "1e1", "1_9", "1.999"])
def test_a_road_is_a_number_for_certain(record: User, road: str) -> None:
    report = hand_in(edited(content_of(NEW), {("โรงเรียนเครือข่าย", "C5"): road}), record)
    assert [one.cell for one in report.problems] == ["C5"]


def test_a_register_tells_schools_of_one_name_and_district(record: User) -> None:
    first = NEW.schools[0]
    again = replace(first, ministry_code="1050990007", smis_code="", name="โรงเรียนบ้านดอยทดสอบ")
    report = hand_in(replace(NEW, schools=(*NEW.schools, again)), record)
    assert report.problems == []
    assert [(one.code, one.cell) for one in report.warnings if one.code == "school-named-twice"] == [
        ("school-named-twice", "C7")
    ]
    alone = hand_in(Register(schools=(replace(again, ministry_code="1050990008"),)), record)
    assert [one.code for one in alone.warnings] == ["school-named-twice"]


def test_rows_of_a_round_that_is_open_are_told_where_they_say_something_else(
    world: Mapping[str, Round], actor: User
) -> None:
    opened = world["2567/1"]
    fact, mean = next(iter(opened.references.items()))
    told = Register(
        rounds=(RoundEntry("2567/1", "example-2567", date(2024, 1, 2), date(2024, 1, 3)),),
        references=(ReferenceEntry("2567/1", fact, Decimal(mean)), ReferenceEntry("2567/1", "nt-thai", Decimal("1.5"))),
    )
    report = hand_in(told, actor)
    assert report.problems == []
    found = [(one.code, one.sheet, one.cell) for one in report.warnings if one.code == "round-open"]
    assert found == [("round-open", "รอบการประเมิน", "A5"), ("round-open", "ค่าอ้างอิง", "C6")]


def test_a_record_of_before_gets_the_names_of_its_register_cleaned(world: Mapping[str, Round]) -> None:
    School.objects.filter(ministry_code="1052500312").update(name="โรงเรียนอนุบาลแจ้ห่ม")
    events = list(Event.objects.order_by("number").values_list("digest", flat=True))
    import_module("khunnaphap.organisations.migrations.0003_names_without_the_word").clean_names(apps, None)
    assert School.objects.get(ministry_code="1052500312").name == "อนุบาลแจ้ห่ม"
    assert list(Event.objects.order_by("number").values_list("digest", flat=True)) == events
