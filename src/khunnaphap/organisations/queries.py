"""Area offices as values of core (of the record, and those that ship with the product), and places by name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from khunnaphap.core.names import district_name
from khunnaphap.core.register import OfficeEntry

from .models import AreaOffice, District, Province


def office_entries() -> tuple[OfficeEntry, ...]:
    """The record's area offices, by code."""
    offices = AreaOffice.objects.prefetch_related("provinces", "aliases", "predecessors")
    return tuple(
        OfficeEntry(
            code=office.code,
            name=office.name,
            level=office.level,
            provinces=tuple(province.name for province in office.provinces.all()),
            opened=office.opened,
            closed=office.closed,
            aliases=tuple(alias.name for alias in office.aliases.all()),
            predecessors=tuple(former.code for former in office.predecessors.all()),
        )
        for office in offices
    )


@lru_cache(maxsize=1)
def shipped_offices() -> tuple[OfficeEntry, ...]:
    """The 62 secondary offices since 2021 and the 42 before them (``secondary_offices.toml`` names its sources)."""
    data = tomllib.loads((files(__package__) / "secondary_offices.toml").read_text("utf-8"))
    former = [
        OfficeEntry(
            code=_former(one["number"]),
            name=f"สพม.เขต {one['number']}",
            level=AreaOffice.SECONDARY,
            provinces=tuple(one["provinces"]),
            opened=data["opened_42"],
            closed=data["opened_62"],
            aliases=(f"สพม.เขต {one['number']} ({'-'.join(one['provinces'])})", *one.get("names", ())),
        )
        for one in data["former"]
    ]
    offices = [
        OfficeEntry(
            code=one["code"],
            name=one["name"],
            level=AreaOffice.SECONDARY,
            provinces=tuple(one["provinces"]),
            opened=data["opened_62"],
            predecessors=tuple(_former(number) for number in one["follows"]),
        )
        for one in data["offices"]
    ]
    return (*former, *offices)


def _former(number: int) -> str:
    """OBEC's register has the 42 as 101701 to 101742."""
    return str(101_700 + number)


def plain_district(name: str) -> str:
    """A district's name as it is compared, without the word อำเภอ, อ. or เขต."""
    return district_name(name)


@dataclass(frozen=True)
class Gazetteer:
    """Codes of provinces by name, and of districts by province and name (without อำเภอ or เขต)."""

    provinces: Mapping[str, str]
    districts: Mapping[tuple[str, str], str]

    @classmethod
    def of_record(cls) -> Gazetteer:
        """The record's provinces and districts."""
        provinces = dict(Province.objects.values_list("name", "code"))
        districts = District.objects.values_list("province__name", "name", "code")
        return cls(provinces, {(province, plain_district(name)): code for province, name, code in districts})

    def province_of(self, district: str) -> str | None:
        """The name of the province that a district (by code) lies in."""
        return self._province_of.get(district)

    @cached_property
    def _province_of(self) -> dict[str, str]:
        return {code: province for (province, _), code in self.districts.items()}

    def district(self, province: str, name: str) -> str | None:
        """The code of a district of a province, however its name is written; เมือง alone is the province's own."""
        plain = plain_district(name)
        return self.districts.get((province, f"เมือง{province}" if plain == "เมือง" else plain))
