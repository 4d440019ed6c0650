"""Appendices: how many schools stand at each level, and every school with its colour and scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khunnaphap.core.account_checks import cited_letters
from khunnaphap.core.document import Block, Cell, Column, Heading, Paragraph, Source, Table
from khunnaphap.core.framework import Component, Framework, Indicator
from khunnaphap.core.letters import Letter
from khunnaphap.core.measures import shown
from khunnaphap.core.names import in_district
from khunnaphap.core.summary import Summary
from khunnaphap.core.thai.dates import long_date
from khunnaphap.organisations.models import AreaOffice, School

from . import decisions, register_tables
from .charts import assessed
from .colour_groups import coloured, coloured_by, schools_behind, spans
from .queries import Basis, Verified, told_for
from .readiness import summary_of
from .report_forms import ReportForm


def section(basis: Basis, form: ReportForm, framework: Framework, letters: Iterator[str]) -> list[Block]:
    """The appendices that the form prints; an office that spans provinces shows the whole office and this province's part."""
    blocks: list[Block] = []
    if form.prints("level_counts"):
        blocks += _counted(basis, framework, next(letters))
        for office in (office for office in basis.offices if spans(basis, office)):
            blocks += _spanning(basis, framework, office, next(letters))
    if form.prints("scores"):
        blocks += _schools(basis, framework, next(letters))
    elif reasons := decisions.reasons(framework, basis.verified):
        blocks += [Heading(1, f"ภาคผนวก {next(letters)} โรงเรียนที่นับตามกลุ่มสีที่กำหนดโดยมีเหตุผล"), *reasons]
    if form.prints("register") and (found := register_tables.section(basis, form)):
        title = "ข้อมูลพื้นฐานและโรงเรียนเครือข่ายของโรงเรียนคุณภาพ"
        blocks += [Heading(1, f"ภาคผนวก {next(letters)} {title}"), *found]
    sources = [*(_suppliers(basis, form) if form.prints("suppliers") else [])]
    sources += letters_table(basis) if form.prints("letters") else []
    if sources:
        title = "แหล่งข้อมูล" if form.prints("suppliers") else "หนังสือที่อ้างถึง"
        blocks += [Heading(1, f"ภาคผนวก {next(letters)} {title}"), *sources]
    return blocks


def _counted(basis: Basis, framework: Framework, letter: str) -> list[Block]:
    return [
        Heading(1, f"ภาคผนวก {letter} จำนวนโรงเรียนในแต่ละระดับ จังหวัด{basis.province.name}"),
        Paragraph(
            f"นับเฉพาะโรงเรียนที่ตรวจสอบแล้ว {len(basis.verified)} โรงเรียน",
            sources=assessed(basis.verified) or schools_behind(basis.schools),
        ),
        *level_tables(framework, f"จังหวัด{basis.province.name}", basis.verified, basis.schools),
    ]


def level_tables(framework: Framework, of: str, verified: Sequence[Verified], schools: Sequence[School]) -> list[Table]:
    """How many of these schools stand at each level, a table a component."""
    sources = assessed(verified) or schools_behind(schools)
    return [
        _levels(framework, component, f"{component.title} {of}", verified, None, sources)
        for component in framework.components
    ]


def _spanning(basis: Basis, framework: Framework, office: AreaOffice, letter: str) -> list[Block]:
    part, whole = basis.of_office(office), basis.whole_office(office)
    sources = assessed(whole)
    return [
        Heading(1, f"ภาคผนวก {letter} จำนวนโรงเรียนในแต่ละระดับ {office.name}"),
        Paragraph(
            f"{office.name} มีโรงเรียนคุณภาพที่ตรวจสอบแล้ว {len(whole)} โรงเรียน อยู่ในจังหวัด{basis.province.name} {len(part)} โรงเรียน "
            f"ตัวเลขแรกในแต่ละช่องคือทั้งเขต ตัวเลขในวงเล็บคือเฉพาะจังหวัด{basis.province.name}",
            sources=sources,
        ),
        *spanning_tables(basis, framework, office),
    ]


def spanning_tables(basis: Basis, framework: Framework, office: AreaOffice) -> list[Table]:
    """How many schools of an office stand at each level, in all and (in brackets) in this province."""
    part, whole = basis.of_office(office), basis.whole_office(office)
    of = f"{office.name} ทั้งเขต (เฉพาะจังหวัด{basis.province.name})"
    return [
        _levels(framework, component, f"{component.title} {of}", whole, part, assessed(whole))
        for component in framework.components
    ]


def _levels(
    framework: Framework,
    component: Component,
    caption: str,
    schools: Sequence[Verified],
    part: Sequence[Verified] | None,
    sources: tuple[Source, ...],
) -> Table:
    columns = (
        Column("ตัวชี้วัด", 8),
        *(Column(f"{number} {name}", 3, "centre") for number, name in enumerate(framework.level_names, 1)),
        Column("ไม่เกี่ยวข้อง", 3, "centre"),
    )
    rows = tuple(_level_row(indicator, schools, part) for indicator in component.indicators)
    return Table(caption, columns, rows, sources)


