"""An edition's data (as read from TOML or JSON) <-> a ``Framework``; nothing is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import Any, Final

from .edition_checks import contradictions
from .framework import (
    Aspect,
    AutomaticNA,
    Band,
    Comparison,
    Component,
    Condition,
    Fact,
    Framework,
    Grade,
    Indicator,
    Level,
    Measure,
    Share,
    Subject,
    Test,
)
from .problems import Unreadable

Data = Mapping[str, Any]
_NUMBER: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?(/0*[1-9][0-9]{0,8})?")
_LONGER: Final = re.compile(r"[0-9]+(\.[0-9]+)?(/[0-9]*[1-9][0-9]*)?")
_PLACES: Final = 9


class EditionError(ValueError):
    """An edition's data contradicts itself; the message names the place."""


def framework_from(data: Data) -> Framework:
    """Build a framework from plain data.

    ``data`` holds code, title, title_en, level_names, level_points, ``band`` (best first), ``test``, ``fact`` and
    ``components`` (each a mapping with ``component`` and ``aspect``, as in the shipped TOML files). Numbers are
    strings or ints, read exactly. Raises ``EditionError`` (names the place) or ``KeyError`` (a field is absent).
    """
    names, points = tuple(data["level_names"]), tuple(Fraction(p) for p in data["level_points"])
    english = tuple(data.get("level_names_en", ()))
    named = tuple(zip_longest(names, english[: len(names)], fillvalue=""))
    framework = Framework(
        code=data["code"],
        title=data["title"],
        title_en=data["title_en"],
        level_names=names,
        bands=tuple(
            Band(b["colour"], b["title"], Fraction(b["lower"]), int(b.get("reassess", 0))) for b in data["band"]
        ),
        facts=tuple(_fact(fact) for fact in data["fact"]),
        tests=tuple(
            Test(t["id"], t["title"], t["grade"], tuple(Subject(s["fact"], s["title"]) for s in t["subject"]))
            for t in data["test"]
        ),
        components=tuple(_component(part, named, points) for part in data["components"]),
        level_names_en=english,
        level_points=points,
    )
    for fault in contradictions(framework):
        raise EditionError(f"{fault.part} {fault.place} {fault.field}: {fault.problem.message}")
    return framework


def content_of(framework: Framework) -> dict[str, Any]:
    """The plain data of a framework, as JSON holds it: what ``framework_from`` builds the same framework of.

    One spelling for each edition: weights and evidence always stand there, numbers are text ("90", "2.5", "1/3").
    """
    names_en = {"level_names_en": list(framework.level_names_en)} if framework.level_names_en else {}
    return {
        "code": framework.code,
        "title": framework.title,
        "title_en": framework.title_en,
        "level_names": list(framework.level_names),
        **names_en,
        "level_points": _texts(framework.level_points),
        "band": [
            {
                "colour": b.colour,
                "title": b.title,
                "lower": number_text(b.lower),
                **({"reassess": b.reassess} if b.reassess else {}),
            }
            for b in framework.bands
        ],
        "test": [
            {
                "id": test.id,
                "title": test.title,
                "grade": test.grade,
                "subject": [{"fact": one.fact, "title": one.title} for one in test.subjects],
            }
            for test in framework.tests
        ],
        "fact": [_fact_data(fact) for fact in framework.facts],
        "components": [_component_data(component, framework) for component in framework.components],
    }


