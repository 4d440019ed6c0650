"""The contract of our workbooks: sheets, columns and words. Published in ``docs/workbooks.md``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeAlias

from khunnaphap.core.problems import Refusal

from .reading import Workbook

CONTRACT: Final = "1"
IDENTITY_SHEET: Final = "_khunnaphap"
LISTS_SHEET: Final = "_lists"
GUIDE_SHEET: Final = "คำชี้แจง"

ANSWERS_SHEET: Final = "แบบประเมิน"
FACTS_SHEET: Final = "ข้อมูลประกอบ"
HEADER_ROW: Final = 4

VERIFY_SHEET: Final = "ตรวจสอบ"
SCHOOLS_SHEET: Final = "โรงเรียน"

READ_SHEETS: Final = (IDENTITY_SHEET, ANSWERS_SHEET, FACTS_SHEET, VERIFY_SHEET, SCHOOLS_SHEET)
"""The sheets that are read; all others are the people's own."""

NA_CHOICE: Final = "N/A ไม่เกี่ยวข้อง"
NA_WORDS: Final = frozenset({"n/a", "na", "ไม่เกี่ยวข้อง", "n/a ไม่เกี่ยวข้อง"})
AGREE: Final = "เห็นตาม"
YES_WORD: Final = "ใช่"
NO_WORD: Final = "ไม่ใช่"
YES_WORDS: Final = frozenset({"มี", "ใช่", "yes", "y", "true", "1"})
NO_WORDS: Final = frozenset({"ไม่มี", "ไม่ใช่", "ไม่", "no", "n", "false", "0"})

MAX_REASON: Final = 500
MAX_REMARK: Final = 2000

Kind: TypeAlias = Literal["school", "verification", "office"]


@dataclass(frozen=True)
class Columns:
    """Column letters of a sheet with their headings, in order; ``first`` is the header row's number."""

    sheet: str
    headings: dict[str, str]
    header_row: int = HEADER_ROW

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """The column letter of each heading."""
        return {title: letter for letter, title in self.headings.items()}


def answers_columns(level_choices: tuple[str, ...]) -> Columns:
    """Columns of ``แบบประเมิน``; one for the sentence of each level ("1 กำลังพัฒนา", …)."""
    titles = ["ข้อ", "ตัวชี้วัด", *level_choices, "รอบก่อน", "ระดับ", "เหตุผล", "หมายเหตุ"]
    return Columns(ANSWERS_SHEET, {chr(65 + place): title for place, title in enumerate(titles)})


FACTS_COLUMNS: Final = Columns(
    FACTS_SHEET,
    {"A": "รหัส", "B": "รายการ", "C": "หน่วย", "D": "ค่าอ้างอิง", "E": "รอบก่อน", "F": "ค่า", "G": "คำอธิบาย"},
)
VERIFY_COLUMNS: Final = Columns(
    VERIFY_SHEET,
    {
        "A": "รหัสโรงเรียน", "B": "โรงเรียน", "C": "ข้อ", "D": "ตัวชี้วัด", "E": "โรงเรียนประเมิน",
        "F": "เหตุผลและหมายเหตุของโรงเรียน", "G": "ระดับที่ตรวจสอบ", "H": "ข้อสังเกตของผู้ตรวจสอบ",
    },
)  # fmt: skip
SCHOOLS_COLUMNS: Final = Columns(
    SCHOOLS_SHEET,
    {"A": "รหัสโรงเรียน", "B": "โรงเรียน", "C": "สถานะ", "D": "ตอบแล้ว", "E": "ผลประเมินตนเอง", "F": "เห็นตามทุกข้อที่เว้นว่าง"},
)  # fmt: skip


@dataclass(frozen=True)
class Identity:
    """What a workbook says it is: ``subject`` is the school's ministry code or the office's code.

    An office workbook has no edition, and its ``round`` is the budget year ("2567").
    """

    kind: Kind
    edition: str
    round: str
    subject: str


def subject_key(kind: Kind) -> str:
    """The identity sheet's key for whom the workbook is of."""
    return "school" if kind == "school" else "office"


def identity_rows(identity: Identity, name: str) -> list[tuple[str, str]]:
    """The identity as the hidden sheet's rows (key, value)."""
    when = [("year", identity.round)]
    if identity.kind != "office":
        when = [("edition", identity.edition), ("round", identity.round)]
    return [
        ("kind", identity.kind),
        ("contract", CONTRACT),
        *when,
        (subject_key(identity.kind), identity.subject),
        ("name", name),
    ]


def code_of(text: str) -> str:
    """A ministry code as text: ten digits, though a program may have stored it as a number."""
    joined = text.replace(" ", "")
    return joined.zfill(10) if joined.isdigit() else joined


def _refusal(code: str, message: str, mend: str) -> Refusal:
    refusal = Refusal(code, message, mend)
    refusal.problem = refusal.problem.at(sheet=IDENTITY_SHEET)
    return refusal


def identify(book: Workbook) -> Identity:
    """Which kind of workbook, edition, round and school or office; ``Refusal`` when it is none of ours."""
    sheet = book.get(IDENTITY_SHEET)
    if sheet is None:
        there = ", ".join(f"“{name[:31]}”" for name in book.names[:8]) or "ไม่มี"
        raise Refusal(
            "not-our-workbook",
            f"สมุดงานนี้ไม่ใช่แบบของระบบ เพราะไม่มีแผ่น {IDENTITY_SHEET} (แผ่นที่พบ {there})",
            "ใช้แบบที่ระบบออกให้ (khunnaphap workbook) และอย่าลบแผ่นที่ซ่อนไว้",
        )
    said = {sheet.cell("A", row).text.lower(): sheet.cell("B", row).text for row in range(1, sheet.last_row + 1)}
    kind = said.get("kind", "").lower()
    if kind not in ("school", "verification", "office"):
        raise _refusal("kind-unknown", f"ไม่รู้จักชนิดของแบบ “{kind[:40]}”", "ใช้แบบที่ระบบออกให้ (khunnaphap workbook)")
    if said.get("contract") != CONTRACT:
        raise _refusal(
            "contract-unknown",
            f"แบบนี้เป็นรุ่น “{said.get('contract', '')[:40]}” ระบบนี้อ่านรุ่น {CONTRACT}",
            "ขอแบบใหม่จากระบบนี้ แล้วคัดลอกคำตอบลงไป",
        )
    if kind == "school":
        identity = Identity("school", said.get("edition", ""), said.get("round", ""), code_of(said.get("school", "")))
    elif kind == "verification":
        identity = Identity("verification", said.get("edition", ""), said.get("round", ""), said.get("office", ""))
    else:
        identity = Identity("office", "-", said.get("year", ""), said.get("office", ""))
    when = "year" if kind == "office" else "round"
    keys = {"edition": identity.edition, when: identity.round, subject_key(identity.kind): identity.subject}
    lacking = [key for key, value in keys.items() if not value]
    if lacking:
        raise _refusal(
            "identity-lacking",
            f"แผ่น {IDENTITY_SHEET} ไม่ระบุ {', '.join(lacking)}",
            "ใช้แบบที่ระบบออกให้ และอย่าแก้แผ่นที่ซ่อนไว้",
        )
    return identity
