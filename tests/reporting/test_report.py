"""The report speaks from verified answers alone, of the right schools, in the right words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

import pytest

from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import record_self, record_verification
from khunnaphap.assessments.models import Round
from khunnaphap.core.document import Document, Heading, Paragraph, Table, texts
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.core.problems import Refusal
from khunnaphap.core.rounds import IN_VERIFICATION
from khunnaphap.core.thai.numerals import official
from khunnaphap.demo import accounts
from khunnaphap.frameworks.actions import confirm_edition
from khunnaphap.organisations.models import AreaOffice, Province, School
from khunnaphap.paper import measures
from khunnaphap.paper.rows import rooms
from khunnaphap.paper.words import cut, fitted
from khunnaphap.programme.actions import record_account
from khunnaphap.programme.models import Inspection
from khunnaphap.reporting.actions import write_report
from khunnaphap.reporting.queries import basis_of, inspection_named, province_coded
from khunnaphap.reporting.readiness import section
from khunnaphap.reporting.register_facts import register_facts
from khunnaphap.reporting.report_forms import shipped_form

JAEHOM, WANGNUEA, MUEANGPAN = "1052500312", "1052500197", "1052500383"
LAMPHUN = "1051990114"
SECONDARY = "1052990101"


def verify(round_: Round, code: str, level: int, by: User) -> None:
    from khunnaphap.frameworks.queries import framework_of

    assessment = round_.assessments.get(school__ministry_code=code)
    entries = {indicator.id: Entry(rating=level) for indicator in framework_of(round_.edition).indicators}
    record_self(assessment=assessment, entries=entries, facts={}, by=by)
    record_verification(assessment=assessment, entries=entries, by=by)


@pytest.fixture
def lampang(world: Mapping[str, Round]) -> Province:
    return Province.objects.get(code="52")


@pytest.fixture
def second(world: Mapping[str, Round]) -> Inspection:
    return inspection_named("2567/2")


def words(document: Document) -> str:
    return "\n".join(texts(document))


def table(document: Document, caption: str) -> list[list[str]]:
    found = next(b for b in document.blocks if isinstance(b, Table) and b.caption.startswith(caption))
    return [[cell.text for cell in row] for row in found.rows]


def test_each_school_speaks_with_its_latest_verified_round_before_the_cut_off(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    verify(world["2567/1"], JAEHOM, 2, actor)
    verify(world["2567/2"], JAEHOM, 4, actor)
    verify(world["2567/1"], WANGNUEA, 3, actor)
    verify(world["2568/1"], WANGNUEA, 5, actor)
    basis = basis_of(lampang, second)
    assert {(item.school.ministry_code, str(item.round)) for item in basis.verified} == {
        (JAEHOM, "2567/2"),
        (WANGNUEA, "2567/1"),
    }


def test_a_self_assessment_never_reads_as_fact(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User, framework: Framework
) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    own = world["2567/2"].assessments.get(school__ministry_code=WANGNUEA)
    record_self(assessment=own, entries={i: Entry(rating=5) for i in framework.by_id}, facts={}, by=actor)
    report = write_report(province=lampang, inspection=second, by=actor)
    text = words(report.document)
    assert framework.indicators[0].level(5).descriptor not in text
    assert f"โรงเรียนคุณภาพ จำนวน ๑ แห่ง {official(framework.indicators[0].level(3).report)}" in text
    assert WANGNUEA in [school.ministry_code for school in report.basis.unverified]
    assert "โรงเรียนอนุบาลวังเหนือ" in text
    assert report.document.draft


def test_levels_that_no_office_has_confirmed_are_not_counted(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    assert JAEHOM not in [school.ministry_code for school in basis_of(lampang, second).unverified]
    world["2567/2"].assessments.filter(school__ministry_code=JAEHOM).update(state=IN_VERIFICATION)
    assert JAEHOM in [school.ministry_code for school in basis_of(lampang, second).unverified]


def test_a_draft_ends_when_the_officer_names_every_exception(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    left = [school.ministry_code for school in basis_of(lampang, second).unverified]
    assert len(left) == 25
    offices = ["510052", "520001", "520002", "520003"]
    for exceptions in (left, left[:-1] + offices[1:], offices[:-1]):
        part = write_report(province=lampang, inspection=second, exceptions=exceptions, by=actor)
        assert part.document.draft
        assert part.summary.draft
        assert part.owed
        assert "รายการที่ต้องดำเนินการก่อนจัดทำฉบับสมบูรณ์" in words(part.document)
    whole = write_report(province=lampang, inspection=second, exceptions=[*left, *offices], by=actor)
    assert not whole.document.draft
    assert whole.owed == ()
    said = words(whole.document)
    assert "ระบุให้ยกเว้น" in said
    assert "เป็นร่าง" not in said
    assert "รายการที่ต้องดำเนินการ" not in said


def test_an_excepted_office_is_named_and_never_counted_as_none(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    offices = ["510052", "520001", "520002", "520003"]
    report = write_report(province=lampang, inspection=second, exceptions=offices, by=actor)
    said = words(report.document) + words(report.summary)
    short = re.sub(r"สำนักงานเขตพื้นที่การศึกษา[^()]+ \(([^()]+)\)", r"\1", said)
    assert "ไม่นับรวมโรงเรียนคุณภาพของ สพป.ลำปาง เขต ๑ สพป.ลำปาง เขต ๒ และ สพม.ลำปาง ลำพูน ซึ่งผู้จัดทำรายงานระบุให้ยกเว้น" in short
    assert " ๐ โรงเรียน" not in said
    rows = [row[0] for row in table(report.document, "จำนวนโรงเรียนในแต่ละกลุ่มสี")]
    assert rows == ["สพป.ลำปาง เขต ๓", "รวมจังหวัดลำปาง"]
    assert not any(office in said for office in ("ยังไม่ได้รับข้อมูล", "ยังไม่มีโรงเรียนที่ตรวจสอบแล้ว"))
    assert "ผู้จัดทำรายงานระบุให้ยกเว้นข้อมูลการดำเนินงานของ สพป.ลำปาง เขต ๑" in said


def test_an_exception_of_an_office_that_owes_nothing_is_refused(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    for code in (
        JAEHOM,
        *(
            one.ministry_code
            for one in School.objects.filter(office__code="520003", is_quality=True)
            if one.ministry_code != JAEHOM
        ),
    ):
        verify(world["2567/2"], code, 3, actor)
    office = AreaOffice.objects.get(code="520003")
    record_account(office=office, year=2567, told=accounts.office_year("520003"), by=actor)
    form = replace(shipped_form(), sections=tuple(one for one in shipped_form().sections if one.kind == "results"))
    with pytest.raises(Refusal, match="ไม่มีรายการค้าง"):
        write_report(province=lampang, inspection=second, form=form, exceptions=["520003"], by=actor)


def test_an_exception_must_be_an_unverified_school_of_the_province(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    for code in (JAEHOM, LAMPHUN, "9999999999"):
        with pytest.raises(Refusal, match=code):
            basis_of(lampang, second, [code])


def test_a_province_takes_schools_by_their_own_province_and_labels_the_whole_office(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    verify(world["2567/2"], SECONDARY, 5, actor)
    verify(world["2567/2"], LAMPHUN, 4, actor)
    form = replace(shipped_form(), printed={"level_counts": True})
    document = write_report(province=lampang, inspection=second, form=form, by=actor).document
    rows = {row[0]: row[1:] for row in table(document, "จำนวนโรงเรียนในแต่ละกลุ่มสี")}
    assert rows["สพม.ลำปาง ลำพูน (เฉพาะจังหวัดลำปาง)"] == ["๑", "-", "-", "-", "-", "-", "๑"]
    ((name, *whole),) = table(document, "สำนักงานเขตพื้นที่การศึกษาที่มีโรงเรียนในหลายจังหวัด")
    assert (name, whole) == ("สพม.ลำปาง ลำพูน (ทั้งเขต)", ["๑", "๑", "-", "-", "-", "-", "๒"])
    assert rows["รวมจังหวัดลำปาง"][-1] == "๑"
    levels = table(document, "ด้านโครงสร้างพื้นฐานและระบบสนับสนุนผู้เรียน สพม.")
    assert levels[0][1:] == ["-", "-", "-", "๑ (๐)", "๑ (๑)", "-"]


def test_digits_are_thai_and_headings_are_numbered_through(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    document = write_report(province=lampang, inspection=second, by=actor).document
    assert not any(digit in words(document) for digit in "0123456789")
    headings = [b for b in document.blocks if isinstance(b, Heading)]
    assert [b.number for b in headings if b.level == 2] == ["๖.๑", "๖.๒", "๖.๓", "๖.๔", "๖.๕", "๖.๖"]
    assert [b.number for b in headings if b.level == 3] == ["๑)", "๒)"]
    fourth = [b.number for b in headings if b.level == 4]
    assert fourth == ["๑.๑)", "๑.๒)", "๑.๓)", "๑.๔)", "๑.๕)", "๒.๑)", "๒.๒)", "๒.๓)", "๒.๔)"]
    leads = [b.lead for b in document.blocks if isinstance(b, Paragraph) and b.lead.startswith("๑.")]
    assert len(leads) == 74


def test_what_the_framework_aims_at_is_left_out_unless_the_form_wants_it_and_never_reads_as_a_finding(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User, framework: Framework
) -> None:
    verify(world["2567/2"], JAEHOM, 1, actor)
    expected = {official(aspect.statement) for component in framework.components for aspect in component.aspects}
    told = write_report(province=lampang, inspection=second, by=actor).document
    assert not expected & set(texts(told))
    form = replace(shipped_form(), printed={"aims": True})
    blocks = write_report(province=lampang, inspection=second, form=form, by=actor).document.blocks
    found = [b for b in blocks if isinstance(b, Paragraph) and b.text in expected]
    assert len(found) == 20
    assert {(b.lead, b.style) for b in found} == {("สิ่งที่เกณฑ์มุ่งหวัง:", "note")}


def test_every_number_of_the_report_knows_its_records(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User, framework: Framework
) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    document = write_report(province=lampang, inspection=second, by=actor).document
    first = next(b for b in document.blocks if isinstance(b, Paragraph) and b.lead.startswith("๑."))
    assert [(s.kind, s.key) for s in first.sources] == [("answer", f"2567/2:{JAEHOM}:{framework.indicators[0].id}")]


def test_marks_stand_until_the_edition_is_confirmed(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    assert write_report(province=lampang, inspection=second, by=actor).document.marks == (
        "ข้อมูลสมมุติ",
        "ตัวอย่าง รอยืนยันจาก สพฐ.",
    )
    confirm_edition(edition=world["2567/2"].edition, by=actor)
    assert write_report(province=lampang, inspection=second, by=actor).document.marks == ("ข้อมูลสมมุติ",)


def test_the_same_record_makes_the_same_bytes(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    school = world["2567/2"].assessments.get(school__ministry_code=JAEHOM).school
    school.name = "โรงเรียน🏫👩‍👧‍👦 Ⅻ 学校"
    school.save()
    first = write_report(province=lampang, inspection=second, by=actor)
    again = write_report(province=lampang, inspection=second, by=actor)
    assert (first.docx, first.pdf) == (again.docx, again.pdf)


def test_primary_and_secondary_stand_apart_where_the_form_says_so(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User, framework: Framework
) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    verify(world["2567/2"], SECONDARY, 5, actor)
    blocks = section(basis_of(lampang, second), replace(shipped_form(), apart=True), framework, "1", 1)
    leads = [b.lead for b in blocks if isinstance(b, Paragraph) and b.lead.startswith("1.")]
    assert len(leads) == 148
    assert leads[0].endswith("(ระดับประถมศึกษา):")
    assert leads[1].endswith("(ระดับมัธยมศึกษา):")
    first = next(b.text for b in blocks if isinstance(b, Paragraph) and b.lead == leads[0])
    assert first.startswith("โรงเรียนคุณภาพระดับประถมศึกษา จำนวน 1 แห่ง ")


def test_the_registers_facts_take_three_queries_however_many_schools(
    world: Mapping[str, Round], django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for schools in (School.objects.all()[:1], School.objects.all()):
        found = list(schools)
        with django_assert_num_queries(3):
            facts = register_facts(found, date(2024, 1, 1))
            named = {link.school.district.name for links in facts.links.values() for link in links}
    assert "แม่เมาะ" in named
    assert {one.day for one in facts.headcounts.values()} == {date(2023, 6, 10)}  # the last before the day


def test_the_level_rule_of_the_form_decides_the_sentence(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User, framework: Framework
) -> None:
    for code, level in ((JAEHOM, 3), (WANGNUEA, 5), (MUEANGPAN, 5)):
        verify(world["2567/2"], code, level, actor)
    lowest = section(basis_of(lampang, second), replace(shipped_form(), level_rule="lowest"), framework, "1", 1)
    first = next(b for b in lowest if isinstance(b, Paragraph) and b.lead.startswith("1."))
    assert first.text.startswith(
        f"โรงเรียนคุณภาพ จำนวน 1 แห่ง จาก 3 แห่ง (ร้อยละ 33.33) {framework.indicators[0].level(3).report}"
    )


@pytest.mark.parametrize(("call", "code"), [(lambda: province_coded("99"), "province-unknown"), (lambda: inspection_named("2599/1"), "inspection-unknown")])  # fmt: skip
def test_unknown_names_are_refused_in_words(world: Mapping[str, Round], call: object, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        call()  # type: ignore[operator]
    assert refused.value.problem.code == code


def test_a_province_without_schools_is_refused(world: Mapping[str, Round], second: Inspection) -> None:
    with pytest.raises(Refusal, match="เชียงใหม่"):
        basis_of(Province.objects.get(code="50"), second)


def test_an_issue_of_several_parts_bears_no_full_stop(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    for issue, number in (("6", "๖."), ("7.3", "๗.๓")):
        second.issue_number = issue
        second.save()
        document = write_report(province=lampang, inspection=second, by=actor).document
        assert next(block.number for block in document.blocks if isinstance(block, Heading)) == number


def test_a_full_score_and_a_long_district_stand_in_one_line_of_their_columns(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    verify(world["2567/2"], JAEHOM, 5, actor)
    form = replace(shipped_form(), printed={"scores": True})
    document = write_report(province=lampang, inspection=second, form=form, by=actor).document
    tables = {block.caption: block for block in document.blocks if isinstance(block, Table)}
    scores = tables["สพป.ลำปาง เขต ๓"]
    for text, room in zip((cell.text for cell in scores.rows[0][3:]), rooms(scores.columns)[3:], strict=True):
        assert text == "๑๐๐.๐๐"
        assert fitted(cut(text), room, measures.TABLE) == (text,)
    people = tables["สพป.ลำปาง เขต ๑ นักเรียน ครู และห้องเรียน"]
    longest = cut("เมืองนครศรีธรรมราช")
    assert fitted(longest, rooms(people.columns)[1], measures.TABLE) == longest


def test_nothing_verified_is_one_sentence_and_not_one_for_each_indicator(
    world: Mapping[str, Round], lampang: Province, second: Inspection, actor: User
) -> None:
    report = write_report(province=lampang, inspection=second, by=actor)
    said = words(report.document)
    assert "ยังไม่มีผลการประเมินรายตัวชี้วัดที่สำนักงานเขตพื้นที่การศึกษาตรวจสอบแล้ว" in said
    assert "๑.๑.๑.๑)" not in said
    assert "ระดับที่มีโรงเรียนคุณภาพอยู่มากที่สุดก่อน" not in said
    numbers = [one.number for one in report.summary.blocks if isinstance(one, Heading) and one.level == 2]
    assert numbers == ["๑.", "๒.", "๓."]
