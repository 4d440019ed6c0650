"""Photos, made anew from nothing but their pixels: upright, not too large, without position, camera or comment."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from khunnaphap.core.problems import Refusal

from .kinds import SAVE_AS, damaged, not_evidence
from .limits import (
    KEPT_PIXELS,
    LEGIBLE_SIDE,
    MAX_DECODED,
    MAX_KEPT_PIXELS,
    MAX_PIXELS,
    MAX_PNG_PIXELS,
    MAX_WEBP_PIXELS,
    THUMBNAIL_SIDE,
)

Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # the library's own guard, behind ours

_QUALITY: Final = 82
_THUMBNAIL_QUALITY: Final = 75
_HALF: Final = sqrt(1 / 2)
"""By a whole factor a photo may shrink to half of the pixels that are kept, so that no more than twice is decoded."""
_STRIP: Final = 64
_MAX_SEGMENTS: Final = 4_000
_MAX_CHUNKS: Final = 50_000
_MAX_SCANS: Final = 40
_MARKER: Final = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
_KEPT_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"eXIf", b"IEND"})
_BYTES: Final = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}
_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_TAKE_AGAIN: Final = "ส่งรูปต้นฉบับจากกล้องอีกครั้ง หรือบันทึกเป็น JPEG ใหม่"


@dataclass(frozen=True)
class Photo:
    """A photo as it is kept (JPEG), its size in pixels, and its thumbnail (JPEG)."""

    content: bytes
    width: int
    height: int
    thumbnail: bytes


def photo_of(content: bytes, beginning: Literal["jpeg", "png", "webp"]) -> Photo:
    """Decode a photo and encode it anew; ``Refusal`` when it is broken, too large or made to harm."""
    try:
        photo, turned = _pixels(content, beginning)
    except Refusal:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(MAX_PIXELS) from error
    except MemoryError:
        raise
    except Exception as error:  # a decoder meets hostile bytes with whatever comes: OSError, SyntaxError, struct.error
        raise damaged("รูป", _TAKE_AGAIN) from error
    photo.thumbnail(_kept_size(photo.size), Image.Resampling.LANCZOS)
    if turned is not None:
        photo = photo.transpose(turned)
    small = photo.crop(_beginning(photo.size))
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Photo(_encoded(photo, _QUALITY), photo.width, photo.height, _encoded(small, _THUMBNAIL_QUALITY))


def _kept_scale(size: tuple[int, int], pixels: int = KEPT_PIXELS) -> float:
    """By how much a picture is made smaller: to so many pixels, but never so far that it is no longer legible."""
    by_area, legible = sqrt(pixels / (size[0] * size[1])), LEGIBLE_SIDE / min(size)
    return min(1.0, max(by_area, legible))


def _kept_size(size: tuple[int, int]) -> tuple[int, int]:
    scale = _kept_scale(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _whole_factor(size: tuple[int, int]) -> int:
    """The whole factor by which a picture may be made smaller at once, before it gets its size."""
    return max(1, int(1 / _kept_scale(size, int(KEPT_PIXELS * _HALF * _HALF))))


def _beginning(size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The part that a thumbnail shows: of a very tall or wide picture its beginning, twice as long as it is wide."""
    width, height = size
    return 0, 0, min(width, 2 * height), min(height, 2 * width)


def _pixels(content: bytes, beginning: str) -> tuple[Image.Image, Image.Transpose | None]:
    """The photo decoded, and how to turn it; what it was decoded from is let go of here."""
    with _OPENERS[beginning](content) as image:
        return _on_white(image), _UPRIGHT.get(_orientation(image))


def _encoded(image: Image.Image, quality: int) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality, subsampling="4:2:0", optimize=True)
    return stream.getvalue()


