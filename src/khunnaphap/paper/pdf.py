"""A document tree as PDF/A-2a and PDF/UA-1, typeset by typst with the shipped fonts only."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import typst

from khunnaphap.core.document import Chart, Document

from . import charts, glyphs
from .legible import legible
from .typesetting import typeset

_ROOM: Final = Path(__file__).parent
PIXELS_PER_INCH: Final = 220
_STANDARDS: Final[list[typst.PDFStandard]] = ["a-2a", "ua-1"]


def to_pdf(document: Document) -> bytes:
    """The paper as PDF: archival (PDF/A-2a), accessible (PDF/UA-1), the same bytes for the same tree.

    What the font cannot draw stands as ``script.MARK``.
    """
    made = _compiler(legible(document)).compile(
        format="pdf",
        pdf_standards=_STANDARDS,
        timestamp=datetime.combine(document.dated, time(), UTC),
    )
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=16)
def heading_pages(document: Document) -> tuple[int, ...]:
    """The page in the PDF of each heading in order, counted from 1 with the cover.

    Takes little where ``to_pdf`` has just laid out the same tree: typst remembers the layout.
    """
    pages = _compiler(legible(document)).query("<heading-pages>", field="value", one=True)
    return tuple(json.loads(pages))


def page_count(document: Document) -> int:
    """How many pages the PDF has."""
    return int(_compiler(legible(document)).query("<page-count>", field="value", one=True))


def _compiler(document: Document) -> typst.Compiler:
    # One for each paper: a compiler must not be shared between threads, and making one takes 0.3 ms.
    return typst.Compiler(
        input=_ROOM / "paper.typ",
        root=_ROOM,
        font_paths=_fonts(),
        sys_inputs={"paper": typeset(document)},
    )


@lru_cache(maxsize=32)
def chart_png(chart: Chart) -> bytes:
    """A chart as a PNG of ``PIXELS_PER_INCH``, the same bytes for the same chart; it must be drawable already."""
    compiler = typst.Compiler(
        input=_ROOM / "chart.typ",
        root=_ROOM,
        font_paths=_fonts(),
        sys_inputs={"chart": json.dumps(charts.typeset(chart))},
    )
    made = compiler.compile(format="png", ppi=PIXELS_PER_INCH)
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    """Neither the machine's fonts nor typst's own: a paper looks and weighs the same everywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FONTS])
