"""Charts say the same in both papers: numbers in the bars, words for those who do not see them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import docx
import pytest

from khunnaphap.core.document import Bar, Block, Chart, Cover, Document, ItemList, Key, Paragraph, Segment, texts
from khunnaphap.paper import charts
from khunnaphap.paper.docx import to_docx
from khunnaphap.paper.pdf import chart_png, page_count, to_pdf

from .reading import pages_of

PURPLE, YELLOW = "#7a3db8", "#f2c200"
CHART = Chart(
    caption="แผนภูมิที่ ๑ จำนวนโรงเรียน",
    alternative="แผนภูมิแท่ง สพป.น้ำปาด ม่วง ๑ เหลือง ๑๒",
    bars=(
        Bar("สพป.น้ำปาด เขต ๑", (Segment(1, "ม่วง ๑", PURPLE, "๑"), Segment(12, "เหลือง ๑๒", YELLOW)), "๑๓"),
        Bar("สพม.กำแพงเพชร (เฉพาะจังหวัดกำแพงเพชร) ที่ชื่อยาวจนต้องขึ้นบรรทัดใหม่", (), "๐"),
    ),
    full=20,
    keys=(Key("สีม่วง", PURPLE), Key("สีเหลือง", YELLOW)),
)


def paper(*blocks: Block, compact: bool = False) -> Document:
    return Document("เรื่อง", "ผู้เขียน", date(2024, 6, 26), Cover(()), blocks, contents=False, compact=compact)


def part_of(docx: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(name)


def test_every_word_of_a_chart_is_in_the_text_layer_whole() -> None:
    [page] = pages_of(to_pdf(paper(CHART)))
    squeezed = "".join(page.split())
    for text in ("แผนภูมิที่ ๑ จำนวนโรงเรียน", "สีม่วง", "สีเหลือง", "เหลือง ๑๒", "สพป.น้ำปาด เขต ๑", "๑๓"):
        assert "".join(text.split()) in squeezed, text


def test_a_narrow_piece_shows_its_number_alone_and_one_without_room_nothing() -> None:
    words = {word.text for word in charts.draw(CHART).words}
    assert "๑" in words
    assert "ม่วง ๑" not in words
    tight = Chart("", "คำอธิบาย", (Bar("ก", (Segment(1, "ยาวมาก", PURPLE, "๑"), Segment(999, "", YELLOW))),), 1000)
    assert {word.text for word in charts.draw(tight).words} == {"ก"}


def test_bars_are_as_long_as_their_numbers_and_stay_inside() -> None:
    widths = [
        float(found) for found in re.findall(r'y="[\d.]+" width="([\d.]+)" height="17', charts.draw(CHART).shapes)
    ]
    assert widths[1] / widths[0] == pytest.approx(12, rel=0.01)
    for word in charts.draw(CHART).words:
        assert word.left >= 0
        assert word.left + word.width <= charts.WIDTH + 0.01


def test_dark_fills_bear_white_letters_and_bright_ones_black() -> None:
    inks = {word.text: word.ink for word in charts.draw(CHART).words}
    assert (inks["๑"], inks["เหลือง ๑๒"]) == ("#ffffff", "#000000")


def test_both_papers_say_the_chart_in_words() -> None:
    assert CHART.alternative.encode("utf-16-be") in to_pdf(paper(CHART)) or b"/Alt" in to_pdf(paper(CHART))
    document = part_of(to_docx(paper(CHART)), "word/document.xml").decode()
    assert f'descr="{CHART.alternative}"' in document
    assert part_of(to_docx(paper(CHART)), "word/media/chart1.png") == chart_png(CHART)
    assert to_docx(paper(CHART)) == to_docx(paper(CHART))
    assert {"แผนภูมิที่ ๑ จำนวนโรงเรียน", "เหลือง ๑๒"} <= set(texts(paper(CHART)))


@pytest.mark.parametrize(("full", "said"), [(12, "คำ"), (0, "คำ"), (20, "")])
def test_a_chart_that_overflows_or_says_nothing_is_none(full: int, said: str) -> None:
    with pytest.raises(ValueError, match="chart"):
        Chart("", said, CHART.bars, full)


def test_items_under_items_are_numbered_in_both_papers() -> None:
    items = ItemList(("ครุภัณฑ์", "สิ่งก่อสร้าง", "งบปีเดียว", "อาคาร", "งบผูกพัน", "อื่น"), True, (), (0, 0, 1, 2, 1, 0))
    [page] = pages_of(to_pdf(paper(items)))
    squeezed = "".join(page.split())
    assert "๒)สิ่งก่อสร้าง๒.๑)งบปีเดียว๒.๑.๑)อาคาร๒.๒)งบผูกพัน๓)อื่น" in squeezed
    word = docx.Document(io.BytesIO(to_docx(paper(items))))
    assert [p.text for p in word.paragraphs] == [
        "๑)\tครุภัณฑ์", "๒)\tสิ่งก่อสร้าง", "๒.๑)\tงบปีเดียว", "๒.๑.๑)\tอาคาร", "๒.๒)\tงบผูกพัน", "๓)\tอื่น",
    ]  # fmt: skip
    left = [p.paragraph_format.left_indent for p in word.paragraphs]
    assert left[0] < left[2] < left[3]
    with pytest.raises(ValueError, match="depths"):
        ItemList(("ก", "ข"), True, (), (0, 2))


def test_what_leads_to_a_list_stays_with_it() -> None:
    lines = Paragraph("\n".join(["ข้อความ"] * 27))
    blocks = (lines, Paragraph("ดำเนินการดังนี้"), ItemList(("ข้อแรก", "ข้อสอง"), ordered=True))
    pages = pages_of(to_pdf(paper(*blocks)))
    ends = [page for page in pages if "ดำเนินการดังนี้" in page]
    assert all("ข้อแรก" in page for page in ends)
    assert "<w:keepNext/>" in part_of(to_docx(paper(*blocks)), "word/document.xml").decode()


def test_pages_are_counted() -> None:
    assert page_count(paper(Paragraph("หนึ่ง"))) == 1
    assert page_count(paper(Paragraph("\n".join(["บรรทัด"] * 60)))) == 2
