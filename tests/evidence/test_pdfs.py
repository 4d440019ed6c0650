"""A PDF is kept as it came, when nothing in it acts by itself, however it is hidden."""

from __future__ import annotations

import base64
import io
import random
import zlib
from collections.abc import Callable

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from khunnaphap.core.problems import Refusal
from khunnaphap.evidence import pdfs
from khunnaphap.evidence.kinds import beginning_of
from khunnaphap.evidence.pdfs import check_pdf
from khunnaphap.evidence.preparing import prepared

from .making import object_stream, pdf, stream, zipped

SCRIPT = b"<< /Type /Action /S /JavaScript /JS (app.alert\\(1\\)) >>"


def code_of(content: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        check_pdf(content)
    assert refused.value.problem.mend
    return refused.value.problem.code


def test_a_plain_pdf_is_taken() -> None:
    check_pdf(pdf())
    check_pdf(pdf(stream(5, b"/Filter /FlateDecode", zlib.compress(b"BT (JavaScript for all) Tj ET"))))


def test_a_pdf_with_packed_objects_is_taken() -> None:
    check_pdf(pdf(object_stream(5, b"<< /Type /Font >>")))


def test_a_pdf_of_another_program_is_taken() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_metadata({"/Author": "ครูสมศรี", "/Title": "แผนปฏิบัติการ"})
    held = io.BytesIO()
    writer.write(held)
    check_pdf(held.getvalue())


def with_script_by_pypdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    action = DictionaryObject()
    action[NameObject("/S")] = NameObject("/JavaScript")
    action[NameObject("/JS")] = TextStringObject("app.alert('x')")
    writer.root_object[NameObject("/OpenAction")] = action
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def with_attachment_by_pypdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_attachment("evil.exe", b"MZ")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


ACTIVE: dict[str, bytes | Callable[[], bytes]] = {
    "script": pdf(b"5 0 obj\n" + SCRIPT + b"\nendobj"),
    "script of another program": with_script_by_pypdf,
    "script in the catalogue's open action": pdf(b"5 0 obj\n<</OpenAction<</S/JavaScript/JS(x)>>>>\nendobj"),
    "letters of the name as numbers": pdf(b"5 0 obj\n<< /S /J#61va#53cript /#4A#53 (x) >>\nendobj"),
    "packed script": pdf(object_stream(5, SCRIPT)),
    "packed script without its kind": pdf(object_stream(5, SCRIPT, b"")),
    "packed script said to be a picture": pdf(object_stream(5, SCRIPT, b"/Type /ObjStm /Subtype /Image /N 1 /First 5")),
    "packed script far in": pdf(object_stream(5, b"<< /A (" + b"x" * 700_000 + b") >>" + SCRIPT)),
    "only the short name, packed": pdf(object_stream(5, b"<< /JS (x) >>")),
    "only the short name": pdf(b"5 0 obj\n<< /JS (x) >>\nendobj"),
    "rendition": pdf(b"5 0 obj\n<< /S /Rendition /OP 0 >>\nendobj"),
    "launch": pdf(b"5 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj"),
    "attachment": pdf(b"5 0 obj\n<< /Names << /EmbeddedFiles 6 0 R >> >>\nendobj"),
    "attachment of another program": with_attachment_by_pypdf,
    "rich media": pdf(b"5 0 obj\n<< /Subtype /RichMedia >>\nendobj"),
    "XFA": pdf(b"5 0 obj\n<< /AcroForm << /XFA 6 0 R >> >>\nendobj"),
    "packed XFA": pdf(object_stream(5, b"<< /XFA[6 0 R] >>")),
    "behind a stream that claims to go on": pdf(
        stream(5, b"", b"x") + b"\n6 0 obj\n<< /A (stream\n) >>\nendobj\n7 0 obj " + SCRIPT + b" endobj"
    ),
}


def drop_by_drop() -> bytes:
    """Packed so that each block of the packed bytes gives a letter or two."""
    empty = b"\0\0\0\xff\xff" * 60_000
    packed = b"\x78\x01" + empty.join(b"\0\1\0\xfe\xff" + bytes([letter]) for letter in b"10 0 " + SCRIPT[16:44])
    return pdf(stream(5, b"/Filter /FlateDecode", packed))


ACTIVE["packed drop by drop"] = drop_by_drop


@pytest.mark.parametrize("how", ACTIVE)
def test_a_pdf_with_something_that_acts_is_refused(how: str) -> None:
    made = ACTIVE[how]
    content = made() if callable(made) else made
    assert code_of(content) == "pdf-active"


def hidden_twice() -> bytes:
    packed = base64.a85encode(zlib.compress(b"10 0 " + SCRIPT)) + b"~>"
    entries = b"/Type /ObjStm /N 1 /First 5 /Filter [/ASCII85Decode /FlateDecode]"
    return pdf(stream(5, entries, packed))


def behind_a_comment() -> bytes:
    packed = base64.a85encode(zlib.compress(b"10 0 " + SCRIPT)) + b"~>"
    entries = b"/Type /ObjStm /N 1 /First 5 % obj\n /Filter [/ASCII85Decode /FlateDecode]"
    return pdf(stream(5, entries, packed))


def far_from_its_stream() -> bytes:
    packed = base64.a85encode(zlib.compress(b"10 0 " + SCRIPT)) + b"~>"
    entries = b"/Type /ObjStm %" + b"x" * 9000 + b"\n/Filter [/A85 /Fl]"
    return pdf(stream(5, entries, packed))


def by_a_far_filter() -> bytes:
    return pdf(stream(5, b"/Type /Obj#53tm /N 1 /First 5 /Filter 9 0 R", b"xxxx"))


def shifted() -> bytes:
    entries = b"/Type /ObjStm /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>"
    return pdf(stream(5, entries, zlib.compress(b"x" * 50)))


def broken() -> bytes:
    return pdf(stream(5, b"/Type /ObjStm /Filter /FlateDecode", b"not packed"))


@pytest.mark.parametrize(
    "make", [hidden_twice, behind_a_comment, far_from_its_stream, by_a_far_filter, shifted, broken]
)
def test_packed_objects_that_cannot_be_looked_into_are_refused(make: Callable[[], bytes]) -> None:
    assert code_of(make()) == "pdf-strange"


def test_an_encrypted_pdf_is_refused() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("", "owner", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    assert code_of(held.getvalue()) == "pdf-encrypted"


@pytest.mark.parametrize("tail", [zipped({"evil.class": b"x"}), b"<script>alert(1)</script>", b"MZ"])
def test_a_pdf_that_is_another_file_as_well_is_refused(tail: bytes) -> None:
    assert code_of(pdf() + tail) == "pdf-and-more"


def test_a_zip_that_ends_as_a_pdf_is_refused() -> None:
    held = zipped({"evil.class": b"x"})
    end = b"\nstartxref\n9\n%%EOF\n"
    whole = pdf() + held[:-2] + len(end).to_bytes(2, "little") + end
    assert code_of(whole) == "pdf-and-more"


@pytest.mark.parametrize("before", [b"\n", b"\xef\xbb\xbf", b"\0" * 64, b"Content-Type: application/pdf\r\n\r\n"])
@pytest.mark.parametrize("after", [b"", b"\0" * 4096, b"\r\n\0\0 \n"])
def test_a_pdf_that_every_reader_opens_is_taken(before: bytes, after: bytes) -> None:
    assert beginning_of(before + pdf() + after) == "pdf"
    check_pdf(before + pdf() + after)


@pytest.mark.parametrize("before", [b"<html>", b"MZ\0\0", b"GIF89a", b"\xff\xd8\xff", b"PK\x03\x04", b" " * 1100])
def test_what_is_another_file_first_is_no_pdf(before: bytes) -> None:
    with pytest.raises(Refusal):
        prepared(before + pdf())


def test_a_zip_behind_a_pdf_is_found_though_blanks_follow() -> None:
    held = zipped({"evil.class": b"x"})
    end = b"\nstartxref\n9\n%%EOF\0\0\0\0"
    assert code_of(pdf() + held[:-2] + len(end).to_bytes(2, "little") + end) == "pdf-and-more"


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_a_pdf_cut_short_is_refused(cut: int) -> None:
    assert code_of(pdf()[:-cut]) == "file-damaged"


def test_a_pdf_that_unpacks_without_end_is_refused() -> None:
    packed = zlib.compress(zlib.compress(b"\0" * (300 << 20), 1), 1)
    bomb = zlib.decompress(packed)
    assert len(bomb) < 3_000_000
    assert code_of(pdf(stream(5, b"/Filter /FlateDecode", bomb))) == "pdf-bomb"


def test_a_pdf_of_endless_streams_is_refused() -> None:
    assert code_of(pdf(b"5 0 obj\n" + b"stream\n" * (pdfs.MAX_STREAMS + 1) + b"endobj")) == "pdf-bomb"


def test_the_pixels_of_a_scan_are_never_taken_for_scripts() -> None:
    chance = random.Random(7)
    noise = [chance.randbytes(400_000) + b" /JS " + chance.randbytes(10) for _ in range(8)]
    scan = pdf(*(stream(at, b"/Subtype /Image /Filter /DCTDecode", data) for at, data in enumerate(noise, 5)))
    check_pdf(scan)
    check_pdf(pdf(stream(5, b"/Filter /FlateDecode", zlib.compress(b"\xff" + noise[0]))))


def test_a_font_whose_name_begins_like_a_script_is_taken() -> None:
    fonts = b"<< /BaseFont /JSXYZQ+Sarabun /F2 /XFABCD+TH#20Sarabun >> " * 20_000
    check_pdf(pdf(object_stream(5, fonts), b"6 0 obj\n" + fonts + b"\nendobj"))


def test_a_pdf_of_endless_numbered_letters_is_refused() -> None:
    packed = zlib.compress(b"1 0 " + b"/#4a" * 3_000_000)
    assert code_of(pdf(stream(5, b"/Filter /FlateDecode", packed))) == "pdf-bomb"
