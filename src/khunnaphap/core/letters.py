"""Official letters, orders and announcements: parsed from one pasted line and written back the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from .thai.dates import DateError, long_date, parse_date
from .thai.text import clean

LetterKind: TypeAlias = Literal["letter", "order", "announcement", "memo"]
KINDS: Final[dict[LetterKind, str]] = {
    "letter": "หนังสือ", "order": "คำสั่ง", "announcement": "ประกาศ", "memo": "บันทึกข้อความ",
}  # fmt: skip
URGENCIES: Final = ("ด่วนที่สุด", "ด่วนมาก", "ด่วน")

_URGENCY: Final = "|".join(URGENCIES)
_LINE: Final = re.compile(
    rf"\(?(?:ตาม|อ้างถึง\s*)?(?P<kind>{'|'.join(KINDS.values())})\s?(?P<sender>\S.*?)"
    rf"(?:\s*(?P<glued>ด่วนที่สุด|ด่วนมาก)|\s+(?P<urgency>{_URGENCY}))?"
    rf"(?:(?:(?:\s+|(?<={')|(?<='.join(URGENCIES)}))ที่(?:\s+|(?=[ก-ฮ]{{2,4}}\.?\s?\d))|(?<!พื้น)ที่\s*(?=\d+/25\d\d\b))"
    r"(?P<number>\S.*?))?"
    r"(?:\s+เรื่อง\s+(?P<early>\S.*?))?"
    r"\s+(?:ลงวันที่\s+|(?:(?:สั่ง|ประกาศ)\s+)?ณ\s?วันที่\s+|ลว\.\s*)(?P<dated>\d{1,2}\s*\S+\s*(?:พ\.ศ\.\s*)?\d{2,4})"
    r"(?:\s+เรื่อง\s+(?P<subject>.+?))?\)?"
)
"""A citation as papers have it, or as it is copied from the letter's own foot: สั่ง ณ วันที่ 30 เมษายน พ.ศ. 2567."""
_LETTER_NUMBER: Final = re.compile(
    r"[ก-ฮ]{1,4}\.?\s?\d{4,6}(?:\.\d{1,3})*/(?:(?:ว\.?\s?)?\d{1,6}|(?:ว\s?)?พิเศษ(?:\s?\d{1,6})?|ลับ(?:มาก|ที่สุด)?\s?\d{1,6})"
)
_ORDER_NUMBER: Final = re.compile(r"(?:(?<![ก-๎])(?:[ก-ฮ]{1,4}\.?|พิเศษ)\s?)?(?<!\d)\d{1,5}/25\d\d")
"""Orders of ministries and of OBEC bear the sender's letters: สพฐ. 512/2567."""
_BY_CODE: Final = re.compile("สำนัก|กระทรวง|กรม|จังหวัด|อำเภอ|โรงเรียน|ศูนย์|มหาวิทยาลัย|คณะกรรมการ|สพ[ฐปม]|ศธ|ศึกษาธิการ|กลุ่ม")
"""Who numbers letters by the state's codes (ศธ 04008.1/ว481). A temple, a company or a foundation numbers as it likes, or not at all."""
_SPACELESS: Final = re.compile(r"^([ก-ฮ]{1,4}\.?)(?=\d)")
_SHORTENED: Final = re.compile("[ก-ฮะ-๎]{1,6}\\.")
"""A sender that begins with an abbreviation stands apart: หนังสือ สพฐ."""
_SLASH: Final = re.compile(r"\s*/\s*")
_NUMBERS: Final = re.compile(rf"{_LETTER_NUMBER.pattern}|{_ORDER_NUMBER.pattern}(?!\d)")


@dataclass(frozen=True)
class Letter:
    """A letter (หนังสือ), order (คำสั่ง), announcement (ประกาศ) or memorandum (บันทึกข้อความ).

    ``number`` is written without ที่ ("ศธ 04008.1/ว481", "155/2567"); an announcement or a memorandum may have none.
    """

    kind: LetterKind
    sender: str
    dated: date
    number: str = ""
    urgency: str = ""
    subject: str = ""

    @property
    def numbered_year(self) -> int | None:
        """The year (B.E.) that the number itself tells ("155/2567"), if it does."""
        return int(self.number[-4:]) if _ORDER_NUMBER.fullmatch(self.number) else None

    def cited(self) -> str:
        """The line as papers cite it, without brackets (Arabic digits: papers convert)."""
        apart = " " if _SHORTENED.match(self.sender) else ""
        joint = "ณ วันที่" if self.kind == "announcement" and not self.number else "ลงวันที่"
        parts = [
            f"{KINDS[self.kind]}{apart}{self.sender}",
            self.urgency,
            f"ที่ {self.number}" if self.number else "",
            f"{joint} {long_date(self.dated)}",
            f"เรื่อง {self.subject}" if self.subject else "",
        ]
        return " ".join(part for part in parts if part)


