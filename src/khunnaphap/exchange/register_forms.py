"""The register workbook of what the record has, of the country or of some provinces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from django.db.models import Q, QuerySet

from khunnaphap.assessments.models import Round
from khunnaphap.assessments.queries import EXAMPLE_DATA_MARK
from khunnaphap.core.distances import straight_km
from khunnaphap.core.grades import as_words
from khunnaphap.core.land import write_land
from khunnaphap.core.problems import Refusal
from khunnaphap.core.register import (
    BuildingEntry,
    HeadcountEntry,
    NetworkEntry,
    ProvincialOfficeEntry,
    RegionEntry,
    Register,
    SchoolEntry,
)
from khunnaphap.organisations.models import (
    Building,
    Headcount,
    NetworkLink,
    Province,
    ProvincialOffice,
    Region,
    School,
)
from khunnaphap.organisations.queries import office_entries
from khunnaphap.sheets.contract import Identity
from khunnaphap.sheets.register_book import RegisterForm

_MADE: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""No date of its own: the same register gives the same bytes."""


def register_form(provinces: Sequence[str] = ()) -> RegisterForm:
    """The register workbook with what the record has, or with what belongs to these provinces (by code).

    ``Refusal`` when there is no such province.
    """
    for code in provinces:
        if not Province.objects.filter(code=code).exists():
            raise Refusal("province-unknown", f"ไม่มีจังหวัดรหัส “{code}”", "ใช้รหัสจังหวัด 2 หลัก เช่น 52")
    schools = School.objects.filter(district__province__in=provinces) if provinces else School.objects.all()
    told = recorded(schools)
    if provinces:
        told = _of(told, set(Province.objects.filter(code__in=provinces).values_list("name", flat=True)))
    marks = EXAMPLE_DATA_MARK if Round.objects.filter(is_example=True).exists() else ""
    return RegisterForm(Identity("register", "-", "-", "-"), marks, _MADE, told)


def _of(told: Register, provinces: set[str]) -> Register:
    """The part of a register that these provinces (by name) need; with offices come those whose work they took over."""
    needed = {one.office for one in told.schools}
    needed |= {one.code for one in told.offices if provinces & set(one.provinces)}
    needed |= {code for one in told.offices if one.code in needed for code in one.predecessors}
    return Register(
        regions=tuple(one for one in told.regions if provinces & set(one.provinces)),
        provincial_offices=tuple(one for one in told.provincial_offices if one.province in provinces),
        offices=tuple(one for one in told.offices if one.code in needed),
        schools=told.schools,
        buildings=told.buildings,
        headcounts=told.headcounts,
        networks=told.networks,
    )


def recorded(schools: QuerySet[School]) -> Register:
    """What the record says of these schools, and of all regions and offices."""
    return Register(
        regions=tuple(
            RegionEntry(one.number, one.name, tuple(province.name for province in one.provinces.all()))
            for one in Region.objects.prefetch_related("provinces")
        ),
        provincial_offices=tuple(
            ProvincialOfficeEntry(one.province.name, one.name)
            for one in ProvincialOffice.objects.select_related("province")
        ),
        offices=office_entries(),
        schools=tuple(map(_school, schools.select_related("district__province", "office"))),
        buildings=tuple(
            BuildingEntry(*row)
            for row in Building.objects.filter(school__in=schools)
            .order_by("school__ministry_code", "id")
            .values_list("school__ministry_code", "name", "design", "year_built", "rooms")
        ),
        headcounts=tuple(
            HeadcountEntry(*row)
            for row in Headcount.objects.filter(school__in=schools)
            .order_by("school__ministry_code", "day")
            .values_list("school__ministry_code", "day", "students", "teachers", "classrooms")
        ),
        networks=tuple(map(_network, _links(schools))),
    )


def _school(school: School) -> SchoolEntry:
    return SchoolEntry(
        ministry_code=school.ministry_code,
        smis_code=school.smis_code,
        name=school.name,
        province=school.district.province.name,
        district=school.district.name,
        office=school.office.code,
        grades=as_words(set(school.grades)),
        is_quality=school.is_quality,
        latitude=school.latitude,
        longitude=school.longitude,
        position_source=school.position_source or None,
        affiliation=school.affiliation,
        land_area="" if school.land_area is None else write_land(school.land_area),
    )


def _links(schools: QuerySet[School]) -> QuerySet[NetworkLink]:
    return (
        NetworkLink.objects.filter(Q(school__in=schools) | Q(quality_school__in=schools))
        .select_related("school", "quality_school")
        .order_by("quality_school__ministry_code", "school__ministry_code")
    )


def _network(link: NetworkLink) -> NetworkEntry:
    school, hub = link.school, link.quality_school
    return NetworkEntry(
        school=school.ministry_code,
        quality_school=hub.ministry_code,
        road_km=link.road_km,
        merge_expected=link.merge_expected,
        straight_km=straight_km((school.latitude, school.longitude), (hub.latitude, hub.longitude)),
    )
