"""A round's colours, for programs and as a workbook to read."""

from __future__ import annotations

from typing import Any

from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.queries import Standing, each_standing, marks_of
from khunnaphap.core.measures import rounded, shown
from khunnaphap.frameworks.queries import framework_of
from khunnaphap.sheets.summary_form import SummaryForm, SummaryRow, write_summary


def classified(round_: Round) -> dict[str, Any]:
    """The shape that ``classify --json`` promises; percentages are rounded half up to 10 places."""
    return {
        "round": str(round_.name),
        "edition": round_.edition.code,
        "schools": [_school(assessment, standing) for assessment, standing in each_standing(round_)],
    }


def _school(assessment: Assessment, standing: Standing) -> dict[str, Any]:
    result = standing.classification()
    labels = standing.framework.by_id
    return {
        "code": assessment.school.ministry_code,
        "name": assessment.school.name,
        "office": assessment.school.office.name,
        "province": assessment.school.district.province.name,
        "basis": result.basis,
        "total": None if result.score.total is None else rounded(result.score.total),
        "components": {
            label: None if value is None else rounded(value) for label, value in result.score.components.items()
        },
        "colour": result.band.colour if result.band else None,
        "missing": [labels[key].label for key in result.score.missing],
    }


def summary_form(round_: Round) -> SummaryForm:
    """A round's colours as rows: office, school, colour, scores, reason."""
    framework = framework_of(round_.edition)
    return SummaryForm(
        title=f"สรุปกลุ่มสี รอบ {round_.name}",
        line=round_.edition.title,
        marks=" · ".join(marks_of(round_)),
        made=round_.opens,
        components=tuple(component.label for component in framework.components),
        bands=tuple((band.colour, band.title) for band in framework.bands),
        rows=tuple(_row(assessment, standing) for assessment, standing in each_standing(round_)),
    )


def _row(assessment: Assessment, standing: Standing) -> SummaryRow:
    result = standing.classification()
    return SummaryRow(
        office=assessment.school.office.name,
        code=assessment.school.ministry_code,
        name=assessment.school.name,
        province=assessment.school.district.province.name,
        colour=result.band.colour if result.band else "",
        colour_title=result.band.title if result.band else "ยังจัดกลุ่มไม่ได้",
        basis="ชั่วคราว" if result.provisional else "ตรวจสอบแล้ว",
        total="" if result.score.total is None else shown(result.score.total),
        components=tuple("" if v is None else shown(v) for v in result.score.components.values()),
        reason=result.reason,
    )


def colour_summary(round_: Round) -> bytes:
    """The colour summary as a workbook."""
    return write_summary(summary_form(round_))
