"""A framework edition: components > aspects > indicators > levels, its colour bands, facts and tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Literal, TypeAlias


class NotApplicable(Enum):
    """N/A is its own thing: neither unanswered (``None``) nor a level."""

    NA = "N/A"


NA = NotApplicable.NA
Rating: TypeAlias = int | NotApplicable | None
"""A level's number (1 = lowest), ``NA``, or ``None`` for unanswered."""


@dataclass(frozen=True)
class Level:
    """One step of an indicator; ``number`` counts from 1, ``points`` are what it scores.

    ``report`` is how a report tells of schools at this level, where the edition has wording of its own for it (see
    ``wording.py``); like an English name it is no part of what the level is.
    """

    number: int
    name: str
    points: Fraction
    descriptor: str
    name_en: str = field(default="", compare=False)
    report: str = field(default="", compare=False)

    @property
    def choice(self) -> str:
        """How the level is written in a cell or a list: "4 ดีเลิศ"."""
        return f"{self.number} {self.name}"

    @property
    def choice_en(self) -> str:
        """The same on an English page: "4 Very good"; the name as it is where the edition has no English one."""
        return f"{self.number} {self.name_en or self.name}"


@dataclass(frozen=True)
class Condition:
    """Reaching ``level`` or higher also needs the yes-no fact ``fact`` to be yes."""

    level: int
    fact: str


@dataclass(frozen=True)
class Share:
    """count / whole in percent; ``bounds`` are the lower bounds of levels 2, 3, … (a bound belongs to its level)."""

    count: str
    whole: str
    bounds: tuple[Fraction, ...]
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Grade:
    """An outside grade (ITA) and the level each grade stands for."""

    fact: str
    levels: Mapping[str, int]


@dataclass(frozen=True)
class Comparison:
    """Own test means against reference means; ``bounds`` in percent of subjects that are strictly above."""

    reference: str
    bounds: tuple[Fraction, ...]


Measure: TypeAlias = Share | Grade | Comparison
MeasureName: TypeAlias = Literal["rubric", "share", "grade", "comparison"]


@dataclass(frozen=True)
class AutomaticNA:
    """The indicator is N/A by itself when yes-no fact ``fact`` equals ``equals`` (True = yes)."""

    fact: str
    equals: bool
    reason: str


@dataclass(frozen=True)
class Indicator:
    """What is rated. ``id`` is stable over editions, ``label`` ("1.2.3") is only how it is printed."""

    id: str
    label: str
    title: str
    title_en: str
    statement: str
    measure: Measure | None
    levels: tuple[Level, ...]
    evidence: tuple[str, ...]
    weight: Fraction = Fraction(1)
    not_applicable: AutomaticNA | None = None

    @property
    def measure_name(self) -> MeasureName:
        """The measure's word in data and workbooks; a rubric is picked by a person."""
        match self.measure:
            case Share():
                return "share"
            case Grade():
                return "grade"
            case Comparison():
                return "comparison"
            case None:
                return "rubric"

    @cached_property
    def highest_points(self) -> Fraction:
        """The most points the indicator can score."""
        return max(level.points for level in self.levels)

    @cached_property
    def lowest_points(self) -> Fraction:
        """The fewest points the indicator can score."""
        return min(level.points for level in self.levels)

    def level(self, number: int) -> Level:
        """The level with this number; ``IndexError`` when there is none."""
        if not 1 <= number <= len(self.levels):
            raise IndexError(f"{self.id} has no level {number}")
        return self.levels[number - 1]


@dataclass(frozen=True)
class Aspect:
    """A group of indicators within a component."""

    id: str
    label: str
    title: str
    title_en: str
    statement: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Component:
    """One of the (five) sides of a quality school; its score is a percentage."""

    id: str
    label: str
    title: str
    title_en: str
    aspects: tuple[Aspect, ...]
    weight: Fraction = Fraction(1)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators of the component in printed order."""
        return tuple(indicator for aspect in self.aspects for indicator in aspect.indicators)

    @cached_property
    def worth(self) -> Mapping[str, tuple[int, ...]]:
        """Weight x points of each level by indicator id, all multiplied by one number that makes them whole."""
        exact = {one.id: [one.weight * level.points for level in one.levels] for one in self.indicators}
        scale = lcm(*(value.denominator for values in exact.values() for value in values))
        return {key: tuple(int(value * scale) for value in values) for key, values in exact.items()}


@dataclass(frozen=True)
class Band:
    """A colour group: every exact total >= ``lower`` (percent) that no higher band takes.

    ``reassess``: how many times its schools are assessed again after a full round.
    """

    colour: str
    title: str
    lower: Fraction
    reassess: int = 0

    @property
    def title_en(self) -> str:
        """Its name on an English page."""
        return self.colour.capitalize()


FactKind: TypeAlias = Literal["count", "yes-no", "grade", "mean"]


@dataclass(frozen=True)
class Fact:
    """Something a school states once (a count, a yes or no, a grade, a test mean) that levels are computed from."""

    id: str
    group: str
    title: str
    title_en: str
    unit: str
    kind: FactKind
    help: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """A subject of a national test; its mean is the fact ``fact``."""

    fact: str
    title: str


@dataclass(frozen=True)
class Test:
    """A national test (RT, NT, O-NET) taken by one grade ("P1" to "P6", "M1" to "M6")."""

    __test__ = False  # not a test class of pytest's

    id: str
    title: str
    grade: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True)
class Framework:
    """A whole edition.

    ``bands`` stand best first; ``level_points`` are what the levels score where an indicator has no points of its own.
    """

    code: str
    title: str
    title_en: str
    level_names: tuple[str, ...]
    bands: tuple[Band, ...]
    facts: tuple[Fact, ...]
    tests: tuple[Test, ...]
    components: tuple[Component, ...]
    level_names_en: tuple[str, ...] = ()
    level_points: tuple[Fraction, ...] = ()

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in printed order."""
        return tuple(indicator for component in self.components for indicator in component.indicators)

    @cached_property
    def by_id(self) -> Mapping[str, Indicator]:
        """Indicators by stable id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def facts_by_id(self) -> Mapping[str, Fact]:
        """Facts by stable id."""
        return {fact.id: fact for fact in self.facts}

    def walk(self) -> Iterator[tuple[Component, Aspect, Indicator]]:
        """Every indicator with the component and the aspect it stands in."""
        for component in self.components:
            for aspect in component.aspects:
                for indicator in aspect.indicators:
                    yield component, aspect, indicator
