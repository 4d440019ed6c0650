"""Editions as workbooks: out to be changed, in as a draft, compared with where they came from."""

from __future__ import annotations

from datetime import UTC, datetime

from khunnaphap.accounts.models import User
from khunnaphap.core.comparison import compare_editions, in_words
from khunnaphap.core.edition import content_of
from khunnaphap.core.framework import Framework
from khunnaphap.core.problems import Problem
from khunnaphap.core.wording import carried, doubts, wording_of
from khunnaphap.frameworks.actions import enter_edition, renew_draft, word_edition
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import framework_of, newest_published
from khunnaphap.sheets.contract import Identity
from khunnaphap.sheets.framework_form import FrameworkForm
from khunnaphap.sheets.framework_reading import FrameworkHandIn, read_framework
from khunnaphap.sheets.reading import Workbook

from .reports import ImportReport, Part, Source

DRAFT_MARK = "ฉบับร่าง ยังไม่ประกาศใช้"


def framework_form(edition: Edition) -> FrameworkForm:
    """An edition as its workbook shows it."""
    marks = (DRAFT_MARK if edition.status == Edition.DRAFT else "", edition.mark)
    return FrameworkForm(
        identity=Identity("framework", edition.code, "-", edition.digest),
        line=f"รหัส {edition.code} · {edition.get_status_display()}",
        marks=" · ".join(mark for mark in marks if mark),
        made=datetime(2024, 1, 1, tzinfo=UTC),  # no date of its own: the same edition gives the same bytes
        framework=framework_of(edition),
    )


def import_edition(report: ImportReport, source: Source, identity: Identity, book: Workbook, by: User) -> None:
    """Take an edition as a draft, new or renewed, or report every fault at its cell.

    The part's lines compare it with the edition that the workbook was made from (else the newest published one).
    """
    hand_in = read_framework(book, identity.contract)
    report.add_warnings(hand_in.findings.warnings)
    report.add_problems(hand_in.findings.problems)
    if report.problems:
        return
    before = Edition.objects.select_for_update().filter(code=hand_in.framework.code).first()
    told = _with_wording(report, hand_in, before or Edition.objects.filter(code=identity.edition).first())
    if before is not None and framework_of(before) == told:
        _word(report, source, before, told, by)
        return
    if before is not None and before.status == Edition.PUBLISHED:
        report.add_problems([hand_in.placed(before.is_fixed().problem)])
        return
    base, lines = _compared(report, identity, told)
    origin = {"file": source.name, "sha256": source.digest, "made_from": base}
    source.noted()
    if before is None:
        enter_edition(content=content_of(told), wording=wording_of(told), by=by, origin=origin)
    else:
        renew_draft(edition=before, content=content_of(told), wording=wording_of(told), by=by, origin=origin)
    done = "บันทึกเป็นฉบับร่างแล้ว" if before is None else "ปรับปรุงฉบับร่างแล้ว"
    note = f"{done} ยังไม่ประกาศใช้ (ประกาศใช้ด้วย khunnaphap publish-edition {told.code})"
    report.parts.append(Part(told.code, told.title, max(len(lines) - 1, 1), Edition.DRAFT, (), note, lines=lines))


def _with_wording(report: ImportReport, hand_in: FrameworkHandIn, base: Edition | None) -> Framework:
    """What was handed in with its wording looked through; where its contract has none, with the base's own."""
    known = framework_of(base) if base else None
    if hand_in.wordings is None:
        return carried(known, hand_in.framework) if known else hand_in.framework
    report.add_warnings(
        hand_in.placed_wording(indicator.id, level.number, problem)
        for indicator, level, problem in doubts(known, hand_in.framework)
    )
    return hand_in.framework


def _word(report: ImportReport, source: Source, edition: Edition, told: Framework, by: User) -> None:
    """Take wording alone, of an edition that is otherwise the same; a published one too."""
    had, new = wording_of(framework_of(edition)), wording_of(told)
    changed = sum(had.get(key) != new.get(key) for key in had.keys() | new.keys())
    note = f"ไม่มีสิ่งใดเปลี่ยน ตรงกับฉบับที่มีอยู่ ({edition.get_status_display()})"
    if changed:
        source.noted()
        word_edition(edition=edition, wording=new, by=by, origin={"file": source.name, "sha256": source.digest})
        note = f"เกณฑ์คงเดิม แก้ถ้อยคำในรายงาน {changed} ตัวชี้วัด คะแนนและสีไม่เปลี่ยน"
    report.parts.append(Part(told.code, told.title, changed, edition.status, (), note))


def _compared(report: ImportReport, identity: Identity, told: Framework) -> tuple[str, tuple[str, ...]]:
    """The code of the edition that it is compared with, and the comparison in words."""
    base = Edition.objects.filter(code=identity.edition).first() or newest_published()
    if base is None:
        return "", ("ยังไม่มีฉบับอื่นให้เทียบ",)
    if base.code == identity.edition and identity.subject not in ("-", base.digest):
        message = f"ฉบับ {base.code} ที่ใช้ออกแฟ้มนี้เปลี่ยนไปหลังจากออกแฟ้ม"
        mend = "ตรวจผลเปรียบเทียบว่าไม่ทับสิ่งที่ผู้อื่นแก้ไข หรือออกแฟ้มใหม่แล้วแก้ไขในแฟ้มนั้น"
        report.add_warnings([identity.placed("digest", Problem("base-changed", message, mend))])
    return base.code, in_words(compare_editions(framework_of(base), told))
