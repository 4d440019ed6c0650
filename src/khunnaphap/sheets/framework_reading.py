"""A changed framework workbook -> an edition, with every fault told at its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from khunnaphap.core.edition_checks import MOST_LEVELS, contradictions
from khunnaphap.core.framework import (
    Aspect,
    AutomaticNA,
    Band,
    Comparison,
    Component,
    Condition,
    Fact,
    Framework,
    Grade,
    Indicator,
    Level,
    Measure,
    Share,
    Subject,
    Test,
)
from khunnaphap.core.problems import Problem
from khunnaphap.core.wording import worded

from . import framework_contract as contract
from .framework_contract import framework_tables, level_heading
from .reading import Cell, Findings, Reader, Workbook
from .tables import Row, TableSpec, read_table

_USES: Final = {"share": {"count", "whole", "bounds"}, "grade": {"count"}, "comparison": {"reference", "bounds"}}
"""Which columns of ``วิธีคำนวณระดับ`` each measure uses; another one that is filled in would be lost."""
_ROW: Final = contract.EDITION.columns.header_row + 1


@dataclass(frozen=True)
class FrameworkHandIn:
    """An edition as handed in; it is whole only where ``findings`` has no problem. ``code_cell`` holds its code.

    ``wordings`` are the rows of its wording by indicator; ``None`` where the contract has no such sheet.
    """

    framework: Framework
    code_cell: Cell | None
    findings: Findings
    wordings: Mapping[str, Row] | None = None

    def placed(self, problem: Problem) -> Problem:
        """A problem of the edition's code, at its cell."""
        return problem.at(sheet=contract.EDITION.sheet, cell=self.code_cell.address if self.code_cell else f"A{_ROW}")

    def placed_wording(self, indicator: str, level: int, problem: Problem) -> Problem:
        """A problem of the wording of a level, at its cell."""
        row = (self.wordings or {}).get(indicator)
        cell = row.cells[f"level{level}"] if row else None
        return problem.at(sheet=contract.WORDINGS_SHEET, cell=cell.address if cell else f"A{_ROW}")


def read_framework(book: Workbook, version: str = "") -> FrameworkHandIn:
    """Read every table that the contract's ``version`` has, and gather every problem; nothing is raised.

    What could not be read stands as its plainest value meanwhile, so that the rest is checked too.
    """
    reader = Reader()
    levels = read_table(reader, book, contract.LEVELS)
    specs = framework_tables(min(max(len(levels), 2), MOST_LEVELS), version)
    specs = tuple(_as_wide_as_filled(book, spec) if spec.part == "wordings" else spec for spec in specs)
    rows = {spec.part: levels if spec is contract.LEVELS else read_table(reader, book, spec) for spec in specs}
    for sheet in (spec.sheet for spec in specs):
        if sheet not in book:
            message, mend = f"ไม่มีแผ่น “{sheet}”", "ใช้แฟ้มที่ระบบออกให้ และอย่าเปลี่ยนชื่อหรือลบแผ่น"
            reader.findings.problems.append(Problem("sheet-lacking", message, mend, sheet=sheet))
    for spec in specs:
        if spec.part in ("indicators", "wordings"):
            _check_columns(reader, book, spec, len(levels))
    unread = {one.sheet for one in reader.findings.problems if one.code in ("sheet-lacking", "heading-differs")}
    made = _Assembly(reader, rows, frozenset(spec.part for spec in specs if spec.sheet in unread))
    framework = made.framework()
    told = {(problem.sheet, problem.cell) for problem in reader.findings.problems}
    if not made.unread:
        for fault in contradictions(framework):
            sheet, cell = made.where(fault.part, fault.place, fault.field, specs)
            if (sheet, cell) not in told:
                reader.findings.problems.append(fault.problem.at(sheet=sheet, cell=cell))
    edition = rows["edition"]
    wordings = made.wordings() if "wordings" in rows else None
    whole = worded(framework, _wording(wordings or {}, len(levels)))
    return FrameworkHandIn(whole, edition[0].cells["code"] if edition else None, reader.findings, wordings)


def _wording(rows: Mapping[str, Row], levels: int) -> dict[str, dict[str, list[str]]]:
    numbers = range(1, levels + 1)
    return {key: {"report": [row.values.get(f"level{at}", "") for at in numbers]} for key, row in rows.items()}


def _as_wide_as_filled(book: Workbook, spec: TableSpec) -> TableSpec:
    """The table without its last columns where nothing stands in their headings: not every level needs wording."""
    sheet = book.get(spec.sheet)
    fields = list(spec.fields)
    while sheet and len(fields) > 1 and not sheet.cell(chr(64 + len(fields)), spec.columns.header_row).filled:
        fields.pop()
    return replace(spec, fields=tuple(fields))


