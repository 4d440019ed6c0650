"""Thai, full-width and Arabic digits: the record keeps Arabic ones, papers print Thai ones."""

from __future__ import annotations

import re
from typing import Final

_ARABIC: Final = "0123456789"
_TO_ARABIC: Final = str.maketrans("๐๑๒๓๔๕๖๗๘๙" + "".join(chr(0xFF10 + n) for n in range(10)), _ARABIC * 2)
_TO_THAI: Final = str.maketrans(_ARABIC, "๐๑๒๓๔๕๖๗๘๙")


def arabic(text: str) -> str:
    """Every Thai or full-width digit as an Arabic one."""
    return text.translate(_TO_ARABIC)


def thai(text: str | int) -> str:
    """Every Arabic digit as a Thai one, as official papers want."""
    return str(text).translate(_TO_THAI)


_ADDRESS: Final = re.compile(r"://|www\.|@[\w-]+\.|_|[\w)]\.[A-Za-z][A-Za-z0-9]{1,4}\b")
_LATIN: Final = re.compile("[A-Za-z]")
_WORD: Final = re.compile(r"\S+")
_RUN: Final = re.compile(r"[^\s\u0e00-\u0e7f()\[\]{}“”‘’\"',;]+")
_HOUR: Final = re.compile(r"(?<=[0-9๐-๙]) +น\.(?![ก-๎])")


def official(text: str) -> str:
    """A text as official papers print it: Thai digits but where Latin letters stand, no line begins with น. of an hour.

    What is an address, a file's name or a code keeps its digits: in a word with a mark of an address (``://``, ``@``,
    ``www.``, ``_``, ``.pdf``) all of them do, else those that stand together with Latin letters (COVID-19, 2-SEA).
    """
    return _HOUR.sub("\u00a0น.", _WORD.sub(_official_word, text) if _LATIN.search(text) else thai(text))


def _official_word(found: re.Match[str]) -> str:
    word = found[0]
    if not _LATIN.search(word):
        return thai(word)
    if _ADDRESS.search(word):
        return word
    return _RUN.sub(lambda run: run[0] if _LATIN.search(run[0]) else thai(run[0]), word)


def grouped(number: int) -> str:
    """An integer with commas: 29,579."""
    return f"{number:,}"
