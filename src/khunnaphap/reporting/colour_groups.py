"""Colours by office: the whole office and the province's part of it, each under its label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khunnaphap.core.colours import SWATCHES
from khunnaphap.core.document import Block, Cell, Chart, Column, Paragraph, Source, Table
from khunnaphap.core.framework import Framework
from khunnaphap.organisations.models import AreaOffice, School

from .phrasing import listed
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


def section(basis: Basis, framework: Framework, beside: Beside = Beside(), *, by_name: bool = True) -> list[Block]:
    """How the verified schools are coloured as a whole: a sentence, a table by office, and the schools of each colour."""
    named = _named(framework, counts(basis.verified))
    blocks: list[Block] = [
        Paragraph(
            f"โรงเรียนคุณภาพในจังหวัด{basis.province.name}ที่ตรวจสอบแล้ว {len(basis.verified)} โรงเรียน จัดกลุ่มได้ดังนี้ {named}"
            if named
            else f"ยังไม่มีโรงเรียนคุณภาพในจังหวัด{basis.province.name}ที่จัดกลุ่มได้",
            sources=coloured_by(basis.verified) or schools_behind(basis.schools),
        ),
        *_left_out(basis),
        *beside.here,
    ]
    if named:
        blocks += tables(basis, framework)[:1]
    blocks += beside.charts
    if spanning := tables(basis, framework)[1:]:
        blocks += [*beside.elsewhere, *spanning]
    return blocks + (_by_name(basis, framework) if by_name else [])


def tables(basis: Basis, framework: Framework) -> list[Table]:
    """Colours by office, and of the offices that span provinces as a whole."""
    found = [_table(basis, framework)]
    spanning = [office for office in counted_offices(basis) if spans(basis, office)]
    if spanning:
        rows = tuple(_row(f"{office.name} (ทั้งเขต)", basis.whole_office(office), framework) for office in spanning)
        sources = tuple(one for office in spanning for one in coloured_by(basis.whole_office(office)))
        found.append(Table("สำนักงานเขตพื้นที่การศึกษาที่มีโรงเรียนในหลายจังหวัด นับทั้งเขต", _columns(framework), rows, sources))
    return found


def counted_offices(basis: Basis) -> list[AreaOffice]:
    """The offices that have verified schools here; the others are named, not counted as 0."""
    return [office for office in basis.offices if basis.of_office(office)]


def _left_out(basis: Basis) -> list[Block]:
    """Offices none of whose schools are counted: as the officer decided, or as yet."""
    others = [office for office in basis.offices if not basis.of_office(office)]
    excepted = [office for office in others if office in basis.excepted_offices]
    waiting = [office for office in others if office not in basis.excepted_offices]
    blocks: list[Block] = []
    for offices, why in ((excepted, "ซึ่งผู้จัดทำรายงานระบุให้ยกเว้น"), (waiting, "ซึ่งยังไม่มีโรงเรียนที่ตรวจสอบแล้ว")):
        if offices and len(others) < len(basis.offices):
            text = f"ไม่นับรวมโรงเรียนคุณภาพของ {listed([office.name for office in offices])} {why}"
            own = [one for one in basis.schools if one.office in offices]
            blocks.append(Paragraph(text, style="note", sources=schools_behind(own)))
    return blocks


def _named(framework: Framework, found: Counter[str]) -> str:
    return listed([f"สี{band.title} {found[band.colour]} โรงเรียน" for band in framework.bands if found[band.colour]])


def _table(basis: Basis, framework: Framework) -> Table:
    rows = []
    for office in counted_offices(basis):
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


def _by_name(basis: Basis, framework: Framework) -> list[Block]:
    """The schools of each colour, each once."""
    blocks: list[Block] = []
    for band in framework.bands:
        found = [item for item in basis.verified if item.band and item.band.colour == band.colour]
        if found:
            names = listed([f"โรงเรียน{item.school.name}" for item in found])
            lead = f"กลุ่มสี{band.title} {len(found)} โรงเรียน ได้แก่"
            blocks.append(Paragraph(names, lead=lead, sources=coloured_by(found)))
    return blocks


def coloured(framework: Framework, colour: str, mark: str = "") -> Cell:
    """A cell with a colour's square and name, and a mark after it."""
    title = next((band.title for band in framework.bands if band.colour == colour), "-")
    return Cell(title + mark, swatch=SWATCHES.get(colour, ""))
