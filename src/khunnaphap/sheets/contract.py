"""The contract of our workbooks: sheets, columns and words. Published in ``docs/workbooks.md``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, TypeAlias

from khunnaphap.core.names import code
from khunnaphap.core.problems import Problem, Refusal

from .reading import Cell, Workbook

IDENTITY_SHEET: Final = "_khunnaphap"
LISTS_SHEET: Final = "_lists"
_USE_OURS: Final = "ใช้แบบที่ระบบออกให้ และอย่าแก้แผ่นที่ซ่อนไว้"
GUIDE_SHEET: Final = "คำชี้แจง"

ANSWERS_SHEET: Final = "แบบประเมิน"
FACTS_SHEET: Final = "ข้อมูลประกอบ"
HEADER_ROW: Final = 4
NO_KEY: Final = "A1"
"""Where a fault of the identity sheet is told when the sheet lacks the key."""

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

Kind: TypeAlias = Literal["school", "verification", "office", "register", "framework"]
KINDS: Final[tuple[Kind, ...]] = ("school", "verification", "office", "register", "framework")
CONTRACTS: Final[dict[Kind, tuple[str, ...]]] = {
    "school": ("1",),
    "verification": ("1",),
    "office": ("1", "2"),
    "register": ("1",),
    "framework": ("1", "2"),
}
"""The versions of each kind's contract that are read; the last one is written."""


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

    An office workbook has no edition, and its ``round`` is the budget year ("2567"). A framework workbook's
    ``edition`` and ``subject`` are the code and the digest of the edition that it was made from ("-" where it says
    none). ``cells`` are the cells of its keys' values in the file that it was read from, ``contract`` the version that
    it says there (empty for what is written now).
    """

    kind: Kind
    edition: str
    round: str
    subject: str
    cells: Mapping[str, str] = field(default_factory=dict, compare=False)
    contract: str = field(default="", compare=False)

    def placed(self, key: str, problem: Problem) -> Problem:
        """A problem of what the identity sheet says for a key ("round"), at its cell."""
        return problem.at(sheet=IDENTITY_SHEET, cell=self.cells.get(key, NO_KEY))


def subject_key(kind: Kind) -> str:
    """The identity sheet's key for whom the workbook is of."""
    return "school" if kind == "school" else "office"


def identity_rows(identity: Identity, name: str) -> list[tuple[str, str]]:
    """The identity as the hidden sheet's rows (key, value)."""
    contract = ("contract", CONTRACTS[identity.kind][-1])
    if identity.kind == "register":
        return [("kind", "register"), contract, ("name", name)]
    if identity.kind == "framework":
        made_from = [("edition", identity.edition), ("digest", identity.subject)]
        return [("kind", "framework"), contract, *made_from, ("name", name)]
    when = [("year", identity.round)]
    if identity.kind != "office":
        when = [("edition", identity.edition), ("round", identity.round)]
    return [
        ("kind", identity.kind),
        contract,
        *when,
        (subject_key(identity.kind), identity.subject),
        ("name", name),
    ]


def code_of(text: str) -> str:
    """A ministry code as text: ten digits, though a program may have stored it as a number."""
    joined = code(text)
    return joined.zfill(10) if joined.isdigit() else joined


@dataclass(frozen=True)
class Claims:
    """What the identity sheet says, key by key, before any of it is believed."""

    values: Mapping[str, str]
    cells: Mapping[str, str]

    @property
    def kind(self) -> Kind | None:
        """The kind, when it is one that we know."""
        said = self.values.get("kind", "").lower()
        return next((kind for kind in KINDS if kind == said), None)

    @property
    def round(self) -> str:
        """The round, or an office workbook's year, as far as the file says it."""
        return self.values.get("year" if self.kind == "office" else "round", "")

    def refusal(self, key: str, code: str, message: str, mend: str) -> Refusal:
        """A refusal at the cell of a key's value."""
        refusal = Refusal(code, message, mend)
        refusal.problem = refusal.problem.at(sheet=IDENTITY_SHEET, cell=self.cells.get(key, NO_KEY))
        return refusal


