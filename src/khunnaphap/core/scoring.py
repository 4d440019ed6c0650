"""Levels -> scores, in exact rational arithmetic: a sum that lands on a bound lands on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .framework import NA, Component, Framework, Indicator, Rating


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
    unanswered = frozenset(missing)
    components = {
        component.label: (
            None
            if any(indicator.id in unanswered for indicator in component.indicators)
            else _component(component, ratings, fill=None)
        )
        for component in framework.components
    }
    low = _total(framework, ratings, fill="lowest")
    high = low if not missing else _total(framework, ratings, fill="highest")
    return Score(components, None if missing else low, missing, low, high)


def _total(framework: Framework, ratings: Mapping[str, Rating], fill: str) -> Fraction | None:
    weighted = [
        (component.weight, percent)
        for component in framework.components
        if (percent := _component(component, ratings, fill)) is not None
    ]
    whole = sum((weight for weight, _ in weighted), Fraction(0))
    return sum((weight * percent for weight, percent in weighted), Fraction(0)) / whole if whole else None


def _component(component: Component, ratings: Mapping[str, Rating], fill: str | None) -> Fraction | None:
    got = best = Fraction(0)
    for indicator in component.indicators:
        rating = ratings.get(indicator.id)
        if rating is NA:
            continue
        got += indicator.weight * _points(indicator, rating, fill)
        best += indicator.weight * indicator.highest_points
    return got / best * 100 if best else None


def _points(indicator: Indicator, rating: Rating, fill: str | None) -> Fraction:
    if isinstance(rating, int):
        return indicator.level(rating).points
    return indicator.highest_points if fill == "highest" else indicator.lowest_points
