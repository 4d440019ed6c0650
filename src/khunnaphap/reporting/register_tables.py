"""Appendix of the register: what the schools have, office by office, and their network schools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from khunnaphap.core.distances import straight_km
from khunnaphap.core.document import Block, Cell, Column, Paragraph, Source, Table
from khunnaphap.core.grades import as_words
from khunnaphap.core.land import write_land
from khunnaphap.core.thai.collation import in_thai_order
from khunnaphap.core.thai.dates import long_date, short_date
from khunnaphap.core.thai.numerals import grouped
from khunnaphap.organisations.models import AreaOffice, Building, NetworkLink, School

from .queries import Basis
from .report_forms import ReportForm

OLD = 45
"""Years after which a building is told as old."""


def section(basis: Basis, form: ReportForm) -> list[Block]:
    """Tables for each office, without what nobody entered; nothing at all where nobody entered anything.

    A note leads to its tables: one that followed them could begin another page, where it says nothing."""
    found: list[Block] = []
    for office in basis.offices:
        schools = [school for school in basis.schools if school.office_id == office.pk]
        if form.prints("register_gaps") and schools:
            found += _unknown(basis, office, schools)
        found += office_tables(basis, office)
    if not found:
        return []
    return [
        Paragraph(
            f"ข้อมูลจากทะเบียน จำนวนนักเรียน ครู และห้องเรียนเป็นของวันที่นับล่าสุดซึ่งไม่เกินวันที่ {long_date(basis.last_day)} "
            f"อายุอาคารนับถึง พ.ศ. {basis.last_day.year + 543}",
            style="note",
            sources=tuple(Source("school", school.ministry_code) for school in basis.schools),
        ),
        *found,
    ]


def office_tables(basis: Basis, office: AreaOffice) -> list[Table]:
    """People, property and networks of an office's schools in this province; rows and columns of dashes are left out."""
    schools = [school for school in basis.schools if school.office_id == office.pk]
    if not schools:
        return []
    found = [
        without_dashes(_people(basis, office, schools), keys=3),
        *(without_dashes(table, keys=1) for table in _property(basis, office, schools)),
        *(without_dashes(table, keys=2) for table in _networks(basis, office, schools)),
    ]
    return [table for table in found if table]


def without_dashes(table: Table, keys: int) -> Table | None:
    """A table without the rows and columns that say nothing beside their first ``keys`` columns; ``None`` where none do."""
    rows = [row for row in table.rows if any(cell.text not in _NOTHING for cell in row[keys:])]
    kept = [
        place
        for place in range(len(table.columns))
        if place < keys or any(row[place].text not in _NOTHING for row in rows)
    ]
    if not rows or len(kept) <= keys:
        return None
    cells = tuple(tuple(row[place] for place in kept) for row in rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=cells)


_NOTHING = ("-", "")


def _shown(number: int | None) -> str:
    return "-" if number is None else grouped(number)


def _people(basis: Basis, office: AreaOffice, schools: Sequence[School]) -> Table:
    columns = (
        Column("โรงเรียน", 18),
        Column("อำเภอ", 14),
        Column("ชั้นที่เปิดสอน", 10, "centre"),
        Column("นักเรียน", 8, "right"),
        Column("ครู", 6, "right"),
        Column("ห้องเรียน", 8, "right"),
        Column("ณ วันที่", 13, "centre"),
    )
    rows, sources = [], []
    for school in schools:
        found = basis.register.headcounts.get(school.pk)
        numbers = (found.students, found.teachers, found.classrooms) if found else (None, None, None)
        rows.append(
            (
                Cell(school.name),
                Cell(school.district.name),
                Cell(as_words(set(school.grades)) or "-"),
                *(Cell(_shown(number)) for number in numbers),
                Cell(short_date(found.day) if found else "-"),
            )
        )
        sources.append(Source("school", school.ministry_code))
        if found:
            sources.append(Source("headcount", f"{school.ministry_code}:{found.day.isoformat()}"))
    return Table(f"{office.name} นักเรียน ครู และห้องเรียน", columns, tuple(rows), tuple(sources))


