"""Files that are no plain workbook, or mean harm: a builder of each, and the code of the refusal it deserves.

``python -m tests.sheets.hostile`` opens each in a process of its own and prints seconds and growth.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

from .books import parts_of, replaced, with_part, without_part, zipped

SHEET, STRINGS, BOOK = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
RELATIONS, TYPES, STYLES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/styles.xml"
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

Builder = Callable[[bytes], bytes]


def _plain(parts: dict[str, str]) -> Builder:
    return lambda _: zipped(parts)


def _bytes(content: bytes) -> Builder:
    return lambda _: content


def _added(name: str, content: bytes | str = b"x") -> Builder:
    return lambda good: zipped({**parts_of(good), name: content})


def _sheet(rows: str, after: str = "") -> Builder:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()
    return lambda good: with_part(good, SHEET, xml)


def _relation(kind: str, target: str, *, external: bool = False, part: str = RELATIONS) -> Builder:
    mode = ' TargetMode="External"' if external else ""
    one = f'<Relationship Id="x9" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return lambda good: replaced(good, part, "</Relationships>", one)


def _doctype(part: str, doctype: str, reference: str = "") -> Builder:
    def build(good: bytes) -> bytes:
        xml = parts_of(good)[part].decode()
        head, _, body = xml.partition("?>")
        return with_part(good, part, f"{head}?>{doctype}{body}{reference}".encode())

    return build


LAUGHS: Final = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
XXE: Final = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE: Final = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


def _encrypted(good: bytes) -> bytes:
    """The flag of the old ZIP cipher in every header."""
    content = bytearray(good)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def lying(good: bytes, part: str, said: bytes, real: bytes) -> bytes:
    """A part whose headers speak of ``said`` (size and checksum) while ``real`` comes out."""
    content = bytearray(zipped({**parts_of(good), part: real}))
    true, claimed = (struct.pack("<L", zlib.crc32(real)), len(real)), (struct.pack("<L", zlib.crc32(said)), len(said))
    for old, new in (
        (true, claimed),
        (
            (struct.pack("<L", true[1]), 0),
            (struct.pack("<L", claimed[1]), 0),
        ),
    ):
        start = content.find(old[0])
        while start >= 0:
            content[start : start + 4] = new[0]
            start = content.find(old[0], start + 4)
    return bytes(content)


def _twice(name: str, other: str) -> Builder:
    def build(good: bytes) -> bytes:
        marked = zipped({**parts_of(good), "xl/§§§§.xml".replace("§", "q"): parts_of(good)[name], other: b"<x/>"})
        return marked.replace(b"xl/qqqq.xml", other.encode()) if len(other) == 11 else marked

    return build


def _shared_bytes(good: bytes) -> bytes:
    """Two names in the directory for one part's bytes."""
    content = bytearray(zipped({**parts_of(good), "xl/a1.xml": b"<a/>" * 99, "xl/a2.xml": b"<a/>" * 99}))
    directory = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/a1.xml"))
    second = content.rfind(b"PK\x01\x02")
    content[second + 42 : second + 46] = content[directory + 42 : directory + 46]
    return bytes(content)


def _many_names(good: bytes) -> bytes:
    return zipped({**parts_of(good), **{f"xl/media/{n}.xml": b"" for n in range(40_000)}}, zipfile.ZIP_STORED)


def _strings(texts: list[str], unique: str = "1") -> Builder:
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return lambda good: with_part(good, STRINGS, f'<sst xmlns="{MAIN}" uniqueCount="{unique}">{items}</sst>'.encode())


def _repeated_text(good: bytes) -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 25_000))
    texts = ["ก" * 30_000, *(f"ข้อความ {n * 7919 % 99991}" for n in range(5_000))]
    return _strings(texts)(_sheet(rows)(good))


