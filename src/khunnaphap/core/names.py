"""Names of schools and places as the record keeps them: without the word that papers put before them."""

from __future__ import annotations

import re
from typing import Final

from .problems import Problem
from .thai.dates import DateError, parse_date
from .thai.text import clean

_SCHOOL: Final = re.compile(r"(?:โรงเรียน|ร\.\s?ร\.|รร\.|รร(?=\s))\s*")
_PROVINCE: Final = re.compile(r"(?:จังหวัด|จ\.|จว\.)\s*")
_DISTRICT: Final = re.compile(r"(?:กิ่งอำเภอ|กิ่ง\s?อ\.|อำเภอ|อ\.|เขต(?!อ))\s*")
_SUBDISTRICT: Final = re.compile(r"(?:ตำบล|ต\.|แขวง)\s*")
_BANGKOK: Final = frozenset({"กทม", "กทม.", "กรุงเทพ", "กรุงเทพฯ", "กรุงเทพมหานครฯ"})
_DEBRIS: Final = frozenset({"TRUE", "FALSE", "NULL", "NONE", "NAN", "N/A", "NA", "จริง", "เท็จ", "ไม่มี", "ไม่ระบุ"})
"""What programs and people leave where a name is lacking."""
_CODE: Final = re.compile(r"[\s\-–]+")


def school_name(text: str) -> str:
    """A school's name, or a code, without โรงเรียน (รร., ร.ร.) before it, however often it stands there."""
    return _without(_SCHOOL, clean(text))


def province_name(text: str) -> str:
    """A province's name without จังหวัด or จ.; Bangkok by its full name."""
    plain = _without(_PROVINCE, clean(text))
    return "กรุงเทพมหานคร" if plain in _BANGKOK else plain


def district_name(text: str) -> str:
    """A district's name without อำเภอ, อ. or (in Bangkok) เขต."""
    return _without(_DISTRICT, clean(text))


def in_district(name: str) -> str:
    """A district as papers and messages write it: อำเภอแม่เมาะ, but in Bangkok เขตพระนคร; the word stands once."""
    plain = clean(name)
    return plain if plain.startswith("เขต") else f"อำเภอ{district_name(plain)}"


def subdistrict_name(text: str) -> str:
    """A subdistrict's name without ตำบล, ต. or (in Bangkok) แขวง."""
    return _without(_SUBDISTRICT, clean(text))


def code(text: str) -> str:
    """A code as it is compared: Thai digits made Arabic, no spaces, no dashes between digits ("1-0525-00312")."""
    plain = clean(text)
    joined = _CODE.sub("", plain)
    return joined if joined.isascii() and joined.isdigit() else plain.replace(" ", "")


def search_words(text: str) -> list[str]:
    """The words that a search is made of, as names and codes are kept; a word that only says what follows is dropped."""
    plain = school_name(text)
    words = (subdistrict_name(district_name(province_name(school_name(word)))) for word in plain.split())
    return [joined if (joined := code(word)).isdigit() else word for word in words if word]


def doubted(text: str, *, numbered: bool = False) -> Problem | None:
    """Why a text cannot be a name: what a spreadsheet program leaves of a fault, a truth, a number or a date.

    ``numbered``: a plain number may be one (a building's).
    """
    plain = clean(text)
    lettered = any(one.isalpha() for one in plain)
    if numbered and plain.isdigit():
        return None
    if lettered and plain.upper() not in _DEBRIS and not plain.startswith("#") and not _is_day(plain):
        return None
    message = f"อ่านได้ “{plain[:60]}” ซึ่งไม่ใช่ชื่อ"
    return Problem("name-invalid", message, "พิมพ์ชื่อเต็ม และตั้งรูปแบบเซลล์เป็นข้อความ (Text)")


def _is_day(plain: str) -> bool:
    if not any(one.isdigit() for one in plain):
        return False
    try:
        parse_date(plain)
    except DateError:
        return False
    return True


def _without(word: re.Pattern[str], name: str) -> str:
    while found := word.match(name):
        name = name[found.end() :]
    return name
