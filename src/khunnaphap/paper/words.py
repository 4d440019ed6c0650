"""Thai lines may break only between words: text is cut into the pieces that a line may end after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

from pythainlp.tokenize import newmm, word_dict_trie

from khunnaphap.core.thai.dates import MONTHS

from . import glyphs

# ๆ repeats the word before it and stays with it: "ต่าง ๆ" is one phrase.
_PHRASES: Final = re.compile(r"\n| +|[^ \n]+(?: ๆ[^ \n]*)*")
_THAI: Final = re.compile("[ก-ฮ]")
_DEPENDENT: Final = "ะัาำิีึืฺุูๅ็่้๊๋์ํ๎"
# The spaces at which a piece is cut first that is wider than its room.
_WITHIN: Final = re.compile("( )(?!ๆ)")
_CLUSTERS: Final = re.compile(f"[เ-ไ]?.[{_DEPENDENT}\u0300-\u036f]*", re.DOTALL)

_DIGITS: Final = frozenset("0123456789๐๑๒๓๔๕๖๗๘๙")
_LATIN: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
# No line begins with one of these (a space within a phrase is the one before ๆ) ...
_CLOSING: Final = frozenset(f"{_DEPENDENT}ๆฯ๚๛ )]}}”’»›.,:;!?%‰°…/–—-_=+&\"'\u00a0")
# ... or ends with one of these. A straight quote may be either, and so is both.
_OPENING: Final = frozenset("เแโใไ ([{“‘«‹.,:@#&_=+$€฿\"'\u00a0")
# Single letters are pieces of a name that the dictionary lacks, except the one that is a word.
_LETTERS: Final = frozenset("กขฃคฅฆงจฉชซฌญฎฏฐฑฒดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮ")

# What the dictionary parts though no reader would: twenty in numbers in words, the urgency of a letter, ต่อเนื่องใน.
_ONE_WORD: Final = frozenset(
    {("ยี่", "สิบ"), ("ด่วน", "ที่สุด"), ("ด่วน", "มาก"), ("ต่อ", "เนื่อง"), ("งบ", "ลงทุน"), ("กลุ่ม", "สี")}
)
_DISTRICT: Final = re.compile(r"(?:อำเภอ|จังหวัด)[ก-๎]{2,16}$")
"""The name of a district or province at the end of a phrase: แม่เมาะ is no mother of anything."""
_FRAGMENT: Final = 3
"""What the dictionary does not know and is as short as this is a piece of a name: the ณย of ปุณยจรัส."""
_IN_BRACKETS: Final = re.compile(r"\([^()]{1,12}"), re.compile(r"[0-9๐-๙]{1,3}\)")
"""(ชุมชน ๑): a name in brackets and its number."""

_COLOURS: Final = ("ม่วง", "ฟ้า", "เขียว", "เหลือง", "ส้ม", "แดง")

# What is one thing for a reader though a space stands in it: ศธ ๐๔๐๐๘.๑/ว๔๘๑, ว ๗๗, ๓๐ เมษายน, ๑๐ โรงเรียน, ๑๖.๓๐ น.
_SENDERS: Final = re.compile(r"[(“]?[ก-ฮ]{2,4}\.?")
_LETTER_NUMBER: Final = re.compile(r"[0-9๐-๙]{4,5}[./]")
_NUMBER: Final = re.compile(r"[(“]?[0-9๐-๙][0-9๐-๙.,]*")
_ENDS_IN_NUMBER: Final = re.compile(f"(?:^| ){_NUMBER.pattern}$")
_UNITS: Final = (
    *MONTHS, "โรงเรียน", "อำเภอ", "ตำบล", "บาท", "คน", "แห่ง", "ครั้ง", "จุด", "ปี", "วัน", "เดือน", "ห้อง", "หลัง", "รายการ",
    "เครื่อง", "ตัวชี้วัด", "น.",
)  # fmt: skip
_BEFORE_NUMBERS: Final = ("ร้อยละ", "พ.ศ.", "เขต", "ที่", "ระดับ", "ข้อ", "เวลา", "รอบ", "ปี", "เบอร์", "โทร.")
"""What a number belongs to though a space stands between: ร้อยละ ๗๐, เขต ๑, ครั้งที่ ๒, พ.ศ. ๒๕๖๗."""
_PLACED_AT: Final = "ณ"
"""ณ ห้องประชุม: no line ends with it."""


def cut(text: str) -> tuple[str, ...]:
    """The pieces of a text: words, runs of spaces, line ends. Joined they are the text again.

    A line may end after any piece. Words are those of PyThaiNLP's newmm with what belongs to them: ๆ and ฯ,
    brackets and quotes, numbers with their parts, and over a space what a number counts or whose number it is.
    """
    pieces: list[str] = []
    for piece in chain.from_iterable(map(_cut_phrase, _PHRASES.findall(text))):
        if len(pieces) > 1 and pieces[-1] == " " and _one_thing(pieces[-2], piece):
            pieces[-2:] = [f"{pieces[-2]} {piece}"]
        else:
            pieces.append(piece)
    return tuple(pieces)


def _one_thing(left: str, right: str) -> bool:
    """Whether two pieces with a space between them stay on one line."""
    if _IN_BRACKETS[0].fullmatch(left) and _IN_BRACKETS[1].fullmatch(right):
        return True
    if left.endswith("/ว"):
        return right[0] in _DIGITS
    if left.lstrip("(“") == _PLACED_AT:
        return True
    if left.endswith(_BEFORE_NUMBERS) and _NUMBER.match(right):
        return True
    if _LETTER_NUMBER.match(right):
        return _SENDERS.fullmatch(left) is not None
    return right.startswith(_UNITS) and _ENDS_IN_NUMBER.search(left) is not None


def bound(text: str) -> str:
    """The text with spaces that do not break within what is one thing, for programs that break lines themselves."""
    return "".join(piece if piece.isspace() else piece.replace(" ", "\u00a0") for piece in cut(text))


def fitted(pieces: tuple[str, ...], room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """The same pieces, but those wider than ``room`` (points, at a font size in points) are cut to fit it."""
    # No glyph is as wide as one em, so most pieces need no measuring.
    if all(len(piece) * size <= room for piece in pieces):
        return pieces
    return tuple(chain.from_iterable(_cut_to_fit(piece, room, size, bold) for piece in pieces))


@lru_cache(maxsize=20_000)
def _cut_phrase(phrase: str) -> tuple[str, ...]:
    if not _THAI.search(phrase):
        return (phrase,)
    if (name := _DISTRICT.search(phrase)) and name.start():
        return (*_cut_phrase(phrase[: name.start()]), name[0])
    if name:
        return (phrase,)
    pieces: list[str] = []
    before = ""
    # Safe mode cuts long phrases into windows first: time stays linear in what somebody pasted without a space.
    for word in newmm.segment(phrase, safe_mode=True):
        if pieces and (_belong_together(pieces[-1], word) or _fragment(before) or _fragment(word)):
            pieces[-1] += word
        else:
            pieces.append(word)
        before = word
    return tuple(pieces)


def _fragment(word: str) -> bool:
    return 0 < len(word) <= _FRAGMENT and _THAI.match(word) is not None and word not in word_dict_trie()


def _belong_together(left: str, right: str) -> bool:
    end, start = left[-1], right[0]
    return (
        start in _CLOSING
        or end in _OPENING
        or end in _DIGITS
        or start in _DIGITS
        or (end in "/–-" and left[-2:-1] in _DIGITS)  # ๑/ว๔๘๑, but ภาษา/คณิตศาสตร์ may end a line at the stroke
        or (end in _LATIN and start in _LATIN)
        or left in _LETTERS
        or right in _LETTERS
        or (left == "สี" and right in _COLOURS)
        or any(left == one and right.startswith(other) for one, other in _ONE_WORD)
    )


def _cut_to_fit(piece: str, room: float, size: float, bold: bool) -> Iterator[str]:
    if piece.isspace() or glyphs.width(piece, size, bold=bold) <= room:
        yield piece
        return
    if len(words := _WITHIN.split(piece)) > 1:
        for word in words:
            yield from _cut_to_fit(word, room, size, bold)
        return
    line, used = "", 0.0
    for cluster in _CLUSTERS.findall(piece):
        wide = glyphs.width(cluster, size, bold=bold)
        if line and used + wide > room:
            yield line
            line, used = "", 0.0
        line, used = line + cluster, used + wide
    yield line