def _loosely_packed(size: int) -> bytes:
    """Bytes that pack to about a fiftieth: large, and no bomb by its ratio."""
    return b"".join(bytes([one]) * 100 for one in os.urandom(size // 100))


def _sheets(count: int) -> Builder:
    one = "".join(f'<sheet name="s{n}" sheetId="{n + 50}" r:id="rId1"/>' for n in range(count))
    return lambda good: replaced(good, BOOK, "</sheets>", f"{one}</sheets>")


def _with_method(good: bytes, method: int) -> bytes:
    return zipped(parts_of(good), method)


def _incompressible(size: int) -> bytes:
    return b"PK\x03\x04" + os.urandom(size)


def _in(part: str, old: str, new: str) -> Builder:
    return lambda good: replaced(good, part, old, new, 1)


def _names(good: bytes) -> bytes:
    tags = "".join(f"<x{n * 7919 % 999_983}/>" for n in range(100_000))
    return with_part(good, SHEET, f'<worksheet xmlns="{MAIN}">{tags}<sheetData/></worksheet>'.encode())


def _attributes(good: bytes) -> bytes:
    cell = "<c " + " ".join(f'a{n}="{n * 7919 % 99_991}"' for n in range(100_000)) + "/>"
    return _sheet(f'<row r="1">{cell}</row>')(good)


def _array_formulas(good: bytes) -> bytes:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><f t="array" ref="A1:Z{n}">1</f><v>1</v></c></row>' for n in range(2, 3000)
    )
    return _sheet(rows)(good)


CELL: Final = '<row r="1"><c r="A1"><v>1</v></c></row>'
HOSTILE: Final[dict[str, tuple[Builder, str]]] = {
    "nothing": (_bytes(b""), "file-empty"),
    "text": (_bytes("รหัส,ระดับ\n".encode()), "not-a-workbook"),
    "a web page": (_bytes(b"<html><table></table></html>"), "not-a-workbook"),
    "PDF": (_bytes(b"%PDF-1.7\n%\xe2\xe3"), "not-a-workbook"),
    "PNG": (_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99)), "not-a-workbook"),
    "an empty archive": (_bytes(b"PK\x05\x06" + bytes(18)), "not-a-workbook"),
    "any archive": (_plain({"a.txt": "x"}), "not-a-workbook"),
    "Word": (_plain({TYPES: "<Types/>", "word/document.xml": "<x/>"}), "not-a-workbook"),
    "OpenDocument": (_plain({"mimetype": "x", "content.xml": "<x/>"}), "not-a-workbook"),
    "xlsb": (_plain({TYPES: "<Types/>", "xl/workbook.bin": "x"}), "not-a-workbook"),
    "old .xls": (_bytes(OLE + "Workbook".encode("utf-16-le")), "old-format"),
    "encrypted by Excel": (_bytes(OLE + "EncryptedPackage".encode("utf-16-le")), "file-encrypted"),
    "encrypted archive": (_encrypted, "file-encrypted"),
    "macros": (_added("xl/vbaProject.bin"), "macros"),
    "macros by another name": (_in(TYPES, "<Override", '<Default Extension="bin" ContentType="application/'
                                   'vnd.ms-office.vbaProject"/><Override'), "macros"),
    "macros by relation": (_relation("vbaProject", "thing.bin"), "macros"),
    "macro-enabled": (_in(TYPES, "spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main"), "macros"),
    "macro sheet": (_added("xl/macrosheets/sheet1.xml", "<x/>"), "macros"),
    "macro sheet by relation": (_relation("xlMacrosheet", "worksheets/sheet1.xml"), "macros"),
    "ActiveX": (_added("xl/activeX/activeX1.bin"), "macros"),
    "external link": (_added("xl/externalLinks/externalLink1.xml", "<x/>"), "external-links"),
    "external link by relation": (_relation("externalLink", "links/one.xml"), "external-links"),
    "DDE": (_added("xl/externalLinks/externalLink1.xml", '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'),
            "external-links"),
    "external picture": (_relation("image", "http://127.0.0.1/x.png", external=True), "external-links"),
    "remote template": (_relation("attachedTemplate", "file://x/y", external=True, part="_rels/.rels"),
                        "external-links"),
    "connections": (_added("xl/connections.xml", "<x/>"), "external-links"),
    "query": (_added("xl/queryTables/queryTable1.xml", "<x/>"), "external-links"),
    "embedded file": (_added("xl/embeddings/oleObject1.bin"), "embedded-files"),
    "embedded by relation": (_relation("oleObject", "thing.bin"), "embedded-files"),
    "too large": (_bytes(_incompressible(10 * 1024 * 1024)), "file-too-large"),
    "bomb: one part": (_added("xl/media/a.png", bytes(17 * 1024 * 1024)), "bomb-size"),
    "bomb: a huge part": (_added("xl/media/a.png", bytes(300 * 1024 * 1024)), "bomb-size"),
    "bomb: together": (lambda good: zipped({**parts_of(good), **{
        f"xl/media/{n}.png": _loosely_packed(4_000_000) for n in range(8)}}), "bomb-size"),
    "bomb: ratio": (_added("xl/media/a.png", bytes(8 * 1024 * 1024)), "bomb-ratio"),
    "bomb: parts": (lambda good: zipped({**parts_of(good), **{f"x/{n}.xml": b"<x/>" for n in range(450)}}),
                    "too-many-parts"),
    "bomb: names": (_many_names, "too-many-parts"),
    "bomb: shared bytes": (_shared_bytes, "file-damaged"),
    "bomb: blanks": (lambda good: with_part(
        good, SHEET, f'<worksheet xmlns="{MAIN}"><sheetData>{CELL}</sheetData>{" " * 9_000_000}</worksheet>'.encode()),
        "bomb-ratio"),
    "a name twice": (_twice(SHEET, "xl/same.xml"), "too-many-parts"),
    "a name in two cases": (_added("XL/Workbook.XML", "<x/>"), "too-many-parts"),
    "a name with two slashes": (_added("xl\\workbook.xml", "<x/>"), "too-many-parts"),
    "zip slip": (_added("../../evil.xml", "<x/>"), "unsafe-names"),
    "zip slip, Windows": (_added("xl\\..\\..\\evil.xml", "<x/>"), "unsafe-names"),
    "an absolute name": (_added("/etc/evil.xml", "<x/>"), "unsafe-names"),
    "cut in half": (lambda good: good[: len(good) // 2], "file-damaged"),
    "cut at the end": (lambda good: good[:-30], "file-damaged"),
    "another compression": (lambda good: _with_method(good, zipfile.ZIP_LZMA), "file-damaged"),
    "a size that lies": (lambda good: lying(good, SHEET, b"<x/>", parts_of(good)[SHEET])[:-1] + b"\0", "file-damaged"),
    **{f"laughs in {part}": (_doctype(part, LAUGHS), "xml-entities")
       for part in (SHEET, BOOK, STRINGS, RELATIONS, TYPES, STYLES, "docProps/core.xml")},
    **{f"XXE in {part}": (_doctype(part, XXE), "xml-entities") for part in (SHEET, BOOK, STRINGS, RELATIONS)},
    "a remote DTD": (_doctype(SHEET, REMOTE), "xml-entities"),
    "UTF-16 with a DTD": (lambda good: with_part(good, SHEET, f'<?xml version="1.0"?>{LAUGHS}<x/>'.encode("utf-16")),
                          "xml-encoding"),
    "UTF-16 without a mark": (lambda good: with_part(good, SHEET, "<x/>".encode("utf-16-le")), "xml-encoding"),
    "Thai code page": (_in(SHEET, 'encoding="UTF-8"', 'encoding="tis-620"'), "xml-encoding"),
    "something after its end": (lambda good: good + b"x", "file-damaged"),
    "blanks after its end": (lambda good: good + bytes(500), "file-damaged"),
    "broken list of types": (_in(TYPES, "</Types>", ""), "file-damaged"),
    "a formula of another workbook": (_sheet('<row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>1</v></c></row>'),
                                      "external-links"),
    "a formula by DDE": (_sheet("<row r=\"1\"><c r=\"A1\"><f>cmd|'/C calc'!A0</f><v>1</v></c></row>"),
                         "external-links"),
    "broken XML": (_in(SHEET, "</worksheet>", ""), "file-damaged"),
    "an unknown entity": (_in(STRINGS, "</t>", "&bomb;</t>"), "file-damaged"),
    "deep XML": (lambda good: with_part(good, SHEET, "".join(
        f"<a{n * 7919 % 997}>" for n in range(300_000)).encode()), "bomb-depth"),
    "deep XML elsewhere": (lambda good: with_part(good, STYLES, b"<a>" * 100_000 + b"</a>" * 100_000), "bomb-depth"),
    "the farthest cell": (_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "bomb-rows"),
    "the farthest cell, small letters": (_sheet('<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>'),
                                         "file-damaged"),
    "two far corners": (_sheet('<row r="1"><c r="GR1"><v>1</v></c></row><row r="30000"><c r="A30000"><v>1</v></c>'
                               "</row>"), "bomb-rows"),
    "many rows": (lambda good: _sheet("".join(
        f'<row r="{n}"><c r="A{n}"><v>{n * 7919 % 99991}</v></c></row>' for n in range(1, 200_000)))(good), "bomb-rows"),
    "many nameless rows": (lambda good: _sheet("".join(
        f"<row><c><v>{n * 7919 % 99991}</v></c></row>" for n in range(1, 200_000)))(good), "bomb-rows"),
    "many names": (_names, "bomb-names"),
    "many attributes": (_attributes, "bomb-text"),
    "many array formulas": (_array_formulas, "bomb-rows"),
    "many merged cells": (_sheet(CELL, "<mergeCells>" + "".join(
        f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(2, 5000, 2)) + "</mergeCells>"), "bomb-rows"),
    "many sheets": (_sheets(100), "too-many-sheets"),
    "a sheet twice": (lambda good: replaced(good, BOOK, "คำชี้แจง", "แบบประเมิน"), "file-damaged"),
    "a missing text": (_sheet('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'), "file-damaged"),
    "a negative text": (_sheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'), "file-damaged"),
    "a cell twice": (_sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), "file-damaged"),
    "a row that is none": (_sheet('<row r="x"><c r="A1"><v>1</v></c></row>'), "file-damaged"),
    "a type that is none": (_sheet('<row r="5"><c r="A5" t="zz"><v>1</v></c></row>'), "file-damaged"),
    "a number that is none": (_sheet('<row r="5"><c r="A5" t="n"><v>one</v></c></row>'), "file-damaged"),
    "no relations": (lambda good: without_part(good, RELATIONS), "file-damaged"),
    "no sheet part": (lambda good: without_part(good, SHEET), "file-damaged"),
    "a long text": (_strings(["ก" * 300_000]), "bomb-text"),
    "a text in every cell": (_repeated_text, "bomb-text"),
    "many texts": (_strings([str(n * 7919 % 999_983) for n in range(300_000)]), "bomb-text"),
    "a claim of texts": (_strings(["x"], "999999999999"), "bomb-text"),
}  # fmt: skip


def _measure() -> None:
    """Print seconds and growth in memory of each file, each in a process of its own."""
    from khunnaphap.core.edition import framework_from
    from khunnaphap.frameworks.queries import shipped_edition

    from .books import school_workbook

    good = school_workbook(framework_from(shipped_edition()))
    program = (
        "import re, sys, time\n"
        "peak = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
        "from khunnaphap.core.problems import Refusal\n"
        "from khunnaphap.sheets.opening import open_workbook\n"
        "open_workbook(open(sys.argv[1], 'rb').read())\n"
        "content = open(sys.argv[2], 'rb').read()\n"
        "before, began, code = peak(), time.perf_counter(), 'read'\n"
        "try:\n    open_workbook(content)\nexcept Refusal as refusal:\n    code = refusal.problem.code\n"
        "spent, after = time.perf_counter() - began, peak()\n"
        "print(f'{spent:6.3f} s {(after - before) / 1024:7.1f} MB', code)\n"
    )
    folder = sys.argv[1]
    paths = {name: os.path.join(folder, f"{place}.xlsx") for place, name in enumerate(["good", *HOSTILE])}
    for name, path in paths.items():
        with open(path, "wb") as file:
            file.write(good if name == "good" else HOSTILE[name][0](good))
        done = subprocess.run(
            [sys.executable, "-c", program, paths["good"], path], capture_output=True, text=True, check=False
        )
        print(f"{name:35}", done.stdout.strip() or done.stderr[-300:], f"({os.path.getsize(path) / 1024:,.0f} KB)")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    _measure()
