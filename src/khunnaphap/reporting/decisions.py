"""Colours that were decided on in place of those that follow: told wherever colours are counted or listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from khunnaphap.core.document import Cell, Column, Paragraph, Table
from khunnaphap.core.framework import Framework
from khunnaphap.core.thai.dates import short_date

from .colour_groups import coloured, coloured_by
from .queries import Verified

MARK = "*"
"""Stands after a decided colour in a table of schools."""


def decided(verified: Iterable[Verified]) -> list[Verified]:
    """The schools that are counted under a decided colour."""
    return [item for item in verified if item.decided]


def notice(
    framework: Framework, verified: Iterable[Verified], opening: str, most: int | None = None
) -> list[Paragraph]:
    """Says, where colours are counted, which schools count under a decided colour; it names ``most`` of them."""
    found = decided(verified)
    if not found:
        return []
    named = found if most is None else found[:most]
    words = " ".join(f"โรงเรียน{item.school.name} ({_instead(framework, item)})" for item in named)
    more = f" และอีก {len(found) - len(named)} โรงเรียน" if len(found) > len(named) else ""
    text = f"{opening} {len(found)} โรงเรียนนับตามกลุ่มสีที่กำหนดโดยมีเหตุผล แทนสีที่คำนวณได้จากคะแนน ได้แก่ {words}{more}"
    return [Paragraph(text, style="note", sources=coloured_by(found))]


def _instead(framework: Framework, item: Verified) -> str:
    titles = {band.colour: f"สี{band.title}" for band in framework.bands}
    if item.decided is None:
        return ""
    return f"กำหนด{titles.get(item.decided.colour, '-')} คำนวณได้{titles.get(item.decided.computed, '-')}"


def reasons(framework: Framework, verified: Sequence[Verified]) -> list[Table]:
    """Each decided colour beside the computed one, with its day and reason; no table where none was decided."""
    found = [(item, item.decided) for item in verified if item.decided]
    if not found:
        return []
    columns = (
        Column("โรงเรียน", 8),
        Column("สีที่คำนวณได้", 5),
        Column("สีที่กำหนด", 4),
        Column("เมื่อวันที่", 5, "centre"),
        Column("เหตุผล", 10),
    )
    rows = tuple(
        (
            Cell(item.school.name),
            coloured(framework, one.computed),
            coloured(framework, one.colour),
            Cell(short_date(one.day)),
            Cell(" ".join(one.reason.split())),
        )
        for item, one in found
    )
    caption = f"โรงเรียนที่นับตามกลุ่มสีที่กำหนดโดยมีเหตุผล (เครื่องหมาย {MARK} ในตารางก่อนหน้า)"
    return [Table(caption, columns, rows, coloured_by(item for item, _ in found))]
