"""What people type, made clean once at the door: one form for digits, spaces and invisible characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from .numerals import arabic

_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_SPACES: Final = re.compile(r"[^\S\n]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def control_characters(text: str) -> tuple[str, ...]:
    """The control characters in a text (tab and line ends are none), as "U+0000"; they are refused, not stored.

    Excel writes them as ``_x0000_``, which counts as the character itself.
    """
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return tuple(dict.fromkeys(f"U+{ord(found):04X}" for found in _CONTROL.findall(plain)))


def clean(text: str) -> str:
    """One line of typed text: NFC, Arabic digits, no invisible characters, single spaces, none at the ends."""
    return " ".join(clean_lines(text).split())


def clean_lines(text: str) -> str:
    """Like ``clean``, but line ends stay (remarks of several lines)."""
    return arabic(tidy_lines(text))


def tidy_lines(text: str) -> str:
    """Like ``clean_lines``, but digits stay as they were typed: the wording of an official text."""
    unified = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    # two ways to type the same glyph: เ+เ for แ, nikhahit + sara aa for sara am
    unified = unified.replace("เเ", "แ").replace("\u0e4d\u0e32", "\u0e33")
    unified = _INVISIBLE.sub("", unified).replace("\t", " ")
    lines = (_SPACES.sub(" ", line).strip() for line in unified.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


_ORDINAL: Final = re.compile(r"\(?(\d{1,3})(?:\)|\.(?!\d))\s*(\S.*)")


def unnumbered(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines without numbers of their own, where all of them count on by one: papers number them (once)."""
    found = [_ORDINAL.fullmatch(line) for line in lines]
    numbers = [int(one[1]) for one in found if one]
    if len(numbers) < len(lines) or any(after != before + 1 for before, after in pairwise(numbers)):
        return tuple(lines)
    return tuple(one[2] for one in found if one)
