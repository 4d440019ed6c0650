"""What people type, made clean once at the door: one form for digits, spaces and invisible characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from .numerals import arabic

_UNSEEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
)
_PICTURE: Final = "\u203c-\u3299\U0001f000-\U0001faff"
_INVISIBLE: Final = re.compile(f"[{_UNSEEN}\u200d]")
_INVISIBLE_IN_PROSE: Final = re.compile(f"[{_UNSEEN}]|(?<![{_PICTURE}\ufe0f])\u200d|\u200d(?![{_PICTURE}])")
"""All but the joiner inside an emoji that is drawn as one (a family, a flag), which is part of what was typed."""
_DIRECTIONS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OVERRIDES: Final = "\u202d\u202e"
"""They turn the order round in which digits are seen: 123 is seen as 321."""
_MARKS: Final = (
    (re.compile("เเ"), "แ"),
    (re.compile("([\u0e48-\u0e4c]+)([\u0e31\u0e34-\u0e37\u0e47\u0e4d])"), r"\2\1"),  # a tone before its vowel
    (re.compile("\u0e4d([\u0e48-\u0e4c]*)\u0e32"), "\\1\u0e33"),  # nikhahit, tone, sara aa
    (re.compile("\u0e33([\u0e48-\u0e4c]+)"), "\\1\u0e33"),  # sara am, tone
    (re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+"), r"\1"),  # the same mark twice is drawn once
)
"""The ways to type one and the same glyph, and the one that is kept: letter, vowel above or below, tone, sara am."""
_SPACES: Final = re.compile(r"[^\S\n]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def control_characters(text: str) -> tuple[str, ...]:
    """The control characters in a text (tab and line ends are none), as "U+0000"; they are refused, not stored.

    Excel writes them as ``_x0000_``, which counts as the character itself. Characters that turn the direction of
    what stands behind them are among them: what is seen would not be what is kept.
    """
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    found = [one for one in plain if _CONTROL.match(one) or one in _OVERRIDES]
    return tuple(dict.fromkeys(f"U+{ord(one):04X}" for one in found))


def direction_marks(text: str) -> tuple[str, ...]:
    """The marks of writing direction in a text, as "U+200F": they are not seen and not kept, so they are told."""
    return tuple(dict.fromkeys(f"U+{ord(one):04X}" for one in _DIRECTIONS.findall(text)))


def clean(text: str) -> str:
    """One line of typed text as names, codes and numbers are kept: Arabic digits, nothing invisible, single spaces."""
    return " ".join(arabic(_tidied(text, _INVISIBLE)).split())


def one_line(text: str) -> str:
    """One line of free text: as ``tidy_lines``, with single spaces."""
    return " ".join(tidy_lines(text).split())


def tidy_lines(text: str) -> str:
    """Free text: NFC, one way to write each Thai glyph, nothing invisible; digits, line ends and emoji stay as typed."""
    return _tidied(text, _INVISIBLE_IN_PROSE)


def _tidied(text: str, invisible: re.Pattern[str]) -> str:
    unified = invisible.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " ")
    unified = _one_way(unicodedata.normalize("NFC", unified))
    lines = (_SPACES.sub(" ", line).strip() for line in unified.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _one_way(text: str) -> str:
    """One way to write each glyph; what one step brings together the next pass settles."""
    settled = text
    for typed, kept in _MARKS:
        settled = typed.sub(kept, settled)
    return settled if settled == text else _one_way(unicodedata.normalize("NFC", settled))


_ORDINAL: Final = re.compile(r"\(?(\d{1,3})(?:\)|\.(?!\d))\s*(\S.*)")


def unnumbered(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines without numbers of their own, where all of them count on by one: papers number them (once)."""
    found = [_ORDINAL.fullmatch(line) for line in lines]
    numbers = [int(one[1]) for one in found if one]
    if len(numbers) < len(lines) or any(after != before + 1 for before, after in pairwise(numbers)):
        return tuple(lines)
    return tuple(one[2] for one in found if one)
