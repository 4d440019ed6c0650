"""What an office did is told in the sentences of an office, nothing invented and nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from tests.reporting.test_report import JAEHOM, verify, words

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.core.document import Document, Heading, ItemList, PageBreak, Paragraph, Table, texts
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
    StaffingGap,
    Statement,
    Submission,
    Support,
)
from khunnaphap.core.thai.numerals import thai
from khunnaphap.demo import accounts
from khunnaphap.organisations.models import AreaOffice, Province
from khunnaphap.programme.actions import record_account
from khunnaphap.reporting import narrating, occasions
from khunnaphap.reporting.actions import write_report
from khunnaphap.reporting.owing import owed_by
from khunnaphap.reporting.queries import basis_of, inspection_named
from khunnaphap.reporting.report_forms import shipped_form
from khunnaphap.reporting.signing import Signature

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
        "เพื่อติดตามความก้าวหน้า (หนังสือ สพฐ. ด่วนที่สุด ที่ ศธ ๐๔๐๐๘.๑/ว๔๘๑ ลงวันที่ ๒๕ มิถุนายน ๒๕๖๗)"
    )
    assert one.items == ()


def test_a_single_thing_stands_in_the_sentence_not_in_a_list() -> None:
    (one,) = narrating.activity(Activity("ประชุม", items=("ชี้แจงเกณฑ์",), letters=(LETTER,)), OFFICE)
    assert (one.sentence, one.items) == (f"{OFFICE} ประชุม ได้แก่ ชี้แจงเกณฑ์ ({LETTER.cited()})", ())
    chosen = [Candidate("ก", True, LETTER, LETTER)]
    told = narrating.announcement(chosen, lambda _: "แจ้ห่ม")
    assert told.sentence == f"โรงเรียนที่ได้รับคัดเลือกจำนวน 1 โรงเรียน คือ โรงเรียนก อำเภอแจ้ห่ม ({LETTER.cited()})"
    assert "จำนวน 1 โรงเรียน คือ โรงเรียนก อำเภอแจ้ห่ม" in narrating.proposal(chosen, OFFICE, lambda _: "แจ้ห่ม").sentence


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("เวทีสภากาแฟ", "จัดเวทีสภากาแฟ"), ("โครงการพี่ช่วยน้อง", "ดำเนินการโครงการพี่ช่วยน้อง"), ("การนิเทศ", "ดำเนินการนิเทศ"),
        ("การประชุมสามัญ", "จัดการประชุมสามัญ"), ("นิเทศโรงเรียน", "นิเทศโรงเรียน"), ("ของขวัญวันครู", "ดำเนินการของขวัญวันครู"),
        ("Open House", "ดำเนินการ Open House"), ("โรงเรียนประเมินตนเอง", "ดำเนินการให้โรงเรียนประเมินตนเอง"),
        ("ครูและบุคลากรทุกคนจัดทำแผน", "ดำเนินการให้ครูและบุคลากรทุกคนจัดทำแผน"),
        ("โรงเรียนส่งเสริมสุขภาพ", "ดำเนินการโรงเรียนส่งเสริมสุขภาพ"), ("ไปศึกษาดูงาน", "ไปศึกษาดูงาน"),
        ("ไปรษณีย์สัมพันธ์", "ดำเนินการไปรษณีย์สัมพันธ์"), ("วันสถาปนา", "จัดงานวันสถาปนา"), ("สัปดาห์วิชาการ", "จัดสัปดาห์วิชาการ"),
    ],
)  # fmt: skip
def test_a_title_that_names_a_thing_gets_its_verb(title: str, told: str) -> None:
    (one,) = narrating.activity(Activity(title, organiser="หอการค้าจังหวัดสงขลา"), OFFICE)
    assert one.sentence == f"หอการค้าจังหวัดสงขลา {told}"


def test_names_and_abbreviations_stand_apart() -> None:
    assert narrating.support(Support("บริษัท ดี จำกัด", "คอมพิวเตอร์")) == "บริษัท ดี จำกัด สนับสนุนคอมพิวเตอร์"
    (one,) = narrating.activity(Activity("ประชุม", chair="ดร.วิทยา ดี"), OFFICE)
    assert "โดยมี ดร.วิทยา ดี เป็นประธาน" in one.sentence


def test_what_has_no_place_stands_under_its_own_title(world: Mapping[str, Round], actor: User) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    two = (Party("โรงเรียน ก", Decimal(5)), Party("โรงเรียน ข", Decimal(6)))
    told = OfficeYear(
        statements=(Statement("background", "ที่หนึ่ง"), Statement("background", "ที่สอง")),
        activities=(Activity("ขยายผล", step="ขั้นที่ 4"),),
        money=(Money("passed_on", None, two),),
        submissions=(Submission("แผน"),),
        support=(Support("วัด ก", "ข้าว"), Support("วัด ข", "น้ำ")),
        staffing=(StaffingGap("อนุบาลวังเหนือ", "ครู", 3),),
    )

    def after_activity() -> list[str]:
        record_account(office=AreaOffice.objects.get(code="520003"), year=2567, told=told, by=actor)
        blocks = write_report(
            province=Province.objects.get(code="52"), inspection=inspection_named("2567/2"), by=actor
        ).document.blocks
        said = [b for b in blocks if isinstance(b, Paragraph)]
        leads = [b.lead for b in said if b.text in ("ที่หนึ่ง", "ที่สอง")]
        assert leads == ["สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต ๓ (สพป.ลำปาง เขต ๓):", ""]
        first = next(at for at, b in enumerate(said) if b.text.endswith("ขยายผล"))
        last = next(at for at, b in enumerate(said) if "ขาดครู" in b.text)
        assert all(b.sources for b in said[first : last + 1])
        return [b.lead for b in said[first + 1 : last + 1]]

    rest = ["แผนและรายงานที่จัดส่ง:", "การสนับสนุนจากภายนอก", "อัตรากำลังที่ยังขาด:"]
    assert after_activity() == ["งบประมาณ:", *rest]
    told = replace(told, money=(*told.money, Money("received", Decimal(9), (Party("สพฐ."),))))
    assert after_activity() == ["งบประมาณ", "(๑)", "(๒)", *rest]


def test_what_begins_after_the_cut_off_is_not_told_and_its_sources_stay_right(
    world: Mapping[str, Round], actor: User
) -> None:
    verify(world["2567/1"], JAEHOM, 4, actor)
    late = parse_letter("หนังสือสพฐ. ที่ ศธ 04008.1/ว999 ลงวันที่ 5 พฤษภาคม 2567")
    order = parse_letter("คำสั่งเขต ที่ 9/2567 ลงวันที่ 5 พฤษภาคม 2567")
    two = (Occasion(date(2024, 2, 5), place="ก"), Occasion(date(2024, 6, 5), place="ข"))
    told = OfficeYear(
        candidates=(Candidate("อนุบาลแจ้ห่ม", True, LETTER, late), Candidate("อนุบาลวังเหนือ", True, None, late)),
        committees=(Committee("คณะกรรมการชุดหลัง", order=order),),
        activities=(
            Activity("ประชุมหลังวันตัด", occasions=(Occasion(date(2024, 3, 1)),)),
            Activity("ประชุมก่อนวันตัด", occasions=two, letters=(late,)),
            Activity("จัดทำข้อมูลไม่ระบุวัน"),
            Activity("แจ้งตามหนังสือที่มาทีหลัง", letters=(late,)),
        ),
        submissions=(
            Submission("แผน", due=date(2024, 2, 10), sent=date(2024, 3, 9)),
            Submission("รายงาน", sent=date(2024, 3, 9)),
        ),
        money=(
            Money("received", Decimal(5000), (Party("สพฐ."),), letter=late),
            Money("received", None, (Party("อบต.ดี"),)),
        ),
    )
    record_account(office=AreaOffice.objects.get(code="520003"), year=2567, told=told, by=actor)
    record_account(
        office=AreaOffice.objects.get(code="520001"),
        year=2567,
        told=OfficeYear(activities=told.activities[:1]),
        by=actor,
    )
    document = write_report(
        province=Province.objects.get(code="52"), inspection=inspection_named("2567/1"), by=actor
    ).document
    text = words(document)
    assert not any(month in text for month in ("มีนาคม", "พฤษภาคม", "มิถุนายน", "หลังวันตัด", "ทีหลัง", "ชุดหลัง", "ว๙๙๙"))
    for said in (
        "ประชุมก่อนวันตัด",
        "จัดทำข้อมูลไม่ระบุวัน",
        "๑๐ กุมภาพันธ์",
        "อบต.ดี",
        "โรงเรียนอนุบาลวังเหนือ",
        "๑๐ รายการ (ทั้งรายการหรือบางส่วน) ไม่นำมาเล่า",
    ):
        assert said in text
    assert "โรงเรียนที่ได้รับคัดเลือก" not in text
    assert "ที่ สพป.ลำปาง เขต ๑ แจ้ง เริ่มหลังวันที่ ๒๙ กุมภาพันธ์ ๒๕๖๗" in text
    done = next(b for b in document.blocks if isinstance(b, Paragraph) and "ประชุมก่อนวันตัด" in b.text)
    assert [one.key for one in done.sources] == ["2567:520003:activities:2"]


def test_addresses_keep_their_digits_and_an_hour_its_word(world: Mapping[str, Round], actor: User) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    title = "เผยแพร่ที่ https://www.sk1.go.th/q2569/p1 ครั้งที่ 5 เวลา 12.00 น."
    told = OfficeYear(activities=(Activity(title),))
    record_account(office=AreaOffice.objects.get(code="520003"), year=2567, told=told, by=actor)
    text = words(
        write_report(province=Province.objects.get(code="52"), inspection=inspection_named("2567/2"), by=actor).document
    )
    assert "https://www.sk1.go.th/q2569/p1 ครั้งที่ ๕ เวลา ๑๒.๐๐\u00a0น." in text


def test_every_block_of_the_demos_report_knows_its_records(whole: Document) -> None:
    silent = [
        block
        for block in whole.blocks
        if not isinstance(block, Heading | PageBreak)
        and not (isinstance(block, Paragraph) and block.style == "signature")
        and not block.sources
    ]
    assert silent == []


def test_what_the_register_knows_stands_in_an_appendix(whole: Document) -> None:
    tables = {b.caption: b for b in whole.blocks if isinstance(b, Table)}
    people = {
        row[0].text: [cell.text for cell in row[1:]] for row in tables["สพป.ลำปาง เขต ๑ นักเรียน ครู และห้องเรียน"].rows
    }
    assert people["อนุบาลนครเขลางค์ดอยแก้ว"] == ["เมืองลำปาง", "อ.๒-ป.๖", "๓๐๖", "๑๘", "๑๒", "๑๐ มิ.ย. ๒๕๖๗"]
    held = {row[0].text: [cell.text for cell in row[1:]] for row in tables["สพป.ลำปาง เขต ๑ ที่ดินและอาคาร"].rows}
    assert held["อนุบาลนครเขลางค์ดอยแก้ว"] == ["๑๒-๒-๕๐", "๓", "๒๕๓๕", "๐"]
    assert list(held) == list(people)
    assert "บ้านงาวสายรุ้ง" not in held, "a row of dashes says nothing"
    links = tables["สพป.ลำปาง เขต ๑ โรงเรียนเครือข่าย"]
    assert {row[5].text for row in links.rows} == {"ใช่", "ไม่ใช่", "-"}
    assert "๔.๘๐" in {row[4].text for row in links.rows}
    assert ("network", "1052990201:1052990001") in {(one.kind, one.key) for one in links.sources}
    assert "เขตตรวจราชการที่ ๑๕" in whole.cover.lines
    assert not any("ทะเบียนยังไม่มีข้อมูล: " in text for text in texts(whole)), "a note for the office, not for the reader"


def test_sub_points_never_read_as_the_people() -> None:
    told = Activity("ประชุม", reporter="นางกลอยใจ ดี", attendance="ครู 5 คน", items=("ข้อเดียว",))
    (one,) = narrating.activity(told, OFFICE)
    people = "โดยมีนางกลอยใจ ดี เป็นผู้กล่าวรายงาน ผู้เข้าร่วมประกอบด้วย ครู 5 คน"
    assert one.sentence == f"{OFFICE} ประชุม {people} มีรายละเอียด คือ ข้อเดียว"
    (several,) = narrating.activity(replace(told, chair="นาย ก", items=("ก", "ข"), letters=(LETTER,)), OFFICE)
    chaired = people.replace("โดยมี", "โดยมีนาย ก เป็นประธาน และมี")
    assert several.sentence == f"{OFFICE} ประชุม {chaired} ({LETTER.cited()}) มีรายละเอียด ดังนี้"
    sites = (Occasion(date(2024, 8, 17), place="ก"), Occasion(date(2024, 8, 18), place="ข"))
    for points, detail in (
        (("ก", "ข"), f"ตาม{LETTER.cited()} มีรายละเอียด ดังนี้"),
        (("ก",), f"มีรายละเอียด คือ ก ({LETTER.cited()})"),
    ):
        bare = Activity("ประชุม", occasions=sites, items=points, letters=(LETTER,))
        assert narrating.activity(bare, OFFICE)[1].sentence == detail


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
        f"{OFFICE} ได้รับจัดสรรงบประมาณจาก สพฐ. แผนงานยุทธศาสตร์ โครงการเดิม เพื่อบริหารโครงการ จำนวน 20,000 บาท (สองหมื่นบาทถ้วน) (หนังสือ"
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
    assert occasions.when(Occasion(september, **month)) == "ในเดือนกันยายน 2567"
    july = Occasion(date(2024, 7, 1), september, **month)
    assert occasions.when(july) == "ระหว่างเดือนกรกฎาคม 2567 ถึงเดือนกันยายน 2567"
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
    assert (
        narrating.submission(told) == "แผน ส่งถึง สพฐ. กำหนดส่งภายในวันที่ 10 พฤษภาคม 2567 ส่งแล้วเมื่อวันพฤหัสบดีที่ 9 พฤษภาคม 2567"
    )


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
    prepared, signed = (b.text for b in whole.blocks if isinstance(b, Paragraph) and b.style == "signature")
    lines = signed.split("\n")
    assert lines[1:-1] == ["(นายทดสอบ ระบบดี)", "รองศึกษาธิการจังหวัด รักษาราชการแทน", "ศึกษาธิการจังหวัดลำปาง"]
    assert lines[-1].startswith("วันที่ ....")
    assert "ผู้จัดทำรายงาน" in prepared


def test_what_an_office_owes_is_said_where_it_lacks_and_in_a_list(world: Mapping[str, Round], actor: User) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    province, inspection = Province.objects.get(code="52"), inspection_named("2567/2")
    told = OfficeYear(difficulties=(Difficulty("อาคารเก่า", "ของบประมาณ", ("มั่นคง",)),))
    record_account(office=AreaOffice.objects.get(code="520003"), year=2567, told=told, by=actor)
    owed = {
        office.code: [one.kind for one in lacking]
        for office, lacking in owed_by(basis_of(province, inspection), shipped_form())
    }
    by_nobody = ["success", "recommendations", "practices"]
    assert owed["520003"] == ["situation", "results", *by_nobody]
    assert owed["520001"] == ["situation", "results", "difficulties", *by_nobody]
    document = write_report(province=province, inspection=inspection, by=actor).document
    assert "ยังไม่ได้รับข้อมูลการดำเนินงานจาก สพป.ลำปาง เขต ๑" in words(document)
    assert document.draft
    listed = [item for b in document.blocks if isinstance(b, ItemList) for item in b.items if "ยังไม่ส่งข้อมูล" in item]
    assert len(listed) == 4
