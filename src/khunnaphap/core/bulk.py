"""Colours of very many schools at once: floats where nothing is at stake, exact arithmetic near every bound."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .framework import Framework, Indicator

UNANSWERED: Final = 0
NOT_APPLICABLE: Final = 255
NEAR: Final = 1e-7
"""Totals (percent) this close to a bound are decided exactly; rounding errors are below 1e-11."""


_OPEN: Final = 1 << 44
_UNKNOWN: Final = 1 << 54
"""Flags above any sum of points: an unanswered indicator, a byte that is no level (fewer than 500 of either fit)."""


@dataclass(frozen=True)
class _Sums:
    """Integer points got and possible for each school (rows) and component (columns)."""

    got: NDArray[np.int64]
    best: NDArray[np.int64]


def colour_places(framework: Framework, levels: NDArray[np.uint8]) -> NDArray[np.int8]:
    """The place of each school's band (0 = best), or -1 where there is no colour yet.

    ``levels``: shape (schools, indicators in the edition's order), dtype uint8; 0 unanswered, 255 N/A, else the
    level's number. ``ValueError`` when the shape or a level does not fit the framework.
    """
    if levels.ndim != 2 or levels.shape[1] != len(framework.indicators):
        raise ValueError(f"levels of shape {levels.shape} do not fit {len(framework.indicators)} indicators")
    sums = _sums(framework, levels)
    weights = np.array([float(component.weight) for component in framework.components])
    applies = sums.best > 0
    shares = np.divide(sums.got, sums.best, out=np.zeros(sums.got.shape), where=applies)
    whole = (applies * weights).sum(axis=1)
    totals = np.divide((shares * weights).sum(axis=1) * 100, whole, out=np.full(len(levels), -1.0), where=whole > 0)
    rising = np.array([float(band.lower) for band in reversed(framework.bands)])
    places: NDArray[np.int8] = (len(rising) - np.searchsorted(rising, totals, side="right")).astype(np.int8)
    for row in np.flatnonzero((np.abs(totals[:, None] - rising[None, :]) < NEAR).any(axis=1)):
        places[row] = _exact_place(framework, sums, int(row))
    places[whole == 0] = -1
    return places


def _sums(framework: Framework, levels: NDArray[np.uint8]) -> _Sums:
    columns = np.ascontiguousarray(levels.T)
    got = np.zeros((len(framework.components), len(levels)), dtype=np.int64)
    best = np.zeros_like(got)
    start = 0
    for place, component in enumerate(framework.components):
        scale = lcm(*((i.weight * level.points).denominator for i in component.indicators for level in i.levels))
        for column, indicator in zip(columns[start:], component.indicators, strict=False):
            points, highest = _tables(indicator, scale)
            got[place] += points.take(column)
            best[place] += highest.take(column)
        start += len(component.indicators)
        if (best[place] >= _UNKNOWN).any():
            raise ValueError(f"component {component.label} has a level that its indicators do not know")
    unanswered = (best >= _OPEN).any(axis=0)
    best[:, unanswered] = got[:, unanswered] = 0
    return _Sums(got.T, best.T)


def _tables(indicator: Indicator, scale: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What each byte adds to the points got and to the highest points; a flag where it is no level."""
    points = np.zeros(256, dtype=np.int64)
    highest = np.full(256, _UNKNOWN, dtype=np.int64)
    highest[NOT_APPLICABLE], highest[UNANSWERED] = 0, _OPEN
    for level in indicator.levels:
        points[level.number] = int(indicator.weight * level.points * scale)
        highest[level.number] = int(indicator.weight * indicator.highest_points * scale)
    if highest[indicator.levels[0].number] * 1000 >= _OPEN:
        raise ValueError(f"the weights of indicator {indicator.label} are too fine to add up in 64 bits")
    return points, highest


def _exact_place(framework: Framework, sums: _Sums, row: int) -> int:
    total, whole = Fraction(0), Fraction(0)
    for place, component in enumerate(framework.components):
        if best := int(sums.best[row, place]):
            total += component.weight * Fraction(int(sums.got[row, place]), best)
            whole += component.weight
    percent = total / whole * 100
    return next(place for place, band in enumerate(framework.bands) if percent >= band.lower)
