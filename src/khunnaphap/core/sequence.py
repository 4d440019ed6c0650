"""The office's own sequence: activities with committees, money, plans and the selection, each at its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from .programme import OfficeYear

Kind: TypeAlias = Literal["proposal", "announcement", "committees", "activities", "money", "submissions", "support"]
_ORDER: Final[tuple[Kind, ...]] = (
    "activities", "proposal", "announcement", "committees", "money", "submissions", "support",
)  # fmt: skip
"""In what order things stand that have one place: they are told together, under one number."""
_PLACED: Final[tuple[Kind, ...]] = ("activities", "committees", "money", "submissions", "support")


@dataclass(frozen=True)
class Entry:
    """One thing of the sequence: ``places`` (from 0) are its values in its part of the account."""

    kind: Kind
    places: tuple[int, ...]
    number: int
    step: str = ""

    @property
    def part(self) -> str:
        """The part of the account that its values stand in."""
        return "candidates" if self.kind in ("proposal", "announcement") else self.kind


def sequence(told: OfficeYear) -> list[Entry]:
    """All that has a place, in order; what bears no step stands under the step of what comes before it.

    An activity always has a place and says its own step. Everything else has one only where it was given one:
    the rest is told in lists of its own.
    """
    entries: list[Entry] = []
    for entry in sorted(_entries(told), key=lambda entry: (entry.number, _ORDER.index(entry.kind))):
        before = entries[-1].step if entries else ""
        own = entry.kind == "activities" or entry.step
        entries.append(entry if own else replace(entry, step=before))
    return entries


def unplaced(told: OfficeYear, kind: Kind) -> tuple[int, ...]:
    """The places (from 0) of a part's values that the sequence passes over."""
    if kind in ("proposal", "announcement"):
        numbers = [_number(kind, one) for one in told.candidates]
        return tuple(
            at
            for at, number in enumerate(numbers)
            if number is None and (kind == "proposal" or told.candidates[at].chosen)
        )
    return tuple(at for at, one in enumerate(getattr(told, kind)) if one.number is None)


def _number(kind: Kind, candidate: object) -> int | None:
    number: int | None = getattr(candidate, "number" if kind == "proposal" else "announced_number")
    return number


def _entries(told: OfficeYear) -> Iterator[Entry]:
    yield from _selection(told)
    for kind in _PLACED:
        for at, one in enumerate(getattr(told, kind)):
            number = at + 1 if one.number is None and kind == "activities" else one.number
            if number is not None:
                yield Entry(kind, (at,), number, one.step)


def _selection(told: OfficeYear) -> Iterator[Entry]:
    """Schools proposed at one place are one entry, and so are those announced at one."""
    for kind in ("proposal", "announcement"):
        found: dict[int, list[int]] = {}
        for at, one in enumerate(told.candidates):
            number = _number(kind, one)
            if number is not None and (kind == "proposal" or one.chosen):
                found.setdefault(number, []).append(at)
        for number, places in found.items():
            yield Entry(kind, tuple(places), number)
