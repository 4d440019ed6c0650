"""What of a register should be looked at again, at its cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import timezone

from khunnaphap.assessments.models import Round
from khunnaphap.core.day_windows import doubtful_day
from khunnaphap.core.distances import straight_km
from khunnaphap.core.known_schools import plain_name
from khunnaphap.core.problems import Problem
from khunnaphap.core.register_doubts import cut_off_doubt, headcount_doubt, road_doubt
from khunnaphap.core.rounds import RoundName
from khunnaphap.organisations.models import School
from khunnaphap.organisations.queries import plain_district
from khunnaphap.programme.models import Inspection

from .register_checks import RegisterCheck, key_of
from .register_values import named_twice, parsed_round


def doubts(check: RegisterCheck) -> Iterator[Problem]:
    """Every doubt of a register whose values were all read, as the record would be with it."""
    yield from _named_twice(check)
    yield from _rounds_that_are_open(check)
    yield from _doubtful_days(check)
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
        RoundName(one.year, one.number): (timezone.localdate(one.opens), timezone.localdate(one.closes))
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
    cut = {one.name: timezone.localdate(one.cut_off) for one in Inspection.objects.all()}
    for place, one in enumerate(check.hand_in.told.rounds):
        name = parsed_round(one.name)
        if name is None or name in planned or name not in cut or not (one.opens and one.closes):
            continue
        if problem := cut_off_doubt(cut[name], str(name), one.opens, one.closes):
            field = "opens" if cut[name] < one.opens else "closes"
            yield check.hand_in.placed("rounds", place, field, problem)


def _named_twice(check: RegisterCheck) -> Iterator[Problem]:
    """Schools of one name and district under several codes, of the register and of the record."""
    told = check.hand_in.told.schools
    codes: dict[tuple[str, str, str], set[str]] = {}
    others = School.objects.exclude(ministry_code__in=[one.ministry_code for one in told])
    there = others.filter(name__in={one.name for one in told})
    for code, *place in there.values_list("ministry_code", "name", "district__name", "district__province__name"):
        codes.setdefault(_place_of(*place), set()).add(code)
    for at, one in enumerate(told):
        known = codes.setdefault(_place_of(one.name, one.district, one.province), set())
        if more := known - {one.ministry_code}:
            yield check.hand_in.placed("schools", at, "name", named_twice(one.name, one.district, more))
        known.add(one.ministry_code)


def _place_of(name: str, district: str, province: str) -> tuple[str, str, str]:
    return plain_name(name), plain_district(district), province


def _rounds_that_are_open(check: RegisterCheck) -> Iterator[Problem]:
    """Rows of a round that is there already and say something else of it: they change nothing."""
    there = {one.name: one for one in Round.objects.select_related("edition")}
    for at, one in enumerate(check.hand_in.told.rounds):
        name = parsed_round(one.name)
        if name in there and _as_told(there[name]) != (one.edition, one.opens, one.closes):
            yield check.hand_in.placed("rounds", at, "name", _untouched(there[name]))
    for at, one in enumerate(check.hand_in.told.references):
        name = parsed_round(one.round)
        if name in there and Fraction(there[name].references.get(one.fact, -1)) != one.mean:
            yield check.hand_in.placed("references", at, "mean", _untouched(there[name]))


def _as_told(opened: Round) -> tuple[str, date, date]:
    """A round's edition, first and last day, as a register tells them."""
    return opened.edition.code, timezone.localdate(opened.opens), timezone.localdate(opened.closes)


def _untouched(opened: Round) -> Problem:
    message = f"รอบ {opened.name} เปิดอยู่แล้ว แถวนี้ไม่เปลี่ยนสิ่งใด"
    return Problem("round-open", message, "แก้วันหรือค่าอ้างอิงของรอบที่เปิดแล้วที่หน้ารอบการประเมิน หรือลบแถวนี้")


def _doubtful_days(check: RegisterCheck) -> Iterator[Problem]:
    today = timezone.localdate()
    for part, kind, names in (("headcounts", "headcount", ("day",)), ("offices", "office", ("opened", "closed"))):
        for at, one in enumerate(getattr(check.hand_in.told, part)):
            for name in names:
                day = getattr(one, name)
                if day and (found := doubtful_day(kind, day, today=today)):
                    yield check.hand_in.placed(part, at, name, found)
