"""Which schools, rounds and accounts a province's report rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Q

from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.queries import Standing, decided_in, each_standing
from khunnaphap.core.account_checks import named_schools, with_names
from khunnaphap.core.colours import Classification, Decided, counted
from khunnaphap.core.cut_off import Until, until
from khunnaphap.core.document import Source
from khunnaphap.core.framework import Band
from khunnaphap.core.known_schools import Named
from khunnaphap.core.problems import Refusal
from khunnaphap.core.programme import OfficeYear
from khunnaphap.core.rounds import APPROVED, VERIFIED, RoundName
from khunnaphap.core.thai.collation import in_thai_order
from khunnaphap.core.thai.numerals import arabic
from khunnaphap.organisations.models import AreaOffice, Province, School
from khunnaphap.programme.models import Inspection
from khunnaphap.programme.queries import account_of, known_schools

from .register_facts import RegisterFacts, register_facts
from .report_forms import Section


@dataclass(frozen=True)
class Verified:
    """A school's latest verified round: the record that the report speaks from."""

    assessment: Assessment
    round: Round
    standing: Standing
    classification: Classification
    decided: Decided | None = None
    """The colour that the office decided on in place of the one that follows, if it did."""

    @property
    def band(self) -> Band | None:
        """The band that the school is counted under."""
        return counted(self.standing.framework, self.classification, self.decided)

    @property
    def school(self) -> School:
        """The school."""
        return self.assessment.school


@dataclass(frozen=True)
class Basis:
    """What a report rests on: verified schools of the province, of its offices as a whole, and who is left out."""

    province: Province
    inspection: Inspection
    offices: tuple[AreaOffice, ...]
    verified: tuple[Verified, ...]
    elsewhere: tuple[Verified, ...]
    unverified: tuple[School, ...]
    excepted: tuple[School, ...]
    excepted_offices: tuple[AreaOffice, ...]
    """The offices from which the officer expects nothing more; their unverified schools are excepted too."""
    newest: Round
    rounds_named: tuple[Round, ...]
    """The round of the inspection's own name, if there is one."""
    earlier: Mapping[str, Verified]
    """The verified round before the latest, of the schools that have one, by ministry code."""
    accounts: Mapping[int, OfficeYear]
    """What each office had done by the cut-off, by the office's id; all that it told is ``handed_in``."""
    handed_in: Mapping[int, OfficeYear]
    cut: Mapping[int, Until]
    register: RegisterFacts
    districts: Mapping[tuple[int, str], str]
    """The district of each school that an office's account may name, by the office's id and the school's name."""

    @property
    def last_day(self) -> date:
        """The day of the cut-off."""
        return self.inspection.cut_off.astimezone().date()

    @property
    def schools(self) -> tuple[School, ...]:
        """The province's schools of the rounds, verified or not, in Thai order."""
        found = [*(item.school for item in self.verified), *self.unverified, *self.excepted]
        return tuple(in_thai_order(found, lambda school: school.name))

    def told_in(self, office: AreaOffice, part: str, *ats: int) -> tuple[Source, ...]:
        """The records behind values of an office's account, by their places (from 0) in what is told of it."""
        return self.handed_over(office, part, *(self.cut[office.pk].places[part][at] for at in ats))

    def handed_over(self, office: AreaOffice, part: str, *ats: int) -> tuple[Source, ...]:
        """The records behind values of an office's account, by their places (from 0) in all that it handed in."""
        return tuple(Source("account", f"{self.inspection.year}:{office.code}:{part}:{at + 1}") for at in ats)

    def silent(self, office: AreaOffice, part: str = "") -> tuple[Source, ...]:
        """What the word rests on that an office has not told a part of its account: the account itself."""
        return (Source("account", ":".join(filter(None, (str(self.inspection.year), office.code, part)))),)

    def of_office(self, office: AreaOffice) -> tuple[Verified, ...]:
        """The province's verified schools of an office."""
        return tuple(item for item in self.verified if item.school.office_id == office.pk)

    def whole_office(self, office: AreaOffice) -> tuple[Verified, ...]:
        """All verified schools of an office, in whatever province."""
        return tuple(item for item in (*self.verified, *self.elsewhere) if item.school.office_id == office.pk)


def inspection_named(text: str) -> Inspection:
    """The inspection of this name ("2567/2"); ``Refusal`` when there is none."""
    name = RoundName.parse(text)
    found = Inspection.objects.filter(year=name.year, number=name.number).first()
    if found is None:
        there = ", ".join(str(one) for one in Inspection.objects.all()) or "ยังไม่มี"
        raise Refusal("inspection-unknown", f"ไม่มีการตรวจราชการรอบ {name}", f"ใช้รอบที่มีอยู่: {there}")
    return found


def province_coded(code: str) -> Province:
    """The province of this two-digit code; ``Refusal`` when there is none."""
    found = Province.objects.filter(code=arabic(code)).first()
    if found is None:
        raise Refusal("province-unknown", f"ไม่มีจังหวัดรหัส “{code}”", "ใช้รหัสจังหวัด 2 หลัก เช่น 52 (ลำปาง)")
    return found


_CONCLUDED: Final = (VERIFIED, APPROVED)
"""The states in which an office stands by what it found: levels that nobody has confirmed are not counted."""