def number_text(value: Fraction) -> str:
    """An exact number as people write it: a decimal where one says it exactly, else a fraction ("1/3")."""
    for places in range(_PLACES + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = f"{scaled.numerator:0{places + 1}d}"
            return f"{digits[: len(digits) - places]}.{digits[len(digits) - places :]}" if places else digits
    return f"{value.numerator}/{value.denominator}"


def exact_number(text: str) -> Fraction:
    """The exact number of "90", "2.5" or "1/3", from 0; ``Unreadable`` for anything else, or for more digits than are kept."""
    plain = text.replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        if _LONGER.fullmatch(plain):
            message = f"อ่านได้ “{plain[:40]}” ซึ่งยาวเกินที่เก็บได้"
            mend = f"ใช้ไม่เกิน 15 หลัก ทศนิยมไม่เกิน {_PLACES} ตำแหน่ง และตัวหารไม่เกิน 9 หลัก เช่น 33.333333333 หรือเศษส่วน 100/3"
            raise Unreadable("number-too-long", message, mend)
        raise Unreadable("not-a-number", f"อ่านได้ “{plain[:40]}” ซึ่งไม่ใช่ตัวเลข", "พิมพ์ตัวเลข เช่น 90 หรือ 2.5 หรือ 1/3")
    above, _, below = plain.partition("/")
    return Fraction(above) / Fraction(below or 1)


def _texts(numbers: Sequence[Fraction]) -> list[str]:
    return [number_text(number) for number in numbers]


def _fact(data: Data) -> Fact:
    return Fact(
        id=data["id"],
        group=data["group"],
        title=data["title"],
        title_en=data["title_en"],
        unit=data.get("unit", ""),
        kind=data["kind"],
        help=data.get("help", ""),
        choices=tuple(data.get("choices", ())),
    )


def _fact_data(fact: Fact) -> dict[str, Any]:
    names = ("id", "group", "title", "title_en", "unit", "kind", "help")
    choices = {"choices": list(fact.choices)} if fact.choices else {}
    return {name: getattr(fact, name) for name in names} | choices


def _component(part: Data, names: Sequence[tuple[str, str]], points: Sequence[Fraction]) -> Component:
    head = part["component"]
    return Component(
        id=head["id"],
        label=head["label"],
        title=head["title"],
        title_en=head["title_en"],
        weight=Fraction(head.get("weight", 1)),
        aspects=tuple(
            Aspect(
                id=aspect["id"],
                label=aspect["label"],
                title=aspect["title"],
                title_en=aspect["title_en"],
                statement=aspect["statement"],
                indicators=tuple(_indicator(item, names, points) for item in aspect["indicator"]),
            )
            for aspect in part["aspect"]
        ),
    )


def _component_data(component: Component, framework: Framework) -> dict[str, Any]:
    return {
        "component": _titled(component) | {"weight": number_text(component.weight)},
        "aspect": [
            _titled(aspect)
            | {
                "statement": aspect.statement,
                "indicator": [_indicator_data(one, framework) for one in aspect.indicators],
            }
            for aspect in component.aspects
        ],
    }


def _titled(one: Component | Aspect | Indicator) -> dict[str, Any]:
    return {"id": one.id, "label": one.label, "title": one.title, "title_en": one.title_en}


def _indicator(item: Data, names: Sequence[tuple[str, str]], points: Sequence[Fraction]) -> Indicator:
    descriptors = item["levels"]
    own_points = [Fraction(p) for p in item.get("level_points", points)]
    if not len(descriptors) == len(own_points) == len(names):
        raise EditionError(f"indicator {item['label']}: {len(descriptors)} levels where {len(names)} are named")
    rule = item.get("not_applicable")
    return Indicator(
        id=item["id"],
        label=item["label"],
        title=item["title"],
        title_en=item["title_en"],
        statement=item["statement"],
        measure=_measure(item),
        levels=tuple(
            Level(number, name, point, text, name_en)
            for number, ((name, name_en), point, text) in enumerate(zip(names, own_points, descriptors, strict=True), 1)
        ),
        evidence=tuple(item.get("evidence", ())),
        weight=Fraction(item.get("weight", 1)),
        not_applicable=AutomaticNA(rule["fact"], rule["equals"] == "yes", rule["reason"]) if rule else None,
    )


def _indicator_data(indicator: Indicator, framework: Framework) -> dict[str, Any]:
    data = _titled(indicator) | {
        "statement": indicator.statement,
        "measure": indicator.measure_name,
        "weight": number_text(indicator.weight),
        "levels": [level.descriptor for level in indicator.levels],
        "evidence": list(indicator.evidence),
    }
    if own := own_points(indicator, framework):
        data["level_points"] = _texts(own)
    if rule := indicator.not_applicable:
        data["not_applicable"] = {"fact": rule.fact, "equals": "yes" if rule.equals else "no", "reason": rule.reason}
    if indicator.measure is not None:
        data[indicator.measure_name] = _measure_data(indicator.measure)
    return data


def own_points(indicator: Indicator, framework: Framework) -> tuple[Fraction, ...]:
    """The points of an indicator's levels where they are not the edition's; empty where they are."""
    points = tuple(level.points for level in indicator.levels)
    return () if points == framework.level_points else points


def _measure(item: Data) -> Measure | None:
    name = item["measure"]
    if name == "rubric":
        return None
    if name not in ("share", "grade", "comparison") or name not in item:
        raise EditionError(f"indicator {item['label']}: measure {name!r} without its table")
    table = item[name]
    if name == "grade":
        return Grade(table["fact"], {str(grade): int(level) for grade, level in table["levels"].items()})
    bounds = tuple(Fraction(bound) for bound in table["bounds"])
    if name == "comparison":
        return Comparison(table["reference"], bounds)
    conditions = tuple(Condition(int(c["level"]), c["fact"]) for c in table.get("condition", ()))
    return Share(table["count"], table["whole"], bounds, conditions)


def _measure_data(measure: Measure) -> dict[str, Any]:
    match measure:
        case Share(count, whole, bounds, conditions):
            told = [{"level": one.level, "fact": one.fact} for one in conditions]
            also = {"condition": told} if told else {}
            return {"count": count, "whole": whole, "bounds": _texts(bounds), **also}
        case Grade(fact, levels):
            return {"fact": fact, "levels": dict(levels)}
        case Comparison(reference, bounds):
            return {"reference": reference, "bounds": _texts(bounds)}
