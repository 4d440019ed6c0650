"""A document tree as a Word file with real headings, numbering, contents and Thai page numbers."""

from __future__ import annotations

from khunnaphap.core.document import Document

from .legible import legible
from .pdf import chart_png, heading_pages
from .typesetting import has_contents
from .word import frame, pictures
from .word.body import Body
from .word.numbering import Numbering
from .word.package import pack
from .word.styles import styles_part


def to_docx(document: Document) -> bytes:
    """The paper as DOCX, the same bytes for the same tree.

    What the font cannot draw stands as ``script.MARK``. The contents are filled in with the pages of the PDF, which
    Word's own pages may miss by a line or two; "Update field" in Word sets them right.
    """
    paper = legible(document)
    numbering = Numbering(paper)
    body = Body(paper, numbering, heading_pages(paper) if has_contents(paper) else ())
    parts = {
        "document.xml": body.part(),
        "styles.xml": styles_part(numbering, compact=paper.compact),
        "numbering.xml": numbering.part(),
        "header1.xml": frame.header(paper, first=False),
        "header2.xml": frame.header(paper, first=True),
        "footer1.xml": frame.footer(paper),
        "footer2.xml": frame.footer(paper),
    }
    drawn = {f"colour{index}.png": pictures.png(colour) for index, colour in enumerate(body.colours, 1)}
    drawn |= {f"chart{index}.png": chart_png(chart) for index, chart in enumerate(body.charts, 1)}
    return pack(paper, parts, drawn)
