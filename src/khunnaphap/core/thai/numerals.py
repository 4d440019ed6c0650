"""Thai, full-width and Arabic digits: the record keeps Arabic ones, papers print Thai ones."""

from __future__ import annotations

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


def grouped(number: int) -> str:
    """An integer with commas: 29,579."""
    return f"{number:,}"
