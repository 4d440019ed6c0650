"""Readiness by component, aspect and indicator: the chosen level's sentence is the report's text."""

from __future__ import annotations

from collections.abc import Sequence

from khunnaphap.core.document import Block, Heading, Paragraph, Source
from khunnaphap.core.framework import Framework, Indicator
from khunnaphap.core.measures import shown
from khunnaphap.core.summary import Stand, Summary, summarise
from khunnaphap.core.thai.numerals import grouped
from khunnaphap.organisations.models import AreaOffice

from .queries import Basis, Verified
from .report_forms import ReportForm


def summary_of(indicator: Indicator, verified: Sequence[Verified], rule: str = "lower-median") -> Summary:
    """Where these schools stand on an indicator; schools whose edition does not know it are passed over."""
    return summarise(
        indicator,
        [
            Stand(item.classification.ratings[indicator.id], item.standing.facts)
            for item in verified
            if indicator.id in item.classification.ratings
        ],
        rule,
    )


def section(basis: Basis, form: ReportForm, framework: Framework, number: str, level: int) -> list[Block]:
    """The five components down to the indicators, apart by kind of office where the form says so.

    ``number`` stands before every printed number ("1" gives "1.1)", "1.1.1)", …); components are at ``level``.
    """
    blocks: list[Block] = []
    for place, component in enumerate(framework.components, 1):
        blocks.append(Heading(level, component.title, f"{number}.{place})"))
        for order, aspect in enumerate(component.aspects, 1):
            blocks.append(Heading(level + 1, aspect.title, f"{number}.{place}.{order})"))
            sources = (Source("aspect", f"{framework.code}:{aspect.id}"),)
            blocks.append(Paragraph(aspect.statement, lead="สิ่งที่เกณฑ์มุ่งหวัง:", style="note", sources=sources))
            for last, indicator in enumerate(aspect.indicators, 1):
                blocks += _indicator(basis, form, indicator, f"{number}.{place}.{order}.{last})")
    return blocks


def _indicator(basis: Basis, form: ReportForm, indicator: Indicator, number: str) -> list[Block]:
    lead = f"{number} {indicator.title}:"
    if not form.apart:
        return [_paragraph(basis, lead, indicator, basis.verified, form)]
    blocks: list[Block] = []
    for level, words in ((AreaOffice.PRIMARY, "ระดับประถมศึกษา"), (AreaOffice.SECONDARY, "ระดับมัธยมศึกษา")):
        chosen = [item for item in basis.verified if item.school.office.level == level]
        if chosen:
            blocks.append(_paragraph(basis, f"{lead[:-1]} ({words}):", indicator, chosen, form))
    return blocks


def _paragraph(
    basis: Basis, lead: str, indicator: Indicator, verified: Sequence[Verified], form: ReportForm
) -> Paragraph:
    summary = summary_of(indicator, verified, form.level_rule)
    sources = tuple(
        Source("answer", f"{item.round}:{item.school.ministry_code}:{indicator.id}")
        for item in verified
        if indicator.id in item.classification.ratings
    )
    unanswered = (Source("indicator", f"{basis.newest.edition.code}:{indicator.id}"),)
    return Paragraph(sentence(summary), lead=lead, sources=sources or unanswered)


def sentence(summary: Summary) -> str:
    """The descriptor of the level where the schools stand, and how many stand there or higher."""
    if summary.level is None:
        return "ไม่มีโรงเรียนที่เกี่ยวข้องกับตัวชี้วัดนี้" if summary.not_applicable else "ยังไม่มีข้อมูลที่ตรวจสอบแล้ว"
    level = summary.indicator.level(summary.level)
    higher = "หรือสูงกว่า " if summary.level < len(summary.indicator.levels) else ""
    counts = f"ระดับ{level.name}{' ' + higher if higher else ' '}{summary.at_or_above} จาก {summary.rated} โรงเรียน"
    if summary.not_applicable:
        counts += f" ไม่เกี่ยวข้อง {summary.not_applicable} โรงเรียน"
    if summary.pooled:
        pooled = summary.pooled
        counts += f" ร้อยละรวม {shown(pooled.percent)} คือ {grouped(int(pooled.count))} จาก {grouped(int(pooled.whole))}"
        if pooled.schools < summary.rated:
            counts += f" จากข้อมูล {pooled.schools} โรงเรียน"
    return f"{level.descriptor} ({counts})"
