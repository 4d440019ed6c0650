"""The one check of what a school or a verifier hands in, whatever door it came through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .completeness import Answer, reason_lacking
from .framework import NA, Fact, Framework, Indicator, Rating, Share
from .measures import Computed, FactValue
from .problems import Problem


@dataclass(frozen=True)
class Entry:
    """What a person put down for one indicator; a ``None`` rating or empty text says nothing and changes nothing."""

    rating: Rating = None
    reason: str = ""
    remark: str = ""

    @property
    def blank(self) -> bool:
        """True when nothing was put down."""
        return self.rating is None and not self.reason and not self.remark


def with_self(answer: Answer, entry: Entry) -> Answer:
    """The answer after a school's entry; a new rating without a reason drops the old rating's reason."""
    rating = answer.self_rating if entry.rating is None else entry.rating
    keeps = rating == answer.self_rating
    return Answer(
        self_rating=rating,
        self_reason=entry.reason or (answer.self_reason if keeps else ""),
        self_remark=entry.remark or answer.self_remark,
        verified_rating=answer.verified_rating,
        verified_remark=answer.verified_remark,
    )


def with_verified(answer: Answer, entry: Entry) -> Answer:
    """The answer after a verifier's entry."""
    rating = answer.verified_rating if entry.rating is None else entry.rating
    keeps = rating == answer.verified_rating
    return Answer(
        self_rating=answer.self_rating,
        self_reason=answer.self_reason,
        self_remark=answer.self_remark,
        verified_rating=rating,
        verified_remark=entry.remark or (answer.verified_remark if keeps else ""),
    )


def check_facts(framework: Framework, facts: Mapping[str, FactValue]) -> list[tuple[str, Problem]]:
    """Facts that contradict each other: (fact id, problem). Single values are checked where they are read."""
    found: dict[str, Problem] = {}
    for indicator in framework.indicators:
        if not isinstance(indicator.measure, Share):
            continue
        count, whole = facts.get(indicator.measure.count), facts.get(indicator.measure.whole)
        if isinstance(count, Fraction) and isinstance(whole, Fraction) and count > whole:
            part, all_of = (framework.facts_by_id[f] for f in (indicator.measure.count, indicator.measure.whole))
            found.setdefault(indicator.measure.count, _too_many(part, count, all_of, whole))
    return list(found.items())


def _too_many(part: Fact, count: Fraction, all_of: Fact, whole: Fraction) -> Problem:
    return Problem(
        "count-above-whole",
        f"“{part.title}” เป็น {count} มากกว่า “{all_of.title}” ซึ่งเป็น {whole}",
        "ตรวจจำนวนทั้งสองช่อง จำนวนส่วนย่อยต้องไม่เกินจำนวนทั้งหมด",
    )


def check_self(
    framework: Framework, answers: Mapping[str, Answer], computed: Mapping[str, Computed]
) -> list[tuple[str, Problem]]:
    """Self ratings that need a reason and have none: (indicator id, problem)."""
    return [
        (indicator.id, problem)
        for indicator in framework.indicators
        if (answer := answers.get(indicator.id)) is not None
        and (
            problem := reason_lacking(indicator, answer.self_rating, computed[indicator.id].rating, answer.self_reason)
        )
    ]


def check_verified(
    framework: Framework, answers: Mapping[str, Answer], computed: Mapping[str, Computed]
) -> list[tuple[str, Problem]]:
    """Verified ratings that need a remark and have none: (indicator id, problem)."""
    return [
        (indicator.id, problem)
        for indicator in framework.indicators
        if (answer := answers.get(indicator.id)) is not None
        and (problem := remark_lacking(indicator, answer, computed[indicator.id].rating))
    ]


def remark_lacking(indicator: Indicator, answer: Answer, computed: Rating) -> Problem | None:
    """The problem of a verified rating that needs a remark and has none: an N/A the school did not claim, a level against facts.

    A verifier who agrees with the school's own rating needs none: the school's reason stands.
    """
    rating = answer.verified_rating
    if _is_silent(answer) and (rating is NA or computed not in (None, rating)):
        return reason_lacking(indicator, rating, computed, "", "ข้อสังเกตของผู้ตรวจสอบ")
    return None


def remark_wanted(indicator: Indicator, answer: Answer, computed: Rating) -> Problem | None:
    """``remark_lacking``, or what a school would ask about: a level below its own, or one where it claimed N/A (ADR 0013)."""
    if lacking := remark_lacking(indicator, answer, computed):
        return lacking
    rating, own = answer.verified_rating, answer.self_rating
    if not _is_silent(answer) or not isinstance(rating, int):
        return None
    if own is NA:
        told = f"โรงเรียนระบุว่าไม่เกี่ยวข้อง แต่ตรวจสอบได้ระดับ {rating}"
    elif isinstance(own, int) and rating < own:
        told = f"ตรวจสอบได้ระดับ {rating} ต่ำกว่าที่โรงเรียนประเมิน (ระดับ {own})"
    else:
        return None
    message = f"ตัวชี้วัด {indicator.label} {told} แต่ไม่มีข้อสังเกต"
    return Problem("lower-remark", message, "เขียนข้อสังเกตให้โรงเรียนทราบเหตุผล")


def _is_silent(answer: Answer) -> bool:
    rating = answer.verified_rating
    return rating is not None and rating != answer.self_rating and not answer.verified_remark
