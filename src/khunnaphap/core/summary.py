"""Many schools -> one sentence: where they stand on an indicator, by a rule that the paper states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from .framework import NA, Indicator, Rating, Share
from .measures import FactValue, level_at, percent


@dataclass(frozen=True)
class Stand:
    """One school's verified rating of an indicator, with its facts and what follows from them (``computed``)."""

    rating: Rating
    facts: Mapping[str, FactValue]
    computed: Rating = None


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
    schools stand there or higher, ``by_level`` how many stand at each level (lowest first). ``doubted`` schools stand at
    ``level`` though their own facts say otherwise: what the level says of them is not sure.
    """

    indicator: Indicator
    level: int | None
    at_or_above: int
    rated: int
    not_applicable: int
    by_level: tuple[int, ...]
    pooled: Pooled | None
    doubted: int = 0
    elsewhere: int = 0
    """Schools that were rated by another edition's levels, and so are not counted here."""

    @property
    def there(self) -> int:
        """How many schools stand at ``level`` itself."""
        return 0 if self.level is None else self.by_level[self.level - 1]


def lower_median(levels: Sequence[int]) -> int:
    """The median; of an even number of levels the lower of the two in the middle. ``ValueError`` for none."""
    if not levels:
        raise ValueError("no levels have no median")
    return sorted(levels)[(len(levels) - 1) // 2]


def most(levels: Sequence[int]) -> int:
    """The level that most have; of equal ones the lower. ``ValueError`` for none."""
    return max(sorted(set(levels)), key=levels.count)


LEVEL_RULES: Final[Mapping[str, Callable[[Sequence[int]], int]]] = {
    "most": most,
    "lower-median": lower_median,
    "lowest": min,
}
"""Which level speaks for many schools, by the name a report form gives: where most stand, where at least half stand or
higher, or where all do."""


def summarise(indicator: Indicator, stands: Sequence[Stand], rule: str = "most") -> Summary:
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
        doubted=sum(stand.rating == stated and not agrees(indicator, stand) for stand in stands),
    )


def agrees(indicator: Indicator, stand: Stand) -> bool:
    """Whether a school's own facts, as far as they are told, allow its level."""
    if not isinstance(stand.rating, int):
        return True
    if isinstance(stand.computed, int) and stand.computed != stand.rating:
        return False
    share = indicator.measure
    if not isinstance(share, Share) or (pair := _pair(share, stand)) is None:
        return True
    reached = level_at(share.bounds, percent(*pair))
    held = {one.level - 1 for one in share.conditions if reached >= one.level}
    return stand.rating == reached or stand.rating in held


def bounds_of(indicator: Indicator, level: int) -> tuple[Fraction, Fraction | None]:
    """From which share on, and below which, schools stand at a level; a condition can hold a school below any share."""
    share = indicator.measure
    if not isinstance(share, Share):
        raise TypeError(f"{indicator.id} is no share")
    lower = share.bounds[level - 2] if level > 1 else Fraction(0)
    held = any(one.level - 1 == level for one in share.conditions)
    return lower, None if held or level > len(share.bounds) else share.bounds[level - 1]


def _pooled(indicator: Indicator, stands: Sequence[Stand]) -> Pooled | None:
    share = indicator.measure
    if not isinstance(share, Share):
        return None
    rated = (stand for stand in stands if isinstance(stand.rating, int))
    pairs = [pair for stand in rated if (pair := _pair(share, stand)) is not None]
    if not pairs:
        return None
    return Pooled(sum((c for c, _ in pairs), Fraction(0)), sum((w for _, w in pairs), Fraction(0)), len(pairs))


def _pair(share: Share, stand: Stand) -> tuple[Fraction, Fraction] | None:
    """A school's count and whole, where it told both and there is a case at all."""
    count, whole = stand.facts.get(share.count), stand.facts.get(share.whole)
    told = isinstance(count, Fraction) and isinstance(whole, Fraction) and whole > 0
    return (count, whole) if told else None  # type: ignore[return-value]
