"""The schools that an account may name: by code, by a name of the office's own, or by a name that only one has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Final, NamedTuple

from .problems import Problem

_NEAR: Final = 0.75


class Named(NamedTuple):
    """A school by its ministry code, its name in the register, its district's name, and its office's code."""

    code: str
    name: str
    district: str
    office: str


def plain_name(school: str) -> str:
    """A school's name as the register has it: without โรงเรียน before it, spaces at brackets as typed made one."""
    return school.removeprefix("โรงเรียน").replace(" (", "(").replace("( ", "(").replace(" )", ")").strip()


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
            places = ", ".join(f"{one.code} อำเภอ{one.district}" for one in found[:4])
            message = f"มีโรงเรียนชื่อ “{text}” {len(found)} แห่งในทะเบียน"
            return Problem("school-ambiguous", message, f"ใช้รหัสกระทรวง 10 หลักแทนชื่อ: {places}")
        near = get_close_matches(plain, self._own, 2, _NEAR)
        hint = f"ชื่อที่ใกล้เคียง: {', '.join(near)}" if near else "ใช้ชื่อตามทะเบียนหรือรหัสกระทรวง 10 หลัก"
        return Problem("school-unknown", f"ไม่มีโรงเรียน “{text}” ในทะเบียน", hint)

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
