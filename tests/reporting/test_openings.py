"""What a paper says before a text is printed once, however it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khunnaphap.core.programme import Activity, Committee, Money, Occasion, Party, StaffingGap, Submission, Support
from khunnaphap.reporting import narrating
from khunnaphap.reporting import openings as say

OFFICE = "สพป.ลำปาง เขต 3"
TYPED = {
    "PURPOSE": ["เพื่อ", "โดยมีวัตถุประสงค์เพื่อ", "วัตถุประสงค์: ", "มีวัตถุประสงค์ คือ เพื่อ", "วัตถุประสงค์ของการประชุม เพื่อ", "ทั้งนี้เพื่อ"],
    "PEOPLE": ["โดยมีผู้เข้าร่วมประกอบด้วย ", "ผู้เข้าร่วมประชุม ประกอบไปด้วย ", "โดยมีผู้เข้าร่วมการประชุม ประกอบด้วย ", "ผู้เข้าร่วม: ", "ประกอบด้วย ", "โดยมี", "ผู้ที่เข้าร่วมกิจกรรม ได้แก่ "],
    "CHAIR": ["โดยมี", "โดย ", "ประธาน: ", "ประธานการประชุม คือ ", "โดยมี "],
    "REPORTER": ["โดยมี", "และมี ", "ผู้กล่าวรายงาน: "],
    "SENT_TO": ["ส่งถึง", "ส่งให้", "ถึง ", "เสนอต่อ", "จัดส่งให้แก่"],
    "ASKED_OF": ["เสนอต่อ", "ต่อ ", "ข้อเสนอต่อ"],
    "APPOINTED": ["แต่งตั้ง", "คำสั่งแต่งตั้ง", "ได้แต่งตั้ง"],
    "PLAN": ["แผนงาน", "แผนงาน: "],
    "PROJECT": ["โครงการ", "โครงการ: "],
    "MAIN_ACTIVITY": ["กิจกรรมหลัก", "กิจกรรมหลัก: "],
    "FROM": ["จาก", "ได้รับจัดสรรจาก "],
    "GIVEN_TO": ["ให้แก่", "แก่ ", "จัดสรรให้แก่"],
    "SUPPORTED": ["สนับสนุน", "ให้การสนับสนุน", "ได้สนับสนุน "],
    "LACKING": ["ขาด", "ยังขาด", "ขาดแคลน"],
}  # fmt: skip


def test_every_opening_is_tried() -> None:
    assert {name for name, found in vars(say).items() if found in say.OPENINGS} == set(TYPED)


@pytest.mark.parametrize(("name", "typed"), [(name, typed) for name, ways in TYPED.items() for typed in ways])
@pytest.mark.parametrize("text", ["ครูวิทยาศาสตร์", "นางกลอยใจ ดี", "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"])
def test_an_opening_that_was_typed_prints_once(name: str, typed: str, text: str) -> None:
    opening: say.Opening = getattr(say, name)
    assert opening.before(f"{typed}{text}") == opening.before(text)
    assert opening.before(f"{typed}{typed}{text}") == opening.before(text)


@given(st.sampled_from(sorted(TYPED)), st.text(max_size=30))
def test_nothing_typed_is_lost_but_openings(name: str, text: str) -> None:
    opening: say.Opening = getattr(say, name)
    told = opening.before(text)
    assert bool(told) == bool(text.strip())
    assert opening.bare(text) in told


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("purpose", "เพื่อนช่วยเพื่อน"),
        ("chair", "มีชัย ใจดี"),
        ("attendance", "โดยมีส่วนร่วมของทุกฝ่าย"),
    ],
)
def test_words_that_only_begin_like_an_opening_stay(field: str, text: str) -> None:
    (one,) = narrating.activity(Activity("ประชุม", **{field: text}), OFFICE)
    assert text in one.sentence


def test_the_whole_of_an_activity_typed_as_a_paper_prints_as_a_paper() -> None:
    told = Activity(
        f"{OFFICE} จัดนิทรรศการสวน ครั้งที่ 2 ดังนี้",
        series=2,
        purpose="เพื่อเผยแพร่ผลงาน",
        occasions=(Occasion(place="ณ ศาลากลาง"),),
        chair="โดยมีนาย ก เป็นประธานในพิธี",
        reporter="และมี นาง ข เป็นผู้กล่าวรายงาน",
        attendance="โดยมีผู้เข้าร่วมประกอบด้วย ครู 12 คน",
        result="ผลการดำเนินงาน พบว่าครูพอใจ",
    )
    (one,) = narrating.activity(told, OFFICE)
    assert one.sentence == (
        f"{OFFICE} จัดนิทรรศการสวน ครั้งที่ 2 ณ ศาลากลาง เพื่อเผยแพร่ผลงาน โดยมีนาย ก เป็นประธานในพิธี "
        "และมีนาง ข เป็นผู้กล่าวรายงาน ผู้เข้าร่วมประกอบด้วย ครู 12 คน ผลการดำเนินงาน พบว่าครูพอใจ"
    )


def test_dashes_of_a_list_typed_in_one_line_become_words() -> None:
    (one,) = narrating.activity(Activity("ประชุม", attendance="- ครู 24 คน - ผู้ปกครอง 10 คน - อสม."), OFFICE)
    assert one.sentence.endswith("ผู้เข้าร่วมประกอบด้วย ครู 24 คน ผู้ปกครอง 10 คน และ อสม.")


def test_the_offices_full_name_before_a_title_is_not_printed_again() -> None:
    full = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 3"
    (one,) = narrating.activity(Activity(f"{full} ดำเนินการนิเทศ"), OFFICE, full)
    assert one.sentence == f"{OFFICE} ดำเนินการนิเทศ"
    (by_other,) = narrating.activity(Activity("จัดอบรม", organiser="จัดโดย สพฐ."), OFFICE, full)
    assert by_other.sentence == "สพฐ. จัดอบรม"


def test_the_other_kinds_of_sentence_print_once_too() -> None:
    assert narrating.committee(Committee("แต่งตั้งคณะกรรมการ", "เพื่อวางแผน")) == "แต่งตั้งคณะกรรมการ เพื่อวางแผน"
    assert narrating.submission(Submission("แผน", "ส่งถึง สพฐ.")) == "แผน ส่งถึง สพฐ."
    assert narrating.support(Support("ได้รับการสนับสนุนจาก กฟผ.", "สนับสนุนรถ", "โรงเรียนก")) == "กฟผ. สนับสนุนรถ แก่โรงเรียนก"
    assert narrating.staffing(StaffingGap("โรงเรียนก", "ขาดครูดนตรี", 2)) == "โรงเรียนก ขาดครูดนตรี จำนวน 2 คน"
    paid = Money("received", None, (Party("จาก สพฐ."),), project="โครงการ: สวน", purpose="เพื่อนิเทศ")
    assert narrating.money(paid, OFFICE).sentence == f"{OFFICE} ได้รับจัดสรรงบประมาณจาก สพฐ. โครงการสวน เพื่อนิเทศ"


def test_money_of_the_state_is_told_as_of_its_budget_year() -> None:
    paid = Money("received", None, (Party("สพฐ."),), plan="ยุทธศาสตร์")
    said = f"{OFFICE} ได้รับจัดสรรงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. {{}} จาก สพฐ. แผนงานยุทธศาสตร์"
    assert narrating.money(paid, OFFICE, 2567).sentence == said.format(2567)
    from dataclasses import replace

    assert narrating.money(replace(paid, year=2568), OFFICE, 2567).sentence == said.format(2568)
    gift = Money("received", None, (Party("วัด"),), purpose="ซื้อหนังสือ")
    assert narrating.money(gift, OFFICE, 2567).sentence == f"{OFFICE} ได้รับจัดสรรงบประมาณจากวัด เพื่อซื้อหนังสือ"
