"""What each area office did in the year: (2) development of model schools, office by office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from khunnaphap.core.document import Block, Heading, ItemList, Paragraph, Source
from khunnaphap.core.programme import Activity, OfficeYear
from khunnaphap.organisations.models import AreaOffice

from . import narrating
from .queries import Basis


def section(basis: Basis, number: str, level: int) -> list[Block]:
    """Every office in turn, each under its own heading."""
    blocks: list[Block] = []
    for place, office in enumerate(basis.offices, 1):
        blocks.append(Heading(level, office.full_name, f"{number}.{place})"))
        told = basis.accounts[office.pk]
        found = list(_office(office, told, basis.inspection.year))
        blocks += found or [owed(office, "การดำเนินงาน")]
    return blocks


def owed(office: AreaOffice, what: str) -> Paragraph:
    """The sentence that stands where an office has not told its part yet."""
    return Paragraph(f"(ยังไม่ได้รับข้อมูล{what}จาก{office.name})", style="note")


def source(office: AreaOffice, year: int, part: str, place: int) -> tuple[Source, ...]:
    """The record behind a sentence of an office's account."""
    return (Source("account", f"{year}:{office.code}:{part}:{place}"),)


def _office(office: AreaOffice, told: OfficeYear, year: int) -> Iterable[Block]:
    for place, one in enumerate(told.statements, 1):
        if one.kind in ("preface", "progress"):
            lead = f"{one.area}:" if one.area else ""
            yield Paragraph(one.text, lead=lead, sources=source(office, year, "statements", place))
    for text in narrating.candidate_sentences(told.candidates, office.full_name):
        yield Paragraph(text, sources=source(office, year, "candidates", 1))
    yield from _listed(office, year, "committees", told.committees, narrating.committee, "")
    yield from _activities(office, told.activities, year)
    yield from _listed(
        office, year, "money", told.money, lambda one: narrating.money(one, office.full_name), "งบประมาณ"
    )
    yield from _listed(office, year, "submissions", told.submissions, narrating.submission, "แผนและรายงานที่จัดส่ง")
    yield from _listed(office, year, "support", told.support, narrating.support, "การสนับสนุนจากภายนอก")
    yield from _listed(office, year, "staffing", told.staffing, narrating.staffing, "อัตรากำลังที่ยังขาด")


def _listed(
    office: AreaOffice, year: int, part: str, values: Sequence[Any], say: Callable[[Any], str], title: str
) -> Iterable[Block]:
    if not values:
        return
    sources = tuple(Source("account", f"{year}:{office.code}:{part}:{n}") for n in range(1, len(values) + 1))
    if len(values) == 1 or not title:
        for one, origin in zip(values, sources, strict=True):
            yield Paragraph(say(one), lead=f"{title}:" if title else "", sources=(origin,))
        return
    yield Paragraph("", lead=f"{title}:")
    yield ItemList(tuple(say(one) for one in values), sources=sources)


def _activities(office: AreaOffice, activities: Sequence[Activity], year: int) -> Iterable[Block]:
    """The activities in the office's own order, under its own steps; numbered through within the office."""
    place = 0
    for step, group in groupby(activities, key=lambda one: one.step):
        if step:
            yield Paragraph("", lead=step)
        for one in group:
            place += 1
            sentence, listed = narrating.activity(one, office.full_name)
            yield Paragraph(sentence, lead=f"({place})", sources=source(office, year, "activities", place))
            if listed:
                yield ItemList(listed, ordered=True, sources=source(office, year, "activities", place))
