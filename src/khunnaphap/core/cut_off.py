"""What an office had done by a day: what begins later is not told, what bears no date is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from .letters import Letter
from .programme import Activity, Candidate, Committee, Money, OfficeYear, Submission


@dataclass(frozen=True)
class Until:
    """An account as it stood on a day.

    ``places`` are, by part, the places (from 0) in the whole account of what is told; ``later`` the part and place of
    what is left out, or of which a piece is (a site, a letter, an announcement).
    """

    told: OfficeYear
    places: Mapping[str, tuple[int, ...]]
    later: tuple[tuple[str, int], ...]


def until(told: OfficeYear, last: date) -> Until:
    """The account without what begins after ``last``; activities keep their place in the sequence."""
    parts: dict[str, tuple[Any, ...]] = {}
    places: dict[str, tuple[int, ...]] = {}
    later: list[tuple[str, int]] = []
    for part in (one.name for one in fields(told)):
        kept = []
        for at, one in enumerate(getattr(told, part)):
            whole = replace(one, number=at + 1) if part == "activities" and one.number is None else one
            found = _TRIMMED[part](whole, last) if part in _TRIMMED else whole
            if found is not None:
                kept.append((at, found))
            if found != whole:
                later.append((part, at))
        places[part] = tuple(at for at, _ in kept)
        parts[part] = tuple(one for _, one in kept)
    return Until(OfficeYear(**parts), places, tuple(later))


def _by(letter: Letter | None, last: date) -> bool:
    """Whether a letter, if there is one, is not later."""
    return letter is None or letter.dated <= last


def _activity(one: Activity, last: date) -> Activity | None:
    """One that has no day begins with the first of its letters."""
    days = [occasion.day for occasion in one.occasions if occasion.day] or [letter.dated for letter in one.letters]
    if days and min(days) > last:
        return None
    occasions = tuple(occasion for occasion in one.occasions if occasion.day is None or occasion.day <= last)
    return replace(one, occasions=occasions, letters=tuple(letter for letter in one.letters if _by(letter, last)))


def _candidate(one: Candidate, last: date) -> Candidate | None:
    """A school whose announcement is later was proposed, but not chosen yet."""
    if not _by(one.announced, last):
        one = replace(one, chosen=False, announced=None, announced_number=None)
    if _by(one.proposed, last):
        return one
    return replace(one, proposed=None, number=None) if one.chosen else None


def _submission(one: Submission, last: date) -> Submission | None:
    """What was due by the day and sent later was not sent yet."""
    days = [day for day in (one.due, one.sent, one.letter and one.letter.dated) if day]
    if days and min(days) > last:
        return None
    sent = one.sent if one.sent and one.sent <= last else None
    return replace(one, sent=sent, letter=one.letter if _by(one.letter, last) else None)


def _money(one: Money, last: date) -> Money | None:
    return one if _by(one.letter, last) else None


def _committee(one: Committee, last: date) -> Committee | None:
    return one if _by(one.order, last) else None


_TRIMMED: Final[Mapping[str, Callable[[Any, date], Any]]] = {
    "activities": _activity,
    "candidates": _candidate,
    "committees": _committee,
    "money": _money,
    "submissions": _submission,
}
"""How each part that bears dates is cut off; the others bear none."""
