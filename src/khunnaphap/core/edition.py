"""An edition's data (as read from TOML or JSON) -> a ``Framework``, with every fault named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

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

Data = Mapping[str, Any]


class EditionError(ValueError):
    """An edition's data contradicts itself; the message names the place."""


def framework_from(data: Data) -> Framework:
    """Build a framework from plain data.

    ``data`` holds code, title, title_en, level_names, level_points, ``band`` (best first), ``test``, ``fact`` and
    ``components`` (each a mapping with ``component`` and ``aspect``, as in the shipped TOML files). Numbers are
    strings or ints, read exactly. Raises ``EditionError`` (names the place) or ``KeyError`` (a field is absent).
    """
    names, points = tuple(data["level_names"]), tuple(Fraction(p) for p in data["level_points"])
    framework = Framework(
        code=data["code"],
        title=data["title"],
        title_en=data["title_en"],
        level_names=names,
        bands=tuple(Band(b["colour"], b["title"], Fraction(b["lower"])) for b in data["band"]),
        facts=tuple(_fact(fact) for fact in data["fact"]),
        tests=tuple(
            Test(t["id"], t["title"], t["grade"], tuple(Subject(s["fact"], s["title"]) for s in t["subject"]))
            for t in data["test"]
        ),
        components=tuple(_component(part, names, points) for part in data["components"]),
    )
    _check(framework)
    return framework


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


def _component(part: Data, names: Sequence[str], points: Sequence[Fraction]) -> Component:
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


def _indicator(item: Data, names: Sequence[str], points: Sequence[Fraction]) -> Indicator:
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
            Level(number, name, point, text)
            for number, (name, point, text) in enumerate(zip(names, own_points, descriptors, strict=True), 1)
        ),
        evidence=tuple(item.get("evidence", ())),
        weight=Fraction(item.get("weight", 1)),
        not_applicable=AutomaticNA(rule["fact"], rule["equals"] == "yes", rule["reason"]) if rule else None,
    )


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


def _check(framework: Framework) -> None:
    _unique("component", [component.id for component in framework.components])
    _unique("indicator", [indicator.id for indicator in framework.indicators])
    _unique("label", [indicator.label for indicator in framework.indicators])
    _unique("fact", [fact.id for fact in framework.facts])
    lowers = [band.lower for band in framework.bands]
    if not lowers or lowers[-1] != 0 or sorted(set(lowers), reverse=True) != lowers:
        raise EditionError("bands must fall strictly and end at 0")
    for indicator in framework.indicators:
        _check_indicator(framework, indicator)
    for test in framework.tests:
        for subject in test.subjects:
            _fact_of(framework, subject.fact, f"test {test.id}", "mean")


def _check_indicator(framework: Framework, indicator: Indicator) -> None:
    where = f"indicator {indicator.label}"
    if indicator.weight <= 0 or indicator.highest_points <= 0 or indicator.lowest_points < 0:
        raise EditionError(f"{where}: weights and highest points must be above 0")
    match indicator.measure:
        case Share(count, whole, bounds, conditions):
            _fact_of(framework, count, where, "count")
            _fact_of(framework, whole, where, "count")
            for condition in conditions:
                _fact_of(framework, condition.fact, where, "yes-no")
            _rising(bounds, indicator)
        case Comparison(_, bounds):
            _rising(bounds, indicator)
        case Grade(fact, levels):
            choices = _fact_of(framework, fact, where, "grade").choices
            if set(choices) != set(levels):
                raise EditionError(f"{where}: grades {sorted(levels)} are not the choices {sorted(choices)}")
            for number in levels.values():
                indicator.level(number)
    if indicator.not_applicable:
        _fact_of(framework, indicator.not_applicable.fact, where, "yes-no")


def _fact_of(framework: Framework, fact_id: str, where: str, kind: str) -> Fact:
    fact = framework.facts_by_id.get(fact_id)
    if fact is None or fact.kind != kind:
        raise EditionError(f"{where}: there is no {kind} fact {fact_id!r}")
    return fact


def _rising(bounds: Sequence[Fraction], indicator: Indicator) -> None:
    if sorted(set(bounds)) != list(bounds) or len(bounds) != len(indicator.levels) - 1:
        raise EditionError(f"indicator {indicator.label}: bounds must rise, one for each level but the first")


def _unique(what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise EditionError(f"{what} {one!r} stands twice")
        seen.add(one)
