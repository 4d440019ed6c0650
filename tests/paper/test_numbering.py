"""Numbers in the Word file are text: the same digits in every program that opens it."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from khunnaphap.core.document import Block, Cover, Document, Heading, ItemList, Paragraph
from khunnaphap.paper.docx import to_docx

from .reading import pages_of
from .sample import report


def paper(*blocks: Block) -> Document:
    return Document("เรื่อง", "ผู้เขียน", date(2024, 6, 26), Cover(()), blocks, contents=False)


def lines(document: Document) -> list[str]:
    word = docx.Document(io.BytesIO(to_docx(document)))
    return [one.text.replace("\u00a0", " ") for one in word.paragraphs if one.text]


def test_nothing_is_left_to_the_counters_of_a_program() -> None:
    word = docx.Document(io.BytesIO(to_docx(report())))
    assert list(word.element.iter(qn("w:numPr"))) == []
    assert list(word.styles.element.iter(qn("w:numPr"))) == []


_NUMBERS = st.sampled_from(["", "๑", "๒", "๑.๑", "๑.๒", "๒.๑", "๑.๑.๑", "๑)", "๑.๒)", "1.1", "ข้อ ๑", "ก", "๑๐๐%"])


@given(st.lists(st.tuples(st.integers(1, 4), _NUMBERS), max_size=12))
def test_whatever_the_numbers_the_paper_prints_the_trees(asked: list[tuple[int, str]]) -> None:
    headings, level = [], 0
    for wanted, number in asked:
        level = min(wanted, level + 1)
        headings.append(Heading(level, "หัวข้อ", number))
    assert lines(paper(*headings)) == [f"{one.number} หัวข้อ".strip() for one in headings]


def test_headings_keep_words_own_styles_for_contents_and_navigation() -> None:
    word = docx.Document(io.BytesIO(to_docx(paper(Heading(1, "หนึ่ง", "๑."), Heading(2, "สอง", "๑.๑")))))
    assert [one.style.name for one in word.paragraphs if one.text and one.style] == ["Heading 1", "Heading 2"]


def test_a_long_heading_hangs_behind_its_number() -> None:
    word = docx.Document(io.BytesIO(to_docx(paper(Heading(1, "หนึ่ง", "๑๐.๑๐.๑๐"), Heading(1, "สอง", "๑.")))))
    wide, narrow = (one.paragraph_format.first_line_indent for one in word.paragraphs if one.text)
    assert wide is not None
    assert narrow is not None
    assert wide < narrow < 0


def test_each_list_begins_at_one_dashes_stay_and_named_items_bear_no_mark() -> None:
    blocks = (
        ItemList(("ก", "ข"), ordered=True),
        ItemList(("ค",)),
        ItemList(("ง", "จ"), ordered=True),
        ItemList(("จุดที่ ๑ ณ วัด", "จุดที่ ๒ ณ โรงเรียน"), plain=True),
    )
    assert lines(paper(*blocks)) == [
        "๑)\tก", "๒)\tข", "–\tค", "๑)\tง", "๒)\tจ", "จุดที่ ๑ ณ วัด", "จุดที่ ๒ ณ โรงเรียน",
    ]  # fmt: skip


@pytest.mark.parametrize("depths", [(0, 0), (0, 1), (0, 1, 2, 1, 0, 1)])
def test_items_under_items_count_anew_under_each(depths: tuple[int, ...]) -> None:
    items = ItemList(tuple("กขคงจฉ"[: len(depths)]), True, (), depths)
    expected = {2: "๑) ๒)", 6: "๑) ๑.๑) ๑.๑.๑) ๑.๒) ๒) ๒.๑)"}[len(depths)] if depths != (0, 1) else "๑) ๑.๑)"
    assert [line.split("\t")[0] for line in lines(paper(items))] == expected.split()


def test_named_items_stand_in_the_pdf_as_they_are() -> None:
    from khunnaphap.paper.pdf import to_pdf

    document = paper(Paragraph("ดังนี้"), ItemList(("จุดที่ ๑ ณ วัด", "จุดที่ ๒ ณ โรงเรียน"), plain=True))
    [page] = pages_of(to_pdf(document))
    squeezed = "".join(page.split())
    assert "ดังนี้จุดที่๑ณวัดจุดที่๒ณโรงเรียน" in squeezed
