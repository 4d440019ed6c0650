"""A register workbook into the record: places, offices, schools and what they have, rounds and inspections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import Any, Final

from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import open_round
from khunnaphap.assessments.means import lacking_means
from khunnaphap.assessments.models import Round
from khunnaphap.audit.actions import record
from khunnaphap.core.grades import as_words, grades_of
from khunnaphap.core.land import parse_land, write_land
from khunnaphap.core.problems import Problem
from khunnaphap.core.register import (
    InspectionEntry,
    OfficeEntry,
    RegionEntry,
    Register,
    RoundEntry,
    SchoolEntry,
    laid_over,
)
from khunnaphap.core.rounds import RoundName
from khunnaphap.frameworks.models import Edition
from khunnaphap.organisations import actions
from khunnaphap.organisations.actions import NewOffice, NewSchool
from khunnaphap.organisations.models import School
from khunnaphap.organisations.queries import Gazetteer, plain_district
from khunnaphap.programme.actions import plan_inspection
from khunnaphap.programme.models import Inspection
from khunnaphap.sheets.reading import Workbook
from khunnaphap.sheets.register_book import read_register

from .register_checks import KEYS, RegisterCheck, key_of
from .register_doubts import doubts
from .register_forms import recorded
from .reports import ImportReport, Part, Source

_NAMED: Final = 6
_WHAT: Final = {
    "regions": "เขตตรวจราชการ",
    "provincial_offices": "สำนักงานศึกษาธิการจังหวัด",
    "offices": "สำนักงานเขต",
    "schools": "โรงเรียน",
    "buildings": "อาคาร",
    "headcounts": "จำนวนนักเรียนและครู",
    "networks": "โรงเรียนเครือข่าย",
}


def import_register(report: ImportReport, source: Source, book: Workbook, by: User) -> None:
    """Take a register whole, or report every fault at its cell; entries that are there already are renewed."""
    hand_in = read_register(book)
    report.add_warnings(hand_in.findings.warnings)
    report.add_problems(hand_in.findings.problems)
    places, before = Gazetteer.of_record(), _before(hand_in.told)
    check = RegisterCheck(hand_in, before, places)
    report.add_problems(check.problems())
    if report.problems:
        return
    report.add_warnings(doubts(check))
    taken = _Differing.between(hand_in.told, before, places)
    _take(taken, places, by)
    opened = []
    for place, one in enumerate(hand_in.told.rounds):
        if not _round_exists(one.name):
            opened.append(_open(one, hand_in.told, by))
            report.add_warnings(hand_in.placed("rounds", place, "name", found) for found in _without_means(opened[-1]))
    planned = [one for one in hand_in.told.inspections if _plan(one, by)]
    told = taken.words()
    if opened:
        told.append(f"เปิดรอบ {', '.join(map(str, opened))}")
    if planned:
        told.append(f"การตรวจราชการ {len(planned)} รอบ")
    total = taken.count + len(opened) + len(planned)
    if total:
        source.noted()
        record(by=by, verb="import_register", subject="register", file=source.name, sha256=source.digest)
    report.parts.append(Part("", "ทะเบียน", total, "", (), " ".join(told) or "ไม่มีสิ่งใดเปลี่ยน"))


def _before(told: Register) -> dict[str, dict[Any, Any]]:
    """What the record has, by part and key; of schools only those that the register names."""
    codes = {one.ministry_code for one in told.schools}
    codes |= {one.school for one in (*told.buildings, *told.headcounts, *told.networks)}
    codes |= {one.quality_school for one in told.networks}
    had = recorded(School.objects.filter(ministry_code__in=codes))
    return {part: {key_of(part, one): one for one in getattr(had, part)} for part in KEYS}


@dataclass(frozen=True)
class _Differing:
    """The entries that say something new, by part, each whole; ``added`` counts those that the record lacks."""

    entries: Mapping[str, list[Any]]
    added: Mapping[str, int]

    @classmethod
    def between(cls, told: Register, before: Mapping[str, Mapping[Any, Any]], places: Gazetteer) -> _Differing:
        entries, added = {}, {}
        for part in KEYS:
            had = before[part]
            keyed = {key_of(part, one): one for one in getattr(told, part)}
            whole = {key: _settled(laid_over(one, had.get(key)), places) for key, one in keyed.items()}
            differing = {k: one for k, one in whole.items() if k not in had or one != _settled(had[k], places)}
            entries[part] = list(differing.values())
            added[part] = sum(key not in had for key in differing)
        return cls(entries, added)

    @property
    def count(self) -> int:
        """How many entries say something new."""
        return sum(map(len, self.entries.values()))

    def words(self) -> list[str]:
        """What was added and changed, in Thai."""
        return [
            f"{_WHAT[part]} ใหม่ {self.added[part]:,} แก้ไข {len(found) - self.added[part]:,}"
            for part, found in self.entries.items()
            if found
        ]


def _settled(entry: Any, places: Gazetteer) -> Any:
    """An entry as the record itself would say it, whatever the way it was written."""
    changed: dict[str, Any] = {}
    if isinstance(entry, RegionEntry | OfficeEntry):
        changed["provinces"] = tuple(sorted(set(entry.provinces), key=lambda name: places.provinces[name]))
    if isinstance(entry, OfficeEntry):
        changed["predecessors"] = tuple(sorted(set(entry.predecessors)))
    if isinstance(entry, SchoolEntry):
        changed["district"] = plain_district(entry.district)
        changed["grades"] = as_words(set(grades_of(entry.grades)))
        changed["land_area"] = write_land(parse_land(entry.land_area)) if entry.land_area else ""
        changed["is_quality"] = bool(entry.is_quality)
    return replace(entry, **changed) if changed else entry


def _take(taken: _Differing, places: Gazetteer, by: User) -> None:
    found = taken.entries
    for region in found["regions"]:
        codes = [places.provinces[name] for name in region.provinces]
        actions.register_region(number=region.number, name=region.name, provinces=codes, by=by)
    for office in found["provincial_offices"]:
        actions.register_provincial_office(province=places.provinces[office.province], name=office.name, by=by)
    whole: list[tuple[str, Callable[[], object]]] = [
        ("offices", lambda: actions.register_offices(offices=[new_office(o, places) for o in found["offices"]], by=by)),
        (
            "schools",
            lambda: actions.register_schools(schools=[_new_school(s, places) for s in found["schools"]], by=by),
        ),
        ("buildings", lambda: actions.record_buildings(buildings=found["buildings"], by=by)),
        ("headcounts", lambda: actions.record_headcounts(headcounts=found["headcounts"], by=by)),
        ("networks", lambda: actions.link_network(links=found["networks"], by=by)),
    ]
    for part, take in whole:
        if found[part]:
            take()


def new_office(entry: OfficeEntry, places: Gazetteer) -> NewOffice:
    """An office as the action takes it: provinces by code."""
    said = {one.name: getattr(entry, one.name) for one in fields(entry)}
    return NewOffice(**{**said, "provinces": tuple(places.provinces[name] for name in entry.provinces)})


def _new_school(entry: SchoolEntry, places: Gazetteer) -> NewSchool:
    district = places.district(entry.province, entry.district)
    assert district is not None  # checked
    return NewSchool(
        ministry_code=entry.ministry_code,
        smis_code=entry.smis_code,
        name=entry.name,
        district=district,
        office=entry.office,
        grades=grades_of(entry.grades),
        latitude=entry.latitude,
        longitude=entry.longitude,
        is_quality=bool(entry.is_quality),
        position_source=entry.position_source or "",
        affiliation=entry.affiliation,
        land_area=parse_land(entry.land_area) if entry.land_area else None,
    )


def _plan(entry: InspectionEntry, by: User) -> bool:
    """Enter an inspection or renew it; false when it stands so already."""
    name, cut_off = RoundName.parse(entry.name), _moment(entry.cut_off, last=True)
    before = Inspection.objects.filter(year=name.year, number=name.number).first()
    asked = {  # a blank cell keeps what the record has
        field: getattr(entry, field) or (getattr(before, field) if before else "")
        for field in ("policy", "issue_number", "issue")
    }
    if before and before.cut_off == cut_off and asked == {field: getattr(before, field) for field in asked}:
        return False
    plan_inspection(name=name, cut_off=cut_off, by=by, **asked)
    return True


def _open(entry: RoundEntry, told: Register, by: User) -> RoundName:
    name = RoundName.parse(entry.name)
    open_round(
        edition=Edition.objects.get(code=entry.edition),
        name=name,
        opens=_moment(entry.opens),
        closes=_moment(entry.closes, last=True),
        schools=School.objects.filter(is_quality=True),
        references={one.fact: f"{one.mean:f}" for one in told.references if RoundName.parse(one.round) == name},
        by=by,
    )
    return name


def _without_means(name: RoundName) -> Iterator[Problem]:
    """A warning that names the reference means which the schools of a new round need and it lacks."""
    lacking = lacking_means(Round.objects.select_related("edition").get(year=name.year, number=name.number))
    if lacking:
        named = ", ".join(f"{fact.title} ({fact.id})" for fact in lacking[:_NAMED])
        more = f" และอีก {len(lacking) - _NAMED} รายการ" if len(lacking) > _NAMED else ""
        message = f"รอบ {name} ยังไม่มีค่าอ้างอิง {named}{more} โรงเรียนจะยังไม่มีกลุ่มสี"
        mend = "เพิ่มที่หน้ารอบการประเมิน (ค่าอ้างอิงและวันของรอบ) โดยเจ้าหน้าที่ สพฐ. หรือผู้ดูแลระบบ"
        yield Problem("means-lacking", message, mend)


def _round_exists(text: str) -> bool:
    name = RoundName.parse(text)
    return Round.objects.filter(year=name.year, number=name.number).exists()


def _moment(day: date, *, last: bool = False) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59) if last else time(0, 0)))
