"""The inspection report as a document tree, written from the verified record alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from khunnaphap.core.document import Block, Cover, Document, Heading, ItemList, PageBreak, Paragraph, Source, map_text
from khunnaphap.core.framework import Framework
from khunnaphap.core.thai.dates import long_date
from khunnaphap.core.thai.numerals import official
from khunnaphap.organisations.models import School

from . import appendices, charts, closing, colour_groups, decisions, offices, owing, readiness
from .naming import introduced
from .phrasing import listed
from .queries import Basis
from .report_forms import ReportForm, Section
from .signing import Signature, signatures


@dataclass(frozen=True)
class Writing:
    """What every section is written from."""

    basis: Basis
    form: ReportForm
    framework: Framework
    signature: Signature = field(default_factory=Signature)


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
        blocks=(*introduced(_body(writing), basis.offices), PageBreak(), *_appendices(writing)),
        marks=tuple(marks),
        draft=owing.is_draft(basis, form),
    )
    return map_text(document, official)


def _body(writing: Writing) -> list[Block]:
    form = writing.form
    return [
        Heading(1, form.issue, _first_number(form.issue_number)),
        *(block for place, one in enumerate(form.sections, 1) for block in _section(writing, one, place)),
        *signatures(writing.signature, writing.basis.province.name),
    ]


def _appendices(writing: Writing) -> list[Block]:
    """What the report rests on, the tables that the form prints, and what a draft still lacks; lettered through."""
    letters = iter("ขคงจฉชซญฎฐดตถทธนบปผพฟภมยรลวศส")
    return [
        *_what_it_rests_on(writing),
        *appendices.section(writing.basis, writing.form, writing.framework, letters),
        *owing.section(writing.basis, writing.form, letters),
    ]


def _first_number(issue: str) -> str:
    """๖. before a title, but ๗.๓ as it is: a number of several parts bears no full stop."""
    return issue if "." in issue else f"{issue}."


def _section(writing: Writing, section: Section, place: int) -> list[Block]:
    heading = Heading(2, section.title, f"{writing.form.issue_number}.{place}")
    if section.kind == "results":
        return [heading, *_results(writing)]
    return [heading, *closing.WRITERS[section.kind](writing.basis)]


def _results(writing: Writing) -> list[Block]:
    """(1) readiness of the quality schools, first as a whole, (2) development of model schools, office by office."""
    basis, framework, form = writing.basis, writing.framework, writing.form
    wanted = form.prints("colour_chart") and basis.verified
    drawn = [charts.colours(basis, framework, "แผนภูมิที่ 1")] if wanted else []
    number = f"แผนภูมิที่ {len(drawn) + 1}" if drawn else "แผนภูมิ"
    averages = charts.components(basis, framework, number) if form.prints("averages") else None
    beside = colour_groups.Beside(
        drawn,
        decisions.notice(framework, basis.verified, "ในจำนวนนี้"),
        decisions.notice(framework, basis.elsewhere, f"นอกจังหวัด{basis.province.name}"),
    )
    return [
        Heading(3, "ความพร้อมของโรงเรียนคุณภาพ", "1)"),
        *colour_groups.section(basis, framework, beside, by_name=form.prints("colour_names")),
        *([averages] if averages else []),
        *(readiness.section(basis, form, framework, "1", 4) if basis.verified else [_none_verified(basis)]),
        Heading(3, "การพัฒนาโรงเรียนต้นแบบ จำแนกตามสำนักงานเขตพื้นที่การศึกษา", "2)"),
        *offices.section(basis, "2", 4),
    ]


def _none_verified(basis: Basis) -> Paragraph:
    """The one sentence in place of all indicators while nothing is verified."""
    text = "(ยังไม่มีผลการประเมินรายตัวชี้วัดที่สำนักงานเขตพื้นที่การศึกษาตรวจสอบแล้ว)"
    return Paragraph(text, style="note", sources=colour_groups.schools_behind(basis.schools))


def _what_it_rests_on(writing: Writing) -> list[Block]:
    basis = writing.basis
    behind = charts.assessed(basis.verified) or colour_groups.schools_behind(basis.schools)
    heading = Heading(1, "ภาคผนวก ก ข้อมูลที่ใช้ในรายงาน")
    blocks: list[Block] = [heading, *_what_was_verified(writing, behind), *_later(basis)]
    by_office = [one for one in basis.excepted if one.office in basis.excepted_offices]
    alone = [one for one in basis.excepted if one.office not in basis.excepted_offices]
    blocks += _left_out(basis.unverified, "โรงเรียนต่อไปนี้ยังไม่ผ่านการตรวจสอบ จึงไม่นับรวมในรายงาน และรายงานนี้ยังเป็นร่าง")
    blocks += _left_out(alone, "โรงเรียนต่อไปนี้ยังไม่ผ่านการตรวจสอบ ผู้จัดทำรายงานระบุให้ยกเว้น และไม่นับรวมในรายงาน")
    return [*blocks, *_excepted_offices(writing, by_office)]


def _what_was_verified(writing: Writing, behind: tuple[Source, ...]) -> list[Block]:
    """The schools and rounds that the sentences count, and how they count; or that there are none."""
    basis = writing.basis
    day = long_date(basis.inspection.cut_off.astimezone().date())
    if not basis.verified:
        text = (
            f"ในรอบที่ปิดภายในวันที่ {day} ยังไม่มีผลการประเมินของโรงเรียนคุณภาพในจังหวัด{basis.province.name}"
            "ที่สำนักงานเขตพื้นที่การศึกษาตรวจสอบแล้ว รายงานฉบับนี้จึงยังไม่มีผลรายตัวชี้วัด"
        )
        return [Paragraph(text, sources=behind)]
    text = (
        f"รายงานฉบับนี้เขียนจากผลการประเมินที่สำนักงานเขตพื้นที่การศึกษาตรวจสอบแล้ว ของโรงเรียนคุณภาพในจังหวัด{basis.province.name} "
        f"จำนวน {len(basis.verified)} โรงเรียน โดยใช้รอบล่าสุดที่ตรวจสอบแล้วของแต่ละโรงเรียนซึ่งปิดรอบภายในวันที่ "
        f"{day} ตาม{writing.framework.title}"
    )
    return [
        Paragraph(text, sources=behind),
        Paragraph(writing.form.level_rule_text, sources=(Source("form", writing.form.code),)),
        ItemList(tuple(_round_lines(basis)), sources=behind),
    ]


def _excepted_offices(writing: Writing, schools: Sequence[School]) -> list[Block]:
    """The offices that the officer excepted, each with the schools and sections that it lacks."""
    basis = writing.basis
    sections = {office.pk: found for office, found in owing.excepted_from(basis, writing.form)}
    lines = []
    for office in basis.excepted_offices:
        own = [f"โรงเรียน{one.name}" for one in schools if one.office_id == office.pk]
        words = [
            f"ผลการตรวจสอบของ{listed(own)}" if own else "",
            f"ข้อมูลหัวข้อ {owing.titles_of(writing.form, sections[office.pk])}" if office.pk in sections else "",
        ]
        lines.append(f"{office.name} ขาด{' และ'.join(one for one in words if one)}")
    sources = tuple(one for office in basis.excepted_offices for one in basis.silent(office))
    opening = "ผู้จัดทำรายงานระบุให้ยกเว้นข้อมูลของสำนักงานเขตพื้นที่การศึกษาต่อไปนี้ และไม่นับรวมในรายงาน ได้แก่"
    return _listed(opening, lines, sources) if lines else []


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
    ]


def _left_out(schools: Sequence[School], sentence: str) -> list[Block]:
    if not schools:
        return []
    lines = [f"โรงเรียน{school.name} {school.office.name}" for school in schools]
    opening = f"{sentence} จำนวน {len(schools)} โรงเรียน ได้แก่"
    return _listed(opening, lines, colour_groups.schools_behind(schools))
