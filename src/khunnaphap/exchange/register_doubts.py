"""What of a register should be looked at again, at its cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from khunnaphap.assessments.models import Round
from khunnaphap.core.distances import straight_km
from khunnaphap.core.problems import Problem
from khunnaphap.core.register_doubts import cut_off_doubt, headcount_doubt, road_doubt
from khunnaphap.core.rounds import RoundName
from khunnaphap.programme.models import Inspection

from .register_checks import RegisterCheck, key_of
from .register_values import parsed_round


def doubts(check: RegisterCheck) -> Iterator[Problem]:
    """Every doubt of a register whose values were all read, as the record would be with it."""
    after, told = check.after, check.hand_in.told
    for place, link in enumerate(told.networks):
        ends = [after["schools"].get((code,)) for code in (link.school, link.quality_school)]
        if problem := road_doubt(link.road_km, straight_km(*map(_position, ends))):
            yield check.hand_in.placed("networks", place, "road_km", problem)
    for place, counted in enumerate(told.headcounts):
        whole = after["headcounts"].get(key_of("headcounts", counted), counted)
        if problem := headcount_doubt(whole.students, whole.teachers):
            field = "teachers" if counted.teachers is not None else "students"
            yield check.hand_in.placed("headcounts", place, field, problem)
    days = {**_rounds_of_record(), **_rounds_told(told)}
    for place, one in enumerate(told.inspections):
        name = parsed_round(one.name)
        if name in days and one.cut_off and (problem := cut_off_doubt(one.cut_off, str(name), *days[name])):
            yield check.hand_in.placed("inspections", place, "cut_off", problem)
    planned = {parsed_round(one.name) for one in told.inspections}
    yield from _rounds_too_late(check, planned)


def _position(school: Any) -> tuple[Any, Any]:
    return (None, None) if school is None else (school.latitude, school.longitude)


def _rounds_of_record() -> dict[RoundName, tuple[date, date]]:
    return {
        RoundName(one.year, one.number): (one.opens.astimezone().date(), one.closes.astimezone().date())
        for one in Round.objects.all()
    }


def _rounds_told(told: Any) -> dict[RoundName, tuple[date, date]]:
    return {
        name: (one.opens, one.closes)
        for one in told.rounds
        if (name := parsed_round(one.name)) and one.opens and one.closes
    }


def _rounds_too_late(check: RegisterCheck, planned: set[RoundName | None]) -> Iterator[Problem]:
    """Rounds of the register that open or close after the cut-off of an inspection that the record has already."""
    cut = {one.name: one.cut_off.astimezone().date() for one in Inspection.objects.all()}
    for place, one in enumerate(check.hand_in.told.rounds):
        name = parsed_round(one.name)
        if name is None or name in planned or name not in cut or not (one.opens and one.closes):
            continue
        if problem := cut_off_doubt(cut[name], str(name), one.opens, one.closes):
            field = "opens" if cut[name] < one.opens else "closes"
            yield check.hand_in.placed("rounds", place, field, problem)
