"""What lies within reach of the next colour: how far away it is, and which single steps count most."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .colours import band_of
from .framework import Band, Framework, Rating
from .scoring import score


@dataclass(frozen=True)
class StepUp:
    """One indicator, one level higher: what it adds to the total (percent, exact)."""

    indicator: str
    level: int
    gain: Fraction


@dataclass(frozen=True)
class Within:
    """The colour now, the next one and the gap to it (percent); ``steps``, the largest gain first.

    ``fewest`` is the smallest number of these steps that closes the gap; ``None`` when one step in each does not.
    """

    band: Band
    next: Band
    gap: Fraction
    steps: tuple[StepUp, ...]
    fewest: int | None


def within_reach(framework: Framework, ratings: Mapping[str, Rating], movable: Collection[str]) -> Within | None:
    """The way to the next colour from complete ratings; ``None`` at the top, or while something is unanswered.

    ``movable`` are the indicators (ids) that may still rise. Each gain is that of one level in one indicator alone;
    gains of several add up, because a total is linear in points.
    """
    now = score(framework, ratings).total
    if now is None:
        return None
    band = band_of(framework.bands, now)
    place = framework.bands.index(band)
    if place == 0:
        return None
    better = framework.bands[place - 1]
    steps = []
    for indicator in framework.indicators:
        rating = ratings.get(indicator.id)
        if indicator.id in movable and isinstance(rating, int) and rating < len(indicator.levels):
            after = score(framework, {**ratings, indicator.id: rating + 1}).total
            if after is not None and after > now:
                steps.append(StepUp(indicator.id, rating + 1, after - now))
    steps.sort(key=lambda step: -step.gain)
    gap, reached, fewest = better.lower - now, Fraction(0), None
    for count, step in enumerate(steps, start=1):
        reached += step.gain
        if reached >= gap:
            fewest = count
            break
    return Within(band, better, gap, tuple(steps), fewest)
