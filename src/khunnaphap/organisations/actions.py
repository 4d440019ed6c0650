"""Entering places, offices, schools and what schools have into the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import geothai
from django.db import transaction

from khunnaphap.audit.actions import Actor, record
from khunnaphap.core.names import school_name
from khunnaphap.core.offices import name_key
from khunnaphap.core.register import BuildingEntry, HeadcountEntry, NetworkEntry

from .models import (
    AreaOffice,
    Building,
    District,
    Headcount,
    NetworkLink,
    OfficeAlias,
    Province,
    ProvincialOffice,
    Region,
    School,
)

_BATCH: Final = 1000
_SCHOOL_FIELDS: Final = (
    "smis_code", "name", "affiliation", "district", "office", "grades", "is_quality",
    "latitude", "longitude", "position_source", "land_area",
)  # fmt: skip


@dataclass(frozen=True)
class NewOffice:
    """An area office to enter; ``provinces`` and ``predecessors`` by code."""

    code: str
    name: str
    level: str
    provinces: tuple[str, ...]
    opened: date | None = None
    closed: date | None = None
    aliases: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewSchool:
    """A school to enter; ``grades`` are the grades taught ("K1" to "K3", "P1" to "P6", "M1" to "M6").

    ``district`` and ``office`` by code, ``land_area`` in square wah.
    """

    ministry_code: str
    smis_code: str
    name: str
    district: str
    office: str
    grades: tuple[str, ...]
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    is_quality: bool = False
    position_source: str = ""
    affiliation: str = ""
    land_area: Decimal | None = None


@transaction.atomic
def enter_places(*, by: Actor) -> None:
    """Enter all provinces and districts of the country (from geothai); those already there stay as they are."""
    provinces = geothai.provinces()
    Province.objects.bulk_create([Province(code=str(p.code), name=p.name_th) for p in provinces], ignore_conflicts=True)
    districts = [district for province in provinces for district in geothai.districts(province.code)]
    District.objects.bulk_create(
        [District(code=str(d.code), name=d.name_th, province_id=str(d.province_code)) for d in districts],
        ignore_conflicts=True,
    )
    record(by=by, verb="enter_places", subject="places:th", provinces=len(provinces), districts=len(districts))


@transaction.atomic
def register_region(*, number: int, name: str, provinces: Iterable[str], by: Actor) -> Region:
    """Enter an inspection region, or give it the name and provinces (by code) it has now."""
    region, _ = Region.objects.update_or_create(number=number, defaults={"name": name})
    spans = sorted(provinces)
    region.provinces.exclude(code__in=spans).update(region=None)
    Province.objects.filter(code__in=spans).update(region=region)
    record(by=by, verb="register_region", subject=f"region:{number}", name=name, provinces=spans)
    return region


@transaction.atomic
def register_provincial_office(*, province: str, name: str, by: Actor) -> ProvincialOffice:
    """Enter the provincial education office of a province (by code), or give it its name."""
    office, _ = ProvincialOffice.objects.update_or_create(province_id=province, defaults={"name": name})
    record(by=by, verb="register_provincial_office", subject=f"province:{province}", name=name)
    return office


@transaction.atomic
def register_offices(*, offices: Iterable[NewOffice], by: Actor) -> int:
    """Enter area offices, or renew those that are there; gives how many.

    Provinces must be there, and predecessors too or among ``offices``; an alias must be of no other office.
    """
    listed = list(offices)
    _enter_offices(listed)
    record(by=by, verb="register_offices", subject="offices", codes=[office.code for office in listed])
    return len(listed)


@transaction.atomic
def register_office(*, code: str, name: str, level: str, provinces: Iterable[str], by: Actor) -> AreaOffice:
    """Enter an area office that has no history, or renew it so; provinces by code."""
    register_offices(offices=[NewOffice(code, name, level, tuple(provinces))], by=by)
    return AreaOffice.objects.get(code=code)


def _enter_offices(offices: Sequence[NewOffice]) -> None:
    AreaOffice.objects.bulk_create(
        [AreaOffice(code=o.code, name=o.name, level=o.level, opened=o.opened, closed=o.closed) for o in offices],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "opened", "closed"],
    )
    ids = dict(AreaOffice.objects.values_list("code", "id"))
    here = [ids[office.code] for office in offices]
    spans, follows = AreaOffice.provinces.through, AreaOffice.predecessors.through
    spans.objects.filter(areaoffice_id__in=here).delete()
    spans.objects.bulk_create(
        spans(areaoffice_id=ids[office.code], province_id=code)
        for office in offices
        for code in dict.fromkeys(office.provinces)
    )
    follows.objects.filter(from_areaoffice_id__in=here).delete()
    follows.objects.bulk_create(
        follows(from_areaoffice_id=ids[office.code], to_areaoffice_id=ids[code])
        for office in offices
        for code in dict.fromkeys(office.predecessors)
    )
    OfficeAlias.objects.filter(office_id__in=here).delete()
    OfficeAlias.objects.bulk_create(
        OfficeAlias(office_id=ids[office.code], name=name, key=key)
        for office in offices
        for key, name in {name_key(name): name for name in office.aliases}.items()
    )


@transaction.atomic
def register_schools(*, schools: Iterable[NewSchool], by: Actor) -> int:
    """Enter schools, or renew those that are there; gives how many. Offices and districts must be there."""
    listed = list(schools)
    _enter_schools(listed)
    record(by=by, verb="register_schools", subject="schools", codes=[school.ministry_code for school in listed])
    return len(listed)


@transaction.atomic
def enter_school_list(
    *, offices: Sequence[NewOffice], schools: Sequence[NewSchool], file: str, sha256: str, by: Actor
) -> None:
    """Enter or renew what a list of schools says, with the offices it needs; one event for the whole list."""
    _enter_offices(offices)
    _enter_schools(schools)
    codes = [office.code for office in offices]
    counted = {"schools": len(schools), "offices": codes, "file": file, "sha256": sha256}
    record(by=by, verb="enter_school_list", subject="schools", **counted)


def _enter_schools(schools: Sequence[NewSchool]) -> None:
    offices = dict(AreaOffice.objects.values_list("code", "id"))
    for start in range(0, len(schools), _BATCH):
        School.objects.bulk_create(
            [
                School(
                    ministry_code=school.ministry_code,
                    smis_code=school.smis_code,
                    name=school_name(school.name),
                    affiliation=school.affiliation,
                    district_id=school.district,
                    office_id=offices[school.office],
                    grades=list(school.grades),
                    latitude=school.latitude,
                    longitude=school.longitude,
                    position_source=school.position_source,
                    land_area=school.land_area,
                    is_quality=school.is_quality,
                )
                for school in schools[start : start + _BATCH]
            ],
            update_conflicts=True,
            unique_fields=["ministry_code"],
            update_fields=_SCHOOL_FIELDS,
        )


@transaction.atomic
def record_buildings(*, buildings: Sequence[BuildingEntry], by: Actor) -> None:
    """Enter buildings, or renew those of the same school and name. Schools must be there."""
    ids = _school_ids(one.school for one in buildings)
    Building.objects.bulk_create(
        [
            Building(
                school_id=ids[one.school],
                name=one.name,
                design=one.design,
                year_built=one.year_built,
                rooms=one.rooms,
            )
            for one in buildings
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["school", "name"],
        update_fields=["design", "year_built", "rooms"],
    )
    record(by=by, verb="record_buildings", subject="buildings", schools=sorted(ids), buildings=len(buildings))


@transaction.atomic
def record_headcounts(*, headcounts: Sequence[HeadcountEntry], by: Actor) -> None:
    """Enter head counts, or renew those of the same school and day. Schools must be there."""
    ids = _school_ids(one.school for one in headcounts)
    Headcount.objects.bulk_create(
        [
            Headcount(
                school_id=ids[one.school],
                day=one.day,
                students=one.students,
                teachers=one.teachers,
                classrooms=one.classrooms,
            )
            for one in headcounts
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["school", "day"],
        update_fields=["students", "teachers", "classrooms"],
    )
    record(by=by, verb="record_headcounts", subject="headcounts", schools=sorted(ids), headcounts=len(headcounts))


@transaction.atomic
def link_network(*, links: Sequence[NetworkEntry], by: Actor) -> None:
    """Enter which schools are whose network, or renew the roads and the expected mergers. Schools must be there."""
    ids = _school_ids(code for one in links for code in (one.school, one.quality_school))
    NetworkLink.objects.bulk_create(
        [
            NetworkLink(
                school_id=ids[one.school],
                quality_school_id=ids[one.quality_school],
                road_km=one.road_km,
                merge_expected=one.merge_expected,
            )
            for one in links
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["school", "quality_school"],
        update_fields=["road_km", "merge_expected"],
    )
    pairs = [f"{one.school} > {one.quality_school}" for one in links]
    record(by=by, verb="link_network", subject="networks", pairs=pairs)


def _school_ids(codes: Iterable[str]) -> dict[str, int]:
    wanted = set(codes)
    return {code: key for code, key in School.objects.values_list("ministry_code", "id") if code in wanted}