def _check_columns(reader: Reader, book: Workbook, spec: TableSpec, levels: int) -> None:
    """A level's column beyond the levels that there are would be lost, so it is a problem at its heading."""
    sheet = book.get(spec.sheet)
    letter = chr(65 + len(spec.fields))
    if spec.part == "wordings":
        letter = chr(67 + levels)
    if sheet is not None and levels >= 2:
        cell = sheet.cell(letter, spec.columns.header_row)
        if cell.text == level_heading(levels + 1):
            message = f"แผ่น “{contract.LEVELS.sheet}” มี {levels} ระดับ แต่แผ่นนี้มีคอลัมน์ “{cell.text}”"
            reader.problem(cell, "levels-number", message, "เพิ่มแถวในแผ่นระดับคุณภาพ หรือลบคอลัมน์นี้")


@dataclass
class _Assembly:
    """Rows of every part put together; ``places`` remembers which row each value of the framework came from.

    Of parts that are ``unread`` (their sheet is not there, or not as it was) nothing is concluded.
    """

    reader: Reader
    rows: Mapping[str, Sequence[Row]]
    unread: frozenset[str] = frozenset()
    places: dict[tuple[str, tuple[int, ...]], Row] = field(default_factory=dict)

    def where(self, part: str, place: tuple[int, ...], name: str, specs: Sequence[TableSpec]) -> tuple[str, str]:
        """Sheet and cell of a value's field; the first row's where there is no such row."""
        if row := self.places.get((part, place)):
            cell = row.cells[name]
            return cell.sheet, cell.address
        spec = next(spec for spec in specs if spec.part == part)
        heading = next(one.heading for one in spec.fields if one.name == name)
        return spec.sheet, f"{spec.columns.letters[heading]}{_ROW}"

    def framework(self) -> Framework:
        """The edition that the rows say."""
        edition = self._edition()
        levels = self._levels()
        names = tuple(row.values["title"] for row in levels)
        points = tuple(row.values["points"] or Fraction(place) for place, row in enumerate(levels))
        english = tuple(row.values["title_en"] for row in levels)
        return Framework(
            code=edition.values["code"] if edition else "-",
            title=edition.values["title"] if edition else "",
            title_en=edition.values["title_en"] if edition else "",
            level_names=names,
            bands=self._bands(),
            facts=tuple(_fact(row) for row in self._kept("facts")),
            tests=self._tests(),
            components=_Tree(self, names, points).components(),
            level_names_en=english if any(english) else (),
            level_points=points,
        )

    def problem(self, row: Row, name: str, code: str, message: str, mend: str) -> None:
        """Note a problem at a row's cell."""
        self.reader.problem(row.cells[name], code, message, mend)

    def grouped(self, part: str, key: str, parents: str) -> dict[str, list[Row]]:
        """The rows of a part by the id that they refer to; an id that ``parents`` lacks is a problem at its cell."""
        known = {row.values["id"] for row in self.rows[parents]}
        found: dict[str, list[Row]] = {}
        for row in self.rows[part]:
            said = row.values[key]
            if said in known:
                found.setdefault(said, []).append(row)
            elif said and parents not in self.unread:
                sheet = next(spec.sheet for spec in framework_tables(2) if spec.part == parents)
                message, mend = f"ไม่มีรหัส “{said}” ในแผ่น “{sheet}”", f"ใช้รหัสที่มีในแผ่น “{sheet}” หรือลบทั้งแถว"
                self.problem(row, key, "reference-unknown", message, mend)
        return found

    def single(self, part: str) -> dict[str, Row]:
        """The one row that each indicator may have in a part."""
        found = self.grouped(part, "indicator", "indicators")
        for indicator, rows in found.items():
            for row in rows[1:]:
                message = f"ตัวชี้วัด “{indicator}” มีมากกว่าหนึ่งแถวในแผ่นนี้"
                self.problem(row, "indicator", "row-twice", message, "เหลือไว้เพียงแถวเดียว")
        return {indicator: rows[0] for indicator, rows in found.items()}

    def wordings(self) -> dict[str, Row]:
        """The row of each indicator's wording; one that is left over of no indicator is told, and harms nothing."""
        known = {row.values["id"] for row in self.rows["indicators"]}
        found: dict[str, Row] = {}
        for row in self.rows["wordings"]:
            said = row.values["indicator"]
            if said in known and said not in found:
                found[said] = row
            elif said in found:
                message = f"ตัวชี้วัด “{said}” มีมากกว่าหนึ่งแถวในแผ่นนี้"
                self.problem(row, "indicator", "row-twice", message, "เหลือไว้เพียงแถวเดียว")
            elif said and "indicators" not in self.unread:
                message = f"ไม่มีตัวชี้วัด “{said}” ถ้อยคำแถวนี้จึงไม่ได้ใช้"
                problem = Problem("wording-stray", message, "แก้รหัสให้ตรงกับแผ่น “ตัวชี้วัด” ถ้าตัดตัวชี้วัดนี้แล้วไม่ต้องแก้")
                cell = row.cells["indicator"]
                self.reader.findings.warnings.append(problem.at(sheet=cell.sheet, cell=cell.address))
        return found

    def _kept(self, part: str) -> Sequence[Row]:
        self.places |= {(part, (place,)): row for place, row in enumerate(self.rows[part])}
        return self.rows[part]

    def _edition(self) -> Row | None:
        rows = self._kept("edition")
        for row in rows[1:]:
            self.problem(row, "code", "row-twice", "แผ่นนี้มีได้แถวเดียว", "ลบแถวนี้ หรือจัดทำเป็นอีกแฟ้มหนึ่ง")
        if not rows and "edition" not in self.unread:
            problem = Problem("field-lacking", "ยังไม่ระบุรหัสและชื่อของฉบับ", "กรอกรหัสเกณฑ์และชื่อฉบับในแถวนี้")
            self.reader.findings.problems.append(problem.at(sheet=contract.EDITION.sheet, cell=f"A{_ROW}"))
        return rows[0] if rows else None

    def _levels(self) -> Sequence[Row]:
        rows = self._kept("levels")
        for place, row in enumerate(rows, 1):
            if row.values["number"] not in (None, place):
                message = f"แถวนี้ควรเป็นระดับ {place} แต่อ่านได้ {row.values['number']}"
                self.problem(row, "number", "levels-number", message, "เรียงระดับจาก 1 ขึ้นไปโดยไม่ข้าม")
        return rows

    def _bands(self) -> tuple[Band, ...]:
        last = self.rows["bands"][-1:]
        rows = [row for row in self.rows["bands"] if row.values["lower"] is not None or row in last]
        self.places |= {("bands", (place,)): row for place, row in enumerate(rows)}
        return tuple(
            Band(
                row.values["colour"] or "",
                row.values["title"],
                row.values["lower"] or Fraction(0),
                row.values["reassess"] or 0,
            )
            for row in rows
        )

    def _tests(self) -> tuple[Test, ...]:
        subjects = self.grouped("subjects", "test", "tests")
        tests = []
        for place, row in enumerate(self._kept("tests")):
            own = subjects.pop(row.values["id"], [])
            self.places |= {("subjects", (place, number)): each for number, each in enumerate(own)}
            told = tuple(Subject(each.values["fact"], each.values["title"]) for each in own)
            tests.append(Test(row.values["id"], row.values["title"], row.values["grade"] or "", told))
        return tuple(tests)


