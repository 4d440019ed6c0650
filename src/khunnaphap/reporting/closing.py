"""Situation, problems, success factors, recommendations and models: what the offices said, gathered."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from khunnaphap.core.document import Block, Cell, Column, ItemList, Paragraph, Source, Table
from khunnaphap.core.programme import GoodPractice, StatementKind
from khunnaphap.core.thai.text import unnumbered

from .offices import owed, paragraphs
from .openings import ASKED_OF
from .phrasing import school_named
from .queries import Basis


def situation(basis: Basis) -> list[Block]:
    """The background of the policy, office by office; each office's name stands before its first paragraph."""
    return _statements(basis, "background", "สถานการณ์ในพื้นที่")


def success(basis: Basis) -> list[Block]:
    """Success factors as one list, each once."""
    return _one_list(basis, "success")


def recommendations(basis: Basis) -> list[Block]:
    """Recommendations as one list, each once."""
    return _one_list(basis, "recommendation")


def _statements(basis: Basis, kind: StatementKind, what: str) -> list[Block]:
    blocks: list[Block] = []
    for office in basis.offices:
        told = basis.accounts[office.pk].statements
        found = [(at, one) for at, one in enumerate(told) if one.kind == kind]
        for place, (at, one) in enumerate(found):
            sources = basis.told_in(office, "statements", at)
            named = place or one.text.startswith((office.name, office.full_name))
            blocks += paragraphs(one.text, "" if named else f"{office.name}:", sources)
        if not found:
            blocks.append(owed(basis, office, what))
    return blocks


def _one_list(basis: Basis, kind: StatementKind) -> list[Block]:
    said: dict[str, list[Source]] = {}
    for office in basis.offices:
        for at, one in enumerate(basis.accounts[office.pk].statements):
            if one.kind == kind:
                (text,) = unnumbered([one.text])
                text = f"{text} ({ASKED_OF.before(one.to)})" if one.to else text
                said.setdefault(text, []).extend(basis.told_in(office, "statements", at))
    if not said:
        return [_nobody(basis, "statements")]
    return [ItemList(tuple(said), ordered=True, sources=tuple(one for found in said.values() for one in found))]


def _nobody(basis: Basis, part: str) -> Paragraph:
    """The sentence that stands where no office has told anything."""
    sources = tuple(one for office in basis.offices for one in basis.silent(office, part))
    if all(office in basis.excepted_offices for office in basis.offices):
        return Paragraph("(ไม่มีข้อมูลในรายงานฉบับนี้ ตามที่ผู้จัดทำรายงานระบุให้ยกเว้น)", style="note", sources=sources)
    return Paragraph("(ยังไม่ได้รับข้อมูลจากสำนักงานเขตพื้นที่การศึกษา)", style="note", sources=sources)


def difficulties(basis: Basis) -> list[Block]:
    """One table: problems and solutions numbered alike, expected results numbered through."""
    number, result = count(1), count(1)
    rows, sources = [], []
    for office in basis.offices:
        for at, one in enumerate(basis.accounts[office.pk].difficulties):
            place = next(number)
            results = "\n".join(f"{next(result)}. {text}" for text in one.results)
            rows.append((Cell(f"{place}. {one.problem}"), Cell(f"{place}. {one.solution}"), Cell(results)))
            sources += basis.told_in(office, "difficulties", at)
    if not rows:
        return [_nobody(basis, "difficulties")]
    columns = (Column("ปัญหา/อุปสรรค", 4), Column("แนวทางการแก้ไขปัญหา", 4), Column("ผลที่คาดว่าจะได้รับ", 4))
    return [Table("", columns, tuple(rows), tuple(sources))]


def practices(basis: Basis) -> list[Block]:
    """Models of schools and of offices, each with its steps."""
    blocks: list[Block] = []
    for office in basis.offices:
        for at, one in enumerate(basis.accounts[office.pk].practices):
            sources = basis.told_in(office, "practices", at)
            blocks += paragraphs(one.description, _whose(one, office.name), sources)
            if one.steps:
                blocks.append(ItemList(one.steps, ordered=True, sources=sources))
    return blocks or [_nobody(basis, "practices")]


def _whose(practice: GoodPractice, office: str) -> str:
    owner = school_named(practice.school) if practice.school else office
    return f"{practice.title} ({owner}):" if practice.description else f"{practice.title} ({owner})"


WRITERS: dict[str, Callable[[Basis], list[Block]]] = {
    "situation": situation,
    "difficulties": difficulties,
    "success": success,
    "recommendations": recommendations,
    "practices": practices,
}
"""The writer of each kind of section that needs nothing but the basis."""
