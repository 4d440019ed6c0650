"""Schools and offices at work: blank workbooks out of the record, filled in, and handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.core.completeness import Answer
from khunnaphap.core.measures import FactValue
from khunnaphap.exchange.actions import ImportReport, import_workbook
from khunnaphap.exchange.forms import school_forms, verification_form
from khunnaphap.organisations.models import AreaOffice
from khunnaphap.sheets.school_form import write_school
from khunnaphap.sheets.verification_form import write_verification

SCHOOL, OTHER, THIRD = "1052500312", "1052500197", "1052500383"
OFFICE = "520003"


def blank(round_: Round, code: str = SCHOOL) -> bytes:
    """A school's workbook as the record gives it now."""
    ((_, form),) = school_forms(round_, [code])
    return write_school(form)


def filled(
    round_: Round,
    code: str = SCHOOL,
    level: int = 4,
    facts: Mapping[str, FactValue] | None = None,
    **answers: Answer | None,
) -> bytes:
    """A school's workbook with ``level`` everywhere but at ``answers`` (by id with _; ``None`` leaves it blank)."""
    ((_, form),) = school_forms(round_, [code])
    given = {name.replace("_", "-"): answer for name, answer in answers.items()}
    chosen = {i.id: given.get(i.id, Answer(level)) for i in form.framework.indicators}
    kept = {key: answer for key, answer in chosen.items() if answer is not None}
    return write_school(replace(form, answers=kept, facts=facts or {}))


def blank_verification(round_: Round, code: str = OFFICE) -> bytes:
    """An office's verification workbook as the record gives it now."""
    return write_verification(verification_form(round_, AreaOffice.objects.get(code=code)))


def verified(round_: Round, levels: Mapping[str, int], remark: str = "", **answers: Answer) -> bytes:
    """The verification workbook with one level for each of these schools, but for ``answers`` (by id with _)."""
    form = verification_form(round_, AreaOffice.objects.get(code=OFFICE))
    given = {name.replace("_", "-"): answer for name, answer in answers.items()}
    schools = [
        replace(
            school,
            answers={
                i.id: given.get(i.id, Answer(verified_rating=levels[school.code], verified_remark=remark))
                for i in form.framework.indicators
            }
            if school.code in levels
            else {},
        )
        for school in form.schools
    ]
    return write_verification(replace(form, schools=schools))


def hand_in(content: bytes, by: User, name: str = "แบบประเมิน.xlsx", **options: Any) -> ImportReport:
    """Import; the report must be free of problems."""
    report = import_workbook(name=name, content=content, by=by, **options)
    assert not report.problems, report.problems[:3]
    return report


def assessment(round_: Round, code: str = SCHOOL) -> Assessment:
    """The school's assessment, fresh from the record."""
    return Assessment.objects.get(round=round_, school__ministry_code=code)


def levels(round_: Round, code: str = SCHOOL) -> dict[str, tuple[int | None, int | None]]:
    """Self and verified levels as stored, by indicator id."""
    rows = assessment(round_, code).answers.all()
    return {row.indicator: (row.self_level, row.verified_level) for row in rows}
