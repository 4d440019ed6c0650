"""Editions made up by hypothesis: every kind of measure, fact, condition and number that an edition may hold."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from khunnaphap.core.framework import (
    Aspect,
    AutomaticNA,
    Band,
    Comparison,
    Component,
    Condition,
    Fact,
    Framework,
    Grade,
    Indicator,
    Level,
    Share,
    Subject,
    Test,
)

WORDS = st.from_regex("[=+@'-]?[ก-ฮ๐-๙0-9a-zA-Z]{1,12}( [ก-ฮ๐-๙(/=,.]{1,12}){0,3}", fullmatch=True)
NUMBERS = st.sampled_from([Fraction(text) for text in ("1", "2", "1/3", "2.5", "0.125", "7/6", "100")])
FACTS = (
    Fact("part", "ก", "ส่วน", "Part", "คน", "count", "ช่วย"),
    Fact("all", "ก", "ทั้งหมด", "", "", "count"),
    Fact("done", "ข", "ทำแล้ว", "Done", "", "yes-no"),
    Fact("grade", "ข", "ผล", "", "", "grade", "", ("AA", "B", "ผ่าน")),
    Fact("mean", "ค", "คะแนน", "", "คะแนน", "mean"),
)


@st.composite
def editions(draw: st.DrawFn) -> Framework:
    """A whole edition without contradictions."""
    levels = draw(st.integers(2, 5))
    names = tuple(f"ชื่อ {number} {draw(WORDS)}" for number in range(levels))
    points = tuple(Fraction(n) * draw(NUMBERS) for n in range(1, levels + 1))
    lowers = draw(
        st.lists(st.integers(1, 1000), min_size=1, max_size=5, unique=True).map(lambda found: sorted(found)[::-1])
    )
    colours = draw(st.permutations(["purple", "blue", "green", "yellow", "orange", "red"]))
    bands = [
        Band(colour, draw(WORDS), Fraction(lower, 10)) for colour, lower in zip(colours, [*lowers, 0], strict=False)
    ]
    shape = draw(st.lists(st.lists(st.integers(1, 2), min_size=1, max_size=2), min_size=1, max_size=2))
    return Framework(
        code="made-up",
        title=draw(WORDS),
        title_en=draw(st.just("") | WORDS),
        level_names=names,
        bands=tuple(bands),
        facts=FACTS,
        tests=(Test("test", draw(WORDS), draw(st.sampled_from(["P3", "M6"])), (Subject("mean", draw(WORDS)),)),),
        components=tuple(
            Component(
                **_titles(draw, f"c{c}", str(c)),
                weight=draw(NUMBERS),
                aspects=tuple(
                    Aspect(
                        **_titles(draw, f"c{c}-a{a}", f"{c}.{a}"),
                        statement=draw(WORDS),
                        indicators=tuple(_indicator(draw, f"{c}.{a}.{n}", names, points) for n in range(1, size + 1)),
                    )
                    for a, size in enumerate(sizes, 1)
                ),
            )
            for c, sizes in enumerate(shape, 1)
        ),
        level_names_en=draw(st.just(()) | st.just(tuple(f"Level {number}" for number in range(levels)))),
        level_points=points,
    )


def _titles(draw: st.DrawFn, key: str, label: str) -> dict[str, Any]:
    return {"id": key, "label": label, "title": draw(WORDS), "title_en": draw(st.just("") | WORDS)}


def _indicator(draw: st.DrawFn, label: str, names: tuple[str, ...], points: tuple[Fraction, ...]) -> Indicator:
    own = draw(st.just(points) | st.just(tuple(point + 1 for point in points)))
    bounds = tuple(
        Fraction(10 * number) + draw(st.sampled_from([0, Fraction(1, 3)])) for number in range(1, len(names))
    )
    conditions = draw(st.just(()) | st.just((Condition(2, "done"), Condition(len(names), "done"))))
    measure = draw(
        st.sampled_from(
            [
                None,
                Share("part", "all", bounds, conditions),
                Grade("grade", {"AA": len(names), "B": 1, "ผ่าน": 2}),
                Comparison("national", bounds),
            ]
        )
    )
    return Indicator(
        **_titles(draw, f"i-{label}", label),
        statement=draw(st.just("") | WORDS),
        measure=measure,
        levels=tuple(Level(n, name, own[n - 1], draw(WORDS)) for n, name in enumerate(names, 1)),
        evidence=tuple(draw(st.lists(WORDS, max_size=3))),
        weight=draw(NUMBERS),
        not_applicable=draw(st.none() | st.builds(AutomaticNA, st.just("done"), st.booleans(), WORDS)),
    )