class LetterError(ValueError):
    """A line is no citation of a letter; ``code`` says why, for the problem at its cell."""

    def __init__(self, code: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.code, self.mend = code, mend


_EXAMPLE: Final = "เช่น “หนังสือสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน ด่วนที่สุด ที่ ศธ 04008.1/ว481 ลงวันที่ 25 มิถุนายน 2567”"


def short_number(line: str) -> str:
    """The number of a letter that is cited by its number alone ("155/2567", "ที่ ศธ 04008.1/ว481"), or nothing."""
    plain = _as_written(clean(line).removeprefix("ที่").strip())
    return plain if _ORDER_NUMBER.fullmatch(plain) or _LETTER_NUMBER.fullmatch(plain) else ""


_ANNOUNCED: Final = re.compile(
    r"\(?(?:ตาม)?ประกาศ\s*(?:ลงวันที่|(?:ประกาศ\s+)?ณ\s?วันที่)\s+(?P<dated>\d{1,2}\s*\S+\s*(?:พ\.ศ\.\s*)?\d{2,4})\)?"
)
"""An announcement cited by its day alone, because it bears no number."""


def short_announcement(line: str) -> str:
    """An announcement that is cited by its day alone ("ประกาศ ณ วันที่ 21 ธันวาคม 2566"), as it is known by, or nothing."""
    found = _ANNOUNCED.fullmatch(clean(line))
    if found is None:
        return ""
    try:
        return announced_on(parse_date(found["dated"]))
    except DateError:
        return ""


def announced_on(day: date) -> str:
    """What an announcement without a number is known by."""
    return f"ประกาศ ณ วันที่ {long_date(day)}"


def numbers_in(text: str) -> list[str]:
    """The numbers of letters and orders that a text shows, though it may be no citation."""
    return [found[0] for found in _NUMBERS.finditer(clean(text))]


def parse_letter(line: str) -> Letter:
    """Read one pasted line; ``LetterError`` (or its code ``date-…``) names what is wrong with it."""
    text = clean(line)
    match = _LINE.fullmatch(text)
    if match is None:
        raise LetterError("letter-unknown", f"อ่านได้ “{text[:80]}” ซึ่งไม่ใช่การอ้างหนังสือ", f"เขียนให้ครบ {_EXAMPLE}")
    kind = next(key for key, word in KINDS.items() if word == match["kind"])
    try:
        dated = parse_date(match["dated"])
    except DateError as error:
        raise LetterError(error.code, str(error), "เขียนวันที่ของหนังสือ เช่น 25 มิถุนายน 2567") from error
    number, sender = _as_written(match["number"] or ""), match["sender"]
    free = kind == "letter" and not _BY_CODE.match(sender)
    if kind in ("letter", "order") and not number and not free:
        raise LetterError("letter-number", f"อ่านได้ “{text[:80]}” ซึ่งไม่มีเลขที่", f"ใส่เลขที่หลังคำว่า “ที่” {_EXAMPLE}")
    shapes = (_LETTER_NUMBER,) if kind == "letter" and not free else (_LETTER_NUMBER, _ORDER_NUMBER)
    if number and not any(shape.fullmatch(number) for shape in shapes):
        raise LetterError(
            "letter-number", f"เลขที่หนังสือ “{number}” ผิดรูปแบบ", "เขียนเป็น ศธ 04008.1/ว481 หรือเลขคำสั่ง 155/2567"
        )
    subject = " ".join(part for part in (match["early"], match["subject"]) if part)
    return Letter(kind, sender, dated, number, match["glued"] or match["urgency"] or "", subject)


def _as_written(number: str) -> str:
    """A number as offices write it: "ศธ04008.1 / ว.481" is ศธ 04008.1/ว481."""
    return _SPACELESS.sub(r"\1 ", _SLASH.sub("/", number)).replace("/ว.", "/ว")
