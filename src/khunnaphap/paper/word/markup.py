"""Runs and paragraphs: the pieces of WordprocessingML that every part of the file is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape as _escape

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_LETTER: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_LATIN: Final = re.compile(f"([{_LETTER}]+(?:[ .,'/&-]*[{_LETTER}]+)*)")
_THAI: Final = re.compile("[\u0e00-\u0e7f]")


def escape(text: str) -> str:
    """Text for an element or a double-quoted attribute."""
    return _escape(text, {'"': "&quot;"})


def twips(points: float) -> int:
    """Points in twentieths, the unit of most of Word's measures."""
    return round(points * 20)


def runs(text: str, *, bold: bool = False) -> str:
    """A text as runs. Thai ones carry ``w:cs``, so that Word breaks their lines and checks them as Thai."""
    return "".join(_runs(text, "<w:b/><w:bCs/>" if bold else ""))


def _runs(text: str, look: str) -> Iterator[str]:
    for index, line in enumerate(text.split("\n")):
        if index:
            yield "<w:r><w:br/></w:r>"
        for part in _LATIN.split(line):
            if part:
                properties = look + ("<w:cs/>" if _THAI.search(part) else "")
                yield f"<w:r>{_properties('r', properties)}{text_element(part)}</w:r>"


def text_element(text: str) -> str:
    """A text run's ``w:t`` element, its spaces kept."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph of a style (by its id); ``properties`` are further children of pPr in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def field(instruction: str, result: str, *, look: str = "") -> str:
    """A complex field with its result filled in, so that nobody has to update it."""
    properties = _properties("r", look)
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{properties}{text_element(result)}</w:r>"
        f'<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def _properties(kind: str, children: str) -> str:
    return f"<w:{kind}Pr>{children}</w:{kind}Pr>" if children else ""
