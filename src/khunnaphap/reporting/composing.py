"""The inspection report as a document tree, written from the verified record alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khunnaphap.core.document import Block, Cover, Document, Heading, ItemList, PageBreak, Paragraph, Source, map_text
from khunnaphap.core.framework import Framework
from khunnaphap.core.thai.dates import long_date
from khunnaphap.core.thai.numerals import thai
from khunnaphap.organisations.models import School

from . import appendices, colour_groups, readiness
from .queries import Basis, ReportForm, Verified


@dataclass(frozen=True)
class Writing:
    """What every section is written from."""

    basis: Basis
    form: ReportForm
    framework: Framework


def compose(writing: Writing, marks: Sequence[str]) -> Document:
    """The whole report; its digits are Thai, its date is the inspection's cut-off."""
    basis, form = writing.basis, writing.form
    name = basis.inspection.name
    words = {"number": name.number, "year": name.year, "province": basis.province.name}
    cut_off = basis.inspection.cut_off.astimezone().date()
    cover = (
        *(line.format(**words) for line in form.cover),
        f"นโยบายการตรวจราชการ: {form.policy}",
        f"ประเด็นที่ {form.issue_number} {form.issue}",
        f"ข้อมูล ณ วันที่ {long_date(cut_off)}",
    )
    document = Document(
        title=f"รายงานการตรวจราชการ รอบที่ {name.number} ปีงบประมาณ พ.ศ. {name.year} จังหวัด{basis.province.name}",
        author=f"สำนักงานศึกษาธิการจังหวัด{basis.province.name}",
        dated=cut_off,
        cover=Cover(cover),
        blocks=(
            *_what_it_rests_on(writing),
            *readiness.section(basis, form, writing.framework),
            *colour_groups.section(basis, writing.framework),
            PageBreak(),
            *appendices.section(basis, writing.framework),
        ),
        marks=tuple(marks),
        draft=basis.draft,
    )
    return map_text(document, thai)


def _what_it_rests_on(writing: Writing) -> list[Block]:
    basis = writing.basis
    blocks: list[Block] = [
        Heading(1, "ข้อมูลที่ใช้ในรายงาน", "1."),
        Paragraph(
            f"รายงานฉบับนี้เขียนจากผลการประเมินที่สำนักงานเขตพื้นที่การศึกษาตรวจสอบแล้ว ของโรงเรียนคุณภาพในจังหวัด{basis.province.name} "
            f"จำนวน {len(basis.verified)} โรงเรียน โดยใช้รอบล่าสุดที่ตรวจสอบแล้วของแต่ละโรงเรียนซึ่งปิดรอบภายในวันที่ "
            f"{long_date(basis.inspection.cut_off.astimezone().date())} ตาม{writing.framework.title}",
            sources=_sources(basis.verified),
        ),
        Paragraph(writing.form.level_rule_text),
        ItemList(tuple(_round_lines(basis))),
    ]
    blocks += _left_out(basis.unverified, "โรงเรียนต่อไปนี้ยังไม่ผ่านการตรวจสอบ จึงไม่นับรวมในรายงาน และรายงานนี้ยังเป็นร่าง")
    blocks += _left_out(basis.excepted, "โรงเรียนต่อไปนี้ยังไม่ผ่านการตรวจสอบ ผู้จัดทำรายงานระบุให้ยกเว้น และไม่นับรวมในรายงาน")
    return blocks


def _round_lines(basis: Basis) -> list[str]:
    rounds = sorted({item.round.name for item in basis.verified})
    return [
        f"รอบ {name} ใช้ข้อมูลของ {sum(item.round.name == name for item in basis.verified)} โรงเรียน" for name in rounds
    ] or ["ยังไม่มีโรงเรียนที่ผ่านการตรวจสอบ"]


def _left_out(schools: Sequence[School], sentence: str) -> list[Block]:
    if not schools:
        return []
    return [
        Paragraph(f"{sentence} จำนวน {len(schools)} โรงเรียน ได้แก่"),
        ItemList(
            tuple(f"โรงเรียน{school.name} {school.office.name}" for school in schools),
            ordered=True,
            sources=tuple(Source("school", school.ministry_code) for school in schools),
        ),
    ]


def _sources(verified: Sequence[Verified]) -> tuple[Source, ...]:
    return tuple(Source("assessment", f"{item.round}:{item.school.ministry_code}") for item in verified)
