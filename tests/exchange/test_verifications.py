"""An office verifies its schools: each stands for itself, agreement is a word, and facts still count."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tests.sheets.books import SCHOOLS, VERIFY, changed, edited

from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import reopen
from khunnaphap.assessments.models import Answer as Row
from khunnaphap.assessments.models import Round
from khunnaphap.core.completeness import Answer
from khunnaphap.core.framework import NA
from khunnaphap.exchange.actions import ImportReport, import_workbook
from khunnaphap.exchange.models import ImportedPart

from .filling import OTHER, SCHOOL, THIRD, assessment, blank_verification, filled, hand_in, levels, verified

World = dict[str, Round]
ROWS = 74


def first_row(place: int) -> int:
    """The row of 1.1.1 of the office's school at this place (schools stand by code)."""
    return 5 + ROWS * place


PLACE = {OTHER: 0, SCHOOL: 1, THIRD: 2}


def codes(report: ImportReport) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.sheet, problem.cell) for problem in report.problems]


@pytest.fixture
def submitted(world: World, actor: User) -> Round:
    """Two schools have handed in level 4 everywhere, the third nothing."""
    for code in (SCHOOL, OTHER):
        hand_in(filled(world["2567/1"], code), actor)
    return world["2567/1"]


def test_office_verifies_and_the_schools_are_verified(submitted: Round, actor: User) -> None:
    report = hand_in(verified(submitted, {SCHOOL: 4, OTHER: 3}), actor)
    assert [(part.school, part.changed, part.state) for part in report.parts] == [
        (OTHER, 74, "verified"),
        (SCHOOL, 74, "verified"),
    ]
    row = Row.objects.get(assessment=assessment(submitted, OTHER), indicator="building-soundness")
    assert (row.self_level, row.verified_level, row.verified_by, row.version) == (4, 3, actor, 2)
    assert row.verified_at is not None
    assert row.verified_at > row.self_at
    latest = assessment(submitted, OTHER).classifications.get(is_latest=True)
    assert (latest.basis, latest.colour, latest.total) == ("verified", "yellow", "60")


def test_a_school_that_is_verified_is_held_back_until_its_verification_is_reopened(
    submitted: Round, actor: User
) -> None:
    hand_in(verified(submitted, {SCHOOL: 4}), actor)
    again = verified(submitted, {SCHOOL: 3, OTHER: 4}, remark="ตรวจซ้ำ")
    report = import_workbook(name="ข.xlsx", content=again, by=actor)
    assert codes(report) == [("begin_verification-from-verified", VERIFY, f"A{first_row(1)}")]
    assert "เปิดการตรวจสอบอีกครั้ง" in report.problems[0].mend
    assert [part.school for part in report.parts] == [OTHER]
    reopen(assessment=assessment(submitted), by=actor)
    assert [(part.school, part.state) for part in hand_in(again, actor).parts] == [
        (OTHER, "verified"),
        (SCHOOL, "verified"),
    ]


def test_fault_in_one_school_holds_back_that_school_alone(submitted: Round, actor: User) -> None:
    content = edited(verified(submitted, {SCHOOL: 4, OTHER: 4}), {(VERIFY, f"G{first_row(0)}"): "เยี่ยม"})
    report = import_workbook(name="x.xlsx", content=content, by=actor)
    assert codes(report) == [("level-unknown", VERIFY, f"G{first_row(0)}")]
    assert [part.school for part in report.parts] == [SCHOOL]
    assert assessment(submitted, SCHOOL).state == "verified"
    assert assessment(submitted, OTHER).state == "submitted"
    assert ImportedPart.objects.filter(assessment=assessment(submitted, OTHER)).count() == 1


def test_mended_file_takes_the_school_that_was_held_back(submitted: Round, actor: User) -> None:
    good = verified(submitted, {SCHOOL: 4, OTHER: 4})
    import_workbook(name="x.xlsx", content=edited(good, {(VERIFY, f"G{first_row(0)}"): "เยี่ยม"}), by=actor)
    report = hand_in(good, actor)
    assert [(part.school, part.changed) for part in report.parts] == [(OTHER, 74), (SCHOOL, 0)]


def test_school_that_has_not_submitted_is_told(submitted: Round, actor: User) -> None:
    report = import_workbook(name="x.xlsx", content=verified(submitted, {THIRD: 4, SCHOOL: 4}), by=actor)
    assert [(problem.code, problem.cell) for problem in report.problems] == [("not-submitted", f"A{first_row(2)}")]
    assert THIRD in report.problems[0].message
    assert [part.school for part in report.parts] == [SCHOOL]