def _level_row(indicator: Indicator, schools: Sequence[Verified], part: Sequence[Verified] | None) -> tuple[Cell, ...]:
    whole = _numbers(summary_of(indicator, schools))
    if part is None:
        texts = [str(number) if number else "-" for number in whole]
    else:
        inner = _numbers(summary_of(indicator, part))
        texts = [f"{a} ({b})" if a else "-" for a, b in zip(whole, inner, strict=True)]
    return (Cell(f"{indicator.label} {indicator.title}"), *(Cell(text) for text in texts))


def _numbers(summary: Summary) -> list[int]:
    return [*summary.by_level, summary.not_applicable]


def office_level_tables(basis: Basis, framework: Framework, office: AreaOffice) -> list[Table]:
    """How many of an office's schools stand at each level; of one that spans provinces as ``spanning_tables``."""
    if spans(basis, office):
        return spanning_tables(basis, framework, office)
    return level_tables(framework, office.name, basis.of_office(office), basis.schools)


def _schools(basis: Basis, framework: Framework, letter: str) -> list[Block]:
    names = " ".join(f"ด้านที่ {component.label} {component.title}" for component in framework.components)
    sources = tuple(Source("component", f"{framework.code}:{component.label}") for component in framework.components)
    text = f"คะแนนเป็นร้อยละ แสดงทศนิยมสองตำแหน่งโดยตัดเศษ {names}"
    listed = [item for office in basis.offices for _, schools in _parts(basis, office) for item in schools]
    return [
        Heading(1, f"ภาคผนวก {letter} ผลการจัดกลุ่มรายโรงเรียน"),
        Paragraph(text, style="note", sources=sources),
        *score_tables(basis, framework),
        *decisions.reasons(framework, listed),
    ]


def score_tables(basis: Basis, framework: Framework) -> list[Table]:
    """Every school with its round, its colour and its scores, a table an office (two where it spans provinces)."""
    columns = (
        Column("โรงเรียนและอำเภอ", 36),
        Column("รอบ", 16, "centre"),
        Column("กลุ่มสี", 18),
        Column("รวม", 15, "right"),
        *(Column(f"ด้านที่ {component.label}", 15, "right") for component in framework.components),
    )
    return [
        Table(
            f"{office.name} {label}".strip(),
            columns,
            tuple(_school_row(item, framework) for item in schools),
            coloured_by(schools),
        )
        for office in basis.offices
        for label, schools in _parts(basis, office)
        if schools
    ]


def _parts(basis: Basis, office: AreaOffice) -> list[tuple[str, Sequence[Verified]]]:
    if not spans(basis, office):
        return [("", basis.of_office(office))]
    outside = [item for item in basis.elsewhere if item.school.office_id == office.pk]
    return [
        (f"เฉพาะจังหวัด{basis.province.name}", basis.of_office(office)),
        (f"นอกจังหวัด{basis.province.name}", outside),
    ]


def _school_row(item: Verified, framework: Framework) -> tuple[Cell, ...]:
    score, band = item.classification.score, item.band
    parts = (score.components.get(component.label) for component in framework.components)
    return (
        Cell(f"{item.school.name}\n{in_district(item.school.district.name)}"),
        Cell(str(item.round.name)),
        coloured(framework, band.colour if band else "", decisions.MARK if item.decided else ""),
        Cell("-" if score.total is None else shown(score.total)),
        *(Cell("-" if part is None else shown(part)) for part in parts),
    )


def _suppliers(basis: Basis, form: ReportForm) -> list[Table]:
    """Who supplied what, section by section."""
    columns = (Column("ส่วนของรายงาน", 6), Column("ผู้ให้ข้อมูล", 6), Column("สำนักงานเขตพื้นที่การศึกษาที่ให้ข้อมูลแล้ว", 6))
    rows = []
    for place, section in enumerate(form.sections, 1):
        told = [office.name for office in basis.offices if told_for(basis, office, section)]
        rows.append(
            (
                Cell(f"{form.issue_number}.{place} {section.title}"),
                Cell(section.supplied_by),
                Cell("\n".join(told) or "ยังไม่มี"),
            )
        )
    accounts = [one for office in basis.offices for one in basis.silent(office)]
    return [Table("ส่วนของรายงานและผู้ให้ข้อมูล", columns, tuple(rows), (Source("form", form.code), *accounts))]


def letters_table(basis: Basis) -> list[Table]:
    """Every letter that the offices cite, by its day."""
    cited: dict[Letter, list[str]] = {}
    sources: dict[Source, None] = {}
    for office in basis.offices:
        for part, at, _, letter in cited_letters(basis.accounts[office.pk]):
            offices = cited.setdefault(letter, [])
            if office.name not in offices:
                offices.append(office.name)
            sources |= dict.fromkeys(basis.told_in(office, part, at))
    if not cited:
        return []
    columns = (
        Column("ที่", 2, "centre"), Column("ลงวันที่", 9), Column("หนังสือ คำสั่ง และประกาศ", 21), Column("อ้างโดย", 8),
    )  # fmt: skip
    listed = sorted(cited, key=lambda letter: (letter.dated, letter.sender, letter.number))
    rows = tuple(
        (Cell(str(place)), Cell(long_date(letter.dated)), Cell(letter.cited()), Cell("\n".join(cited[letter])))
        for place, letter in enumerate(listed, 1)
    )
    return [Table("บัญชีหนังสือ คำสั่ง และประกาศที่อ้างถึง เรียงตามวันที่", columns, rows, tuple(sources))]
