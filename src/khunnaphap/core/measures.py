"""Facts -> level: what can be computed is computed, exactly, and a person only confirms it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

from .framework import NA, Comparison, Framework, Grade, Indicator, Rating, Share

FactValue: TypeAlias = Fraction | bool | str
"""A count or mean as ``Fraction``, a yes-no as ``bool``, a grade as its word."""


@dataclass(frozen=True)
class Circumstances:
    """What a school's computed levels rest on.

    ``facts`` and ``references`` (the means of the country or OBEC) by fact id; ``grades`` are the grades
    taught ("P1" to "M6").
    """

    facts: Mapping[str, FactValue]
    references: Mapping[str, Fraction]
    grades: Set[str]


@dataclass(frozen=True)
class Computed:
    """A computed rating with its reason; ``rating`` is ``None`` while ``lacking`` names facts that the school has not
    stated, or ``awaited`` those whose reference means the round does not have yet.

    ``says`` is the reason in Thai, one of ``SENTENCES`` (or the edition's own), ``given`` its values.
    """

    rating: Rating
    says: str
    lacking: tuple[str, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    awaited: tuple[str, ...] = ()

    @property
    def awaits_means(self) -> bool:
        """The school has stated all of its own: only the round's reference means are lacking."""
        return bool(self.awaited) and not self.lacking

    @property
    def reason(self) -> str:
        """The reason with its values."""
        return self.says % dict(self.given) if self.given else self.says


NO_CASE: Final = "จำนวนทั้งหมดเป็น 0 จึงไม่มีกรณีให้ประเมิน"
SHARE: Final = "%(count)s จาก %(whole)s คิดเป็นร้อยละ %(percent)s"
SHARE_UNMET: Final = "%(count)s จาก %(whole)s คิดเป็นร้อยละ %(percent)s แต่ยังไม่เป็นไปตามเงื่อนไขประกอบ"
GRADE: Final = "ผลการประเมินระดับ %(grade)s"
NO_TEST: Final = "โรงเรียนไม่เปิดสอนชั้นที่มีการทดสอบระดับชาติ"
ABOVE: Final = "คะแนนเฉลี่ยสูงกว่าค่าอ้างอิง %(above)s จาก %(all)s รายการ"
SENTENCES: Final = (NO_CASE, SHARE, SHARE_UNMET, GRADE, NO_TEST, ABOVE)

NOTHING = Computed(None, "")


def compute(framework: Framework, indicator: Indicator, given: Circumstances) -> Computed:
    """What the facts say of an indicator: a level, ``NA``, or nothing (a rubric, or facts are lacking)."""
    rule = indicator.not_applicable
    if rule is not None and given.facts.get(rule.fact) is rule.equals:
        return Computed(NA, rule.reason)
    match indicator.measure:
        case Share() as share:
            return _share(share, given)
        case Grade() as grade:
            return _grade(grade, given)
        case Comparison() as comparison:
            return _comparison(framework, comparison, given)
        case None:
            return NOTHING


def compute_all(framework: Framework, given: Circumstances) -> dict[str, Computed]:
    """``compute`` for every indicator, by indicator id."""
    return {indicator.id: compute(framework, indicator, given) for indicator in framework.indicators}


def percent(count: Fraction, whole: Fraction) -> Fraction:
    """count / whole x 100, exact; ``ZeroDivisionError`` when the whole is 0 (that is N/A, decided before)."""
    return count / whole * 100


def level_at(bounds: Sequence[Fraction], value: Fraction) -> int:
    """The level of a value: 1, plus one for each lower bound reached (half-open: a bound belongs to its level)."""
    return 1 + sum(value >= bound for bound in bounds)


def _share(share: Share, given: Circumstances) -> Computed:
    whole, count = given.facts.get(share.whole), given.facts.get(share.count)
    if isinstance(whole, Fraction) and whole == 0:
        return Computed(NA, NO_CASE)
    lacking = tuple(fact for fact in (share.whole, share.count) if fact not in given.facts)
    if lacking or not isinstance(whole, Fraction) or not isinstance(count, Fraction):
        return Computed(None, "", lacking)
    value = percent(count, whole)
    level = level_at(share.bounds, value)
    relevant = [condition for condition in share.conditions if level >= condition.level]
    lacking = tuple(condition.fact for condition in relevant if condition.fact not in given.facts)
    if lacking:
        return Computed(None, "", lacking)
    said = (("count", str(count)), ("whole", str(whole)), ("percent", shown(value)))
    unmet = [condition.level for condition in relevant if given.facts[condition.fact] is not True]
    if unmet:
        return Computed(min(unmet) - 1, SHARE_UNMET, given=said)
    return Computed(level, SHARE, given=said)


def _grade(grade: Grade, given: Circumstances) -> Computed:
    value = given.facts.get(grade.fact)
    if not isinstance(value, str):
        return Computed(None, "", (grade.fact,))
    return Computed(grade.levels[value], GRADE, given=(("grade", value),))


def _comparison(framework: Framework, comparison: Comparison, given: Circumstances) -> Computed:
    compared = tested_facts(framework, given.grades)
    if not compared:
        return Computed(NA, NO_TEST)
    lacking = tuple(fact for fact in compared if fact not in given.facts)
    awaited = tuple(fact for fact in compared if fact not in given.references)
    if lacking or awaited:
        return Computed(None, "", lacking, awaited=awaited)
    above = sum(_number(given.facts[fact]) > given.references[fact] for fact in compared)
    level = level_at(comparison.bounds, percent(Fraction(above), Fraction(len(compared))))
    return Computed(level, ABOVE, given=(("above", str(above)), ("all", str(len(compared)))))


def tested_facts(framework: Framework, grades: Set[str]) -> tuple[str, ...]:
    """The means (by fact id) that a school of these grades is compared by: those of its national tests."""
    return tuple(subject.fact for test in framework.tests if test.grade in grades for subject in test.subjects)


def _number(value: FactValue) -> Fraction:
    if not isinstance(value, Fraction):
        raise TypeError(f"a mean is a number, not {value!r}")
    return value


def shown(value: Fraction, places: int = 2) -> str:
    """A percentage as people see it: cut off, not rounded ("89.99" for 89.996), true to its colour."""
    scaled = abs(value) * 10**places
    whole, part = divmod(scaled.numerator // scaled.denominator, 10**places)
    sign = "-" if value < 0 and (whole or part) else ""
    return f"{sign}{whole}.{part:0{places}d}"


def rounded(value: Fraction, places: int = 10) -> str:
    """A percentage as programs read it: rounded half up to ``places`` ("70.0000000000")."""
    scaled = abs(value) * 10**places * 2 + 1
    whole, part = divmod(scaled.numerator // (scaled.denominator * 2), 10**places)
    sign = "-" if value < 0 and (whole or part) else ""
    return f"{sign}{whole}.{part:0{places}d}"