@dataclass
class _Found:
    """The schools of rounds as they are walked through, the oldest round first, by ministry code."""

    latest: dict[str, Verified] = field(default_factory=dict)
    earlier: dict[str, Verified] = field(default_factory=dict)
    seen: dict[str, School] = field(default_factory=dict)

    def walk(self, round_: Round, codes: Sequence[str]) -> None:
        """Take in a round's schools: each is seen, and its verified result stands before an older one."""
        decided = decided_in(round_)
        for assessment, standing in each_standing(round_, codes):
            code = assessment.school.ministry_code
            self.seen[code] = assessment.school
            result = standing.classification()
            if result.provisional or assessment.state not in _CONCLUDED:
                continue
            if code in self.latest:
                self.earlier[code] = self.latest[code]
            own = decided.get(assessment.pk)
            stands = own if own and own.stands(result) else None
            self.latest[code] = Verified(assessment, round_, standing, result, stands)


def basis_of(province: Province, inspection: Inspection, exceptions: Sequence[str] = ()) -> Basis:
    """Gather what the report rests on; ``exceptions`` are codes of unverified schools, and of offices, the officer names."""
    rounds = list(
        Round.objects.select_related("edition").filter(closes__lte=inspection.cut_off).order_by("closes", "id")
    )
    if not rounds:
        raise Refusal("no-round", f"ไม่มีรอบที่ปิดก่อนวันตัดข้อมูลของรอบตรวจราชการ {inspection}", "เปิดรอบและตรวจสอบผลก่อน")
    offices = list(AreaOffice.objects.filter(schools__district__province=province).distinct())
    codes = list(School.objects.filter(office__in=offices).values_list("ministry_code", flat=True))
    walked = _Found()
    for round_ in rounds:
        walked.walk(round_, codes)
    seen = walked.seen
    here = {code for code, school in seen.items() if school.district.province_id == province.code}
    if not here:
        raise Refusal("no-school", f"ไม่มีโรงเรียนของจังหวัด{province} ในรอบที่ปิดแล้ว", "ตรวจรหัสจังหวัดและรอบ")
    counted_in = tuple(sorted({seen[code].office for code in here}, key=lambda office: (office.level, office.code)))
    excepted_offices = tuple(one for one in counted_in if one.code in map(arabic, exceptions))
    excepted = _exceptions(exceptions, excepted_offices, here - walked.latest.keys(), seen)
    left = [seen[code] for code in here - walked.latest.keys() if seen[code] not in excepted]
    found = in_thai_order(walked.latest.values(), lambda item: item.school.name)
    last = inspection.cut_off.astimezone().date()
    return Basis(
        province=province,
        inspection=inspection,
        offices=counted_in,
        **_accounts(counted_in, inspection.year, last),
        register=register_facts([seen[code] for code in here], last),
        verified=tuple(item for item in found if item.school.ministry_code in here),
        elsewhere=tuple(item for item in found if item.school.ministry_code not in here),
        unverified=tuple(
            sorted(in_thai_order(left, lambda school: school.name), key=lambda school: school.office.code)
        ),
        excepted=tuple(in_thai_order(excepted, lambda school: school.name)),
        excepted_offices=excepted_offices,
        newest=rounds[-1],
        rounds_named=tuple(Round.objects.filter(year=inspection.year, number=inspection.number)),
        earlier=walked.earlier,
    )


def _accounts(offices: Sequence[AreaOffice], year: int, last: date) -> dict[str, Any]:
    """Each office's account, its schools under the register's names, also cut off, and the districts of the schools."""
    told = {office.pk: account_of(office.pk, year) for office in offices}
    codes = {text for account in told.values() for text in named_schools(account) if text.isdigit()}
    schools = School.objects.filter(Q(office__in=offices) | Q(ministry_code__in=codes))
    accounts, cut, districts = {}, {}, {}
    for office in offices:
        known = known_schools(office.code, among=schools)
        accounts[office.pk] = with_names(told[office.pk], known)
        cut[office.pk] = until(accounts[office.pk], last)
        found = {school: known.find(school) for school in named_schools(accounts[office.pk])}
        districts |= {(office.pk, name): one.district for name, one in found.items() if isinstance(one, Named)}
    by_then = {key: found.told for key, found in cut.items()}
    return {"accounts": by_then, "handed_in": accounts, "cut": cut, "districts": districts}


def _exceptions(
    codes: Sequence[str], offices: Sequence[AreaOffice], unverified: set[str], seen: dict[str, School]
) -> list[School]:
    """The schools that are named, and those of the offices that are."""
    own = {office.code for office in offices}
    named = list(dict.fromkeys(arabic(code) for code in codes if arabic(code) not in own))
    for code in named:
        if code not in unverified:
            raise Refusal(
                "exception-not-unverified",
                f"รหัส {code} ไม่ใช่โรงเรียนที่ยังไม่ผ่านการตรวจสอบ หรือสำนักงานเขตพื้นที่การศึกษาของจังหวัดนี้",
                "ระบุเฉพาะรหัสที่รายงานแจ้งว่ายังค้าง",
            )
    of_offices = [code for code in unverified if seen[code].office in offices and code not in named]
    return [seen[code] for code in (*named, *of_offices)]


def told_for(basis: Basis, office: AreaOffice, section: Section) -> bool:
    """Whether an office told all that a section asks of it; true where it asks nothing."""
    told = basis.handed_in[office.pk]
    return all(_told(told, part) for part in section.parts)


def _told(told: OfficeYear, part: str) -> bool:
    name, _, kind = part.partition(":")
    return any(not kind or one.kind == kind for one in getattr(told, name))
