"""A list of schools (CSV) into the record: what can be taken is, what cannot is told row by row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Final

import geothai
from django.db import transaction

from khunnaphap.accounts.models import User
from khunnaphap.core.distances import in_thailand
from khunnaphap.core.grades import grades_of
from khunnaphap.core.known_schools import plain_name
from khunnaphap.core.names import doubted
from khunnaphap.core.numbers import CENTRE
from khunnaphap.core.problems import Problem, Refusal, Unreadable
from khunnaphap.core.register import CENTROID, OfficeEntry
from khunnaphap.evidence.storing import readable_name
from khunnaphap.organisations.actions import NewSchool, enter_school_list
from khunnaphap.organisations.models import School
from khunnaphap.organisations.queries import Gazetteer
from khunnaphap.sheets.school_list import ListedSchool, SchoolList, open_list, write_left_out

from .list_offices import ListOffices
from .register_values import code_faults, named_twice
from .registers import new_office
from .reports import MAX_TOLD, ImportReport, Part, Source
from .storing import keep

KIND: Final = "school-list"
_FIELDS: Final = {
    "smis_code": "รหัส SMIS",
    "name": "ชื่อ",
    "district": "อำเภอ",
    "office": "สำนักงานเขต",
    "grades": "ชั้นที่เปิดสอน",
    "latitude": "พิกัด",
    "longitude": "พิกัด",
    "position_source": "พิกัด",
}
"""What a list says of a school, in Thai."""
_FAULTS: Final = {
    "district": ("ไม่ทราบอำเภอ", {"district-unknown", "province-unknown"}),
    "office": ("ไม่ทราบสำนักงานเขต", {"office-unknown", "office-ambiguous", "office-elsewhere", "office-code-taken"}),
    "codes": ("รหัสผิดหรือซ้ำ", {"code-invalid", "row-twice", "smis-twice"}),
}
"""What holds rows back, in Thai, and its problem codes; all other codes are of another kind."""
_OTHER: Final = ("other", "เรื่องอื่น")


def import_school_list(*, name: str, content: bytes, by: User, dry_run: bool = False) -> ImportReport:
    """Import a list of schools; rows at fault are left out and told, the rest enters in one event.

    ``report.left_out`` is a CSV of the rows that were left out, ready to be mended and imported.
    """
    report = ImportReport(file=readable_name(name), kind=KIND)
    try:
        opened = open_list(content)
        with transaction.atomic():
            _take(report, Source(report.file, content, KIND), opened, by)
            if dry_run:
                transaction.set_rollback(True)
            elif report.parts[0].changed:
                keep(content)
    except Refusal as refusal:
        report.parts.clear()
        report.add_problems([refusal.problem])
    report.shorten()
    return report


@dataclass
class _Taken:
    """What came of the rows of a list."""

    added: list[NewSchool] = field(default_factory=list)
    changed: list[tuple[NewSchool, NewSchool]] = field(default_factory=list)
    unchanged: int = 0
    left_out: dict[int, list[Problem]] = field(default_factory=dict)


def _take(report: ImportReport, source: Source, opened: SchoolList, by: User) -> None:
    reading = _Reading.of(opened)
    taken, warnings = _Taken(), []
    for row in opened.rows():
        before = reading.before.get(row["ministry_code"])
        school, problems = reading.school(row, before)
        warnings += row.warnings
        if problems:
            taken.left_out[row.number] = problems
        elif before is None:
            taken.added.append(school)
        elif school == before:
            taken.unchanged += 1
        else:
            taken.changed.append((before, school))
        if not problems:
            warnings += reading.named_twice(row, school)
    report.add_warnings(warnings)
    offices = reading.offices.to_enter()
    if offices or taken.added or taken.changed:
        source.noted()
        enter_school_list(
            offices=[new_office(one, reading.places) for one in offices],
            schools=[*taken.added, *(after for _, after in taken.changed)],
            file=source.name,
            sha256=source.digest,
            by=by,
        )
    _tell(report, taken, offices)
    if taken.left_out:
        report.left_out = write_left_out(opened, taken.left_out)


def _tell(report: ImportReport, taken: _Taken, offices: list[OfficeEntry]) -> None:
    """The sum of it, then each school that changed; of the faults the rare ones first."""
    often = Counter(problem.code for found in taken.left_out.values() for problem in found)
    problems = [problem for found in taken.left_out.values() for problem in found]
    report.add_problems(sorted(problems, key=lambda one: (often[one.code], one.code)))
    renewed = Counter(word for pair in taken.changed for word in _differing(*pair))
    report.counts = {
        "added": len(taken.added),
        "changed": len(taken.changed),
        "unchanged": taken.unchanged,
        "offices": len(offices),
        "left_out": len(taken.left_out),
    }
    kinds = Counter(map(_kind_of, taken.left_out.values()))
    words = {kind: word for kind, (word, _) in _FAULTS.items()} | dict([_OTHER])
    report.counts |= {f"left_out_{kind}": kinds[kind] for kind in words}
    which = f" ({', '.join(f'{word} {n:,}' for word, n in renewed.items())})" if renewed else ""
    said = [f"เพิ่ม {len(taken.added):,} แห่ง แก้ไข {len(taken.changed):,} แห่ง{which} คงเดิม {taken.unchanged:,} แห่ง"]
    if offices:
        named = ", ".join(one.name for one in offices[:5]) + (" …" if len(offices) > 5 else "")
        said.append(f"สำนักงานเขตใหม่หรือแก้ไข {len(offices):,} แห่ง ({named})")
    if taken.left_out:
        faults = ", ".join(f"{word} {kinds[kind]:,}" for kind, word in words.items() if kinds[kind])
        said.append(f"ไม่นำเข้า {len(taken.left_out):,} แถวที่มีปัญหา ({faults}) ส่วนแถวอื่นรับได้ทั้งหมด")
    total = len(taken.added) + len(taken.changed) + len(offices)
    report.parts.append(Part("", "รายชื่อโรงเรียน", total, "", (), " · ".join(said)))
    for before, after in taken.changed[:MAX_TOLD]:
        words = _differing(before, after)
        note = f"แก้ไข {', '.join(words)}"
        if before.name != after.name:
            note += f" (ชื่อเดิม {before.name})"
        report.parts.append(Part(after.ministry_code, after.name, len(words), "", (), note))


def _kind_of(problems: list[Problem]) -> str:
    """What holds a row back: each row counts once, under the first kind that any of its faults is of."""
    codes = {one.code for one in problems}
    return next((kind for kind, (_, known) in _FAULTS.items() if codes & known), _OTHER[0])


def _differing(before: NewSchool, after: NewSchool) -> list[str]:
    names = [one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name)]
    return list(dict.fromkeys(_FIELDS[name] for name in names))


@dataclass
class _Reading:
    """What rows are read against: the record, the places, the offices, and the rest of the list."""

    opened: SchoolList
    places: Gazetteer
    before: dict[str, NewSchool]
    offices: ListOffices
    twice: dict[tuple[str, str], list[int]]
    """The rows of every code that stands in several, by field and code."""
    smis_of: dict[str, str]
    """The ministry codes of the record's schools that the list does not name, by SMIS code."""
    codes_of: dict[tuple[str, str], set[str]]
    """The ministry codes of the schools of one name and district (by code), of the record and of the rows read so far."""

    @classmethod
    def of(cls, opened: SchoolList) -> _Reading:
        """Look through the list once for what rows say of each other."""
        rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        pairs: Counter[tuple[str, str]] = Counter()
        for number, (ministry_code, smis_code, office_code, office_name) in opened.codes():
            rows["ministry_code", ministry_code].append(number)
            if smis_code:
                rows["smis_code", smis_code].append(number)
            pairs[office_code, office_name] += 1
        before = _recorded()
        twice = {key: numbers for key, numbers in rows.items() if len(numbers) > 1}
        unlisted = {s.smis_code: code for code, s in before.items() if ("ministry_code", code) not in rows}
        named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for code, school in before.items():
            named[plain_name(school.name), school.district].add(code)
        return cls(opened, Gazetteer.of_record(), before, ListOffices(dict(pairs)), twice, unlisted, named)

    def named_twice(self, row: ListedSchool, school: NewSchool) -> Iterator[Problem]:
        """A warning where a school of this name and district stands under another code."""
        codes = self.codes_of[plain_name(school.name), school.district]
        if others := codes - {school.ministry_code}:
            yield self.opened.placed(row, "name", named_twice(school.name, row["district"], others))
        codes.add(school.ministry_code)

    def school(self, row: ListedSchool, before: NewSchool | None) -> tuple[NewSchool, list[Problem]]:
        """The school as it would be after this row, and what is wrong with the row (then the school is of no use)."""
        problems = [*row.problems, *self._codes(row)]
        if not row["name"]:
            lacking = Problem("field-lacking", "แถวนี้ไม่มีชื่อโรงเรียน", "กรอกชื่อโรงเรียน")
            problems.append(self.opened.placed(row, "name", lacking))
        for column in ("name", "office_name"):
            if row[column] and (problem := doubted(row[column])):
                problems.append(self.opened.placed(row, column, problem))
        said: dict[str, object] = {"name": row["name"]}
        if row["smis_code"]:
            said["smis_code"] = row["smis_code"]
        for name, read in (
            ("district", self._district),
            ("office", self._office),
            ("grades", self._grades),
            ("latitude", self._position),
        ):
            found = read(row, before)
            if isinstance(found, Problem):
                problems.append(self.opened.placed(row, "office_name" if name == "office" else name, found))
            elif found is not None:
                said |= found if isinstance(found, dict) else {name: found}
        if problems:
            return _NOBODY, problems
        self.offices.used[str(said["office"])].add(row["province"])
        blank = before or replace(_NOBODY, ministry_code=row["ministry_code"])
        return replace(blank, **said), []

    def _codes(self, row: ListedSchool) -> Iterator[Problem]:
        for name, problem in code_faults(row["ministry_code"], row["smis_code"]):
            yield self.opened.placed(row, name, problem)
        for name, what, code in (("ministry_code", "กระทรวง", "row-twice"), ("smis_code", " SMIS", "smis-twice")):
            if numbers := self.twice.get((name, row[name])):
                others = ", ".join(str(one) for one in numbers[:10] if one != row.number)
                message = f"รหัส{what} {row[name]} อยู่ในแถว {others} ด้วย"
                problem = Problem(code, message, "เหลือไว้แถวเดียว หรือแก้รหัสที่ผิด")
                yield self.opened.placed(row, name, problem)
        owner = self.smis_of.get(row["smis_code"]) if row["smis_code"] else None
        if owner:
            message = f"รหัส SMIS {row['smis_code']} เป็นของโรงเรียนรหัส {owner} ในทะเบียน"
            yield self.opened.placed(row, "smis_code", Problem("smis-twice", message, "ตรวจรหัส SMIS ของทั้งสองโรงเรียน"))

    def _district(self, row: ListedSchool, before: NewSchool | None) -> str | Problem | None:
        """The district's code; a blank one is no fault where the record knows it, in the same province."""
        code = self.places.provinces.get(row["province"])
        if code is None:
            return Problem("province-unknown", f"ไม่มีจังหวัด “{row['province']}”", "ใช้ชื่อจังหวัดเต็ม เช่น ลำปาง")
        if row["district"]:
            found = self.places.district(row["province"], row["district"])
            if found:
                return found
            message = f"ไม่มีอำเภอ “{row['district']}” ในจังหวัด “{row['province']}”"
        elif before is not None and self.places.province_of(before.district) == row["province"]:
            return None
        else:
            why = {"ambiguous": "ตำบลชื่อนี้มีในหลายอำเภอ", "none": "หาตำบลในรายชื่ออำเภอไม่พบ"}.get(
                row["match"], "รายชื่อเว้นว่าง"
            )
            message = f"ไม่ทราบอำเภอของ {row['name']} จังหวัด{row['province']} ({why})"
        options = _districts_with(code, row["subdistrict"])
        hint = f" ตำบล{row['subdistrict']} มีในอำเภอ{', '.join(options)}" if options else ""
        return Problem("district-unknown", message, f"กรอกชื่ออำเภอ{hint}")

    def _office(self, row: ListedSchool, before: NewSchool | None) -> str | Problem:
        found = self.offices.meant(row["office_code"], row["office_name"], self._known_province(row))
        return found if isinstance(found, Problem) else found.code

    def _known_province(self, row: ListedSchool) -> str:
        """The row's province; empty where it is unknown, so that nothing more is concluded from it."""
        return row["province"] if row["province"] in self.places.provinces else ""

    def _grades(self, row: ListedSchool, before: NewSchool | None) -> tuple[str, ...] | Problem | None:
        if not row["grades"]:
            lacking = Problem(
                "field-lacking", f"ไม่ทราบชั้นที่เปิดสอนของ {row['name']}", "กรอกเช่น อนุบาล-ประถมศึกษา หรือ อ.2-ป.6"
            )
            return None if before else lacking
        try:
            return _grades_of(row["grades"])
        except ValueError:
            message = f"อ่านได้ “{row['grades'][:40]}” ซึ่งไม่ใช่ช่วงชั้น"
            return Problem("grades-unknown", message, "เขียนเช่น อนุบาล-ประถมศึกษา หรือ อ.2-ป.6")

    def _position(self, row: ListedSchool, before: NewSchool | None) -> dict[str, object] | Problem | None:
        """The subdistrict's centroid, where the record has nothing better."""
        if not (row["latitude"] or row["longitude"]):
            return None
        try:
            latitude, longitude = (CENTRE.read(row[name]) for name in ("latitude", "longitude"))
            inside = in_thailand(latitude, longitude)
        except Unreadable:
            inside = False
        if not inside:
            message = f"พิกัด “{row['latitude'][:20]}, {row['longitude'][:20]}” ไม่อยู่ในประเทศไทย"
            return Problem("coordinates-outside", message, "ตรวจพิกัด หรือเว้นว่างทั้งสองช่อง")
        if before and before.latitude is not None and before.position_source != CENTROID:
            return None
        return {"latitude": round(latitude, 6), "longitude": round(longitude, 6), "position_source": CENTROID}


_NOBODY: Final = NewSchool("", "", "", "", "", ())
_grades_of = cache(grades_of)


@cache
def _districts_with(province: str, subdistrict: str) -> tuple[str, ...]:
    """The districts of a province that have a subdistrict of this name."""
    if not subdistrict:
        return ()
    districts = geothai.districts(province)
    return tuple(
        one.name_th for one in districts if any(sub.name_th == subdistrict for sub in geothai.subdistricts(one.code))
    )


def _recorded() -> dict[str, NewSchool]:
    """The record's schools as they would be entered, by ministry code."""
    rows = School.objects.values_list(
        "ministry_code", "smis_code", "name", "district_id", "office__code", "grades", "latitude", "longitude",
        "is_quality", "position_source", "affiliation", "land_area",
    )  # fmt: skip
    return {row[0]: NewSchool(*row[:5], tuple(row[5]), *row[6:]) for row in rows.order_by().iterator(chunk_size=5000)}
