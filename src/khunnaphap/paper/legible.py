"""What both papers do to a tree before they draw it: every character has a glyph, every heading says something."""

from __future__ import annotations

from dataclasses import replace

from khunnaphap.core.document import Document, Heading, map_text
from khunnaphap.core.thai.script import MARK, drawable


def legible(document: Document) -> Document:
    """The tree in characters that the font has.

    A title or a heading of which nothing is left (a name of invisible characters) becomes ``script.MARK``: PDF/UA
    refuses empty ones, and a reader should see that something stood there.
    """
    drawn = map_text(document, drawable)
    blocks = tuple(
        replace(block, text=block.text if block.text.strip() else MARK) if isinstance(block, Heading) else block
        for block in drawn.blocks
    )
    return replace(drawn, title=drawn.title if drawn.title.strip() else MARK, blocks=blocks)
