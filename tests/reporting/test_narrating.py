"""What an office did is told in the sentences of an office, nothing invented and nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

import pytest
from tests.reporting.test_report import JAEHOM, verify, words

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.core.document import Document, ItemList, Paragraph, Table, texts
from khunnaphap.core.letters import parse_letter
from khunnaphap.core.programme import (
    Activity,
    Candidate,
    Committee,
    Difficulty,
    Money,
    Occasion,
    OfficeYear,
    Party,
    Submission,
)
from khunnaphap.core.thai.numerals import thai
from khunnaphap.demo import accounts
from khunnaphap.organisations.models import AreaOffice, Province
from khunnaphap.programme.actions import record_account
from khunnaphap.reporting import narrating
from khunnaphap.reporting.actions import write_report
from khunnaphap.reporting.composing import Signature
from khunnaphap.reporting.queries import basis_of, inspection_named, owed_by
from khunnaphap.reporting.report_forms import shipped_form

OFFICE = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 3"
LETTER = parse_letter("หนังสือสพฐ. ด่วนที่สุด ที่ ศธ 04008.1/ว481 ลงวันที่ 25 มิถุนายน 2567")


def test_a_meeting_with_its_number_day_hours_channel_and_letter() -> None:
    told = Activity(
        "จัดการประชุมทางไกล",
        organiser="สพฐ.",
        series=1,
        purpose="ติดตามความก้าวหน้า",
        occasions=(Occasion(date(2024, 6, 26), None, time(15), time(16, 30), "Zoom Cloud Meeting"),),
        letters=(LETTER,),
    )
    (one,) = narrating.activity(told, OFFICE)
    assert thai(one.sentence) == (
        "สพฐ. จัดการประชุมทางไกล ครั้งที่ ๑ ในวันพุธที่ ๒๖ มิถุนายน ๒๕๖๗ เวลา ๑๕.๐๐ – ๑๖.๓๐ น. ผ่าน Zoom Cloud Meeting "
        "เพื่อติดตามความก้าวหน้า (หนังสือสพฐ. ด่วนที่สุด ที่ ศธ ๐๔๐๐๘.๑/ว๔๘๑ ลงวันที่ ๒๕ มิถุนายน ๒๕๖๗)"
    )
    assert one.items == ()


def test_a_meeting_at_several_sites_lists_each() -> None:
    sites = tuple(
        Occasion(date(2024, 8, day), place=f"โรงเรียน{name}") for day, name in ((17, "ก"), (18, "ข"), (24, "ค"))
    )
    held, points = narrating.activity(Activity("จัดประชุม", occasions=sites, items=("ก", "- ข", "ค")), OFFICE)
    assert held.sentence == f"{OFFICE} จัดประชุม จำนวน 3 จุด ดังนี้"
    assert (points.items, points.depths) == (("ก", "ข", "ค"), (0, 1, 0))
    assert held.items[1] == "ณ โรงเรียนข ในวันอาทิตย์ที่ 18 สิงหาคม 2567"


def test_a_channel_for_each_group_of_one_meeting() -> None:
    day = date(2024, 2, 5)
    told = Activity(
        "จัดประชุม", occasions=(Occasion(day, place="Zoom", group="เขต"), Occasion(day, place="YouTube", group="โรงเรียน"))
    )
    (one,) = narrating.activity(told, OFFICE)
    assert one.sentence.endswith("ในวันจันทร์ที่ 5 กุมภาพันธ์ 2567 เขตเข้าร่วมผ่าน Zoom และโรงเรียนเข้าร่วมผ่าน YouTube")
    assert one.items == ()


def test_money_stands_with_words_labels_and_letter() -> None:
    told = Money(
        "received",
        Decimal(20000),
        (Party("สพฐ."),),
        plan="ยุทธศาสตร์",
        project="โครงการเดิม",
        purpose="บริหารโครงการ",
        letter=LETTER,
    )
    assert narrating.money(told, OFFICE).sentence.startswith(
        f"{OFFICE} ได้รับจัดสรรงบประมาณจากสพฐ. แผนงานยุทธศาสตร์ โครงการเดิม เพื่อบริหารโครงการ จำนวน 20,000 บาท (สองหมื่นบาทถ้วน) (หนังสือ"
    )
    assert "จำนวน" not in narrating.money(Money("passed_on", None, (Party("โรงเรียน"),)), OFFICE).sentence


def test_money_to_several_is_listed_with_what_each_gets_and_adds_up() -> None:
    parties = (Party.parse("โรงเรียนก: 5,000"), Party.parse("โรงเรียนข: 7,500.50 บาท"))
    told = narrating.money(Money("passed_on", None, parties, project="โครงการเดิม"), OFFICE)
    assert told.sentence.startswith(
        f"{OFFICE} จัดสรรงบประมาณ โครงการเดิม จำนวน 12,500.50 บาท (หนึ่งหมื่นสองพันห้าร้อยบาทห้าสิบสตางค์)"
    )
    assert told.sentence.endswith("ให้แก่โรงเรียน 2 แห่ง ดังนี้")
    assert told.items[0] == "โรงเรียนก จำนวน 5,000 บาท (ห้าพันบาทถ้วน)"


def test_a_month_without_a_day_is_told_as_a_month() -> None:
    september, month = date(2024, 9, 1), {"whole_month": True}
    assert narrating.when(Occasion(september, **month)) == "ในเดือนกันยายน 2567"
    july = Occasion(date(2024, 7, 1), september, **month)
    assert narrating.when(july) == "ระหว่างเดือนกรกฎาคม 2567 ถึงเดือนกันยายน 2567"
    assert "ภายในเดือนกันยายน 2567" in narrating.submission(Submission("แผน", due=september, due_month=True))


def test_proposed_schools_stand_by_district_and_the_chosen_with_theirs() -> None:
    order = parse_letter("ประกาศสพฐ. ณ วันที่ 21 ธันวาคม 2566")
    candidates = [Candidate("ก", True, LETTER, order), Candidate("ข", False, LETTER), Candidate("ค", True, LETTER)]
    district = {"ก": "แจ้ห่ม", "ข": "แจ้ห่ม", "ค": "วังเหนือ"}.__getitem__
    told = narrating.proposal(candidates, OFFICE, district)
    assert told.sentence == f"{OFFICE} เสนอโรงเรียนเข้ารับการคัดเลือกจำนวน 3 โรงเรียน ({LETTER.cited()}) ดังนี้"
    assert told.items == ("อำเภอแจ้ห่ม ได้แก่ โรงเรียนก และโรงเรียนข", "อำเภอวังเหนือ ได้แก่ โรงเรียนค")
    chosen = narrating.announcement([candidates[0], candidates[2]], district)
    assert chosen.items == (f"โรงเรียนก อำเภอแจ้ห่ม ({order.cited()})", "โรงเรียนค อำเภอวังเหนือ")


def test_a_committee_cites_its_order_and_a_report_its_days() -> None:
    order = parse_letter("คำสั่งสพป. ที่ 155/2567 ลงวันที่ 30 เมษายน 2567 เรื่อง แต่งตั้ง")
    assert (
        narrating.committee(Committee("คณะกรรมการ", "วางแผน", order)) == f"แต่งตั้งคณะกรรมการ เพื่อวางแผน ({order.cited()})"
    )
    told = Submission("แผน", "สพฐ.", date(2024, 5, 10), date(2024, 5, 9))
    assert narrating.submission(told) == "แผน ส่งถึงสพฐ. กำหนดส่งภายในวันที่ 10 พฤษภาคม 2567 ส่งแล้วเมื่อวันพฤหัสบดีที่ 9 พฤษภาคม 2567"


@pytest.fixture
def whole(world: Mapping[str, Round], actor: User) -> Document:
    verify(world["2567/2"], JAEHOM, 4, actor)
    for code in accounts.codes():
        record_account(office=AreaOffice.objects.get(code=code), year=2567, told=accounts.office_year(code), by=actor)
    return write_report(
        province=Province.objects.get(code="52"),
        inspection=inspection_named("2567/2"),
        by=actor,
        signature=Signature("นายทดสอบ ระบบดี", "รองศึกษาธิการจังหวัด", "ศึกษาธิการจังหวัดลำปาง"),
    ).document


def test_every_letter_of_every_office_is_cited(whole: Document) -> None:
    text = words(whole)
    for code in accounts.codes():
        told = accounts.office_year(code)
        letters = [letter for one in told.activities for letter in one.letters]
        letters += [one.letter for one in told.money if one.letter] + [
            one.order for one in told.committees if one.order
        ]
        assert all(thai(letter.cited()) in text for letter in letters)


def test_schools_stand_under_their_names_never_their_codes(whole: Document) -> None:
    assert "๑๐๕๒" not in "".join(text for text in texts(whole) if "โรงเรียน" in text and "รอบ" not in text)


def test_problems_are_one_table_with_results_numbered_through(whole: Document) -> None:
    table = next(b for b in whole.blocks if isinstance(b, Table) and b.columns[0].title == "ปัญหา/อุปสรรค")
    difficulties = [one for code in accounts.codes() for one in accounts.office_year(code).difficulties]
    assert [row[0].text.split(".")[0] for row in table.rows] == [thai(n) for n in range(1, len(difficulties) + 1)]
    results = [line.split(".")[0] for row in table.rows for line in row[2].text.split("\n")]
    assert results == [thai(n) for n in range(1, sum(len(one.results) for one in difficulties) + 1)]


def test_an_acting_head_signs_for_the_head(whole: Document) -> None:
    signed = next(b.text for b in whole.blocks if isinstance(b, Paragraph) and b.style == "signature")
    assert signed.split("\n")[1:] == ["(นายทดสอบ ระบบดี)", "รองศึกษาธิการจังหวัด", "รักษาราชการแทน ศึกษาธิการจังหวัดลำปาง"]


def test_what_an_office_owes_is_said_where_it_lacks_and_in_a_list(world: Mapping[str, Round], actor: User) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    province, inspection = Province.objects.get(code="52"), inspection_named("2567/2")
    told = OfficeYear(difficulties=(Difficulty("อาคารเก่า", "ของบประมาณ", ("มั่นคง",)),))
    record_account(office=AreaOffice.objects.get(code="520003"), year=2567, told=told, by=actor)
    owed = {
        office.code: [one.kind for one in lacking]
        for office, lacking in owed_by(basis_of(province, inspection), shipped_form())
    }
    assert owed["520003"] == ["situation", "results"]
    assert owed["520001"] == ["situation", "results", "difficulties"]
    document = write_report(province=province, inspection=inspection, by=actor).document
    assert "ยังไม่ได้รับข้อมูลการดำเนินงานจากสพป.ลำปาง เขต ๑" in words(document)
    listed = [b.items for b in document.blocks if isinstance(b, ItemList) and "การวิเคราะห์สถานการณ์" in b.items[0]]
    assert len(listed[0]) == 4
