"""The record as the forms that workbooks show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from fractions import Fraction

from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.queries import EXAMPLE_DATA_MARK, Standing, marks_of, standings
from khunnaphap.core import rounds
from khunnaphap.core.measures import shown
from khunnaphap.core.thai.collation import in_thai_order
from khunnaphap.core.thai.dates import long_date
from khunnaphap.frameworks.queries import framework_of
from khunnaphap.organisations.models import AreaOffice
from khunnaphap.programme.queries import account_of
from khunnaphap.sheets.contract import Identity
from khunnaphap.sheets.office_form import OfficeForm
from khunnaphap.sheets.school_form import SchoolForm
from khunnaphap.sheets.verification_form import SchoolToVerify, VerificationForm


def school_forms(round_: Round, codes: Iterable[str] | None = None) -> list[tuple[Assessment, SchoolForm]]:
    """A form for each school of the round (or for these), with last round's levels beside."""
    chosen = standings(round_, codes)
    last = _last_standings(round_, [assessment.school.ministry_code for assessment, _ in chosen])
    return [
        (assessment, _school_form(round_, assessment, standing, last.get(assessment.school_id)))
        for assessment, standing in chosen
    ]


def _last_standings(round_: Round, codes: list[str]) -> dict[int, Standing]:
    before = Round.objects.select_related("edition").filter(opens__lt=round_.opens).order_by("-opens").first()
    if before is None:
        return {}
    return {assessment.school_id: standing for assessment, standing in standings(before, codes)}


def _school_form(round_: Round, assessment: Assessment, standing: Standing, last: Standing | None) -> SchoolForm:
    school = assessment.school
    identity = Identity("school", round_.edition.code, str(round_.name), school.ministry_code)
    last_ratings = {} if last is None else (last.self_ratings | _given(last.verified_ratings))
    return SchoolForm(
        framework=standing.framework,
        identity=identity,
        name=school.name,
        lines=(
            f"{school.office.name} · รหัส {school.ministry_code} · รอบ {round_.name}",
            f"{round_.edition.title} · ส่งภายในวันที่ {long_date(round_.closes.astimezone().date())}",
        ),
        marks=" · ".join(marks_of(round_)),
        made=round_.opens,
        grades=frozenset(school.grades),
        answers=standing.answers,
        facts=standing.facts,
        last_ratings=last_ratings,
        last_facts={} if last is None else last.facts,
        references={key: Fraction(value) for key, value in round_.references.items()},
    )


def _given(ratings: dict) -> dict:
    return {key: rating for key, rating in ratings.items() if rating is not None}


def verification_form(round_: Round, office: AreaOffice) -> VerificationForm:
    """An office's verification workbook: its schools of the round that have something to verify come with rows."""
    codes = list(office.schools.values_list("ministry_code", flat=True))
    chosen = standings(round_, codes)
    identity = Identity("verification", round_.edition.code, str(round_.name), office.code)
    return VerificationForm(
        framework=framework_of(round_.edition),
        identity=identity,
        name=office.name,
        lines=(f"รอบ {round_.name} · โรงเรียน {len(chosen)} แห่ง", round_.edition.title),
        marks=" · ".join(marks_of(round_)),
        made=round_.opens,
        schools=[_to_verify(assessment, standing) for assessment, standing in chosen],
    )


def _to_verify(assessment: Assessment, standing: Standing) -> SchoolToVerify:
    result = standing.classification()
    own = standing.self_ratings
    answered = sum(rating is not None for rating in own.values())
    if result.band is None or result.score.total is None:
        summary = "ยังจัดกลุ่มไม่ได้"
    else:
        kind = "ชั่วคราว" if result.provisional else "ตรวจสอบแล้ว"
        summary = f"{result.band.title} {shown(result.score.total)} ({kind})"
    return SchoolToVerify(
        code=assessment.school.ministry_code,
        name=assessment.school.name,
        state=rounds.STATES[assessment.state],
        answered=f"{answered}/{len(own)}",
        summary=summary,
        answers=standing.answers,
        self_ratings=own,
    )


def office_form(office: AreaOffice, year: int) -> OfficeForm:
    """An office's workbook of a budget year, prefilled with what the record has of it."""
    example = Round.objects.filter(year=year, is_example=True).exists()
    return OfficeForm(
        identity=Identity("office", "-", str(year), office.code),
        name=office.name,
        line=f"ปีงบประมาณ {year} (1 ตุลาคม {year - 1} ถึง 30 กันยายน {year})",
        marks=EXAMPLE_DATA_MARK if example else "",
        made=datetime(year - 544, 10, 1, tzinfo=UTC),
        told=account_of(office.pk, year),
        schools=_offered(office),
    )


def _offered(office: AreaOffice) -> tuple[str, ...]:
    """The office's schools as its workbook offers them, quality schools first; by code where two bear one name."""
    rows = list(office.schools.values_list("name", "ministry_code", "is_quality"))
    times = Counter(name for name, _, _ in rows)
    ordered = in_thai_order(rows, lambda row: row[0])
    return tuple(name if times[name] == 1 else code for name, code, _ in sorted(ordered, key=lambda row: not row[2]))
