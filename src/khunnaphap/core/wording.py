"""How reports tell of levels: wording that stands beside an edition's content, outside its digest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias

from .framework import Framework, Indicator, Level
from .problems import Problem
from .thai.numerals import arabic

Wording: TypeAlias = Mapping[str, Mapping[str, Sequence[str]]]
"""By indicator id, by the kind of wording ("report"), a text for each level, lowest first; empty where there is none."""
KINDS: Final = ("report",)
"""The kinds of wording that a level may have; each is a field of ``Level``."""

_NUMBERS: Final = re.compile(
    r"(?:ไม่ถึง|ไม่เกิน|มากกว่า|อย่างน้อย|ตั้งแต่|เท่ากับ|เกิน)?\s*"
    r"(?:ร้อยละ\s*)?(?:\d+(?:\.\d+)?|ครึ่งหนึ่ง|(?:หนึ่ง|สอง|สาม)ใน(?:สอง|สาม|สี่|ห้า))"
)
"""A number or a number word with what bounds it: อย่างน้อยสามในสี่, ไม่ถึงร้อยละ 50."""
_ALL: Final = re.compile("ทุก|ทั้งหมด|ครบ(?!ทุก|ถ้วน)")
"""Words for all: ครบทุกคน is ทุกคน, ครบถ้วน counts nothing."""


def worded(framework: Framework, wording: Wording) -> Framework:
    """The framework with its levels' wording; what the wording does not name has none."""
    if not wording:
        return framework
    components = tuple(
        replace(
            component,
            aspects=tuple(
                replace(aspect, indicators=tuple(_worded(one, wording.get(one.id, {})) for one in aspect.indicators))
                for aspect in component.aspects
            ),
        )
        for component in framework.components
    )
    return replace(framework, components=components)


def _worded(indicator: Indicator, told: Mapping[str, Sequence[str]]) -> Indicator:
    levels = []
    for place, level in enumerate(indicator.levels):
        texts: dict[str, Any] = {kind: found[place] for kind in KINDS if place < len(found := told.get(kind, ()))}
        levels.append(replace(level, **texts))
    return replace(indicator, levels=tuple(levels))


def wording_of(framework: Framework) -> dict[str, dict[str, list[str]]]:
    """The wording that ``worded`` gives the same framework by; indicators without any are left out."""
    found = {
        one.id: {kind: texts for kind in KINDS if any(texts := [str(getattr(level, kind)) for level in one.levels])}
        for one in framework.indicators
    }
    return {key: told for key, told in found.items() if told}


def carried(base: Framework, told: Framework) -> Framework:
    """``told`` with the wording of ``base`` at every level whose descriptor is the same in both."""
    return worded(told, {one.id: _kept(base.by_id[one.id], one) for one in told.indicators if one.id in base.by_id})


def _kept(base: Indicator, told: Indicator) -> dict[str, list[str]]:
    pairs = list(zip(base.levels, told.levels, strict=False))
    return {kind: [str(getattr(old, kind)) if same(old, new) else "" for old, new in pairs] for kind in KINDS}


def same(old: Level, new: Level) -> bool:
    """Whether two levels say the same of a school."""
    return old.descriptor == new.descriptor


def doubts(base: Framework | None, told: Framework) -> Iterator[tuple[Indicator, Level, Problem]]:
    """Sentences to look at again: with a number that their level does not tell, or left behind by a changed level."""
    for indicator in told.indicators:
        before = base.by_id.get(indicator.id) if base else None
        for place, level in enumerate(indicator.levels):
            old = before.levels[place] if before and place < len(before.levels) else None
            if strange := beyond(level.report, level.descriptor):
                message = f"ถ้อยคำในรายงานมี “{strange[0]}” ซึ่งคำอธิบายระดับ {level.choice} ไม่มี"
                yield indicator, level, Problem("wording-beyond", message, "แก้ถ้อยคำให้ตรงกับคำอธิบายของระดับ")
            elif level.report and old and old.report == level.report and not same(old, level):
                message = f"คำอธิบายระดับ {level.choice} เปลี่ยนแล้ว แต่ถ้อยคำในรายงานยังเป็นของเดิม"
                yield indicator, level, Problem("wording-old", message, "ตรวจถ้อยคำให้ตรงกับคำอธิบายใหม่")


def beyond(sentence: str, descriptor: str) -> list[str]:
    """The numbers, number words and words for all in a sentence that its level's descriptor does not have as often."""
    found = []
    for pattern in (_NUMBERS, _ALL):
        told, there = (
            Counter("".join(one.split()) for one in pattern.findall(arabic(text))) for text in (sentence, descriptor)
        )
        found += [one for one, times in told.items() if times > there[one]]
    return found
