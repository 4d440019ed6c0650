"""Charts as SVG in the paper's own font: bars with their numbers in them, so that they read without colour too."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from khunnaphap.core.document import Bar, Chart, Key

from . import glyphs, measures
from .words import cut

WIDTH: Final = measures.points(measures.TEXT_WIDTH)
SIZE: Final = 13.0
_BAR: Final = 17.0
_GAP: Final = 7.0
_LINE: Final = SIZE * (measures.ASCENT + measures.DESCENT)
_SIDE: Final = 5.0
_LABELS: Final = WIDTH * 0.42
"""The most that the labels may take of the width."""
_BRIGHT: Final = 0.4


@dataclass(frozen=True)
class Word:
    """A text of a chart: where it begins, the middle of its letters' bodies, and its width, in points."""

    text: str
    left: float
    middle: float
    width: float
    ink: str


@dataclass(frozen=True)
class Picture:
    """A chart drawn: its shapes as SVG, the texts over them, and its size in points.

    The texts are set by typst, not by the SVG: a PDF's text layer must be the source's, ำ and all.
    """

    shapes: str
    words: tuple[Word, ...]
    height: float


class _Pen:
    """Gathers shapes and texts."""

    def __init__(self) -> None:
        self.shapes: list[str] = []
        self.words: list[Word] = []

    def rect(self, x: float, y: float, wide: float, high: float, fill: str) -> None:
        """A filled box with a thin grey edge."""
        box = f'x="{x:.2f}" y="{y:.2f}" width="{wide:.2f}" height="{high:.2f}"'
        self.shapes.append(f'<rect {box} fill="{fill}" stroke="{measures.GREY}" stroke-width="0.4"/>')

    def write(self, text: str, x: float, middle: float, *, before: float = 0, ink: str = "#000000") -> None:
        """A text at ``x``; ``before`` is the share of it that stands before that place (1: it ends there)."""
        wide = glyphs.width(text, SIZE)
        self.words.append(Word(text, x - wide * before, middle, wide, ink))


def draw(chart: Chart) -> Picture:
    """The chart's shapes and texts; ``chart`` must be drawable (see ``legible``)."""
    pen = _Pen()
    labels = [_lines(bar.label) for bar in chart.bars]
    left = max((glyphs.width(line, SIZE) for lines in labels for line in lines), default=0.0) + 2 * _SIDE
    right = max((glyphs.width(bar.total, SIZE) for bar in chart.bars), default=0.0) + 2 * _SIDE
    top = _keys(pen, chart.keys)
    for bar, lines in zip(chart.bars, labels, strict=True):
        height = max(_BAR, len(lines) * _LINE)
        _bar(pen, bar, lines, (left, WIDTH - right), top + height / 2, chart.full)
        top += height + _GAP
    size = f'width="{WIDTH:.2f}" height="{top:.2f}" viewBox="0 0 {WIDTH:.2f} {top:.2f}"'
    shapes = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(pen.shapes)}</svg>'
    return Picture(shapes, tuple(pen.words), top)


def typeset(chart: Chart) -> dict[str, Any]:
    """The chart as ``chart.typ`` reads it."""
    picture = draw(chart)
    words = [asdict(word) for word in picture.words]
    return {"svg": picture.shapes, "words": words, "width": WIDTH, "height": picture.height, "size": SIZE}


def _lines(label: str) -> list[str]:
    """The label in lines that fit the room for labels, broken between words."""
    lines = [""]
    for piece in cut(label):
        if lines[-1] and glyphs.width(lines[-1] + piece.rstrip(), SIZE) > _LABELS:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def _keys(pen: _Pen, keys: tuple[Key, ...]) -> float:
    """The legend, in as many lines as it takes; gives where the bars begin below it."""
    x = y = 0.0
    edge = SIZE * 0.62
    for key in keys:
        wide = SIZE + glyphs.width(key.text, SIZE) + 3 * _SIDE
        if x and x + wide > WIDTH:
            x, y = 0.0, y + _LINE
        pen.rect(x, y + (_LINE - edge) / 2, edge, edge, key.fill)
        pen.write(key.text, x + SIZE, y + _LINE / 2)
        x += wide
    return y + _LINE + _GAP if keys else 0.0


def _bar(pen: _Pen, bar: Bar, lines: list[str], room: tuple[float, float], middle: float, full: int) -> None:
    left, right = room
    first = middle - (len(lines) - 1) * _LINE / 2
    for place, line in enumerate(lines):
        pen.write(line, left - _SIDE, first + place * _LINE, before=1)
    x = left
    for piece in bar.segments:
        wide = (right - left) * piece.length / full
        if piece.length:
            pen.rect(x, middle - _BAR / 2, wide, _BAR, piece.fill)
            fitting = [text for text in (piece.text, piece.short) if text and glyphs.width(text, SIZE) + 2 <= wide]
            if fitting:
                ink = "#000000" if _luminance(piece.fill) > _BRIGHT else "#ffffff"
                pen.write(fitting[0], x + wide / 2, middle, before=0.5, ink=ink)
        x += wide
    if bar.total:
        pen.write(bar.total, x + _SIDE, middle)


def _luminance(colour: str) -> float:
    """The relative luminance of "#rrggbb", 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
