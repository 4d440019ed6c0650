"""What an office did, in the sentences of an office (Arabic digits: the paper converts)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from khunnaphap.core.document import DEEPEST
from khunnaphap.core.letters import Letter
from khunnaphap.core.names import in_district
from khunnaphap.core.programme import (
    Activity,
    Candidate,
    Committee,
    Money,
    Party,
    StaffingGap,
    Step,
    Submission,
    Support,
)
from khunnaphap.core.thai.dates import long_date, month_year, weekday_date
from khunnaphap.core.thai.money import baht_with_words

from . import openings as say
from .occasions import held, sites
from .phrasing import after, done_by, joined, labelled, school_named


def cited(letters: Sequence[Letter]) -> str:
    """The letters in one pair of brackets as papers cite them, or nothing."""
    return f"({_named(letters)})" if letters else ""


def _named(letters: Sequence[Letter]) -> str:
    *others, last = (letter.cited() for letter in letters)
    return f"{', '.join(others)} และ{last}" if others else last


@dataclass(frozen=True)
class Told:
    """A sentence and the list that may follow it; ``depths`` as in ``ItemList``, ``named`` items bear their own names."""

    sentence: str
    items: tuple[str, ...] = ()
    depths: tuple[int, ...] = ()
    named: bool = False


def outlined(items: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Items without the dashes that they were typed with, and how deep each stands under others."""
    dashes = [len(item) - len(item.lstrip("-–•")) for item in items]
    depths: list[int] = []
    for deep in dashes:
        depths.append(min(deep - min(dashes), depths[-1] + 1 if depths else 0, DEEPEST))
    return tuple(item.lstrip("-–• ") for item in items), tuple(depths) if any(depths) else ()


def activity(told: Activity, office: str, full_name: str = "") -> tuple[Told, ...]:
    """The activity as paragraphs with their lists: its sites when it was held at several, then its sub-points.

    What came of it and the letters stand after the last list; a single sub-point stands in the sentence. ``full_name``
    of the office is taken off a title that was typed with it.
    """
    who = say.ORGANISER.bare(told.organiser) or office
    own = (who, full_name, office) if who == office else (who,)
    title = say.unnumbered_series(say.without_name(say.without_end(told.title), *own), told.series)
    opening = joined(done_by(who, title), f"ครั้งที่ {told.series}" if told.series else "")
    purpose, people = say.without_end(say.PURPOSE.before(told.purpose)), _people(told)
    found = sites(told.occasions, title)
    if found is None:
        return _with_points(
            joined(opening, held(told.occasions), purpose, people), "มีรายละเอียด" if people else "", told
        )
    count, places = found
    rest = _with_points(people, "มีรายละเอียด", told)
    first = Told(joined(opening, purpose, count, "ดังนี้"), places, named=True)
    return first, *(one for one in rest if one.sentence)


def _with_points(sentence: str, opens: str, told: Activity) -> tuple[Told, ...]:
    """A sentence with its sub-points, which ``opens`` parts from what is said before them.

    With several of them, what came of it follows, and the letters with it.
    """
    items, depths = outlined(told.items)
    letters = cited(told.letters)
    if letters and not (sentence or told.result or len(items) == 1):
        letters = f"ตาม{_named(told.letters)}"
    if len(items) < 2:
        point = joined(f"{opens} คือ" if opens else "ได้แก่", items[0]) if items else ""
        return (Told(joined(sentence, point, told.result, letters)),)
    if told.result:
        return Told(joined(sentence, opens, "ดังนี้"), items, depths), Told(joined(told.result, letters))
    return (Told(joined(sentence, letters, opens, "ดังนี้"), items, depths),)


def _people(told: Activity) -> str:
    reporter = say.ALSO_REPORTER if told.chair else say.REPORTER
    people = say.dashed(say.without_end(told.attendance))
    return joined(say.CHAIR.before(told.chair), reporter.before(told.reporter), say.PEOPLE.before(people))


def proposal(candidates: Sequence[Candidate], office: str, district: Callable[[str], str]) -> Told:
    """Who was proposed, by district, with the letter on the selection."""
    letters, apart = _shared([one.proposed for one in candidates])
    by_district: dict[str, list[str]] = {}
    for one in candidates:
        named = joined(school_named(one.school), cited((one.proposed,)) if apart and one.proposed else "")
        by_district.setdefault(district(one.school), []).append(named)
    opening = f"{after(office, 'เสนอโรงเรียน')}เข้ารับการคัดเลือกจำนวน {len(candidates)} โรงเรียน"
    if len(candidates) == 1:
        ((place, (name,)),) = by_district.items()
        return Told(joined(opening, "คือ", name, in_district(place) if place else "", cited(letters)))
    lines = tuple(
        joined(f"{in_district(place)} ได้แก่" if place else "", " และ".join(names))
        for place, names in by_district.items()
    )
    return Told(joined(opening, cited(letters), "ดังนี้"), lines)


