"""Scores -> colour, with the basis it rests on and the reason for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from .framework import Band, Framework, Rating
from .measures import shown
from .scoring import Score, score

Basis: TypeAlias = Literal["self", "verified"]


def band_of(bands: tuple[Band, ...], total: Fraction) -> Band:
    """The highest band whose lower bound is <= the exact total; ``bands`` stand best first and end at 0."""
    for band in bands:
        if total >= band.lower:
            return band
    raise ValueError(f"no band takes {total}")


@dataclass(frozen=True)
class Classification:
    """A school's colour in a round, or why there is none yet (``band`` is ``None``)."""

    basis: Basis
    score: Score
    band: Band | None
    ratings: Mapping[str, Rating]

    @property
    def provisional(self) -> bool:
        """A self score is provisional (ชั่วคราว) wherever it is shown."""
        return self.basis == "self"

    @property
    def reason(self) -> str:
        """One Thai sentence that says why this colour, or why none yet."""
        if self.band is None and self.score.missing:
            open_range = (
                f" ช่วงคะแนนที่ยังเป็นไปได้ ร้อยละ {shown(self.score.low)} ถึง {shown(self.score.high)}"
                if self.score.low is not None and self.score.high is not None
                else ""
            )
            return f"ยังจัดกลุ่มไม่ได้ ขาดคำตอบ {len(self.score.missing)} ตัวชี้วัด{open_range}"
        if self.band is None or self.score.total is None:
            return "ยังจัดกลุ่มไม่ได้ ไม่มีตัวชี้วัดที่เกี่ยวข้อง"
        basis = "ผลที่เขตตรวจสอบแล้ว" if self.basis == "verified" else "ผลประเมินตนเอง (ชั่วคราว)"
        return f"คะแนนรวมร้อยละ {shown(self.score.total)} ไม่ต่ำกว่าร้อยละ {shown(self.band.lower)} ตาม{basis}"


@dataclass(frozen=True)
class Decided:
    """A colour that a person decided on in place of the one that follows (``computed``), why, and on which day."""

    colour: str
    computed: str
    basis: Basis
    reason: str
    day: date

    def stands(self, result: Classification) -> bool:
        """Whether the decision is about this result; one that the answers have left behind is none any more."""
        return result.band is not None and (result.band.colour, result.basis) == (self.computed, self.basis)


def counted(framework: Framework, result: Classification, decided: Decided | None) -> Band | None:
    """The band that counts: the one decided on, else the one that follows."""
    if decided is None or not decided.stands(result):
        return result.band
    return next((band for band in framework.bands if band.colour == decided.colour), result.band)


def is_verified(framework: Framework, verified: Mapping[str, Rating]) -> bool:
    """True when every indicator has a verified level or an agreed N/A: only then is the basis ``verified``."""
    return all(verified.get(indicator.id) is not None for indicator in framework.indicators)


def classify(
    framework: Framework, self_ratings: Mapping[str, Rating], verified_ratings: Mapping[str, Rating]
) -> Classification:
    """Classify on verified ratings when they are whole, else on self ratings, never on a mix."""
    basis: Basis = "verified" if is_verified(framework, verified_ratings) else "self"
    ratings = verified_ratings if basis == "verified" else self_ratings
    result = score(framework, ratings)
    band = None if result.total is None else band_of(framework.bands, result.total)
    return Classification(basis, result, band, ratings)


SWATCHES: Final = {
    "purple": "#7a3db8",
    "blue": "#1f78c1",
    "green": "#2f8f4e",
    "yellow": "#f2c230",
    "orange": "#e57c1f",
    "red": "#cc3340",
}
"""How each colour is drawn, on pages and papers; its name always stands beside it."""
