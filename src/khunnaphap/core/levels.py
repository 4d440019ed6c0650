"""A level as people write it, read by one rule at every door: "4", "๔", "ดีเลิศ", "4 ดีเลิศ"."""

from __future__ import annotations

import re
from typing import Final

from .framework import Indicator
from .problems import Unreadable
from .thai.text import clean

_CHOICE: Final = re.compile(r"([0-9]{1,2})(?:\.0+(?=\s|$))?\s*(.*)")


def read_level(indicator: Indicator, text: str) -> int:
    """The level's number; ``Unreadable`` for what is none of this indicator, or a number beside another level's name."""
    plain = clean(text)
    match = _CHOICE.fullmatch(plain)
    number, name = (int(match[1]), match[2]) if match else (0, plain)
    levels = {level.number: level for level in indicator.levels}
    if number in levels and name in ("", levels[number].name):
        return number
    by_name = [level.number for level in indicator.levels if level.name == plain]
    if by_name:
        return by_name[0]
    options = ", ".join(f"“{level.choice}”" for level in indicator.levels)
    shown = plain if len(plain) <= 60 else f"{plain[:60]}…"
    if number in levels and name in {level.name for level in indicator.levels}:
        message = f"อ่านได้ “{shown}” แต่ระดับ {number} ชื่อ “{levels[number].name}”"
        raise Unreadable("level-name-differs", message, f"เลือกหนึ่งใน {options}")
    raise Unreadable("level-unknown", f"อ่านได้ “{shown}” ซึ่งไม่ใช่ระดับของตัวชี้วัด {indicator.label}", f"เลือกหนึ่งใน {options}")
