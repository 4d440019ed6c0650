"""The register as values: regions, offices, schools and what they have, and the rounds and inspections that use them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

OFFICE_LEVELS: Final = {"ประถมศึกษา": "primary", "มัธยมศึกษา": "secondary", "การศึกษาพิเศษ": "special"}
CENTROID: Final = "centroid"
POSITION_SOURCES: Final = {
    "วัดที่โรงเรียน (GPS)": "gps",
    "จากแผนที่": "map",
    "จากเอกสาร": "document",
    "จุดกลางตำบล": CENTROID,
}
"""How coordinates were got; a subdistrict's centroid is no school's place and yields to every other."""

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class RegionEntry:
    """An inspection region; ``provinces`` by name."""

    number: int
    name: str
    provinces: tuple[str, ...]


@dataclass(frozen=True)
class ProvincialOfficeEntry:
    """A provincial education office, one a province; ``province`` by name."""

    province: str
    name: str


@dataclass(frozen=True)
class OfficeEntry:
    """An area office; ``provinces`` by name, ``predecessors`` by code, ``aliases`` as lists and people call it."""

    code: str
    name: str
    level: str
    provinces: tuple[str, ...]
    opened: date | None = None
    closed: date | None = None
    aliases: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True)
class SchoolEntry:
    """A school; province and district by name, the office by code, ``grades`` as written ("อ.2-ป.6").

    ``land_area`` is as offices write it ("12-2-50"), degrees are decimal.
    """

    ministry_code: str
    smis_code: str
    name: str
    province: str
    district: str
    office: str
    grades: str
    is_quality: bool | None
    latitude: Decimal | None
    longitude: Decimal | None
    position_source: str | None = None
    affiliation: str = ""
    land_area: str = ""


@dataclass(frozen=True)
class BuildingEntry:
    """A building of a school; the year is of the Buddhist era."""

    school: str
    name: str
    design: str = ""
    year_built: int | None = None
    rooms: int | None = None


@dataclass(frozen=True)
class HeadcountEntry:
    """How many a school had on a day."""

    school: str
    day: date
    students: int | None = None
    teachers: int | None = None
    classrooms: int | None = None


@dataclass(frozen=True)
class NetworkEntry:
    """A network school of a quality school; ``straight_km`` is shown, never read."""

    school: str
    quality_school: str
    road_km: Decimal | None = None
    merge_expected: bool | None = None
    straight_km: Decimal | None = field(default=None, compare=False)


@dataclass(frozen=True)
class RoundEntry:
    """A round to open: budget year/number, edition, first and last day."""

    name: str
    edition: str
    opens: date
    closes: date


@dataclass(frozen=True)
class ReferenceEntry:
    """A reference mean of a round, by fact id."""

    round: str
    fact: str
    mean: Decimal


@dataclass(frozen=True)
class InspectionEntry:
    """An inspection and the last day whose rounds count; policy and issue are the report form's where empty."""

    name: str
    cut_off: date
    policy: str = ""
    issue_number: str = ""
    issue: str = ""


@dataclass(frozen=True)
class Register:
    """All that a register workbook says; every part is optional."""

    regions: tuple[RegionEntry, ...] = ()
    provincial_offices: tuple[ProvincialOfficeEntry, ...] = ()
    offices: tuple[OfficeEntry, ...] = ()
    schools: tuple[SchoolEntry, ...] = ()
    buildings: tuple[BuildingEntry, ...] = ()
    headcounts: tuple[HeadcountEntry, ...] = ()
    networks: tuple[NetworkEntry, ...] = ()
    rounds: tuple[RoundEntry, ...] = ()
    references: tuple[ReferenceEntry, ...] = ()
    inspections: tuple[InspectionEntry, ...] = ()


def laid_over(entry: Entry, before: Entry | None) -> Entry:
    """An entry with what it leaves blank taken from what was there before: a blank cell never deletes."""
    if before is None:
        return entry
    blank = [one.name for one in fields(entry) if getattr(entry, one.name) in (None, "", ())]  # type: ignore[arg-type]
    return replace(entry, **{name: getattr(before, name) for name in blank})  # type: ignore[type-var]
