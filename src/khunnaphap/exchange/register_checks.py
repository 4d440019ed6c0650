"""Every fault of a register against itself and the record, at its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.utils import timezone

from khunnaphap.assessments.models import Round
from khunnaphap.core.day_windows import impossible_day, spelled
from khunnaphap.core.grades import grades_of
from khunnaphap.core.land import parse_land
from khunnaphap.core.names import doubted
from khunnaphap.core.offices import name_key
from khunnaphap.core.problems import Problem
from khunnaphap.core.register import BuildingEntry, OfficeEntry, SchoolEntry, laid_over
from khunnaphap.core.rounds import RoundName
from khunnaphap.core.thai.dates import long_date
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import framework_of
from khunnaphap.organisations.models import AreaOffice, School
from khunnaphap.organisations.queries import Gazetteer
from khunnaphap.sheets.register_book import RegisterHandIn

from .register_values import (
    Fault,
    code_faults,
    far_from_year,
    parsed_round,
    position_faults,
    round_name_faults,
    too_many,
)

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "regions": ("number",),
    "provincial_offices": ("province",),
    "offices": ("code",),
    "schools": ("ministry_code",),
    "buildings": ("school", "name"),
    "headcounts": ("school", "day"),
    "networks": ("school", "quality_school"),
}
"""What an entry of the record is known by."""
FIRST_YEAR: Final = 2400
"""No building of a school is older (B.E.)."""
MAX_NAME: Final = 160
_NAMED: Final = {"regions": False, "provincial_offices": False, "offices": False, "schools": False, "buildings": True}
"""The parts whose entries have a name of their own, and whether it may be a plain number."""
_ONLY_ONCE: Final = {**KEYS, "rounds": ("name",), "references": ("round", "fact"), "inspections": ("name",)}
_RESTS_ON: Final[Mapping[str, frozenset[str]]] = {
    "coordinates-half": frozenset({"latitude", "longitude", "position_source"}),
    "coordinates-outside": frozenset({"latitude", "longitude"}),
    "date-order": frozenset({"opened", "closed", "opens", "closes"}),
    "date-outside-year": frozenset({"name"}),
    "district-unknown": frozenset({"province"}),
    "field-lacking": frozenset({"students", "teachers", "classrooms"}),
    "office-elsewhere": frozenset({"province", "provinces", "level"}),
    "network-itself": frozenset({"school", "quality_school"}),
    "province-twice": frozenset({"number"}),
}
"""The other fields of its entry that a fault is concluded from, by its code."""
_NEEDS: Final[Mapping[str, tuple[str, str]]] = {
    "school-unknown": ("schools", "ministry_code"),
    "not-quality-school": ("schools", "is_quality"),
    "office-unknown": ("offices", "code"),
    "office-elsewhere": ("offices", "provinces"),
    "round-unknown": ("rounds", "name"),
}
"""The part and the field that must have been read everywhere before this can be said."""


def key_of(part: str, entry: Any) -> tuple[Any, ...]:
    """What an entry of a part is known by."""
    return tuple(getattr(entry, name) for name in _ONLY_ONCE[part])


@dataclass
class RegisterCheck:
    """A register as handed in, what the record has by part and key, and the places there are."""

    hand_in: RegisterHandIn
    before: Mapping[str, Mapping[Any, Any]]
    places: Gazetteer

    def problems(self) -> Iterator[Problem]:
        """All of them, at their cells; nothing is concluded from a cell that could not be read."""
        told = self.hand_in.told
        yield from self._twice()
        yield from self._no_names()
        checks: dict[str, Callable[[Any], Iterator[Fault]]] = {
            "regions": self._region,
            "provincial_offices": self._provincial_office,
            "offices": self._office,
            "schools": self._school,
            "buildings": self._building,
            "headcounts": self._headcount,
            "networks": self._network,
            "rounds": self._round,
            "references": self._reference,
            "inspections": self._inspection,
        }
        for part, check in checks.items():
            for place, entry in enumerate(getattr(told, part)):
                unread = self.hand_in.unread(part, place)
                for field, problem in check(entry):
                    behind = _RESTS_ON.get(problem.code, frozenset()) | {field}
                    needs = _NEEDS.get(problem.code)
                    if not unread & behind and (needs is None or self.hand_in.sure(*needs)):
                        yield self.hand_in.placed(part, place, field, problem)

    def _twice(self) -> Iterator[Problem]:
        for part, names in _ONLY_ONCE.items():
            seen = set()
            for place, entry in self._told(part):
                key = key_of(part, entry)
                if key in seen:
                    message = (
                        f"{' '.join(long_date(one) if isinstance(one, date) else str(one) for one in key)} ปรากฏซ้ำ"
                    )
                    problem = Problem("row-twice", message, "เหลือไว้เพียงแถวเดียว")
                    yield self.hand_in.placed(part, place, names[0], problem)
                seen.add(key)

    def _no_names(self) -> Iterator[Problem]:
        """What stands where a name belongs and is none."""
        for part, numbered in _NAMED.items():
            for place, entry in enumerate(getattr(self.hand_in.told, part)):
                problem = doubted(entry.name, numbered=numbered)
                if problem and "name" not in self.hand_in.unread(part, place):
                    yield self.hand_in.placed(part, place, "name", problem)

    def _told(self, part: str) -> Iterator[tuple[int, Any]]:
        """The entries of a part whose key could be read, each with its place."""
        for place, entry in enumerate(getattr(self.hand_in.told, part)):
            if not self.hand_in.unread(part, place) & set(_ONLY_ONCE[part]):
                yield place, entry

    @cached_property
    def after(self) -> dict[str, dict[Any, Any]]:
        """The record as it would be, by part and key."""
        found = {}
        for part in KEYS:
            had = self.before[part]
            told = {key_of(part, one): one for _, one in self._told(part)}
            found[part] = {**had, **{key: laid_over(one, had.get(key)) for key, one in told.items()}}
        return found

    @cached_property
    def _office_names(self) -> dict[str, set[str]]:
        """The codes of the offices that go by a name, by the name as it is compared."""
        found: dict[str, set[str]] = {}
        for office in self.after["offices"].values():
            for name in (office.name, *office.aliases):
                found.setdefault(name_key(name), set()).add(office.code)
        return found

    @cached_property
    def _smis_of(self) -> dict[str, set[str]]:
        """The ministry codes of the schools that would have an SMIS code of this register, by it."""
        told = {one.smis_code for one in self.hand_in.told.schools if one.smis_code}
        named = {code for (code,) in self.after["schools"]}
        others = School.objects.filter(smis_code__in=told).values_list("smis_code", "ministry_code")
        found: dict[str, set[str]] = {}
        for smis, code in [
            *(pair for pair in others if pair[1] not in named),
            *((one.smis_code, one.ministry_code) for one in self.after["schools"].values()),
        ]:
            found.setdefault(smis, set()).add(code)
        return found

    @cached_property
    def _regions_of(self) -> dict[str, set[int]]:
        """The numbers of the regions of this register that name a province."""
        found: dict[str, set[int]] = {}
        for _, region in self._told("regions"):
            for name in region.provinces:
                found.setdefault(name, set()).add(region.number)
        return found

    def _provinces(self, names: tuple[str, ...], field: str) -> Iterator[Fault]:
        for name in names:
            if name not in self.places.provinces:
                problem = Problem("province-unknown", f"ไม่มีจังหวัด “{name}”", "ใช้ชื่อจังหวัดเต็ม เช่น ลำปาง")
                yield field, problem

    def _region(self, region: Any) -> Iterator[Fault]:
        if region.number is not None and region.number > 99:
            message = f"อ่านได้ “{region.number}” ซึ่งไม่ใช่เลขที่เขตตรวจราชการ"
            yield "number", Problem("amount-invalid", message, "ใช้เลขที่ของเขตตรวจราชการ ส่วนกลางใช้ 0")
        yield from self._provinces(region.provinces, "provinces")
        for name in region.provinces:
            others = self._regions_of.get(name, set()) - {region.number}
            if others:
                message = f"จังหวัด{name}อยู่ในเขตตรวจราชการที่ {', '.join(map(str, sorted(others)))} ด้วย"
                yield "provinces", Problem("province-twice", message, "ให้แต่ละจังหวัดอยู่ในเขตตรวจราชการเดียว")

    def _provincial_office(self, office: Any) -> Iterator[Fault]:
        yield from self._provinces((office.province,), "province")

    def _office(self, office: OfficeEntry) -> Iterator[Fault]:
        yield from self._provinces(office.provinces, "provinces")
        for field, day in (("opened", office.opened), ("closed", office.closed)):
            if day and (problem := impossible_day("office", day, today=_today())):
                yield field, problem
        whole = self.after["offices"].get((office.code,), office)
        if whole.opened and whole.closed and whole.closed < whole.opened:
            yield "closed", Problem("date-order", "วันสิ้นสุดอยู่ก่อนวันเริ่ม", "ตรวจวันเริ่มและวันสิ้นสุด")
        for field, name in [("name", office.name), *(("aliases", alias) for alias in office.aliases)]:
            others = self._office_names.get(name_key(name), set()) - {office.code}
            if others:
                message = f"ชื่อ “{name}” เป็นของเขตรหัส {', '.join(sorted(others))} ด้วย"
                yield field, Problem("office-named-twice", message, "ให้แต่ละชื่อเป็นของเขตเดียว")
            if len(name) > MAX_NAME:
                message = f"ชื่อยาว {len(name)} อักขระ เกิน {MAX_NAME}"
                yield field, Problem("text-too-long", message, f"ย่อให้ไม่เกิน {MAX_NAME} อักขระ")
        for name in self._left_behind(office):
            message = f"{office.name} ไม่ครอบคลุมจังหวัด{name} แต่ยังมีโรงเรียนของเขตอยู่ในจังหวัดนั้น"
            yield "provinces", Problem("office-elsewhere", message, "เพิ่มจังหวัด หรือย้ายโรงเรียนไปเขตอื่นในแผ่นทะเบียนโรงเรียน")
        for code in office.predecessors:
            if code == office.code:
                yield "predecessors", Problem("predecessor-itself", "เขตเดิมคือเขตนี้เอง", "ใช้รหัสของเขตที่มีอยู่ก่อน")
            elif (code,) not in self.after["offices"]:
                yield "predecessors", _office_unknown(code)

    def _spans(self, office: OfficeEntry, province: str) -> bool:
        """Whether an office may have schools in a province; nothing is said against names that are no provinces."""
        known = self.places.provinces
        if office.level == AreaOffice.SPECIAL or province not in known:
            return True
        return province in office.provinces or not all(name in known for name in office.provinces)

    def _left_behind(self, office: OfficeEntry) -> list[str]:
        """The provinces that an office no longer spans, but in which the record has schools of it that this register moves nowhere."""
        had = self.before["offices"].get((office.code,))
        lost = set(had.provinces) - set(office.provinces) if had and office.provinces else set()
        if not lost or office.level == AreaOffice.SPECIAL:
            return []
        told = [one.ministry_code for one in self.hand_in.told.schools]
        left = School.objects.filter(office__code=office.code, district__province__name__in=lost)
        left = left.exclude(ministry_code__in=told).values_list("district__province__name", flat=True)
        return sorted(set(left))

    def _school(self, school: SchoolEntry) -> Iterator[Fault]:
        yield from code_faults(school.ministry_code, school.smis_code)
        others = self._smis_of.get(school.smis_code, set()) - {school.ministry_code}
        if school.smis_code and others:
            message = f"รหัส SMIS {school.smis_code} เป็นของโรงเรียนรหัส {', '.join(sorted(others))} ด้วย"
            yield "smis_code", Problem("smis-twice", message, "ตรวจรหัส SMIS ของทุกโรงเรียนที่ใช้รหัสนี้")
        if school.province not in self.places.provinces:
            yield from self._provinces((school.province,), "province")
        elif self.places.district(school.province, school.district) is None:
            message = f"ไม่มีอำเภอ “{school.district}” ในจังหวัด “{school.province}”"
            mend = "ใช้ชื่อจังหวัดและอำเภอเต็ม เช่น ลำปาง และ เมืองลำปาง"
            yield "district", Problem("district-unknown", message, mend)
        office = self.after["offices"].get((school.office,))
        if office is None:
            yield "office", _office_unknown(school.office)
        elif not self._spans(office, school.province):
            message = f"{office.name} ไม่ครอบคลุมจังหวัด{school.province}"
            yield (
                "office",
                Problem("office-elsewhere", message, "ตรวจจังหวัดหรือเขตของโรงเรียน หรือเพิ่มจังหวัดของเขตในแผ่นสำนักงานเขต"),
            )
        try:
            grades_of(school.grades)
        except ValueError:
            message = f"อ่านได้ “{school.grades}” ซึ่งไม่ใช่ช่วงชั้น"
            yield "grades", Problem("grades-unknown", message, "เขียนเช่น อ.2-ป.6 หรือ ม.1-ม.6")
        yield from position_faults(school, self.after["schools"].get((school.ministry_code,), school))
        try:
            parse_land(school.land_area or "1-0-0")
        except ValueError:
            message = f"อ่านได้ “{school.land_area}” ซึ่งไม่ใช่เนื้อที่"
            mend = "เขียน ไร่-งาน-ตารางวา เช่น 12-2-50 (งานไม่เกิน 3 ตารางวาน้อยกว่า 100) และตั้งช่องเป็นข้อความ"
            yield "land_area", Problem("land-area-invalid", message, mend)

    def _known_school(self, code: str, field: str) -> Iterator[Fault]:
        if (code,) not in self.after["schools"]:
            message = f"ไม่มีโรงเรียนรหัส “{code}” ในทะเบียน"
            yield field, Problem("school-unknown", message, "ใช้รหัสกระทรวงจากแผ่นทะเบียนโรงเรียน")

    def _building(self, building: BuildingEntry) -> Iterator[Fault]:
        yield from self._known_school(building.school, "school")
        yield from too_many(building, "rooms")
        year, this_year = building.year_built, _today().year + 543
        if year is not None and not FIRST_YEAR <= year <= this_year:
            hint = f" (ค.ศ. {year} คือ พ.ศ. {year + 543})" if FIRST_YEAR - 543 <= year <= this_year - 543 else ""
            message = f"อ่านได้ปีที่สร้าง “{year}” ซึ่งไม่อยู่ระหว่าง พ.ศ. {FIRST_YEAR} ถึง {this_year}"
            yield "year_built", Problem("year-implausible", message, f"เขียนเป็นปี พ.ศ. สี่หลัก{hint}")

    def _headcount(self, counted: Any) -> Iterator[Fault]:
        yield from self._known_school(counted.school, "school")
        if counted.day is not None and counted.day > _today():
            yield "day", Problem("date-future", f"วันที่ของจำนวน {spelled(counted.day)} ยังมาไม่ถึง", "ใช้วันที่นับจริง")
        elif counted.day and (problem := impossible_day("headcount", counted.day, today=_today())):
            yield "day", problem
        numbers = ("students", "teachers", "classrooms")
        if all(getattr(counted, name) is None for name in numbers):
            yield "students", Problem("field-lacking", "แถวนี้ไม่มีจำนวนใด", "กรอกอย่างน้อยหนึ่งจำนวน หรือลบทั้งแถว")
        yield from too_many(counted, *numbers)

    def _network(self, link: Any) -> Iterator[Fault]:
        yield from self._known_school(link.school, "school")
        yield from self._known_school(link.quality_school, "quality_school")
        hub = self.after["schools"].get((link.quality_school,))
        if link.school == link.quality_school:
            yield "school", Problem("network-itself", "โรงเรียนเป็นเครือข่ายของตนเองไม่ได้", "ใช้รหัสของโรงเรียนอื่น")
        elif hub is not None and not hub.is_quality:
            message = f"โรงเรียนรหัส {link.quality_school} ไม่ใช่โรงเรียนคุณภาพในทะเบียน"
            mend = "ใช้รหัสของโรงเรียนคุณภาพ หรือระบุในแผ่นทะเบียนโรงเรียนว่าเป็นโรงเรียนคุณภาพ"
            yield "quality_school", Problem("not-quality-school", message, mend)

    @cached_property
    def _editions(self) -> dict[str, frozenset[str]]:
        """The fact ids of each published edition, by its code."""
        published = Edition.objects.filter(status=Edition.PUBLISHED)
        return {one.code: frozenset(framework_of(one).facts_by_id) for one in published}

    def _round(self, entry: Any) -> Iterator[Fault]:
        yield from round_name_faults("name", entry.name)
        if entry.edition not in self._editions:
            message = f"ไม่มีเกณฑ์ที่ประกาศใช้รหัส “{entry.edition}”"
            yield "edition", Problem("edition-unknown", message, f"ใช้รหัสที่มีอยู่: {', '.join(self._editions)}")
        if entry.opens and entry.closes and entry.closes < entry.opens:
            yield "closes", Problem("date-order", "วันปิดอยู่ก่อนวันเปิด", "ตรวจวันเปิดและวันปิด")
        for field in ("opens", "closes"):
            yield from far_from_year(field, getattr(entry, field), entry.name)

    def _inspection(self, entry: Any) -> Iterator[Fault]:
        yield from round_name_faults("name", entry.name)
        yield from far_from_year("cut_off", entry.cut_off, entry.name)

    @cached_property
    def _rounds_told(self) -> bool:
        """Whether the name of each round of this register can be read."""
        return all(parsed_round(one.name) for one in self.hand_in.told.rounds)

    @cached_property
    def _round_names(self) -> set[RoundName]:
        """The rounds that there are, and those of this register that can be read."""
        told = {name for one in self.hand_in.told.rounds if (name := parsed_round(one.name))}
        return told | {RoundName(*one) for one in Round.objects.values_list("year", "number")}

    def _reference(self, entry: Any) -> Iterator[Fault]:
        yield from round_name_faults("round", entry.round)
        if self._rounds_told and (name := parsed_round(entry.round)) and name not in self._round_names:
            mend = "เพิ่มรอบนี้ในแผ่นรอบการประเมิน หรือแก้ชื่อรอบ"
            yield "round", Problem("round-unknown", f"ไม่มีรอบ {name} ในทะเบียนและในระบบ", mend)
        if not any(entry.fact in facts for facts in self._editions.values()):
            message = f"ไม่มีรหัสข้อมูล “{entry.fact}” ในเกณฑ์"
            yield "fact", Problem("fact-unknown", message, "ใช้รหัสข้อมูลของเกณฑ์ เช่น nt-thai")


def _office_unknown(code: str) -> Problem:
    return Problem("office-unknown", f"ไม่มีสำนักงานเขตรหัส “{code}”", "ใช้รหัสจากแผ่นสำนักงานเขต")


def _today() -> date:
    return timezone.localdate()
