"""What an area office did and said in a budget year, as values: the shape every way in and out shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from .letters import Letter

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
    """A sentence or paragraph of the office; ``area`` is the side of the work it speaks of, if any."""

    kind: StatementKind
    text: str
    area: str = ""


@dataclass(frozen=True)
class Candidate:
    """A school proposed for a district (two a district); ``announced`` cites the announcement when chosen."""

    school: str
    chosen: bool
    announced: Letter | None = None


@dataclass(frozen=True)
class Committee:
    """A committee and the order that appointed it."""

    name: str
    task: str = ""
    order: Letter | None = None


@dataclass(frozen=True)
class Occasion:
    """Where and when an activity was held: a site, or a channel for a group of those who took part."""

    day: date | None = None
    until: date | None = None
    begins: time | None = None
    ends: time | None = None
    place: str = ""
    group: str = ""


@dataclass(frozen=True)
class Activity:
    """Something done, in the office's own order; ``step`` is one of its own steps, if it has any.

    ``organiser`` is empty when it is the office itself; ``series`` is the number in a series (ครั้งที่).
    """

    title: str
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
    """A plan or report sent, or due."""

    title: str
    to: str = ""
    due: date | None = None
    sent: date | None = None
    letter: Letter | None = None


@dataclass(frozen=True)
class Money:
    """Money received or passed on; ``amount`` in baht, ``None`` where none is stated."""

    direction: Direction
    amount: Decimal | None
    party: str
    plan: str = ""
    project: str = ""
    main_activity: str = ""
    budget_line: str = ""
    purpose: str = ""
    letter: Letter | None = None


@dataclass(frozen=True)
class Support:
    """Support from outside: who gave what, to which school (empty: to the office)."""

    giver: str
    what: str
    school: str = ""


@dataclass(frozen=True)
class StaffingGap:
    """A post that is lacking and what was asked for."""

    school: str
    post: str
    number: int
    asked: str = ""


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
    steps: tuple[tuple[str, str], ...] = ()


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
