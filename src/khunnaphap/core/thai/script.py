"""Which characters the font of official papers can draw, and what stands in for the others."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MARK: Final = "◊"
"""Stands where something cannot be drawn (U+25CA): visible, in the font, and part of no Thai text."""


def _characters(spans: str) -> frozenset[str]:
    """The characters of "0020-007E 00A0": hexadecimal code points, both ends included."""
    bounds = (span.partition("-") for span in spans.split())
    return frozenset(
        chr(code) for first, _, last in bounds for code in range(int(first, 16), int(last or first, 16) + 1)
    )


COVERAGE: Final = _characters(
    "0020-007E 00A0-00FF 0102-0103 0106-0107 010C-010D 0110-0111 011E-011F 0128-0129 0130-0131 0141-0142 0152-0153 "
    "015E-0161 0168-0169 0178 017D-017E 0192 01A0-01A1 01AF-01B0 02C6-02C7 02D8-02DD 0300-0301 0303 0309 0323 "
    "0E00-0E3A 0E3F-0E5B 1EA0-1EF9 200C-200F 2013-2014 2018-201A 201C-201E 2020-2022 2026 2030 2032-2033 2039-203A "
    "2044 20A3 20AB-20AC 2113 2122 2126 212E 2153-215E 2202 2206 220F 2211-2212 221A 221E 222B 2248 2260 2264-2265 "
    "25CA 25CC F700-F71D F880-F882 FB01-FB02"
)
"""The characters that all four styles of TH Sarabun New map to a glyph (tests/paper proves it against the fonts)."""

# Some glyphs stand for characters that mean nothing on another machine (private use, unassigned) or show nothing
# (format); PDF/A-2a refuses the former, so a glyph alone does not make a character drawable.
DRAWN: Final = frozenset(one for one in COVERAGE if unicodedata.category(one) not in {"Co", "Cn", "Cf"})
_INVISIBLE: Final = _characters(
    "034F 115F-1160 17B4-17B5 180B-180D 180F 2065 2800 3164 FE00-FE0F FFA0 FFF0-FFF8 E0000-E0FFF"
)
_JOINER: Final = "\u200d"
_SKIN: Final = _characters("1F3FB-1F3FF")
_FLAG: Final = _characters("1F1E6-1F1FF")

_LINE_END: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACE: Final = re.compile("[\t\x1f\u1680\u2000-\u200a\u202f\u205f\u3000]")
# NFC would turn the ohm sign, which the font has, into the Greek letter, which it has not.
_NOT_THAI: Final = re.compile("[^\u0e00-\u0e7f\u2126]+")
_CLASS: Final = re.escape("".join(sorted(DRAWN))) + "\n"
_FOREIGN: Final = re.compile(f"[0-9#*]\ufe0f?\u20e3|[^{_CLASS}]+")
_COMBINING: Final = re.escape("".join(sorted(one for one in DRAWN if unicodedata.combining(one) and one < "\u0e00")))
_NOTHING_TO_DO: Final = re.compile(f"[{_CLASS}]*").fullmatch


def undrawable(text: str) -> tuple[str, ...]:
    """The distinct characters that the font cannot draw or that show nothing, in order of appearance.

    Spaces and line ends of every kind count as drawable: ``drawable`` turns them into plain ones.
    """
    return tuple(dict.fromkeys(one for one in _composed(_plain(text)) if one not in DRAWN and one != "\n"))


def drawable(text: str) -> str:
    """The text in characters that the font has: NFC outside Thai, invisible ones dropped, the others as ``MARK``.

    One ``MARK`` stands for a whole emoji sequence, and for a run of combining marks. Thai text does not change
    (SARA AM stays U+0E33); every space becomes U+0020 but U+00A0, every line end U+000A. The result is a fixed
    point: ``drawable(drawable(text)) == drawable(text)``.
    """
    if _NOTHING_TO_DO(text) and not _has_combining(text):
        return text
    once = _FOREIGN.sub(_replaced, _composed(_plain(text)))
    # What was dropped may have stood between a letter and its accent.
    return _FOREIGN.sub(_replaced, _composed(once))


_has_combining: Final = re.compile(f"[{_COMBINING}]").search


def _plain(text: str) -> str:
    return _SPACE.sub(" ", _LINE_END.sub("\n", text))


def _composed(text: str) -> str:
    """NFC outside Thai, but a letter that the font has only in pieces stays in pieces."""
    whole = _NOT_THAI.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    return "".join(one if one in DRAWN else _in_pieces(one) for one in whole)


def _in_pieces(one: str) -> str:
    pieces = unicodedata.normalize("NFD", one)
    return pieces if all(piece in DRAWN for piece in pieces) else one


def _replaced(found: re.Match[str]) -> str:
    """Marks for a run of characters that the font lacks: one for each cluster a reader sees as one sign."""
    run = found[0]
    if run[0] in "0123456789#*":  # a keycap emoji
        return MARK
    marks, joined, half_flag = 0, False, False
    for one in run:
        if one == _JOINER:
            joined = marks > 0
        elif not _shows_nothing(one):
            second_half = half_flag and one in _FLAG
            extends = one in _SKIN or unicodedata.category(one).startswith("M")
            marks += not (second_half or joined or (extends and marks))
            half_flag = one in _FLAG and not second_half
            joined = False
    return MARK * marks


def _shows_nothing(one: str) -> bool:
    return one in _INVISIBLE or unicodedata.category(one) in {"Cc", "Cf"}
