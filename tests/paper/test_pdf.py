"""The PDF says what the tree says, on every page what every page must, and keeps its standards."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khunnaphap.core.document import (
    Block,
    Cell,
    Column,
    Cover,
    Document,
    Heading,
    ItemList,
    PageBreak,
    Paragraph,
    Table,
    texts,
)  # fmt: skip
from khunnaphap.core.thai.numerals import thai
from khunnaphap.core.thai.script import MARK
from khunnaphap.paper.pdf import heading_pages, to_pdf
from khunnaphap.paper.words import cut

from .reading import joins_to, pages_of
from .sample import BODY, NASTY, report


def plain(*blocks: Block) -> Document:
    """A paper of nothing but these blocks."""
    return Document("เรื่อง", "ผู้เขียน", date(2024, 6, 26), Cover(()), blocks, contents=False)


@pytest.fixture(scope="module")
def long_report() -> bytes:
    return to_pdf(report())


@pytest.fixture(scope="module")
def pages(long_report: bytes) -> list[str]:
    return pages_of(long_report)


@pytest.mark.parametrize("text", [NASTY, BODY * 3, "น้ำ " * 200, "ที่นี่ “ฤๅษี” (ปู่ ๆ) ๕๐% – 1/2 \\ \" ' #let x = [$]"])
def test_the_text_layer_is_the_source_character_by_character(text: str) -> None:
    [page] = pages_of(to_pdf(plain(Paragraph(text))))
    assert joins_to(page.splitlines(), text)


_WORDS = st.sampled_from([piece for piece in cut(NASTY + " " + BODY) if not piece.isspace()])


@settings(max_examples=25, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=60))
def test_any_mixture_of_words_reads_back(words: list[str]) -> None:
    text = " ".join(words)
    [page] = pages_of(to_pdf(plain(Paragraph(text))))
    assert joins_to(page.splitlines(), text)


def test_every_text_of_a_long_report_is_in_it_in_order(pages: list[str]) -> None:
    # Without the lines above and below each page, and without white space: words wrap where they must.
    everything = "".join("".join("".join(page.splitlines()[1:-1]).split()) for page in pages[3:])
    position = 0
    for text in texts(report()):
        letters = "".join(text.split())
        found = everything.find(letters, position)
        assert found >= 0, text
        position = found + len(letters)


def test_lines_break_only_between_words() -> None:
    text = BODY * 4
    [page] = pages_of(to_pdf(plain(Paragraph(text))))
    ends, position = set(), 0
    for piece in cut(text):
        position += len(piece)
        ends.add(len("".join(text[:position].split())))
    position, lines = 0, page.splitlines()
    assert len(lines) > 20
    for line in lines:
        position += len("".join(line.split()))
        assert position in ends, f"the line ends inside a word: {line}"


def test_page_numbers_are_thai_and_the_cover_has_none(pages: list[str]) -> None:
    assert len(pages) > 30
    assert not pages[0].startswith("-")
    for number, page in enumerate(pages[1:], 2):
        assert "".join(page.splitlines()[0].split()).startswith(f"-{thai(number)}-")


def test_marks_and_draft_stand_once_on_every_page(pages: list[str]) -> None:
    for page in pages:
        assert page.count("ข้อมูลสมมุติ · ตัวอย่าง รอยืนยันจาก สพฐ.") == 1
        assert page.count("ร่าง") == 1


def test_a_paper_that_is_no_draft_says_so_nowhere() -> None:
    assert "ร่าง" not in "".join(pages_of(to_pdf(report(draft=False, chapters=1))))


def test_the_contents_give_the_page_of_each_heading(pages: list[str]) -> None:
    document = report()
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    found = heading_pages(document)
    assert len(found) == len(headings)
    contents = "".join(pages[1:5])
    for heading, page in zip(headings, found, strict=True):
        line = f"{heading.number} {heading.text}".strip()
        assert "".join(line.split()) in "".join(pages[page - 1].split())
        if heading.level <= 4:
            squeezed = "".join(contents.split())
            assert re.search(rf"{re.escape(''.join(line.split()))}\.{{5,}}{thai(page)}", squeezed), line


def test_both_standards_are_claimed_and_the_metadata_is_the_trees(long_report: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(long_report))
    packet = reader.xmp_metadata
    assert packet is not None
    xmp = packet.stream.get_data().decode("utf-8")
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert reader.metadata is not None
    assert reader.metadata.title == report().title
    assert reader.metadata.author == report().author
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == report().dated
    catalogue = reader.root_object
    assert catalogue["/Lang"] == "th-TH"
    assert catalogue["/MarkInfo"]["/Marked"]


def test_tables_are_tagged_with_their_headings_and_lists_with_their_marks(long_report: bytes) -> None:
    tags = _tags(pypdf.PdfReader(io.BytesIO(long_report)).root_object["/StructTreeRoot"])
    tables = [block for block in report().blocks if isinstance(block, Table)]
    assert tags.count("/Table") == len(tables)
    assert tags.count("/TH") == sum(len(table.columns) for table in tables)
    assert tags.count("/Lbl") == sum(len(block.items) for block in report().blocks if isinstance(block, ItemList))
    assert tags.count("/H2") == sum(isinstance(block, Heading) and block.level == 2 for block in report().blocks)


def _tags(element: object) -> list[str]:
    if isinstance(element, pypdf.generic.IndirectObject):
        element = element.get_object()
    if isinstance(element, list):
        return [tag for child in element for tag in _tags(child)]
    if not isinstance(element, dict):
        return []
    own = [str(element["/S"])] if "/S" in element else []
    return own + _tags(element.get("/K"))


def test_bookmarks_are_the_headings_with_their_numbers(long_report: bytes) -> None:
    titles = _titles(pypdf.PdfReader(io.BytesIO(long_report)).outline)
    headings = [f"{block.number} {block.text}".strip() for block in report().blocks if isinstance(block, Heading)]
    assert titles == ["สารบัญ", *headings]


def _titles(outline: list[object]) -> list[str]:
    found: list[str] = []
    for entry in outline:
        found.extend(_titles(entry) if isinstance(entry, list) else [str(getattr(entry, "title", ""))])
    return found


def test_only_the_shipped_font_is_used(long_report: bytes) -> None:
    fonts = set()
    for page in pypdf.PdfReader(io.BytesIO(long_report)).pages:
        fonts |= {font.get_object()["/BaseFont"].split("+")[1] for font in page["/Resources"]["/Font"].values()}
    assert fonts == {"THSarabunNew", "THSarabunNew-Bold"}


def test_the_heading_row_repeats_on_every_page_of_a_table() -> None:
    table = Table("ตาราง", (Column("หัวคอลัมน์"), Column("ค่า")), tuple((Cell("แถว"), Cell("ค่า")) for _ in range(90)))
    pages = pages_of(to_pdf(plain(table)))
    assert len(pages) > 2
    assert all(page.count("หัวคอลัมน์") == 1 for page in pages)


def test_a_row_taller_than_a_page_runs_on_instead_of_being_cut_off() -> None:
    table = Table("", (Column("ก"), Column("ข")), ((Cell("สั้น"), Cell(BODY * 30)),))
    pages = pages_of(to_pdf(plain(table)))
    assert "".join("".join(pages).split()).count("หัวใจของความสำเร็จ") == 30


def test_a_page_break_begins_a_page() -> None:
    pages = pages_of(to_pdf(plain(Paragraph("หนึ่ง"), PageBreak(), PageBreak(), Paragraph("สอง"), PageBreak())))
    assert ["หนึ่ง" in pages[0], "สอง" in pages[1], len(pages)] == [True, True, 2]


def test_a_name_full_of_emoji_and_other_scripts_does_not_break_the_paper() -> None:
    name = "ครู👩‍🏫🇹🇭 नमस्ते 日本 \u202eกลับ\u200b\x00"
    document = plain(
        Heading(1, name, "๑."), Heading(2, "\u200b"), Paragraph(name, lead=name), ItemList((name,), ordered=True),
        Table(name, (Column(name),), ((Cell(name, swatch="#7a3db8"),),)),
    )  # fmt: skip
    document = replace(document, title=name, author=name, marks=(name,), cover=Cover((name,)), contents=True)
    assert f"ครู{MARK}{MARK}" in pages_of(to_pdf(document))[0]


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_the_paper_is_made(text: str) -> None:
    table = Table(text, (Column(text), Column("ก")), ((Cell(text), Cell(text, swatch="#000000")),))
    document = plain(Heading(1, text, text), Paragraph(text, lead=text), ItemList((text,)), table)
    assert to_pdf(replace(document, title=text, author=text, contents=True)).startswith(b"%PDF-1.7")


def test_the_same_tree_gives_the_same_bytes_also_in_another_process() -> None:
    first = to_pdf(report(chapters=1))
    assert to_pdf(report(chapters=1)) == first
    code = (
        "import sys; from tests.paper.sample import report; from khunnaphap.paper.pdf import to_pdf;"
        "sys.stdout.buffer.write(to_pdf(report(chapters=1)))"
    )
    root = Path(__file__).parents[2]
    for seed in ("1", "4711"):
        surroundings = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": "Asia/Bangkok",
            "PYTHONPATH": f"{root / 'src'}:{root}",
        }
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=surroundings)
        assert run.stdout == first


@pytest.mark.parametrize("last", ["list", "paragraph"])
def test_a_signature_never_stands_alone_on_its_page(last: str) -> None:
    signature = Paragraph("(ลงชื่อ)\n(ชื่อ)\nตำแหน่ง", style="signature")
    listed = ItemList(tuple(f"ข้อ {place}" for place in range(4)), ordered=True)
    for lines in range(18, 26):
        above = [Paragraph(f"บรรทัดที่ {place}") for place in range(lines)]
        document = plain(Heading(1, "หัวข้อ"), *above, *([listed] if last == "list" else ()), signature)
        page = next(text for text in pages_of(to_pdf(document)) if "ลงชื่อ" in text)
        assert ("ข้อ 3" if last == "list" else f"บรรทัดที่ {lines - 1}") in page
