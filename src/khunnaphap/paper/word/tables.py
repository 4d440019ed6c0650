"""Tables: fixed column widths, a heading row that repeats, rows that stay whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from khunnaphap.core.document import Cell, Column, Table

from .. import measures
from ..rows import is_small, is_tall
from .markup import escape, paragraph, runs, twips

_ALIGNMENTS: Final = {"left": "", "centre": '<w:jc w:val="center"/>', "right": '<w:jc w:val="right"/>'}


def table(block: Table, swatch: Callable[[str], str], *, keep: bool = False) -> str:
    """The table without its caption; ``swatch`` gives the run that draws a colour. ``keep``: with what follows it."""
    widths = [twips(width) for width in measures.column_widths(tuple(column.width for column in block.columns))]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    caption = f'<w:tblCaption w:val="{escape(block.caption)}"/>' if block.caption else ""
    # Word keeps a table whole when each row keeps with the next.
    last = len(block.rows) - 1
    kept = set(range(last)) if is_small(block) else set()
    kept |= {last - 1, last} if keep else set()
    rows = "".join(_row(row, block.columns, widths, swatch, keep=place in kept) for place, row in enumerate(block.rows))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>{caption}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_heading_row(block.columns, widths)}{rows}</w:tbl>"
    )


def _heading_row(columns: tuple[Column, ...], widths: list[int]) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{measures.HEAD_FILL[1:]}"/><w:vAlign w:val="center"/>'
    cells = "".join(
        _cell(width, paragraph("TableHeading", runs(column.title)), fill)
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(
    row: tuple[Cell, ...], columns: tuple[Column, ...], widths: list[int], swatch: Callable[[str], str], *, keep: bool
) -> str:
    cells = "".join(
        _cell(width, _content(cell, column, swatch, keep))
        for cell, column, width in zip(row, columns, widths, strict=True)
    )
    whole = "" if is_tall(row, columns) else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{whole}{cells}</w:tr>"


def _content(cell: Cell, column: Column, swatch: Callable[[str], str], keep: bool) -> str:
    square = swatch(cell.swatch) + runs(" ") if cell.swatch else ""
    properties = ("<w:keepNext/>" if keep else "") + _ALIGNMENTS[column.align]
    return paragraph("TableText", square + runs(cell.text, bold=cell.bold), properties)


def _cell(width: int, content: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'
