"""Land as offices write it: rai-ngan-square wah ("12-2-50"); kept in square wah."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from .thai.text import clean

_WAH_A_NGAN: Final = 100
_WAH_A_RAI: Final = 400
LARGEST: Final = Decimal(100_000 * _WAH_A_RAI)
"""No school has more land than 100,000 rai (160 square kilometres)."""
_NUMBER: Final = r"([1-9]\d{0,2}(?:,\d{3})+|\d+)"
_WAH: Final = r"(\d+(?:\.\d{1,2})?)"
_DASHED: Final = re.compile(rf"{_NUMBER}\s*[-–]\s*(\d+)\s*[-–]\s*{_WAH}", re.ASCII)
_WORDS: Final = re.compile(
    rf"(?:{_NUMBER}\s*ไร่)?\s*(?:(\d+)\s*งาน)?\s*(?:{_WAH}\s*(?:ตารางวา|ตร\.\s*ว\.|ตรว\.?|วา))?",
    re.ASCII,
)


def parse_land(text: str) -> Decimal:
    """Square wah from "12-2-50", "12 ไร่ 2 งาน 50 ตารางวา" or parts of it; ``ValueError`` otherwise.

    A ngan is 100 square wah, a rai is 4 ngan; so ngan stay under 4 and square wah under 100, to the hundredth.
    """
    plain = clean(text)
    match = _DASHED.fullmatch(plain) or _WORDS.fullmatch(plain)
    if match is None or not plain:
        raise ValueError(text)
    rai, ngan, wah = (Decimal((part or "0").replace(",", "")) for part in match.groups())
    area = rai * _WAH_A_RAI + ngan * _WAH_A_NGAN + wah
    if ngan >= 4 or wah >= _WAH_A_NGAN or not 0 < area <= LARGEST:
        raise ValueError(text)
    return area


def write_land(square_wah: Decimal) -> str:
    """Square wah as offices write them: 5050 is "12-2-50"."""
    rai, rest = divmod(square_wah, _WAH_A_RAI)
    ngan, wah = divmod(rest, _WAH_A_NGAN)
    return f"{int(rai)}-{int(ngan)}-{wah.normalize():f}"
