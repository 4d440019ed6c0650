"""An office's workbook goes in whole or not at all; planted faults are named at their cells."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.core.programme import Candidate, OfficeYear
from khunnaphap.demo import accounts
from khunnaphap.exchange.actions import import_workbook, undo_import
from khunnaphap.exchange.forms import office_form
from khunnaphap.exchange.reports import ImportReport
from khunnaphap.organisations.models import AreaOffice, School
from khunnaphap.programme.queries import account_of
from khunnaphap.sheets.office_contract import STEPS
from khunnaphap.sheets.office_form import write_office


@pytest.fixture
def office(world: Mapping[str, Round]) -> AreaOffice:
    return AreaOffice.objects.get(code="520003")


def book_of(office: AreaOffice, told: OfficeYear | None = None) -> bytes:
    return write_office(replace(office_form(office, 2567), told=told or accounts.office_year(office.code)))


def changed(content: bytes, cells: Mapping[tuple[str, str], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def hand_in(content: bytes, by: User, **more: bool) -> ImportReport:
    return import_workbook(name="เขต.xlsx", content=content, by=by, **more)


@pytest.mark.parametrize("code", accounts.codes())
def test_what_is_written_is_read_back_the_same(world: Mapping[str, Round], actor: User, code: str) -> None:
    office = AreaOffice.objects.get(code=code)
    report = hand_in(book_of(office), actor)
    assert (report.problems, report.kind) == ([], "office")
    assert account_of(office.pk, 2567) == accounts.office_year(code)
    again = hand_in(write_office(office_form(office, 2567)), actor)
    assert [part.changed for part in again.parts] == [0]


def test_planted_faults_are_all_named_at_their_cells(office: AreaOffice, actor: User) -> None:
    faults = {
        ("วันและสถานที่", "B5"): "วันพฤหัสบดีที่ 26 มิถุนายน 2567",
        ("วันและสถานที่", "B6"): "26 มิถุนายน 2570",
        ("วันและสถานที่", "D7"): "บ่ายโมง",
        ("การคัดเลือก", "A5"): "โรงเรียนไม่มีอยู่จริง",
        ("คณะกรรมการ", "C5"): "คำสั่งสพป. ที่ ฉบับที่หนึ่ง ลงวันที่ 30 เมษายน 2567",
        ("เงิน", "B5"): "สองหมื่น",
        ("ข้อความ", "A5"): "อื่น ๆ",
    }
    report = hand_in(changed(book_of(office), faults), actor)
    named = {(problem.sheet, problem.cell): problem.code for problem in report.problems}
    assert named == {
        ("วันและสถานที่", "B5"): "weekday-wrong",
        ("วันและสถานที่", "B6"): "date-outside-year",
        ("วันและสถานที่", "D7"): "time-unknown",
        ("การคัดเลือก", "A5"): "school-unknown",
        ("คณะกรรมการ", "C5"): "letter-number",
        ("เงิน", "B5"): "not-a-number",
        ("ข้อความ", "A5"): "choice-unknown",
    }
    assert all(problem.mend for problem in report.problems)
    assert account_of(office.pk, 2567) == OfficeYear()


def test_the_sample_of_the_guide_is_what_one_file_is_told(office: AreaOffice, actor: User) -> None:
    cells = {
        ("วันและสถานที่", "B6"): "วันอังคารที่ 5 กุมภาพันธ์ 2567",
        ("วันและสถานที่", "B7"): "26 มิถุนายน 2570",
        ("การคัดเลือก", "A6"): "บ้านแจ้ห่มดอยฟ้า",
        ("เงิน", "B6"): 21000,
        ("คณะกรรมการ", "C5"): "คำสั่งสพป.ลำปาง เขต 3 ที่ ฉบับที่หนึ่ง ลงวันที่ 30 เมษายน 2567",
    }
    report = hand_in(changed(book_of(office), cells), actor)
    told = [f"ผิด [{p.sheet} {p.cell}] {p.message}\n    แก้ไข: {p.mend}" for p in report.problems]
    guide = (Path(__file__).parents[2] / "docs/user/problems.md").read_text("utf-8")
    assert guide.split("```")[1].strip() == "\n".join(told)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({("กิจกรรม", "A5"): "หนึ่ง"}, [("กิจกรรม", "A5")]),  # its occasions are no strays
        ({("คณะกรรมการ", "C5"): "คำสั่งเขต ที่ 155/2567 ลงวันที่ 31 กุมภาพันธ์ 2567", ("กิจกรรม", "L15"): "155/2567"}, [("คณะกรรมการ", "C5")]),
        ({("คณะกรรมการ", "C5"): "คำสั่งเขต ที่ หนึ่ง ลงวันที่ 3 กุมภาพันธ์ 2567", ("กิจกรรม", "L15"): "155/2567"}, [("คณะกรรมการ", "C5")]),
        ({("เงิน", "B5"): "สองหมื่น", ("เงิน", "E6"): None, ("เงิน", "E5"): None}, [("เงิน", "B5")]),
        ({("การคัดเลือก", "B5"): "อาจจะ", ("การคัดเลือก", "F5"): 3}, [("การคัดเลือก", "B5")]),
        ({("วันและสถานที่", "B5"): "วันหนึ่ง", ("วันและสถานที่", "C5"): "6 กุมภาพันธ์ 2567"}, [("วันและสถานที่", "B5")]),
        ({("กิจกรรม", "C4"): "หัวอื่น", ("เงิน", "I6"): "ที่ 999/2567"}, [("กิจกรรม", "C4")]),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_makes_no_other_fault(
    cells: dict[tuple[str, str], object], told: list[tuple[str, str]], office: AreaOffice, actor: User
) -> None:
    report = hand_in(changed(book_of(office), cells), actor)
    assert [(p.sheet, p.cell) for p in report.problems] == told


def test_what_could_be_read_is_checked_beside_what_could_not(office: AreaOffice, actor: User) -> None:
    cells = {
        ("กิจกรรม", "A5"): "หนึ่ง",
        ("วันและสถานที่", "A5"): "ที่ใด",
        ("วันและสถานที่", "B5"): "26 มิถุนายน 2570",
        ("กิจกรรม", "D6"): 0,
        ("กิจกรรม", "L15"): "999/2567",
        ("เงิน", "B6"): 19000,
        ("เงิน", "C6"): "1052500312: 5,000\n1052500197: 7,000\n1052500383: 8,000",
    }
    report = hand_in(changed(book_of(office), cells), actor)
    assert {(p.sheet, p.cell, p.code) for p in report.problems} == {
        ("กิจกรรม", "A5", "not-a-number"),
        ("วันและสถานที่", "A5", "not-a-number"),
        ("วันและสถานที่", "B5", "date-outside-year"),
        ("กิจกรรม", "D6", "amount-invalid"),
        ("กิจกรรม", "L15", "letter-not-found"),
        ("เงิน", "B6", "sum-differs"),
    }


def test_a_candidate_stands_once_and_is_of_the_office_itself(office: AreaOffice, actor: User) -> None:
    own = School.objects.get(ministry_code="1052500312")
    other = School.objects.filter(office__code="520001").first()
    assert other is not None
    told = replace(
        accounts.office_year(office.code),
        candidates=(
            Candidate(own.name, True),
            Candidate(own.ministry_code, False),
            Candidate(other.ministry_code, True),
        ),
    )
    report = hand_in(book_of(office, told), actor)
    assert [(p.sheet, p.cell, p.code) for p in report.problems] == [
        ("การคัดเลือก", "A6", "row-twice"),
        ("การคัดเลือก", "A7", "school-elsewhere"),
    ]
    assert other.name in report.problems[1].message


@pytest.mark.parametrize(
    ("party", "codes"),
    [
        ("โรงเรียนในจินตนาการ: 300", ["school-unknown"]), ("โรงเรียนอนุบาลแจ้หม", ["school-unknown"]),
        ("โรงเรียนอนุบาลแจ้ห่ม", []), ("อนุบาลแจ้ห่ม", []), ("โรงเรียนในสังกัดทุกแห่ง", []),
        ("อบต.แจ้ห่ม", []), ("บริษัท โรงเรียนดี จำกัด", []),
    ],
)  # fmt: skip
def test_a_party_that_is_a_school_is_one_of_the_register(
    party: str, codes: list[str], office: AreaOffice, actor: User
) -> None:
    report = hand_in(changed(book_of(office), {("เงิน", "C6"): party, ("เงิน", "B6"): None}), actor)
    assert [(p.cell, p.code) for p in report.problems] == [("C6", code) for code in codes]
    assert "แจ้หม" not in party or "อนุบาลแจ้ห่ม" in report.problems[0].mend


def test_letters_have_dates_that_can_be_and_one_each(office: AreaOffice, actor: User) -> None:
    letter = "หนังสือสพฐ. ที่ ศธ 04008.1/ว900 ลงวันที่ {}"
    cells = {
        ("กิจกรรม", "L6"): letter.format("1 ตุลาคม 2567"),
        ("กิจกรรม", "L7"): letter.format("2 พฤษภาคม 2567"),
        ("กิจกรรม", "L8"): letter.format("2 พฤษภาคม 2566"),  # another letter: numbers begin anew each year
        ("คณะกรรมการ", "C5"): "คำสั่งเขต ที่ 88/2569 ลว. 30 เม.ย. 2567",
    }
    report = hand_in(changed(book_of(office), cells), actor)
    assert [(p.sheet, p.cell, p.code) for p in report.problems] == [
        ("กิจกรรม", "L6", "date-outside-year"),
        ("กิจกรรม", "L7", "letter-two-dates"),
    ]
    assert ("คณะกรรมการ", "C5", "letter-year") in {(p.sheet, p.cell, p.code) for p in report.warnings}
    assert ("กิจกรรม", "L8", "letter-old") in {(p.sheet, p.cell, p.code) for p in report.warnings}


def test_a_bad_whole_number_is_told_to_be_whole(office: AreaOffice, actor: User) -> None:
    report = hand_in(changed(book_of(office), {("กิจกรรม", "D6"): 1.5}), actor)
    assert [p.mend for p in report.problems] == ["พิมพ์จำนวนเต็มตั้งแต่ 0 เช่น 25 หรือ 1,250"]


def test_money_passed_on_may_not_be_more_than_received(office: AreaOffice, actor: User) -> None:
    told = accounts.office_year("520003")
    received = told.money[0]
    more = replace(told.money[1], amount=received.amount + 1, project=received.project)  # type: ignore[operator]
    report = hand_in(book_of(office, replace(told, money=(received, more))), actor)
    assert [(p.sheet, p.cell, p.code) for p in report.problems] == [("เงิน", "B6", "sum-differs")]


def test_a_letter_stands_in_full_once_and_by_its_number_elsewhere(office: AreaOffice, actor: User) -> None:
    content = book_of(office)
    meeting = ("กิจกรรม", "L15")
    assert openpyxl.load_workbook(io.BytesIO(content))[meeting[0]][meeting[1]].value.startswith("คำสั่ง")
    report = hand_in(changed(content, {meeting: "ที่ 155/2567"}), actor)
    assert report.problems == []
    assert account_of(office.pk, 2567) == accounts.office_year("520003")
    lost = hand_in(changed(content, {meeting: "156/2567"}), actor)
    assert [(p.sheet, p.cell, p.code) for p in lost.problems] == [(*meeting, "letter-not-found")]
    other = "คำสั่งสพป.ลำปาง เขต 1 ที่ 155/2567 ลงวันที่ 2 พฤษภาคม 2567"
    both = hand_in(changed(content, {meeting: "155/2567", ("เงิน", "I6"): other}), actor)
    assert [(p.sheet, p.cell, p.code) for p in both.problems] == [(*meeting, "letter-ambiguous")]


def test_parties_with_their_own_amounts_must_add_up(office: AreaOffice, actor: User) -> None:
    lines = "1052500312: 5,000\n1052500197: 7,000\nเทศบาลตำบลแจ้ห่ม: 8,000 บาท"
    wrong = hand_in(changed(book_of(office), {("เงิน", "B6"): 19000, ("เงิน", "C6"): lines}), actor)
    assert [(p.sheet, p.cell, p.code) for p in wrong.problems] == [("เงิน", "B6", "sum-differs")]
    much = hand_in(changed(book_of(office), {("เงิน", "C6"): lines.replace("8,000", "8,000.25")}), actor)
    assert [(p.sheet, p.cell, p.code) for p in much.problems] == [("เงิน", "C6", "sum-differs")]
    code = hand_in(changed(book_of(office), {("เงิน", "C6"): "1052599999"}), actor)
    assert [(p.sheet, p.cell, p.code) for p in code.problems] == [("เงิน", "C6", "school-unknown")]
    assert hand_in(changed(book_of(office), {("เงิน", "C6"): lines}), actor).problems == []
    assert account_of(office.pk, 2567).money[1].total == 20000


def test_numbers_of_peoples_own_are_not_numbered_twice(office: AreaOffice, actor: User) -> None:
    typed = {
        ("กิจกรรม", "J5"): "1. โทรศัพท์\n2. กลุ่มไลน์",
        ("กิจกรรม", "D5"): "ครั้งที่ 2",
        ("ปัญหาและแนวทาง", "A5"): "1. อาคารเก่า",
        ("ปัญหาและแนวทาง", "B5"): "1) ซ่อมแซม",
        ("ปัญหาและแนวทาง", "C5"): "1. มั่นคง\n2. ทันสมัย",
        ("เงิน", "B5"): "20,000.-",
        ("เงิน", "C6"): "1) 1052500312: 5,000\n2) รร.อนุบาลวังเหนือ 7,000 บาท",
    }
    assert hand_in(changed(book_of(office), typed), actor).problems == []
    told = account_of(office.pk, 2567)
    assert (told.activities[0].items, told.activities[0].series) == (("โทรศัพท์", "กลุ่มไลน์"), 2)
    one = told.difficulties[0]
    assert (one.problem, one.solution, one.results) == ("อาคารเก่า", "ซ่อมแซม", ("มั่นคง", "ทันสมัย"))
    assert [(party.name, party.amount) for party in told.money[1].parties] == [
        ("1052500312", 5000),
        ("รร.อนุบาลวังเหนือ", 7000),
    ]


def test_hours_may_go_overnight_only_to_a_later_day(office: AreaOffice, actor: User) -> None:
    night = {("วันและสถานที่", "D5"): "22.00 - 05.00 น.", ("วันและสถานที่", "C5"): None}
    report = hand_in(changed(book_of(office), night), actor)
    assert [(p.sheet, p.cell, p.code) for p in report.problems] == [("วันและสถานที่", "D5", "time-order")]
    night |= {("วันและสถานที่", "B5"): "21 ธันวาคม 2566", ("วันและสถานที่", "C5"): "22 ธันวาคม 2566"}
    assert hand_in(changed(book_of(office), night), actor).problems == []
    held = [one for activity in account_of(office.pk, 2567).activities for one in activity.occasions]
    assert (time(22), time(5)) in {(one.begins, one.ends) for one in held}


@pytest.mark.parametrize("typed", [0.5, 0.999, 13.123, 25.0, 13.75])
def test_an_hour_that_is_none_is_told(office: AreaOffice, actor: User, typed: float) -> None:
    report = hand_in(changed(book_of(office), {("วันและสถานที่", "D5"): typed}), actor)
    assert [(p.cell, p.code) for p in report.problems] == [("D5", "time-unknown")]


@pytest.mark.parametrize(("typed", "read"), [(13.3, time(13, 30)), (13, time(13)), (9.05, time(9, 5))])
def test_an_hour_typed_as_a_number_is_read(office: AreaOffice, actor: User, typed: float, read: time) -> None:
    report = hand_in(changed(book_of(office), {("วันและสถานที่", "D5"): typed}), actor)
    held = {one.begins for activity in account_of(office.pk, 2567).activities for one in activity.occasions}
    assert (report.problems, read in held) == ([], True)


def test_an_hour_in_a_cell_of_a_day_is_told(office: AreaOffice, actor: User) -> None:
    moment = datetime(2023, 12, 21, 9, 30)  # noqa: DTZ001 - a cell has no zone
    with_hour = {("วันและสถานที่", "B5"): moment, ("วันและสถานที่", "C5"): None}
    report = hand_in(changed(book_of(office), with_hour), actor)
    assert [(p.cell, p.code) for p in report.warnings if p.code == "time-dropped"] == [("B5", "time-dropped")]


@pytest.mark.parametrize(
    ("begins", "until", "faults"),
    [
        ("มิ.ย. 1967", None, [("begins", "date-outside-year")]),
        ("มิถุนายน 2567", "พฤษภาคม 2567", [("until", "date-order")]),
        ("มิถุนายน 2567", "31 ธันวาคม 9999", [("until", "date-outside-year")]),
    ],
)
def test_the_time_of_a_step_is_in_its_year_and_in_order(
    office: AreaOffice, actor: User, begins: str, until: str | None, faults: list[tuple[str, str]]
) -> None:
    letters = {one.name: STEPS.columns.letters[one.heading] for one in STEPS.fields}
    row = {"title": "ทบทวน", "begins": begins, "until": until}
    cells = {(STEPS.sheet, f"{letters[name]}5"): value for name, value in row.items()}
    report = hand_in(changed(book_of(office), cells), actor)
    assert [(p.cell, p.code) for p in report.problems] == [(f"{letters[name]}5", code) for name, code in faults]


def test_nothing_is_doubted_of_a_cell_that_could_not_be_read(office: AreaOffice, actor: User) -> None:
    cells = {("การคัดเลือก", "B5"): "อาจจะ"}
    report = hand_in(changed(book_of(office), cells), actor)
    assert [(p.cell, p.code) for p in report.problems] == [("B5", "choice-unknown")]
    assert [p for p in report.warnings if p.code in ("quality-not-chosen", "chosen-not-quality")] == []


def test_months_days_and_the_selection_are_held_against_each_other(office: AreaOffice, actor: User) -> None:
    mixed = {("วันและสถานที่", "B5"): "ธันวาคม 2566", ("วันและสถานที่", "C5"): "21 ธันวาคม 2566"}
    report = hand_in(changed(book_of(office), mixed), actor)
    assert [(p.cell, p.code) for p in report.problems] == [("C5", "date-order")]
    late = {
        ("วันและสถานที่", "B5"): "ตุลาคม 2567",
        ("แผนและรายงานที่ส่ง", "A5"): "รายงาน",
        ("แผนและรายงานที่ส่ง", "C5"): "ก.ย. 2566",
        ("การคัดเลือก", "F6"): 3,
    }
    report = hand_in(changed(book_of(office), late), actor)
    assert [(p.sheet, p.cell, p.code) for p in report.problems] == [
        ("วันและสถานที่", "B5", "date-outside-year"),
        ("แผนและรายงานที่ส่ง", "C5", "date-outside-year"),
        ("การคัดเลือก", "F6", "announced-not-chosen"),
    ]


def test_a_name_that_several_schools_have_is_asked_by_code(office: AreaOffice, actor: User) -> None:
    elsewhere = School.objects.filter(office__code="520001")[:2]
    for school in elsewhere:
        school.name = "บ้านหนองบัว"
        school.save()
    report = hand_in(changed(book_of(office), {("อัตรากำลังที่ขาด", "A5"): "โรงเรียนบ้านหนองบัว"}), actor)
    assert [(p.sheet, p.cell, p.code) for p in report.problems] == [("อัตรากำลังที่ขาด", "A5", "school-ambiguous")]
    assert all(school.ministry_code in report.problems[0].mend for school in elsewhere)
    School.objects.filter(pk=elsewhere[0].pk).update(office=office)
    assert hand_in(changed(book_of(office), {("อัตรากำลังที่ขาด", "A5"): "บ้านหนองบัว"}), actor).problems == []


def test_an_occasion_of_no_activity_is_named(office: AreaOffice, actor: User) -> None:
    report = hand_in(changed(book_of(office), {("วันและสถานที่", "A5"): 99}), actor)
    assert [(p.cell, p.code) for p in report.problems] == [("A5", "activity-unknown")]


def test_a_real_date_cell_and_a_buddhist_year_in_one_are_read(office: AreaOffice, actor: User) -> None:
    from datetime import datetime

    dates = {("วันและสถานที่", "B5"): datetime(2024, 2, 5), ("วันและสถานที่", "B6"): datetime(2567, 2, 5)}  # noqa: DTZ001
    report = hand_in(changed(book_of(office), dates), actor)
    assert report.problems == []


def test_dry_run_undo_and_the_same_file_twice(office: AreaOffice, actor: User) -> None:
    content = book_of(office)
    hand_in(content, actor, dry_run=True)
    assert account_of(office.pk, 2567) == OfficeYear()
    report = hand_in(content, actor)
    assert [part.changed for part in hand_in(content, actor).parts] == [0]
    number = report.parts[0].number
    assert number is not None
    undo_import(number=number, by=actor)
    assert account_of(office.pk, 2567) == OfficeYear()
    assert hand_in(content, actor).parts[0].changed > 0


@pytest.mark.parametrize(
    ("cell", "value", "code", "told"),
    [
        ("B3", "2467", "year-unknown", "B3"), ("B3", "9" * 5000, "year-unknown", "B3"),
        ("B4", "990000", "office-unknown", "B4"), ("A3", None, "identity-lacking", "A1"),
    ],
)  # fmt: skip
def test_office_or_year_that_is_none_is_told_at_its_cell(
    cell: str, value: object, code: str, told: str, office: AreaOffice, actor: User
) -> None:
    report = hand_in(changed(book_of(office), {("_khunnaphap", cell): value}), actor)
    assert [(p.code, p.sheet, p.cell) for p in report.problems] == [(code, "_khunnaphap", told)]


def test_amount_shown_as_a_percentage_is_told_and_no_number_is_no_amount(office: AreaOffice, actor: User) -> None:
    book = openpyxl.load_workbook(io.BytesIO(book_of(office)))
    book["เงิน"]["B5"].value, book["เงิน"]["B5"].number_format = 0.55, "0%"
    book["เงิน"]["B6"].value = "NaN"
    stream = io.BytesIO()
    book.save(stream)
    report = hand_in(stream.getvalue(), actor)
    assert [(p.cell, p.code) for p in report.problems] == [("B5", "percent-format"), ("B6", "not-a-number")]


def test_printed_pages_end_soon_after_what_is_filled_in(office: AreaOffice) -> None:
    book = openpyxl.load_workbook(io.BytesIO(book_of(office)))
    told = accounts.office_year("520003")
    assert book["คณะกรรมการ"].print_area == f"'คณะกรรมการ'!$A$1:$E${4 + len(told.committees) + 8}"
