"""What may stand in a column of a table: read from its cell strictly, and written so that it reads back the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal, NamedTuple, TypeAlias, TypeVar

from khunnaphap.core.edition import exact_number, number_text
from khunnaphap.core.letters import Letter, LetterError, parse_letter, short_announcement, short_number
from khunnaphap.core.names import district_name, province_name, school_name
from khunnaphap.core.numbers import BAHT, COUNT, DEGREES, KM, MEAN, Kind
from khunnaphap.core.problems import Unreadable
from khunnaphap.core.programme import Party
from khunnaphap.core.thai.dates import (
    DateError,
    hours,
    long_date,
    month_year,
    parse_date,
    parse_days,
    parse_hours,
    parse_month,
)
from khunnaphap.core.thai.text import clean, one_line, unnumbered

from .contract import NO_WORD, NO_WORDS, YES_WORD, YES_WORDS
from .reading import Cell, Reader

FieldKind: TypeAlias = Literal[
    "text",
    "name",
    "names",
    "code",
    "codes",
    "land",
    "school",
    "province",
    "provinces",
    "district",
    "shown",
    "paragraphs",
    "lines",
    "item",
    "date",
    "day-or-month",
    "days",
    "hours",
    "parties",
    "count",
    "money",
    "km",
    "mean",
    "degrees",
    "letter",
    "letters",
    "choice",
    "yes-no",
    "wording",
    "wordings",
    "exact",
    "exacts",
]
_Day = TypeVar("_Day")
_DATE_MEND: Final = "เขียนเป็นวันที่ เช่น 26 มิถุนายน 2567 หรือ 26/6/2567"
_HOURS_MEND: Final = "เขียนเป็นเวลา เช่น 15.00 - 16.30 น."
_NUMBERS: Final[Mapping[str, Kind]] = {"count": COUNT, "money": BAHT, "km": KM, "mean": MEAN, "degrees": DEGREES}
"""How each kind of number is read."""


@dataclass(frozen=True)
class Field:
    """A column: its heading, the name of its value, what may stand in it, and how wide it is (in characters)."""

    heading: str
    name: str
    kind: FieldKind = "text"
    width: float = 24
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    limit: int = 500
    look: str = "entry"


class Days(NamedTuple):
    """A day, or the first and the last of several; ``whole_month``: no day was told, ``first`` is the month's first."""

    first: date
    last: date | None = None
    whole_month: bool = False


@dataclass(frozen=True)
class Short:
    """A letter cited by its number alone, or an announcement by its day; ``citations.whole`` puts it in its place."""

    number: str


def read_value(reader: Reader, cell: Cell, spec: Field) -> Any:
    """The value of a cell by its column's kind; what cannot be read for certain is a problem at the cell."""
    match spec.kind:
        case "shown":
            return None
        case "name" | "code" | "school" | "province" | "district":
            return _NAMED[spec.kind](reader.words(cell, spec.limit))
        case "land":
            return _read_land(reader, cell, spec)
        case "names" | "codes" | "provinces":
            return _each_once(reader, cell, map(_NAMED[spec.kind[:-1]], _lines(reader, cell, spec)))
        case "text":
            return one_line(reader.words(cell, spec.limit, as_typed=True))
        case "paragraphs":
            return "\n".join(_lines(reader, cell, spec, as_typed=True))
        case "lines":
            return unnumbered(_told_twice(reader, cell, _lines(reader, cell, spec, as_typed=True)))
        case "item":
            return unnumbered([one_line(reader.words(cell, spec.limit, as_typed=True))])[0]
        case "wording":
            return " ".join(reader.words(cell, spec.limit, as_typed=True).split())
        case "wordings":
            return tuple(_told_twice(reader, cell, _lines(reader, cell, spec, as_typed=True)))
        case "exact" | "exacts":
            return _read_exact(reader, cell, spec)
        case "date":
            return _read_date(reader, cell)
        case "day-or-month":
            return _read_day_or_month(reader, cell)
        case "days":
            return _read_days(reader, cell)
        case "parties":
            lines = unnumbered(_lines(reader, cell, spec))
            return tuple(party for line in lines if (party := _read_party(reader, cell, line)))
        case "hours":
            return _read_hours(reader, cell)
        case "count" | "money" | "km" | "mean" | "degrees":
            return _read_number(reader, cell, spec)
        case "letter" | "letters":
            lines = _each_once(reader, cell, _lines(reader, cell, spec))
            found = tuple(_read_letter(reader, cell, line) for line in lines)
            letters = tuple(one for one in found if one is not None)
            return letters if spec.kind == "letters" else next(iter(letters), None)
        case "choice" | "yes-no":
            return _read_choice(reader, cell, spec)


