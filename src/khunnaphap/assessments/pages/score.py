"""The live score, in honest words: a range while something is open, a provisional colour once all is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khunnaphap.core.colours import band_of
from khunnaphap.core.framework import Band, Indicator
from khunnaphap.core.measures import shown
from khunnaphap.core.pathway import within_reach
from khunnaphap.core.scoring import score

from .lines import Lines


@dataclass(frozen=True)
class Reach:
    """One step that counts: the indicator, the level it would have, and what it adds (percent points, cut off)."""

    indicator: Indicator
    level: int
    gain: str


@dataclass(frozen=True)
class ScoreShown:
    """``low`` and ``high`` are the colours still possible; ``total`` is empty until all is answered."""

    low: Band | None
    high: Band | None
    total: str
    missing: int
    next: Band | None = None
    gap: str = ""
    fewest: int | None = None
    steps: Sequence[Reach] = ()


MOST_STEPS = 8


def score_shown(lines: Lines, *, steps: bool = False) -> ScoreShown:
    """Where the school's own answers stand, those that count as done; ``steps`` adds what lies within reach of the next colour."""
    framework = lines.standing.framework
    ratings = {line.indicator.id: line.own if line.ready or line.carried else None for line in lines.all}
    now = score(framework, ratings)
    low = None if now.low is None else band_of(framework.bands, now.low)
    high = None if now.high is None else band_of(framework.bands, now.high)
    total = "" if now.total is None else shown(now.total)
    if not steps or now.total is None:
        return ScoreShown(low, high, total, len(now.missing))
    found = within_reach(framework, ratings, {line.indicator.id for line in lines.asked})
    if found is None:
        return ScoreShown(low, high, total, 0)
    reach = [Reach(framework.by_id[s.indicator], s.level, shown(s.gain)) for s in found.steps[:MOST_STEPS]]
    return ScoreShown(low, high, total, 0, found.next, shown(found.gap), found.fewest, reach)
