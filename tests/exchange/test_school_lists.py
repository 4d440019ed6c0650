"""A list of schools enters what it can, tells the rest row by row, and guesses nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.audit.models import Event
from khunnaphap.exchange.actions import import_workbook
from khunnaphap.exchange.models import ImportedFile
from khunnaphap.exchange.register_forms import register_form
from khunnaphap.exchange.reports import ImportReport
from khunnaphap.organisations.models import AreaOffice, School
from khunnaphap.sheets.register_book import write_register

HEADINGS = ["ministry_code", "smis_code", "name", "province_code", "province", "amphoe", "tambon", "tambon_code", "tambon_lat", "tambon_lon", "area_code", "area_name", "levels", "match"]  # fmt: skip
THAI = ["รหัสกระทรวง", "รหัส SMIS", "ชื่อโรงเรียน", "รหัสจังหวัด", "จังหวัด", "อำเภอ", "ตำบล", "รหัสตำบล", "ละติจูดกลางตำบล", "ลองจิจูดกลางตำบล", "รหัสสำนักงานเขต", "สำนักงานเขต", "ชั้นที่เปิดสอน", "ผลการเทียบอำเภอ"]  # fmt: skip
PRIMARY = "1052500001,52010084,พิชัยวิทยา,52,ลำปาง,เมืองลำปาง,พิชัย,520111,18.31809,99.56983,5201,สพป.ลำปาง เขต 1,อนุบาล-มัธยมศึกษาตอนต้น,unique"
SECONDARY = "1051990114,51012008,หริภุญไชย,51,ลำพูน,เมืองลำพูน,ในเมือง,510101,18.575,99.006,101735,สพม.เขต 35(ลำปาง-ลำพูน),มัธยมศึกษาตอนต้น-มัธยมศึกษาตอนปลาย,unique"
SPECIAL = "1054990001,,ศึกษาพิเศษแพร่,54,แพร่,เมืองแพร่,,,,,100700,สำนักบริหารงานการศึกษาพิเศษ,อนุบาล-มัธยมศึกษาตอนปลาย,unique"
GOOD = (PRIMARY, SECONDARY, SPECIAL)


def content_of(*rows: str, headings: Iterable[str] = HEADINGS) -> bytes:
    return "\r\n".join([",".join(headings), *rows, ""]).encode()


def hand_in(by: User, *rows: str, dry_run: bool = False) -> ImportReport:
    return import_workbook(name="รายชื่อ.csv", content=content_of(*rows), by=by, dry_run=dry_run)


def changed(row: str, **fields: str) -> str:
    cells = dict(zip(HEADINGS, row.split(","), strict=True)) | fields
    return ",".join(cells.values())


def faults(report: ImportReport) -> set[tuple[str, str]]:
    return {(problem.cell, problem.code) for problem in report.problems}


def test_a_list_enters_schools_with_their_offices_in_one_event(record: User) -> None:
    before = Event.objects.count()
    report = hand_in(record, *GOOD)
    assert report.problems == []
    assert report.counts == {
        "added": 3, "changed": 0, "unchanged": 0, "offices": 4, "left_out": 0,
        "left_out_district": 0, "left_out_office": 0, "left_out_codes": 0, "left_out_other": 0,
    }  # fmt: skip
    school = School.objects.get(ministry_code="1052500001")
    assert (school.district.name, school.office.code, school.grades[0], school.grades[-1]) == (
        "เมืองลำปาง",
        "5201",
        "K1",
        "M3",
    )
    assert (school.latitude, school.longitude) == (Decimal("18.318090"), Decimal("99.569830"))
    assert school.get_position_source_display() == "จุดกลางตำบล"
    assert Event.objects.count() == before + 1
    event = Event.objects.get(verb="enter_school_list")
    assert (event.data["schools"], event.data["file"]) == (3, "รายชื่อ.csv")
    kept = ImportedFile.objects.get(kind="school-list")
    assert kept.stored.endswith(".csv")
    assert (Path(settings.MEDIA_ROOT) / kept.stored).read_bytes() == content_of(*GOOD)


def test_an_old_secondary_name_and_the_province_give_the_office_of_today(record: User) -> None:
    hand_in(record, *GOOD)
    office = School.objects.get(ministry_code="1051990114").office
    assert (office.name, office.closed) == ("สพม.ลำปาง ลำพูน", None)
    former = office.predecessors.get()
    assert (former.code, former.name, former.closed == office.opened) == ("101735", "สพม.เขต 35", True)
    assert {one.name for one in former.aliases.all()} == {"สพม.เขต 35 (ลำปาง-ลำพูน)"}


def test_an_office_that_the_record_has_keeps_its_code(world: dict[str, Round], actor: User) -> None:
    report = hand_in(actor, SECONDARY)
    school = School.objects.get(ministry_code="1051990114")
    assert school.office.code == "510052"
    assert AreaOffice.objects.filter(name="สพม.ลำปาง ลำพูน").count() == 1
    assert report.counts["changed"] == 1
    assert report.parts[1].note == "แก้ไข รหัส SMIS, ชื่อ (ชื่อเดิม หริภุญไชยรุ่งเรืองวิทยา)"


def test_a_list_renews_what_it_says_and_nothing_else(world: dict[str, Round], actor: User) -> None:
    before = School.objects.values().get(ministry_code="1051990114")
    hand_in(actor, SECONDARY)
    after = School.objects.values().get(ministry_code="1051990114")
    differing = {name for name in before if before[name] != after[name]}
    assert differing == {"smis_code", "name"}
    assert after["is_quality"]
    assert after["position_source"] == "map"


def test_a_centroid_never_takes_the_place_of_better_coordinates(record: User) -> None:
    hand_in(record, PRIMARY)
    assert hand_in(record, changed(PRIMARY, tambon_lat="18.4")).counts["changed"] == 1
    assert School.objects.get(ministry_code="1052500001").latitude == Decimal("18.4")
    for source in ("gps", ""):
        School.objects.update(latitude=Decimal("18.5"), longitude=Decimal("99.5"), position_source=source)
        assert hand_in(record, PRIMARY).counts["unchanged"] == 1
    assert School.objects.get(ministry_code="1052500001").latitude == Decimal("18.5")


def test_the_same_list_twice_changes_nothing(record: User) -> None:
    hand_in(record, *GOOD)
    before = (list(School.objects.values()), register_form().told, Event.objects.count(), ImportedFile.objects.count())
    report = hand_in(record, *GOOD)
    assert (report.counts["unchanged"], report.parts[0].changed) == (3, 0)
    after = (list(School.objects.values()), register_form().told, Event.objects.count(), ImportedFile.objects.count())
    assert after == before


def test_a_dry_run_tells_the_same_and_takes_nothing(record: User) -> None:
    report = hand_in(record, *GOOD, dry_run=True)
    assert report.counts["added"] == 3
    assert not School.objects.exists()
    assert not AreaOffice.objects.exists()
    assert not ImportedFile.objects.exists()


@pytest.mark.parametrize(
    ("fields", "cell", "code", "kind"),
    [
        ({"ministry_code": "105250001"}, "A2", "code-invalid", "codes"),
        ({"smis_code": "5201008"}, "B2", "code-invalid", "codes"),
        ({"name": ""}, "C2", "field-lacking", None),
        ({"name": "ก" * 161}, "C2", "text-too-long", None),
        ({"name": "บ้าน\x01ดอย"}, "C2", "control-characters", None),
        ({"province": "ลำปราง"}, "F2", "province-unknown", "district"),
        ({"amphoe": "", "match": "ambiguous"}, "F2", "district-unknown", "district"),
        ({"amphoe": "", "match": "none"}, "F2", "district-unknown", "district"),
        ({"amphoe": "แม่ริม"}, "F2", "district-unknown", "district"),
        ({"tambon_lat": "48.1"}, "I2", "coordinates-outside", None),
        ({"tambon_lat": "เหนือ"}, "I2", "coordinates-outside", None),
        ({"tambon_lat": ""}, "I2", "coordinates-outside", None),
        ({"area_name": ""}, "L2", "office-unknown", "office"),
        ({"area_code": ""}, "L2", "office-unknown", "office"),
        ({"area_name": "สพม.ลำปราง"}, "L2", "office-unknown", "office"),
        ({"area_name": "สพม.เขต 36(เชียงราย-พะเยา)"}, "L2", "office-ambiguous", "office"),
        ({"area_name": "สพม.เชียงราย"}, "L2", "office-elsewhere", "office"),
        ({"area_code": "S57"}, "L2", "office-code-taken", "office"),
        ({"levels": ""}, "M2", "field-lacking", None),
        ({"levels": "ทุกชั้น"}, "M2", "grades-unknown", None),
        ({"match": "unique,more"}, "A2", "row-cells", None),
    ],
)
def test_a_row_at_fault_is_left_out_and_told_and_the_rest_enters(
    record: User, fields: dict[str, str], cell: str, code: str, kind: str | None
) -> None:
    report = hand_in(record, changed(PRIMARY, **fields), SPECIAL)
    assert faults(report) == {(cell, code)}
    assert (report.counts["added"], report.counts["left_out"]) == (1, 1)
    kinds = ("district", "office", "codes", "other")
    assert [name for name in kinds if report.counts[f"left_out_{name}"]] == [kind or "other"]
    assert "ส่วนแถวอื่นรับได้ทั้งหมด" in report.parts[0].note
    assert School.objects.get().ministry_code == "1054990001"
    assert all(problem.mend and problem.file == "รายชื่อ.csv" for problem in report.problems)


def test_what_holds_rows_back_adds_up_though_a_row_has_faults_of_several_kinds(record: User) -> None:
    several = changed(PRIMARY, amphoe="แม่ริม", smis_code="5201008", levels="ทุกชั้น")
    report = hand_in(record, several, changed(SPECIAL, levels=""), SECONDARY)
    kinds = [report.counts[f"left_out_{name}"] for name in ("district", "office", "codes", "other")]
    assert (kinds, sum(kinds)) == ([1, 0, 0, 1], report.counts["left_out"])
    assert "ไม่นำเข้า 2 แถวที่มีปัญหา (ไม่ทราบอำเภอ 1, เรื่องอื่น 1)" in report.parts[0].note


def test_codes_that_stand_in_two_rows_are_told_at_both(record: User) -> None:
    other = changed(SPECIAL, smis_code="52010084")
    report = hand_in(record, PRIMARY, PRIMARY.replace("พิชัยวิทยา", "อื่น"), other, SECONDARY)
    assert faults(report) == {("A2", "row-twice"), ("A3", "row-twice"), ("B2", "smis-twice"), ("B3", "smis-twice"), ("B4", "smis-twice")}  # fmt: skip
    assert report.counts["added"] == 1
    hand_in(record, PRIMARY)
    assert faults(hand_in(record, other)) == {("B2", "smis-twice")}


def test_an_office_under_two_codes_or_names_is_told_at_every_row_of_it(record: User) -> None:
    report = hand_in(
        record, PRIMARY, changed(PRIMARY, ministry_code="1052500009", smis_code="", area_name="สพป.ลำปาง 1")
    )
    assert faults(report) == {("L2", "office-code-taken"), ("L3", "office-code-taken")}
    hand_in(record, PRIMARY)
    known = hand_in(record, changed(PRIMARY, area_name="สพป.ลป.1"))
    assert faults(known) == {("L2", "office-code-taken")}
    assert "สพป.ลำปาง เขต 1" in known.problems[0].message


def test_a_blank_district_is_no_fault_where_the_record_knows_it(record: User) -> None:
    hand_in(record, PRIMARY)
    blank = changed(PRIMARY, amphoe="", match="ambiguous", name="พิชัยวิทยาคาร")
    assert hand_in(record, blank).counts["changed"] == 1
    assert School.objects.get().district.name == "เมืองลำปาง"
    moved = changed(blank, province="ลำพูน")
    assert ("F2", "district-unknown") in faults(hand_in(record, moved))


def test_the_districts_that_have_the_subdistrict_are_named(record: User) -> None:
    report = hand_in(record, changed(PRIMARY, amphoe="", tambon="บ้านเอื้อม"))
    assert report.problems[0].mend == "กรอกชื่ออำเภอ ตำบลบ้านเอื้อม มีในอำเภอเมืองลำปาง"


def test_the_rows_left_out_can_be_mended_and_imported(record: User) -> None:
    report = hand_in(record, changed(PRIMARY, amphoe="", name='"=HYPERLINK(1)"'), SECONDARY)
    told = list(csv.DictReader(io.StringIO(report.left_out.decode("utf-8-sig"))))
    assert [(row["แถวเดิม"], row["name"], row["ministry_code"]) for row in told] == [
        ("2", "'=HYPERLINK(1)", "1052500001")
    ]
    assert told[0]["ปัญหา"].startswith("ไม่ทราบอำเภอของ")
    mended = report.left_out.decode("utf-8-sig").replace("ลำปาง,,พิชัย", "ลำปาง,เมืองลำปาง,พิชัย").encode()
    again = import_workbook(name="mended.csv", content=mended, by=record)
    assert (again.problems, again.counts["added"], again.left_out) == ([], 1, b"")
    assert School.objects.get(ministry_code="1052500001").name == "=HYPERLINK(1)"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
@pytest.mark.parametrize("headings", [HEADINGS, THAI], ids=["english", "thai"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_list_is_read_however_it_was_saved(record: User, encoding: str, headings: list[str], delimiter: str) -> None:
    content = content_of(*GOOD, headings=headings).decode().replace(",", delimiter).encode(encoding)
    report = import_workbook(name="LIST.CSV", content=content, by=record, dry_run=True)
    assert (report.problems, report.counts["added"], report.kind) == ([], 3, "school-list")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"PK\x03\x04rest", "list-damaged"),
        ("รหัสกระทรวง".encode("utf-16"), "list-damaged"),
        (content_of(*GOOD)[:-1] + b"\xe0\xb8\x81\x81\xff", "list-damaged"),
        (content_of(*GOOD, headings=["x", *HEADINGS[1:]]), "heading-differs"),
        (content_of(*GOOD, headings=["name", *HEADINGS[1:]]), "heading-differs"),
        (b"name," * 3_000_000, "file-too-large"),
        (content_of() + b'"' + b"x" * 200_000, "list-damaged"),
    ],
)
def test_what_is_no_list_is_refused_in_words(record: User, content: bytes, code: str) -> None:
    report = import_workbook(name="a.csv", content=content, by=record)
    assert [problem.code for problem in report.problems] == [code]
    assert report.parts == []


def test_a_longer_list_takes_no_more_queries_than_its_batches(record: User) -> None:
    def rows(count: int) -> list[str]:
        return [changed(PRIMARY, ministry_code=f"10529{n:05}", smis_code=f"5299{n:04}") for n in range(count)]

    with CaptureQueriesContext(
        connection,
    ) as few:
        hand_in(record, *rows(20), dry_run=True)
    with CaptureQueriesContext(connection) as many:
        hand_in(record, *rows(400), dry_run=True)
    assert len(many) - len(few) <= 10


def test_what_a_list_entered_comes_out_as_a_register_and_goes_in_again(record: User) -> None:
    hand_in(record, *GOOD)
    report = import_workbook(name="register.xlsx", content=write_register(register_form()), by=record)
    assert (report.problems, report.parts[0].changed) == ([], 0)
