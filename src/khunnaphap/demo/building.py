"""The demo's places, rounds and inspections, entered through the same actions as real ones."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from importlib.resources import files
from typing import Any

from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import open_round
from khunnaphap.assessments.models import Round
from khunnaphap.core.grades import grades_of
from khunnaphap.core.land import parse_land
from khunnaphap.core.register import BuildingEntry, HeadcountEntry, NetworkEntry
from khunnaphap.core.rounds import RoundName
from khunnaphap.frameworks.models import Edition
from khunnaphap.organisations.actions import (
    NewSchool,
    link_network,
    record_buildings,
    record_headcounts,
    register_office,
    register_provincial_office,
    register_region,
    register_schools,
)
from khunnaphap.organisations.models import School
from khunnaphap.programme.actions import plan_inspection

from .answers import chance


def demo_data() -> dict[str, Any]:
    """The demo province as data."""
    return tomllib.loads((files(__package__) / "lampang.toml").read_text("utf-8"))


def aims(data: Mapping[str, Any]) -> dict[str, list[int]]:
    """The wanted totals of each school of the rounds by ministry code; the register has more schools."""
    return {school["code"]: school["aim"] for group in data["school"] for school in group["schools"] if "aim" in school}


def build(*, by: User) -> list[Round]:
    """Enter offices, schools, rounds and inspections of the demo province into a record that was just made."""
    data = demo_data()
    register_region(**data["region"], by=by)
    for office in data["provincial_office"]:
        register_provincial_office(**office, by=by)
    for office in data["office"]:
        register_office(**office, by=by)
    _enter_schools(data, by)
    for inspection in data["inspection"]:
        plan_inspection(name=RoundName.parse(inspection["name"]), cut_off=_end(inspection["cut_off"]), by=by)
    edition = Edition.objects.get(code=data["edition"]["code"])
    return [
        open_round(
            edition=edition,
            name=RoundName.parse(each["name"]),
            opens=_start(each["opens"]),
            closes=_end(each["closes"]),
            schools=School.objects.filter(is_quality=True),
            references=data["references"],
            is_example=True,
            by=by,
        )
        for each in data["round"]
    ]


def _enter_schools(data: Mapping[str, Any], by: User) -> None:
    held = {one["school"]: one for one in data["holding"]}
    hubs = {one["school"]: one["quality_school"] for one in data["network"]}
    register_schools(schools=[school for group in data["school"] for school in _schools(group, held, hubs)], by=by)
    buildings = [BuildingEntry(code, *one) for code, has in held.items() for one in has["buildings"]]
    record_buildings(buildings=buildings, by=by)
    counts = [HeadcountEntry(code, day, *numbers) for code, has in held.items() for day, *numbers in has["headcounts"]]
    record_headcounts(headcounts=counts, by=by)
    links = [NetworkEntry(**{**one, "road_km": Decimal(one["road_km"])}) for one in data["network"]]
    link_network(links=links, by=by)


def _schools(group: Mapping[str, Any], held: Mapping[str, Any], hubs: Mapping[str, str]) -> list[NewSchool]:
    return [
        NewSchool(
            ministry_code=school["code"],
            smis_code=school["smis"],
            name=school["name"],
            district=school["district"],
            office=group["office"],
            grades=grades_of(group["grades"]),
            is_quality="aim" in school,
            affiliation=held.get(school["code"], {}).get("affiliation", ""),
            land_area=parse_land(held[school["code"]]["land_area"]) if school["code"] in held else None,
            latitude=_coordinate("18.0", school["code"], "lat", hubs),
            longitude=_coordinate("99.2", school["code"], "lon", hubs),
            position_source="map",
        )
        for school in group["schools"]
    ]


def _coordinate(base: str, code: str, axis: str, hubs: Mapping[str, str]) -> Decimal:
    """Somewhere in the province; a network school within about two kilometres of its quality school."""
    if code in hubs:
        return _coordinate(base, hubs[code], axis, {}) + Decimal(int(chance(code, axis) * 20_000)) / 1_000_000
    return Decimal(base) + Decimal(int(chance(code, axis) * 900_000)) / 1_000_000


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8, 30)))


def _end(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(16, 30)))
