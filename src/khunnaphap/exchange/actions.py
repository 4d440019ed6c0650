"""Importing filled workbooks: the one way in for files, dry or in earnest, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.assessments import actions
from khunnaphap.assessments.actions import Outcome
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.queries import round_named, standings
from khunnaphap.audit.actions import record
from khunnaphap.core import rounds
from khunnaphap.core.problems import Problem, Refusal
from khunnaphap.sheets.contract import Identity, identify
from khunnaphap.sheets.reading import open_workbook

from . import checking
from .models import ImportedFile, ImportedPart
from .storing import keep, sha256_of


@dataclass
class Part:
    """What an import did for one school; ``note`` is a Thai sentence."""

    school: str
    name: str
    changed: int
    state: str
    missing: tuple[str, ...]
    note: str
    number: int | None = None


@dataclass
class ImportReport:
    """What came of one file: its parts, or the problems that stopped it (or some of its schools)."""

    file: str
    kind: str = ""
    round: str = ""
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def add_problem(self, problem: Problem) -> None:
        """A problem, with the file's name."""
        self.problems.append(problem.at(file=self.file))


def import_workbook(*, name: str, content: bytes, by: User, dry_run: bool = False) -> ImportReport:
    """Import one filled workbook; every problem is in the report, none is raised.

    A school workbook is taken whole or not at all; in a verification workbook each school stands for itself.
    ``dry_run`` does all the same and takes it back.
    """
    report = ImportReport(file=name)
    try:
        sheets = open_workbook(content)
        identity = identify(dict(sheets))
        round_ = _round(identity)
    except Refusal as refusal:
        report.add_problem(refusal.problem)
        return report
    report.kind, report.round = identity.kind, str(round_.name)
    with transaction.atomic():
        source = _Source(name, content, identity.kind)
        if identity.kind == "school":
            _import_school(report, source, round_, identity, sheets, by)
        else:
            _import_verification(report, source, round_, identity, sheets, by)
        if dry_run:
            transaction.set_rollback(True)
        elif any(part.changed for part in report.parts):
            keep(content)
    return report


def _round(identity: Identity) -> Round:
    round_ = round_named(identity.round)
    if round_.edition.code != identity.edition:
        raise Refusal(
            "edition-differs",
            f"แฟ้มนี้เป็นฉบับ “{identity.edition}” แต่รอบ {round_.name} ใช้ฉบับ “{round_.edition.code}”",
            f"ขอแบบของรอบ {round_.name} ใหม่ แล้วกรอกในแบบนั้น",
        )
    return round_


@dataclass
class _Source:
    """The file behind an import; its row is made with the first part that changes something."""

    name: str
    content: bytes
    kind: str
    row: ImportedFile | None = None

    def __post_init__(self) -> None:
        self.digest = sha256_of(self.content)
        self.row = ImportedFile.objects.filter(sha256=self.digest).first()

    def taken_before(self, assessment: Assessment) -> ImportedPart | None:
        """The part of this very file that was imported for the assessment and not undone."""
        if self.row is None:
            return None
        return self.row.parts.filter(assessment=assessment, undone_at=None).last()

    def add_part(self, assessment: Assessment, before: dict[str, Any], by: User) -> ImportedPart:
        """Note what the file changed."""
        if self.row is None:
            self.row = ImportedFile.objects.create(
                sha256=self.digest,
                name=self.name[:255],
                size=len(self.content),
                kind=self.kind,
                stored=f"imports/{self.digest[:2]}/{self.digest}.xlsx",
            )
        version = Assessment.objects.values_list("version", flat=True).get(pk=assessment.pk)
        part = ImportedPart.objects.create(
            file=self.row, assessment=assessment, at=timezone.now(), by=by, before=before, version=version
        )
        record(by=by, verb="import", subject=f"import:{part.pk}", file=self.name, sha256=self.digest)
        return part


@contextmanager
def _refusals(report: ImportReport, place: checking.Place) -> Iterator[None]:
    """Turn a refusal into a problem at its place in the file; what the block wrote is taken back."""
    try:
        with transaction.atomic():
            yield
    except Refusal as refusal:
        report.add_problem(place("school", refusal.problem))