@pytest.mark.parametrize("code", ["9999999999", "1052990101", "ไม่มีรหัส"])
def test_row_of_no_school_of_this_office_is_told(code: str, submitted: Round, actor: User) -> None:
    row = first_row(3)
    content = edited(
        verified(submitted, {SCHOOL: 4}),
        {(VERIFY, f"A{row}"): code, (VERIFY, f"C{row}"): "1.1.1", (VERIFY, f"G{row}"): 4},
    )
    report = import_workbook(name="x.xlsx", content=content, by=actor)
    assert codes(report) == [("school-unknown", VERIFY, f"A{row}")]
    assert [part.school for part in report.parts] == [SCHOOL]


def test_notes_and_codes_as_numbers_are_read_right(submitted: Round, actor: User) -> None:
    cells: dict[tuple[str, str], Any] = {(VERIFY, f"A{first_row(3)}"): "ลงชื่อ ................ ผู้ตรวจสอบ"}
    cells |= {(VERIFY, f"A{first_row(1) + place}"): int(SCHOOL) for place in range(ROWS)}
    report = hand_in(edited(verified(submitted, {SCHOOL: 4}), cells), actor)
    assert [(part.school, part.changed) for part in report.parts] == [(SCHOOL, 74)]


def test_rows_without_a_school_are_told(submitted: Round, actor: User) -> None:
    content = edited(verified(submitted, {SCHOOL: 4}), {(VERIFY, f"G{first_row(3)}"): 4, (SCHOOLS, "F9"): "ใช่"})
    report = import_workbook(name="x.xlsx", content=content, by=actor)
    assert codes(report) == [("school-lacking", VERIFY, f"A{first_row(3)}"), ("school-lacking", SCHOOLS, "A9")]


def test_file_of_an_unknown_office_is_refused(submitted: Round, actor: User) -> None:
    content = edited(verified(submitted, {SCHOOL: 4}), {("_khunnaphap", "B5"): "990000"})
    report = import_workbook(name="x.xlsx", content=content, by=actor)
    assert codes(report) == [("office-unknown", "_khunnaphap", "B5")]
    assert not report.parts


def test_blank_file_changes_nothing_and_says_so(submitted: Round, actor: User) -> None:
    report = hand_in(blank_verification(submitted), actor)
    assert not report.parts
    assert [warning.code for warning in report.warnings] == ["nothing-filled"]


def test_agreeing_takes_the_school_at_its_word(submitted: Round, actor: User) -> None:
    cells = {(VERIFY, f"G{first_row(1) + place}"): "เห็นตาม" for place in range(ROWS)}
    (part,) = hand_in(edited(blank_verification(submitted), cells), actor).parts
    assert (part.school, part.changed, part.state) == (SCHOOL, 74, "verified")
    assert set(levels(submitted).values()) == {(4, 4)}


@pytest.mark.parametrize("word", ["ใช่", "yes", "เห็นตาม", 1])
def test_agreeing_with_the_rest_fills_every_blank(word: Any, submitted: Round, actor: User) -> None:
    cells = {(SCHOOLS, "F6"): word, (VERIFY, f"G{first_row(1)}"): "๓", (VERIFY, f"H{first_row(1)}"): "ผนังร้าว"}
    (part,) = hand_in(edited(blank_verification(submitted), cells), actor).parts
    assert (part.school, part.state) == (SCHOOL, "verified")
    assert levels(submitted)["building-soundness"] == (4, 3)
    assert levels(submitted)["activity-areas"] == (4, 4)


def test_unknown_agreement_is_told(submitted: Round, actor: User) -> None:
    content = edited(blank_verification(submitted), {(SCHOOLS, "F6"): "บางข้อ"})
    report = import_workbook(name="x.xlsx", content=content, by=actor)
    assert codes(report) == [("agreement-unknown", SCHOOLS, "F6")]


def test_partial_verification_waits_for_the_rest(submitted: Round, actor: User) -> None:
    cells = {(VERIFY, f"G{first_row(1)}"): 4, (VERIFY, f"G{first_row(1) + 1}"): "เห็นตาม"}
    (part,) = hand_in(edited(blank_verification(submitted), cells), actor).parts
    assert (part.changed, part.state, len(part.missing)) == (2, "in_verification", 72)
    assert part.missing[0] == "1.1.3"
    assert assessment(submitted).classifications.get(is_latest=True).basis == "self"
    (rest,) = hand_in(edited(blank_verification(submitted), {(SCHOOLS, "F6"): "ใช่"}), actor).parts
    assert (rest.changed, rest.state) == (72, "verified")


