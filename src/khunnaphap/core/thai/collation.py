"""Thai dictionary order, as PyThaiNLP sorts it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from pythainlp.util import collate

Item = TypeVar("Item")


def in_thai_order(items: Iterable[Item], name: Callable[[Item], str]) -> list[Item]:
    """The items by the Thai dictionary order of their names; items of one name keep their order."""
    listed = list(items)
    rank = {text: place for place, text in enumerate(collate({name(item) for item in listed}))}
    return sorted(listed, key=lambda item: rank[name(item)])
