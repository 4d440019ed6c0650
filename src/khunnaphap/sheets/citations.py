"""Letters cited by their number alone: each is written out once in a workbook, and by number from then on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from khunnaphap.core.letters import Letter, announced_on, numbers_in

from .office_contract import TABLES
from .reading import Reader
from .tables import Row
from .values import Short


def whole(reader: Reader, rows: Mapping[str, Sequence[Row]], lost: bool) -> dict[str, list[Row]]:
    """The rows with the letter that is meant wherever only a number stands; a number of none or two is a problem.

    A number that may be of a letter that could not be read is no fault of its own; ``lost``: whole sheets were not read.
    """
    unread = None if lost else _unread_numbers(rows)
    known: dict[str, dict[Letter, None]] = {}
    for found in rows.values():
        for row in found:
            for letter in _cited(row.values.values()):
                if isinstance(letter, Letter) and (key := _known_by(letter)):
                    known.setdefault(key, {})[letter] = None
    meant = _Meant(reader, known, unread)
    return {part: [meant.row(row) for row in found] for part, found in rows.items()}


def _unread_numbers(rows: Mapping[str, Sequence[Row]]) -> frozenset[str] | None:
    """The numbers that stand in letters' cells that could not be read; ``None`` when one shows no number at all."""
    found: set[str] = set()
    for part in rows.values():
        for row in part:
            for name in row.unread & _CITING:
                numbers = [_plain(number) for number in numbers_in(row.cells[name].text)]
                if not numbers:
                    return None
                found |= set(numbers)
    return frozenset(found)


_CITING: Final = frozenset(one.name for spec in TABLES for one in spec.fields if one.kind in ("letter", "letters"))
"""The fields that cite letters."""


def _cited(values: Any) -> Iterator[Letter | Short]:
    for value in values:
        if isinstance(value, Letter | Short):
            yield value
        elif isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, Letter | Short))


def _known_by(letter: Letter) -> str:
    """The number of a letter; of an announcement without one its day."""
    if letter.kind == "announcement" and not letter.number:
        return _plain(announced_on(letter.dated))
    return _plain(letter.number)


def _plain(number: str) -> str:
    return "".join(number.split())


@dataclass(frozen=True)
class _Meant:
    """Finds the letters that are meant: ``known`` by number, ``unread`` numbers as in ``_unread_numbers``."""

    reader: Reader
    known: Mapping[str, Mapping[Letter, None]]
    unread: frozenset[str] | None

    def row(self, row: Row) -> Row:
        """The row with whole letters."""
        values: dict[str, Any] = {}
        for name, value in row.values.items():
            if isinstance(value, Short):
                values[name] = self._letter(row, name, value)
            elif isinstance(value, tuple) and any(isinstance(one, Short) for one in value):
                meant = (self._letter(row, name, one) if isinstance(one, Short) else one for one in value)
                values[name] = tuple(one for one in meant if one is not None)
            else:
                values[name] = value
        return replace(row, values=values)

    def _letter(self, row: Row, name: str, short: Short) -> Letter | None:
        number = _plain(short.number)
        found = list(self.known.get(number, ()))
        if len(found) == 1:
            return found[0]
        if found:
            message = f"เลขที่ “{short.number}” ตรงกับหนังสือ {len(found)} ฉบับในแฟ้มนี้"
            self.reader.problem(row.cells[name], "letter-ambiguous", message, "เขียนการอ้างหนังสือให้ครบทั้งบรรทัด")
        elif self.unread is not None and number not in self.unread:
            message = f"ไม่พบหนังสือเลขที่ “{short.number}” ที่เขียนครบทั้งบรรทัดในแฟ้มนี้"
            mend = "เขียนการอ้างหนังสือให้ครบทั้งบรรทัดหนึ่งแห่ง แห่งอื่นใช้เลขที่อย่างเดียวได้"
            self.reader.problem(row.cells[name], "letter-not-found", message, mend)
        return None
