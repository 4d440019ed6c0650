"""Importing filled workbooks: the one way in for files, dry or in earnest, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from django.db import transaction
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.assessments import actions
from khunnaphap.assessments.actions import Outcome
from khunnaphap.assessments.means import waiting_for_means
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.queries import Standing, round_named, standings
from khunnaphap.audit.actions import record
from khunnaphap.core import rounds
from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.storing import readable_name
from khunnaphap.frameworks.queries import framework_of
from khunnaphap.sheets.contract import READ_SHEETS, Identity, claims_of, identity_of
from khunnaphap.sheets.copies import copied_sheets
from khunnaphap.sheets.framework_contract import FRAMEWORK_SHEETS
from khunnaphap.sheets.office_contract import OFFICE_SHEETS
from khunnaphap.sheets.opening import open_workbook
from khunnaphap.sheets.reading import Workbook
from khunnaphap.sheets.register_contract import REGISTER_SHEETS
from khunnaphap.sheets.verification_reading import SchoolVerification

from . import checking
from .accounts import import_account, put_back_account
from .editions import import_edition
from .models import ImportedPart
from .registers import import_register
from .reports import ImportReport, Part, Source
from .school_lists import import_school_list
from .storing import keep

_NAMED: Final = 10
"""How many missing indicators a note names."""


def import_workbook(*, name: str, content: bytes, by: User, dry_run: bool = False) -> ImportReport:
    """Import one filled workbook, or a list of schools (.csv); every problem is in the report, none is raised.

    A school workbook is taken whole or not at all; in a verification workbook each school stands for itself.
    ``dry_run`` does all the same and takes it back.
    """
    if name.lower().endswith(".csv"):
        return import_school_list(name=name, content=content, by=by, dry_run=dry_run)
    report = ImportReport(file=readable_name(name))
    try:
        book = open_workbook(content, (*READ_SHEETS, *OFFICE_SHEETS, *REGISTER_SHEETS, *FRAMEWORK_SHEETS))
        claims = claims_of(book)
        report.kind, report.round = claims.kind or "", claims.round
        identity = identity_of(claims)
        report.add_warnings(copied_sheets(book, identity.kind))
        with transaction.atomic():
            _take(report, Source(report.file, content, identity.kind), identity, book, by)
            if dry_run:
                transaction.set_rollback(True)
            elif any(part.changed for part in report.parts):
                keep(content)
    except Refusal as refusal:
        report.parts.clear()
        report.add_problems([refusal.problem])
    report.shorten()
    if dry_run:
        report.parts = [replace(part, number=None) for part in report.parts]
    return report


def _take(report: ImportReport, source: Source, identity: Identity, book: Workbook, by: User) -> None:
    if identity.kind == "office":
        import_account(report, source, identity, book, by)
        return
    if identity.kind == "register":
        import_register(report, source, book, by)
        return
    if identity.kind == "framework":
        import_edition(report, source, identity, book, by)
        return
    round_ = _round(identity)
    report.round = str(round_.name)
    _check_edition(identity, round_)
    take = _import_school if identity.kind == "school" else _import_verification
    take(report, source, round_, identity, book, by)


def _round(identity: Identity) -> Round:
    try:
        return round_named(identity.round)
    except Refusal as refusal:
        refusal.problem = identity.placed("round", refusal.problem)
        raise


def _check_edition(identity: Identity, round_: Round) -> None:
    if round_.edition.code != identity.edition:
        refusal = Refusal(
            "edition-differs",
            f"แฟ้มนี้เป็นฉบับ “{identity.edition[:40]}” แต่รอบ {round_.name} ใช้ฉบับ “{round_.edition.code}”",
            f"ขอแบบของรอบ {round_.name} ใหม่ แล้วกรอกในแบบนั้น",
        )
        refusal.problem = identity.placed("edition", refusal.problem)
        raise refusal


@contextmanager
def _refusals(report: ImportReport, place: checking.Place) -> Iterator[None]:
    """Turn a refusal into a problem at its place in the file; what the block wrote is taken back."""
    try:
        with transaction.atomic():
            yield
    except Refusal as refusal:
        report.add_problems([place("school", refusal.problem)])


def _import_school(
    report: ImportReport, source: Source, round_: Round, identity: Identity, book: Workbook, by: User
) -> None:
    found = standings(round_, [identity.subject], lock=True)
    if not found:
        refusal = Refusal(
            "school-unknown",
            f"โรงเรียนรหัส {identity.subject[:20]} ไม่อยู่ในรอบ {round_.name}",
            "ตรวจรหัสโรงเรียนและรอบ แล้วขอแบบใหม่ของโรงเรียนนั้น",
        )
        refusal.problem = identity.placed("school", refusal.problem)
        raise refusal
    assessment, standing = found[0]
    before = source.taken_before(assessment)
    if before is not None:
        missing = standing.classification().score.missing
        report.parts.append(_part(assessment, standing, Outcome(0, assessment.state, missing), before))
        return
    checked = checking.check_school(book, round_, assessment, standing)
    report.add_warnings(checked.warnings)
    report.add_problems(checked.problems)
    if report.problems:
        return
    with _refusals(report, checked.place):
        kept = actions.snapshot(assessment)
        outcome = actions.record_self(assessment=assessment, entries=checked.entries, facts=checked.facts, by=by)
        part = source.add_part(assessment, kept, by) if outcome.changed else None
        report.parts.append(_part(assessment, standing, outcome, part))


def _import_verification(
    report: ImportReport, source: Source, round_: Round, identity: Identity, book: Workbook, by: User
) -> None:
    known = checking.known_schools(round_, identity)
    hand_in = checking.read_verification(book, framework_of(round_.edition))
    findings = hand_in.findings
    if not findings.problems and not any(school.says_something for school in hand_in.schools.values()):
        findings.warnings.append(checking.NOTHING_FILLED)
    report.add_warnings(findings.warnings)
    report.add_problems(findings.problems)
    for code, school in hand_in.schools.items():
        if code in known:
            report.add_warnings(school.findings.warnings)
        if school.says_something:
            _verify(report, source, round_, school, known.get(code), by)


def _verify(
    report: ImportReport,
    source: Source,
    round_: Round,
    school: SchoolVerification,
    known: tuple[Assessment, Standing] | None,
    by: User,
) -> None:
    """Take one school of a verification workbook, or report what holds it back."""
    if known is not None and (before := source.taken_before(known[0])):
        assessment, standing = known
        report.parts.append(_part(assessment, standing, Outcome(0, assessment.state, standing.unverified), before))
        return
    checked = checking.check_verification(school, round_, known)
    report.add_problems(checked.problems)
    if checked.problems or known is None:
        return
    assessment, standing = known
    with _refusals(report, school.placed):
        kept = actions.snapshot(assessment)
        outcome = actions.record_verification(assessment=assessment, entries=checked.entries, by=by)
        part = source.add_part(assessment, kept, by) if outcome.changed else None
        report.parts.append(_part(assessment, standing, outcome, part))


def _part(assessment: Assessment, standing: Standing, outcome: Outcome, part: ImportedPart | None) -> Part:
    missing = tuple(standing.framework.by_id[key].label for key in outcome.missing)
    awaiting = waiting_for_means(assessment, outcome.missing)
    if outcome.changed:
        said = f"เปลี่ยนแปลง {outcome.changed} รายการ"
    elif part is None:
        said = "ไม่มีสิ่งใดเปลี่ยน"
    elif part.version == assessment.version:
        said = f"แฟ้มนี้นำเข้าแล้ว (การนำเข้าที่ {part.pk}) ไม่มีสิ่งใดเปลี่ยน"
    else:
        said = f"แฟ้มนี้นำเข้าแล้ว (การนำเข้าที่ {part.pk}) และมีข้อมูลที่ใหม่กว่าแล้ว จึงไม่เปลี่ยนสิ่งใด"
    if missing:
        more = " …" if len(missing) > _NAMED else ""
        said += f" ยังขาด {len(missing)} ตัวชี้วัด ({', '.join(missing[:_NAMED])}{more})"
    if awaiting:
        said += f" ({', '.join(awaiting)} รอค่าอ้างอิงของรอบ ซึ่งเจ้าหน้าที่ สพฐ. หรือผู้ดูแลระบบเป็นผู้เพิ่ม)"
    return Part(
        school=assessment.school.ministry_code,
        name=assessment.school.name,
        changed=outcome.changed,
        state=outcome.state,
        missing=missing,
        note=f"{said} สถานะ{rounds.STATES[outcome.state]}",
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
    if part.assessment is None:
        version = put_back_account(part, by)
    else:
        version = actions.restore(assessment=part.assessment, before=part.before, version=part.version, by=by)
    # the content is again what an earlier import left, so that one can be undone next
    earlier = ImportedPart.objects.filter(
        assessment=part.assessment, account=part.account, undone_at=None, version=part.before["version"]
    )
    earlier.update(version=version)
    part.undone_at = timezone.now()
    part.save()
    record(by=by, verb="undo_import", subject=f"import:{part.pk}", sha256=part.file.sha256)
    return part