def claims_of(book: Workbook) -> Claims:
    """The identity sheet's pairs; ``Refusal`` when the workbook has no such sheet."""
    sheet = book.get(IDENTITY_SHEET)
    if sheet is None:
        there = ", ".join(f"“{name[:31]}”" for name in book.names[:8]) or "ไม่มี"
        raise Refusal(
            "not-our-workbook",
            f"สมุดงานนี้ไม่ใช่แบบของระบบ เพราะไม่มีแผ่น {IDENTITY_SHEET} (แผ่นที่พบ {there})",
            "ใช้แบบที่ระบบออกให้ (khunnaphap workbook) และอย่าลบแผ่นที่ซ่อนไว้",
        )
    values: dict[str, str] = {}
    cells: dict[str, str] = {}
    for row in range(1, sheet.last_row + 1):
        key, cell = sheet.cell("A", row).text.lower(), sheet.cell("B", row)
        if key and not key.startswith("#"):
            _check_said(key, cell, values)
            values[key], cells[key] = cell.text, cell.address
    return Claims(values, cells)


def _check_said(key: str, cell: Cell, before: Mapping[str, str]) -> None:
    """``Refusal`` at a cell of the identity sheet that cannot be read, or that contradicts what stands above it."""
    refusal = None
    if cell.error:
        refusal = Refusal("error-value", f"แผ่น {IDENTITY_SHEET} ({key}) แสดงข้อผิดพลาด {cell.error}", _USE_OURS)
    elif cell.unstored:
        message = f"แผ่น {IDENTITY_SHEET} ({key}) เป็นสูตรที่ไม่มีค่าเก็บไว้ จึงไม่ทราบว่าเป็นแบบใด"
        refusal = Refusal("formula-without-value", message, f"พิมพ์ค่าลงในช่องแทนสูตร หรือ{_USE_OURS}")
    elif before.get(key, cell.text) != cell.text:
        message = f"แผ่น {IDENTITY_SHEET} ระบุ {key} สองครั้งไม่ตรงกัน (“{before[key][:40]}” และ “{cell.text[:40]}”)"
        refusal = Refusal("identity-twice", message, _USE_OURS)
    if refusal:
        refusal.problem = refusal.problem.at(sheet=IDENTITY_SHEET, cell=cell.address)
        raise refusal


def identity_of(claims: Claims) -> Identity:
    """The claims as an identity that is whole; ``Refusal`` at the cell that is not."""
    said, kind = claims.values, claims.kind
    if kind is None:
        what = said.get("kind", "")[:40]
        mend = "ใช้แบบที่ระบบออกให้ (khunnaphap workbook)"
        raise claims.refusal("kind", "kind-unknown", f"ไม่รู้จักชนิดของแบบ “{what}”", mend)
    contract = said.get("contract", "")
    if contract not in CONTRACTS[kind]:
        message = f"แบบนี้เป็นรุ่น “{contract[:40]}” ระบบนี้อ่านรุ่น {' และ '.join(CONTRACTS[kind])}"
        raise claims.refusal("contract", "contract-unknown", message, "ขอแบบใหม่จากระบบนี้ แล้วคัดลอกคำตอบลงไป")
    if kind == "register":
        return Identity("register", "-", "-", "-", claims.cells, contract)
    if kind == "framework":
        base, digest = said.get("edition") or "-", said.get("digest") or "-"
        return Identity("framework", base, "-", digest, claims.cells, contract)
    keys = ["year"] if kind == "office" else ["edition", "round"]
    lacking = [key for key in (*keys, subject_key(kind)) if not said.get(key)]
    if lacking:
        message = f"แผ่น {IDENTITY_SHEET} ไม่ระบุ {', '.join(lacking)}"
        raise claims.refusal(lacking[0], "identity-lacking", message, "ใช้แบบที่ระบบออกให้ และอย่าแก้แผ่นที่ซ่อนไว้")
    subject = said[subject_key(kind)]
    return Identity(
        kind=kind,
        edition="-" if kind == "office" else said["edition"],
        round=claims.round,
        subject=code_of(subject) if kind == "school" else subject,
        cells=claims.cells,
        contract=contract,
    )
