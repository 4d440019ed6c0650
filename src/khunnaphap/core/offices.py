"""Which area office a list means: by its name, by another name it goes by, or by who came after it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from .register import OfficeEntry, laid_over
from .thai.text import clean

_LONG: Final = (
    ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษา", "สพป"),
    ("สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา", "สพม"),
)
_PASSED_OVER: Final = re.compile(r"[^\w\u0e00-\u0e7f]|_|ฯ")


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A name as it is compared: short or written out, whatever its spaces, dots, dashes and brackets."""
    plain = clean(name).lower()
    for long, short in _LONG:
        plain = plain.replace(long, short)
    return _PASSED_OVER.sub("", plain)


def level_of(name: str) -> str:
    """The level that an office's name tells: สพป. primary, สพม. secondary, any other special."""
    key = name_key(name)
    return "primary" if key.startswith("สพป") else "secondary" if key.startswith("สพม") else "special"


class Directory:
    """Offices by every name they go by; codes and names are each of one office."""

    def __init__(self, offices: Iterable[OfficeEntry]) -> None:
        self.by_code = {one.code: one for one in offices}
        self._names = {name_key(name): one for one in self.by_code.values() for name in (*one.aliases, one.name)}
        self._after: dict[str, list[OfficeEntry]] = {}
        for one in self.by_code.values():
            for code in one.predecessors:
                self._after.setdefault(code, []).append(one)

    def named(self, name: str) -> OfficeEntry | None:
        """The office of this name or alias, closed or not."""
        return self._names.get(name_key(name))

    def today(self, office: OfficeEntry, province: str) -> tuple[OfficeEntry, ...]:
        """The open offices that an office's work in a province has come to: itself, or who came after it there.

        One is the answer; none or several mean that the province does not decide.
        """
        found: dict[str, OfficeEntry] = {}
        seen, waiting = set(), [office]
        while waiting:
            one = waiting.pop()
            if one.closed is None:
                found[one.code] = one
            elif one.code not in seen:
                seen.add(one.code)
                waiting += [after for after in self._after.get(one.code, ()) if province in after.provinces]
        return tuple(found.values())


def merged(record: Iterable[OfficeEntry], shipped: Iterable[OfficeEntry]) -> Directory:
    """The record's offices, and the shipped ones that it lacks; an office in both is as the record has it.

    What the record does not say of such an office (its dates, its predecessors) is as shipped; a shipped code that
    the record gave to another office gets a stroke.
    """
    known = {name_key(one.name): one for one in record}
    taken = {one.code for one in known.values()}
    called = {name_key(name) for one in known.values() for name in one.aliases}
    wanted = list(shipped)
    codes = {}
    for one in wanted:
        was = known.get(name_key(one.name))
        codes[one.code] = was.code if was else f"{one.code}/1" if one.code in taken else one.code
    for one in wanted:
        renewed = replace(
            one,
            code=codes[one.code],
            aliases=tuple(name for name in one.aliases if name_key(name) not in called),
            predecessors=tuple(codes.get(code, code) for code in one.predecessors),
        )
        key = name_key(one.name)
        known[key] = laid_over(known[key], renewed) if key in known else renewed
    return Directory(known.values())
