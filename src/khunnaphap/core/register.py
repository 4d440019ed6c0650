"""The register of a province as values: offices, schools, and the rounds and inspections that use them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

OFFICE_LEVELS: Final = {"ประถมศึกษา": "primary", "มัธยมศึกษา": "secondary"}


@dataclass(frozen=True)
class OfficeEntry:
    """An area office; ``provinces`` by name."""

    code: str
    name: str
    level: str
    provinces: tuple[str, ...]


@dataclass(frozen=True)
class SchoolEntry:
    """A school; province and district by name, the office by code, ``grades`` as written ("อ.2-ป.6")."""

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
    """An inspection and the last day whose rounds count."""

    name: str
    cut_off: date


@dataclass(frozen=True)
class Register:
    """All that a register workbook says; every part is optional."""

    offices: tuple[OfficeEntry, ...] = ()
    schools: tuple[SchoolEntry, ...] = ()
    rounds: tuple[RoundEntry, ...] = ()
    references: tuple[ReferenceEntry, ...] = ()
    inspections: tuple[InspectionEntry, ...] = ()
