"""What of an office's account should be looked at again: nothing is refused, and nothing of it goes by in silence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from typing import Any, Final

from .account_checks import Fault, cited_letters
from .day_windows import doubtful_day
from .known_schools import KnownSchools, Named
from .letter_checks import differing, doubtful_letters, same_letter
from .letters import KINDS, Letter, numbers_in
from .names import in_district
from .problems import Problem
from .programme import Activity, OfficeYear
from .thai.dates import long_date

_SEEN_TWICE: Final = (
    "statements", "committees", "activities", "submissions", "money", "support", "staffing", "difficulties", "practices",
)  # fmt: skip
"""The parts in which the same line stands but once (a school that is proposed twice is refused)."""
_OF_SCHOOLS: Final = ("support", "staffing", "practices")
_NOBODY: Final = re.compile(r"(?<![\d.,])0 ?(?:คน|ราย|รูป|ท่าน)")
_ALIKE: Final = 0.6
"""From how alike on two titles are taken for meetings of one series."""
_NUMBERED: Final = re.compile(r"\s*ครั้งที่ ?(\d{1,3})$")
_COLOURED: Final = re.compile(
    r"สี(ม่วง|ฟ้า|เขียว|เหลือง|ส้ม|แดง)\s*(?:มี|รวม|จำนวน|เป็น|:)?\s*(?:จำนวน)?\s*"
    r"(\d{1,4})(?!\d|[.,]\d|\s*(?:ครั้ง|คน|รอบ|ปี|วัน|คะแนน|ข้อ|ตัวชี้วัด|%))"
)
"""How many schools a text says that a colour has: สีเขียว จำนวน 14 โรงเรียน."""


@dataclass(frozen=True)
class Beside:
    """What else is known: the letters that other offices cite in the year, by office, and the colours that were computed.

    ``colours`` gives, for each round of the year and each way of counting, how many of the office's schools have which
    colour, by the colour's Thai name; it is asked only where a text speaks of colours.
    """

    letters: Sequence[tuple[str, Letter]] = ()
    colours: Callable[[], Sequence[Mapping[str, int]]] = tuple


def doubts(told: OfficeYear, year: int, known: KnownSchools, beside: Beside = Beside()) -> Iterator[Fault]:
    """Every doubt of an account for a budget year (B.E.), part by part."""
    yield from doubtful_letters(told, year)
    yield from _between_offices(told, beside.letters)
    yield from _after_the_meeting(told)
    yield from _twice(told)
    yield from _nobody(told)
    yield from _of_others(told, known)
    yield from _chosen(told, known)
    yield from _series(told)
    yield from _steps(told)
    yield from _days_of_steps(told, year)
    yield from _colours(told, beside.colours)


def _between_offices(told: OfficeYear, others: Sequence[tuple[str, Letter]]) -> Iterator[Fault]:
    """One letter that two offices cite otherwise; who is right is not for the record to say."""
    known: dict[tuple[object, ...], tuple[str, Letter]] = {}
    for office, letter in others:
        known.setdefault(same_letter(letter), (office, letter))
    for part, place, field, letter in cited_letters(told):
        office, other = known.get(same_letter(letter), ("", letter))
        for problem in differing(letter, other, f"ในข้อมูลของ {office} "):
            yield Fault(part, place, field, problem)


def _after_the_meeting(told: OfficeYear) -> Iterator[Fault]:
    """A letter or an order dated after what cites it was over, by citation or by its number in a text."""
    numbered = {_plain(letter.number): letter for *_, letter in cited_letters(told) if letter.number}
    for place, activity in enumerate(told.activities):
        days = [one.until or one.day for one in activity.occasions if one.day and not one.whole_month]
        if not days or not (last := max(day for day in days if day)):
            continue
        for field, letter in _cited_by(activity, numbered):
            if letter.dated > last:
                message = (
                    f"{KINDS[letter.kind]}{f' ที่ {letter.number}' if letter.number else ''} ลงวันที่ {long_date(letter.dated)} "
                    f"หลังกิจกรรมที่อ้าง ({long_date(last)})"
                )
                mend = "ตรวจวันที่ของหนังสือและของกิจกรรม ถ้าเป็นหนังสือแจ้งผลภายหลังไม่ต้องแก้"
                yield Fault("activities", place, field, Problem("letter-after", message, mend))


def _cited_by(activity: Activity, numbered: Mapping[str, Letter]) -> Iterator[tuple[str, Letter]]:
    yield from (("letters", letter) for letter in activity.letters)
    for field in ("title", "purpose", "attendance", "result"):
        for number in numbers_in(getattr(activity, field)):
            if (letter := numbered.get(_plain(number))) and letter not in activity.letters:
                yield field, letter


def _plain(text: str) -> str:
    return "".join(text.split())


def _twice(told: OfficeYear) -> Iterator[Fault]:
    """A line that says just what a line before it says; places in the sequence say nothing."""
    for part in _SEEN_TWICE:
        seen: list[Any] = []
        for place, one in enumerate(getattr(told, part)):
            plain = replace(one, number=None) if part not in ("staffing",) and hasattr(one, "number") else one
            if plain in seen:
                problem = Problem("line-twice", "แถวนี้เหมือนแถวก่อนหน้าทุกช่อง", "ลบแถวที่ซ้ำ ถ้าเป็นคนละรายการให้เขียนให้ต่างกัน")
                yield Fault(part, place, _first_field(one), problem)
            seen.append(plain)


def _first_field(one: Any) -> str:
    names = [field.name for field in fields(one)]
    return "title" if "title" in names else next(name for name in names if name not in ("kind", "direction"))


def _nobody(told: OfficeYear) -> Iterator[Fault]:
    """Nobody is lacking, nobody came, nothing was paid: such a line says nothing, or is mistyped."""
    mend = "กรอกจำนวนจริง หรือลบทั้งแถว"
    for place, gap in enumerate(told.staffing):
        if gap.number == 0:
            yield Fault("staffing", place, "number", Problem("count-zero", "ขาด 0 คน", mend))
    for place, money in enumerate(told.money):
        if money.amount == 0:
            yield Fault("money", place, "amount", Problem("count-zero", "จำนวนเงิน 0 บาท", mend))
        elif any(one.amount == 0 for one in money.parties):
            yield Fault("money", place, "parties", Problem("count-zero", "มีรายที่จำนวนเงิน 0 บาท", mend))
    for place, activity in enumerate(told.activities):
        if found := _NOBODY.search(activity.attendance):
            problem = Problem("count-zero", f"ผู้เข้าร่วม “{found[0]}”", "กรอกจำนวนจริง หรือลบออกจากข้อความ")
            yield Fault("activities", place, "attendance", problem)


def _of_others(told: OfficeYear, known: KnownSchools) -> Iterator[Fault]:
    """Staff, models, support and money of schools that another office has."""
    for part in _OF_SCHOOLS:
        for place, one in enumerate(getattr(told, part)):
            found = known.find(one.school) if one.school else None
            if isinstance(found, Named) and found.office != known.office:
                yield Fault(part, place, "school", _elsewhere(found))
    for place, money in enumerate(told.money):
        for party in money.parties if money.direction == "passed_on" else ():
            school = known.party(party.name)
            if isinstance(school, Named) and school.office != known.office:
                yield Fault("money", place, "parties", _elsewhere(school))


def _elsewhere(school: Named) -> Problem:
    message = f"โรงเรียน{school.name} {in_district(school.district)} เป็นของเขตรหัส {school.office} ไม่ใช่ของเขตนี้"
    return Problem("school-of-other", message, "ตรวจชื่อโรงเรียน ถ้าชื่อซ้ำกันใช้รหัสกระทรวง 10 หลัก ถ้าถูกต้องแล้วไม่ต้องแก้")


def _chosen(told: OfficeYear, known: KnownSchools) -> Iterator[Fault]:
    """A quality school of the register that was not chosen, and a chosen one that is none there."""
    for place, one in enumerate(told.candidates):
        found = known.find(one.school) if one.school else None
        if not isinstance(found, Named) or found.quality == one.chosen:
            continue
        if one.chosen:
            message = f"โรงเรียน{found.name} ได้รับคัดเลือก แต่ในทะเบียนไม่ใช่โรงเรียนคุณภาพ"
            problem = Problem("chosen-not-quality", message, "ตรวจช่องนี้ หรือแก้ทะเบียนโรงเรียน")
        else:
            message = f"โรงเรียน{found.name} เป็นโรงเรียนคุณภาพในทะเบียน แต่ระบุว่าไม่ได้รับคัดเลือก"
            problem = Problem("quality-not-chosen", message, "ตรวจช่องนี้ หรือแก้ทะเบียนโรงเรียน")
        yield Fault("candidates", place, "chosen", problem)


def _series(told: OfficeYear) -> Iterator[Fault]:
    """A meeting that is the fifth though no fourth is told; one alike before it, without a number, may be the first."""
    for place, activity in enumerate(told.activities):
        number = _number_in_series(activity)
        if number is None or number < 2:
            continue
        before = {
            _number_in_series(one) or 1
            for at, one in enumerate(told.activities)
            if _alike(one, activity) and (at < place if _number_in_series(one) is None else at != place)
        }
        if number - 1 not in before:
            message = f"กิจกรรมนี้เป็นครั้งที่ {number} แต่ไม่มีครั้งที่ {number - 1} ในแผ่นนี้"
            field = "title" if activity.series is None else "series"
            problem = Problem("series-gap", message, "เพิ่มครั้งก่อนหน้า หรือแก้เลขครั้ง ถ้าไม่ได้เข้าร่วมครั้งก่อนไม่ต้องแก้")
            yield Fault("activities", place, field, problem)


def _number_in_series(activity: Activity) -> int | None:
    found = _NUMBERED.search(activity.title)
    return activity.series or (int(found[1]) if found else None)


def _alike(one: Activity, other: Activity) -> bool:
    first, second = _NUMBERED.sub("", one.title), _NUMBERED.sub("", other.title)
    return bool(SequenceMatcher(a=first, b=second, autojunk=False).ratio() >= _ALIKE)


def _steps(told: OfficeYear) -> Iterator[Fault]:
    """A step that other parts name otherwise than the list of steps, where there is such a list."""
    titles = {" ".join(one.title.split()) for one in told.steps}
    if not titles:
        return
    for part in ("committees", "activities", "submissions", "money", "support"):
        for place, one in enumerate(getattr(told, part)):
            if one.step and " ".join(one.step.split()) not in titles:
                problem = Problem(
                    "step-unknown", f"ไม่มีขั้นตอน “{one.step}” ในแผ่นขั้นตอนของเขต", "เขียนชื่อขั้นตอนให้ตรงกัน หรือเพิ่มในแผ่นนั้น"
                )
                yield Fault(part, place, "step", problem)


def _days_of_steps(told: OfficeYear, year: int) -> Iterator[Fault]:
    """A step that the office took outside of the budget year."""
    for place, one in enumerate(told.steps):
        for name, day in (("begins", one.begins), ("until", one.until)):
            if day and (problem := doubtful_day("step", day, year=year)):
                yield Fault("steps", place, name, problem)


def _colours(told: OfficeYear, computed: Callable[[], Sequence[Mapping[str, int]]]) -> Iterator[Fault]:
    """Numbers of schools by colour in a text that agree with no count of the year."""
    counts: Sequence[Mapping[str, int]] | None = None
    for part, place, field, text in _texts(told):
        said = {colour: int(number) for colour, number in _COLOURED.findall(text)}
        if not said:
            continue
        counts = computed() if counts is None else counts
        if counts and not any(all(each.get(one, 0) == number for one, number in said.items()) for each in counts):
            there = " หรือ ".join(dict.fromkeys(_in_words(each) for each in counts))
            message = f"ข้อความมี{_in_words(said)} แต่ที่คำนวณได้คือ{there}"
            yield Fault(part, place, field, Problem("colours-differ", message, "แก้จำนวนในข้อความให้ตรงกับผลที่คำนวณได้"))


def _in_words(counts: Mapping[str, int]) -> str:
    return " ".join(f"สี{colour} {number}" for colour, number in counts.items() if number) or "ไม่มีโรงเรียนที่จัดกลุ่มได้"


def _texts(told: OfficeYear) -> Iterator[tuple[str, int, str, str]]:
    """Every text of an account with its part, place and field; of a list the whole."""
    for part in (field.name for field in fields(told)):
        for place, one in enumerate(getattr(told, part)):
            for field in fields(one):
                value = getattr(one, field.name)
                if isinstance(value, str):
                    yield part, place, field.name, value
                elif isinstance(value, tuple) and value and isinstance(value[0], str):
                    yield part, place, field.name, " ".join(value)
