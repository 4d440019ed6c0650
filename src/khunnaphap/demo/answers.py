"""Made-up answers that come near a wanted total: the same for the same school and round, on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from khunnaphap.core.completeness import Answer
from khunnaphap.core.framework import NA, Framework, Grade, Indicator, Rating, Share
from khunnaphap.core.measures import Circumstances, Computed, FactValue, compute_all, percent
from khunnaphap.core.scoring import score

_WHOLES = {
    "teachers": (14, 60),
    "teachers-pa-assessed": (10, 14),
    "classrooms": (9, 30),
    "students": (180, 900),
    "final-grade-students": (30, 160),
}
_NOT_ALL_LODGE = Fraction(1, 4)


_WHY_LOWER = (
    "หลักฐานที่แนบยังไม่ครบถ้วนตามคำอธิบายของระดับที่โรงเรียนเลือก",
    "จากการเยี่ยมโรงเรียน พบการดำเนินงานเพียงบางส่วน ยังไม่ถึงระดับที่โรงเรียนเลือก",
    "เอกสารที่แสดงเป็นของปีก่อน ขอหลักฐานของปีงบประมาณนี้",
    "สิ่งที่พบตรงกับคำอธิบายของระดับที่ต่ำลงมาหนึ่งระดับ",
)
"""What a verifier writes to a school where the level is one lower."""


def chance(*parts: object) -> Fraction:
    """A number from 0 up to 1 that depends on nothing but its parts."""
    digest = hashlib.sha256(":".join(map(str, parts)).encode()).digest()
    return Fraction(int.from_bytes(digest[:6], "big"), 1 << 48)


@dataclass(frozen=True)
class Made:
    """What a school says in a round, and what its verifier makes of it."""

    answers: Mapping[str, Answer]
    facts: Mapping[str, FactValue]


def make(
    framework: Framework,
    *,
    school: str,
    round_name: str,
    aim: int,
    grades: frozenset[str],
    references: Mapping[str, str],
) -> Made:
    """Answers whose verified total lies within one percent of ``aim`` (percent)."""
    seed = f"{school}:{round_name}"
    facts = _facts(framework, seed, aim, grades, references)
    given = Circumstances(facts, {key: Fraction(value) for key, value in references.items()}, grades)
    computed = compute_all(framework, given)
    verified: dict[str, Rating] = {
        indicator.id: _near(indicator, aim, chance(seed, indicator.id))
        if (r := computed[indicator.id].rating) is None
        else r
        for indicator in framework.indicators
    }
    _nudge(framework, verified, computed, aim, seed)
    return Made(_answers(framework, verified, computed, seed), facts)


def _near(indicator: Indicator, aim: int, chance_of: Fraction) -> int:
    exact = Fraction(aim, 100) * len(indicator.levels)
    lower = int(exact)
    level = lower + (chance_of < exact - lower)
    spread = -1 if chance_of < Fraction(1, 12) else 1 if chance_of > Fraction(11, 12) else 0
    return max(1, min(len(indicator.levels), level + spread))


def _nudge(
    framework: Framework, ratings: dict[str, Rating], computed: Mapping[str, Computed], aim: int, seed: str
) -> None:
    """Move rubric levels by one, in an order of chance, until the total is within half a percent of the aim."""
    order = sorted(
        (i for i in framework.indicators if computed[i.id].rating is None), key=lambda i: chance(seed, "n", i.id)
    )
    for _ in range(4):
        for indicator in order:
            total = score(framework, ratings).total
            if total is None or abs(total - aim) <= Fraction(1, 2):
                return
            rating = ratings[indicator.id]
            step = 1 if total < aim else -1
            if isinstance(rating, int) and 1 <= rating + step <= len(indicator.levels):
                ratings[indicator.id] = rating + step


def _facts(
    framework: Framework, seed: str, aim: int, grades: frozenset[str], references: Mapping[str, str]
) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    for name, (low, high) in _WHOLES.items():
        facts[name] = Fraction(low + int(chance(seed.split(":")[0], name) * (high - low)))
    for indicator in framework.indicators:
        match indicator.measure:
            case Share() as share:
                level = _near(indicator, aim, chance(seed, indicator.id))
                facts[share.count] = _count_for(share, level, facts[share.whole])
                for condition in share.conditions:
                    facts[condition.fact] = level >= condition.level or chance(seed, condition.fact) > Fraction(1, 2)
            case Grade() as grade:
                level = max(2, _near(indicator, aim, chance(seed, indicator.id)))
                facts[grade.fact] = next(word for word, at in grade.levels.items() if at == level)
            case _:
                pass
        if indicator.not_applicable:
            facts[indicator.not_applicable.fact] = chance(seed.split(":")[0], "lodging") > _NOT_ALL_LODGE
    for test in framework.tests:
        for subject in test.subjects:
            if test.grade in grades:
                drift = (chance(seed, subject.fact) - Fraction(100 - aim, 100)) * 24
                mean = Fraction(references[subject.fact]) + drift
                facts[subject.fact] = Fraction(round(mean * 100), 100)
    return facts


def _count_for(share: Share, level: int, whole: FactValue) -> Fraction:
    """The smallest count above the middle of the level's range that still has the level."""
    bounds = [Fraction(0), *share.bounds, Fraction(100)]
    assert isinstance(whole, Fraction)  # every whole is a count
    middle = (bounds[level - 1] + bounds[level]) / 2
    count = -(-middle * whole // 100)
    return Fraction(count) if percent(Fraction(count), whole) <= 100 else whole


def _answers(
    framework: Framework, verified: Mapping[str, Rating], computed: Mapping[str, Computed], seed: str
) -> dict[str, Answer]:
    """Self answers: mostly the same as verified, one in nine a level higher, facts left to speak for themselves."""
    answers: dict[str, Answer] = {}
    for indicator in framework.indicators:
        rating, by_facts = verified[indicator.id], computed[indicator.id].rating
        if by_facts is NA:
            continue
        lot = chance(seed, "self", indicator.id)
        own: Rating = rating if by_facts is None else None
        remark = ""
        if isinstance(own, int) and lot < Fraction(1, 9) and own < len(indicator.levels):
            own += 1
            remark = _WHY_LOWER[int(chance(seed, "remark", indicator.id) * len(_WHY_LOWER))]
        answers[indicator.id] = Answer(self_rating=own, verified_rating=rating, verified_remark=remark)
    return answers
