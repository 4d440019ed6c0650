"""Numbers as people write them: one strict reader for each kind, called by every door that takes one.

What a person reads is what is read. What can be read in two ways (``20,50``, ``20.000``) is no number here: it comes
back as a ``Problem`` that says how to write it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from .problems import Unreadable
from .thai.money import in_words
from .thai.text import clean

MOST_DIGITS: Final = 20
"""Digits before the point, and digits after it; spreadsheet programs keep 15 in all."""
_FIXED: Final = 6
"""A kind of up to this many places is kept with all of them (20000.00); one of more as short as it is written."""
_SIGN: Final = r"(?P<sign>[-+−–]?)"
_WHOLE: Final = r"(?P<whole>[1-9]\d{0,2}(?:,\d{3})+|\d*)"
_PART: Final = r"(?:\.(?P<part>\d+))?"
_NUMBER: Final = re.compile(rf"{_SIGN}\s?{_WHOLE}{_PART}(?<=\d)", re.ASCII)
_SATANG: Final = re.compile(r"(?P<baht>\S+)\s*บาท\s*(?P<satang>\d{1,2})\s*(?:สตางค์|สต\.)", re.ASCII)
_IN_WORDS: Final = re.compile(r"(?P<figures>.*\S)\s*\((?P<words>[ก-๎]+)\)")


@dataclass(frozen=True)
class Kind:
    """A kind of number: what it is called, how it is written, what may stand around it, and how large it may be.

    ``places`` are the decimal places it is kept with. ``grouped``: it may reach the thousands, so that three digits
    after a point may as well be thousands. ``before`` and ``after`` are patterns of the words that people write with it.
    """

    what: str
    mend: str
    highest: Decimal
    places: int = 0
    grouped: bool = True
    before: str = ""
    after: str = ""
    code: str = "amount-invalid"
    signed: bool = False

    def read(self, text: str) -> Decimal:
        """The number that a text says; ``Unreadable`` names what was read and how to write it."""
        plain = clean(text)
        figures = self._figures(plain)
        value = self.held(Fraction(self._number(figures, plain)), plain)
        words = _IN_WORDS.fullmatch(plain)
        if words and self is BAHT and _same_words(words["words"]) != _same_words(in_words(value)):
            message = f"อ่านได้ “{_cut(plain)}” แต่ {value:,} บาทเขียนเป็นตัวอักษรว่า {in_words(value)}"
            raise Unreadable("amount-words-differ", message, "แก้ตัวเลขหรือตัวอักษรให้ตรงกัน หรือพิมพ์เฉพาะตัวเลข")
        return value

    def held(self, value: Fraction, shown: str) -> Decimal:
        """A number that was read exactly, as this kind keeps it; ``Unreadable`` when it is none of this kind."""
        exact = value * 10**self.places
        lowest = -self.highest if self.signed else 0
        if not lowest <= value <= self.highest or exact.denominator != 1:
            raise Unreadable(self.code, f"อ่านได้ “{_cut(shown)}” ซึ่งไม่ใช่{self.what}ที่ใช้ได้", self.mend)
        number = Decimal(exact.numerator).scaleb(-self.places)
        return number if self.places <= _FIXED else Decimal(f"{number.normalize():f}")

    def _figures(self, plain: str) -> str:
        """The digits without the words around them; satang after the word บาท become decimals."""
        if self is BAHT:
            if words := _IN_WORDS.fullmatch(plain):
                plain = words["figures"]
            if (satang := _SATANG.fullmatch(plain)) and "." not in satang["baht"]:
                plain = f"{satang['baht']}.{int(satang['satang']):02d}"
        before, after = (rf"(?:{words})?" if words else "" for words in (self.before, self.after))
        around = re.fullmatch(rf"{before}\s*(?P<figures>[-+−–]?\s?[\d.,]*\d)\s*{after}", plain, re.ASCII)
        return around["figures"] if around else plain

    def _number(self, figures: str, shown: str) -> str:
        found = _NUMBER.fullmatch(figures)
        if found is None:
            raise self._no_number(figures, shown)
        whole, part = found["whole"].replace(",", ""), found["part"] or ""
        if len(whole) > MOST_DIGITS or len(part) > MOST_DIGITS:
            message = f"อ่านได้ “{_cut(shown)}” ซึ่งยาวเกินไป รับได้ไม่เกิน {MOST_DIGITS} หลักก่อนและหลังจุดทศนิยม"
            raise Unreadable("not-a-number", message, self.mend)
        if self.grouped and len(part) == 3 and "," not in found["whole"] and 1 <= len(whole.lstrip("0")) <= 3:
            raise self._two_ways(shown, f"{whole}{part}", whole)
        return f"{'-' if found['sign'] in ('-', '−', '–') else ''}{whole or 0}.{part or 0}"

    def _no_number(self, figures: str, shown: str) -> Unreadable:
        comma = re.fullmatch(rf"(\d{{1,{MOST_DIGITS}}}),(\d{{1,2}})", figures, re.ASCII)
        if comma:
            return self._two_ways(shown, f"{comma[1]}{comma[2]}", f"{comma[1]}.{comma[2]}")
        return Unreadable("not-a-number", f"อ่านได้ “{_cut(shown)}” ซึ่งไม่ใช่ตัวเลข", self.mend)

    def _two_ways(self, shown: str, one: str, other: str) -> Unreadable:
        message = f"อ่านได้ “{_cut(shown)}” ซึ่งไม่ใช่ตัวเลขที่อ่านได้แน่ชัด อาจหมายถึง {int(one):,} หรือ {other}"
        return Unreadable("not-a-number", message, f"ใช้จุลภาคคั่นหลักพัน และจุดคั่นทศนิยม {self.mend}")


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _same_words(words: str) -> str:
    return words.removesuffix("ถ้วน")


COUNT: Final = Kind(
    "จำนวนนับ",
    "พิมพ์จำนวนเต็มตั้งแต่ 0 เช่น 25 หรือ 1,250",
    Decimal(10_000_000),
    before=r"ครั้งที่|จำนวน|พ\.\s?ศ\.|ปี(?:\s?พ\.\s?ศ\.)?",
    after="คน|ราย|อัตรา|ตำแหน่ง|ห้อง|หลัง|แห่ง|ครั้ง|โรงเรียน|ข้อ",
)
BAHT: Final = Kind(
    "จำนวนเงิน",
    "พิมพ์เป็นบาท เช่น 20,000 หรือ 20,000.50 (ทศนิยมไม่เกิน 2 ตำแหน่ง)",
    Decimal(10**12) - 1,
    places=2,
    before="จำนวน(?:เงิน)?|เป็นเงิน|฿",
    after=r"บาท(?:\s?ถ้วน)?|บ\.|฿|\.-\s?(?:บาท)?|\.\s?บาท",
)
KM: Final = Kind(
    "ระยะทาง",
    "พิมพ์เป็นกิโลเมตร น้อยกว่า 1,000 เช่น 4.5 (ทศนิยมไม่เกิน 2 ตำแหน่ง)",
    Decimal("999.99"),
    places=2,
    after=r"กม\.?|กิโลเมตร|km\.?",
)
MEAN: Final = Kind(
    "คะแนนเฉลี่ยร้อยละ",
    "พิมพ์คะแนนเฉลี่ยร้อยละ 0 ถึง 100 เช่น 72.5",
    Decimal(100),
    places=MOST_DIGITS,
    grouped=False,
    before="ร้อยละ",
    after="คะแนน",
    code="mean-invalid",
)
DEGREES: Final = Kind(
    "พิกัด",
    "พิมพ์เป็นองศาทศนิยม เช่น 18.288 หรือ 99.491 (ทศนิยมไม่เกิน 6 ตำแหน่ง)",
    Decimal(180),
    places=6,
    grouped=False,
    signed=True,
)
CENTRE: Final = replace(DEGREES, places=MOST_DIGITS)
"""The computed centre of a place, with as many places as its list has; it is kept to six."""
