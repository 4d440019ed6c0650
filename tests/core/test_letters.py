"""Letters are read from one pasted line and written back the same."""

from __future__ import annotations

from datetime import date

import pytest

from khunnaphap.core.letters import Letter, LetterError, numbers_in, parse_letter
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
    ],
)
def test_what_is_wrong_with_a_line_is_told(line: str, code: str) -> None:
    with pytest.raises(LetterError) as error:
        parse_letter(line)
    assert error.value.code == code
    assert error.value.mend