_NAMED: Final[Mapping[str, Callable[[str], str]]] = {
    "name": clean,
    "code": clean,
    "school": school_name,
    "province": province_name,
    "district": district_name,
}
"""How names and codes are kept, by the kind of their column."""


def _read_land(reader: Reader, cell: Cell, spec: Field) -> str:
    """Land as it is written; a date, which programs make of 12-2-50, is none."""
    if cell.is_moment:
        message = f"อ่านได้เป็นวันที่หรือเวลา “{cell.shown}” ซึ่งไม่ใช่เนื้อที่"
        mend = "ตั้งรูปแบบเซลล์เป็นข้อความ (Text) แล้วพิมพ์ ไร่-งาน-ตารางวา ใหม่ เช่น 12-2-50"
        reader.problem(cell, "land-area-invalid", message, mend)
        return ""
    return clean(reader.words(cell, spec.limit))


def _lines(reader: Reader, cell: Cell, spec: Field, *, as_typed: bool = False) -> list[str]:
    return [line for line in reader.words(cell, spec.limit, as_typed=as_typed).split("\n") if line]


def _each_once(reader: Reader, cell: Cell, lines: Iterable[str]) -> tuple[str, ...]:
    """The lines of a cell; one that stands there twice is kept once, and told."""
    return tuple(dict.fromkeys(_told_twice(reader, cell, list(lines))))


def _told_twice(reader: Reader, cell: Cell, lines: list[str]) -> list[str]:
    """The lines of a cell; one that stands there twice is told. A sub-point may stand under several points."""
    for line, times in Counter(line for line in lines if not line.startswith("-")).items():
        if times > 1:
            message = f"“{line[:60]}” ปรากฏ {times} ครั้งในช่องนี้"
            reader.warn(cell, "line-twice", message, "ลบบรรทัดที่ซ้ำ หรือแก้บรรทัดที่ผิด")
    return lines


def _read_date(reader: Reader, cell: Cell) -> date | None:
    if not reader.usable(cell):
        return None
    if isinstance(cell.raw, date):
        day = cell.raw.date() if isinstance(cell.raw, datetime) else cell.raw
        if isinstance(cell.raw, datetime) and cell.raw.time() != time():
            message = f"ช่องนี้มีเวลา {hours(cell.raw.time().replace(second=0, microsecond=0), None)} อยู่ด้วย ระบบอ่านเฉพาะวันที่"
            reader.warn(cell, "time-dropped", message, "ถ้าเวลาสำคัญ ให้กรอกในช่องเวลา")
        try:  # a B.E. year typed into a date cell is kept as that year by spreadsheet programs
            return day.replace(year=day.year - 543) if day.year >= 2400 else day
        except ValueError:
            reader.problem(cell, "date-impossible", f"อ่านได้ “{cell.shown}” ซึ่งไม่มีในปฏิทิน", _DATE_MEND)
            return None
    return _dated(reader, cell, parse_date)


def _dated(reader: Reader, cell: Cell, parse: Callable[[str], _Day]) -> _Day | None:
    """What ``parse`` makes of a cell's text; a fault is told at the cell."""
    try:
        return parse(cell.text)
    except DateError as error:
        mend = "แก้วันที่ให้ถูก โดยไม่ต้องพิมพ์ชื่อวัน ระบบหาให้เอง" if error.code == "weekday-wrong" else _DATE_MEND
        reader.problem(cell, error.code, str(error), mend)
        return None


def _read_days(reader: Reader, cell: Cell) -> Days | None:
    """A day, a month, or the first and last of several days, as people write them into one cell."""
    if isinstance(cell.raw, str) and not cell.error and (month := parse_month(cell.text)):
        return Days(month, None, True)
    if isinstance(cell.raw, str) and reader.usable(cell):
        found = _dated(reader, cell, parse_days)
        return Days(*found) if found else None
    day = _read_date(reader, cell)
    return Days(day) if day else None