def _open_jpeg(content: bytes) -> ImageFile.ImageFile:
    scans = _scans(content)
    image = JpegImageFile(io.BytesIO(content))
    _check_pixels(image.size, MAX_PIXELS)
    if scans > 1:  # such a photo is decoded whole, two bytes a sample, before any of it can be made smaller
        widest = max(one[1] for one in image.layer) * max(one[2] for one in image.layer)
        samples = image.width * image.height * sum(one[1] * one[2] for one in image.layer) // widest
        if samples * 2 > MAX_DECODED or scans > _MAX_SCANS:
            raise Refusal(
                "photo-too-complex",
                "รูป JPEG นี้ใหญ่เกินไปสำหรับแบบ progressive",
                "บันทึกเป็น JPEG แบบธรรมดา (baseline) แล้วส่งใหม่",
            )
    scale = next(scale for scale in (8, 4, 2, 1) if scale <= _whole_factor(image.size))
    if image.width * image.height * 3 // scale**2 > MAX_DECODED:
        raise _too_many_pixels(MAX_DECODED * scale**2 // 3)
    image.draft("RGB", (max(1, image.width // scale), max(1, image.height // scale)))
    return image


def _scans(content: bytes) -> int:
    """How many times the photo is gone over (a progressive JPEG several times), by walking its segments."""
    at, scans = 2, 0
    for _ in range(_MAX_SEGMENTS):
        found = _MARKER.search(content, at)
        if found is None or found[1] == b"\xd9":
            return scans
        at = found.end()
        if found[1] != b"\x01":
            scans += found[1] == b"\xda"
            at += int.from_bytes(content[at : at + 2], "big")
    raise damaged("รูป", _TAKE_AGAIN)


def _open_png(content: bytes) -> ImageFile.ImageFile:
    image = PngImageFile(io.BytesIO(_bare_png(content)))
    _check_pixels(image.size, MAX_PNG_PIXELS // _BYTES.get(image.mode, 4))
    return image


def _bare_png(content: bytes) -> bytes:
    """The picture's own chunks: texts and colour profiles, which may be bombs, never reach the library."""
    kept, at = [content[:8]], 8
    view = memoryview(content)
    for _ in range(_MAX_CHUNKS):
        length, name = struct.unpack_from(">I4s", content, at)
        after = at + length + 12
        if name in _KEPT_CHUNKS:
            kept.append(view[at:after])
        at = after
        if name == b"IEND":
            return b"".join(kept)
    raise damaged("รูป", _TAKE_AGAIN)


def _open_webp(content: bytes) -> ImageFile.ImageFile:
    _check_pixels(_webp_size(content), MAX_WEBP_PIXELS)
    image = WebPImageFile(io.BytesIO(content))
    if image.is_animated:
        raise not_evidence("ภาพเคลื่อนไหว", SAVE_AS)
    _check_pixels(image.size, MAX_WEBP_PIXELS)
    return image


def _webp_size(content: bytes) -> tuple[int, int]:
    """The size as the header tells it: the decoder takes memory for it at once."""
    match content[12:16]:
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", content, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", content, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X" if len(content) >= 30:
            return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    raise damaged("รูป", _TAKE_AGAIN)


_OPENERS: Final[dict[str, Callable[[bytes], ImageFile.ImageFile]]] = {
    "jpeg": _open_jpeg,
    "png": _open_png,
    "webp": _open_webp,
}


def _check_pixels(size: tuple[int, int], most: int) -> None:
    if size[0] * size[1] > most:
        raise _too_many_pixels(most)
    kept = _kept_size(size)
    if kept[0] * kept[1] > MAX_KEPT_PIXELS:
        raise Refusal(
            "photo-too-long",
            f"รูปยาวเกินไป ({size[0]:,} x {size[1]:,} พิกเซล) ย่อแล้วจะอ่านไม่ออก",
            "ตัดรูปเป็นหลายรูป หรือบันทึกทั้งหน้าเป็น PDF แล้วส่งใหม่",
        )


def _too_many_pixels(most: int) -> Refusal:
    return Refusal(
        "photo-too-many-pixels",
        f"รูปใหญ่เกิน {most // 1_000_000} ล้านพิกเซล",
        "ย่อรูป หรือบันทึกเป็น JPEG ที่ด้านยาวไม่เกิน 4,000 พิกเซล แล้วส่งใหม่",
    )


def _orientation(image: Image.Image) -> int:
    """How the camera was held; a photo whose EXIF cannot be read stands as it is."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:
        return 1


def _on_white(image: Image.Image) -> Image.Image:
    """The pixels in RGB on white, made smaller by a whole factor, strip by strip: no second whole copy is held."""
    image.load()
    factor = _whole_factor(image.size)
    whole = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)), "white")
    for top in range(0, image.height, _STRIP * factor):
        strip = image.crop((0, top, image.width, min(top + _STRIP * factor, image.height)))
        whole.paste(_rgb(strip).reduce(factor), (0, top // factor))
    return whole


def _rgb(strip: Image.Image) -> Image.Image:
    if strip.mode.startswith("I"):  # 16 bits of grey
        return strip.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if not strip.has_transparency_data:
        return strip.convert("RGB")
    seen = strip.convert("RGBA")
    under = Image.new("RGBA", seen.size, "white")
    under.alpha_composite(seen)
    return under.convert("RGB")
