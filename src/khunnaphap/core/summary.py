"""Many schools -> one sentence: where they stand on an indicator, by a rule that the paper states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from .framework import NA, Indicator, Rating, Share
from .measures import FactValue, percent


@dataclass(frozen=True)
class Stand:
    """One school's verified rating of an indicator, with its facts."""

    rating: Rating
    facts: Mapping[str, FactValue]


@dataclass(frozen=True)
class Pooled:
    """count / whole summed over ``schools`` schools, in percent, exact."""

    count: Fraction
    whole: Fraction
    schools: int

    @property
    def percent(self) -> Fraction:
        """The pooled share in percent."""
        return percent(self.count, self.whole)


@dataclass(frozen=True)
class Summary:
    """Where schools stand on an indicator.

    ``level`` is the one the rule states (``None`` when no school rates it), ``at_or_above`` how many of the ``rated``
    schools stand there or higher, ``by_level`` how many stand at each level (lowest first).
    """

    indicator: Indicator
    level: int | None
    at_or_above: int
    rated: int
    not_applicable: int
    by_level: tuple[int, ...]
    pooled: Pooled | None


def lower_median(levels: Sequence[int]) -> int:
    """The median; of an even number of levels the lower of the two in the middle. ``ValueError`` for none."""
    if not levels:
        raise ValueError("no levels have no median")
    return sorted(levels)[(len(levels) - 1) // 2]


LEVEL_RULES: Final[Mapping[str, Callable[[Sequence[int]], int]]] = {"lower-median": lower_median, "lowest": min}
"""Which level stands for many schools, by the name a report form gives: where at least half stand, or where all do."""


def summarise(indicator: Indicator, stands: Sequence[Stand], rule: str = "lower-median") -> Summary:
    """Summarise an indicator over schools; N/A ones are counted apart, unanswered ones must not be given.

    ``rule`` is a name in ``LEVEL_RULES``; ``KeyError`` for another.
    """
    levels = [stand.rating for stand in stands if isinstance(stand.rating, int)]
    stated = LEVEL_RULES[rule](levels) if levels else None
    return Summary(
        indicator=indicator,
        level=stated,
        at_or_above=sum(level >= stated for level in levels) if stated is not None else 0,
        rated=len(levels),
        not_applicable=sum(stand.rating is NA for stand in stands),
        by_level=tuple(levels.count(level.number) for level in indicator.levels),
        pooled=_pooled(indicator, stands),
    )


def _pooled(indicator: Indicator, stands: Sequence[Stand]) -> Pooled | None:
    if not isinstance(indicator.measure, Share):
        return None
    pairs = [
        (count, whole)
        for stand in stands
        if isinstance(stand.rating, int)
        and isinstance(count := stand.facts.get(indicator.measure.count), Fraction)
        and isinstance(whole := stand.facts.get(indicator.measure.whole), Fraction)
        and whole > 0
    ]
    if not pairs:
        return None
    return Pooled(sum((c for c, _ in pairs), Fraction(0)), sum((w for _, w in pairs), Fraction(0)), len(pairs))
