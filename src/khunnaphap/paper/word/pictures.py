"""Colour swatches as small pictures: no font has a square, and a picture looks the same in every program."""

from __future__ import annotations

import struct
import zlib
from typing import Final

from .. import measures

_PIXELS: Final = 36
_EDGE: Final = 2
_EMU: Final = round(measures.TABLE * 0.62 * 12700)  # English metric units: 12,700 a point
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
    size = f'cx="{_EMU}" cy="{_EMU}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="swatch {number}" descr=""><a:extLst xmlns:a="{_MAIN}">'
        f'<a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><d:decorative xmlns:d="{_DECORATIVE}" val="1"/></a:ext>'
        f'</a:extLst></wp:docPr><a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_PICTURE}">'
        f'<pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr><pic:cNvPr id="{number}" name="swatch {number}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
