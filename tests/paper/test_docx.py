"""The Word file is one that Word would have written: styles, numbering, contents, frame, languages."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

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
)  # fmt: skip
from khunnaphap.core.thai.numerals import thai
from khunnaphap.core.thai.script import MARK
from khunnaphap.paper.docx import to_docx
from khunnaphap.paper.pdf import heading_pages
from khunnaphap.paper.typesetting import typeset

from .sample import NASTY, report


def plain(*blocks: Block) -> Document:
    """A paper of nothing but these blocks."""
    return Document("เรื่อง", "ผู้เขียน", date(2024, 6, 26), Cover(()), blocks, contents=False)


def opened(document: Document) -> WordDocument:
    return docx.Document(io.BytesIO(to_docx(document)))


def part(document: Document, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as archive:
        return archive.read(name).decode("utf-8")


@pytest.fixture(scope="module")
def word() -> WordDocument:
    return opened(report())


def test_every_part_is_well_formed_and_related() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(report()))) as archive:
        names = set(archive.namelist())
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
        targets = set(re.findall(r'Target="([^"]+)"', archive.read("word/_rels/document.xml.rels").decode()))
        used = set(re.findall(r'r:(?:id|embed)="([^"]+)"', archive.read("word/document.xml").decode()))
        declared = set(re.findall(r' Id="([^"]+)"', archive.read("word/_rels/document.xml.rels").decode()))
    assert {f"word/{target}" for target in targets} <= names
    assert used <= declared


def test_headings_have_words_own_styles_and_levels(word: WordDocument) -> None:
    found = [
        (p.style.name, p.text) for p in word.paragraphs if p.style is not None and p.style.name.startswith("Heading")
    ]
    headings = [block for block in report().blocks if isinstance(block, Heading)]
    assert [name for name, _ in found] == [f"Heading {heading.level}" for heading in headings]
    for (_, text), heading in zip(found, headings, strict=True):
        assert text.replace("\u00a0", " ") == f"{heading.number} {heading.text}".strip()


def test_paragraphs_carry_the_text_of_the_tree(word: WordDocument) -> None:
    texts = [p.text.replace("\u00a0", " ") for p in word.paragraphs]
    assert NASTY in texts
    assert all(block.text in "\n".join(texts) for block in report().blocks if isinstance(block, Paragraph))


def test_the_page_is_that_of_an_official_paper(word: WordDocument) -> None:
    [section] = word.sections
    measured = (section.page_width, section.page_height, section.left_margin, section.right_margin, section.top_margin)
    for found, wanted in zip(measured, (21, 29.7, 3, 2, 2.5), strict=True):
        assert found == pytest.approx(Cm(wanted), abs=Pt(0.1))
    assert section.bottom_margin == pytest.approx(Cm(2), abs=Pt(0.1))


def test_page_numbers_are_thai_and_the_first_page_has_none(word: WordDocument) -> None:
    [section] = word.sections
    assert section.different_first_page_header_footer
    assert word.element.find(f".//{qn('w:pgNumType')}").get(qn("w:fmt")) == "thaiNumbers"
    assert " PAGE " in _xml(section.header)
    assert " PAGE " not in _xml(section.first_page_header)


def test_marks_and_draft_stand_in_the_frame_of_every_page(word: WordDocument) -> None:
    [section] = word.sections
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text == "ข้อมูลสมมุติ · ตัวอย่าง รอยืนยันจาก สพฐ."
    for header in (section.header, section.first_page_header):
        assert header.paragraphs[0].text.endswith("ร่าง")
    assert "ร่าง" not in part(report(draft=False), "word/header1.xml")


def _xml(frame: object) -> str:
    return etree.tostring(frame._element, encoding="unicode")  # type: ignore[attr-defined]


def test_text_is_thai_in_the_font_of_official_papers() -> None:
    styles = part(report(), "word/styles.xml")
    fonts = 'w:ascii="TH Sarabun New" w:hAnsi="TH Sarabun New" w:eastAsia="TH Sarabun New" w:cs="TH Sarabun New"'
    assert f"<w:rFonts {fonts}/>" in styles
    assert '<w:sz w:val="32"/><w:szCs w:val="32"/>' in styles
    assert '<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="th-TH"/>' in styles
    assert styles.count("<w:b/>") == styles.count("<w:bCs/>")
    assert styles.count("<w:sz ") == styles.count("<w:szCs ")


def test_the_guides_lead_to_the_font_that_the_docx_relies_on() -> None:
    root = Path(__file__).resolve().parents[2]
    folder = "src/khunnaphap/paper/fonts"
    fonts = sorted(path.name for path in (root / folder).iterdir())
    assert [name.split("-")[0] for name in fonts] == ["THSarabunNew"] * 4 + ["TH_Sarabun_New_licence.txt"]
    for guide in ("docs/user/report.md", "docs/operator/README.md"):
        text = (root / guide).read_text("utf-8")
        assert all(
            word in text for word in (folder, "TH Sarabun New", "TH_Sarabun_New_licence.txt", "fc-cache -f", "Windows")
        )


def test_a_page_that_must_stay_one_has_its_tables_and_charts_closer() -> None:
    for compact, above in ((False, 10), (True, 6)):
        paper = replace(report(), compact=compact)
        assert docx.Document(io.BytesIO(to_docx(paper))).styles["Figure"].paragraph_format.space_after == Pt(above)
        assert json.loads(typeset(paper))["measures"]["TABLE_ABOVE"] == above


def test_thai_runs_are_marked_as_complex_script_and_latin_ones_are_not() -> None:
    [paragraph] = opened(plain(Paragraph("รูปแบบ NGAO MODEL ของจังหวัด"))).paragraphs
    marked = [(run.text, run._element.find(f".//{qn('w:cs')}") is not None) for run in paragraph.runs]
    assert marked == [("รูปแบบ ", True), ("NGAO MODEL", False), (" ของจังหวัด", True)]


def test_the_lead_is_bold_in_both_scripts() -> None:
    [paragraph] = opened(plain(Paragraph("ข้อความ", lead="ผล"))).paragraphs
    first, second = paragraph.runs
    assert (first.text, first.bold, second.bold) == ("ผล ", True, None)
    assert first._element.rPr.find(qn("w:bCs")) is not None


@pytest.mark.parametrize("text", ["ร้อยละ ๗๐", "ณ ห้องประชุม", "๑๖ แห่ง", "ลงวันที่ ๓๐ เมษายน", "เขต ๑", "พ.ศ. ๒๕๖๗"])
def test_what_is_one_thing_stays_on_one_line_in_every_program(text: str) -> None:
    document = plain(Paragraph(f"จัด {text} ด้วย"), ItemList((f"จัด {text} ด้วย",)), Heading(1, f"จัด {text} ด้วย"))
    bound = text.replace(" ", "\u00a0")
    assert all(f"จัด {bound} ด้วย" in paragraph.text for paragraph in opened(document).paragraphs)


def test_line_ends_within_a_text_stay() -> None:
    [paragraph] = opened(plain(Paragraph("บรรทัดแรก\nบรรทัดสอง"))).paragraphs
    assert paragraph.text == "บรรทัดแรก\nบรรทัดสอง"


def test_the_contents_are_a_field_filled_in_with_the_pages_of_the_pdf() -> None:
    document = report()
    body = etree.fromstring(part(document, "word/document.xml").encode())
    [contents] = body.iter(qn("w:sdt"))
    instructions = [one.text for one in contents.iter(qn("w:instrText"))]
    assert instructions[0] == ' TOC \\o "1-4" \\h \\z \\u '
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    listed = [(h, page) for h, page in zip(headings, heading_pages(document), strict=True) if h.level <= 4]
    links = list(contents.iter(qn("w:hyperlink")))
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert len(links) == len(listed) == len(instructions) - 1
    for link, (heading, page) in zip(links, listed, strict=True):
        text = "".join(one.text for one in link.iter(qn("w:t")))
        assert text.replace("\u00a0", " ") == f"{heading.number} {heading.text}".strip() + thai(page)
        assert link.get(qn("w:anchor")) in marks
    kinds = [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(listed) + 1


def test_word_asks_nothing_when_it_opens_the_file() -> None:
    assert "updateFields" not in part(report(), "word/settings.xml")
    assert "w:dirty" not in part(report(), "word/document.xml")


def test_tables_have_fixed_columns_a_repeated_heading_and_whole_rows(word: WordDocument) -> None:
    blocks = [block for block in report().blocks if isinstance(block, Table)]
    assert len(word.tables) == len(blocks)
    for found, block in zip(word.tables, blocks, strict=True):
        grid = [int(column.get(qn("w:w"))) for column in found._tbl.tblGrid.findall(qn("w:gridCol"))]
        assert len(grid) == len(block.columns)
        assert sum(grid) == pytest.approx(Cm(16).pt * 20, abs=len(grid))
        assert grid[1] / grid[0] == pytest.approx(block.columns[1].width / block.columns[0].width, rel=0.01)
        assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in found.rows][:2] == [True, False]
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in found.rows)
        assert [cell.text.strip() for cell in found.rows[1].cells] == [cell.text for cell in block.rows[0]]


def test_a_swatch_is_a_picture_of_its_colour_that_a_screen_reader_passes_over() -> None:
    table = Table("", (Column("สี"),), ((Cell("ม่วง", swatch="#7a3db8"),), (Cell("ม่วง", swatch="#7a3db8"),)))
    content = to_docx(plain(table))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert [name for name in archive.namelist() if name.endswith(".png")] == ["word/media/colour1.png"]
    assert part(plain(table), "word/document.xml").count('val="1"/></a:ext>') == 2
    assert len(docx.Document(io.BytesIO(content)).inline_shapes) == 2


def test_a_page_break_begins_a_page_and_a_table_is_kept_from_the_next() -> None:
    table = Table("", (Column("ก"),), ((Cell("ข"),),))
    word = opened(plain(Paragraph("หนึ่ง"), PageBreak(), Paragraph("สอง"), table, table))
    breaks = [p.paragraph_format.page_break_before for p in word.paragraphs if p.text]
    assert breaks == [None, True]
    kinds = [child.tag.rpartition("}")[2] for child in word.element.body]
    assert kinds == ["p", "p", "tbl", "p", "tbl", "p", "sectPr"]


def test_the_file_tells_of_the_tree_and_of_nobody_else(word: WordDocument) -> None:
    properties = word.core_properties
    assert properties.title == report().title
    assert properties.author == properties.last_modified_by == report().author
    assert properties.language == "th-TH"
    assert properties.created is not None
    assert properties.modified is not None
    assert properties.created.date() == properties.modified.date() == report().dated
    with zipfile.ZipFile(io.BytesIO(to_docx(report()))) as archive:
        assert not [name for name in archive.namelist() if b"python-docx" in archive.read(name)]


def test_a_name_full_of_emoji_and_other_scripts_does_not_break_the_paper() -> None:
    name = "ครู👩‍🏫🇹🇭 <b>&\"' \u202eกลับ\u200b\x00"
    document = plain(Heading(1, name, "๑."), Paragraph(name, lead=name), Table(name, (Column(name),), ((Cell(name),),)))
    word = opened(replace(document, title=name, author=name, marks=(name,), cover=Cover((name,)), contents=True))
    assert word.paragraphs[0].text == f"ครู{MARK}{MARK} <b>&\"' กลับ"
    assert word.core_properties.title == f"ครู{MARK}{MARK} <b>&\"' กลับ"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_the_paper_can_be_opened(text: str) -> None:
    table = Table(text, (Column(text), Column("ก")), ((Cell(text), Cell(text, swatch="#000000")),))
    document = plain(Heading(1, text, text), Paragraph(text, lead=text), ItemList((text,)), table)
    opened(replace(document, title=text, author=text, contents=True))


def test_the_same_tree_gives_the_same_bytes_also_in_another_process() -> None:
    first = to_docx(report(chapters=1))
    assert to_docx(report(chapters=1)) == first
    code = (
        "import sys; from tests.paper.sample import report; from khunnaphap.paper.docx import to_docx;"
        "sys.stdout.buffer.write(to_docx(report(chapters=1)))"
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
