"""Levels -> scores, in exact rational arithmetic: a sum that lands on a bound lands on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .framework import NA, Component, Framework, Rating


@dataclass(frozen=True)
class Score:
    """Percentages of one school and round.

    ``components`` by component label: ``None`` while one of its indicators is unanswered or when none applies;
    ``total`` is ``None`` until every applicable indicator is answered; ``missing`` are the ids still unanswered;
    ``low`` and ``high`` bound every total that is still possible (``None`` when no indicator can apply).
    """

    components: Mapping[str, Fraction | None]
    total: Fraction | None
    missing: tuple[str, ...]
    low: Fraction | None
    high: Fraction | None


def score(framework: Framework, ratings: Mapping[str, Rating]) -> Score:
    """Component % = sum(w x points) / sum(w x highest points) x 100; total = sum(W x component %) / sum(W).

    ``ratings`` by indicator id; an id that is absent is unanswered. Rule: product issue 2, item 2.
    """
    missing = tuple(indicator.id for indicator in framework.indicators if ratings.get(indicator.id) is None)
    lowest = [_component(component, ratings, fill=min) for component in framework.components]
    low = _total(framework, lowest)
    high = low
    if missing:
        high = _total(framework, [_component(component, ratings, fill=max) for component in framework.components])
    unanswered = frozenset(missing)
    components = {
        component.label: None if unanswered & component.worth.keys() else percent
        for component, percent in zip(framework.components, lowest, strict=True)
    }
    return Score(components, None if missing else low, missing, low, high)


def total_of_answered(framework: Framework, ratings: Mapping[str, Rating]) -> Fraction | None:
    """The total (percent) as if what is unanswered did not apply; ``None`` when nothing is answered with a level."""
    answered = {
        indicator.id: NA if (r := ratings.get(indicator.id)) is None else r for indicator in framework.indicators
    }
    return _total(framework, [_component(component, answered, fill=min) for component in framework.components])


def _total(framework: Framework, percents: Iterable[Fraction | None]) -> Fraction | None:
    weighted = [
        (component.weight, percent)
        for component, percent in zip(framework.components, percents, strict=True)
        if percent is not None
    ]
    whole = sum((weight for weight, _ in weighted), Fraction(0))
    return sum((weight * percent for weight, percent in weighted), Fraction(0)) / whole if whole else None


def _component(
    component: Component, ratings: Mapping[str, Rating], fill: Callable[[tuple[int, ...]], int]
) -> Fraction | None:
    """The percentage, with ``fill`` of what its levels are worth for an unanswered indicator."""
    got = best = 0
    for key, worth in component.worth.items():
        rating = ratings.get(key)
        if rating is NA:
            continue
        if isinstance(rating, int) and not 1 <= rating <= len(worth):
            raise IndexError(f"{key} has no level {rating}")
        got += worth[rating - 1] if isinstance(rating, int) else fill(worth)
        best += max(worth)
    return Fraction(got * 100, best) if best else None
