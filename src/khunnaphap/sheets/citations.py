"""Letters cited by their number alone: each is written out once in a workbook, and by number from then on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from khunnaphap.core.letters import Letter

from .reading import Reader
from .tables import Row, Short


def whole(reader: Reader, rows: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """The rows with the letter that is meant wherever only a number stands; a number of none or two is a problem."""
    known: dict[str, dict[Letter, None]] = {}
    for found in rows.values():
        for row in found:
            for letter in _cited(row.values.values()):
                if isinstance(letter, Letter) and letter.number:
                    known.setdefault(_plain(letter.number), {})[letter] = None
    return {part: [_whole_row(reader, row, known) for row in found] for part, found in rows.items()}


def _cited(values: Any) -> Iterator[Letter | Short]:
    for value in values:
        if isinstance(value, Letter | Short):
            yield value
        elif isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, Letter | Short))


def _plain(number: str) -> str:
    return "".join(number.split())


def _whole_row(reader: Reader, row: Row, known: Mapping[str, Mapping[Letter, None]]) -> Row:
    values: dict[str, Any] = {}
    for name, value in row.values.items():
        if isinstance(value, Short):
            values[name] = _meant(reader, row, name, value, known)
        elif isinstance(value, tuple) and any(isinstance(one, Short) for one in value):
            meant = (_meant(reader, row, name, one, known) if isinstance(one, Short) else one for one in value)
            values[name] = tuple(one for one in meant if one is not None)
        else:
            values[name] = value
    return replace(row, values=values)


def _meant(
    reader: Reader, row: Row, name: str, short: Short, known: Mapping[str, Mapping[Letter, None]]
) -> Letter | None:
    found = list(known.get(_plain(short.number), ()))
    if len(found) == 1:
        return found[0]
    if found:
        message = f"เลขที่ “{short.number}” ตรงกับหนังสือ {len(found)} ฉบับในแฟ้มนี้"
        reader.problem(row.cells[name], "letter-ambiguous", message, "เขียนการอ้างหนังสือให้ครบทั้งบรรทัด")
    else:
        message = f"ไม่พบหนังสือเลขที่ “{short.number}” ที่เขียนครบทั้งบรรทัดในแฟ้มนี้"
        mend = "เขียนการอ้างหนังสือให้ครบทั้งบรรทัดหนึ่งแห่ง แห่งอื่นใช้เลขที่อย่างเดียวได้"
        reader.problem(row.cells[name], "letter-not-found", message, mend)
    return None
