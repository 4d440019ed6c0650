"""What counts as an answer: a person's word first, what follows from facts where no person spoke."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .framework import NA, Framework, Indicator, Rating
from .measures import Computed
from .problems import Problem


@dataclass(frozen=True)
class Answer:
    """Both ratings of an indicator as people gave them; ``None`` where nobody has."""

    self_rating: Rating = None
    self_reason: str = ""
    self_remark: str = ""
    verified_rating: Rating = None
    verified_remark: str = ""


UNANSWERED = Answer()


def self_ratings(
    framework: Framework, answers: Mapping[str, Answer], computed: Mapping[str, Computed]
) -> dict[str, Rating]:
    """The self rating of each indicator: given, else computed (a level or N/A that follows from facts)."""
    return {
        indicator.id: given
        if (given := answers.get(indicator.id, UNANSWERED).self_rating) is not None
        else computed[indicator.id].rating
        for indicator in framework.indicators
    }


def verified_ratings(
    framework: Framework, answers: Mapping[str, Answer], computed: Mapping[str, Computed]
) -> dict[str, Rating]:
    """The verified rating of each indicator.

    An N/A that follows from facts needs no consent, unless the school itself gave a level against it. Every
    other indicator counts only with a verifier's own level or N/A.
    """
    ratings: dict[str, Rating] = {}
    for indicator in framework.indicators:
        answer = answers.get(indicator.id, UNANSWERED)
        rating = answer.verified_rating
        if rating is None and computed[indicator.id].rating is NA and not isinstance(answer.self_rating, int):
            rating = NA
        ratings[indicator.id] = rating
    return ratings


def reason_lacking(
    indicator: Indicator, rating: Rating, computed: Rating, reason: str, column: str = "เหตุผล"
) -> Problem | None:
    """The problem of a rating that needs a reason and has none: N/A, or a level against the computed one.

    ``column`` is where people write the reason.
    """
    if reason or rating is None or rating == computed:
        return None
    if rating is NA:
        return Problem(
            "na-reason",
            f"ตัวชี้วัด {indicator.label} ระบุว่าไม่เกี่ยวข้อง แต่ไม่มีเหตุผล",
            f"เขียนเหตุผลที่ตัวชี้วัดนี้ไม่เกี่ยวข้องกับโรงเรียนในช่อง “{column}” หรือเลือกระดับ",
        )
    if computed is None:
        return None
    computed_text = "ไม่เกี่ยวข้อง" if computed is NA else f"ระดับ {computed}"
    return Problem(
        "override-reason",
        f"ตัวชี้วัด {indicator.label} ระบุระดับ {rating} ต่างจากที่คำนวณได้จากข้อมูล ({computed_text}) แต่ไม่มีเหตุผล",
        f"เขียนเหตุผลในช่อง “{column}” หรือเลือกตามที่คำนวณได้ ({computed_text})",
    )


@dataclass(frozen=True)
class Tally:
    """What counts of indicators: done by the school, judged by the office, seen differently by it."""

    ready: int = 0
    judged: int = 0
    differs: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.ready + other.ready, self.judged + other.judged, self.differs + other.differs)

    def __sub__(self, other: Tally) -> Tally:
        return Tally(self.ready - other.ready, self.judged - other.judged, self.differs - other.differs)


def tally(indicator: Indicator, answer: Answer, computed: Rating) -> Tally:
    """Whether one indicator counts as done, judged, different: the one rule of progress, wherever it is shown.

    Done: rated (by a person, or by facts), and no reason lacks. ``computed`` is what follows from facts.
    """
    own = computed if answer.self_rating is None else answer.self_rating
    verified = answer.verified_rating
    if verified is None and computed is NA and not isinstance(answer.self_rating, int):
        verified = NA
    ready = own is not None and reason_lacking(indicator, answer.self_rating, computed, answer.self_reason) is None
    return Tally(int(ready), int(verified is not None), int(verified is not None and verified != own))
