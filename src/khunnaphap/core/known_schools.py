"""The schools that an account may name: by code, by a name of the office's own, or by a name that only one has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Final, NamedTuple

from .names import in_district, school_name
from .problems import Problem

_NEAR: Final = 0.75
_SHORTEST: Final = 5
_MANY: Final = re.compile(
    "โรงเรียน(?:คุณภาพ|เครือข่าย|ต้นแบบ|นำร่อง|เป้าหมาย|แกนนำ|ขนาด|ขยายโอกาส|กลุ่ม|ทุก|ทั้ง|ที่|ระดับ|"
    "ใน(?:สังกัด|เครือข่าย|โครงการ|เขต|พื้นที่|อำเภอ|จังหวัด|กลุ่ม|ความรับผิดชอบ))"
)
"""How a party begins that is many schools at once, and no school's name."""


class Named(NamedTuple):
    """A school by its ministry code, its name in the register, its district's name, and its office's code.

    ``quality``: whether the register has it as a quality school.
    """

    code: str
    name: str
    district: str
    office: str
    quality: bool = False


_CALLED: Final = re.compile(r"โรงเรียน|รร\.|ร\.ร\.")
_QUOTES: Final = re.compile("[“”„]")
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)$")


def plain_name(school: str) -> str:
    """A school's name as it is compared: without โรงเรียน (or รร.) before it, spaces at brackets and quotes made one."""
    plain = school_name(school).replace(" (", "(").replace("( ", "(").replace(" )", ")")
    return _QUOTES.sub('"', plain)


@dataclass(frozen=True)
class KnownSchools:
    """The register's schools as one office calls them; its own come before those of other offices."""

    schools: tuple[Named, ...]
    office: str

    def find(self, text: str) -> Named | Problem:
        """The school that a name or a ten-digit code means, or the problem with it."""
        plain = plain_name(text)
        if plain in self._by_code:
            return self._by_code[plain]
        found = self._own.get(plain) or self._all.get(plain, [])
        if len(found) == 1:
            return found[0]
        if found:
            places = ", ".join(f"{one.code} {in_district(one.district)}" for one in found[:4])
            message = f"มีโรงเรียนชื่อ “{text}” {len(found)} แห่งในทะเบียน"
            return Problem("school-ambiguous", message, f"ใช้รหัสกระทรวง 10 หลักแทนชื่อ: {places}")
        near = get_close_matches(plain, self._own, 2, _NEAR) or self._beginning_like(plain)
        hint = (
            f"ชื่อที่ใกล้เคียง: {', '.join(self._own[one][0].name for one in near)}"
            if near
            else "ใช้ชื่อตามทะเบียนหรือรหัสกระทรวง 10 หลัก"
        )
        return Problem("school-unknown", f"ไม่มีโรงเรียน “{text}” ในทะเบียน", hint)

    def _beginning_like(self, plain: str) -> list[str]:
        """Names that begin with this one, or it with them: what offices leave out stands at the end, in brackets."""
        return [
            one for one in self._own if len(plain) > _SHORTEST and (one.startswith(plain) or plain.startswith(one))
        ][:2]

    def party(self, name: str) -> Named | Problem | None:
        """The school that a party of money is, the problem with it, or ``None`` for a party that is none.

        A party is a school when it begins with โรงเรียน, bears a school's name or is a code; many schools at once
        (โรงเรียนคุณภาพทุกแห่ง) are none.
        """
        called = _CALLED.match(name) is not None
        if not called and not name.isdigit() and plain_name(name) not in self._all:
            return None
        found = self.find(name)
        return None if isinstance(found, Problem) and called and _MANY.match(name) else found

    def is_school(self, name: str) -> bool:
        """Whether a name or a code is a school's, known or not."""
        return _CALLED.match(name) is not None or name in self._by_code or plain_name(name) in self._all

    @cached_property
    def bracketed(self) -> Mapping[str, str]:
        """The names of the office's own schools that end in brackets, by what stands before them, where that is one school's."""
        found: dict[str, list[str]] = {}
        for one in self.schools:
            if one.office == self.office:
                found.setdefault(_BRACKETS.sub("", one.name), []).append(one.name)
        return {base: names[0] for base, names in found.items() if len(names) == 1 and names[0] != base}

    @cached_property
    def _by_code(self) -> Mapping[str, Named]:
        return {one.code: one for one in self.schools}

    @cached_property
    def _all(self) -> Mapping[str, list[Named]]:
        return _by_name(self.schools)

    @cached_property
    def _own(self) -> Mapping[str, list[Named]]:
        return _by_name(one for one in self.schools if one.office == self.office)


def _by_name(schools: Iterable[Named]) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for one in schools:
        found.setdefault(plain_name(one.name), []).append(one)
    return found