def test_na_needs_the_verifiers_consent_or_a_remark(world: World, actor: User) -> None:
    round_ = world["2567/1"]
    hand_in(filled(round_, building_soundness=Answer(NA, "ไม่มีอาคารของตนเอง")), actor)
    agreed = hand_in(edited(blank_verification(round_), {(VERIFY, f"G{first_row(1)}"): "N/A"}), actor)
    assert agreed.parts[0].changed == 1
    alone = {(VERIFY, f"G{first_row(1) + 1}"): "ไม่เกี่ยวข้อง"}
    report = import_workbook(name="x.xlsx", content=edited(blank_verification(round_), alone), by=actor)
    assert codes(report) == [("na-reason", VERIFY, f"G{first_row(1) + 1}")]
    assert "ข้อสังเกตของผู้ตรวจสอบ" in report.problems[0].mend
    with_remark = {**alone, (VERIFY, f"H{first_row(1) + 1}"): "ใช้ร่วมกับโรงเรียนอื่น"}
    assert hand_in(edited(blank_verification(round_), with_remark), actor).parts[0].changed == 1


def test_verified_level_against_the_facts_needs_a_remark(world: World, actor: User) -> None:
    round_ = world["2567/1"]
    facts = {"teachers": Fraction(10), "teachers-digitally-competent": Fraction(10)}
    hand_in(filled(round_, facts=facts, teacher_digital_competency=None), actor)
    row = first_row(1) + [i.id for i in _framework(round_).indicators].index("teacher-digital-competency")
    report = import_workbook(
        name="x.xlsx", content=edited(blank_verification(round_), {(VERIFY, f"G{row}"): 3}), by=actor
    )
    assert codes(report) == [("override-reason", VERIFY, f"G{row}")]
    assert "ระดับ 5" in report.problems[0].message
    said = {(VERIFY, f"G{row}"): 3, (VERIFY, f"H{row}"): "พบการใช้จริงเพียงบางห้อง"}
    assert hand_in(edited(blank_verification(round_), said), actor).parts[0].changed == 1


def test_agreeing_with_a_school_that_said_nothing_is_told(world: World, actor: User) -> None:
    round_ = world["2567/1"]
    hand_in(filled(round_), actor)
    number = {(VERIFY, f"G{first_row(1)}"): "เห็นตาม"}
    assert hand_in(edited(blank_verification(round_), number), actor).parts[0].changed == 1
    report = import_workbook(
        name="x.xlsx", content=edited(blank_verification(round_), {(VERIFY, f"G{first_row(2)}"): "เห็นตาม"}), by=actor
    )
    assert [problem.code for problem in report.problems] == ["not-submitted"]


def test_row_filled_twice_is_the_fault_of_its_school(submitted: Round, actor: User) -> None:
    row = first_row(3)
    cells = {(VERIFY, f"A{row}"): SCHOOL, (VERIFY, f"C{row}"): "1.1.1", (VERIFY, f"G{row}"): 2}
    report = import_workbook(name="x.xlsx", content=edited(verified(submitted, {SCHOOL: 4, OTHER: 4}), cells), by=actor)
    assert codes(report) == [("row-twice", VERIFY, f"C{row}")]
    assert [part.school for part in report.parts] == [OTHER]


def test_sorted_and_filtered_rows_are_read_the_same(submitted: Round, actor: User) -> None:
    def shuffle(book: Any) -> None:
        sheet = book[VERIFY]
        rows = sorted(([c.value for c in row] for row in sheet.iter_rows(min_row=5)), key=lambda r: (r[2], r[0]))
        for number, row in enumerate(rows, 5):
            sheet.row_dimensions[number].hidden = number % 2 == 0
            for place, value in enumerate(row, 1):
                sheet.cell(number, place).value = value

    report = hand_in(changed(verified(submitted, {SCHOOL: 4, OTHER: 3}), shuffle), actor)
    assert {(part.school, part.changed, part.state) for part in report.parts} == {
        (SCHOOL, 74, "verified"),
        (OTHER, 74, "verified"),
    }


def test_many_faults_are_cut_to_what_a_person_reads(submitted: Round, actor: User) -> None:
    cells = {(VERIFY, f"G{row}"): "สูง" for row in range(5, 5 + 3 * ROWS)}
    cells |= {(VERIFY, f"C{row}"): f"9.{row}" for row in range(500, 1500)}
    cells |= {(VERIFY, f"A{row}"): SCHOOL for row in range(500, 1500)}
    cells |= {(VERIFY, f"G{row}"): 4 for row in range(500, 1500)}
    report = import_workbook(name="x.xlsx", content=edited(blank_verification(submitted), cells), by=actor)
    assert len(report.problems) == 1001
    assert report.problems[-1].code == "more-not-shown"
    assert "223" in report.problems[-1].message


def _framework(round_: Round) -> Any:
    from khunnaphap.frameworks.queries import framework_of

    return framework_of(round_.edition)


def test_a_level_below_the_schools_comes_in_without_a_remark(submitted: Round, actor: User) -> None:
    hand_in(verified(submitted, {SCHOOL: 3}, remark=""), actor)
