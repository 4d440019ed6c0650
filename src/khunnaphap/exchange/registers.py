"""A register workbook into the record: offices, schools, rounds and inspections of a real province."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import open_round
from khunnaphap.assessments.models import Round
from khunnaphap.assessments.queries import EXAMPLE_DATA_MARK
from khunnaphap.audit.actions import record
from khunnaphap.core.grades import as_words, grades_of
from khunnaphap.core.problems import Problem, Refusal
from khunnaphap.core.register import InspectionEntry, OfficeEntry, Register, RoundEntry, SchoolEntry
from khunnaphap.core.rounds import RoundName
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import framework_of
from khunnaphap.organisations.actions import NewSchool, register_office, register_schools
from khunnaphap.organisations.models import AreaOffice, District, Province, School
from khunnaphap.programme.actions import plan_inspection
from khunnaphap.programme.models import Inspection
from khunnaphap.sheets.contract import Identity
from khunnaphap.sheets.reading import Workbook
from khunnaphap.sheets.register_book import RegisterForm, RegisterHandIn, read_register

from .reports import ImportReport, Part, Source


def register_form() -> RegisterForm:
    """The register workbook with the offices and schools that the record has."""
    offices = tuple(
        OfficeEntry(office.code, office.name, office.level, tuple(p.name for p in office.provinces.all()))
        for office in AreaOffice.objects.prefetch_related("provinces")
    )
    schools = tuple(_entry(school) for school in School.objects.select_related("district__province", "office"))
    made = datetime(2024, 1, 1, tzinfo=UTC)  # no date of its own: the same register gives the same bytes
    marks = EXAMPLE_DATA_MARK if Round.objects.filter(is_example=True).exists() else ""
    return RegisterForm(Identity("register", "-", "-", "-"), marks, made, Register(offices=offices, schools=schools))


def _entry(school: School) -> SchoolEntry:
    return SchoolEntry(
        ministry_code=school.ministry_code,
        smis_code=school.smis_code,
        name=school.name,
        province=school.district.province.name,
        district=school.district.name,
        office=school.office.code,
        grades=as_words(set(school.grades)),
        is_quality=school.is_quality,
        latitude=school.latitude,
        longitude=school.longitude,
    )


def import_register(report: ImportReport, source: Source, book: Workbook, by: User) -> None:
    """Take a register whole, or report every fault at its cell; entries that are there already are renewed."""
    hand_in = read_register(book)
    report.add_warnings(hand_in.findings.warnings)
    report.add_problems(hand_in.findings.problems)
    if not report.problems:
        report.add_problems(_Check(hand_in).problems())
    if report.problems:
        return
    told, before = hand_in.told, register_form().told
    offices = [office for office in told.offices if office not in before.offices]
    for office in offices:
        codes = Province.objects.filter(name__in=office.provinces).values_list("code", flat=True)
        register_office(code=office.code, name=office.name, level=office.level, provinces=codes, by=by)
    added, changed = _take_schools(told, {one.ministry_code: one for one in before.schools}, by)
    opened = [_open(one, told, by) for one in told.rounds if not _round_exists(one.name)]
    planned = [one for one in told.inspections if _plan(one, by)]
    total = added + changed + len(offices) + len(opened) + len(planned)
    note = (
        f"โรงเรียนใหม่ {added:,} แห่ง แก้ไข {changed:,} แห่ง เขตใหม่หรือแก้ไข {len(offices)} แห่ง "
        f"เปิดรอบ {', '.join(map(str, opened)) or '-'} การตรวจราชการ {len(planned)} รอบ"
    )
    if total:
        source.noted()
        record(by=by, verb="import_register", subject="register", file=source.name, sha256=source.digest)
    report.parts.append(Part("", "ทะเบียน", total, "", (), note if total else "ไม่มีสิ่งใดเปลี่ยน"))


def _plan(entry: InspectionEntry, by: User) -> bool:
    """Enter an inspection or move its cut-off; false when it stands so already."""
    name, cut_off = RoundName.parse(entry.name), _moment(entry.cut_off, last=True)
    if Inspection.objects.filter(year=name.year, number=name.number, cut_off=cut_off).exists():
        return False
    plan_inspection(name=name, cut_off=cut_off, by=by)
    return True


def _take_schools(told: Register, before: Mapping[str, SchoolEntry], by: User) -> tuple[int, int]:
    districts = _districts()
    differing = [one for one in told.schools if _said(one) != _said(before.get(one.ministry_code))]
    if differing:
        new = [
            NewSchool(
                ministry_code=one.ministry_code,
                smis_code=one.smis_code,
                name=one.name,
                district=districts[one.province, _plain(one.district)],
                office=one.office,
                grades=grades_of(one.grades),
                latitude=one.latitude,
                longitude=one.longitude,
                is_quality=bool(one.is_quality),
            )
            for one in differing
        ]
        register_schools(schools=new, by=by)
    added = sum(one.ministry_code not in before for one in differing)
    return added, len(differing) - added


def _said(entry: SchoolEntry | None) -> object:
    """What an entry says, whatever the way it is written."""
    if entry is None:
        return None
    degrees = [None if value is None else float(value) for value in (entry.latitude, entry.longitude)]
    place = (entry.province, _plain(entry.district), entry.office)
    return (
        entry.ministry_code,
        entry.smis_code,
        entry.name,
        place,
        grades_of(entry.grades),
        bool(entry.is_quality),
        degrees,
    )


def _open(entry: RoundEntry, told: Register, by: User) -> RoundName:
    name = RoundName.parse(entry.name)
    open_round(
        edition=Edition.objects.get(code=entry.edition),
        name=name,
        opens=_moment(entry.opens),
        closes=_moment(entry.closes, last=True),
        schools=School.objects.filter(is_quality=True),
        references={one.fact: str(one.mean) for one in told.references if RoundName.parse(one.round) == name},
        by=by,
    )
    return name


def _round_exists(text: str) -> bool:
    name = RoundName.parse(text)
    return Round.objects.filter(year=name.year, number=name.number).exists()


def _moment(day: date, *, last: bool = False) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59) if last else time(0, 0)))


def _plain(district: str) -> str:
    return district.removeprefix("อำเภอ").removeprefix("เขต").strip()


def _districts() -> dict[tuple[str, str], str]:
    pairs = District.objects.select_related("province")
    return {(one.province.name, _plain(one.name)): one.code for one in pairs}


@dataclass
class _Check:
    """Every fault of a register against itself and the record."""

    hand_in: RegisterHandIn

    def problems(self) -> Iterator[Problem]:
        """All of them, at their cells."""
        told = self.hand_in.told
        provinces = set(Province.objects.values_list("name", flat=True))
        for place, office in enumerate(told.offices):
            for name in office.provinces:
                if name not in provinces:
                    message, mend = f"ไม่มีจังหวัด “{name}”", "ใช้ชื่อจังหวัดเต็ม เช่น ลำปาง"
                    yield self._at("offices", place, "provinces", "province-unknown", message, mend)
        yield from self._schools()
        yield from self._rounds()
        for place, inspection in enumerate(told.inspections):
            yield from self._named("inspections", place, "name", inspection.name)

    def _at(self, part: str, place: int, field: str, code: str, message: str, mend: str) -> Problem:
        return self.hand_in.placed(part, place, field, Problem(code, message, mend))

    def _schools(self) -> Iterator[Problem]:
        told = self.hand_in.told
        offices = {one.code for one in told.offices} | set(AreaOffice.objects.values_list("code", flat=True))
        districts, seen = _districts(), set()
        for place, school in enumerate(told.schools):
            for field, problem in [*_code_faults(school), *_place_faults(school, districts, offices)]:
                yield self.hand_in.placed("schools", place, field, problem)
            if school.ministry_code in seen:
                message = f"รหัส {school.ministry_code} ปรากฏซ้ำ"
                yield self._at("schools", place, "ministry_code", "row-twice", message, "เหลือไว้เพียงแถวเดียว")
            seen.add(school.ministry_code)

    def _rounds(self) -> Iterator[Problem]:
        told = self.hand_in.told
        editions = {one.code: one for one in Edition.objects.filter(status=Edition.PUBLISHED)}
        facts = {key for one in editions.values() for key in framework_of(one).facts_by_id}
        for place, each in enumerate(told.rounds):
            yield from self._named("rounds", place, "name", each.name)
            if each.edition not in editions:
                message = f"ไม่มีเกณฑ์ที่ประกาศใช้รหัส “{each.edition}”"
                mend = f"ใช้รหัสที่มีอยู่: {', '.join(editions)}"
                yield self._at("rounds", place, "edition", "edition-unknown", message, mend)
            if each.closes < each.opens:
                message = "วันปิดอยู่ก่อนวันเปิด"
                yield self._at("rounds", place, "closes", "date-order", message, "ตรวจวันเปิดและวันปิด")
        for place, one in enumerate(told.references):
            yield from self._named("references", place, "round", one.round)
            if one.fact not in facts:
                message = f"ไม่มีรหัสข้อมูล “{one.fact}” ในเกณฑ์"
                yield self._at("references", place, "fact", "fact-unknown", message, "ใช้รหัสข้อมูลของเกณฑ์ เช่น nt-thai")

    def _named(self, part: str, place: int, field: str, text: str) -> Iterator[Problem]:
        try:
            RoundName.parse(text)
        except Refusal as refusal:
            yield self.hand_in.placed(part, place, field, refusal.problem)


def _code_faults(school: SchoolEntry) -> Iterator[tuple[str, Problem]]:
    if not re.fullmatch(r"\d{10}", school.ministry_code):
        message = f"รหัสกระทรวง “{school.ministry_code}” ไม่ใช่ตัวเลข 10 หลัก"
        mend = "ตรวจรหัส และตั้งช่องเป็นข้อความเพื่อไม่ให้เลขศูนย์นำหน้าหาย"
        yield "ministry_code", Problem("code-invalid", message, mend)
    if school.smis_code and not re.fullmatch(r"\d{8}", school.smis_code):
        message = f"รหัส SMIS “{school.smis_code}” ไม่ใช่ตัวเลข 8 หลัก"
        yield "smis_code", Problem("code-invalid", message, "ตรวจรหัส หรือเว้นว่าง")


def _place_faults(
    school: SchoolEntry, districts: Mapping[tuple[str, str], str], offices: Set[str]
) -> Iterator[tuple[str, Problem]]:
    if (school.province, _plain(school.district)) not in districts:
        message = f"ไม่มีอำเภอ “{school.district}” ในจังหวัด “{school.province}”"
        yield "district", Problem("district-unknown", message, "ใช้ชื่อจังหวัดและอำเภอเต็ม เช่น ลำปาง และ เมืองลำปาง")
    if school.office not in offices:
        message = f"ไม่มีสำนักงานเขตรหัส “{school.office}”"
        yield "office", Problem("office-unknown", message, "ใช้รหัสจากแผ่นสำนักงานเขต")
    try:
        grades_of(school.grades)
    except ValueError:
        message = f"อ่านได้ “{school.grades}” ซึ่งไม่ใช่ช่วงชั้น"
        yield "grades", Problem("grades-unknown", message, "เขียนเช่น อ.2-ป.6 หรือ ม.1-ม.6")