def announcement(candidates: Sequence[Candidate], district: Callable[[str], str]) -> Told:
    """Who was chosen, with the announcement."""
    letters, apart = _shared([one.announced for one in candidates])
    lines = tuple(
        joined(
            school_named(one.school),
            in_district(place) if (place := district(one.school)) else "",
            cited((one.announced,)) if apart and one.announced else "",
        )
        for one in candidates
    )
    opening = f"โรงเรียนที่ได้รับคัดเลือกจำนวน {len(candidates)} โรงเรียน"
    if len(lines) == 1:
        return Told(joined(opening, "คือ", lines[0], cited(letters)))
    return Told(joined(opening, cited(letters), "ดังนี้"), lines)


def _shared(letters: Sequence[Letter | None]) -> tuple[tuple[Letter, ...], bool]:
    """The one letter that all have; else none, and true: each stands with its own."""
    found = tuple(dict.fromkeys(letters))
    if len(found) == 1:
        return tuple(letter for letter in found if letter), False
    return (), True


def committee(told: Committee) -> str:
    """A committee, its task and its order."""
    order = cited((told.order,) if told.order else ())
    return joined(say.APPOINTED.before(told.name), say.PURPOSE.before(told.task), order)


def money(told: Money, office: str, year: int | None = None) -> Told:
    """Money received or passed on, in figures and words; several parties are listed, each with its own amount.

    What has a place in the state's budget is told as of its budget year (``year`` of the account, unless it says another).
    """
    received = told.direction == "received"
    verb = f"{'ได้รับจัดสรร' if received else 'จัดสรร'}งบประมาณ{_of_year(told, year)}"
    joint = say.FROM if received else say.GIVEN_TO
    alone = told.parties[0].name if len(told.parties) == 1 else ""
    sentence = joined(
        after(office, after(verb, joint.before(alone)) if alone else verb),
        say.PLAN.before(told.plan),
        say.PROJECT.before(told.project),
        say.MAIN_ACTIVITY.before(told.main_activity),
        labelled("งบ", told.budget_line),
        say.PURPOSE.before(told.purpose),
        f"จำนวน {baht_with_words(told.total)}" if told.total is not None else "",
        cited((told.letter,) if told.letter else ()),
    )
    if alone:
        return Told(sentence)
    schools = all(one.name.startswith("โรงเรียน") for one in told.parties)
    count = f"โรงเรียน {len(told.parties)} แห่ง" if schools else f"หน่วยงาน {len(told.parties)} แห่ง"
    return Told(joined(sentence, f"{joint.says}{count} ดังนี้"), tuple(_paid(one, joint) for one in told.parties))


def _of_year(told: Money, year: int | None) -> str:
    in_budget = told.year or told.plan or told.main_activity or told.budget_line
    of = told.year or year
    return f"รายจ่ายประจำปีงบประมาณ พ.ศ. {of}" if in_budget and of else ""


def _paid(party: Party, joint: say.Opening) -> str:
    return joined(joint.bare(party.name), f"จำนวน {baht_with_words(party.amount)}" if party.amount is not None else "")


def submission(told: Submission) -> str:
    """A plan or report, to whom, when."""
    return joined(
        told.title,
        say.SENT_TO.before(told.to),
        _due(told),
        f"ส่งแล้วเมื่อ{weekday_date(told.sent)}" if told.sent else "",
        cited((told.letter,) if told.letter else ()),
    )


def _due(told: Submission) -> str:
    if told.due is None:
        return ""
    return f"กำหนดส่งภายใน{f'เดือน{month_year(told.due)}' if told.due_month else f'วันที่ {long_date(told.due)}'}"


def support(told: Support) -> str:
    """Who gave what to whom."""
    return joined(
        say.GIVER.bare(told.giver),
        say.SUPPORTED.before(told.what),
        f"แก่{school_named(told.school)}" if told.school else "",
    )


def staffing(told: StaffingGap) -> str:
    """A post that a school lacks."""
    return joined(school_named(told.school), say.LACKING.before(told.post), f"จำนวน {told.number} คน")


def request(told: StaffingGap) -> tuple[str, str]:
    """What is asked for, and of whom; nobody is guessed from the words of the request."""
    return told.asked, told.to


def requested(asked: str, to: str) -> str:
    """What is asked for of whom, in words."""
    if not asked or not to or to in asked:
        return asked or (after("เสนอขอต่อ", to) if to else "")
    return after(f"{asked}จาก", to)


def step(told: Step) -> str:
    """The title of a step, with its number and the month or days that it was taken in."""
    numbered = told.number is not None and not re.match("ขั้น(?:ตอน)?ที่", told.title)
    days = [month_year(day) if told.months else long_date(day) for day in (told.begins, told.until) if day]
    when = f"({' ถึง'.join(dict.fromkeys(days))})" if days else ""
    return joined(f"ขั้นที่ {told.number}" if numbered else "", told.title, when)
