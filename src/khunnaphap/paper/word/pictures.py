"""Pictures in the text: charts, and colour swatches (no font has a square, a picture looks the same in every program)."""

from __future__ import annotations

import struct
import zlib
from typing import Final

from .. import measures
from .markup import escape

_PIXELS: Final = 36
_EDGE: Final = 2
_EMU: Final = 12700  # English metric units a point
_GREY: Final = bytes.fromhex(measures.GREY[1:])
_MAIN: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_DECORATIVE: Final = "http://schemas.microsoft.com/office/drawing/2017/decorative"


def png(colour: str) -> bytes:
    """A square of a colour ("#7a3db8") with a grey edge."""
    inner = bytes.fromhex(colour.removeprefix("#"))
    edge = b"\0" + _GREY * _PIXELS
    row = b"\0" + _GREY * _EDGE + inner * (_PIXELS - 2 * _EDGE) + _GREY * _EDGE
    pixels = edge * _EDGE + row * (_PIXELS - 2 * _EDGE) + edge * _EDGE
    header = struct.pack(">IIBBBBB", _PIXELS, _PIXELS, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def swatch(number: int, relation: str) -> str:
    """The run that draws a swatch; ``number`` is unique in the paper. Decorative: the cell's text names the colour."""
    decorative = (
        f'<a:extLst xmlns:a="{_MAIN}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
        f'<d:decorative xmlns:d="{_DECORATIVE}" val="1"/></a:ext></a:extLst>'
    )
    edge = measures.TABLE * 0.62
    return _inline(number, f"swatch {number}", relation, (edge, edge), "", decorative)


def chart(number: int, relation: str, size: tuple[float, float], alternative: str) -> str:
    """The run that shows a chart's picture at a size in points, with what it says in words."""
    return _inline(number, f"chart {number}", relation, size, alternative, "")


def _inline(
    number: int, name: str, relation: str, size: tuple[float, float], alternative: str, more: str
) -> str:  # fmt: skip
    wide, high = (round(points * _EMU) for points in size)
    extent = f'cx="{wide}" cy="{high}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}" distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{escape(alternative)}">{more}</wp:docPr>'
        f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_PICTURE}">'
        f'<pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
