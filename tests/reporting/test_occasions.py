"""When and where something took place: sites, groups and channels of one meeting are told as one sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.reporting.test_narrating import LETTER, OFFICE

from khunnaphap.core.letters import parse_letter
from khunnaphap.core.programme import Activity, Occasion
from khunnaphap.reporting import narrating, occasions


def test_a_meeting_at_several_sites_lists_each() -> None:
    sites = tuple(
        Occasion(date(2024, 8, day), place=f"โรงเรียน{name}") for day, name in ((17, "ก"), (18, "ข"), (24, "ค"))
    )
    held, points = narrating.activity(Activity("จัดประชุม", occasions=sites, items=("ก", "- ข", "ค")), OFFICE)
    assert held.sentence == f"{OFFICE} จัดประชุม จำนวน 3 จุด ดังนี้"
    assert (points.items, points.depths) == (("ก", "ข", "ค"), (0, 1, 0))
    assert held.items[1] == "จุดที่ 2 ณ โรงเรียนข ในวันอาทิตย์ที่ 18 สิงหาคม 2567"
    assert held.named


def test_whom_a_time_was_for_is_told_with_a_word_before_it() -> None:
    times = tuple(
        Occasion(date(2024, 8, day), place="ศาลาประชาคม", group=group)
        for day, group in ((17, "ผู้นำชุมชน"), (18, "สำหรับครู"))
    )
    (held,) = narrating.activity(Activity("ประชุม", occasions=times), OFFICE)
    assert held.items == (
        "ครั้งที่ 1 ในวันเสาร์ที่ 17 สิงหาคม 2567 ณ ศาลาประชาคม สำหรับผู้นำชุมชน",
        "ครั้งที่ 2 ในวันอาทิตย์ที่ 18 สิงหาคม 2567 ณ ศาลาประชาคม สำหรับครู",
    )


def test_what_came_of_a_meeting_at_several_sites_stands_after_them_and_its_letters_last() -> None:
    sites = tuple(Occasion(date(2024, 8, day), place=f"โรงเรียน{day}") for day in (17, 18))
    order = parse_letter("คำสั่งสพป. ที่ 155/2567 ลงวันที่ 30 เมษายน 2567")
    told = Activity("ลงพื้นที่", occasions=sites, attendance="ครู", result="มีผู้สมัครเพิ่ม 18 คน", letters=(LETTER, order))
    held, after = narrating.activity(told, OFFICE)
    assert held.sentence == f"{OFFICE} ลงพื้นที่ จำนวน 2 จุด ดังนี้"
    assert after.sentence == f"ผู้เข้าร่วมประกอบด้วย ครู มีผู้สมัครเพิ่ม 18 คน ({LETTER.cited()} และ{order.cited()})"
    bare = narrating.activity(replace(told, attendance="", result=""), OFFICE)
    assert bare[1].sentence == f"ตาม{LETTER.cited()} และ{order.cited()}"
    points = narrating.activity(replace(told, occasions=(), items=("ก", "ข")), OFFICE)
    assert [one.items for one in points] == [("ก", "ข"), ()]
    assert points[0].sentence == f"{OFFICE} ลงพื้นที่ ผู้เข้าร่วมประกอบด้วย ครู มีรายละเอียด ดังนี้"


def test_a_channel_for_each_group_of_one_meeting() -> None:
    day = date(2024, 2, 5)
    told = Activity(
        "จัดประชุม", occasions=(Occasion(day, place="Zoom", group="เขต"), Occasion(day, place="YouTube", group="โรงเรียน"))
    )
    (one,) = narrating.activity(told, OFFICE)
    assert one.sentence.endswith("ในวันจันทร์ที่ 5 กุมภาพันธ์ 2567 เขตเข้าร่วมผ่าน Zoom และโรงเรียนเข้าร่วมผ่าน YouTube")
    assert one.items == ()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("ผู้อำนวยการ", "ห้องประชุมใหญ่"), ("ครู", "Zoom")], "ผู้อำนวยการเข้าร่วม ณ ห้องประชุมใหญ่ และครูเข้าร่วมผ่าน Zoom"),
        ([("", "ห้อง ก"), ("", "ห้อง ข")], "ณ ห้อง ก และห้อง ข"),
        ([("", "ห้อง ก"), ("", "ณ ห้อง ข"), ("", "ห้อง ค")], "ณ ห้อง ก ห้อง ข และห้อง ค"),
        ([("", "ห้อง ก"), ("", "Webex")], "ณ ห้อง ก และผ่าน Webex"),
        ([("ครู", "ห้อง ก"), ("ครู", "ห้อง ข"), ("", "ห้อง ค")], "ครูเข้าร่วม ณ ห้อง ก และห้อง ข และ ณ ห้อง ค"),
        ([("ผู้บริหาร (38 คน)", ""), ("ครู ฯลฯ", "LINE")], "ผู้บริหาร (38 คน) เข้าร่วม และครู ฯลฯ เข้าร่วมผ่าน LINE"),
    ],
)  # fmt: skip
def test_groups_and_places_of_one_time_make_one_sentence(rows: list[tuple[str, str]], told: str) -> None:
    times = tuple(Occasion(place=place, group=group) for group, place in rows)
    (one,) = narrating.activity(Activity("จัดประชุม", occasions=times), OFFICE)
    assert one.sentence == f"{OFFICE} จัดประชุม {told}"


@pytest.mark.parametrize(
    "channel",
    [
        "ช่อง YouTube OBEC Channel", "ช่องทางออนไลน์", "ระบบประชุมทางไกล", "วิดีโอคอนเฟอเรนซ์", "วีดิทัศน์ทางไกล",
        "วิทยุชุมชน", "กลุ่มไลน์โรงเรียนคุณภาพ", "เพจสำนักงาน", "โทรศัพท์", "เสียงตามสาย",
    ],
)  # fmt: skip
def test_a_thai_channel_is_not_a_place(channel: str) -> None:
    assert occasions.where(Occasion(place=channel)) == f"ผ่าน{channel}"


@pytest.mark.parametrize(
    "channel",
    ["Microsoft Teams", "MS Teams", "Cisco Webex", "Google Meet", "youtube", "Facebook Live", "VDO Conference", "OBEC Channel", "LINE กลุ่ม A"],
)  # fmt: skip
def test_a_channel_in_latin_letters_stands_apart(channel: str) -> None:
    assert occasions.where(Occasion(place=channel)) == f"ผ่าน {channel}"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Meeting Room 2", "ณ Meeting Room 2"), ("กลุ่มนิเทศ ติดตามและประเมินผล", "ณ กลุ่มนิเทศ ติดตามและประเมินผล"),
        ("ช่องเม็ก", "ณ ช่องเม็ก"), ("ทางหลวงหมายเลข 11", "ณ ทางหลวงหมายเลข 11"), ("ทางระบบ Zoom", "ทางระบบ Zoom"),
        ("ผ่านทาง Youtube", "ผ่านทาง Youtube"), ("ทางไกล", "ทางไกล"), ("รูปแบบออนไลน์", "ในรูปแบบออนไลน์"),
        ("ประชุมทางไกล", "ผ่านการประชุมทางไกล"),
    ],
)  # fmt: skip
def test_places_and_words_that_people_typed_stay(typed: str, told: str) -> None:
    assert occasions.where(Occasion(place=typed)) == told


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("สร้างการรับรู้แก่ชุมชน ๒ จุด", ""), ("นิเทศจำนวน 2 ครั้ง", ""), ("นิเทศ 12 ครั้ง", " จำนวน 2 จุด"),
        ("นิเทศครั้งที่ 2", " จำนวน 2 จุด"),
    ],
)  # fmt: skip
def test_a_title_that_says_how_many_sites_is_not_followed_by_it_again(title: str, told: str) -> None:
    sites = (Occasion(date(2024, 8, 17), place="ก"), Occasion(date(2024, 8, 18), place="ข"))
    (held,) = narrating.activity(Activity(title, occasions=sites), OFFICE)
    assert held.sentence == f"{OFFICE} {title}{told} ดังนี้"


def test_a_channel_is_no_site() -> None:
    times = (Occasion(date(2024, 8, 17), place="ก"), Occasion(date(2024, 8, 18), place="Zoom"))
    (held,) = narrating.activity(Activity("นิเทศ", occasions=times), OFFICE)
    assert held.sentence == f"{OFFICE} นิเทศ จำนวน 2 ครั้ง ดังนี้"
