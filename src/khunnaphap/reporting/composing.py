"""The inspection report as a document tree, written from the verified record alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khunnaphap.core.document import Block, Cover, Document, Heading, ItemList, PageBreak, Paragraph, Source, map_text
from khunnaphap.core.framework import Framework
from khunnaphap.core.thai.dates import long_date
from khunnaphap.core.thai.numerals import official
from khunnaphap.organisations.models import School

from . import appendices, charts, closing, colour_groups, decisions, offices, readiness
from .queries import Basis, owed_by
from .report_forms import ReportForm, Section


@dataclass(frozen=True)
class Signature:
    """Who signs: a name, a position, and whom an acting head acts for; dots stand where nothing is given."""

    name: str = ""
    position: str = ""
    acting_for: str = ""


@dataclass(frozen=True)
class Writing:
    """What every section is written from."""

    basis: Basis
    form: ReportForm
    framework: Framework
    signature: Signature = Signature()


def compose(writing: Writing, marks: Sequence[str]) -> Document:
    """The whole report; its digits are Thai, its date is the inspection's cut-off."""
    basis, form = writing.basis, writing.form
    name = basis.inspection.name
    words = {"number": name.number, "year": name.year, "province": basis.province.name}
    cut_off = basis.inspection.cut_off.astimezone().date()
    cover = (
        *(line.format(**words) for line in form.cover),
        *([basis.province.region.name] if basis.province.region else []),
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
            Heading(1, form.issue, _first_number(form.issue_number)),
            *(block for place, one in enumerate(form.sections, 1) for block in _section(writing, one, place)),
            _signature(writing),
            PageBreak(),
            *_what_it_rests_on(writing),
            *appendices.section(basis, form, writing.framework),
        ),
        marks=tuple(marks),
        draft=basis.draft,
    )
    return map_text(document, official)


def _first_number(issue: str) -> str:
    """๖. before a title, but ๗.๓ as it is: a number of several parts bears no full stop."""
    return issue if "." in issue else f"{issue}."


def _section(writing: Writing, section: Section, place: int) -> list[Block]:
    heading = Heading(2, section.title, f"{writing.form.issue_number}.{place}")
    if section.kind == "results":
        return [heading, *_results(writing)]
    return [heading, *closing.WRITERS[section.kind](writing.basis)]


def _results(writing: Writing) -> list[Block]:
    """(1) readiness of the quality schools with their colours, (2) development of model schools, office by office."""
    basis, framework = writing.basis, writing.framework
    last = len(framework.components) + 1
    averages = charts.components(basis, framework, "แผนภูมิที่ 1")
    drawn = [charts.colours(basis, framework, f"แผนภูมิที่ {2 if averages else 1}")] if basis.verified else []
    beside = colour_groups.Beside(
        drawn,
        decisions.notice(framework, basis.verified, "ในจำนวนนี้"),
        decisions.notice(framework, basis.elsewhere, f"นอกจังหวัด{basis.province.name}"),
    )
    return [
        Heading(3, "ความพร้อมของโรงเรียนคุณภาพ", "1)"),
        *([averages] if averages else []),
        *readiness.section(basis, writing.form, framework, "1", 4),
        *colour_groups.section(basis, framework, f"1.{last})", 4, beside),
        Heading(3, "การพัฒนาโรงเรียนต้นแบบ จำแนกตามสำนักงานเขตพื้นที่การศึกษา", "2)"),
        *offices.section(basis, "2", 4),
    ]


def _signature(writing: Writing) -> Paragraph:
    """The lines that the head, or whoever acts for the head, signs under."""
    signed, province = writing.signature, writing.basis.province.name
    head = f"ศึกษาธิการจังหวัด{province}"
    position = signed.position or ("" if signed.acting_for else head)
    if signed.acting_for:  # as letters are signed: the own post and the word, then the post that is acted for
        position = f"{position} รักษาราชการแทน".strip() + f"\n{signed.acting_for}"
    lines = ["(ลงชื่อ) " + "." * 40, f"({signed.name or '.' * 44})", position]
    return Paragraph("\n".join(line for line in lines if line), style="signature")


