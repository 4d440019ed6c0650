"""A round under another edition, beside its official colours: for programs, in words, and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from khunnaphap.assessments.models import Round
from khunnaphap.assessments.queries import marks_of
from khunnaphap.assessments.rescoring import Beside
from khunnaphap.core.measures import rounded, shown
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import framework_of
from khunnaphap.sheets.rescore_form import RescoreForm, RescoreRow

PREVIEW_MARK = "ผลตามฉบับร่าง ยังไม่ประกาศใช้ และไม่บันทึก"
_NOT_YET = "ยังจัดกลุ่มไม่ได้"
_NAMED = 10


def rescored_data(round_: Round, edition: Edition, told: Sequence[Beside]) -> dict[str, Any]:
    """The shape that ``classify --edition --json`` promises; percentages are rounded half up to 10 places."""
    return {
        "round": str(round_.name),
        "edition": round_.edition.code,
        "beside": edition.code,
        "preview": edition.status != Edition.PUBLISHED,
        "schools": [_school(each) for each in told],
    }


def _school(each: Beside) -> dict[str, Any]:
    school, result = each.assessment.school, each.rescored.classification
    return {
        "code": school.ministry_code,
        "name": school.name,
        "office": school.office.name,
        "province": school.district.province.name,
        "basis": result.basis,
        "official": {"total": _number(_official_total(each)), "colour": _official_colour(each)},
        "rescored": {
            "total": _number(result.score.total),
            "components": {label: _number(value) for label, value in result.score.components.items()},
            "colour": result.band.colour if result.band else None,
            "missing": list(_missing(each)),
            "answered": _number(each.rescored.answered),
        },
    }


def _official_total(each: Beside) -> Fraction | None:
    return Fraction(each.official.total) if each.official and each.official.total else None


def _official_colour(each: Beside) -> str | None:
    return each.official.colour_shown or None if each.official else None


def _missing(each: Beside) -> tuple[str, ...]:
    return tuple(each.framework.by_id[key].label for key in each.rescored.classification.score.missing)


def _number(value: Fraction | None) -> str | None:
    return None if value is None else rounded(value)


def rescore_form(round_: Round, edition: Edition, told: Sequence[Beside]) -> RescoreForm:
    """Both results of each school as rows, and what marks them."""
    preview = PREVIEW_MARK if edition.status != Edition.PUBLISHED else ""
    marks = dict.fromkeys(mark for mark in (preview, *marks_of(round_), edition.mark) if mark)
    titles = {band.colour: band.title for band in framework_of(round_.edition).bands}
    return RescoreForm(
        title=f"รอบ {round_.name} ตามเกณฑ์ {edition.code} เทียบผลทางการ",
        line=f"ผลทางการตามเกณฑ์ {round_.edition.code} ไม่เปลี่ยน · {edition.title}",
        marks=" · ".join(marks),
        made=round_.opens,
        bands=tuple((band.colour, band.title) for band in framework_of(edition).bands),
        official_bands=tuple(titles.items()),
        rows=tuple(_row(each, titles) for each in told),
    )


def _row(each: Beside, titles: dict[str, str]) -> RescoreRow:
    school, result = each.assessment.school, each.rescored.classification
    official, colour = _official_total(each), _official_colour(each)
    return RescoreRow(
        office=school.office.name,
        code=school.ministry_code,
        name=school.name,
        basis="ชั่วคราว" if result.provisional else "ตรวจสอบแล้ว",
        official=colour or "",
        official_title=titles[colour] if colour else _NOT_YET,
        official_total="" if official is None else shown(official),
        colour=result.band.colour if result.band else "",
        colour_title=result.band.title if result.band else _NOT_YET,
        total="" if result.score.total is None else shown(result.score.total),
        missing=len(result.score.missing),
        answered="" if each.rescored.answered is None else shown(each.rescored.answered),
        note=_note(each),
    )


def _note(each: Beside) -> str:
    """Why there is no colour yet under the other edition, and how far the answered part goes; else nothing."""
    missing = _missing(each)
    if each.official is None:
        return "โรงเรียนยังไม่ส่งผล"
    if not missing:
        return ""
    more = " …" if len(missing) > _NAMED else ""
    said = f"ยังไม่มีคำตอบ {len(missing)} ตัวชี้วัด ({', '.join(missing[:_NAMED])}{more})"
    if each.rescored.answered is not None:
        said += f" เฉพาะข้อที่ตอบแล้วร้อยละ {shown(each.rescored.answered)} (ชั่วคราว)"
    return said


def in_words(form: RescoreForm) -> list[str]:
    """The form in lines, a school each."""
    lines = [form.title, form.line, *([form.marks] if form.marks else [])]
    for row in form.rows:
        official = f"{row.official_title} {row.official_total}".strip()
        other = f"{row.colour_title} {row.total}".strip()
        note = f" · {row.note}" if row.note else ""
        lines.append(
            f"{row.code} {row.name} ({row.office}): ทางการ {official} · ตามเกณฑ์ที่เทียบ {other}{note} · {row.basis}"
        )
    return lines
