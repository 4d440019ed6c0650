"""An office's own steps, several paragraphs in one text, one name for a school, full names first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from tests.reporting.test_report import JAEHOM, verify

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.core.document import Block, Heading, ItemList, Paragraph, texts
from khunnaphap.core.programme import Activity, Occasion, OfficeYear, StaffingGap, Statement, Step
from khunnaphap.organisations.models import AreaOffice, Province
from khunnaphap.programme.actions import record_account
from khunnaphap.reporting import narrating
from khunnaphap.reporting.actions import write_report
from khunnaphap.reporting.queries import inspection_named


def blocks_of(world: Mapping[str, Round], told: OfficeYear, by: User) -> list[Block]:
    verify(world["2567/2"], JAEHOM, 4, by)
    record_account(office=AreaOffice.objects.get(code="520003"), year=2567, told=told, by=by)
    report = write_report(province=Province.objects.get(code="52"), inspection=inspection_named("2567/2"), by=by)
    return list(report.document.blocks)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step("ทบทวน", 1), "ขั้นที่ 1 ทบทวน"),
        (Step("ขั้นที่ 1 ทบทวน", 1), "ขั้นที่ 1 ทบทวน"),
        (Step("รายงาน", 5, begins=date(2024, 9, 1), months=True), "ขั้นที่ 5 รายงาน (กันยายน 2567)"),
        (Step("ทำ", begins=date(2024, 7, 1), until=date(2024, 8, 1), months=True), "ทำ (กรกฎาคม 2567 ถึงสิงหาคม 2567)"),
        (Step("ทำ", begins=date(2024, 7, 5)), "ทำ (5 กรกฎาคม 2567)"),
    ],
)
def test_a_step_is_told_with_its_number_and_time(step: Step, said: str) -> None:
    assert narrating.step(step) == said


def test_a_step_is_introduced_before_its_activities(world: Mapping[str, Round], actor: User) -> None:
    told = OfficeYear(
        activities=(Activity("ประชุม", step="ทบทวน"), Activity("นิเทศ", step="รายงาน")),
        steps=(Step("ทบทวน", 1, "คำนำหนึ่ง\nคำนำสอง"), Step("รายงาน", 2)),
    )
    said = [b for b in blocks_of(world, told, actor) if isinstance(b, Paragraph)]
    first = next(at for at, one in enumerate(said) if one.style == "title")
    assert [one.text for one in said[first : first + 5]] == [
        "ขั้นที่ ๑ ทบทวน", "คำนำหนึ่ง", "คำนำสอง",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต ๓ (สพป.ลำปาง เขต ๓) ประชุม", "ขั้นที่ ๒ รายงาน",
    ]  # fmt: skip
    assert ("account", "2567:520003:steps:1") in {(one.kind, one.key) for one in said[first].sources}


def test_several_paragraphs_of_one_text_stand_as_paragraphs(world: Mapping[str, Round], actor: User) -> None:
    told = OfficeYear(statements=(Statement("background", "หนึ่ง\nสอง"), Statement("progress", "ด้านครู ดีขึ้น", "ด้านครู")))
    said = [b for b in blocks_of(world, told, actor) if isinstance(b, Paragraph)]
    at = next(place for place, one in enumerate(said) if one.text == "หนึ่ง")
    assert (said[at + 1].text, said[at + 1].lead) == ("สอง", "")
    assert next(one.lead for one in said if one.text == "ด้านครู ดีขึ้น") == "", "the side is not said twice"


def test_an_office_stands_by_its_full_name_once_and_then_by_the_short_one(
    world: Mapping[str, Round], actor: User
) -> None:
    told = OfficeYear(statements=(Statement("background", "ที่มา"),), activities=(Activity("ประชุม"), Activity("นิเทศ")))
    said = [b for b in blocks_of(world, told, actor) if not isinstance(b, Heading)]
    full = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต ๓ (สพป.ลำปาง เขต ๓)"
    with_full = [b for b in said if isinstance(b, Paragraph) and full in f"{b.lead} {b.text}"]
    assert [b.text for b in with_full] == ["ที่มา"]
    assert [b.text for b in said if isinstance(b, Paragraph) and b.lead in ("(๑)", "(๒)") and "เขต ๓" in b.text] == [
        "สพป.ลำปาง เขต ๓ ประชุม", "สพป.ลำปาง เขต ๓ นิเทศ",
    ]  # fmt: skip


def test_a_school_has_one_name_in_every_text(world: Mapping[str, Round], actor: User) -> None:
    told = OfficeYear(
        statements=(Statement("background", "โรงเรียนอนุบาลเมืองปาน และโรงเรียนอนุบาลเมืองปานวิทยา"),),
        activities=(
            Activity("ประชุมที่โรงเรียนอนุบาลเมืองปาน (บ้านทุ่งกว๋าว)", occasions=(Occasion(place="โรงเรียนอนุบาลเมืองปาน"),)),
        ),
    )
    said = "\n".join(text for b in blocks_of(world, told, actor) if isinstance(b, Paragraph) for text in [b.text])
    assert "โรงเรียนอนุบาลเมืองปาน (บ้านทุ่งกว๋าว) และโรงเรียนอนุบาลเมืองปานวิทยา" in said
    assert "ณ โรงเรียนอนุบาลเมืองปาน (บ้านทุ่งกว๋าว)" in said
    assert "(บ้านทุ่งกว๋าว) (บ้านทุ่งกว๋าว)" not in said


def test_staffing_is_grouped_by_what_is_asked_of_whom(world: Mapping[str, Round], actor: User) -> None:
    told = OfficeYear(
        staffing=(
            StaffingGap("อนุบาลแจ้ห่ม", "ครูดนตรี", 1, "ขอกรอบอัตรากำลัง", "สพฐ."),
            StaffingGap("อนุบาลวังเหนือ", "ครูไทย", 2),
            StaffingGap("อนุบาลวังเหนือ", "ครูศิลปะ", 1, "ขอกรอบอัตรากำลัง", "สพฐ."),
        )
    )
    blocks = blocks_of(world, told, actor)
    at = next(place for place, b in enumerate(blocks) if isinstance(b, Paragraph) and "อัตรากำลังที่ยังขาด" in b.lead)
    opening, items, alone = blocks[at : at + 3]
    assert isinstance(opening, Paragraph)
    assert opening.text == "ขอกรอบอัตรากำลังจาก สพฐ. ดังนี้"
    assert isinstance(items, ItemList)
    assert items.items == ("โรงเรียนอนุบาลแจ้ห่ม ขาดครูดนตรี จำนวน ๑ คน", "โรงเรียนอนุบาลวังเหนือ ขาดครูศิลปะ จำนวน ๑ คน")
    assert isinstance(alone, Paragraph)
    assert alone.text == "โรงเรียนอนุบาลวังเหนือ ขาดครูไทย จำนวน ๒ คน"


def test_re_3_of_the_demo_has_its_seven_items(world: Mapping[str, Round], actor: User) -> None:
    from khunnaphap.demo import accounts

    verify(world["2567/2"], JAEHOM, 4, actor)
    office = AreaOffice.objects.get(code="510052")
    record_account(office=office, year=2567, told=accounts.office_year("510052"), by=actor)
    report = write_report(province=Province.objects.get(code="52"), inspection=inspection_named("2567/2"), by=actor)
    said = [b for b in report.document.blocks if isinstance(b, Paragraph)]
    first = next(at for at, b in enumerate(said) if "Re ๓" in b.text and b.style == "title")
    last = next(at for at, b in enumerate(said) if "Re ๔" in b.text and b.style == "title")
    assert [b.lead for b in said[first + 1 : last] if b.lead] == [f"({number})" for number in "๑๒๓๔๕๖๗"]
    assert "ขั้นที่ ๕ รายงานผลและพัฒนาสู่นวัตกรรมผลงานที่เป็นเลิศ (Re ๕ Report to Best Practice) (กันยายน ๒๕๖๗)" in "\n".join(
        texts(report.document)
    )


def test_an_office_in_brackets_waits_for_its_full_name(world: Mapping[str, Round], actor: User) -> None:
    said = [b.text for b in blocks_of(world, OfficeYear(), actor) if isinstance(b, Paragraph)]
    assert "(ยังไม่ได้รับข้อมูลสถานการณ์ในพื้นที่จาก สพป.ลำปาง เขต ๓)" in said
    assert not [text for text in said if "))" in text]
