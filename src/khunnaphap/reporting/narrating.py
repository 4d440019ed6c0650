"""What an office did, in the sentences of an office (Arabic digits: the paper converts)."""

from __future__ import annotations

from collections.abc import Sequence

from khunnaphap.core.letters import Letter
from khunnaphap.core.programme import Activity, Candidate, Committee, Money, Occasion, StaffingGap, Submission, Support
from khunnaphap.core.thai.dates import hours, long_date, weekday_date
from khunnaphap.core.thai.money import baht_with_words

_CHANNELS = ("ระบบ", "Zoom", "YouTube", "Youtube", "LINE", "Facebook", "Google", "โทรศัพท์", "กลุ่ม", "เพจ", "ออนไลน์")


def cited(letters: Sequence[Letter]) -> str:
    """The letters in brackets as papers cite them, or nothing."""
    return " ".join(f"({letter.cited()})" for letter in letters)


def joined(*parts: str) -> str:
    """The parts that say something, with single spaces."""
    return " ".join(part for part in parts if part)


def after(first: str, then: str) -> str:
    """Two pieces of one Thai phrase: written together, but apart after a name of several words or at a digit or Latin letter."""
    meets = first[-1:].isascii() or then[:1].isascii() or " " in first
    return f"{first} {then}" if first and then and meets else first + then


def labelled(label: str, text: str) -> str:
    """The text behind its label, which people may have typed themselves; nothing stays nothing."""
    return text if not text or text.startswith(label) else after(label, text)


def when(occasion: Occasion) -> str:
    """ในวันพุธที่ 26 มิถุนายน 2567 เวลา 15.00 – 16.30 น., or from a day until a day."""
    if occasion.day is None:
        return ""
    days = f"ใน{weekday_date(occasion.day)}"
    if occasion.until and occasion.until != occasion.day:
        days = f"ระหว่าง{weekday_date(occasion.day)} ถึง{weekday_date(occasion.until)}"
    return joined(days, hours(occasion.begins, occasion.ends) if occasion.begins else "")


def where(occasion: Occasion) -> str:
    """ณ a place, or ผ่าน a channel."""
    if not occasion.place:
        return ""
    if occasion.place.startswith(("ณ ", "ผ่าน")):
        return occasion.place
    return after("ผ่าน", occasion.place) if occasion.place.startswith(_CHANNELS) else f"ณ {occasion.place}"


def activity(told: Activity, office: str) -> tuple[str, tuple[str, ...]]:
    """The activity as one paragraph, and its list (sub-points, or sites when it was held at several)."""
    one_moment = len({(one.day, one.until, one.begins, one.ends) for one in told.occasions}) <= 1
    sites: tuple[str, ...] = ()
    held = ""
    if told.occasions and one_moment:
        channels = " และ".join(after(f"{one.group}เข้าร่วม" if one.group else "", where(one)) for one in told.occasions)
        held = joined(when(told.occasions[0]), channels.strip())
    elif told.occasions:
        unit = "จุด" if len({one.place for one in told.occasions}) == len(told.occasions) else "ครั้ง"
        held = f"จำนวน {len(told.occasions)} {unit} ดังนี้"
        sites = tuple(joined(where(one), when(one), one.group) for one in told.occasions)
    sentence = joined(
        after(told.organiser or office, told.title),
        f"ครั้งที่ {told.series}" if told.series else "",
        held if not sites else "",
        labelled("เพื่อ", told.purpose),
        f"{after('โดยมี', told.chair)} เป็นประธาน" if told.chair else "",
        f"{after('และมี', told.reporter)} เป็นผู้กล่าวรายงาน" if told.reporter else "",
        f"ผู้เข้าร่วมประกอบด้วย {told.attendance}" if told.attendance else "",
        told.result,
        held if sites else "",
        cited(told.letters),
    )
    return sentence, (*sites, *told.items)


def candidate_sentences(candidates: Sequence[Candidate], office: str) -> list[str]:
    """Who was proposed and who was chosen, with the announcement."""
    if not candidates:
        return []
    names = " ".join(f"โรงเรียน{one.school.removeprefix('โรงเรียน')}" for one in candidates)
    told = [f"{after(office, 'เสนอโรงเรียน')}เข้ารับการคัดเลือกจำนวน {len(candidates)} โรงเรียน ได้แก่ {names}"]
    chosen = [one for one in candidates if one.chosen]
    if chosen:
        letters = tuple(dict.fromkeys(one.announced for one in chosen if one.announced))
        names = " ".join(f"โรงเรียน{one.school.removeprefix('โรงเรียน')}" for one in chosen)
        told.append(joined(f"โรงเรียนที่ได้รับคัดเลือกจำนวน {len(chosen)} โรงเรียน ได้แก่ {names}", cited(letters)))
    return told


def committee(told: Committee) -> str:
    """A committee, its task and its order."""
    return joined(f"แต่งตั้ง{told.name}", labelled("เพื่อ", told.task), cited((told.order,) if told.order else ()))


def money(told: Money, office: str) -> str:
    """Money received or passed on, in figures and words."""
    verb = "ได้รับจัดสรรงบประมาณจาก" if told.direction == "received" else "จัดสรรงบประมาณให้แก่"
    return joined(
        after(office, verb) + told.party,
        labelled("แผนงาน", told.plan),
        labelled("โครงการ", told.project),
        labelled("กิจกรรมหลัก", told.main_activity),
        labelled("งบ", told.budget_line),
        labelled("เพื่อ", told.purpose),
        f"จำนวน {baht_with_words(told.amount)}" if told.amount is not None else "",
        cited((told.letter,) if told.letter else ()),
    )


def submission(told: Submission) -> str:
    """A plan or report, to whom, when."""
    return joined(
        told.title,
        f"ส่งถึง{told.to}" if told.to else "",
        f"กำหนดส่งภายในวันที่ {long_date(told.due)}" if told.due else "",
        f"ส่งแล้วเมื่อ{weekday_date(told.sent)}" if told.sent else "",
        cited((told.letter,) if told.letter else ()),
    )


def support(told: Support) -> str:
    """Who gave what to whom."""
    return joined(
        f"{told.giver}สนับสนุน{told.what}", f"แก่โรงเรียน{told.school.removeprefix('โรงเรียน')}" if told.school else ""
    )


def staffing(told: StaffingGap) -> str:
    """A gap and what was asked for."""
    school = told.school.removeprefix("โรงเรียน")
    return joined(f"โรงเรียน{school} ขาด{told.post} {told.number} คน", told.asked)
