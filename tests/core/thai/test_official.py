"""Papers have Thai digits, but no address, file name or code is changed."""

from __future__ import annotations

import pytest

from khunnaphap.core.thai.numerals import official


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("ครั้งที่ 5 เมื่อ 26/6/2567", "ครั้งที่ ๕ เมื่อ ๒๖/๖/๒๕๖๗"),
        ("https://www.sk1.go.th/q2569/p1 หน้า 2", "https://www.sk1.go.th/q2569/p1 หน้า ๒"),
        ("www.sk1.go.th/2569 และ sk1.go.th/2569", "www.sk1.go.th/2569 และ sk1.go.th/2569"),
        ("a.b2@sk1.go.th โทร 0812345678", "a.b2@sk1.go.th โทร ๐๘๑๒๓๔๕๖๗๘"),
        ("แผน2569_v2.pdf 2569_แผน.pdf (รายงาน2.docx)", "แผน2569_v2.pdf 2569_แผน.pdf (รายงาน2.docx)"),
        ("2-SEA _v2_ COVID-19 K2-P6 Wi-Fi 6", "2-SEA _v2_ COVID-19 K2-P6 Wi-Fi ๖"),
        ("ชุดที่3(Zoom) 1,000บาท(MOU)", "ชุดที่๓(Zoom) ๑,๐๐๐บาท(MOU)"),
        ("NGAO MODEL (ชุมชน 1)", "NGAO MODEL (ชุมชน ๑)"),
        ("เวลา 12.00 น. ที่ 5 น.ส.ดี", "เวลา ๑๒.๐๐\u00a0น. ที่ ๕ น.ส.ดี"),
    ],
)
def test_only_digits_of_words_without_latin_letters_become_thai(typed: str, printed: str) -> None:
    assert official(typed) == printed
    assert official(printed) == printed
