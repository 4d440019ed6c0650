"""What an edition must not contradict: every fault of a ``Framework``, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

from .colours import SWATCHES
from .framework import Comparison, Component, Fact, FactKind, Framework, Grade, Indicator, Share
from .grades import GRADES
from .problems import Problem

_ID: Final = re.compile(r"[a-z0-9]+([-._][a-z0-9]+)*")
MOST_LEVELS: Final = 9
_MOST_POINTS: Final = (1 << 44) // 1000
"""The most an indicator may count for in ``core.bulk``'s 64-bit sums."""

FACT_KINDS: Final[dict[FactKind, str]] = {
    "count": "จำนวน",
    "yes-no": "ใช่หรือไม่ใช่",
    "grade": "ผลเป็นระดับ",
    "mean": "คะแนนเฉลี่ย",
}


@dataclass(frozen=True)
class Contradiction:
    """A fault of an edition.

    ``part`` is the kind of thing at fault ("indicators", "bands", "conditions", …), ``place`` counts from 0: one
    number for the place in the whole edition, or two (the indicator's or test's, then the place within it).
    """

    part: str
    place: tuple[int, ...]
    field: str
    problem: Problem


def contradictions(framework: Framework) -> Iterator[Contradiction]:
    """Every fault, part by part; none means that the edition can be scored."""
    yield from _edition(framework)
    yield from _bands(framework)
    yield from _facts(framework)
    yield from _structure(framework)
    for place, indicator in enumerate(framework.indicators):
        yield from _indicator(framework, place, indicator)
    yield from _tests(framework)


def _at(part: str, place: int | tuple[int, ...], field: str, code: str, message: str, mend: str) -> Contradiction:
    where = (place,) if isinstance(place, int) else place
    return Contradiction(part, where, field, Problem(code, message, mend))


def _edition(framework: Framework) -> Iterator[Contradiction]:
    if not _ID.fullmatch(framework.code):
        yield _bad_id("edition", 0, "code", framework.code)
    if not 2 <= len(framework.level_names) <= MOST_LEVELS:
        message = f"มี {len(framework.level_names)} ระดับ แต่ต้องมีตั้งแต่ 2 ถึง {MOST_LEVELS} ระดับ"
        yield _at("levels", max(len(framework.level_names) - 1, 0), "title", "levels-number", message, "เพิ่มหรือลดระดับ")
    yield from _unique("levels", "title", "ชื่อระดับ", framework.level_names)
    if framework.level_points and (max(framework.level_points) <= 0 or min(framework.level_points) < 0):
        yield _at("levels", 0, "points", "points-invalid", "ไม่มีระดับใดได้คะแนนมากกว่า 0", "ให้ระดับสูงสุดมีคะแนนมากกว่า 0")


def _bands(framework: Framework) -> Iterator[Contradiction]:
    bands = framework.bands
    if not bands:
        yield _at("bands", 0, "lower", "bands-order", "ไม่มีแถบสี", "กรอกแถบสีอย่างน้อยหนึ่งแถบ แถบสุดท้ายเริ่มที่ร้อยละ 0")
        return
    yield from _unique("bands", "colour", "สี", [band.colour for band in bands])
    for place, band in enumerate(bands):
        if band.colour not in SWATCHES:
            yield _at("bands", place, "colour", "colour-unknown", f"ไม่รู้จักสี “{band.colour}”", "เลือกสีจากรายการ")
        if band.lower > 100 or (place and band.lower >= bands[place - 1].lower):
            message = f"แถบ “{band.title}” เริ่มที่ร้อยละ {_shown(band.lower)} ซึ่งไม่ต่ำกว่าแถบก่อนหน้า"
            if not place:
                message = f"แถบ “{band.title}” เริ่มที่ร้อยละ {_shown(band.lower)} ซึ่งเกิน 100"
            yield _at("bands", place, "lower", "bands-order", message, "เรียงแถบจากดีที่สุดลงไป ร้อยละต้องลดลงทุกแถบ")
    if bands[-1].lower != 0:
        message = f"แถบสุดท้าย “{bands[-1].title}” เริ่มที่ร้อยละ {_shown(bands[-1].lower)}"
        mend = "ให้แถบสุดท้ายเริ่มที่ร้อยละ 0 เพื่อให้ทุกคะแนนมีแถบ"
        yield _at("bands", len(bands) - 1, "lower", "bands-order", message, mend)


