"""Filled workbooks come in whole, once, and can be taken back while nothing rests on them."""

from __future__ import annotations

import hashlib
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from tests.sheets.books import ANSWERS, FACTS, edited, row_of, school_workbook
from tests.sheets.hostile import HOSTILE

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Answer as Row
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.audit.models import Event
from khunnaphap.core.completeness import Answer
from khunnaphap.core.framework import NA, Framework
from khunnaphap.core.problems import Refusal
from khunnaphap.exchange.actions import ImportReport, import_workbook, undo_import
from khunnaphap.exchange.models import ImportedFile, ImportedPart

from .filling import OTHER, SCHOOL, assessment, blank, blank_verification, filled, hand_in, levels, verified

World = dict[str, Round]


def counts() -> dict[str, int]:
    """How many rows every table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def kept_files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def codes(report: ImportReport) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.sheet, problem.cell) for problem in report.problems]


def test_complete_school_workbook_submits(world: World, actor: User) -> None:
    report = hand_in(filled(world["2567/1"]), actor)
    (part,) = report.parts
    assert (part.school, part.changed, part.state, part.missing) == (SCHOOL, 74, "submitted", ())
    found = assessment(world["2567/1"])
    assert found.state == "submitted"
    assert found.submitted_at is not None
    assert found.version == 1
    assert found.classifications.get().total == "80"


def test_incomplete_school_workbook_is_a_draft_that_says_what_is_missing(world: World, actor: User) -> None:
    report = hand_in(filled(world["2567/1"], building_soundness=None, activity_areas=None), actor)
    (part,) = report.parts
    assert (part.changed, part.state, part.missing) == (72, "draft", ("1.1.1", "1.1.2"))
    assert "ยังขาด 2 ตัวชี้วัด (1.1.1, 1.1.2)" in part.note
    assert "ยังไม่ส่ง" in part.note


def test_dry_run_says_the_same_and_changes_nothing(world: World, actor: User) -> None:
    before = counts()
    content = filled(world["2567/1"])
    report = hand_in(content, actor, dry_run=True)
    assert (report.parts[0].changed, report.parts[0].state, report.parts[0].number) == (74, "submitted", None)
    assert counts() == before
    assert not kept_files()
    assert hand_in(content, actor).parts[0].changed == 74


def test_stored_file_is_the_very_bytes_handed_in(world: World, actor: User) -> None:
    content = filled(world["2567/1"])
    hand_in(content, actor, name="โรงเรียน\u0000\udcff.xlsx")
    (path,) = kept_files()
    row = ImportedFile.objects.get()
    assert path.read_bytes() == content
    assert row.sha256 == hashlib.sha256(content).hexdigest() == path.stem
    assert row.size == len(content)
    assert row.name == "โรงเรียน??.xlsx"
    assert Path(settings.MEDIA_ROOT) / row.stored == path


def test_same_file_twice_changes_nothing(world: World, actor: User) -> None:
    content = filled(world["2567/1"])
    first = hand_in(content, actor).parts[0]
    before = counts()
    again = hand_in(content, actor).parts[0]
    assert (again.changed, again.number) == (0, first.number)
    assert f"การนำเข้าที่ {first.number}" in again.note
    assert counts() == before
    assert assessment(world["2567/1"]).version == 1


def test_same_words_in_another_file_change_nothing(world: World, actor: User) -> None:
    content = filled(world["2567/1"])
    hand_in(content, actor)
    before = counts()
    report = hand_in(edited(content, {(ANSWERS, "N1"): "สำเนา"}), actor)
    assert report.parts[0].changed == 0
    assert counts() == before


def test_earlier_file_does_not_come_back_over_newer_words(world: World, actor: User) -> None:
    old, new = filled(world["2567/1"]), filled(world["2567/1"], level=3)
    hand_in(old, actor)
    hand_in(new, actor)
    report = hand_in(old, actor)
    assert report.parts[0].changed == 0
    assert "ใหม่กว่า" in report.parts[0].note
    assert levels(world["2567/1"])["building-soundness"] == (3, None)


def test_headers_alone_wipe_nothing(world: World, actor: User) -> None:
    hand_in(filled(world["2567/1"]), actor)
    before = levels(world["2567/1"])
    empty = edited(filled(world["2567/1"], level=3), {})
    from tests.sheets.books import changed

    bare = changed(empty, lambda book: [sheet.delete_rows(5, 300) for sheet in book if sheet.title[0] != "_"])
    report = hand_in(bare, actor)
    assert [warning.code for warning in report.warnings] == ["nothing-filled"]
    assert report.parts[0].changed == 0
    assert levels(world["2567/1"]) == before


def test_blank_cells_leave_what_is_there(world: World, actor: User) -> None:
    hand_in(filled(world["2567/1"], building_soundness=Answer(4, "", "ตรวจแล้ว")), actor)
    one = dict.fromkeys(levels(world["2567/1"]))
    kept = {name.replace("-", "_"): answer for name, answer in one.items()}
    report = hand_in(filled(world["2567/1"], **{**kept, "activity_areas": Answer(2)}), actor)
    assert report.parts[0].changed == 1
    assert levels(world["2567/1"])["activity-areas"] == (2, None)
    row = Row.objects.get(assessment=assessment(world["2567/1"]), indicator="building-soundness")
    assert (row.self_level, row.self_remark, row.version) == (4, "ตรวจแล้ว", 1)


def test_versions_rise_only_with_a_change(world: World, actor: User) -> None:
    hand_in(filled(world["2567/1"]), actor)
    first = {row.indicator: row.self_at for row in Row.objects.all()}
    hand_in(filled(world["2567/1"], building_soundness=Answer(3)), actor)
    for row in Row.objects.all():
        touched = row.indicator == "building-soundness"
        assert row.version == 1 + touched
        assert (row.self_at > first[row.indicator]) is touched
        assert row.self_by == actor
        assert row.verified_by is None
    assert assessment(world["2567/1"]).version == 2


def test_one_fault_holds_back_the_whole_school(world: World, actor: User) -> None:
    before = counts()
    content = edited(filled(world["2567/1"]), {(ANSWERS, "I7"): "สูงมาก", (ANSWERS, "I9"): "N/A"})
    report = import_workbook(name="x.xlsx", content=content, by=actor)
    assert codes(report) == [("level-unknown", ANSWERS, "I7"), ("na-reason", ANSWERS, "I9")]
    assert all(problem.file == "x.xlsx" for problem in report.problems)
    assert not report.parts
    assert counts() == before
    assert not kept_files()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_hostile_file_leaves_a_trace(world: World, actor: User, framework: Framework) -> None:
    good = school_workbook(framework)
    before = counts()
    for name, (build, code) in HOSTILE.items():
        report = import_workbook(name=f"{name}.xlsx", content=build(good), by=actor)
        assert [problem.code for problem in report.problems] == [code], name
        assert not report.parts
    assert counts() == before
    assert not kept_files()


@pytest.mark.parametrize(
    ("cell", "value", "code", "told"),
    [
        ("B1", "survey", "kind-unknown", "B1"), ("B2", "2", "contract-unknown", "B2"),
        ("B3", "example-2570", "edition-differs", "B3"), ("B3", None, "identity-lacking", "B3"),
        ("B4", "2566/1", "round-unknown", "B4"), ("B4", "ปีนี้", "round-name", "B4"),
        ("B5", "9999999999", "school-unknown", "B5"), ("B5", None, "identity-lacking", "B5"),
        ("A1", None, "kind-unknown", "A1"), ("A2", None, "contract-unknown", "A1"),
        ("A4", "รอบ", "identity-lacking", "A1"), ("A5", None, "identity-lacking", "A1"),
    ],
)  # fmt: skip
def test_file_of_another_place_or_time_is_refused_at_its_cell(
    cell: str, value: Any, code: str, told: str, world: World, actor: User
) -> None:
    content = edited(filled(world["2567/1"]), {("_khunnaphap", cell): value})
    report = import_workbook(name="x.xlsx", content=content, by=actor)
    assert codes(report) == [(code, "_khunnaphap", told)]
    assert report.round == {"B4": value, "A4": ""}.get(cell, "2567/1")
    assert report.kind == ("" if cell in ("A1", "B1") else "school")
    assert not ImportedPart.objects.exists()


def test_nothing_is_computed_from_an_impossible_count(world: World, actor: User) -> None:
    content = filled(
        world["2567/1"],
        level=3,
        facts={
            "classrooms": Fraction(10),
            "classrooms-positive": Fraction(11),
            "classrooms-bilingual": Fraction(9),
            "teachers": Fraction(0),
            "teachers-in-plc": Fraction(4),
        },
    )
    report = import_workbook(name="x.xlsx", content=content, by=actor)
    said = {(problem.code, problem.sheet, problem.cell) for problem in report.problems}
    above = {
        ("count-above-whole", FACTS, f"F{row_of(content, FACTS, f)}")
        for f in ("classrooms-positive", "teachers-in-plc")
    }
    bilingual = ("override-reason", ANSWERS, f"I{row_of(content, ANSWERS, '4.2.7')}")
    named = {row_of(content, ANSWERS, label) for label in ("4.2.3", "4.2.5")}
    assert above | {bilingual} <= said
    assert not any(cell == f"I{row}" for _, _, cell in said for row in named)


def test_school_code_stored_as_a_number_is_read(world: World, actor: User) -> None:
    content = edited(filled(world["2567/1"]), {("_khunnaphap", "B5"): int(SCHOOL)})
    assert hand_in(content, actor).parts[0].school == SCHOOL


def test_import_can_be_undone(world: World, actor: User) -> None:
    number = hand_in(filled(world["2567/1"]), actor).parts[0].number
    assert number is not None
    undo_import(number=number, by=actor)
    found = assessment(world["2567/1"])
    assert (found.state, found.submitted_at, found.version) == ("draft", None, 2)
    assert not found.answers.exists()
    latest = found.classifications.get(is_latest=True)
    assert (latest.colour, latest.total) == ("", "")


def test_undoing_brings_back_every_word_person_and_time(world: World, actor: User) -> None:
    hand_in(filled(world["2567/1"], building_soundness=Answer(4, "", "เดิม")), actor)
    before = list(Row.objects.order_by("id").values())
    second = filled(world["2567/1"], level=3, building_soundness=Answer(2, "", "ใหม่"), activity_areas=Answer(4))
    number = hand_in(second, actor).parts[0].number
    assert number is not None
    undo_import(number=number, by=actor)
    after = list(Row.objects.order_by("id").values())
    assert [{**row, "version": 0} for row in after] == [{**row, "version": 0} for row in before]
    versions = {row["indicator"]: row["version"] for row in after}
    assert versions["building-soundness"] == 3
    assert versions["activity-areas"] == 1


def test_imports_are_undone_one_after_the_other(world: World, actor: User) -> None:
    first = hand_in(filled(world["2567/1"]), actor).parts[0].number
    second = hand_in(filled(world["2567/1"], level=3), actor).parts[0].number
    assert first is not None
    assert second is not None
    with pytest.raises(Refusal) as caught:
        undo_import(number=first, by=actor)
    assert caught.value.problem.code == "undo-rested-on"
    undo_import(number=second, by=actor)
    assert levels(world["2567/1"])["building-soundness"] == (4, None)
    undo_import(number=first, by=actor)
    assert levels(world["2567/1"]) == {}


def test_import_is_undone_once(world: World, actor: User) -> None:
    content = filled(world["2567/1"])
    number = hand_in(content, actor).parts[0].number
    assert number is not None
    undo_import(number=number, by=actor)
    for wrong, code in ((number, "import-undone"), (number + 99, "import-unknown")):
        with pytest.raises(Refusal) as caught:
            undo_import(number=wrong, by=actor)
        assert caught.value.problem.code == code
    assert hand_in(content, actor).parts[0].changed == 74


def test_verification_stands_on_the_import_until_it_is_undone(world: World, actor: User) -> None:
    first = hand_in(filled(world["2567/1"]), actor).parts[0].number
    (check,) = hand_in(verified(world["2567/1"], {SCHOOL: 4}), actor).parts
    assert check.state == "verified"
    assert first is not None
    assert check.number is not None
    with pytest.raises(Refusal):
        undo_import(number=first, by=actor)
    undo_import(number=check.number, by=actor)
    found = assessment(world["2567/1"])
    assert (found.state, found.verified_at) == ("submitted", None)
    assert set(levels(world["2567/1"]).values()) == {(4, None)}
    undo_import(number=first, by=actor)
    assert assessment(world["2567/1"]).state == "draft"


def test_changed_file_after_verification_is_refused_and_the_same_is_not(world: World, actor: User) -> None:
    hand_in(filled(world["2567/1"]), actor)
    hand_in(verified(world["2567/1"], {SCHOOL: 4}), actor)
    same = hand_in(edited(filled(world["2567/1"]), {(ANSWERS, "N1"): "สำเนา"}), actor)
    assert same.parts[0].changed == 0
    before = counts()
    report = import_workbook(name="x.xlsx", content=filled(world["2567/1"], level=5), by=actor)
    assert [problem.code for problem in report.problems] == ["save-from-verified"]
    assert "ตรวจสอบแล้ว" in report.problems[0].message
    assert not report.parts
    assert counts() == before
    assert set(levels(world["2567/1"]).values()) == {(4, 4)}


def test_every_write_has_its_event(world: World, actor: User) -> None:
    Event.objects.all()._raw_delete("default")
    number = hand_in(filled(world["2567/1"]), actor, name="ก.xlsx").parts[0].number
    assert number is not None
    undo_import(number=number, by=actor)
    hand_in(blank_verification(world["2567/1"]), actor)
    told = [(event.verb, event.subject, event.actor) for event in Event.objects.all()]
    school = f"assessment:2567/1:{SCHOOL}"
    assert told == [
        ("record_self", school, "system"),
        ("import", f"import:{number}", "system"),
        ("restore", school, "system"),
        ("undo_import", f"import:{number}", "system"),
    ]
    recorded, imported, restored, _ = Event.objects.all()
    assert recorded.data["answers"]["building-soundness"] == [None, 4]
    assert imported.data["file"] == "ก.xlsx"
    assert restored.data["answers"]["building-soundness"] == [None, None]


def test_full_disk_is_told_and_leaves_nothing(world: World, actor: User, tmp_path: Path) -> None:
    before = counts()
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    settings.MEDIA_ROOT = blocked
    report = import_workbook(name="x.xlsx", content=filled(world["2567/1"]), by=actor)
    assert [problem.code for problem in report.problems] == ["file-not-kept"]
    assert not re.search("[A-Za-z]", report.problems[0].message)
    assert not report.parts
    assert counts() == before


def test_blank_workbook_is_prefilled_with_what_is_there(world: World, actor: User) -> None:
    hand_in(filled(world["2567/1"], building_soundness=Answer(NA, "ไม่มีอาคาร"), facts={"teachers": 40}), actor)
    report = hand_in(blank(world["2567/1"]), actor)
    assert report.parts[0].changed == 0
    assert Assessment.objects.get(round=world["2567/1"], school__ministry_code=OTHER).version == 0
