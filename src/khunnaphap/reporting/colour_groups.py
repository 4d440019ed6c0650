"""Colours by office: the whole office and the province's part of it, each under its label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khunnaphap.core.colours import SWATCHES
from khunnaphap.core.document import Block, Cell, Chart, Column, Heading, Paragraph, Source, Table
from khunnaphap.core.framework import Framework
from khunnaphap.organisations.models import AreaOffice, School

from .queries import Basis, Verified


def spans(basis: Basis, office: AreaOffice) -> bool:
    """True when the office has verified schools in other provinces too."""
    return len(basis.whole_office(office)) != len(basis.of_office(office))


def label_of(basis: Basis, office: AreaOffice) -> str:
    """The office's name; of one that spans provinces, with the word that only this province's part is meant."""
    return f"{office.name} (เฉพาะจังหวัด{basis.province.name})" if spans(basis, office) else office.name


def coloured_by(verified: Iterable[Verified]) -> tuple[Source, ...]:
    """The classifications behind what is said of schools' colours."""
    return tuple(Source("classification", f"{item.round}:{item.school.ministry_code}") for item in verified)


def schools_behind(schools: Iterable[School]) -> tuple[Source, ...]:
    """The schools behind what is said of them, where none has a verified round."""
    return tuple(Source("school", school.ministry_code) for school in schools)


def counts(verified: Sequence[Verified]) -> Counter[str]:
    """How many schools each colour has; a school counts under the colour decided on, where one was."""
    return Counter(item.band.colour for item in verified if item.band)


@dataclass(frozen=True)
class Beside:
    """What stands beside the tables of colours: charts, and notices of decided colours, here and elsewhere."""

    charts: Sequence[Chart] = ()
    here: Sequence[Paragraph] = ()
    elsewhere: Sequence[Paragraph] = ()


def section(basis: Basis, framework: Framework, number: str, level: int, beside: Beside = Beside()) -> list[Block]:
    """A table of colours by office with what stands beside it, and for each office its schools by colour."""
    total = counts(basis.verified)
    named = _named(framework, total)
    blocks: list[Block] = [
        Heading(level, "กลุ่มสีของโรงเรียนคุณภาพ จำแนกตามสำนักงานเขตพื้นที่การศึกษา", number),
        Paragraph(
            f"โรงเรียนคุณภาพในจังหวัด{basis.province.name}ที่ตรวจสอบแล้ว {len(basis.verified)} โรงเรียน จัดกลุ่มได้ดังนี้ {named}"
            if named
            else f"ยังไม่มีโรงเรียนคุณภาพในจังหวัด{basis.province.name}ที่จัดกลุ่มได้",
            sources=coloured_by(basis.verified) or schools_behind(basis.schools),
        ),
        *beside.here,
        _table(basis, framework),
        *beside.charts,
    ]
    spanning = [office for office in basis.offices if spans(basis, office)]
    if spanning:
        rows = tuple(_row(f"{office.name} (ทั้งเขต)", basis.whole_office(office), framework) for office in spanning)
        sources = tuple(one for office in spanning for one in coloured_by(basis.whole_office(office)))
        whole = Table("สำนักงานเขตที่มีโรงเรียนในหลายจังหวัด นับทั้งเขต", _columns(framework), rows, sources)
        blocks += [*beside.elsewhere, whole]
    for office in basis.offices:
        blocks += _office(basis, framework, office)
    return blocks


def _named(framework: Framework, found: Counter[str]) -> str:
    return " ".join(f"สี{band.title} {found[band.colour]} โรงเรียน" for band in framework.bands if found[band.colour])


def _table(basis: Basis, framework: Framework) -> Table:
    rows = []
    for office in basis.offices:
        rows.append(_row(label_of(basis, office), basis.of_office(office), framework))
    rows.append(_row(f"รวมจังหวัด{basis.province.name}", basis.verified, framework, bold=True))
    return Table(
        f"จำนวนโรงเรียนในแต่ละกลุ่มสี จังหวัด{basis.province.name}",
        _columns(framework),
        tuple(rows),
        sources=coloured_by(basis.verified) or schools_behind(basis.schools),
    )


def _columns(framework: Framework) -> tuple[Column, ...]:
    return (
        Column("สำนักงานเขตพื้นที่การศึกษา", 5),
        *(Column(band.title, 1, "centre") for band in framework.bands),
        Column("รวม", 1, "centre"),
    )


def _row(title: str, verified: Sequence[Verified], framework: Framework, bold: bool = False) -> tuple[Cell, ...]:
    found = counts(verified)
    numbers = (found[band.colour] for band in framework.bands)
    return (
        Cell(title, bold),
        *(Cell(str(number) if number else "-", bold) for number in numbers),
        Cell(str(sum(found.values())), bold),
    )


def _office(basis: Basis, framework: Framework, office: AreaOffice) -> list[Block]:
    part, whole = basis.of_office(office), basis.whole_office(office)
    text = f"ในจังหวัด{basis.province.name} {len(part)} โรงเรียน {_named(framework, counts(part))}".strip()
    if spans(basis, office):
        text += f" ทั้งเขต {len(whole)} โรงเรียน {_named(framework, counts(whole))}".rstrip()
    own = [school for school in basis.schools if school.office_id == office.pk]
    sources = coloured_by(whole) or schools_behind(own)
    blocks: list[Block] = [Paragraph(text, lead=f"{office.name}:", sources=sources)]
    for band in framework.bands:
        found = [v for v in part if v.band and v.band.colour == band.colour]
        if found:
            names = " ".join(f"โรงเรียน{v.school.name}" for v in found)
            text = f"{names} ({len(found)} โรงเรียน)"
            blocks.append(Paragraph(text, lead=f"สี{band.title}:", sources=coloured_by(found)))
    return blocks


def coloured(framework: Framework, colour: str, mark: str = "") -> Cell:
    """A cell with a colour's square and name, and a mark after it."""
    title = next((band.title for band in framework.bands if band.colour == colour), "-")
    return Cell(title + mark, swatch=SWATCHES.get(colour, ""))
