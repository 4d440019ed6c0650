"""Word prints the tree's numbers: by its own counting where that gives them, as text where it does not."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from khunnaphap.core.document import Block, Cover, Document, Heading, ItemList
from khunnaphap.core.thai.numerals import thai
from khunnaphap.paper.docx import to_docx

from .sample import report


def paper(*blocks: Block) -> Document:
    return Document("เรื่อง", "ผู้เขียน", date(2024, 6, 26), Cover(()), blocks, contents=False)


class Printed:
    """What Word shows before and in each paragraph, after ECMA-376 part 1, 17.9 (numbering)."""

    def __init__(self, document: Document) -> None:
        self._word = docx.Document(io.BytesIO(to_docx(document)))
        numbering = self._word.part.numbering_part.element
        self._abstract = {one.get(qn("w:abstractNumId")): one for one in numbering.findall(qn("w:abstractNum"))}
        self._instances = {one.get(qn("w:numId")): one for one in numbering.findall(qn("w:num"))}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def lines(self) -> list[tuple[bool, str]]:
        """Whether Word numbered the paragraph, and its text with the number."""
        return [self._line(paragraph) for paragraph in self._word.paragraphs]

    def _line(self, paragraph: docx.text.paragraph.Paragraph) -> tuple[bool, str]:
        properties = paragraph._p.pPr.numPr
        if properties is None or properties.numId.val == 0:
            return False, paragraph.text
        return True, f"{self._number(str(properties.numId.val), properties.ilvl.val)} {paragraph.text}"

    def _number(self, instance: str, level: int) -> str:
        element = self._instances[instance]
        abstract = element.find(qn("w:abstractNumId")).get(qn("w:val"))
        counters = self._counters.setdefault(abstract, {})
        override = element.find(qn("w:lvlOverride"))
        if override is not None and instance not in self._begun and int(override.get(qn("w:ilvl"))) == level:
            counters[level] = int(override.find(qn("w:startOverride")).get(qn("w:val"))) - 1
        self._begun.add(instance)
        counters[level] = counters.get(level, 0) + 1
        for deeper in [one for one in counters if one > level]:
            del counters[deeper]
        return self._text(self._abstract[abstract], level, counters)

    def _text(self, abstract: etree._Element, level: int, counters: dict[int, int]) -> str:
        levels = {int(one.get(qn("w:ilvl"))): one for one in abstract.findall(qn("w:lvl"))}
        text = str(levels[level].find(qn("w:lvlText")).get(qn("w:val")))
        for index, count in counters.items():
            digits = thai if levels[index].find(qn("w:numFmt")).get(qn("w:val")) == "thaiNumbers" else str
            text = text.replace(f"%{index + 1}", digits(count))
        return text


def test_a_regular_report_is_numbered_by_word_throughout() -> None:
    headings = [block for block in report().blocks if isinstance(block, Heading)]
    document = paper(*headings)
    lines = Printed(document).lines()
    assert [text for _, text in lines] == [f"{heading.number} {heading.text}".strip() for heading in headings]
    assert [counted for counted, _ in lines] == [
        heading.number[:1] in "๐๑๒๓" and heading.number != "" for heading in headings
    ]


@pytest.mark.parametrize(
    ("numbers", "counted"),
    [
        (["1:๑)", "2:๑.๑)", "3:๑.๑.๑)", "3:๑.๑.๒)", "2:๑.๒)", "1:๒)", "2:๒.๑)"], "yyyyyyy"),
        (["1:ส่วนที่ ๑", "2:๑.", "2:๒.", "1:ส่วนที่ ๒", "2:๑."], "yyyyy"),
        (["1:", "2:๑.", "2:๒.", "1:", "2:๑."], "nyyny"),  # begins again though no number stands above
        (["1:๑.", "1:๓.", "1:๔."], "yyy"),  # a chapter left out
        (["1:๑.", "1:ภาคผนวก ก", "1:๒."], "yny"),
        (["1:๑", "2:๒.๑", "2:๑.๑"], "yny"),  # a number that its parent contradicts
        (["1:บทที่ ๑", "2:ก", "3:๑", "3:๒", "1:บทที่ ๒"], "ynyyy"),
        (["1:1", "2:1.1", "2:๑.๒"], "yyn"),  # digits of two kinds
        (["1:๑.", "1:(๒)"], "yn"),
        (["1:๑๐๐%", "1:๑"], "ny"),  # % means a counter to Word
    ],
)
def test_word_counts_where_it_gives_the_trees_number(numbers: list[str], counted: str) -> None:
    headings = [Heading(int(one[0]), "หัวข้อ", one[2:]) for one in numbers]
    lines = Printed(paper(*headings)).lines()
    assert [text for _, text in lines] == [f"{one[2:]} หัวข้อ".strip() for one in numbers]
    assert "".join("y" if by_word else "n" for by_word, _ in lines) == counted


_NUMBERS = st.sampled_from(["", "๑", "๒", "๓", "๑.๑", "๑.๒", "๒.๑", "๑.๑.๑", "๑)", "๒)", "1", "1.1", "ข้อ ๑", "ก"])


@given(st.lists(st.tuples(st.integers(1, 4), _NUMBERS), max_size=12))
def test_whatever_the_numbers_word_prints_the_trees(asked: list[tuple[int, str]]) -> None:
    headings, level = [], 0
    for wanted, number in asked:
        level = min(wanted, level + 1)
        headings.append(Heading(level, "หัวข้อ", number))
    lines = Printed(paper(*headings)).lines()
    assert [text for _, text in lines if text] == [f"{one.number} หัวข้อ".strip() for one in headings]


def test_each_ordered_list_begins_at_one_and_dashes_are_words_bullets() -> None:
    first, second, third = ItemList(("ก", "ข"), ordered=True), ItemList(("ค",)), ItemList(("ง", "จ"), ordered=True)
    lines = Printed(paper(first, second, third)).lines()
    assert [text for _, text in lines] == ["๑) ก", "๒) ข", "– ค", "๑) ง", "๒) จ"]
    assert all(counted for counted, _ in lines)


def test_heading_styles_are_linked_to_the_numbering() -> None:
    word = docx.Document(
        io.BytesIO(to_docx(paper(Heading(1, "หนึ่ง", "๑."), Heading(2, "สอง", "๑.๑"), Heading(3, "สาม"))))
    )
    linked = {one.get(qn("w:val")) for one in word.part.numbering_part.element.iter(qn("w:pStyle"))}
    assert linked == {"Heading1", "Heading2"}
    for name in ("Heading 1", "Heading 2"):
        assert word.styles[name].element.pPr.numPr.numId.val > 0
    assert word.styles["Heading 3"].element.pPr.numPr is None
