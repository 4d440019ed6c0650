"""The contents as a field that Word can update, filled in already."""

from __future__ import annotations

from typing import Final

from khunnaphap.core.document import Heading
from khunnaphap.core.thai.numerals import thai

from .. import measures
from .markup import field, paragraph, runs
from .numbering import headed

_BEGIN: Final = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
    f' TOC \\o "1-{measures.CONTENTS_DEPTH}" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def bookmark(index: int) -> str:
    """The name of the mark around a heading, by its place among all headings."""
    return f"_Toc{index:08d}"


def contents(headings: list[Heading], pages: tuple[int, ...], properties: str) -> str:
    """The contents page; ``pages`` are the pages of the headings in the PDF, ``properties`` begin a new page."""
    entries = [
        _entry(index, heading, page)
        for index, (heading, page) in enumerate(zip(headings, pages, strict=True))
        if heading.level <= measures.CONTENTS_DEPTH
    ]
    lines = [paragraph(f"TOC{level}", content) for level, content in entries]
    lines[0] = paragraph(f"TOC{entries[0][0]}", _BEGIN + entries[0][1])
    title = paragraph("TOCHeading", runs(measures.CONTENTS_TITLE), properties)
    left, right = measures.CONTENTS_HEADS
    heads = paragraph(
        "Header", f"{runs(left, bold=True)}<w:r><w:tab/></w:r><w:r><w:tab/></w:r>{runs(right, bold=True)}"
    )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{title}{heads}{''.join(lines)}{paragraph('Normal', _END)}</w:sdtContent></w:sdt>"
    )


def _entry(index: int, heading: Heading, page: int) -> tuple[int, str]:
    text = headed(heading)
    number = field(f"PAGEREF {bookmark(index)} \\h", thai(page), look="<w:cs/>")
    link = (
        f'<w:hyperlink w:anchor="{bookmark(index)}" w:history="1">{runs(text)}<w:r><w:tab/></w:r>{number}</w:hyperlink>'
    )
    return heading.level, link