def _what_it_rests_on(writing: Writing) -> list[Block]:
    basis = writing.basis
    behind = charts.assessed(basis.verified) or colour_groups.schools_behind(basis.schools)
    blocks: list[Block] = [
        Heading(1, "ภาคผนวก ก ข้อมูลที่ใช้ในรายงาน"),
        Paragraph(
            f"รายงานฉบับนี้เขียนจากผลการประเมินที่สำนักงานเขตพื้นที่การศึกษาตรวจสอบแล้ว ของโรงเรียนคุณภาพในจังหวัด{basis.province.name} "
            f"จำนวน {len(basis.verified)} โรงเรียน โดยใช้รอบล่าสุดที่ตรวจสอบแล้วของแต่ละโรงเรียนซึ่งปิดรอบภายในวันที่ "
            f"{long_date(basis.inspection.cut_off.astimezone().date())} ตาม{writing.framework.title}",
            sources=behind,
        ),
        Paragraph(writing.form.level_rule_text, sources=(Source("form", writing.form.code),)),
        ItemList(tuple(_round_lines(basis)), sources=behind),
        *_later(basis),
    ]
    blocks += _left_out(basis.unverified, "โรงเรียนต่อไปนี้ยังไม่ผ่านการตรวจสอบ จึงไม่นับรวมในรายงาน และรายงานนี้ยังเป็นร่าง")
    blocks += _left_out(basis.excepted, "โรงเรียนต่อไปนี้ยังไม่ผ่านการตรวจสอบ ผู้จัดทำรายงานระบุให้ยกเว้น และไม่นับรวมในรายงาน")
    lacking = owed_by(basis, writing.form)
    if lacking:
        lines = [f"{office.name}: {', '.join(one.title for one in sections)}" for office, sections in lacking]
        sources = tuple(one for office, _ in lacking for one in basis.silent(office))
        blocks += _listed("สำนักงานเขตพื้นที่การศึกษาที่ยังต้องส่งข้อมูลประกอบรายงาน ได้แก่", lines, sources)
    return blocks


def _listed(opening: str, lines: Sequence[str], sources: tuple[Source, ...]) -> list[Block]:
    """An opening and its numbered list; a single thing stands in the sentence itself."""
    if len(lines) == 1:
        return [Paragraph(f"{opening} {lines[0]}", sources=sources)]
    return [Paragraph(opening, sources=sources), ItemList(tuple(lines), ordered=True, sources=sources)]


def _later(basis: Basis) -> list[Block]:
    """How much of the offices' accounts begins after the cut-off, and so is not told."""
    found = [(office, part, at) for office in basis.offices for part, at in basis.cut[office.pk].later]
    if not found:
        return []
    text = (
        f"การดำเนินงานของสำนักงานเขตพื้นที่การศึกษาเล่าเฉพาะที่เริ่มภายในวันที่ {long_date(basis.last_day)} และที่ไม่ระบุวันที่ "
        f"ส่วนที่เริ่มหลังจากนั้น {len(found)} รายการ (ทั้งรายการหรือบางส่วน) ไม่นำมาเล่า"
    )
    sources = tuple(one for office, part, at in found for one in basis.handed_over(office, part, at))
    return [Paragraph(text, sources=sources)]


def _round_lines(basis: Basis) -> list[str]:
    rounds = sorted({item.round.name for item in basis.verified})
    return [
        f"รอบ {name} ใช้ข้อมูลของ {sum(item.round.name == name for item in basis.verified)} โรงเรียน" for name in rounds
    ] or ["ยังไม่มีโรงเรียนที่ผ่านการตรวจสอบ"]


def _left_out(schools: Sequence[School], sentence: str) -> list[Block]:
    if not schools:
        return []
    lines = [f"โรงเรียน{school.name} {school.office.name}" for school in schools]
    opening = f"{sentence} จำนวน {len(schools)} โรงเรียน ได้แก่"
    return _listed(opening, lines, colour_groups.schools_behind(schools))
