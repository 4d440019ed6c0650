"""Charts of the report: colours by office, and the average of each component."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from khunnaphap.core.colours import SWATCHES
from khunnaphap.core.document import Bar, Chart, Key, Segment, Source
from khunnaphap.core.framework import Framework
from khunnaphap.core.measures import shown

from .colour_groups import counted_offices, counts, label_of
from .queries import Basis, Verified

_PLAIN = "#4a6fa5"
_COLOURS = "จำนวนโรงเรียนในแต่ละกลุ่มสี จำแนกตามสำนักงานเขตพื้นที่การศึกษา"


def assessed(verified: Sequence[Verified]) -> tuple[Source, ...]:
    """The assessments behind a number of many schools."""
    return tuple(Source("assessment", f"{item.round}:{item.school.ministry_code}") for item in verified)


def colours(basis: Basis, framework: Framework, number: str) -> Chart:
    """How many schools of each office have which colour; an office's bar is as long as it has schools.

    Without a ``number`` the chart has no caption: it then stands under a heading that says what it shows.
    """
    bars, said = [], []
    for office in counted_offices(basis):
        found = counts(basis.of_office(office))
        pieces = [
            Segment(
                found[band.colour], f"{band.title} {found[band.colour]}", SWATCHES[band.colour], str(found[band.colour])
            )
            for band in framework.bands
            if found[band.colour]
        ]
        bars.append(Bar(label_of(basis, office), tuple(pieces), f"{found.total()}"))
        said.append(f"{office.name} {' '.join(piece.text for piece in pieces) or 'ยังไม่มี'}")
    return Chart(
        caption=f"{number} {_COLOURS}" if number else "",
        alternative=f"แผนภูมิแท่งจำนวนโรงเรียนในแต่ละกลุ่มสี {', '.join(said)}",
        bars=tuple(bars),
        full=max(1, *(sum(piece.length for piece in bar.segments) for bar in bars)),
        keys=tuple(Key(f"สี{band.title}", SWATCHES[band.colour]) for band in framework.bands),
        sources=assessed(basis.verified),
    )


def averages(framework: Framework, verified: Sequence[Verified]) -> dict[str, Fraction]:
    """The mean of each component's percentage, by its label, over the schools of this edition that have one."""
    found = {}
    for component in framework.components:
        parts = [
            part
            for item in verified
            if item.standing.framework.code == framework.code
            and (part := item.classification.score.components.get(component.label)) is not None
        ]
        if parts:
            found[component.label] = sum(parts, Fraction(0)) / len(parts)
    return found


def components(basis: Basis, framework: Framework, number: str) -> Chart | None:
    """The average of each component in percent; ``None`` when no school has any."""
    means = averages(framework, basis.verified)
    if not means:
        return None
    titles = {component.label: component.title for component in framework.components}
    bars = tuple(
        Bar(titles[label], (Segment(int(mean * 100), "", _PLAIN),), shown(mean)) for label, mean in means.items()
    )
    return Chart(
        caption=f"{number} คะแนนเฉลี่ยรายด้าน (ร้อยละ) ของโรงเรียนที่ตรวจสอบแล้ว",
        alternative=f"แผนภูมิแท่งคะแนนเฉลี่ยรายด้าน {', '.join(f'{bar.label} ร้อยละ {bar.total}' for bar in bars)}",
        bars=bars,
        full=10_000,
        sources=assessed(basis.verified),
    )
