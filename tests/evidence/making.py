"""Files for the tests, made on the spot: photos, PDFs and office files, good and hostile."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRET = b"13.361143"
W = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_OUTSIDE = ' TargetMode="External"'


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """Four colours in four corners, so that turning shows."""
    image = Image.new("RGB", size, "white")
    half = (size[0] // 2, size[1] // 2)
    for colour, place in (("red", (0, 0)), ("green", (half[0], 0)), ("blue", (0, half[1]))):
        image.paste(colour, (*place, place[0] + half[0], place[1] + half[1]))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def jpeg(size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    return saved(picture(size), "JPEG", **options)


def jpeg_with_position() -> bytes:
    """A photo as a phone makes it: GPS, camera, owner, comment, XMP and a thumbnail's worth of EXIF."""
    exif = Image.Exif()
    exif[0x010F] = "SECRETCAMERA"
    exif[0x013B] = "SECRETOWNER"
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0SECRETNOTE"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (13.0, 45.0, 12.5), "E", (100.0, 30.0, 5.25)
    gps[29] = "2026:11:23"
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRETXMP ' + SECRET + b"</x:xmpmeta>"
    content = jpeg(exif=exif, comment=b"SECRETCOMMENT", xmp=xmp, icc_profile=b"SECRETPROFILE" * 20)
    assert b"2026:11:23" in content
    assert dict(Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825))
    return content


def png_with_texts() -> bytes:
    texts = PngInfo()
    texts.add_text("Comment", "SECRETTEXT")
    texts.add_itxt("XML:com.adobe.xmp", "SECRETXMP " + SECRET.decode())
    texts.add_text("Squeezed", "SECRETSQUEEZED" * 500, zip=True)
    return saved(picture(mode="RGBA"), "PNG", pnginfo=texts)


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(width: int, height: int, bits: int = 1, colour: int = 0) -> bytes:
    """A picture of one colour that takes far more memory than bytes."""
    channels = {0: 1, 2: 3, 3: 1, 6: 4}[colour]
    row = b"\0" * (1 + -(-width * bits * channels // 8))
    machine = zlib.compressobj(9)
    packed = b"".join(machine.compress(row) for _ in range(height)) + machine.flush()
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", packed) + png_chunk(b"IEND", b"")


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A whole PDF of one page and these further objects ("5 0 obj …")."""
    parts = [
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n",
        *(each + b"\n" for each in objects),
    ]
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for part in parts:
        places.append(len(body))
        body += part
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, trailer, len(body))
    return body + table + end


def stream(number: int, entries: bytes, data: bytes) -> bytes:
    return b"%d 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj" % (number, entries, len(data), data)


def object_stream(number: int, text: bytes, entries: bytes = b"/Type /ObjStm /N 1 /First 5") -> bytes:
    return stream(number, entries + b" /Filter /FlateDecode", zlib.compress(b"10 0 " + text))


def zipped(parts: Mapping[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", kind) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def content_types(main: str = W, more: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{more}</Types>'
    ).encode()


def relations(*items: tuple[str, str, bool]) -> bytes:
    """Relations by kind, target and whether it lies outside."""
    each = "".join(
        f'<Relationship Id="r{at}" Type="{RELATIONS}/{kind}" Target="{target}"{_OUTSIDE if outside else ""}/>'
        for at, (kind, target, outside) in enumerate(items)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'.encode()


def docx(more: Mapping[str, bytes] | None = None, types: bytes | None = None) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": types or content_types(),
            "_rels/.rels": relations(("officeDocument", "word/document.xml", False)),
            "word/document.xml": "<w:document xmlns:w='w'><w:body>รายงาน</w:body></w:document>".encode(),
            **(more or {}),
        }
    )
