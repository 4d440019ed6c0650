"""A whole edition as a workbook that people read and change; what is written reads back as the same edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from khunnaphap.core.edition import own_points
from khunnaphap.core.framework import Aspect, Comparison, Component, Framework, Grade, Indicator, Share

from . import framework_contract as contract
from .book import Book
from .contract import Identity
from .framework_contract import framework_tables
from .tables import TableSpec, write_table

A3: Final = 8
_STEPS: Final = (
    "ตั้งรหัสเกณฑ์ใหม่ในแผ่น “ฉบับ” เช่น obec-2568 เพราะฉบับที่ประกาศใช้แล้วแก้ไขไม่ได้ แล้วแก้ชื่อฉบับให้ตรง",
    "แก้ได้ทุกช่องสีเหลือง แทรก ลบ และย้ายแถวได้ ลำดับแถวคือลำดับที่พิมพ์ ชื่อแผ่นและหัวคอลัมน์แถวที่ 4 ต้องคงเดิม",
    "รหัสตัวชี้วัดคงเดิมเมื่อยังวัดเรื่องเดียวกัน แม้แก้ถ้อยคำ เลขข้อ น้ำหนัก หรือย้ายประเด็น ผลประเมินเดิมจึงใช้เทียบต่อได้",
    "เพิ่มตัวชี้วัด: เพิ่มแถวในแผ่น “ตัวชี้วัด” ด้วยรหัสใหม่ที่ไม่เคยใช้ รอบที่ผ่านมาจะยังไม่มีคำตอบของข้อใหม่",
    "ตัดตัวชี้วัด: ลบแถวในแผ่น “ตัวชี้วัด” และแถวของรหัสนั้นในแผ่น “วิธีคำนวณระดับ” และแผ่นถัดไป",
    "แยกหรือรวมตัวชี้วัด: ข้อที่ยังวัดเรื่องเดิมใช้รหัสเดิม ข้ออื่นใช้รหัสใหม่ หากไม่มีข้อใดวัดเรื่องเดิมให้ใช้รหัสใหม่ทุกข้อ",
    "เปลี่ยนวิธีวัด: ตัวชี้วัดที่คำนวณจากข้อมูลมีแถวในแผ่น “วิธีคำนวณระดับ” ข้อที่ผู้ประเมินเลือกระดับเองไม่มีแถวในแผ่นนั้น",
    "น้ำหนัก คะแนน และร้อยละพิมพ์เป็นตัวเลข เช่น 1 หรือ 2.5 หรือ 1/3 ระบบคำนวณตรงตามนั้นโดยไม่ปัดเศษ",
    "เปลี่ยนจำนวนระดับ: เพิ่มหรือลบแถวในแผ่น “ระดับคุณภาพ” และคอลัมน์ท้ายแผ่น “ตัวชี้วัด” (หัวคอลัมน์ ระดับ 1, ระดับ 2, …) ให้เท่ากัน",
    "ถ้อยคำในรายงานแก้ได้ในแผ่นท้าย แม้ฉบับประกาศใช้แล้ว เพราะไม่เปลี่ยนคะแนนและสี ตัวเลขต้องตรงกับคำอธิบายของระดับ",
    "ตรวจแฟ้มด้วย khunnaphap import --dry-run นำเข้าเป็นฉบับร่างด้วย khunnaphap import แล้วประกาศใช้ด้วย khunnaphap publish-edition",
)
_REFERENCES: Final = {
    ("aspects", "component"): contract.COMPONENTS,
    ("indicators", "aspect"): contract.ASPECTS,
    ("measures", "count"): contract.FACTS,
    ("measures", "whole"): contract.FACTS,
    ("conditions", "fact"): contract.FACTS,
    ("exceptions", "fact"): contract.FACTS,
    ("subjects", "fact"): contract.FACTS,
    ("subjects", "test"): contract.TESTS,
    **{
        (part, "indicator"): contract.indicators_table(2)
        for part in ("measures", "conditions", "grades", "exceptions", "wordings")
    },
}
"""Columns that hold an id of another sheet, offered as a drop-down."""
_OFFERED: Final = 500


@dataclass(frozen=True)
class FrameworkForm:
    """All that a framework workbook shows; ``identity`` says which edition it was made from."""

    identity: Identity
    line: str
    marks: str
    made: datetime
    framework: Framework


def write_framework(form: FrameworkForm) -> bytes:
    """The workbook as bytes; the same form gives the same bytes."""
    framework = form.framework
    book = Book(framework.title, form.made, form.marks)
    book.guide("เกณฑ์การประเมิน", (framework.title, form.line), form.marks, _STEPS)
    rows = _rows(framework)
    for spec in framework_tables(len(framework.level_names)):
        write_table(book, spec, rows[spec.part], spec.sheet, form.marks)
        _finish(book, spec)
    book.identity(form.identity, framework.title)
    return book.close()


def _finish(book: Book, spec: TableSpec) -> None:
    """Paper for the widest sheet, and drop-downs of the ids that a column refers to."""
    sheet = book.book.get_worksheet_by_name(spec.sheet)
    if spec.part in ("indicators", "wordings"):
        sheet.set_paper(A3)
        sheet.freeze_panes(spec.columns.header_row, 4 if spec.part == "indicators" else 2)
    for one in spec.fields:
        target = _REFERENCES.get((spec.part, one.name))
        if target is not None:
            letter, first = spec.columns.letters[one.heading], spec.columns.header_row + 1
            source = f"='{target.sheet}'!$A${first}:$A${first + _OFFERED}"
            rule = {"validate": "list", "source": source, "show_error": False}
            sheet.data_validation(f"{letter}{first}:{letter}{first + _OFFERED}", rule)


def _rows(framework: Framework) -> dict[str, list[Mapping[str, Any]]]:
    """The rows of every part, by the names of their fields."""
    english = framework.level_names_en or ("",) * len(framework.level_names)
    levels = zip(framework.level_names, english, framework.level_points, strict=True)
    computed = [one for one in framework.indicators if one.measure is not None]
    return {
        "edition": [{"code": framework.code, "title": framework.title, "title_en": framework.title_en}],
        "levels": [
            {"number": number, "title": name, "title_en": name_en, "points": points}
            for number, (name, name_en, points) in enumerate(levels, 1)
        ],
        "bands": [vars(band) for band in framework.bands],
        "components": [_titles(one) | {"weight": one.weight} for one in framework.components],
        "aspects": [
            _titles(aspect) | {"component": component.id, "statement": aspect.statement}
            for component in framework.components
            for aspect in component.aspects
        ],
        "indicators": [_indicator(framework, aspect, one) for _, aspect, one in framework.walk()],
        "facts": [vars(fact) for fact in framework.facts],
        "measures": [{"indicator": one.id, "measure": one.measure_name} | _measure(one) for one in computed],
        "conditions": [
            {"indicator": one.id, "level": each.level, "fact": each.fact}
            for one in computed
            if isinstance(one.measure, Share)
            for each in one.measure.conditions
        ],
        "grades": [
            {"indicator": one.id, "grade": grade, "level": level}
            for one in computed
            if isinstance(one.measure, Grade)
            for grade, level in one.measure.levels.items()
        ],
        "exceptions": list(_exceptions(framework)),
        "tests": [vars(test) for test in framework.tests],
        "subjects": [
            {"test": test.id, "fact": each.fact, "title": each.title}
            for test in framework.tests
            for each in test.subjects
        ],
        "wordings": [
            {"indicator": one.id, "title": f"{one.label} {one.title}"}
            | {f"level{level.number}": level.report for level in one.levels}
            for one in framework.indicators
        ],
    }


def _titles(one: Component | Aspect | Indicator) -> dict[str, Any]:
    return {"id": one.id, "label": one.label, "title": one.title, "title_en": one.title_en}


def _indicator(framework: Framework, aspect: Aspect, one: Indicator) -> dict[str, Any]:
    return {
        **_titles(one),
        "aspect": aspect.id,
        "statement": one.statement,
        "weight": one.weight,
        "points": own_points(one, framework),
        "evidence": one.evidence,
        **{f"level{level.number}": level.descriptor for level in one.levels},
    }


def _measure(one: Indicator) -> dict[str, Any]:
    match one.measure:
        case Share(count, whole, bounds, _):
            return {"count": count, "whole": whole, "bounds": bounds}
        case Grade(fact, _):
            return {"count": fact}
        case Comparison(reference, bounds):
            return {"reference": reference, "bounds": bounds}
        case None:
            return {}


def _exceptions(framework: Framework) -> Iterator[dict[str, Any]]:
    for one in framework.indicators:
        if rule := one.not_applicable:
            yield {"indicator": one.id, "fact": rule.fact, "equals": rule.equals, "reason": rule.reason}