def _facts(framework: Framework) -> Iterator[Contradiction]:
    yield from _ids("facts", "รหัสข้อมูล", framework.facts)
    for place, fact in enumerate(framework.facts):
        if fact.kind == "grade" and (not fact.choices or any(one != one.upper() for one in fact.choices)):
            message = f"ข้อมูล “{fact.title}” เป็นผลระดับ แต่ตัวเลือกไม่มีหรือมีตัวพิมพ์เล็ก"
            yield _at("facts", place, "choices", "choices-invalid", message, "กรอกตัวเลือกบรรทัดละตัว เป็นตัวพิมพ์ใหญ่ เช่น AA")


def _structure(framework: Framework) -> Iterator[Contradiction]:
    aspects = [aspect for component in framework.components for aspect in component.aspects]
    yield from _ids("components", "รหัสองค์ประกอบ", framework.components)
    yield from _ids("aspects", "รหัสประเด็น", aspects)
    yield from _ids("indicators", "รหัสตัวชี้วัด", framework.indicators)
    yield from _unique("components", "label", "ลำดับองค์ประกอบ", [one.label for one in framework.components])
    yield from _unique("aspects", "label", "ลำดับประเด็น", [one.label for one in aspects])
    yield from _unique("indicators", "label", "ข้อ", [one.label for one in framework.indicators])
    if not framework.components:
        yield _at("components", 0, "id", "group-empty", "เกณฑ์นี้ไม่มีองค์ประกอบ", "กรอกองค์ประกอบอย่างน้อยหนึ่งองค์ประกอบ")
    for place, component in enumerate(framework.components):
        if component.weight <= 0:
            yield _weight("components", place, component.weight)
        if not component.aspects:
            message, mend = f"องค์ประกอบ “{component.title}” ไม่มีประเด็น", "เพิ่มประเด็น หรือลบแถวขององค์ประกอบนี้"
            yield _at("components", place, "id", "group-empty", message, mend)
        elif _too_fine(component):
            message = f"น้ำหนักและคะแนนในองค์ประกอบ “{component.title}” ละเอียดเกินกว่าจะรวมกันได้"
            yield _at("components", place, "weight", "weight-too-fine", message, "ใช้น้ำหนักทศนิยมไม่เกิน 3 ตำแหน่ง")
    for place, aspect in enumerate(aspects):
        if not aspect.indicators:
            message, mend = f"ประเด็น “{aspect.title}” ไม่มีตัวชี้วัด", "เพิ่มตัวชี้วัด หรือลบแถวของประเด็นนี้"
            yield _at("aspects", place, "id", "group-empty", message, mend)


def _too_fine(component: Component) -> bool:
    parts = [one.weight * level.points for one in component.indicators for level in one.levels]
    scale = lcm(*(part.denominator for part in parts))
    return any(abs(part) * scale >= _MOST_POINTS for part in parts)


def _indicator(framework: Framework, place: int, indicator: Indicator) -> Iterator[Contradiction]:
    if indicator.weight <= 0:
        yield _weight("indicators", place, indicator.weight)
    if indicator.highest_points <= 0 or indicator.lowest_points < 0:
        message = f"ตัวชี้วัด {indicator.label} ไม่มีระดับใดได้คะแนนมากกว่า 0"
        yield _at("indicators", place, "points", "points-invalid", message, "ให้ระดับสูงสุดมีคะแนนมากกว่า 0")
    match indicator.measure:
        case Share(count, whole, bounds, conditions):
            yield from _fact(framework, count, "count", "measures", place, "count")
            yield from _fact(framework, whole, "count", "measures", place, "whole")
            yield from _rising(bounds, place, indicator)
            for number, condition in enumerate(conditions):
                yield from _fact(framework, condition.fact, "yes-no", "conditions", (place, number), "fact")
                if not 2 <= condition.level <= len(indicator.levels):
                    yield _no_level("conditions", (place, number), condition.level, 2, indicator)
        case Comparison(_, bounds):
            yield from _rising(bounds, place, indicator)
        case Grade(fact_id, _) as grade:
            yield from _fact(framework, fact_id, "grade", "measures", place, "count")
            yield from _grades(framework, place, indicator, grade)
    if indicator.not_applicable:
        yield from _fact(framework, indicator.not_applicable.fact, "yes-no", "exceptions", place, "fact")


def _grades(framework: Framework, place: int, indicator: Indicator, grade: Grade) -> Iterator[Contradiction]:
    fact = framework.facts_by_id.get(grade.fact)
    choices = fact.choices if fact else tuple(grade.levels)
    for number, (word, level) in enumerate(grade.levels.items()):
        if word not in choices:
            message = f"ผล “{word}” ไม่ใช่ตัวเลือกของข้อมูล “{grade.fact}”"
            yield _at("grades", (place, number), "grade", "grades-differ", message, f"ใช้ผลที่มี: {', '.join(choices)}")
        if not 1 <= level <= len(indicator.levels):
            yield _no_level("grades", (place, number), level, 1, indicator)
    lacking = [word for word in choices if word not in grade.levels]
    if lacking:
        message = f"ตัวชี้วัด {indicator.label} ยังไม่กำหนดระดับของผล {', '.join(lacking)}"
        yield _at("measures", place, "count", "grades-differ", message, "เพิ่มแถวของผลที่ขาดในแผ่นระดับตามผล")


