"""Entering places into the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import geothai
from django.db import transaction

from khunnaphap.audit.actions import Actor, record

from .models import AreaOffice, District, Province, School


@dataclass(frozen=True)
class NewSchool:
    """A school to enter; ``grades`` are the grades taught ("K1" to "K3", "P1" to "P6", "M1" to "M6")."""

    ministry_code: str
    smis_code: str
    name: str
    district: str
    office: str
    grades: tuple[str, ...]
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    is_quality: bool = False


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
def register_office(*, code: str, name: str, level: str, provinces: Iterable[str], by: Actor) -> AreaOffice:
    """Enter an area office, or give it the name, level and provinces it has now."""
    office, _ = AreaOffice.objects.update_or_create(code=code, defaults={"name": name, "level": level})
    spans = sorted(provinces)
    office.provinces.set(Province.objects.filter(code__in=spans))
    record(by=by, verb="register_office", subject=f"office:{code}", name=name, level=level, provinces=spans)
    return office


@transaction.atomic
def register_schools(*, schools: Iterable[NewSchool], by: Actor) -> int:
    """Enter schools, or renew those that are there; gives how many. Offices and districts must be there."""
    listed = list(schools)
    offices = dict(AreaOffice.objects.values_list("code", "id"))
    School.objects.bulk_create(
        [
            School(
                ministry_code=school.ministry_code,
                smis_code=school.smis_code,
                name=school.name,
                district_id=school.district,
                office_id=offices[school.office],
                grades=list(school.grades),
                latitude=school.latitude,
                longitude=school.longitude,
                is_quality=school.is_quality,
            )
            for school in listed
        ],
        update_conflicts=True,
        unique_fields=["ministry_code"],
        update_fields=["smis_code", "name", "district", "office", "grades", "latitude", "longitude", "is_quality"],
    )
    record(by=by, verb="register_schools", subject="schools", codes=[school.ministry_code for school in listed])
    return len(listed)
