"""What surrounds the text on every page: margins, page number, marks and ร่าง."""

from __future__ import annotations

from typing import Final

from khunnaphap.core.document import Document
from khunnaphap.core.thai.numerals import thai

from .. import measures
from .markup import DECLARATION, NAMESPACES, field, paragraph, runs, twips

_TAB: Final = "<w:r><w:tab/></w:r>"


def section() -> str:
    """The one section: A4, Thai page numbers, the first page with its own frame."""
    margins = {
        "top": measures.TOP, "right": measures.RIGHT, "bottom": measures.BOTTOM, "left": measures.LEFT,
        "header": measures.HEADER, "footer": measures.FOOTER, "gutter": 0,
    }  # fmt: skip
    placed = " ".join(f'w:{edge}="{_cm(wide)}"' for edge, wide in margins.items())
    references = "".join(
        f'<w:{place}Reference w:type="{kind}" r:id="rId{place.title()}{kind.title()}"/>'
        for place in ("header", "footer")
        for kind in ("default", "first")
    )
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{_cm(measures.PAGE_WIDTH)}" w:h="{_cm(measures.PAGE_HEIGHT)}"/>'
        f'<w:pgMar {placed}/><w:pgNumType w:fmt="thaiNumbers"/><w:cols w:space="720"/><w:titlePg/></w:sectPr>'
    )


def header(document: Document, *, first: bool) -> str:
    """The line above the text: the page number in the middle (none on the first page), ร่าง on the right."""
    number = "" if first else runs("- ") + field("PAGE", thai(2), look="<w:cs/>") + runs(" -")
    draft = _TAB + runs(measures.DRAFT, bold=True) if document.draft else ""
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{paragraph('Header', _TAB + number + draft)}</w:hdr>"


def footer(document: Document) -> str:
    """The line under the text: the marks."""
    marks = runs(measures.MARKS_JOINT.join(document.marks))
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{paragraph('Footer', marks)}</w:ftr>"


def _cm(centimetres: float) -> int:
    return twips(measures.points(centimetres))
