"""An office's filled workbook -> its account of the year, each value with the cell it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from khunnaphap.core import programme
from khunnaphap.core.programme import Occasion, OfficeYear
from khunnaphap.core.thai.dates import long_date

from . import citations
from . import office_contract as contract
from .reading import Reader, Workbook
from .tables import Row, TablesRead, lost_parts, maker_of, read_table


@dataclass(frozen=True)
class OfficeHandIn(TablesRead):
    """What an office handed in, as its account."""

    told: OfficeYear

    @property
    def unread_fields(self) -> dict[tuple[str, int], frozenset[str]]:
        """The fields that could not be read, by part and place (from 0)."""
        return {(part, at): row.unread for part, rows in self.rows.items() for at, row in enumerate(rows) if row.unread}


def read_office(book: Workbook, version: str = "") -> OfficeHandIn:
    """Read every table that the contract's ``version`` has, and gather every problem; nothing is raised.

    A cell that could not be read is blank in ``told``, and named in its row's ``unread``.
    """
    reader = Reader()
    tables = contract.office_tables(version)
    rows = {spec.part: read_table(reader, book, spec) for spec in tables}
    lost = lost_parts(reader, tables)
    rows = citations.whole(reader, rows, bool(lost))
    first: dict[int, int] = {}
    for place, row in enumerate(rows["activities"]):
        if row.values["number"] is not None:
            first.setdefault(row.values["number"], place)
    sure = "activities" not in lost and not any("number" in row.unread for row in rows["activities"])
    rows["occasions"].sort(key=lambda row: first.get(row.values["activity"], len(rows["activities"])))
    occasions = _by_activity(reader, rows, sure)
    parts: dict[str, Any] = {
        part: tuple(make(row) for row in rows[part])
        for part, make in (
            ("statements", maker_of(programme.Statement)),
            ("candidates", maker_of(programme.Candidate)),
            ("committees", maker_of(programme.Committee)),
            ("activities", lambda row: _activity(row, occasions.pop(row.values["number"], ()))),
            ("submissions", _submission),
            ("money", maker_of(programme.Money)),
            ("support", maker_of(programme.Support)),
            ("staffing", maker_of(programme.StaffingGap)),
            ("difficulties", maker_of(programme.Difficulty)),
            ("practices", maker_of(programme.GoodPractice)),
            ("steps", _step),
        )
        if part in rows
    }
    if strays := occasions.get(_STRAY):  # last, as their rows are; such a file is refused, their days are checked too
        parts["activities"] += (programme.Activity("", occasions=tuple(strays)),)
    return OfficeHandIn(rows, reader.findings, lost, OfficeYear(**parts))


_STRAY = -1
"""Whose occasions belong to no activity that could be read."""


def _by_activity(reader: Reader, rows: Mapping[str, list[Row]], sure: bool) -> dict[int, list[Occasion]]:
    """Occasions by the number of their activity; a number that no activity has, or two have, is a problem.

    ``sure``: every activity's number was read, so that a number that none has is a fault of its own.
    """
    found: dict[int, list[Occasion]] = {}
    for row in rows["activities"]:
        if row.values["number"] is None:
            continue
        if row.values["number"] in found:
            message = f"ลำดับ {row.values['number']} ซ้ำกับกิจกรรมอื่น"
            reader.problem(row.cells["number"], "row-twice", message, "ให้แต่ละกิจกรรมมีลำดับไม่ซ้ำกัน")
        found.setdefault(row.values["number"], [])
    for row in rows["occasions"]:
        number = row.values["activity"]
        if number is not None and number not in found and sure:
            message = f"ไม่มีกิจกรรมลำดับ {number} ในแผ่น “{contract.ACTIVITIES.sheet}”"
            reader.problem(row.cells["activity"], "activity-unknown", message, "ใช้ลำดับของกิจกรรมที่มีอยู่")
        place = number if number in found else _STRAY
        found.setdefault(place, []).append(_occasion(reader, row))
    return found


def _occasion(reader: Reader, row: Row) -> Occasion:
    day, last, whole_month = row.values["day"] or (None, None, False)
    until, also_month = row.values["until"] or (last, whole_month)
    if day and whole_month != also_month:
        message = "วันเริ่มและวันสิ้นสุดเขียนไม่เหมือนกัน ช่องหนึ่งเป็นวัน อีกช่องเป็นเดือน"
        reader.problem(row.cells["until"], "date-order", message, "เขียนเป็นวันทั้งสองช่อง หรือเป็นเดือนทั้งสองช่อง")
    if last and until != last:
        message = f"ช่องวันที่อ่านได้ถึงวันที่ {long_date(last)} แต่ช่องนี้อ่านได้ “{row.cells['until'].shown}”"
        reader.problem(row.cells["until"], "date-order", message, "เขียนวันสิ้นสุดไว้ช่องเดียว หรือให้ตรงกัน")
    begins, ends = row.values["hours"] or (None, None)
    return Occasion(day, until, begins, ends, row.values["place"], row.values["group"], whole_month)


def _activity(row: Row, occasions: Iterable[Occasion]) -> programme.Activity:
    names = [field.name for field in fields(programme.Activity) if field.name != "occasions"]
    values = {name: row.values[name] for name in names}
    return programme.Activity(**values, occasions=tuple(occasions))


def _step(row: Row) -> programme.Step:
    """A step's times are months only where all that it tells are."""
    told = [row.values[name] for name in ("begins", "until") if row.values[name]]
    days = {name: row.values[name] and row.values[name][0] for name in ("begins", "until")}
    return programme.Step(**{**row.values, **days}, months=bool(told) and all(month for _, month in told))


def _submission(row: Row) -> programme.Submission:
    due, due_month = row.values["due"] or (None, False)
    return programme.Submission(**{**row.values, "due": due}, due_month=due_month)
