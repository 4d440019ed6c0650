"""Letters are read from one pasted line and written back the same."""

from __future__ import annotations

from datetime import date

import pytest

from khunnaphap.core.letters import Letter, LetterError, numbers_in, parse_letter, short_number
from khunnaphap.core.thai.numerals import thai

LINES = [
    "หนังสือสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน ด่วนที่สุด ที่ ศธ ๐๔๐๐๘.๑/ว๔๘๑ ลงวันที่ ๒๕ มิถุนายน ๒๕๖๗",
    "หนังสือสำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต ๓ ที่ ศธ ๐๔๑๓๓/ว๑๙๖๐ ลงวันที่ ๒๘ มิถุนายน ๒๕๖๗",
    "คำสั่งสำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต ๓ ที่ ๑๕๕/๒๕๖๗ ลงวันที่ ๓๐ เมษายน ๒๕๖๗ เรื่อง แต่งตั้งคณะกรรมการขับเคลื่อน",
    "ประกาศสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน ณ วันที่ ๒๑ ธันวาคม ๒๕๖๖ เรื่อง รายชื่อโรงเรียนคุณภาพ",
    "บันทึกข้อความกลุ่มนโยบายและแผน ที่ ศธ ๐๔๑๓๓/๑๒ ลงวันที่ ๓ พฤษภาคม ๒๕๖๗ เรื่อง ขออนุมัติโครงการ",
    "บันทึกข้อความกลุ่มนโยบายและแผน ลงวันที่ ๓ พฤษภาคม ๒๕๖๗",
]


@pytest.mark.parametrize("line", LINES)
def test_a_pasted_line_is_written_back_the_same(line: str) -> None:
    assert thai(parse_letter(line).cited()) == line
    assert thai(parse_letter(f"({line})").cited()) == line


def test_the_parts_of_a_letter() -> None:
    assert parse_letter(LINES[0]) == Letter(
        "letter", "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", date(2024, 6, 25), "ศธ 04008.1/ว481", "ด่วนที่สุด"
    )
    order = parse_letter(LINES[2])
    assert (order.kind, order.number, order.subject) == ("order", "155/2567", "แต่งตั้งคณะกรรมการขับเคลื่อน")


@pytest.mark.parametrize("short", ["ลว. 30 เม.ย. 2567", "ลว.30 เมษายน 2567", "ลงวันที่ 30 เม.ย. 2567"])
def test_the_short_word_before_a_date_is_read_as_the_long_one(short: str) -> None:
    assert parse_letter(f"คำสั่งเขต ที่ 155/2567 {short}") == parse_letter("คำสั่งเขต ที่ 155/2567 ลงวันที่ 30 เมษายน 2567")


@pytest.mark.parametrize(
    "foot",
    [
        "คำสั่งเขต ที่ 155/2567 สั่ง ณ วันที่ 30 เมษายน พ.ศ. 2567 เรื่อง แต่งตั้ง",
        "คำสั่งเขต ที่ 155/2567 ลงวันที่ 30 เมษายน พ.ศ. 2567 เรื่อง แต่งตั้ง",
        "คำสั่งเขต ที่ 155 / 2567 เรื่อง แต่งตั้ง ลงวันที่ 30 เมษายน 2567",
    ],
)
def test_a_line_copied_from_an_orders_own_head_and_foot_is_read(foot: str) -> None:
    assert parse_letter(foot) == parse_letter("คำสั่งเขต ที่ 155/2567 ลงวันที่ 30 เมษายน 2567 เรื่อง แต่งตั้ง")


def test_an_announcements_subject_may_stand_before_its_date() -> None:
    said = parse_letter("ประกาศ สพฐ. เรื่อง รายชื่อโรงเรียน ประกาศ ณ วันที่ 21 ธันวาคม พ.ศ. 2566")
    assert said == Letter("announcement", "สพฐ.", date(2023, 12, 21), subject="รายชื่อโรงเรียน")
    assert said.cited() == "ประกาศ สพฐ. ณ วันที่ 21 ธันวาคม 2566 เรื่อง รายชื่อโรงเรียน"


@pytest.mark.parametrize("number", ["สพฐ. 512/2567", "สป 234/2567", "พิเศษ 3/2567"])
def test_an_orders_number_may_bear_the_senders_letters(number: str) -> None:
    line = f"คำสั่งกระทรวงศึกษาธิการ ที่ {number} ลงวันที่ 30 เมษายน 2567"
    assert (parse_letter(line).number, parse_letter(line).numbered_year) == (number, 2567)
    assert short_number(f"ที่ {number}") == number
    assert numbers_in(f"ตามที่ {number} และคำสั่งเขต 155/2567") == [number, "155/2567"]