def _fact(row: Row) -> Fact:
    names = ("id", "group", "title", "title_en", "unit", "help", "choices")
    return Fact(kind=row.values["kind"] or "count", **{name: row.values[name] for name in names})


class _Tree:
    """Components, aspects and indicators of an assembly, in the order of their rows."""

    def __init__(self, made: _Assembly, names: Sequence[str], points: tuple[Fraction, ...]) -> None:
        self.made, self.names, self.points = made, names, points
        self.aspects = made.grouped("aspects", "component", "components")
        self.indicators = made.grouped("indicators", "aspect", "aspects")
        self.measures = made.single("measures")
        self.exceptions = made.single("exceptions")
        self.conditions = made.grouped("conditions", "indicator", "indicators")
        self.grades = made.grouped("grades", "indicator", "indicators")
        self.counted = {"components": 0, "aspects": 0, "indicators": 0}
        self._check_measures()

    def _check_measures(self) -> None:
        """Values that an indicator's measure has no use for would be lost, so they are problems at their cells."""
        kinds = {key: row.values["measure"] for key, row in self.measures.items()}
        for row in self.measures.values():
            uses = _USES.get(row.values["measure"], {"count", "whole", "reference", "bounds"})
            for name in ("count", "whole", "reference", "bounds"):
                if name not in uses and row.cells[name].filled:
                    message = f"วิธีวัด “{row.cells['measure'].shown}” ไม่ใช้ช่องนี้"
                    self.made.problem(row, name, "measure-differs", message, "ลบค่าในช่องนี้ หรือเปลี่ยนวิธีวัด")
            if row.values["measure"] == "comparison" and not row.values["reference"]:
                self.made.problem(row, "reference", "field-lacking", "ยังไม่ระบุค่าอ้างอิง", "กรอกเช่น national")
        for groups, wanted in ((self.conditions, "share"), (self.grades, "grade")):
            word = next(word for word, kind in contract.MEASURES.items() if kind == wanted)
            for key, rows in groups.items():
                apart = kinds.get(key, "") not in (wanted, None) and "measures" not in self.made.unread
                for row in rows if apart else ():
                    message = f"ตัวชี้วัด “{key}” ไม่ได้ใช้วิธีวัด “{word}” ในแผ่น “{contract.MEASURES_TABLE.sheet}”"
                    self.made.problem(row, "indicator", "measure-differs", message, "แก้วิธีวัด หรือลบแถวนี้")

    def _next(self, part: str, row: Row) -> int:
        place = self.counted[part]
        self.counted[part] += 1
        self.made.places[part, (place,)] = row
        return place

    def components(self) -> tuple[Component, ...]:
        """The whole tree; of an id that stands twice the first row has what belongs to it."""
        return tuple(self._component(row) for row in self.made.rows["components"])

    def _component(self, row: Row) -> Component:
        self._next("components", row)
        aspects = tuple(self._aspect(each) for each in self.aspects.pop(row.values["id"], []))
        return Component(**_titles(row), weight=_weight(row), aspects=aspects)

    def _aspect(self, row: Row) -> Aspect:
        self._next("aspects", row)
        indicators = tuple(self._indicator(each) for each in self.indicators.pop(row.values["id"], []))
        return Aspect(**_titles(row), statement=row.values["statement"], indicators=indicators)

    def _indicator(self, row: Row) -> Indicator:
        place = self._next("indicators", row)
        points = row.values["points"] or self.points
        if len(points) != len(self.names):
            message = f"มีคะแนน {len(points)} ค่า แต่มี {len(self.names)} ระดับ"
            self.made.problem(row, "points", "points-number", message, "พิมพ์คะแนนให้ครบทุกระดับ คั่นด้วยจุลภาค หรือเว้นว่าง")
            points = self.points
        levels = tuple(
            Level(number, name, points[number - 1], row.values.get(f"level{number}", ""))
            for number, name in enumerate(self.names, 1)
        )
        return Indicator(
            **_titles(row),
            statement=row.values["statement"],
            measure=self._measure(row.values["id"], place),
            levels=levels,
            evidence=row.values["evidence"],
            weight=_weight(row),
            not_applicable=self._exception(row.values["id"], place),
        )

    def _exception(self, indicator: str, place: int) -> AutomaticNA | None:
        row = self.exceptions.pop(indicator, None)
        if row is None:
            return None
        self.made.places["exceptions", (place,)] = row
        return AutomaticNA(row.values["fact"], bool(row.values["equals"]), row.values["reason"])

    def _measure(self, indicator: str, place: int) -> Measure | None:
        row = self.measures.pop(indicator, None)
        if row is None:
            return None
        self.made.places["measures", (place,)] = row
        told = row.values
        match told["measure"]:
            case "share":
                return Share(told["count"], told["whole"], told["bounds"], self._conditions(indicator, place))
            case "grade":
                return Grade(told["count"], self._grades(indicator, place))
            case "comparison":
                return Comparison(told["reference"], told["bounds"])
        return None

    def _conditions(self, indicator: str, place: int) -> tuple[Condition, ...]:
        rows = self.conditions.get(indicator, [])
        self.made.places |= {("conditions", (place, number)): row for number, row in enumerate(rows)}
        return tuple(Condition(row.values["level"] or 0, row.values["fact"]) for row in rows)

    def _grades(self, indicator: str, place: int) -> dict[str, int]:
        found: dict[str, int] = {}
        for row in self.grades.get(indicator, []):
            if row.values["grade"] in found:
                message = f"ผล “{row.values['grade']}” ปรากฏซ้ำ"
                self.made.problem(row, "grade", "row-twice", message, "เหลือไว้เพียงแถวเดียว")
                continue
            self.made.places["grades", (place, len(found))] = row
            found[row.values["grade"]] = row.values["level"] or 0
        return found


def _titles(row: Row) -> dict[str, str]:
    return {name: row.values[name] for name in ("id", "label", "title", "title_en")}


def _weight(row: Row) -> Fraction:
    return Fraction(1) if row.values["weight"] is None else Fraction(row.values["weight"])