def _tests(framework: Framework) -> Iterator[Contradiction]:
    yield from _ids("tests", "รหัสการทดสอบ", framework.tests)
    for place, test in enumerate(framework.tests):
        if test.grade not in GRADES:
            yield _at("tests", place, "grade", "grades-unknown", f"ไม่มีชั้น “{test.grade}”", "เลือกชั้นจากรายการ เช่น ป.6")
        if not test.subjects:
            message, mend = f"การทดสอบ “{test.title}” ไม่มีวิชา", "เพิ่มวิชาที่ทดสอบ หรือลบแถวของการทดสอบนี้"
            yield _at("tests", place, "id", "group-empty", message, mend)
        for number, subject in enumerate(test.subjects):
            yield from _fact(framework, subject.fact, "mean", "subjects", (place, number), "fact")


def _fact(
    framework: Framework, fact_id: str, kind: FactKind, part: str, place: int | tuple[int, ...], field: str
) -> Iterator[Contradiction]:
    fact: Fact | None = framework.facts_by_id.get(fact_id)
    mend = f"ใช้รหัสข้อมูลชนิด “{FACT_KINDS[kind]}” ในแผ่นข้อมูลประกอบ หรือเพิ่มข้อมูลนั้นในแผ่นข้อมูลประกอบ"
    if fact is None:
        message = f"ไม่มีข้อมูลรหัส “{fact_id}”" if fact_id else "ยังไม่ระบุรหัสข้อมูล"
        yield _at(part, place, field, "reference-unknown", message, mend)
    elif fact.kind != kind:
        message = f"ข้อมูล “{fact_id}” เป็นชนิด “{FACT_KINDS[fact.kind]}”"
        yield _at(part, place, field, "fact-kind-differs", message, mend)


def _rising(bounds: Sequence[Fraction], place: int, indicator: Indicator) -> Iterator[Contradiction]:
    wanted = len(indicator.levels) - 1
    if list(bounds) != sorted(set(bounds)) or len(bounds) != wanted or any(bound > 100 for bound in bounds):
        told = ", ".join(_shown(bound) for bound in bounds) or "ไม่มี"
        message = f"ตัวชี้วัด {indicator.label} มีเกณฑ์ขั้นต่ำ {told}"
        mend = f"เขียนร้อยละขั้นต่ำของระดับ 2 ถึง {wanted + 1} จากน้อยไปมาก {wanted} ค่า ไม่เกิน 100 คั่นด้วยจุลภาค"
        yield _at("measures", place, "bounds", "bounds-order", message, mend)


def _no_level(part: str, place: tuple[int, ...], level: int, least: int, indicator: Indicator) -> Contradiction:
    message = f"ตัวชี้วัด {indicator.label} ไม่มีระดับ {level} ที่ใช้ได้ในช่องนี้"
    return _at(part, place, "level", "level-unknown", message, f"พิมพ์ระดับตั้งแต่ {least} ถึง {len(indicator.levels)}")


def _weight(part: str, place: int, weight: Fraction) -> Contradiction:
    message = f"น้ำหนักเป็น {_shown(weight)} แต่ต้องมากกว่า 0"
    return _at(part, place, "weight", "weight-invalid", message, "พิมพ์น้ำหนักมากกว่า 0 หรือลบแถวหากไม่ใช้")


def _shown(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


def _ids(part: str, what: str, things: Iterable[object]) -> Iterator[Contradiction]:
    ids = [str(getattr(one, "id", "")) for one in things]
    yield from _unique(part, "id", what, ids)
    for place, one in enumerate(ids):
        if not _ID.fullmatch(one) or len(one) > 80:
            yield _bad_id(part, place, "id", one)


def _bad_id(part: str, place: int, field: str, said: str) -> Contradiction:
    mend = "ใช้อักษร a-z ตัวเลข และขีดกลาง เช่น water-supply"
    return _at(part, place, field, "id-invalid", f"“{said[:40]}” ใช้เป็นรหัสไม่ได้", mend)


def _unique(part: str, field: str, what: str, words: Iterable[str]) -> Iterator[Contradiction]:
    seen: set[str] = set()
    for place, word in enumerate(words):
        if word in seen:
            yield _at(part, place, field, "row-twice", f"{what} “{word[:60]}” ปรากฏซ้ำ", "ให้แต่ละแถวไม่ซ้ำกัน")
        seen.add(word)
