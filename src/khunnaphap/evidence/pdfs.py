"""The look into a PDF before it is kept: whole, open to all, and with nothing in it that acts by itself.

No PDF library is asked: readers differ in what they make of a broken file, so the search does not follow the file's
own index. It looks at every byte and into everything that unpacks, whether a reader would get there or not.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Final

from khunnaphap.core.problems import Refusal
from khunnaphap.sheets import archives

from .kinds import damaged, encrypted
from .limits import MB

MAX_UNPACKED: Final = 128 * MB
MAX_STREAMS: Final = 60_000
_BLOCK: Final = 256 * 1024
_OVERLAP: Final = 64
_DICTIONARY: Final = 4096

PRINT_AGAIN: Final = "เปิดแฟ้มแล้วสั่งพิมพ์เป็น PDF (Print to PDF / Save as PDF) จะได้แฟ้มใหม่ที่ไม่มีส่วนนี้ แล้วส่งแฟ้มนั้น"

_ACTS: Final = {
    "JavaScript": "สคริปต์ (JavaScript)",
    "Rendition": "สื่อโต้ตอบ",
    "RichMedia": "สื่อโต้ตอบ",
    "Launch": "คำสั่งเปิดโปรแกรม",
    "EmbeddedFile": "แฟ้มอื่นฝังอยู่",
}
"""Long names: in 20 MB of packed bytes none of them comes up by chance."""
_SHORT: Final = {"JS": "สคริปต์ (JavaScript)", "XFA": "แบบฟอร์ม XFA"}
"""Names that chance writes into packed bytes: looked for only where objects are written."""


def _name(word: str) -> str:
    """A pattern of the name, also with its letters written as ``#4a``."""
    letters = []
    for letter in word:
        code = "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in f"{ord(letter):02x}")
        letters.append(f"(?:{letter}|#{code})")
    return "".join(letters)


def _names(words: dict[str, str], after: str = "") -> re.Pattern[bytes]:
    firsts = "".join(sorted({word[0] for word in words}))  # most of what follows a stroke is none of these
    return re.compile(
        (f"/(?=[#{firsts}])(?:" + "|".join(f"(?P<{word}>{_name(word)}{after})" for word in words) + ")").encode()
    )


_END_OF_NAME: Final = r"(?=[\s\x00()<>\[\]{}/%]|\Z)"
_ANYWHERE: Final = _names(_ACTS)
_IN_OBJECTS: Final = _names(_SHORT, _END_OF_NAME)
_ENCRYPT: Final = re.compile(f"/(?=[#E]){_name('Encrypt')}{_END_OF_NAME}".encode())
_OBJECTS: Final = re.compile(f"/(?=[#O]){_name('ObjStm')}{_END_OF_NAME}".encode())
_STREAM: Final = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\n|\r)?")
_PLAIN_FILTER: Final = re.compile(rb"/Filter\s*(?:\[\s*)?/(?:FlateDecode|Fl)(?=[\s\]/>])")
_NUMBERS_FIRST: Final = re.compile(rb"[\s\x00]*\d+\s+\d+")


def check_pdf(content: bytes) -> None:
    """``Refusal`` in words when the PDF is cut, encrypted, another file as well, or holds what acts by itself."""
    end = content.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in content[-4096:]:
        raise damaged("แฟ้ม PDF ", "ส่งแฟ้มต้นฉบับอีกครั้ง หรือสั่งพิมพ์เป็น PDF ใหม่")
    if content[end + 5 :].strip(b"\0 \t\r\n\f") or archives.ends_whole(content):
        raise Refusal("pdf-and-more", "แฟ้ม PDF นี้มีข้อมูลอื่นต่อท้าย", PRINT_AGAIN)
    if _ENCRYPT.search(content):
        raise encrypted()
    _look(content, objects=False)
    _look_into_streams(content)


def _look(content: bytes, *, objects: bool) -> None:
    found = _ANYWHERE.search(content) or (_IN_OBJECTS.search(content) if objects else None)
    if found is not None and found.lastgroup is not None:
        what = (_ACTS | _SHORT)[found.lastgroup]
        raise Refusal("pdf-active", f"แฟ้ม PDF มี{what}", PRINT_AGAIN)


def _look_into_streams(content: bytes) -> None:
    """Look into all that unpacks, and outside of it; object streams must be packed so that this sees them all."""
    packed = {found.start() for found in islice(_OBJECTS.finditer(content), MAX_STREAMS)}
    if len(packed) == MAX_STREAMS:
        raise _bomb()
    left, outside, before, ends = MAX_UNPACKED, 0, 0, True
    for number, keyword in enumerate(_STREAM.finditer(content), 1):
        if number > MAX_STREAMS:
            raise _bomb()
        if ends and keyword.start() > outside:
            _look(content[outside : keyword.start()], objects=True)
            outside = content.find(b"endstream", keyword.end())
            if outside < 0:  # the word in a text: nothing after it is a stream
                ends, outside = False, keyword.start()
        near, before = max(before, keyword.start() - _DICTIONARY), keyword.end()
        opens = max(content.rfind(b"obj", near, keyword.start()), near)
        dictionary = content[opens : keyword.start()]
        holds = _OBJECTS.search(dictionary)
        if holds is None and b"/Image" in dictionary:
            continue  # pixels, the bulk of a scan
        if holds is not None and not _is_plain(dictionary):
            raise _strange()
        taken, whole = _look_into(content, keyword.end(), left)
        left -= taken
        if holds is not None and (whole or b"/Filter" not in dictionary):
            packed.discard(opens + holds.start())
    _look(content[outside:], objects=True)
    if packed:
        raise _strange()


def _is_plain(dictionary: bytes) -> bool:
    """True when an object stream is packed as all programs pack it: once, by Flate, without more."""
    filters = dictionary.count(b"/Filter")
    if b"#" in dictionary or b"/DecodeParms" in dictionary or filters > 1:
        return False
    return not filters or _PLAIN_FILTER.search(dictionary) is not None


def _look_into(content: bytes, start: int, left: int) -> tuple[int, bool]:
    """Unpack what begins here, if anything does; gives how many bytes came out, and whether its end was reached."""
    taken, tail, objects = 0, b"", False
    for block, whole in _unpacked(content, start):
        seen = tail + block  # a name may lie across blocks, however small they are made
        if taken < _OVERLAP:
            objects = _NUMBERS_FIRST.match(seen) is not None
        taken += len(block)
        if taken > left:
            raise _bomb()
        _look(seen, objects=objects)
        tail = seen[-_OVERLAP:]
        if whole:
            return taken, True
    return taken, False


def _unpacked(content: bytes, start: int) -> Iterator[tuple[bytes, bool]]:
    """Blocks of what was packed from here on, each with whether it is the last; none when nothing was."""
    machine = zlib.decompressobj()
    size = 1024
    try:
        while start < len(content) and not machine.eof:
            piece = content[start : start + size]
            start, size = start + size, min(size * 4, _BLOCK)
            while piece and not machine.eof:
                block = machine.decompress(piece, _BLOCK)
                piece = machine.unconsumed_tail
                if block or machine.eof:
                    yield block, machine.eof
    except zlib.error:
        return


def _bomb() -> Refusal:
    return Refusal("pdf-bomb", "แฟ้ม PDF ขยายแล้วใหญ่หรือซับซ้อนผิดปกติ", PRINT_AGAIN)


def _strange() -> Refusal:
    return Refusal("pdf-strange", "แฟ้ม PDF มีโครงสร้างผิดปกติ ตรวจความปลอดภัยไม่ได้", PRINT_AGAIN)
