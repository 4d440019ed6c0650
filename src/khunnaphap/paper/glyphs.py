"""Which glyphs the shipped fonts have and how wide they are, read from the TTF tables themselves."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).parent / "fonts"
FAMILY: Final = "TH Sarabun New"
STYLES: Final = ("Regular", "Bold", "Italic", "BoldItalic")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is, in points, for a font size in points (kerning left out: under 1 %)."""
    advances = _advances("Bold" if bold else "Regular")
    return sum(advances.get(one, 0.5) for one in text) * size


@cache
def _advances(style: str) -> dict[str, float]:
    """The advance of each character in em."""
    tables = _tables(style)
    em = struct.unpack_from(">H", tables["head"], 18)[0]
    long_metrics = struct.unpack_from(">H", tables["hhea"], 34)[0]
    # Glyphs after the last long metric share its advance (OpenType, hmtx).
    metrics = struct.unpack_from(f">{long_metrics * 2}H", tables["hmtx"])[::2]
    return {chr(code): metrics[min(glyph, long_metrics - 1)] / em for code, glyph in characters(style).items()}


@cache
def characters(style: str) -> dict[int, int]:
    """Code point -> glyph number of one of ``STYLES``, from the Windows Unicode subtable (format 4) of its cmap."""
    cmap = _tables(style)["cmap"]
    for index in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, encoding, start = struct.unpack_from(">HHI", cmap, 4 + 8 * index)
        if (platform, encoding) == (3, 1):
            return _format_4(cmap[start:])
    raise ValueError(f"{FAMILY} {style} has no Unicode cmap")


def _format_4(table: bytes) -> dict[int, int]:
    count = struct.unpack_from(">H", table, 6)[0] // 2
    words = f">{count}H"
    ends, starts, deltas, offsets = (
        struct.unpack_from(words, table, at) for at in (14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count)
    )
    found = {}
    for segment, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                at = 16 + 6 * count + 2 * segment + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", table, at)[0]
            if offset == 0 or glyph:
                found[code] = (glyph + delta) & 0xFFFF
    return {code: glyph for code, glyph in found.items() if glyph}


@cache
def _tables(style: str) -> dict[str, bytes]:
    font = (FONTS / f"THSarabunNew-{style}.ttf").read_bytes()
    count = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4s4xII", font, 12 + 16 * index) for index in range(count))
    return {tag.decode("ascii"): font[start : start + length] for tag, start, length in records}
