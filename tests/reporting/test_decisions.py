"""A colour that was decided on counts, and every paper says so with the computed one and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import override_colour, record_verification, reopen
from khunnaphap.assessments.models import Round
from khunnaphap.core.document import Chart, Document, Paragraph, Source, Table
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.exchange.summaries import classified, summary_form
from khunnaphap.organisations.models import Province
from khunnaphap.reporting.actions import Report, write_report
from khunnaphap.reporting.queries import inspection_named
from khunnaphap.reporting.report_forms import shipped_form

from .test_report import JAEHOM, LAMPHUN, SECONDARY, WANGNUEA, table, verify

REASON = "อาคารเรียนถูกพายุ\nตามหนังสือ ศธ 04133/12"


def decide(round_: Round, code: str, colour: str, by: User) -> None:
    override_colour(assessment=round_.assessments.get(school__ministry_code=code), colour=colour, reason=REASON, by=by)


@pytest.fixture
def decided(world: Mapping[str, Round], actor: User) -> Round:
    """Jaehom computes green (four of five) and counts as yellow; Wangnuea counts as it computes."""
    round_ = world["2567/2"]
    for code in (JAEHOM, WANGNUEA):
        verify(round_, code, 4, actor)
    decide(round_, JAEHOM, "yellow", actor)
    return round_


def written(by: User, **printed: bool) -> Report:
    form = replace(shipped_form(), printed=printed)
    province = Province.objects.get(code="52")
    return write_report(province=province, inspection=inspection_named("2567/2"), form=form, by=by)


def notes(document: Document) -> list[Paragraph]:
    return [one for one in document.blocks if isinstance(one, Paragraph) and "กำหนดโดยมีเหตุผล" in one.text]


def test_a_decided_colour_is_counted_and_the_count_says_so(decided: Round, actor: User) -> None:
    document = written(actor, colour_chart=True).document
    rows = {row[0]: row[1:] for row in table(document, "จำนวนโรงเรียนในแต่ละกลุ่มสี")}
    assert rows["รวมจังหวัดลำปาง"] == ["-", "๑", "-", "๑", "-", "-", "๒"]
    (note,) = notes(document)
    assert note.text == (
        "ในจำนวนนี้ ๑ โรงเรียนนับตามกลุ่มสีที่กำหนดโดยมีเหตุผล แทนสีที่คำนวณได้จากคะแนน ได้แก่ โรงเรียนอนุบาลแจ้ห่ม (กำหนดสีเหลือง คำนวณได้สีฟ้า)"
    )
    assert note.sources == (Source("classification", f"2567/2:{JAEHOM}"),)
    after = document.blocks[document.blocks.index(note) + 1]
    assert isinstance(after, Table)
    chart = next(block for block in document.blocks if isinstance(block, Chart))
    assert "เหลือง ๑" in chart.alternative


def test_the_appendix_tells_a_decided_colour_with_the_computed_one_its_day_and_reason(
    decided: Round, actor: User
) -> None:
    assert table(written(actor).document, "โรงเรียนที่นับตามกลุ่มสีที่กำหนดโดยมีเหตุผล"), "told though no scores are printed"
    document = written(actor, scores=True).document
    (row,) = table(document, "โรงเรียนที่นับตามกลุ่มสีที่กำหนดโดยมีเหตุผล")
    made = decided.assessments.get(school__ministry_code=JAEHOM).classifications.get(is_latest=True)
    assert made.override == "yellow"
    assert row[:3] == ["อนุบาลแจ้ห่ม", "ฟ้า", "เหลือง"]
    assert row[4] == "อาคารเรียนถูกพายุ ตามหนังสือ ศธ ๐๔๑๓๓/๑๒"
    colours = [cells[2] for cells in table(document, "สพป.ลำปาง เขต ๓")]
    assert sorted(colours) == ["ฟ้า", "เหลือง*"]


def test_the_one_page_names_the_decided_and_stays_silent_where_none_was(
    decided: Round, world: Mapping[str, Round], actor: User
) -> None:
    assert [note.text.split("ได้แก่")[1] for note in notes(written(actor).summary)] == [
        " โรงเรียนอนุบาลแจ้ห่ม (กำหนดสีเหลือง คำนวณได้สีฟ้า)"
    ]
    decide(world["2567/2"], JAEHOM, "", actor)
    report = written(actor)
    assert not notes(report.document)
    assert not notes(report.summary)


def test_a_whole_office_counts_a_decided_colour_outside_of_the_province(
    world: Mapping[str, Round], actor: User
) -> None:
    round_ = world["2567/2"]
    verify(round_, SECONDARY, 5, actor)
    verify(round_, LAMPHUN, 4, actor)
    decide(round_, LAMPHUN, "red", actor)
    document = written(actor).document
    ((_, *whole),) = table(document, "สำนักงานเขตพื้นที่การศึกษาที่มีโรงเรียนในหลายจังหวัด")
    assert whole == ["๑", "-", "-", "-", "-", "๑", "๒"]
    (note,) = notes(document)
    assert note.text.startswith("นอกจังหวัดลำปาง ๑ โรงเรียน")


def test_a_decision_goes_when_other_answers_are_verified(
    decided: Round, world: Mapping[str, Round], actor: User, framework: Framework
) -> None:
    assessment = decided.assessments.get(school__ministry_code=JAEHOM)
    entries = {key: Entry(rating=3) for key in framework.by_id}
    reopen(assessment=assessment, by=actor)
    record_verification(assessment=assessment, entries=entries, by=actor)
    document = written(actor).document
    assert not notes(document)
    assert {row[0]: row[1:] for row in table(document, "จำนวนโรงเรียนในแต่ละกลุ่มสี")}["รวมจังหวัดลำปาง"][3] == "๑"


def test_the_summary_of_a_round_counts_the_decided_colour_and_says_why(decided: Round) -> None:
    (school,) = (one for one in classified(decided)["schools"] if one["code"] == JAEHOM)
    assert school["colour"] == "yellow"
    assert (school["decided"]["computed"], school["decided"]["reason"]) == ("blue", REASON)
    (row,) = (one for one in summary_form(decided).rows if one.code == JAEHOM)
    assert (row.colour, row.colour_title) == ("yellow", "เหลือง")
    assert "แทนสีฟ้าที่คำนวณได้ ด้วยเหตุผล “อาคารเรียนถูกพายุ ตามหนังสือ ศธ 04133/12”" in row.reason
    others = [one for one in classified(decided)["schools"] if one["code"] != JAEHOM]
    assert all(one["decided"] is None for one in others)
