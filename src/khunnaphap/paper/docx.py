"""A document tree as a Word file with real headings, contents and Thai page numbers."""

from __future__ import annotations

from khunnaphap.core.document import Document, map_text

from .legible import legible
from .pdf import chart_png, heading_pages
from .typesetting import has_contents
from .word import frame, pictures
from .word.body import Body
from .word.package import pack
from .word.styles import styles_part
from .words import bound


def to_docx(document: Document) -> bytes:
    """The paper as DOCX, the same bytes for the same tree.

    What the font cannot draw stands as ``script.MARK``. The contents are filled in with the pages of the PDF, which
    Word's own pages may miss by a line or two; "Update field" in Word sets them right.
    """
    drawn = legible(document)
    paper = map_text(drawn, bound)
    body = Body(paper, heading_pages(drawn) if has_contents(drawn) else ())
    parts = {
        "document.xml": body.part(),
        "styles.xml": styles_part(compact=paper.compact),
        "header1.xml": frame.header(paper, first=False),
        "header2.xml": frame.header(paper, first=True),
        "footer1.xml": frame.footer(paper),
        "footer2.xml": frame.footer(paper),
    }
    media = {f"colour{index}.png": pictures.png(colour) for index, colour in enumerate(body.colours, 1)}
    media |= {f"chart{index}.png": chart_png(chart) for index, chart in enumerate(body.charts, 1)}
    return pack(drawn, parts, media)