def _read_day_or_month(reader: Reader, cell: Cell) -> tuple[date, bool] | None:
    """A day, or the first of a month that is told without a day, and whether it is such a month."""
    month = parse_month(cell.text) if isinstance(cell.raw, str) and not cell.error else None
    day = month or _read_date(reader, cell)
    return None if day is None else (day, month is not None)


def _read_hours(reader: Reader, cell: Cell) -> tuple[time, time | None] | None:
    if not reader.plain(cell):
        return None
    if isinstance(cell.raw, time):
        return cell.raw, None
    try:
        return parse_hours(_as_hours(cell))
    except DateError as error:
        reader.problem(cell, error.code, str(error), _HOURS_MEND)
        return None


def _as_hours(cell: Cell) -> str:
    """A number as the hours that were typed (8.3 is 8.30); a part of a day, or one that is finer than minutes, as it is."""
    if not isinstance(cell.raw, float) or cell.raw < 1 or f"{cell.raw:.15g}" != f"{round(cell.raw, 2):.15g}":
        return cell.text
    return f"{cell.raw:.2f}"


def _read_number(reader: Reader, cell: Cell, spec: Field) -> int | Decimal | None:
    value, problem = reader.number(cell, _NUMBERS[spec.kind])
    if problem:
        reader.problem(cell, problem.code, problem.message, problem.mend)
    return int(value) if value is not None and spec.kind == "count" else value


def _read_party(reader: Reader, cell: Cell, line: str) -> Party | None:
    try:
        return Party.parse(line)
    except Unreadable as error:
        reader.problem(cell, error.problem.code, error.problem.message, error.problem.mend)
        return None


def _read_exact(reader: Reader, cell: Cell, spec: Field) -> Fraction | tuple[Fraction, ...] | None:
    """A number, or several with commas between, each exact: "90", "2.5", "1/3"."""
    several = spec.kind == "exacts"
    if not reader.plain(cell):
        return () if several else None
    try:
        numbers = tuple(map(exact_number, cell.text.split(",") if several else [cell.text]))
    except Unreadable as error:
        dated = " (โปรแกรมตารางอ่านเป็นวันที่)" if cell.is_moment else ""
        mend = "พิมพ์ตัวเลขคั่นด้วยจุลภาค เช่น 50, 60, 70, 80" if several else error.problem.mend
        told = (
            error.problem.message
            if error.problem.code != "not-a-number"
            else f"อ่านได้ “{cell.shown}” ซึ่งไม่ใช่ตัวเลข{dated}"
        )
        reader.problem(cell, error.problem.code, told, mend)
        return () if several else None
    return numbers if several else numbers[0]


def _read_letter(reader: Reader, cell: Cell, line: str) -> Letter | Short | None:
    if number := short_number(line) or short_announcement(line):
        return Short(number)
    try:
        return parse_letter(line)
    except LetterError as error:
        reader.problem(cell, error.code, str(error), error.mend)
        return None


def _read_choice(reader: Reader, cell: Cell, spec: Field) -> Any:
    if not reader.plain(cell):
        return None
    word = cell.text
    if spec.kind == "yes-no":
        if word.lower() in YES_WORDS | NO_WORDS:
            return word.lower() in YES_WORDS
        options = [YES_WORD, NO_WORD]
    else:
        if word in spec.choices:
            return spec.choices[word]
        options = list(spec.choices)
    named = ", ".join(f"“{option}”" for option in options)
    reader.problem(cell, "choice-unknown", f"อ่านได้ “{cell.shown}”", f"เลือกหนึ่งใน {named}")
    return None


def value_text(value: Any, spec: Field) -> str:
    """A value as its cell shows it; what is written is read back the same."""
    if value is None or value == ():
        return ""
    match spec.kind:
        case "lines" | "wordings" | "names" | "codes" | "provinces":
            return "\n".join(value)
        case "exact":
            return number_text(value)
        case "exacts":
            return ", ".join(map(number_text, value))
        case "parties":
            return "\n".join(party.line for party in value)
        case "day-or-month" | "days":
            day, whole_month = value
            return month_year(day) if whole_month else long_date(day)
        case "date":
            return long_date(value)
        case "hours":
            return hours(*value)
        case "letter":
            return str(value.cited())
        case "letters":
            return "\n".join(letter.cited() for letter in value)
        case "yes-no":
            return YES_WORD if value else NO_WORD
        case "choice":
            return next(word for word, code in spec.choices.items() if code == value)
        case _:
            return str(value)
