"""Lines may end between words, and cutting text into them loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khunnaphap.paper import glyphs
from khunnaphap.paper.words import cut, fitted

from .sample import BODY, NASTY


@given(st.text(st.one_of(st.characters(), st.sampled_from("กขคงณนมเแาำิ่้ๆฯ ()“”.,/๑๒12ab\n"))))
def test_the_pieces_join_back_to_the_text(text: str) -> None:
    assert "".join(cut(text)) == text
    assert "".join(fitted(cut(text), 40, 14)) == text


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("โรงเรียนคุณภาพ", "โรงเรียน|คุณภาพ"),
        ("มาก ๆ ด้วย", "มาก ๆ| |ด้วย"),
        ("บ่อยๆ", "บ่อยๆ"),
        ("(ต่าง ๆ)", "(ต่าง ๆ)"),
        ("กรุงเทพฯ", "กรุงเทพฯ"),
        ("“คำพูด”ของครู", "“คำพูด”|ของ|ครู"),
        ("ร้อยละ ๘๐%", "ร้อยละ ๘๐%"),
        ("ที่ ศธ ๐๔๐๐๘.๑/ว๔๘๑", "ที่| |ศธ ๐๔๐๐๘.๑/ว๔๘๑"),
        ("(นศ ๐๙๑๘/ว ๗๗)", "(นศ ๐๙๑๘/ว ๗๗)"),
        ("ลงวันที่ ๓๐ เมษายน ๒๕๖๗", "ลงวันที่ ๓๐ เมษายน| |๒๕๖๗"),
        ("“๑ อำเภอ ๑ โรงเรียนคุณภาพ”", "“๑ อำเภอ| |๑ โรงเรียน|คุณภาพ”"),
        ("๑๕.๐๐ – ๑๖.๓๐ น.", "๑๕.๐๐| |–| |๑๖.๓๐ น."),
        ("เขต ๑ ประชุม", "เขต ๑| |ประชุม"),
        ("จัด ณ ห้องประชุม", "จัด| |ณ ห้องประชุม"),
        ("สีฟ้า", "สีฟ้า"),
        ("๑๐–๑๕", "๑๐–๑๕"),
        ("พ.ศ. ๒๕๖๗", "พ.ศ. ๒๕๖๗"),
        ("NGAO MODEL", "NGAO| |MODEL"),
        ("เจ็ดแสนยี่สิบเอ็ดบาท", "เจ็ด|แสน|ยี่สิบเอ็ด|บาท"),
        ("ด่วนที่สุด", "ด่วนที่สุด"),
        ("และต่อเนื่องในระยะยาว", "และ|ต่อเนื่องใน|ระยะยาว"),
        ("ในอำเภอแม่เมาะ จังหวัดลำปาง", "ใน|อำเภอแม่เมาะ| |จังหวัดลำปาง"),
        ("ภูธร ปุณยจรัสธำรง", "ภูธร| |ปุณยจรัส|ธำรง"),
        ("แม่เมาะ (ชุมชน ๑) และ", "แม่|เมาะ| |(ชุมชน ๑)| |และ"),
        ("ภาษา/คณิตศาสตร์", "ภาษา/|คณิตศาสตร์"),
        ("ครู\u00a0ใหม่", "ครู\u00a0ใหม่"),
        ("บรรทัด\nใหม่", "บรรทัด|\n|ใหม่"),
    ],
)
def test_a_line_ends_only_where_a_reader_would_end_it(text: str, pieces: str) -> None:
    assert "|".join(cut(text)) == pieces


@pytest.mark.parametrize("text", [BODY, NASTY])
def test_no_piece_begins_with_what_belongs_to_the_one_before(text: str) -> None:
    pieces = [piece for piece in cut(text) if not piece.isspace()]
    assert not [piece for piece in pieces if len(piece) > 1 and piece[0] in "ๆ)]”’ะาำิีึืุู่้๊๋็์"]


def test_a_word_wider_than_its_column_is_cut_between_whole_letters() -> None:
    pieces = fitted(("ประชาสัมพันธ์",), 30, 14)
    assert len(pieces) > 1
    assert all(glyphs.width(piece, 14) <= 30 for piece in pieces)
    assert not any(piece[0] in "ะาำิีึืุู่้๊๋็์" for piece in pieces)


def test_a_number_with_its_unit_wider_than_its_column_is_cut_at_the_space_first() -> None:
    room = glyphs.width("โรงเรียน", 14) + 1
    assert fitted(cut("๑๐ โรงเรียน"), room, 14) == ("๑๐", " ", "โรงเรียน")


def test_a_long_text_without_spaces_is_cut_in_reasonable_time() -> None:
    text = "ตากลม" * 20_000  # ambiguous (ตา-กลม, ตาก-ลม) all the way
    assert "".join(cut(text)) == text
