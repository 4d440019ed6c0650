"""Readiness by component, aspect and indicator: one sentence each on where the verified schools stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khunnaphap.core.document import Block, Heading, Paragraph, Source
from khunnaphap.core.framework import Framework, Indicator
from khunnaphap.core.standing import SCHOOLS, sentence
from khunnaphap.core.summary import Stand, Summary, summarise
from khunnaphap.organisations.models import AreaOffice

from .queries import Basis, Verified
from .report_forms import ReportForm

APART = ((AreaOffice.PRIMARY, "ระดับประถมศึกษา"), (AreaOffice.SECONDARY, "ระดับมัธยมศึกษา"))
"""The kinds of offices whose schools a form may tell apart, in words."""


def summary_of(indicator: Indicator, verified: Sequence[Verified], rule: str = "most") -> Summary:
    """Where these schools stand on an indicator.

    Schools whose edition does not know it are passed over; those whose edition says its levels otherwise are counted
    apart: a level of one edition is none of another's.
    """
    rated = [item for item in verified if indicator.id in item.classification.ratings]
    alike = [item for item in rated if item.standing.framework.by_id[indicator.id].levels == indicator.levels]
    return replace(
        summarise(indicator, [stand_of(indicator, one) for one in alike], rule), elsewhere=len(rated) - len(alike)
    )


def stand_of(indicator: Indicator, item: Verified) -> Stand:
    """One school's verified rating of an indicator, with what its own facts say."""
    found = item.standing.computed.get(indicator.id)
    return Stand(item.classification.ratings[indicator.id], item.standing.facts, found.rating if found else None)


def section(basis: Basis, form: ReportForm, framework: Framework, number: str, level: int) -> list[Block]:
    """The five components down to the indicators, apart by kind of office where the form says so.

    ``number`` stands before every printed number ("1" gives "1.1)", "1.1.1)", …); components are at ``level``.
    """
    blocks: list[Block] = []
    for place, component in enumerate(framework.components, 1):
        blocks.append(Heading(level, component.title, f"{number}.{place})"))
        for order, aspect in enumerate(component.aspects, 1):
            blocks.append(Heading(level + 1, aspect.title, f"{number}.{place}.{order})"))
            if form.prints("aims"):
                sources = (Source("aspect", f"{framework.code}:{aspect.id}"),)
                blocks.append(Paragraph(aspect.statement, lead="สิ่งที่เกณฑ์มุ่งหวัง:", style="note", sources=sources))
            for last, indicator in enumerate(aspect.indicators, 1):
                blocks += _indicator(basis, form, framework, indicator, f"{number}.{place}.{order}.{last})")
    return blocks


def _indicator(basis: Basis, form: ReportForm, framework: Framework, indicator: Indicator, number: str) -> list[Block]:
    lead = f"{number} {indicator.title}:"
    if not form.apart:
        return [
            _paragraph(basis, lead, indicator, basis.verified, sentence_of(framework, indicator, basis.verified, form))
        ]
    blocks: list[Block] = []
    for level, words in APART:
        chosen = [item for item in basis.verified if item.school.office.level == level]
        if chosen:
            text = sentence_of(framework, indicator, chosen, form, f"{SCHOOLS}{words}")
            blocks.append(_paragraph(basis, f"{lead[:-1]} ({words}):", indicator, chosen, text))
    return blocks


def sentence_of(
    framework: Framework, indicator: Indicator, verified: Sequence[Verified], form: ReportForm, schools: str = SCHOOLS
) -> str:
    """The sentence on these schools by the form's rule."""
    return sentence(summary_of(indicator, verified, form.level_rule), framework.facts_by_id, schools)


def _paragraph(basis: Basis, lead: str, indicator: Indicator, verified: Sequence[Verified], text: str) -> Paragraph:
    sources = tuple(
        Source("answer", f"{item.round}:{item.school.ministry_code}:{indicator.id}")
        for item in verified
        if indicator.id in item.classification.ratings
    )
    unanswered = (Source("indicator", f"{basis.newest.edition.code}:{indicator.id}"),)
    return Paragraph(text, lead=lead, sources=sources or unanswered)