@pytest.mark.parametrize("number", ["ที่ศธ 04008.1/ว481", "ที่ ศธ 04008.1 / ว481", "ที่ ศธ 04008.1/ว481"])
@pytest.mark.parametrize("urgency", ["ด่วนที่สุด ", "ด่วนที่สุด"])
def test_spaces_in_a_letters_number_are_no_fault(urgency: str, number: str) -> None:
    said = parse_letter(f"หนังสือสพฐ. {urgency}{number} ลงวันที่ 25 มิถุนายน 2567")
    assert (said.sender, said.urgency, said.number) == ("สพฐ.", "ด่วนที่สุด", "ศธ 04008.1/ว481")


@pytest.mark.parametrize(
    "line",
    [
        "หนังสือการไฟฟ้าฝ่ายผลิตแห่งประเทศไทย ที่ กฟผ. 951000/12345 ลงวันที่ 25 มิถุนายน 2567",
        "หนังสือบริษัท ปตท. จำกัด (มหาชน) ที่ ปตท. 123/2567 ลงวันที่ 25 มิถุนายน 2567",
        "หนังสือวัดคลองแดน ที่ 25/2567 ลงวันที่ 25 มิถุนายน 2567",
        "หนังสือมูลนิธิเพื่อเด็ก ลงวันที่ 25 มิถุนายน 2567 เรื่อง มอบทุน",
        "หนังสือสำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 3 ที่ ศธ 04133/พิเศษ ลงวันที่ 25 มิถุนายน 2567",
        "หนังสือสำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 3 ที่ ศธ 04133/ลับ 3 ลงวันที่ 25 มิถุนายน 2567",
    ],
)
def test_letters_that_are_numbered_in_another_way_or_not_at_all(line: str) -> None:
    assert parse_letter(line).cited() == line


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ตามหนังสือสพฐ. ที่ ศธ 04008.1/ว481 ลงวันที่ 25 มิ.ย. 67", "หนังสือสพฐ. ที่ ศธ 04008.1/ว481 ลงวันที่ 25 มิถุนายน 2567"),
        ("หนังสือสพฐ. ที่ ศธ04008.1/ว.481 ลงวันที่ 25มิ.ย.67", "หนังสือสพฐ. ที่ ศธ 04008.1/ว481 ลงวันที่ 25 มิถุนายน 2567"),
        (
            "หนังสือสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐานด่วนที่สุด ที่ ศธ 04008.1/ว481 ลงวันที่ 25 มิถุนายน 2567",
            "หนังสือสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน ด่วนที่สุด ที่ ศธ 04008.1/ว481 ลงวันที่ 25 มิถุนายน 2567",
        ),
        (
            "คำสั่งสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐานที่ 1234/2567 ลงวันที่ 25 มิถุนายน 2567",
            "คำสั่งสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน ที่ 1234/2567 ลงวันที่ 25 มิถุนายน 2567",
        ),
    ],
)
def test_what_people_leave_out_or_run_together_is_read(typed: str, meant: str) -> None:
    assert parse_letter(typed) == parse_letter(meant)


def test_a_text_that_is_no_citation_still_shows_its_numbers() -> None:
    assert numbers_in("ตามคำสั่งที่ ๑๕๕/๒๕๖๗ และ ศธ 04008.1/ว481") == ["155/2567", "ศธ 04008.1/ว481"]
    assert numbers_in("คำสั่ง ที่ ฉบับที่หนึ่ง") == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ประชุมทางไกล", "letter-unknown"),
        ("หนังสือ สพฐ. ลงวันที่ 25 มิถุนายน 2567", "letter-number"),
        ("หนังสือสพฐ. ที่ ศธ 04008.1-481 ลงวันที่ 25 มิถุนายน 2567", "letter-number"),
        ("หนังสือสพฐ. ที่ ศธ 04008.1/ว481 ลงวันที่ 31 มิถุนายน 2567", "date-impossible"),
        ("หนังสือสพฐ. ที่ ศธ 04008.1/ว481 ลงวันที่ 25 มิถุนา 2567", "date-unknown"),
        ("หนังสือสพฐ. ที่ ศธ 04008.1/ว481 ลงวันที่ 25/6/05", "date-unknown"),
        ("หนังสือสพฐ. ที่ 481/2567 ลงวันที่ 25 มิถุนายน 2567", "letter-number"),
        ("หนังสือวัดคลองแดน ที่ ข้างวัด ลงวันที่ 25 มิถุนายน 2567", "letter-number"),
        ("คำสั่งวัดคลองแดน ลงวันที่ 25 มิถุนายน 2567", "letter-number"),
    ],
)
def test_what_is_wrong_with_a_line_is_told(line: str, code: str) -> None:
    with pytest.raises(LetterError) as error:
        parse_letter(line)
    assert error.value.code == code
    assert error.value.mend
