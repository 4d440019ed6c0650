"""Words that a paper puts before a text, and that people may have typed there themselves: printed once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .phrasing import after

_ENDS: Final = re.compile(r"\s*(?:ดังนี้|ดังต่อไปนี้|ได้แก่|คือ)\s*:?\s*$")
"""What opens a list: papers say it where the list stands."""


@dataclass(frozen=True)
class Opening:
    """``says`` stands before a text, ``closes`` after it; ``typed`` and ``ended`` are how people type the same."""

    says: str
    typed: re.Pattern[str]
    closes: str = ""
    ended: re.Pattern[str] | None = None
    apart: bool = False
    """Whether a space stands between the opening and what follows."""

    def bare(self, text: str) -> str:
        """The text without what was typed of the opening, however often; never nothing of something."""
        plain = text.strip()
        while (found := self.typed.match(plain)) and found.end() and (rest := plain[found.end() :].lstrip(" :：-–")):
            plain = rest
        return plain

    def before(self, text: str) -> str:
        """The text behind its opening, with its closing; nothing stays nothing."""
        plain = self.bare(text)
        if not plain:
            return ""
        whole = f"{self.says} {plain}" if self.apart else after(self.says, plain)
        closed = not self.closes or (self.ended is not None and self.ended.search(plain) is not None)
        return whole if closed else f"{whole} {self.closes}"


def _typed(*ways: str) -> re.Pattern[str]:
    return re.compile("|".join(ways))


_HELD: Final = "(?:การ)?(?:ประชุม|อบรม|สัมมนา|งาน|กิจกรรม|โครงการ|พิธี)"
_FOR: Final = r"เพื่อ(?!น(?:ช่วย|ครู|ร่วม|นักเรียน|บ้าน|คู่|คิด|สนิท|รัก|ใหม่|ต่าง|ที่|ผู้|เรียน|สอน|พี่|\s|ๆ|$))"
"""เพื่อนิเทศ is for supervision; เพื่อนช่วยเพื่อน is friends."""
PURPOSE: Final = Opening(
    "เพื่อ",
    _typed(
        "(?:(?:โดย)?มี|โดย)?(?:วัตถุประสงค์|จุดประสงค์|จุดมุ่งหมาย|ความมุ่งหมาย)(?:ของ(?:การจัด)?"
        + _HELD
        + rf")?\s*(?:คือ|:)?\s*(?:{_FOR})?",
        f"(?:ทั้งนี้|โดย)?{_FOR}(?:ที่จะ)?",
    ),
)
PEOPLE: Final = Opening(
    "ผู้เข้าร่วมประกอบด้วย",
    _typed(
        "(?:โดย)?(?:และ)?(?:มี)?ผู้(?:ที่)?(?:เข้าร่วม|ร่วม)(?:"
        + _HELD
        + r")*(?:ในครั้งนี้|ครั้งนี้)?\s*(?:ประกอบ(?:ไป)?ด้วย|ได้แก่|คือ|มี|เป็น|:)\s*",
        r"(?:โดย)?(?:ประกอบ(?:ไป)?ด้วย|ได้แก่)\s*",
        "โดยมี(?!ส่วน)",
    ),
    apart=True,
)
CHAIR: Final = Opening(
    "โดยมี",
    _typed(r"โดย(?:มี)?\s*", r"(?:และ)?มี\s+", rf"(?:ประธาน)(?:ใน|ของ)?(?:{_HELD}|เปิดงาน)?\s*(?:คือ|ได้แก่|:)\s*"),
    "เป็นประธาน",
    re.compile("ประธาน"),
)
REPORTER: Final = Opening(
    "โดยมี",
    _typed(r"โดย(?:มี)?\s*", r"(?:และ)?มี\s+", r"ผู้กล่าวรายงาน\s*(?:คือ|ได้แก่|:)\s*"),
    "เป็นผู้กล่าวรายงาน",
    re.compile("กล่าวรายงาน"),
)
ALSO_REPORTER: Final = Opening("และมี", REPORTER.typed, REPORTER.closes, REPORTER.ended)
ORGANISER: Final = Opening("", _typed(r"(?:จัด|ดำเนินการ)?โดย\s*", r"ผู้จัด\s*(?:คือ|:)\s*", r"หน่วยงานที่จัด\s*(?:คือ|:)?\s*"))
SENT_TO: Final = Opening("ส่งถึง", _typed(r"(?:จัด)?ส่ง(?:ถึง|ให้แก่|ให้|ต่อ|ไปยัง)\s*", r"ถึง\s+", r"(?:เสนอ|รายงาน)ต่อ\s*"))
ASKED_OF: Final = Opening("เสนอต่อ", _typed(r"(?:ข้อ)?เสนอ(?:ต่อ|แนะต่อ)\s*", r"ต่อ\s+", r"ถึง\s+"))
APPOINTED: Final = Opening("แต่งตั้ง", _typed(r"(?:คำสั่ง|มีการ|ได้)?แต่งตั้ง"))
PLAN: Final = Opening("แผนงาน", _typed(r"แผนงาน\s*(?::\s*)?"))
PROJECT: Final = Opening("โครงการ", _typed(r"โครงการ\s*(?::\s*)?"))
MAIN_ACTIVITY: Final = Opening("กิจกรรมหลัก", _typed(r"กิจกรรมหลัก\s*(?::\s*)?"))
FROM: Final = Opening("จาก", _typed(r"(?:ได้รับ(?:จัดสรร)?)?จาก\s*"))
GIVEN_TO: Final = Opening("ให้แก่", _typed(r"(?:จัดสรร)?(?:ให้แก่|ให้กับ)\s*", r"(?:แก่|ให้)\s+"))
SUPPORTED: Final = Opening("สนับสนุน", _typed(r"(?:ให้การ|ได้|ให้)?สนับสนุน\s*"))
GIVER: Final = Opening("", _typed(r"(?:ได้)?รับการสนับสนุนจาก\s*", r"ผู้สนับสนุน\s*(?:คือ|:)\s*", r"จาก\s+"))
LACKING: Final = Opening("ขาด", _typed("(?:ยัง)?ขาด(?:แคลน)?(?:อัตรากำลัง)?"))
OPENINGS: Final = (
    PURPOSE, PEOPLE, CHAIR, REPORTER, SENT_TO, ASKED_OF, APPOINTED, PLAN, PROJECT, MAIN_ACTIVITY, FROM, GIVEN_TO,
    SUPPORTED, LACKING,
)  # fmt: skip
"""Every opening that says something itself."""


def without_end(text: str) -> str:
    """A text without the words that open a list after it (… ดังนี้)."""
    return _ENDS.sub("", text)


def dashed(text: str) -> str:
    """Dashes of a list typed in one line, as words: "- ครู 24 คน - ผู้ปกครอง 10 คน" is ครู 24 คน และผู้ปกครอง 10 คน."""
    if not text.startswith(("- ", "– ", "• ")):
        return text
    *first, last = (one.strip() for one in re.split(r"(?:^|\s)[-–•]\s", text) if one.strip())
    return f"{' '.join(first)} {after('และ', last)}" if first else last


def without_name(text: str, *names: str) -> str:
    """A title without the name of who does it, where that was typed before it."""
    for name in names:
        if name and text.startswith(name) and (rest := text[len(name) :].strip()):
            return rest
    return text


def unnumbered_series(title: str, series: int | None) -> str:
    """A title without its number in the series, where that is printed after it."""
    return re.sub(rf"\s*\(?ครั้งที่ ?{series}\)?$", "", title) if series else title
