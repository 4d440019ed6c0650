"""word/styles.xml: the look of each kind of paragraph, under the names that Word itself knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .. import glyphs, measures
from .markup import DECLARATION, NAMESPACES, twips

_FONTS: Final = "".join(f' w:{script}="{glyphs.FAMILY}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
_BOLD: Final = "<w:b/><w:bCs/>"
_EDGES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


def styles_part(*, compact: bool) -> str:
    """The styles."""
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{_FONTS}/>{_size(measures.BODY)}"
        '<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="th-TH"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_above(0)}</w:pPr></w:pPrDefault></w:docDefaults>"
        f"{''.join(_paragraph_styles(compact))}{''.join(_heading_styles(compact))}{''.join(_contents_styles())}"
        f"{_other_defaults()}</w:styles>"
    )


def _paragraph_styles(compact: bool) -> Iterator[str]:
    first_line = f'<w:ind w:firstLine="{_cm(measures.FIRST_LINE)}"/>'
    above, item, table = _above(measures.PARAGRAPH_ABOVE), _above(measures.ITEM_ABOVE), measures.table_above(compact)
    centred = '<w:jc w:val="center"/>'
    small = _size(measures.MARKS)
    middle, right = _cm(measures.TEXT_WIDTH / 2), _cm(measures.TEXT_WIDTH)
    tabs = f'<w:tabs><w:tab w:val="center" w:pos="{middle}"/><w:tab w:val="right" w:pos="{right}"/></w:tabs>'
    yield _style("Normal", "Normal", default=True, based="")
    yield _style("BodyText", "Body Text", above + first_line)
    title = f"<w:keepNext/>{_above(measures.HEADINGS_ABOVE[3])}{first_line}"
    yield _style("StepTitle", "Step Title", title, _BOLD, custom=True)
    yield _style("Note", "Note", above, _size(measures.NOTE), custom=True)
    right_part = f'<w:ind w:left="{_cm(measures.SIGNATURE_LEFT)}"/>'
    signed = f"<w:keepLines/>{_above(2 * table)}{right_part}{centred}"
    yield _style("SignatureBlock", "Signature Block", signed, custom=True)
    yield _style("Figure", "Figure", _above(0, table), custom=True)
    yield _style("ListNumber", "List Number", item)
    yield _style("ListBullet", "List Bullet", item)
    yield _style("TableText", "Table Text", run=_size(measures.TABLE), custom=True)
    yield _style("TableHeading", "Table Heading", "<w:keepNext/>" + centred, _BOLD, based="TableText", custom=True)
    yield _style("Caption", "caption", "<w:keepNext/>" + _above(table, 4), _BOLD + _size(measures.TABLE))
    yield _style("Title", "Title", centred, _BOLD + _size(measures.COVER_FIRST))
    yield _style("Subtitle", "Subtitle", above + centred, _BOLD + _size(measures.COVER))
    yield _style("Header", "header", tabs)
    yield _style("Footer", "footer", centred, f'<w:color w:val="{measures.GREY[1:]}"/>' + small)


def _heading_styles(compact: bool) -> Iterator[str]:
    for level, (size, above) in enumerate(zip(measures.headings(compact), measures.above(compact), strict=True), 1):
        indent = f'<w:ind w:left="{_cm(measures.HEADING_INDENTS[level - 1])}"/>'
        look = f'<w:keepNext/><w:keepLines/>{_above(above)}{indent}<w:outlineLvl w:val="{level - 1}"/>'
        yield _style(f"Heading{level}", f"heading {level}", look, _BOLD + _size(size), follow="BodyText")


def _contents_styles() -> Iterator[str]:
    title = f'<w:keepNext/>{_above(0)}<w:jc w:val="center"/>'
    yield _style("TOCHeading", "TOC Heading", title, _BOLD + _size(measures.HEADINGS[0]))
    right = _cm(measures.TEXT_WIDTH)
    for level, indent in enumerate(measures.CONTENTS_INDENTS, 1):
        tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{right}"/></w:tabs>'
        # Room on the right, so that a long entry never runs under the page numbers.
        indents = f'<w:ind w:left="{_cm(indent)}"/>'
        yield _style(f"TOC{level}", f"toc {level}", tabs + _above(measures.ITEM_ABOVE) + indents)


def _other_defaults() -> str:
    border = f'w:val="single" w:sz="{round(measures.RULE * 8)}" w:space="0" w:color="000000"'
    borders = "".join(f"<w:{edge} {border}/>" for edge in _EDGES)
    side, top = twips(measures.CELL_SIDE), twips(measures.CELL_TOP)
    margins = "".join(
        f'<w:{edge} w:w="{wide}" w:type="dxa"/>'
        for edge, wide in (("top", top), ("left", side), ("bottom", top), ("right", side))
    )
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
    )


def _style(
    identity: str, name: str, paragraph: str = "", run: str = "",
    *, based: str = "Normal", follow: str = "", default: bool = False, custom: bool = False,
) -> str:  # fmt: skip
    kind = ' w:default="1"' if default else ' w:customStyle="1"' if custom else ""
    links = f'<w:basedOn w:val="{based}"/>' if based else ""
    links += f'<w:next w:val="{follow}"/>' if follow else ""
    looks = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    looks += f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{identity}"><w:name w:val="{name}"/>{links}'
        f"<w:qFormat/>{looks}</w:style>"
    )


def _size(points: float) -> str:
    """A font size, for Latin and for Thai text (half-points)."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _above(points: float, below: float = 0) -> str:
    """Space above and below, single line spacing."""
    return f'<w:spacing w:before="{twips(points)}" w:after="{twips(below)}" w:line="240" w:lineRule="auto"/>'


def _cm(centimetres: float) -> int:
    return twips(measures.points(centimetres))
