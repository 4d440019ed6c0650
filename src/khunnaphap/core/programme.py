"""What an area office did and said in a budget year, as values: the shape every way in and out shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from .letters import Letter
from .numbers import BAHT
from .thai.text import clean

StatementKind: TypeAlias = Literal["background", "preface", "progress", "success", "recommendation"]
STATEMENT_KINDS: Final[dict[StatementKind, str]] = {
    "background": "ที่มาของนโยบาย",
    "preface": "ภาพรวมการดำเนินงาน",
    "progress": "ความก้าวหน้ารายด้าน",
    "success": "ปัจจัยแห่งความสำเร็จ",
    "recommendation": "ข้อเสนอแนะ",
}
Direction: TypeAlias = Literal["received", "passed_on"]
DIRECTIONS: Final[dict[Direction, str]] = {"received": "ได้รับจัดสรร", "passed_on": "จัดสรรต่อ"}


@dataclass(frozen=True)
class Statement:
    """A sentence or paragraph of the office; ``area`` is the side of the work it speaks of, if any.

    ``to`` is whom a recommendation asks, if it says so.
    """

    kind: StatementKind
    text: str
    area: str = ""
    to: str = ""


@dataclass(frozen=True)
class Step:
    """One of the office's own steps: ``title`` as other parts name it, what introduces it, and when it was taken.

    ``number`` is its number in the office's process (ขั้นที่ 1); ``months`` are told without a day: ``begins`` and
    ``until`` are then the first of theirs.
    """

    title: str
    number: int | None = None
    introduction: str = ""
    begins: date | None = None
    until: date | None = None
    months: bool = False


@dataclass(frozen=True)
class Candidate:
    """A school proposed for its district (two a district), and whether it was chosen.

    ``proposed`` is the letter on the selection, ``announced`` the announcement of the chosen. ``number`` and
    ``announced_number`` are the places of the two in the office's own sequence (see ``sequence.py``).
    """

    school: str
    chosen: bool
    proposed: Letter | None = None
    announced: Letter | None = None
    number: int | None = None
    announced_number: int | None = None


@dataclass(frozen=True)
class Committee:
    """A committee and the order that appointed it; ``number`` and ``step`` as in ``Activity``."""

    name: str
    task: str = ""
    order: Letter | None = None
    number: int | None = None
    step: str = ""


@dataclass(frozen=True)
class Occasion:
    """Where and when an activity was held: a site, or a channel for a group of those who took part.

    ``whole_month``: no day is told; ``day`` (and ``until``) is then the first of the month that is.
    """

    day: date | None = None
    until: date | None = None
    begins: time | None = None
    ends: time | None = None
    place: str = ""
    group: str = ""
    whole_month: bool = False


@dataclass(frozen=True)
class Activity:
    """Something done; ``step`` is one of the office's own steps, if it has any.

    ``number`` is its place in the office's own sequence; ``None`` for the place it stands at in the account.
    ``organiser`` is empty when it is the office itself; ``series`` is the number in a series (ครั้งที่). An item
    that begins with a dash belongs under the one before it; more dashes, deeper.
    """

    title: str
    number: int | None = None
    step: str = ""
    organiser: str = ""
    series: int | None = None
    purpose: str = ""
    occasions: tuple[Occasion, ...] = ()
    chair: str = ""
    reporter: str = ""
    attendance: str = ""
    items: tuple[str, ...] = ()
    result: str = ""
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True)
class Submission:
    """A plan or report sent, or due; ``due_month``: due within the month of ``due``, no day told."""

    title: str
    to: str = ""
    due: date | None = None
    sent: date | None = None
    letter: Letter | None = None
    due_month: bool = False
    number: int | None = None
    step: str = ""


_AFTER_COLON: Final = re.compile(
    r"(?P<name>\S.*?)\s*:\s*(?P<amount>[-+−–]?\s?[\d฿.,].*|[^:]*(?:บาท|หมื่น|แสน|ล้าน)[^:]*)", re.ASCII
)
_IN_BAHT: Final = re.compile(
    r"(?P<name>\S.*?)\s+(?P<amount>(?:จำนวน(?:เงิน)?\s*)?"
    r"(?:[-+−–]?\d\S*?\s*(?:บาท(?:ถ้วน)?|\.-\s?(?:บาท)?)|฿\s?\d\S*)(?:\s*\d+\s*สตางค์)?(?:\s*\([^()]*\))?)",
    re.ASCII,
)
"""What stands in the place of an amount, so that it must be one."""


@dataclass(frozen=True)
class Party:
    """From whom, or to whom, money went; ``amount`` in baht where one of several has its own."""

    name: str
    amount: Decimal | None = None

    @classmethod
    def parse(cls, line: str) -> Party:
        """One line as people type it: a name, and after a colon (or before the word บาท) an amount of its own.

        ``Unreadable`` where a figure stands in the amount's place that is none: it is never taken for a name.
        """
        plain = clean(line)
        found = _AFTER_COLON.fullmatch(plain) or _IN_BAHT.fullmatch(plain)
        return cls(found["name"], BAHT.read(found["amount"])) if found else cls(plain)

    @property
    def line(self) -> str:
        """The line that ``parse`` reads back the same."""
        return self.name if self.amount is None else f"{self.name}: {self.amount:,.2f}"


@dataclass(frozen=True)
class Money:
    """Money received or passed on, of or to one or several; ``amount`` in baht in all, ``None`` where none is stated.

    ``year`` is the budget year (B.E.) that it is of, where it is not the account's.
    """

    direction: Direction
    amount: Decimal | None
    parties: tuple[Party, ...]
    plan: str = ""
    project: str = ""
    main_activity: str = ""
    budget_line: str = ""
    purpose: str = ""
    letter: Letter | None = None
    number: int | None = None
    step: str = ""
    year: int | None = None

    @property
    def total(self) -> Decimal | None:
        """The amount in all: as told, or the sum where each of the parties has its own."""
        amounts = [one.amount for one in self.parties if one.amount is not None]
        whole = bool(amounts) and len(amounts) == len(self.parties)
        return sum(amounts, Decimal(0)) if self.amount is None and whole else self.amount


@dataclass(frozen=True)
class Support:
    """Support from outside: who gave what, to which school (empty: to the office)."""

    giver: str
    what: str
    school: str = ""
    number: int | None = None
    step: str = ""


@dataclass(frozen=True)
class StaffingGap:
    """A post that is lacking, what was asked for and of whom (``to``)."""

    school: str
    post: str
    number: int
    asked: str = ""
    to: str = ""


@dataclass(frozen=True)
class Difficulty:
    """A problem, the way to solve it, and one or more expected results."""

    problem: str
    solution: str
    results: tuple[str, ...]


@dataclass(frozen=True)
class GoodPractice:
    """A model of a school, or (``school`` empty) of the office itself; ``steps`` in order."""

    title: str
    school: str = ""
    description: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfficeYear:
    """All of an office's account of a year; every part is optional, and in the office's own order."""

    statements: tuple[Statement, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    committees: tuple[Committee, ...] = ()
    activities: tuple[Activity, ...] = ()
    submissions: tuple[Submission, ...] = ()
    money: tuple[Money, ...] = ()
    support: tuple[Support, ...] = ()
    staffing: tuple[StaffingGap, ...] = ()
    difficulties: tuple[Difficulty, ...] = ()
    practices: tuple[GoodPractice, ...] = ()
    steps: tuple[Step, ...] = ()

    def step(self, title: str) -> Step:
        """What the office says of a step that its parts name; a step of that name alone where it says nothing."""
        plain = " ".join(title.split())
        return next((one for one in self.steps if " ".join(one.title.split()) == plain), Step(title))
