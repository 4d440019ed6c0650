"""A photo keeps its pixels and nothing else; what only looks like one is refused."""

from __future__ import annotations

import io
import struct
import warnings
from typing import Any

import pytest
from PIL import Image

from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.kinds import beginning_of
from khunnaphap.evidence.photos import Photo, photo_of

from .making import SECRET, jpeg, jpeg_with_position, picture, png_bomb, png_chunk, png_with_texts, saved, zipped


def photo(content: bytes) -> Photo:
    beginning = beginning_of(content)
    assert beginning in ("jpeg", "png", "webp")
    return photo_of(content, beginning)


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    assert image.format == "JPEG"
    image.load()
    return image


def code_of(content: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        photo(content)
    assert refused.value.problem.mend
    return refused.value.problem.code


def is_bare(content: bytes) -> bool:
    """Nothing but pixels: no metadata that Pillow finds, and no segment that could hold some."""
    image = opened(content)
    assert not dict(image.getexif())
    assert not image.getexif().get_ifd(0x8825)
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert [name for name, _ in image.applist] == ["APP0"]
    assert SECRET not in content
    assert b"SECRET" not in content
    return b"Exif" not in content and b"adobe" not in content.lower()


def test_a_photo_loses_position_camera_owner_and_comments() -> None:
    content = jpeg_with_position()
    assert b"SECRETCAMERA" in content
    made = photo(content)
    assert is_bare(made.content)
    assert is_bare(made.thumbnail)
    assert b"2026:11:23" not in made.content + made.thumbnail


def test_the_texts_of_a_png_are_gone() -> None:
    assert b"SECRETTEXT" in png_with_texts()
    assert is_bare(photo(png_with_texts()).content)


def test_the_xmp_of_a_webp_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRETCAMERA"
    content = saved(picture(), "WEBP", xmp=b"<x>SECRETXMP</x>", exif=exif.tobytes())
    assert b"SECRETXMP" in content
    assert is_bare(photo(content).content)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_phone_was_held(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = jpeg((64, 48), exif=exif, quality=95, subsampling=0)
    made = photo(content)
    upright = opened(made.content)
    turned = orientation >= 5
    assert (made.width, made.height) == upright.size == ((48, 64) if turned else (64, 48))
    width, height = upright.size
    corners = {}
    for place, at in {"lt": (4, 4), "rt": (width - 5, 4), "lb": (4, height - 5), "rb": (width - 5, height - 5)}.items():
        red, green, blue = upright.getpixel(at)
        known = {"red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
        corners[place] = min(
            known, key=lambda one: sum(abs(a - b) for a, b in zip(known[one], (red, green, blue), strict=True))
        )
    red_corner = {1: "lt", 2: "rt", 3: "rb", 4: "lb", 5: "lt", 6: "rt", 7: "rb", 8: "lb"}[orientation]
    assert corners[red_corner] == "red"
    assert sorted(corners.values()) == ["blue", "green", "red", "white"]


@pytest.mark.parametrize(
    ("size", "kind"),
    [((4000, 3000), "JPEG"), ((6400, 1500), "JPEG"), ((2900, 2900), "PNG"), ((3000, 1800), "WEBP")],
)
def test_a_large_photo_is_made_smaller_but_not_too_small(size: tuple[int, int], kind: str) -> None:
    made = photo(saved(picture(size), kind))
    assert 2048 * 1536 * 0.45 <= made.width * made.height <= 2048 * 1536 * 1.01
    assert made.width / made.height == pytest.approx(size[0] / size[1], rel=0.01)
    assert max(opened(made.thumbnail).size) == 320


@pytest.mark.parametrize(
    ("size", "kind", "kept"),
    [
        ((1080, 14_000), "PNG", (492, 6378)),
        ((1080, 14_000), "JPEG", (492, 6378)),
        ((1080, 30_000), "JPEG", (480, 13_333)),
        ((14_000, 1080), "PNG", (6378, 492)),
        ((300, 4100), "PNG", (300, 4100)),
        ((720, 8000), "WEBP", (532, 5911)),
    ],
)
def test_a_tall_screenshot_stays_legible(size: tuple[int, int], kind: str, kept: tuple[int, int]) -> None:
    made = photo(saved(picture(size), kind))
    assert (made.width, made.height) == pytest.approx(kept, rel=0.02)
    thumbnail = opened(made.thumbnail)
    assert max(thumbnail.size) <= 2 * min(thumbnail.size) + 1


def test_a_picture_that_would_not_stay_legible_is_refused_in_words() -> None:
    content = saved(picture((720, 60_000)), "JPEG")
    assert code_of(content) == "photo-too-long"


@pytest.mark.parametrize(("size", "kind"), [((3000, 2000), "WEBP"), ((8675, 5775), "JPEG"), ((9000, 7000), "L")])
def test_limits_follow_from_memory_and_not_from_the_kind_of_file(size: tuple[int, int], kind: str) -> None:
    content = saved(picture(size, "L"), "PNG") if kind == "L" else saved(picture(size), kind)
    assert photo(content).width > 1400


def test_a_small_photo_keeps_its_size() -> None:
    made = photo(jpeg((640, 480)))
    assert (made.width, made.height) == (640, 480)


@pytest.mark.parametrize("mode", ["L", "P", "LA", "RGBA"])
def test_every_kind_of_png_keeps_its_look(mode: str) -> None:
    made = opened(photo(saved(picture(mode=mode), "PNG")).content)
    assert min(made.getpixel((60, 44))) > 240
    assert min(made.getpixel((4, 4))) < 130


def test_a_scan_of_black_and_white_keeps_its_look() -> None:
    half = Image.new("1", (64, 48), 1)
    half.paste(0, (0, 0, 32, 48))
    made = opened(photo(saved(half, "PNG")).content)
    assert max(made.getpixel((8, 8))) < 15
    assert min(made.getpixel((56, 40))) > 240


def test_sixteen_bits_of_grey_are_not_washed_out() -> None:
    grey = Image.new("I;16", (32, 32), 0x8000)
    made = opened(photo(saved(grey, "PNG")).content)
    assert made.getpixel((16, 16))[0] == pytest.approx(128, abs=2)


def test_what_is_seen_through_becomes_white() -> None:
    clear = Image.new("RGBA", (32, 32), (0, 0, 0, 0))
    assert min(opened(photo(saved(clear, "PNG")).content).getpixel((16, 16))) > 250


def test_a_printers_photo_becomes_one_for_screens() -> None:
    assert opened(photo(saved(picture(mode="CMYK"), "JPEG")).content).mode == "RGB"


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", zipped({"evil.exe": b"MZ"})])
def test_nothing_that_hangs_on_a_photo_is_kept(tail: bytes) -> None:
    inside = jpeg(comment=b"<html><script>alert(1)</script>")
    made = photo(inside + tail)
    for content in (made.content, made.thumbnail):
        assert b"<script" not in content
        assert b"PK\x03\x04" not in content
        assert b"evil" not in content
        assert content.endswith(b"\xff\xd9")


def test_a_phones_moving_photo_is_kept_as_a_still() -> None:
    assert photo(jpeg() + b"\0\0\0\x18ftypmp42" + b"\xff\xda" * 5000).width == 64


@pytest.mark.parametrize(
    "content",
    [png_bomb(20_000, 20_000), png_bomb(7_000, 7_000, 8, 6), png_bomb(65_500, 1_800), png_bomb(9_000, 9_000, 8, 3)],
    ids=["400 million pixels", "in colour", "wide", "81 million in a palette"],
)
def test_a_png_that_would_fill_the_memory_is_refused(content: bytes) -> None:
    assert len(content) < 1_000_000
    assert code_of(content) == "photo-too-many-pixels"


def test_a_scan_of_forty_million_grey_pixels_is_taken() -> None:
    made = photo(png_bomb(8_000, 5_000, 1))
    assert (made.width, made.height) == (1600, 1000)


def test_a_jpeg_that_claims_too_many_pixels_is_refused() -> None:
    content = jpeg()
    at = content.index(b"\xff\xc0") + 5
    assert code_of(content[:at] + struct.pack(">HH", 60_000, 60_000) + content[at + 4 :]) == "photo-too-many-pixels"


def test_a_progressive_jpeg_too_large_to_hold_is_refused() -> None:
    content = jpeg(progressive=True)
    at = content.index(b"\xff\xc2") + 5
    huge = content[:at] + struct.pack(">HH", 7_000, 7_000) + content[at + 4 :]
    assert code_of(huge) == "photo-too-complex"
    assert photo(content).width == 64


def test_a_webp_that_would_fill_the_memory_is_refused() -> None:
    content = bytearray(saved(picture(), "WEBP", exif=b"Exif\0\0MM"))
    assert content[12:16] == b"VP8X"
    content[24:30] = (16_000).to_bytes(3, "little") * 2
    assert code_of(bytes(content)) == "photo-too-many-pixels"


def test_a_moving_webp_is_refused() -> None:
    content = saved(picture(), "WEBP", save_all=True, append_images=[picture((64, 48), "L")], duration=100)
    assert code_of(content) == "not-evidence"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_cut_short_is_refused(kind: str) -> None:
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    content = saved(noise, kind)
    assert code_of(content[: len(content) * 2 // 3]) == "file-damaged"
    assert code_of(content[:20]) == "file-damaged"


def endless_segments() -> bytes:
    return b"\xff\xd8" + b"\xff\xfe\0\2" * 100_000 + jpeg()[2:]


def endless_chunks() -> bytes:
    good = png_bomb(8, 8)
    return good[:33] + png_chunk(b"teXt", b"") * 100_000 + good[33:]


@pytest.mark.parametrize("make", [endless_segments, endless_chunks])
def test_a_photo_of_endless_small_parts_is_refused(make: Any) -> None:
    assert code_of(make()) == "file-damaged"


def test_a_broken_exif_does_not_cost_the_photo() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's, about the file
        assert photo(jpeg(exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 40)).width == 64