def _property(basis: Basis, office: AreaOffice, schools: Sequence[School]) -> Iterable[Table]:
    """Land and buildings of every school, where either is known of any; a dash stands for what is not."""
    columns = (
        Column("โรงเรียน", 10),
        Column("ที่ดิน (ไร่-งาน-ตร.วา)", 8, "centre"),
        Column("อาคาร (หลัง)", 4, "centre"),
        Column("ปีที่สร้างเก่าที่สุด (พ.ศ.)", 6, "centre"),
        Column(f"เกิน {OLD} ปี (หลัง)", 5, "centre"),
    )
    rows, sources = [], []
    for school in schools:
        buildings = basis.register.buildings.get(school.pk, ())
        land = "-" if school.land_area is None else write_land(school.land_area)
        rows.append((Cell(school.name), Cell(land), *map(Cell, _ages(buildings, basis.last_day.year + 543))))
        sources.append(Source("school", school.ministry_code))
        sources += [Source("building", f"{school.ministry_code}:{one.name}") for one in buildings]
    if any(school.land_area is not None or school.pk in basis.register.buildings for school in schools):
        yield Table(f"{office.name} ที่ดินและอาคาร", columns, tuple(rows), tuple(sources))


def _ages(buildings: Sequence[Building], year: int) -> tuple[str, str, str]:
    """How many buildings, the oldest one's year, and how many are old (of those whose year is known)."""
    built = [one.year_built for one in buildings if one.year_built is not None]
    if not built:
        return _shown(len(buildings) or None), "-", "-"
    return _shown(len(buildings)), str(min(built)), str(sum(year - one > OLD for one in built))


def _networks(basis: Basis, office: AreaOffice, schools: Sequence[School]) -> Iterable[Table]:
    """Network schools by quality school, both in Thai order."""
    columns = (
        Column("โรงเรียนคุณภาพ", 16),
        Column("โรงเรียนเครือข่าย", 16),
        Column("อำเภอ", 13),
        Column("ทางตรง (กม.)", 8, "right"),
        Column("ตามถนน (กม.)", 8, "right"),
        Column("คาดว่าจะมาเรียนรวม", 10, "centre"),
    )
    rows, sources = [], []
    for hub in schools:
        links = in_thai_order(basis.register.links.get(hub.pk, ()), lambda link: link.school.name)
        for place, link in enumerate(links):
            rows.append((Cell("" if place else hub.name), *_link(link, hub)))
            sources.append(Source("network", f"{link.school.ministry_code}:{hub.ministry_code}"))
    if rows:
        yield Table(f"{office.name} โรงเรียนเครือข่าย", columns, tuple(rows), tuple(sources))


def _link(link: NetworkLink, hub: School) -> tuple[Cell, ...]:
    school = link.school
    straight = straight_km((school.latitude, school.longitude), (hub.latitude, hub.longitude))
    merging = {True: "ใช่", False: "ไม่ใช่", None: "-"}[link.merge_expected]
    kilometres = ("-" if km is None else f"{km:.2f}" for km in (straight, link.road_km))
    return Cell(school.name), Cell(school.district.name), *map(Cell, kilometres), Cell(merging)


def _unknown(basis: Basis, office: AreaOffice, schools: Sequence[School]) -> Iterable[Paragraph]:
    """How many schools the register knows nothing of, fact by fact."""
    found = basis.register
    lacking = {
        "จำนวนนักเรียนและครู": [one for one in schools if one.pk not in found.headcounts],
        "ที่ดิน": [one for one in schools if one.land_area is None],
        "อาคาร": [one for one in schools if one.pk not in found.buildings],
        "โรงเรียนเครือข่าย": [one for one in schools if one.pk not in found.links],
    }
    words = [f"{what} {len(without)} โรงเรียน" for what, without in lacking.items() if without]
    undated = [one for school in schools for one in found.buildings.get(school.pk, ()) if one.year_built is None]
    if undated:
        words.append(f"ปีที่สร้าง {len(undated)} หลัง")
    if words:
        sources = tuple(Source("school", school.ministry_code) for school in schools)
        yield Paragraph(f"{office.name} ทะเบียนยังไม่มีข้อมูล: {', '.join(words)}", style="note", sources=sources)
