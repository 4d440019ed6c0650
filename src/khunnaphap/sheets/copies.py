"""Sheets that are not read, though they look like ours: a copy on which somebody filled in answers is told, not lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from khunnaphap.core.problems import Problem, Refusal
from khunnaphap.core.thai.text import clean

from .container import Package
from .contract import FACTS_COLUMNS, HEADER_ROW, SCHOOLS_COLUMNS, VERIFY_COLUMNS, Columns, Kind, answers_columns
from .framework_contract import framework_tables
from .office_contract import TABLES as OFFICE_TABLES
from .reading import Workbook
from .register_contract import TABLES as REGISTER_TABLES
from .xmlparts import Layout, Walker, walk

_OURS: Final[Mapping[Kind, tuple[Columns, ...]]] = {
    "school": (answers_columns(()), FACTS_COLUMNS),
    "verification": (VERIFY_COLUMNS, SCHOOLS_COLUMNS),
    "office": tuple(spec.columns for spec in OFFICE_TABLES),
    "register": tuple(spec.columns for spec in REGISTER_TABLES),
    "framework": tuple(spec.columns for spec in framework_tables(2)),
}
"""The sheets of each kind, without the headings that an edition's levels bring."""


def copied_sheets(book: Workbook, kind: Kind) -> Iterator[Problem]:
    """A warning for each sheet that is not read and has all of our headings of a sheet of this kind."""
    for name, headings in book.passed_over.items():
        for columns in _OURS[kind]:
            if headings.issuperset(columns.headings.values()):
                message = f"แผ่น “{name[:31]}” มีหัวคอลัมน์เหมือนแผ่น “{columns.sheet}” แต่ระบบไม่อ่านแผ่นนี้"
                mend = f"ย้ายข้อมูลไปไว้ในแผ่น “{columns.sheet}” แล้วส่งใหม่ หรือลบแผ่นนี้หากไม่ใช้"
                yield Problem("sheet-copied", message, mend, sheet=name)
                break


def headings_of(package: Package, layout: Layout, names: Collection[str]) -> dict[str, frozenset[str]]:
    """The texts of the heading rows of these sheets; a sheet that cannot be looked into has none."""
    found = {name: heads for name in names if (heads := _Heads.of(package.parts[layout.sheets[name]]))}
    wanted = {place for heads in found.values() for place in heads.shared}
    shared = _shared(package.parts[layout.strings], wanted) if wanted and layout.strings else {}
    return {
        name: frozenset(clean(text) for text in (*heads.texts, *(shared.get(place, "") for place in heads.shared)))
        for name, heads in found.items()
    }


class _Enough(Exception):  # noqa: N818 - no error: what was looked for has been seen
    pass


class _Heads(Walker):
    """The texts of the heading row, and the numbers of those that are shared; stops behind that row."""

    def __init__(self) -> None:
        super().__init__()
        self.row, self.kind, self.text, self.inside = 0, "", "", False
        self.texts: list[str] = []
        self.shared: list[int] = []

    @classmethod
    def of(cls, content: bytes) -> _Heads | None:
        """What stands in a part's heading row."""
        found = cls()
        try:
            walk(content, "sheet", found)
        except _Enough:
            return found
        except Refusal:
            return None
        return found

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(name, attributes)
        local = name.rpartition(":")[2]
        if local == "row":
            said = attributes.get("r", "")
            self.row = int(said) if said.isascii() and said.isdigit() and len(said) < 8 else self.row + 1
            if self.row > HEADER_ROW:
                raise _Enough
        elif self.row == HEADER_ROW and local == "c":
            self.kind = attributes.get("t", "")
        elif self.row == HEADER_ROW and local in ("v", "t"):
            self.text, self.inside = "", True
            self.parser.CharacterDataHandler = self.more

    def more(self, data: str) -> None:
        """A piece of text."""
        self.text += data

    def end(self, name: str) -> None:
        """An element ends."""
        super().end(name)
        if self.inside and name.rpartition(":")[2] in ("v", "t"):
            self.inside, self.parser.CharacterDataHandler = False, None
            if self.kind != "s":
                self.texts.append(self.text)
            elif self.text.isascii() and self.text.isdigit() and len(self.text) < 9:
                self.shared.append(int(self.text))


class _Texts(Walker):
    """The shared texts of some numbers."""

    def __init__(self, wanted: Collection[int]) -> None:
        super().__init__()
        self.wanted, self.place = wanted, -1
        self.found: dict[int, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(name, attributes)
        local = name.rpartition(":")[2]
        if local == "si":
            self.place += 1
        elif local == "t" and self.place in self.wanted:
            self.parser.CharacterDataHandler = self.more

    def more(self, data: str) -> None:
        """A piece of text."""
        self.found[self.place] = self.found.get(self.place, "") + data

    def end(self, name: str) -> None:
        """An element ends."""
        super().end(name)
        if name.rpartition(":")[2] == "t":
            self.parser.CharacterDataHandler = None


def _shared(content: bytes, wanted: Collection[int]) -> dict[int, str]:
    texts = _Texts(wanted)
    walk(content, "strings", texts)
    return texts.found
