"""A round's colours, for programs and as a workbook to read."""

from __future__ import annotations

from typing import Any

from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.queries import Standing, decided_in, each_standing, marks_of
from khunnaphap.core.colours import Classification, Decided, counted
from khunnaphap.core.measures import rounded, shown
from khunnaphap.core.thai.dates import long_date
from khunnaphap.frameworks.queries import framework_of
from khunnaphap.sheets.summary_form import SummaryForm, SummaryRow, write_summary


def classified(round_: Round) -> dict[str, Any]:
    """The shape that ``classify --json`` promises; percentages are rounded half up to 10 places."""
    decided = decided_in(round_)
    return {
        "round": str(round_.name),
        "edition": round_.edition.code,
        "schools": [_school(one, standing, decided.get(one.pk)) for one, standing in each_standing(round_)],
    }


def _school(assessment: Assessment, standing: Standing, decided: Decided | None) -> dict[str, Any]:
    result = standing.classification()
    band = counted(standing.framework, result, decided)
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
        "colour": band.colour if band else None,
        "decided": _decided(result, decided),
        "missing": [labels[key].label for key in result.score.missing],
    }


def _decided(result: Classification, decided: Decided | None) -> dict[str, str] | None:
    if decided is None or not decided.stands(result):
        return None
    return {"computed": decided.computed, "reason": decided.reason, "day": decided.day.isoformat()}


def summary_form(round_: Round) -> SummaryForm:
    """A round's colours as rows: office, school, colour, scores, reason."""
    framework, decided = framework_of(round_.edition), decided_in(round_)
    return SummaryForm(
        title=f"สรุปกลุ่มสี รอบ {round_.name}",
        line=round_.edition.title,
        marks=" · ".join(marks_of(round_)),
        made=round_.opens,
        components=tuple(component.label for component in framework.components),
        bands=tuple((band.colour, band.title) for band in framework.bands),
        rows=tuple(_row(one, standing, decided.get(one.pk)) for one, standing in each_standing(round_)),
    )


def _row(assessment: Assessment, standing: Standing, decided: Decided | None) -> SummaryRow:
    result = standing.classification()
    band = counted(standing.framework, result, decided)
    return SummaryRow(
        office=assessment.school.office.name,
        code=assessment.school.ministry_code,
        name=assessment.school.name,
        province=assessment.school.district.province.name,
        colour=band.colour if band else "",
        colour_title=band.title if band else "ยังจัดกลุ่มไม่ได้",
        basis="ชั่วคราว" if result.provisional else "ตรวจสอบแล้ว",
        total="" if result.score.total is None else shown(result.score.total),
        components=tuple("" if v is None else shown(v) for v in result.score.components.values()),
        reason=_reason(result, decided),
    )


def _reason(result: Classification, decided: Decided | None) -> str:
    """Why this colour; of one that was decided on also the computed one, the day and the reason given."""
    if decided is None or result.band is None or not decided.stands(result):
        return result.reason
    because = " ".join(decided.reason.split())
    said = f"กำหนดสีเมื่อวันที่ {long_date(decided.day)} แทนสี{result.band.title}ที่คำนวณได้"
    return f"{said} ด้วยเหตุผล “{because}” · {result.reason}"


def colour_summary(round_: Round) -> bytes:
    """The colour summary as a workbook."""
    return write_summary(summary_form(round_))
