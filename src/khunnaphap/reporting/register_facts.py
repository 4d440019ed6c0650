"""What the register knows of schools on a day: head counts, buildings, network schools."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from khunnaphap.organisations.models import Building, Headcount, NetworkLink, School


@dataclass(frozen=True)
class RegisterFacts:
    """By the schools' ids: the last head count by the day, the buildings, the links to network schools."""

    headcounts: Mapping[int, Headcount]
    buildings: Mapping[int, tuple[Building, ...]]
    links: Mapping[int, tuple[NetworkLink, ...]]


def register_facts(schools: Collection[School], day: date) -> RegisterFacts:
    """The facts of these schools; three queries, however many there are."""
    wanted = Q(school__in=[school.pk for school in schools])
    counted = Headcount.objects.filter(wanted, day__lte=day).order_by("day")
    buildings: dict[int, list[Building]] = {}
    for building in Building.objects.filter(wanted).order_by("id"):
        buildings.setdefault(building.school_id, []).append(building)
    links: dict[int, list[NetworkLink]] = {}
    hubs = [school.pk for school in schools]
    for link in NetworkLink.objects.filter(quality_school__in=hubs).select_related("school__district"):
        links.setdefault(link.quality_school_id, []).append(link)
    return RegisterFacts(
        headcounts={one.school_id: one for one in counted},
        buildings={key: tuple(found) for key, found in buildings.items()},
        links={key: tuple(found) for key, found in links.items()},
    )
