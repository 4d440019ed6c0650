"""The inspector's page: colours, what improved, the weakest, what is asked of whom, on one page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import record_self, record_verification
from khunnaphap.assessments.models import Round
from khunnaphap.core.document import Chart, Document, Heading, Paragraph, Table, texts
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.core.programme import OfficeYear, StaffingGap, Statement
from khunnaphap.core.thai.numerals import thai
from khunnaphap.organisations.models import AreaOffice, Province
from khunnaphap.paper.pdf import page_count
from khunnaphap.programme.actions import record_account
from khunnaphap.reporting.actions import Report, write_report
from khunnaphap.reporting.composing import Writing
from khunnaphap.reporting.one_page import MOST_ASKED, one_page
from khunnaphap.reporting.queries import inspection_named
from khunnaphap.reporting.report_forms import shipped_form

from .test_report import JAEHOM, WANGNUEA, verify


@pytest.fixture
def weak(framework: Framework) -> list[str]:
    return [framework.indicators[place].id for place in (40, 7, 63)]


def write(actor: User) -> Report:
    return write_report(province=Province.objects.get(code="52"), inspection=inspection_named("2567/2"), by=actor)


def tables(page: Document) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    title = ""
    for block in page.blocks:
        if isinstance(block, Heading):
            title = block.text
        elif isinstance(block, Table):
            found[title] = [[cell.text for cell in row] for row in block.rows]
    return found


def rate(round_: Round, code: str, levels: Mapping[str, int], by: User) -> None:
    assessment = round_.assessments.get(school__ministry_code=code)
    entries = {key: Entry(rating=level) for key, level in levels.items()}
    record_self(assessment=assessment, entries=entries, facts={}, by=by)
    record_verification(assessment=assessment, entries=entries, by=by)


def test_the_page_says_what_improved_and_names_the_three_weakest(
    world: Mapping[str, Round], actor: User, framework: Framework, weak: list[str]
) -> None:
    for code in (JAEHOM, WANGNUEA):
        rate(world["2567/1"], code, dict.fromkeys(framework.by_id, 2), actor)
        rate(world["2567/2"], code, dict.fromkeys(framework.by_id, 4) | dict.fromkeys(weak, 1), actor)
    report = write(actor)
    page = report.summary
    said = "\n".join(texts(page))
    assert "เปรียบเทียบได้ ๒ โรงเรียน กลุ่มสีดีขึ้น ๒ โรงเรียน" in said
    assert "(๒ โรงเรียน) และมีอีก ๗๐ ตัวชี้วัดที่ดีขึ้นในโรงเรียนจำนวนเท่ากัน" in said
    assert "ร้อยละ ๘๐.๐๐ และมีอีก ๑ ด้านที่เพิ่มขึ้นเท่ากัน" in said
    rows = tables(page)["ตัวชี้วัดที่ต้องเร่งพัฒนาสามอันดับแรก"]
    named = [one.title for one in framework.indicators if one.id in weak]
    assert [row[0].split(" ", 1)[1] for row in rows] == [
        title.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) for title in named
    ]
    assert {row[1] for row in rows} == {"๑.๐๐ จาก ๕"}
    assert {row[2] for row in rows} == {"๒ จาก ๒"}
    assert any(isinstance(block, Chart) and block.sources for block in page.blocks)


def test_of_equally_weak_indicators_those_low_in_more_schools_come_first_and_others_are_counted(
    world: Mapping[str, Round], actor: User, framework: Framework
) -> None:
    first, second, third = (one.id for one in framework.indicators[:3])
    levels = dict.fromkeys(framework.by_id, 3)
    rate(world["2567/2"], JAEHOM, levels | {third: 2}, actor)
    rate(world["2567/2"], WANGNUEA, levels | {third: 4, second: 3, first: 3}, actor)
    page = write(actor).summary
    rows = tables(page)["ตัวชี้วัดที่ต้องเร่งพัฒนาสามอันดับแรก"]
    titles = [framework.by_id[one].title for one in (third, first, second)]
    assert [row[0].split(" ", 1)[1] for row in rows] == titles
    assert any("มีอีก ๗๑ ตัวชี้วัดที่ค่าเท่ากับอันดับสุดท้าย" in text for text in texts(page))


def test_every_block_of_the_page_knows_its_records(world: Mapping[str, Round], actor: User) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    blocks = [block for block in write(actor).summary.blocks if isinstance(block, Paragraph | Table | Chart)]
    assert [block for block in blocks if not block.sources] == []


def test_without_an_earlier_round_the_page_says_so(world: Mapping[str, Round], actor: User) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    said = "\n".join(texts(write(actor).summary))
    assert "ยังไม่มีโรงเรียนที่มีผลตรวจสอบแล้วสองรอบ" in said


def test_what_is_asked_names_whom_and_stays_one_page(world: Mapping[str, Round], actor: User) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    asked = "ขอกรอบอัตรากำลังจากสำนักงาน ก.ค.ศ."
    told = OfficeYear(
        statements=(
            Statement("recommendation", "ควรจัดงบประมาณให้เพียงพอ", to="สพฐ."),
            *(Statement("recommendation", f"ข้อเสนอที่ {n} " + "ยาวมาก " * 60) for n in range(9)),
        ),
        staffing=(StaffingGap("อนุบาลแจ้ห่ม", "ครูภาษาไทย", 2, asked), StaffingGap("อนุบาลแจ้ห่ม", "ครูดนตรี", 1, asked)),
    )
    record_account(office=AreaOffice.objects.get(code="520003"), year=2567, told=told, by=actor)
    report = write(actor)
    assert page_count(report.summary) == 1
    rows = tables(report.summary)["สิ่งที่ขอและผู้ที่เกี่ยวข้อง"]
    assert rows[0] == ["สพฐ.", "ควรจัดงบประมาณให้เพียงพอ", "สพป.ลำปาง เขต ๓"]
    left = next(b.text for b in report.summary.blocks if isinstance(b, Paragraph) and "และอีก" in b.text)
    assert left.startswith("และอีก ")
    record_account(
        office=AreaOffice.objects.get(code="520003"),
        year=2567,
        told=OfficeYear(statements=told.statements[:1]),
        by=actor,
    )
    wishes = tables(write(actor).summary)["สิ่งที่ขอและผู้ที่เกี่ยวข้อง"]
    lacking = f"อัตรากำลังที่ขาด: โรงเรียนอนุบาลแจ้ห่ม ครูภาษาไทย ๒ คน, ครูดนตรี ๑ คน ({asked})"
    assert ["ไม่ได้ระบุ", lacking, "สพป.ลำปาง เขต ๓"] in wishes  # nobody is guessed from the words of the request
    said = OfficeYear(staffing=tuple(replace(gap, to="สพฐ.") for gap in told.staffing))
    record_account(office=AreaOffice.objects.get(code="520003"), year=2567, told=said, by=actor)
    assert ["สพฐ.", lacking, "สพป.ลำปาง เขต ๓"] in tables(write(actor).summary)["สิ่งที่ขอและผู้ที่เกี่ยวข้อง"]
    assert any(row[1].startswith("ตรวจสอบผลของโรงเรียนที่เหลือ") for row in wishes)


def test_each_lacking_post_bears_its_school_and_what_is_asked_for_it(world: Mapping[str, Round], actor: User) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    told = OfficeYear(
        staffing=(
            StaffingGap("อนุบาลแจ้ห่ม", "ครูไทย", 2, "ขออัตรา"),
            StaffingGap("อนุบาลวังเหนือ", "ครูดนตรี", 1, "ขออัตรา"),
            StaffingGap("อนุบาลวังเหนือ", "ครูศิลป์", 1),
        )
    )
    record_account(office=AreaOffice.objects.get(code="520003"), year=2567, told=told, by=actor)
    wishes = tables(write(actor).summary)["สิ่งที่ขอและผู้ที่เกี่ยวข้อง"]
    (lacking,) = (row[1] for row in wishes if row[1].startswith("อัตรากำลัง"))
    assert lacking.split("\n") == [
        "อัตรากำลังที่ขาด: โรงเรียนอนุบาลแจ้ห่ม ครูไทย ๒ คน, โรงเรียนอนุบาลวังเหนือ ครูดนตรี ๑ คน (ขออัตรา)",
        "โรงเรียนอนุบาลวังเหนือ ครูศิลป์ ๑ คน",
    ]


def test_a_last_single_thing_asked_stands_itself_or_names_whom_it_asks(
    world: Mapping[str, Round], actor: User, framework: Framework
) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    basis = write(actor).basis
    writing = Writing(basis, replace(shipped_form(), sections=()), framework)
    owed = len(tables(one_page(writing, ()))["สิ่งที่ขอและผู้ที่เกี่ยวข้อง"])
    asking = tuple(Statement("recommendation", f"ข้อ {n}", to="สพฐ.") for n in range(MOST_ASKED + 1 - owed))
    record_account(office=basis.offices[0], year=2567, told=OfficeYear(statements=asking), by=actor)

    def said(most: int) -> tuple[int, list[str]]:
        page = one_page(replace(writing, basis=write(actor).basis), (), most)
        notes = [block.text for block in page.blocks if isinstance(block, Paragraph) and "และอีก" in block.text]
        return len(tables(page)["สิ่งที่ขอและผู้ที่เกี่ยวข้อง"]), notes

    last = thai(basis.offices[-1].name)
    assert said(MOST_ASKED + 1) == (MOST_ASKED + 1, [])
    assert said(MOST_ASKED) == (MOST_ASKED, [f"และอีก ๑ เรื่อง (ขอต่อ {last}) ดูในรายงานฉบับเต็ม"])
    more = OfficeYear(statements=(*asking, Statement("recommendation", "อีกข้อ")))
    record_account(office=basis.offices[0], year=2567, told=more, by=actor)
    assert said(MOST_ASKED + 1) == (MOST_ASKED, ["และอีก ๒ เรื่อง ดูในรายงานฉบับเต็ม"])


def test_the_page_is_among_the_files_and_in_the_tree(world: Mapping[str, Round], actor: User) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    report, again = write(actor), write(actor)
    assert set(report.files) == {
        "report-52-2567-2.docx", "report-52-2567-2.pdf", "report-52-2567-2.json",
        "summary-52-2567-2.docx", "summary-52-2567-2.pdf", "counts-52-2567-2.xlsx",
    }  # fmt: skip
    assert report.files == again.files
    tree = json.loads(report.json)
    assert tree["summary"]["blocks"][0]["text"].startswith("สรุปผลการตรวจราชการ")
    chart = next(block for block in tree["blocks"] if block["kind"] == "Chart")
    assert chart["sources"][0] == {"kind": "assessment", "key": f"2567/2:{JAEHOM}"}
