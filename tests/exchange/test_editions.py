"""An edition out, changed, in as a draft, published by an act of its own; a round scored under it beside the old."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from tests.exchange.filling import OTHER, SCHOOL, assessment, filled, verified

from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import override_colour, reopen, rescore_round
from khunnaphap.assessments.models import Classification, Round
from khunnaphap.assessments.recounting import recount
from khunnaphap.assessments.rescoring import Beside, beside
from khunnaphap.audit.models import Event
from khunnaphap.core.problems import Refusal
from khunnaphap.exchange.actions import import_workbook
from khunnaphap.exchange.editions import framework_form
from khunnaphap.exchange.models import ImportedFile
from khunnaphap.exchange.reports import ImportReport
from khunnaphap.exchange.rescores import in_words, rescore_form, rescored_data
from khunnaphap.exchange.summaries import classified, colour_summary
from khunnaphap.frameworks.actions import publish_edition
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import framework_of
from khunnaphap.organisations.models import Province
from khunnaphap.reporting.actions import write_report
from khunnaphap.reporting.queries import inspection_named
from khunnaphap.sheets.framework_form import write_framework
from khunnaphap.sheets.rescore_form import write_rescore

NEW = "obec-2568"


def changed(content: bytes, *changes: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for change in changes:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def out(code: str = "example-2567") -> bytes:
    return write_framework(framework_form(Edition.objects.get(code=code)))


def put(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    return lambda book: book[sheet].__setitem__(cell, value)


CODE = put("ฉบับ", "A5", NEW)
HIGHER_BLUE = put("แถบสี", "C6", 82)


def drop_internet(book: Any) -> None:
    sheet = book["ตัวชี้วัด"]
    sheet.delete_rows(next(row for row in range(5, 99) if sheet.cell(row, 1).value == "internet"))


def add_disaster_plan(book: Any) -> None:
    row = ("disaster-plan", "buildings", "1.1.4", "แผนรับมือภัยพิบัติ", "Disaster plan", "มีแผน", 1, None, "แผน")
    sheet = book["ตัวชี้วัด"]
    sheet.insert_rows(8)
    for column, value in enumerate((*row, *(f"ระดับที่ {number}" for number in range(1, 6))), 1):
        sheet.cell(8, column).value = value


def hand_in(content: bytes, by: User, *, dry_run: bool = False) -> ImportReport:
    return import_workbook(name="เกณฑ์.xlsx", content=content, by=by, dry_run=dry_run)


def enter(by: User, *changes: Callable[[Any], None], publish: bool = True) -> Edition:
    report = hand_in(changed(out(), CODE, *changes), by)
    assert report.problems == []
    edition = Edition.objects.get(code=NEW)
    return publish_edition(edition=edition, by=by) if publish else edition


def test_an_unchanged_workbook_changes_nothing(record: User) -> None:
    events = Event.objects.count()
    report = hand_in(out(), record)
    assert (report.kind, report.problems, report.parts[0].changed) == ("framework", [], 0)
    assert (Event.objects.count(), Edition.objects.count()) == (events, 1)


def test_a_changed_workbook_comes_in_as_a_draft_compared_with_where_it_came_from(record: User) -> None:
    content = changed(out(), CODE, HIGHER_BLUE, drop_internet, add_disaster_plan, put("ตัวชี้วัด", "G5", 2.5))
    report = hand_in(content, record)
    (part,) = report.parts
    assert (report.problems, part.school, part.state) == ([], NEW, "draft")
    (left,) = report.warnings
    assert (left.code, left.sheet, left.cell) == ("wording-stray", "ถ้อยคำในรายงาน", "A10")
    assert (
        part.lines[0] == "เทียบกับฉบับ example-2567 ตัวชี้วัดเหมือนเดิม 72 ข้อ เปลี่ยน 1 ข้อ ย้ายที่หรือเลขข้อ 0 ข้อ ใหม่ 1 ข้อ ตัดออก 1 ข้อ"
    )
    assert any(line.startswith("ตัวชี้วัดตัดออก: 1.2.3") for line in part.lines)
    assert any("“80” เป็น “82”" in line for line in part.lines)
    draft = Edition.objects.get(code=NEW)
    assert draft.status == Edition.DRAFT
    assert framework_of(draft).by_id["building-soundness"].weight == 2.5
    event = Event.objects.get(verb="enter_edition", subject=f"edition:{NEW}")
    assert (event.data["digest"], event.data["made_from"]) == (draft.digest, "example-2567")
    kept = ImportedFile.objects.get(kind="framework")
    assert (Path(settings.MEDIA_ROOT) / kept.stored).read_bytes() == content
    assert hand_in(content, record).parts[0].changed == 0
    assert Event.objects.filter(subject=f"edition:{NEW}").count() == 1


WORDING = "ถ้อยคำในรายงาน"


def as_of_contract_1(book: Any) -> None:
    del book[WORDING]
    sheet = book["_khunnaphap"]
    row = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "contract")
    sheet.cell(row, 2).value = "1"


def test_wording_alone_is_taken_for_a_published_edition_and_leaves_its_digest(record: User) -> None:
    before = Edition.objects.get()
    report = hand_in(changed(out(), put(WORDING, "C5", "ยังต้องปรับปรุงอาคาร")), record)
    assert (report.problems, report.warnings, report.parts[0].changed) == ([], [], 1)
    after = Edition.objects.get()
    assert (after.digest, after.status) == (before.digest, "published")
    assert framework_of(after).indicators[0].level(1).report == "ยังต้องปรับปรุงอาคาร"
    assert Event.objects.filter(verb="word_edition", subject="edition:example-2567").count() == 1
    assert hand_in(out(), record).parts[0].changed == 0


def test_a_workbook_of_contract_1_stays_readable_and_keeps_the_wording_of_what_stayed(record: User) -> None:
    had = framework_of(Edition.objects.get()).indicators[0]
    report = hand_in(changed(out(), CODE, as_of_contract_1, put("ตัวชี้วัด", "K5", "อีกข้อความหนึ่ง")), record)
    assert (report.problems, report.warnings) == ([], [])
    made = framework_of(Edition.objects.get(code=NEW)).indicators[0]
    assert [level.report for level in made.levels] == [
        "" if place == 1 else level.report for place, level in enumerate(had.levels)
    ]


def test_wording_beyond_its_level_or_older_than_it_is_told_at_its_cell(record: User) -> None:
    beyond = put(WORDING, "D6", "มีพื้นที่พร้อมใช้งานอย่างน้อยสามในสี่ของประเภทที่ต้องใช้")
    report = hand_in(
        changed(out(), CODE, beyond, put("ตัวชี้วัด", "N5", "อีกข้อความหนึ่งที่มั่นคงทุกหลัง เกิน 45 ปี ทุกชั้น ทุกประเภท ทุกปี")), record
    )
    assert [(one.code, one.sheet, one.cell) for one in report.warnings] == [
        ("wording-old", WORDING, "G5"),
        ("wording-beyond", WORDING, "D6"),
    ]


def test_a_dry_run_tells_the_same_and_keeps_nothing(record: User) -> None:
    content = changed(out(), CODE, HIGHER_BLUE)
    dry = hand_in(content, record, dry_run=True)
    assert not Edition.objects.filter(code=NEW).exists()
    assert not ImportedFile.objects.exists()
    assert dry == hand_in(content, record)


def test_a_draft_is_renewed_and_a_workbook_older_than_its_edition_is_warned_of(record: User) -> None:
    enter(record, publish=False)
    of_the_draft = out(NEW)
    hand_in(changed(of_the_draft, HIGHER_BLUE), record)
    report = hand_in(changed(of_the_draft, put("แถบสี", "C5", 95)), record)
    assert [warning.code for warning in report.warnings] == ["base-changed"]
    assert "แถบสีเปลี่ยน: ฟ้า (blue) ร้อยละขั้นต่ำ “82” เป็น “80”" in report.parts[0].lines
    assert [band.lower for band in framework_of(Edition.objects.get(code=NEW)).bands][:2] == [95, 80]
    assert Event.objects.filter(verb="renew_draft").count() == 2


def test_the_code_of_a_published_edition_is_refused_at_its_cell(record: User) -> None:
    report = hand_in(changed(out(), HIGHER_BLUE), record)
    (problem,) = report.problems
    assert (problem.sheet, problem.cell, problem.code) == ("ฉบับ", "A5", "edition-published")
    assert "รหัสใหม่" in problem.mend
    assert framework_of(Edition.objects.get()).bands[1].lower == 80


def test_faults_take_nothing(record: User) -> None:
    report = hand_in(changed(out(), CODE, HIGHER_BLUE, put("แถบสี", "C7", 90)), record)
    assert [(p.file, p.sheet, p.cell, p.code) for p in report.problems] == [("เกณฑ์.xlsx", "แถบสี", "C7", "bands-order")]
    assert Edition.objects.count() == 1


def test_without_where_it_came_from_it_is_compared_with_the_newest_published(record: User) -> None:
    def forget(book: Any) -> None:
        for row in range(1, 6):
            if book["_khunnaphap"].cell(row, 1).value in ("edition", "digest"):
                book["_khunnaphap"].cell(row, 2).value = None

    report = hand_in(changed(out(), CODE, HIGHER_BLUE, forget), record)
    assert report.parts[0].lines[0].startswith("เทียบกับฉบับ example-2567")


def hand_in_and_verify(world: Mapping[str, Round], by: User) -> Round:
    round_ = world["2567/2"]
    for code in (SCHOOL, OTHER):
        assert import_workbook(name="ก.xlsx", content=filled(round_, code), by=by).problems == []
    assert import_workbook(name="ข.xlsx", content=verified(round_, {SCHOOL: 4, OTHER: 3}), by=by).problems == []
    return round_


def by_code(told: list[Beside]) -> dict[str, Beside]:
    return {each.assessment.school.ministry_code: each for each in told}


def test_a_round_is_scored_under_the_new_edition_beside_the_old(world: Mapping[str, Round], actor: User) -> None:
    round_ = hand_in_and_verify(world, actor)
    official = list(Classification.objects.filter(is_latest=True).order_by("pk").values())
    before = (classified(round_), colour_summary(round_), papers(actor))
    edition = enter(actor, HIGHER_BLUE, drop_internet)
    told = by_code(rescore_round(round_=round_, edition=edition, by=actor))
    one = told[SCHOOL]
    assert one.official is not None
    assert (one.official.total, one.official.colour) == ("80", "blue")
    assert one.rescored.classification.score.total == 80
    assert one.rescored.classification.band is not None
    assert (one.rescored.classification.band.colour, one.rescored.classification.basis) == ("green", "verified")
    kept = Classification.objects.filter(edition=edition)
    assert {row.assessment.school.ministry_code: (row.colour, row.total, row.basis) for row in kept} == {
        SCHOOL: ("green", "80", "verified"),
        OTHER: ("yellow", "60", "verified"),
    }
    assert all(row.is_rescore and not row.is_latest and len(row.levels) == 73 for row in kept)
    assert list(Classification.objects.filter(is_latest=True).order_by("pk").values()) == official
    assert (classified(round_), colour_summary(round_), papers(actor)) == before


def test_a_decided_colour_is_the_official_one_beside_another_edition(world: Mapping[str, Round], actor: User) -> None:
    round_ = hand_in_and_verify(world, actor)
    assessment = round_.assessments.get(school__ministry_code=SCHOOL)
    override_colour(assessment=assessment, colour="orange", reason="อาคารถูกพายุ", by=actor)
    edition = enter(actor, HIGHER_BLUE)
    data = rescored_data(round_, edition, list(beside(round_, edition)))
    school = next(one for one in data["schools"] if one["code"] == SCHOOL)
    assert school["official"] == {"total": "80.0000000000", "colour": "orange"}


def papers(by: User) -> Mapping[str, bytes]:
    return write_report(province=Province.objects.get(code="52"), inspection=inspection_named("2567/2"), by=by).files


def test_scoring_again_adds_only_what_changed_since(world: Mapping[str, Round], actor: User) -> None:
    round_ = hand_in_and_verify(world, actor)
    edition = enter(actor, HIGHER_BLUE)
    rescore_round(round_=round_, edition=edition, by=actor)
    rescore_round(round_=round_, edition=edition, by=actor)
    assert Classification.objects.filter(is_rescore=True).count() == 2
    assert Event.objects.get(verb="rescore_round").data == {"edition": NEW, "schools": 2}
    reopen(assessment=assessment(round_), by=actor)
    again = verified(round_, {SCHOOL: 5}, remark="ตรวจซ้ำ")
    assert import_workbook(name="ค.xlsx", content=again, by=actor).problems == []
    rescore_round(round_=round_, edition=edition, by=actor)
    assert Classification.objects.filter(is_rescore=True).count() == 3
    assert [(part.counted, len(part.differing)) for part in recount()] == [(2, 0), (3, 0)]


def test_an_indicator_the_round_was_never_asked_is_not_yet_and_never_red(
    world: Mapping[str, Round], actor: User
) -> None:
    round_ = hand_in_and_verify(world, actor)
    edition = enter(actor, add_disaster_plan)
    told = rescore_round(round_=round_, edition=edition, by=actor)
    data = rescored_data(round_, edition, told)
    school = next(one for one in data["schools"] if one["code"] == SCHOOL)
    assert (data["edition"], data["beside"], data["preview"]) == ("example-2567", NEW, False)
    assert school["official"] == {"total": "80.0000000000", "colour": "blue"}
    assert (school["rescored"]["total"], school["rescored"]["colour"]) == (None, None)
    assert (school["rescored"]["missing"], school["rescored"]["answered"]) == (["1.1.4"], "80.0000000000")
    assert set(Classification.objects.filter(edition=edition).values_list("colour", "total")) == {("", "")}
    form = rescore_form(round_, edition, told)
    line = next(line for line in in_words(form) if SCHOOL in line)
    assert "ทางการ ฟ้า 80.00" in line
    assert "ยังไม่มีคำตอบ 1 ตัวชี้วัด (1.1.4) เฉพาะข้อที่ตอบแล้วร้อยละ 80.00 (ชั่วคราว)" in line
    silent = next(row for row in form.rows if row.code not in (SCHOOL, OTHER))
    assert (silent.official, silent.colour, silent.answered, silent.note) == ("", "", "", "โรงเรียนยังไม่ส่งผล")


def test_the_workbook_of_both_results_counts_the_moves(world: Mapping[str, Round], actor: User) -> None:
    round_ = hand_in_and_verify(world, actor)
    edition = enter(actor, HIGHER_BLUE)
    content = write_rescore(rescore_form(round_, edition, list(beside(round_, edition))))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["กลุ่มสีเทียบกัน"]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(min_row=5, values_only=True)}
    assert rows["ฟ้า"] == (0, 0, 1, 0, 0, 0, 0, 1)
    assert rows["ยังจัดกลุ่มไม่ได้"][-1] == round_.assessments.count() - 2


def test_a_draft_is_only_a_preview(world: Mapping[str, Round], actor: User) -> None:
    round_ = hand_in_and_verify(world, actor)
    edition = enter(actor, HIGHER_BLUE, publish=False)
    with pytest.raises(Refusal, match="ยังไม่ประกาศใช้"):
        rescore_round(round_=round_, edition=edition, by=actor)
    told = list(beside(round_, edition))
    assert rescored_data(round_, edition, told)["preview"] is True
    assert "ฉบับร่าง" in rescore_form(round_, edition, told).marks
    assert not Classification.objects.filter(edition=edition).exists()


def test_the_rounds_own_edition_is_refused(world: Mapping[str, Round], actor: User) -> None:
    with pytest.raises(Refusal, match="อยู่แล้ว"):
        rescore_round(round_=world["2567/2"], edition=world["2567/2"].edition, by=actor)


def test_a_rescore_can_never_become_the_official_colour(world: Mapping[str, Round], actor: User) -> None:
    round_ = hand_in_and_verify(world, actor)
    rescore_round(round_=round_, edition=enter(actor, HIGHER_BLUE), by=actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Classification.objects.filter(is_latest=True).update(is_rescore=True)
