"""One sentence on where schools stand at an indicator: it never says more than is so, and its figures never differ."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from .framework import Fact, Level, Share
from .measures import rounded, shown
from .summary import Pooled, Summary, bounds_of
from .thai.numerals import grouped

SCHOOLS: Final = "โรงเรียนคุณภาพ"
"""Of whom a report speaks."""


class ContradictedError(ValueError):
    """A sentence's own figure contradicts what it says: it must not be printed."""


def sentence(summary: Summary, facts: Mapping[str, Fact], schools: str = SCHOOLS) -> str:
    """How many of the schools stand at the stated level and what that means, then the rest, level by level.

    Of a share the pooled figure stands first. ``ContradictedError`` where that figure cannot be of schools at these levels.
    """
    if summary.level is None:
        return "ไม่มีโรงเรียนที่เกี่ยวข้องกับตัวชี้วัดนี้" if summary.not_applicable else "ยังไม่มีข้อมูลที่ตรวจสอบแล้ว"
    level = summary.indicator.level(summary.level)
    told = _told(summary, level)
    if told != _standing(level):
        _check(summary)
    figure = f"{_pooled(summary, summary.pooled, facts)} โดย" if summary.pooled else ""
    parts = [f"{figure}{_counted(summary, schools)} {told}", _rest(summary), _apart(summary)]
    return " ".join(part for part in parts if part)


def _told(summary: Summary, level: Level) -> str:
    """What holds of every school there; only the level's name where facts of one say otherwise."""
    if summary.doubted:
        return _standing(level)
    return level.report or f"{_standing(level)} คือ {level.descriptor}"


def _standing(level: Level) -> str:
    return f"อยู่ในระดับ{level.name}"


def _counted(summary: Summary, schools: str) -> str:
    there, rated = summary.there, summary.rated
    if there == rated:
        concerned = "ที่เกี่ยวข้อง" if summary.not_applicable else ""
        every = f"ทุกแห่ง{concerned}" if rated > 1 else concerned
        return f"{schools}{every} จำนวน {grouped(there)} แห่ง"
    return f"{schools} จำนวน {grouped(there)} แห่ง จาก {grouped(rated)} แห่ง (ร้อยละ {_part(there, rated)})"


def _part(some: int, whole: int) -> str:
    """A part in percent, rounded as people reckon it; what is not all never reads as all."""
    return min(rounded(Fraction(some * 100, whole), 2), "99.99", key=float)


def _rest(summary: Summary) -> str:
    """The schools that stand elsewhere, by level, the highest first."""
    others = [
        (level.name, count)
        for level, count in zip(summary.indicator.levels, summary.by_level, strict=True)
        if count and level.number != summary.level
    ][::-1]
    if not others:
        return ""
    left = f"ส่วนอีก {grouped(summary.rated - summary.there)} แห่ง อยู่ใน"
    if len(others) == 1:
        return f"{left}ระดับ{others[0][0]}"
    *first, last = (f"ระดับ{name} {grouped(count)} แห่ง" for name, count in others)
    return f"{left}{' '.join(first)} และ{last}"


def _apart(summary: Summary) -> str:
    """Who is not counted in the sentence."""
    words = []
    if summary.not_applicable:
        words.append(f"ตัวชี้วัดนี้ไม่เกี่ยวข้อง {grouped(summary.not_applicable)} แห่ง")
    if summary.elsewhere:
        words.append(f"ประเมินตัวชี้วัดนี้ด้วยเกณฑ์ฉบับอื่น {grouped(summary.elsewhere)} แห่ง")
    return f"ทั้งนี้ ไม่นับรวมโรงเรียนที่{' และที่'.join(words)}" if words else ""


def _pooled(summary: Summary, pooled: Pooled, facts: Mapping[str, Fact]) -> str:
    """ครูที่… จำนวน 435 คน จากครูทั้งหมด จำนวน 510 คน คิดเป็นร้อยละ 85.29."""
    share = summary.indicator.measure
    if not isinstance(share, Share):
        raise TypeError(f"{summary.indicator.id} is no share")
    count, whole = _amount(facts[share.count], pooled.count), _amount(facts[share.whole], pooled.whole)
    some = f" (ข้อมูลของ {grouped(pooled.schools)} แห่ง)" if pooled.schools < summary.rated else ""
    return f"{count} จาก{whole} คิดเป็นร้อยละ {shown(pooled.percent)}{some}"


def _amount(fact: Fact, number: Fraction) -> str:
    return f"{fact.title.removeprefix('จำนวน')} จำนวน {grouped(int(number))} {fact.unit}".strip()


def _check(summary: Summary) -> None:
    """The pooled share of schools that all stand at one level lies within that level's bounds."""
    if summary.pooled is None or summary.level is None or summary.there != summary.rated:
        return
    lower, upper = bounds_of(summary.indicator, summary.level)
    percent = summary.pooled.percent
    if percent < lower or (upper is not None and percent >= upper):
        raise ContradictedError(f"{summary.indicator.label}: {shown(percent)} % of schools at level {summary.level}")
