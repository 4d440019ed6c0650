"""What is still owed before a report is whole, who was excepted from it, and what should be looked at again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from khunnaphap.core.distances import straight_km
from khunnaphap.core.document import Block, Heading, ItemList, Paragraph
from khunnaphap.core.register_doubts import cut_off_doubt, headcount_doubt, road_doubt
from khunnaphap.core.summary import agrees
from khunnaphap.organisations.models import AreaOffice
from khunnaphap.programme.doubting import doubts_of
from khunnaphap.programme.queries import known_schools

from .colour_groups import schools_behind
from .phrasing import listed
from .queries import Basis, Verified, told_for
from .readiness import stand_of
from .report_forms import ReportForm, Section

PARTS = {
    "statements": "ข้อความ",
    "candidates": "การคัดเลือก",
    "committees": "คณะกรรมการ",
    "activities": "กิจกรรม",
    "submissions": "แผนและรายงานที่ส่ง",
    "money": "เงิน",
    "support": "การสนับสนุน",
    "staffing": "อัตรากำลังที่ขาด",
    "difficulties": "ปัญหาและแนวทาง",
    "practices": "ต้นแบบ",
    "steps": "ขั้นตอนของเขต",
}
"""The parts of an office's account by the sheets that they are typed on."""


def lacking(basis: Basis, form: ReportForm) -> list[tuple[AreaOffice, list[Section]]]:
    """What each office has not told: the sections that need it, or that nobody told anything for."""
    found = []
    empty = [one for one in form.sections if not any(told_for(basis, office, one) for office in basis.offices)]
    for office in basis.offices:
        left = [one for one in form.sections if (one.needed or one in empty) and not told_for(basis, office, one)]
        if left:
            found.append((office, left))
    return found


def owed_by(basis: Basis, form: ReportForm) -> list[tuple[AreaOffice, list[Section]]]:
    """What each office still owes: all that it lacks, unless the officer excepted it."""
    return [one for one in lacking(basis, form) if one[0] not in basis.excepted_offices]


def excepted_from(basis: Basis, form: ReportForm) -> list[tuple[AreaOffice, list[Section]]]:
    """What the excepted offices lack."""
    return [one for one in lacking(basis, form) if one[0] in basis.excepted_offices]


def titles_of(form: ReportForm, sections: Sequence[Section]) -> str:
    """The sections by their printed numbers and titles, as one phrase."""
    return listed([f"{form.issue_number}.{form.sections.index(one) + 1} {one.title}" for one in sections])


def is_draft(basis: Basis, form: ReportForm) -> bool:
    """Whether anything is owed: a school to be verified, or a section to be handed in."""
    return bool(basis.unverified or owed_by(basis, form))


def owed_lines(basis: Basis, form: ReportForm, *, codes: bool = True) -> tuple[str, ...]:
    """All that is owed, a line each; with the ``codes`` that an exception would name, or as a paper says it."""
    schools = [
        (f"{school.office.name} ยังไม่ตรวจสอบผลของโรงเรียน{school.name}", school.ministry_code)
        for school in basis.unverified
    ]
    offices = [
        (f"{office.name} ยังไม่ส่งข้อมูลหัวข้อ {titles_of(form, sections)}", office.code)
        for office, sections in owed_by(basis, form)
    ]
    return tuple(f"{line} (รหัส {code})" if codes else line for line, code in (*schools, *offices))


def doubt_lines(basis: Basis) -> tuple[str, ...]:
    """All that should be looked at again, a line each, with its place: accounts, register, cut-off, levels against facts."""
    return (*_accounts(basis), *_register(basis), *_rounds(basis), *_levels(basis.verified))


def _accounts(basis: Basis) -> list[str]:
    lines = []
    known = known_schools("")
    for office in basis.offices:
        of_office = replace(known, office=office.code)
        for one in doubts_of(office, basis.inspection.year, basis.handed_in[office.pk], of_office):
            lines.append(f"{office.name} แผ่น{PARTS[one.part]} รายการที่ {one.index + 1}: {one.problem.message}")
    return list(dict.fromkeys(lines))


def _register(basis: Basis) -> list[str]:
    lines = []
    for school in basis.schools:
        counted = basis.register.headcounts.get(school.pk)
        if counted and (problem := headcount_doubt(counted.students, counted.teachers)):
            lines.append(f"ทะเบียน โรงเรียน{school.name}: {problem.message}")
        for link in basis.register.links.get(school.pk, ()):
            ends = ((one.latitude, one.longitude) for one in (link.school, school))
            if problem := road_doubt(link.road_km, straight_km(*ends)):
                lines.append(f"ทะเบียน โรงเรียน{link.school.name} ถึงโรงเรียน{school.name}: {problem.message}")
    return lines


def _rounds(basis: Basis) -> list[str]:
    """The round of the inspection's own name, where the cut-off leaves it out."""
    problems = [
        cut_off_doubt(basis.last_day, str(one.name), one.opens.astimezone().date(), one.closes.astimezone().date())
        for one in basis.rounds_named
    ]
    return [f"การตรวจราชการ {basis.inspection}: {one.message}" for one in problems if one]


def _levels(verified: Sequence[Verified]) -> list[str]:
    """Verified levels that the school's own facts do not allow: their meaning is left out of the sentence."""
    lines = []
    for item in verified:
        for indicator in item.standing.framework.indicators:
            stand = stand_of(indicator, item)
            if not agrees(indicator, stand):
                lines.append(
                    f"โรงเรียน{item.school.name} ตัวชี้วัด {indicator.label} ตรวจสอบเป็นระดับ {stand.rating} "
                    "แต่ข้อมูลของโรงเรียนเองได้ระดับอื่น"
                )
    return lines


def section(basis: Basis, form: ReportForm, letters: Iterator[str]) -> list[Block]:
    """The page of a draft that says what it lacks; a whole report has none."""
    if not is_draft(basis, form):
        return []
    behind = schools_behind(basis.schools)
    blocks: list[Block] = [
        Heading(1, f"ภาคผนวก {next(letters)} รายการที่ต้องดำเนินการก่อนจัดทำฉบับสมบูรณ์"),
        Paragraph("รายงานฉบับนี้เป็นร่าง เพราะยังมีรายการค้าง ดังนี้", sources=behind),
        ItemList(owed_lines(basis, form, codes=False), ordered=True, sources=behind),
    ]
    if doubts := doubt_lines(basis):
        blocks += [Paragraph("รายการที่ควรตรวจสอบ ดังนี้", sources=behind), ItemList(doubts, ordered=True, sources=behind)]
    return blocks
