"""Word's own numbering wherever it prints the number that the tree carries, and only there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from khunnaphap.core.document import Document, Heading, ItemList
from khunnaphap.core.thai.numerals import arabic

from .. import glyphs, measures
from .markup import DECLARATION, NAMESPACES, escape, twips

_NUMBER: Final = re.compile(r"([^\d%]*)([๐-๙]+(?:\.[๐-๙]+)*|[0-9]+(?:\.[0-9]+)*)([^\d%]*)")
_ORDERED, _DASHED = 1, 2  # the numbers of the two lists that are not headings


@dataclass(frozen=True)
class Pattern:
    """How a level prints: "๑.๒)" has 2 parts and the suffix ")"; ``format`` is Word's name for the digits."""

    prefix: str
    parts: int
    suffix: str
    format: str


@dataclass(frozen=True)
class Placed:
    """Where a paragraph stands in Word's numbering: w:numId (0 for none) and w:ilvl (from 0)."""

    number: int
    level: int = 0

    def properties(self) -> str:
        return f'<w:numPr><w:ilvl w:val="{self.level}"/><w:numId w:val="{self.number}"/></w:numPr>'


@dataclass
class _Outline:
    """Word's counters for headings of level ``base`` and deeper; each stands under one that is counted too.

    Word and LibreOffice disagree about what a heading counts whose parent is not counted, so there is none such:
    the numbered headings under an unnumbered one begin an outline of their own.
    """

    base: int
    number: int
    patterns: dict[int, Pattern] = field(default_factory=dict)
    hanging: dict[int, float] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)

    def prints(self, level: int, pattern: Pattern, values: list[int]) -> bool:
        """Whether Word prints these values here, once its counter for the level is right."""
        above = range(level - pattern.parts + 1, level)
        return (
            level - pattern.parts + 1 >= self.base
            and all(self.patterns[number].format == pattern.format for number in above)
            and [self.counters[number] for number in above] == values[:-1]
            and self.patterns.get(level, pattern) == pattern
        )

    def count(self, level: int, value: int) -> bool:
        """Set the level's counter; whether Word gets there by itself."""
        by_itself = self.counters.get(level, 0) + 1 == value
        self.counters = {number: count for number, count in self.counters.items() if number < level} | {level: value}
        return by_itself

    def part(self, linked: set[int]) -> str:
        """The w:abstractNum; ``linked`` are the levels whose heading style belongs to it."""
        levels = "".join(self._level(level, linked) for level in sorted(self.patterns))
        return _abstract(self.number, "multilevel", levels)

    def _level(self, level: int, linked: set[int]) -> str:
        pattern, hang = self.patterns[level], self.hanging[level]
        counters = ".".join(f"%{depth - self.base + 1}" for depth in range(level - pattern.parts + 1, level + 1))
        style = f'<w:pStyle w:val="Heading{level}"/>' if level in linked else ""
        indent = _indent(measures.points(measures.HEADING_INDENTS[level - 1]) + hang, hang)
        text = f"{pattern.prefix}{counters}{pattern.suffix}"
        return _level(level - self.base, pattern.format, text, indent, style, "space")


class Numbering:
    """The numbering of one paper: ``headings`` and the w:numId of ``lists`` in the order of the tree."""

    def __init__(self, document: Document) -> None:
        self.headings: list[Placed] = []
        self.lists: list[int] = []
        self.styles: dict[int, Placed] = {}
        """The heading levels whose style Word numbers, and where."""
        self._outlines: dict[int, _Outline] = {}
        self._current: dict[int, int] = {}  # outline -> the instance in use
        self._instances = [_instance(_ORDERED, _ORDERED), _instance(_DASHED, _DASHED)]
        self._path: list[_Outline | None] = [None] * 7
        self._compact = document.compact
        for block in document.blocks:
            if isinstance(block, Heading):
                self.headings.append(self._place(block))
            elif isinstance(block, ItemList):
                self.lists.append(self._instance(_ORDERED, 0, 1) if block.ordered else _DASHED)

    def part(self) -> str:
        """word/numbering.xml."""
        ordered = _abstract(_ORDERED, "multilevel", _list_levels("thaiNumbers", ("%1)", "%1.%2)", "%1.%2.%3)")))
        dashed = _abstract(_DASHED, "multilevel", _list_levels("bullet", (measures.DASH,) * 3))
        outlines = "".join(
            outline.part({level for level in outline.patterns if self._belongs(level, outline)})
            for outline in self._outlines.values()
        )
        instances = "".join(self._instances)
        return f"{DECLARATION}<w:numbering {NAMESPACES}>{ordered}{dashed}{outlines}{instances}</w:numbering>"

    def _place(self, heading: Heading) -> Placed:
        level, found = heading.level, _NUMBER.fullmatch(heading.number)
        self._path[level:] = [None] * (7 - level)
        if not found:
            return Placed(0)
        values = [int(part) for part in arabic(found[2]).split(".")]
        pattern = Pattern(found[1], len(values), found[3], "decimal" if found[2].isascii() else "thaiNumbers")
        outline = self._path[level - 1] or self._outline(level)
        if not outline.prints(level, pattern, values):
            return Placed(0)
        self._path[level] = outline
        outline.patterns.setdefault(level, pattern)
        outline.hanging.setdefault(level, hanging(heading, self._compact))
        if not outline.count(level, values[-1]):
            self._current[outline.number] = self._instance(outline.number, level - outline.base, values[-1])
        placed = Placed(self._current[outline.number], level - outline.base)
        self.styles.setdefault(level, placed)
        return placed

    def _outline(self, base: int) -> _Outline:
        if base not in self._outlines:
            outline = _Outline(base, _DASHED + 1 + len(self._outlines))
            self._outlines[base] = outline
            self._current[outline.number] = self._instance(outline.number)
        return self._outlines[base]

    def _belongs(self, level: int, outline: _Outline) -> bool:
        """A heading style is linked to the outline that used it first."""
        covering = (other for other in self._outlines.values() if level in other.patterns)
        return next(covering) is outline

    def _instance(self, abstract: int, level: int = 0, start: int = 0) -> int:
        """A new w:num; with ``start`` it sets the counter of its level."""
        override = (
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
        )
        number = len(self._instances) + 1
        self._instances.append(_instance(number, abstract, override))
        return number


def hanging(heading: Heading, compact: bool) -> float:
    """How far the lines after the first stand in, in points: the width of the number and its space."""
    if not heading.number:
        return 0.0
    return glyphs.width(f"{heading.number} ", measures.headings(compact)[heading.level - 1], bold=True)


def _indent(left: float, hang: float) -> str:
    return f'<w:ind w:left="{twips(left)}" w:hanging="{twips(hang)}"/>'


def _list_levels(kind: str, texts: tuple[str, ...]) -> str:
    """The levels of a list: the mark and the text of each stand where the measures say."""
    places = enumerate(zip(texts, measures.LIST_TEXTS, measures.LIST_MARKS, strict=True))
    return "".join(
        _level(depth, kind, text, _indent(measures.points(left), measures.points(left - mark)))
        for depth, (text, left, mark) in places
    )


def _level(index: int, kind: str, text: str, indent: str, style: str = "", gap: str = "tab") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}<w:suff w:val="{gap}"/>'
        f'<w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/><w:pPr>{indent}</w:pPr></w:lvl>'
    )


def _abstract(number: int, kind: str, levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="4B48{number:04X}"/>'
        f'<w:multiLevelType w:val="{kind}"/><w:tmpl w:val="4B49{number:04X}"/>{levels}</w:abstractNum>'
    )


def _instance(number: int, abstract: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