def _import_school(
    report: ImportReport, source: _Source, round_: Round, identity: Identity, sheets: Any, by: User
) -> None:
    found = standings(round_, [identity.subject])
    if not found:
        report.add_problem(
            Problem(
                "school-unknown",
                f"โรงเรียนรหัส {identity.subject} ไม่อยู่ในรอบ {round_.name}",
                "ตรวจรหัสโรงเรียนและรอบ แล้วขอแบบใหม่ของโรงเรียนนั้น",
                sheet="_khunnaphap",
            )
        )
        return
    assessment, standing = found[0]
    checked = checking.check_school(sheets, round_, assessment, standing)
    report.warnings += [warning.at(file=source.name) for warning in checked.warnings]
    for problem in checked.problems:
        report.add_problem(problem)
    if report.problems:
        return
    before = source.taken_before(assessment)
    if before is not None:
        report.parts.append(_part(assessment, Outcome(0, assessment.state, ()), before))
        return
    with _refusals(report, checked.place):
        kept = actions.snapshot(assessment)
        outcome = actions.record_self(assessment=assessment, entries=checked.entries, facts=checked.facts, by=by)
        part = source.add_part(assessment, kept, by) if outcome.changed else None
        report.parts.append(_part(assessment, outcome, part))


def _import_verification(
    report: ImportReport, source: _Source, round_: Round, identity: Identity, sheets: Any, by: User
) -> None:
    framework = checking.framework_of(round_.edition)
    hand_in = checking.read_verification(sheets, framework)
    report.warnings += [warning.at(file=source.name) for warning in hand_in.findings.warnings]
    for problem in hand_in.findings.problems:
        report.add_problem(problem)
    known = {
        assessment.school.ministry_code: (assessment, standing)
        for assessment, standing in standings(round_, hand_in.schools)
    }
    for code, school in hand_in.schools.items():
        report.warnings += [warning.at(file=source.name) for warning in school.findings.warnings]
        if not school.says_something:
            continue
        checked = checking.check_verification(school, identity.subject, round_, known.get(code))
        for problem in checked.problems:
            report.add_problem(problem)
        if checked.problems:
            continue
        assessment, _ = known[code]
        before = source.taken_before(assessment)
        if before is not None:
            report.parts.append(_part(assessment, Outcome(0, assessment.state, ()), before))
            continue
        with _refusals(report, school.placed):
            kept = actions.snapshot(assessment)
            outcome = actions.record_verification(assessment=assessment, entries=checked.entries, by=by)
            part = source.add_part(assessment, kept, by) if outcome.changed else None
            report.parts.append(_part(assessment, outcome, part))


def _part(assessment: Assessment, outcome: Outcome, part: ImportedPart | None) -> Part:
    if not outcome.changed:
        note = f"ไม่มีสิ่งใดเปลี่ยน ({rounds.STATES[outcome.state]})"
        if part is not None:
            note = f"แฟ้มนี้นำเข้าแล้ว (การนำเข้าที่ {part.pk}) ไม่มีสิ่งใดเปลี่ยน"
    elif outcome.missing:
        note = f"บันทึกแล้ว ยังขาด {len(outcome.missing)} ตัวชี้วัด ({rounds.STATES[outcome.state]})"
    else:
        note = f"บันทึกแล้ว {outcome.changed} รายการ ({rounds.STATES[outcome.state]})"
    return Part(
        school=assessment.school.ministry_code,
        name=assessment.school.name,
        changed=outcome.changed,
        state=outcome.state,
        missing=outcome.missing,
        note=note,
        number=part.pk if part else None,
    )


@transaction.atomic
def undo_import(*, number: int, by: User) -> ImportedPart:
    """Take an import back while nothing rests on it; ``Refusal`` when it is unknown, undone or rested on."""
    part = ImportedPart.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if part is None:
        raise Refusal("import-unknown", f"ไม่มีการนำเข้าที่ {number}", "ดูเลขที่การนำเข้าในผลของคำสั่ง import")
    if part.undone_at:
        raise Refusal("import-undone", f"การนำเข้าที่ {number} ยกเลิกไปแล้ว", "ไม่ต้องทำสิ่งใดเพิ่ม")
    actions.restore(assessment=part.assessment, before=part.before, version=part.version, by=by)
    part.undone_at = timezone.now()
    part.save()
    record(by=by, verb="undo_import", subject=f"import:{part.pk}", sha256=part.file.sha256)
    return part
