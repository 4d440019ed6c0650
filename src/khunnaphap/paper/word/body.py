"""word/document.xml: the blocks of the tree in Word's terms."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from khunnaphap.core.document import Block, Chart, Document, Heading, ItemList, PageBreak, Paragraph, Table

from .. import charts, measures
from ..typesetting import kept
from . import contents, pictures
from .frame import section
from .markup import DECLARATION, NAMESPACES, paragraph, runs, twips
from .numbering import headed, heading_indent, marked
from .tables import table

_SPACER = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


class Body:
    """Writes one paper's body; ``colours`` and ``charts`` are the pictures it used, in the order of their relations."""

    def __init__(self, document: Document, pages: tuple[int, ...]) -> None:
        self._document = document
        self._pages = pages
        self._headings = [block for block in document.blocks if isinstance(block, Heading)]
        self._heading_places = count()
        self._new_page = False
        self._keep = ""
        self._drawn = 0
        self.colours: list[str] = []
        self.charts: list[Chart] = []

    def part(self) -> str:
        """The whole document.xml."""
        blocks = "".join(self._cover()) + self._contents() + "".join(self._blocks())
        return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{blocks}{section()}</w:body></w:document>"

    def _cover(self) -> Iterator[str]:
        lines = self._document.cover.lines
        height = measures.COVER * (measures.ASCENT + measures.DESCENT + measures.GAP) * len(lines)
        free = measures.points(measures.PAGE_HEIGHT - measures.TOP - measures.BOTTOM) - height
        for index, line in enumerate(lines):
            if index == 0:
                # Two parts of the free height above, three below, as in the PDF.
                above = f'<w:spacing w:before="{twips(max(0, free * 2 / 5))}"/>'
                yield paragraph("Title", runs(line), above)
            else:
                yield paragraph("Subtitle", runs(line))
        self._new_page = bool(lines)

    def _contents(self) -> str:
        if not self._pages:
            return ""
        text = contents.contents(self._headings, self._pages, self._turn())
        self._new_page = True
        return text

    def _blocks(self) -> Iterator[str]:
        last: Block | None = None
        for block, keep in kept(self._document.blocks):
            if isinstance(block, PageBreak):
                self._new_page = True
                continue
            self._keep = "<w:keepNext/>" if keep else ""
            yield from self._block(block, after_table=isinstance(last, Table))
            last = block
        if isinstance(last, Table) or last is None:
            yield paragraph("Normal", "", _SPACER)  # Word wants a paragraph after the last table

    def _block(self, block: Block, *, after_table: bool) -> Iterator[str]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                yield self._paragraph(block)
            case ItemList():
                yield from self._list(block)
            case Table():
                yield from self._table(block, after_table=after_table)
            case Chart():
                yield from self._chart(block)

    def _heading(self, block: Heading) -> str:
        index, turn = next(self._heading_places), self._turn()
        # A heading at the top of a page that was begun for it needs no space above.
        above = '<w:spacing w:before="0"/>' if turn else ""
        properties = turn + above + heading_indent(block, self._document.compact)
        mark = f'<w:bookmarkStart w:id="{index}" w:name="{contents.bookmark(index)}"/>'
        text = runs(headed(block))
        return paragraph(f"Heading{block.level}", f'{mark}{text}<w:bookmarkEnd w:id="{index}"/>', properties)

    def _paragraph(self, block: Paragraph) -> str:
        lead = f"{block.lead} " if block.lead and block.text else block.lead
        style = {"note": "Note", "signature": "SignatureBlock", "title": "StepTitle"}.get(block.style, "BodyText")
        return paragraph(style, runs(lead, bold=True) + runs(block.text), self._keep + self._turn())

    def _list(self, block: ItemList) -> Iterator[str]:
        style = "ListNumber" if block.ordered else "ListBullet"
        left = len(block.items)
        for mark, item, place in marked(block):
            left -= 1
            keep = "" if left else self._keep
            begin = f"{runs(mark)}<w:r><w:tab/></w:r>" if mark else ""
            yield paragraph(style, begin + runs(item), keep + self._turn() + place)

    def _table(self, block: Table, *, after_table: bool) -> Iterator[str]:
        if block.caption:
            yield paragraph("Caption", runs(block.caption), self._turn())
        elif after_table or self._new_page:
            yield paragraph("Normal", "", self._turn() + _SPACER)  # or Word makes one table of two
        yield table(block, self._swatch, keep=bool(self._keep))

    def _chart(self, block: Chart) -> Iterator[str]:
        if block.caption:
            yield paragraph("Caption", runs(block.caption), self._turn())
        self.charts.append(block)
        self._drawn += 1
        size = (charts.WIDTH, charts.draw(block).height)
        picture = pictures.chart(self._drawn, f"rIdChart{len(self.charts)}", size, block.alternative)
        yield paragraph("Figure", picture, self._turn())

    def _swatch(self, colour: str) -> str:
        if colour not in self.colours:
            self.colours.append(colour)
        self._drawn += 1
        return pictures.swatch(self._drawn, f"rIdColour{self.colours.index(colour) + 1}")

    def _turn(self) -> str:
        """The property that begins a new page, once."""
        turn, self._new_page = self._new_page, False
        return "<w:pageBreakBefore/>" if turn else ""
