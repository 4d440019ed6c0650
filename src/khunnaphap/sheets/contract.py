"""The contract of our workbooks: sheets, columns and words. Published in ``docs/workbooks.md``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from khunnaphap.core.problems import Refusal
from khunnaphap.core.thai.text import clean

from .reading import Sheet

CONTRACT: Final = "1"
IDENTITY_SHEET: Final = "_khunnaphap"
LISTS_SHEET: Final = "_lists"
GUIDE_SHEET: Final = "คำชี้แจง"

ANSWERS_SHEET: Final = "แบบประเมิน"
FACTS_SHEET: Final = "ข้อมูลประกอบ"
HEADER_ROW: Final = 4

VERIFY_SHEET: Final = "ตรวจสอบ"
SCHOOLS_SHEET: Final = "โรงเรียน"

NA_CHOICE: Final = "N/A ไม่เกี่ยวข้อง"
NA_WORDS: Final = frozenset({"n/a", "na", "ไม่เกี่ยวข้อง", "n/a ไม่เกี่ยวข้อง"})
AGREE: Final = "เห็นตาม"
YES_WORD: Final = "ใช่"
NO_WORD: Final = "ไม่ใช่"
YES_WORDS: Final = frozenset({"มี", "ใช่", "yes", "y", "true", "1"})
NO_WORDS: Final = frozenset({"ไม่มี", "ไม่ใช่", "ไม่", "no", "n", "false", "0"})

MAX_REASON: Final = 500
MAX_REMARK: Final = 2000

Kind: TypeAlias = Literal["school", "verification"]


@dataclass(frozen=True)
class Columns:
    """Column letters of a sheet with their headings, in order; ``first`` is the header row's number."""

    sheet: str
    headings: dict[str, str]
    header_row: int = HEADER_ROW

    def letter(self, heading: str) -> str:
        """The column under this heading."""
        return next(letter for letter, title in self.headings.items() if title == heading)


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
    """What a workbook says it is: ``subject`` is the school's ministry code or the office's code."""

    kind: Kind
    edition: str
    round: str
    subject: str


def identity_rows(identity: Identity, name: str) -> list[tuple[str, str]]:
    """The identity as the hidden sheet's rows (key, value)."""
    subject = "school" if identity.kind == "school" else "office"
    return [
        ("kind", identity.kind),
        ("contract", CONTRACT),
        ("edition", identity.edition),
        ("round", identity.round),
        (subject, identity.subject),
        ("name", name),
    ]


def identify(sheets: dict[str, Sheet]) -> Identity:
    """Which kind of workbook, edition, round and school or office; ``Refusal`` when it is none of ours."""
    sheet = sheets.get(IDENTITY_SHEET)
    if sheet is None:
        raise Refusal(
            "not-our-workbook",
            f"สมุดงานนี้ไม่ใช่แบบของระบบ ไม่มีแผ่น {IDENTITY_SHEET} แผ่นที่พบคือ {', '.join(sheets) or 'ไม่มี'}",
            "ใช้แบบที่ระบบออกให้ (khunnaphap workbook) และอย่าลบแผ่นที่ซ่อนไว้",
        )
    said = {clean(sheet.cell("A", row).text).lower(): sheet.cell("B", row).text for row in range(1, sheet.last_row + 1)}
    kind = said.get("kind", "")
    if kind not in ("school", "verification"):
        raise Refusal("kind-unknown", f"ไม่รู้จักชนิดของแบบ “{kind}”", "ใช้แบบที่ระบบออกให้ (khunnaphap workbook)")
    if said.get("contract") != CONTRACT:
        raise Refusal(
            "contract-unknown",
            f"แบบนี้เป็นรุ่น “{said.get('contract', '')}” ระบบนี้อ่านรุ่น {CONTRACT}",
            "ขอแบบใหม่จากระบบรุ่นนี้ แล้วคัดลอกคำตอบลงไป",
        )
    subject = said.get("school" if kind == "school" else "office", "").replace(" ", "")
    if kind == "school" and subject.isdigit():
        subject = subject.zfill(10)
    identity = Identity(
        "school" if kind == "school" else "verification", said.get("edition", ""), said.get("round", ""), subject
    )
    lacking = [key for key, value in (("edition", identity.edition), ("round", identity.round)) if not value]
    if lacking or not subject:
        raise Refusal(
            "identity-lacking",
            f"แผ่น {IDENTITY_SHEET} ไม่ระบุ {', '.join(lacking or ['school/office'])}",
            "ใช้แบบที่ระบบออกให้ และอย่าแก้แผ่นที่ซ่อนไว้",
        )
    return identity
