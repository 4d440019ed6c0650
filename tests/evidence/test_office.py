"""Word, Excel and PowerPoint files are kept as they came, when nothing in them acts or reaches out."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from docx import Document

from khunnaphap.core.problems import Refusal
from khunnaphap.evidence import office
from khunnaphap.evidence.limits import DOCX_TYPE, XLSX_TYPE
from khunnaphap.evidence.office import office_type_of

from .making import W, content_types, docx, jpeg, relations, zipped


def code_of(content: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        office_type_of(content)
    assert refused.value.problem.mend
    return refused.value.problem.code


def word_file() -> bytes:
    document = Document()
    document.add_heading("รายงาน", 1)
    document.add_picture(io.BytesIO(jpeg()))
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def excel_file() -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("คะแนน")
        sheet.write_url("A1", "https://example.go.th/")
        sheet.write("A2", 5)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=คะแนน!$A$2:$A$3"})
        sheet.insert_chart("C3", chart)
    return held.getvalue()


def test_files_of_office_programs_are_taken() -> None:
    assert office_type_of(word_file()) == ("docx", DOCX_TYPE)
    assert office_type_of(excel_file()) == ("xlsx", XLSX_TYPE)
    slides = W.replace("wordprocessingml.document", "presentationml.presentation")
    assert office_type_of(docx(types=content_types(slides)))[0] == "pptx"


def test_the_workbook_behind_a_chart_is_looked_through_too() -> None:
    place = "word/embeddings/Microsoft_Excel_Sheet.xlsx"
    links = {"word/charts/_rels/chart1.xml.rels": relations(("package", "../embeddings/x.xlsx", False))}
    assert office_type_of(docx({place: excel_file(), **links}))[0] == "docx"
    assert code_of(docx({place: docx({"word/vbaProject.bin": b"x"})})) == "macros"
    assert code_of(docx({place: docx({place: excel_file()})})) == "embedded-files"
    assert code_of(docx({place: zipped({"evil.txt": b"x"})})) == "not-evidence"


def encrypted_zip() -> bytes:
    content = bytearray(docx())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def squeezed() -> bytes:
    return docx({"word/media/image1.bmp": b"\0" * (30 << 20)})


def many_squeezed() -> bytes:
    held = io.BytesIO(docx())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"word/media/{number}.bin", b"\0" * (office._RATIO_FROM - 1))
    return held.getvalue()


def told_smaller_than_it_is() -> bytes:
    content = bytearray(docx({"word/media/image1.bmp": b"\0" * (30 << 20)}))
    at = content.rindex(b"PK\x01\x02")
    assert struct.unpack_from("<I", content, at + 24) == (30 << 20,)
    struct.pack_into("<I", content, at + 24, 100)
    return bytes(content)


def too_many() -> bytes:
    return docx({f"word/media/{number}.txt": b"" for number in range(office.MAX_PARTS + 1)})


def bits_changed() -> bytes:
    content = bytearray(docx())
    at = content.index(b"word/document.xml") + len("word/document.xml")
    for place in range(at + 20, at + 40):
        content[place] ^= 0x55
    return bytes(content)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a .docm renamed": (lambda: docx({"word/vbaProject.bin": b"x"}), "macros"),
    "macros by another name": (
        lambda: docx({"word/_rels/document.xml.rels": relations(("vbaProject", "nice.bin", False))}),
        "macros",
    ),
    "macros by content type": (
        lambda: docx(types=content_types("application/vnd.ms-word.document.macroEnabled.main+xml")),
        "macros",
    ),
    "OLE object": (
        lambda: docx({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}),
        "embedded-files",
    ),
    "OLE object by another name": (
        lambda: docx({"word/media/image1.png": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}),
        "embedded-files",
    ),
    "program": (lambda: docx({"word/media/image1.png": b"MZ\x90\0"}), "embedded-files"),
    "program by name": (lambda: docx({"word/x.JS": b"x"}), "embedded-files"),
    "template from elsewhere": (
        lambda: docx({"word/_rels/settings.xml.rels": relations(("attachedTemplate", "http://evil/t.dotm", True))}),
        "external-links",
    ),
    "picture from a share": (
        lambda: docx({"word/_rels/document.xml.rels": relations(("image", r"\\evil\x.png", True))}),
        "external-links",
    ),
    "other workbook": (
        lambda: docx({"xl/_rels/workbook.xml.rels": relations(("externalLink", "externalLinks/1.xml", False))}),
        "external-links",
    ),
    "web page inside": (
        lambda: docx({"word/_rels/document.xml.rels": relations(("aFChunk", "a.txt", False))}),
        "external-links",
    ),
    "names that lead out": (lambda: docx({"../../etc/passwd": b"x"}), "unsafe-names"),
    "names that lead out, the other stroke": (lambda: docx({"..\\..\\evil.txt": b"x"}), "unsafe-names"),
    "names from the root": (lambda: docx({"/etc/passwd": b"x"}), "unsafe-names"),
    "encrypted": (encrypted_zip, "file-encrypted"),
    "bomb by ratio": (squeezed, "office-bomb"),
    "bomb by sum": (many_squeezed, "office-bomb"),
    "bomb that lies": (told_smaller_than_it_is, "file-damaged"),
    "bomb by number": (too_many, "office-bomb"),
    "entities": (
        lambda: docx(types=b'<!DOCTYPE x [<!ENTITY a "b">]>' + content_types()),
        "xml-entities",
    ),
    "a type in the document": (
        lambda: docx({"word/document.xml": b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'}),
        "xml-entities",
    ),
    "a type in two-byte letters": (
        lambda: docx({"word/document.xml": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")}),
        "xml-entities",
    ),
    "a type across blocks": (
        lambda: docx({"word/comments.xml": b"<x>" + b" " * (256 * 1024 - 8) + b"<!DOCTYPE x><x/>"}),
        "xml-entities",
    ),
    "another encoding": (lambda: docx(types=content_types().decode().encode("utf-16")), "office-strange"),
    "no document": (lambda: docx(types=content_types("text/plain")), "not-evidence"),
    "two documents": (
        lambda: docx(
            types=content_types(
                more=f'<Override PartName="/a" ContentType="{W.replace("wordprocessingml.document", "spreadsheetml.sheet")}"/>'
            )
        ),
        "not-evidence",
    ),
    "more after the end": (lambda: docx() + b"<script>", "file-damaged"),
    "cut": (lambda: docx()[:-30], "file-damaged"),
    "bits changed": (bits_changed, "file-damaged"),
}


@pytest.mark.parametrize("how", HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_hostile_office_file_is_refused(how: str) -> None:
    make, code = HOSTILE[how]
    assert code_of(make()) == code


def test_links_to_the_web_and_pictures_of_it_are_taken() -> None:
    links = relations(("hyperlink", "https://example.go.th/", True), ("image", "https://example.go.th/a.png", True))
    assert office_type_of(docx({"word/_rels/document.xml.rels": links}))[0] == "docx"
