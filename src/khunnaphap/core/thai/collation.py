"""Thai dictionary order.

The rule of the Royal Institute's dictionary: a leading vowel is weighed after its consonant, tone marks and other
signs above only decide between words that are otherwise the same. (PyThaiNLP 5.4's ``collate`` is not used: it puts
เกาะคา before เก่า.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

Item = TypeVar("Item")

_LEADING: Final = re.compile("([เ-ไ])([ก-ฮ])")
_SIGNS: Final = re.compile("[\u0e47-\u0e4e]")
_NUMBER: Final = re.compile("[0-9๐-๙]+")


def thai_key(text: str) -> tuple[str, str]:
    """A sort key in dictionary order; numbers by their value (บ้านท่าหิน 2 before บ้านท่าหิน 10)."""
    plain = _NUMBER.sub(lambda found: f"{int(found[0]):012d}", _SIGNS.sub("", text))
    return _LEADING.sub(r"\2\1", plain), text


def in_thai_order(items: Iterable[Item], name: Callable[[Item], str]) -> list[Item]:
    """The items by the dictionary order of their names; items of one name keep their order."""
    return sorted(items, key=lambda item: thai_key(name(item)))
