"""The area offices that a list of schools names: those of the record, those that ship, and new ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

from khunnaphap.core.offices import Directory, level_of, merged, name_key
from khunnaphap.core.problems import Problem
from khunnaphap.core.register import OfficeEntry
from khunnaphap.organisations.models import AreaOffice
from khunnaphap.organisations.queries import office_entries, shipped_offices

_LIST_AGAIN = "แก้ชื่อหรือรหัสเขตในรายชื่อให้ตรงกัน"


@dataclass
class ListOffices:
    """Which office each row means; ``pairs`` counts the rows of each (code, name) that the list writes.

    ``used`` gathers the provinces of the schools of each office that was meant, by its code.
    """

    pairs: dict[tuple[str, str], int]
    record: dict[str, OfficeEntry] = field(default_factory=lambda: {one.code: one for one in office_entries()})
    used: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @cached_property
    def directory(self) -> Directory:
        """The offices of the record and those that ship."""
        return merged(self.record.values(), shipped_offices())

    @cached_property
    def _new(self) -> dict[str, OfficeEntry]:
        """Offices that only the list knows, by code; where it is at one with itself."""
        return {
            code: OfficeEntry(code, name, level_of(name), ())
            for code, name in self.pairs
            if code and self.directory.named(name) is None and self._fault_of_new(code, name) is None
        }

    @cached_property
    def _names_of(self) -> dict[str, dict[str, str]]:
        """The names of each code of the list, by the name as it is compared."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for code, name in self.pairs:
            found[code].setdefault(name_key(name), name)
        return found

    @cached_property
    def _codes_of(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for code, name in self.pairs:
            found[name_key(name)].add(code)
        return found

    def meant(self, code: str, name: str, province: str) -> OfficeEntry | Problem:
        """The office of today that a row means, or why it cannot be known; of an unknown province ("") nothing is said."""
        if not name_key(name):
            return Problem("office-unknown", "แถวนี้ไม่มีชื่อสำนักงานเขต", "กรอกชื่อสำนักงานเขต เช่น สพป.ลำปาง เขต 1")
        found = self.directory.named(name)
        if found is None:
            return self._fault_of_new(code, name) or self._new[code]
        today = self.directory.today(found, province)
        if not province:
            return today[0] if today else found
        if len(today) != 1:
            after = ", ".join(one.name for one in self._after(found)) or "ไม่มีในทะเบียน"
            message = f"“{name}” สิ้นสุดแล้ว และจังหวัด{province}ไม่ได้บอกว่าคือเขตใดในปัจจุบัน (เขตที่รับงานต่อ: {after})"
            return Problem("office-ambiguous", message, "กรอกชื่อเขตปัจจุบัน")
        if today[0].level != AreaOffice.SPECIAL and province not in today[0].provinces:
            message = f"{today[0].name} ไม่ครอบคลุมจังหวัด{province}"
            return Problem("office-elsewhere", message, "ตรวจจังหวัดหรือเขตของแถวนี้ หรือเพิ่มจังหวัดของเขตในทะเบียนก่อน")
        return today[0]

    def _after(self, office: OfficeEntry) -> list[OfficeEntry]:
        return [one for one in self.directory.by_code.values() if office.code in one.predecessors]

    def _fault_of_new(self, code: str, name: str) -> Problem | None:
        """Why an office that nobody knows cannot be entered as the list has it."""
        if level_of(name) == AreaOffice.SECONDARY or not code:
            why = "" if code else " และรายชื่อไม่ได้ให้รหัสเขต"
            message = f"ไม่รู้จักสำนักงานเขต “{name}”{why}"
            return Problem("office-unknown", message, "ตรวจชื่อเขต หรือเพิ่มเขตหรือชื่ออื่นของเขตในทะเบียนก่อน")
        there = self.directory.by_code.get(code)
        if there is not None:
            message = f"รหัสเขต {code} ในทะเบียนคือ {there.name} แต่รายชื่อเขียน “{name}”"
            return Problem("office-code-taken", message, f"{_LIST_AGAIN} หรือเพิ่มชื่อนี้เป็นชื่ออื่นของเขตในทะเบียนก่อน")
        names, codes = self._names_of[code], self._codes_of[name_key(name)]
        if len(names) > 1 or len(codes) > 1:
            said = ", ".join(
                f"{code} “{name}” {n:,} แถว" for (code, name), n in self._saying(codes, set(names)).items()
            )
            return Problem("office-code-taken", f"รายชื่อให้รหัสและชื่อเขตไม่ตรงกัน ({said})", _LIST_AGAIN)
        return None

    def _saying(self, codes: set[str], names: set[str]) -> dict[tuple[str, str], int]:
        return {pair: n for pair, n in self.pairs.items() if pair[0] in codes or name_key(pair[1]) in names}

    def to_enter(self) -> list[OfficeEntry]:
        """The offices that were meant and that the record lacks or has otherwise, with those they came from."""
        wanted = {code: self._spanning(code, provinces) for code, provinces in sorted(self.used.items())}
        former = {code for one in wanted.values() for code in one.predecessors}
        wanted |= {code: self.directory.by_code[code] for code in sorted(former) if code not in wanted}
        return [one for code, one in wanted.items() if self.record.get(code) != one]

    def _spanning(self, code: str, provinces: set[str]) -> OfficeEntry:
        """An office with the provinces of its schools, where no announcement says which it spans."""
        known = self.directory.by_code.get(code)
        if known is not None and known.level != AreaOffice.SPECIAL:
            return known
        office = known or self._new[code]
        more = sorted(provinces - set(office.provinces))
        return replace(office, provinces=(*office.provinces, *more))
