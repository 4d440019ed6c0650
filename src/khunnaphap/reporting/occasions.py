"""When and where something was held, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from khunnaphap.core.programme import Occasion
from khunnaphap.core.thai.dates import hours, month_year, weekday_date
from khunnaphap.core.thai.numerals import arabic

from .phrasing import after, joined, labelled, listed

_CHANNEL: Final = (
    "(?:"
    "(?:(?:MS|Microsoft) )?Teams|Zoom|(?:Cisco )?Webex|Google|(?:GG )?Meet|You ?Tube|Line|Facebook|FB|TikTok|Skype|Discord|"
    "OBEC (?:Channel|TV)|DLTV|VDO|Video|Tele ?conference|E-?mail|Online"
    ")(?![a-z])|"
    "ระบบ|ออนไลน์|(?:การ)?ประชุม(?:ทางไกล|ออนไลน์)|ซูม|กูเกิล|ยูทู[บป]|ไลน์|เฟ[ซส]บุ๊?[กค]|ว[ิี]ด[ิี](?:โอ|ทัศน์)|วิทยุ|โทรทัศน์|โทรศัพท์|"
    "โทรสาร|อีเมล|เพจ|เว็บ|แอป|โปรแกรม|สื่อ|เสียงตามสาย|หอกระจายข่าว|ช่อง(?:ทาง|รายการ|ยูทู[บป]|[ a-z0-9])|"
    "กลุ่ม(?:ไลน์|เฟ[ซส]บุ๊?[กค]| ?[a-z])"
)
"""How a channel begins; anything else is a place."""
_IS_CHANNEL: Final = re.compile(_CHANNEL, re.IGNORECASE)
_TYPED: Final = re.compile(
    f"(ณ(?= |ห้อง|หอ|โรง|อาคาร|ศาลา|สำนักงาน|ที่)|ผ่าน(?:ทาง)?|ทาง(?= ?(?:{_CHANNEL}))) *", re.IGNORECASE
)
"""The word before a place or channel, where people typed it themselves."""
_SITE: Final = re.compile(r"^(?:สถานที่|ช่องทาง)\s*(?:คือ|:)\s*(?=\S)")
_COUNTED: Final = "(?<![0-9]){} ?(?:จุด|ครั้ง|แห่ง|เวที|รุ่น|วัน|สถานที่|พื้นที่|โรงเรียน|อำเภอ)"


def when(occasion: Occasion) -> str:
    """ในวันพุธที่ 26 มิถุนายน 2567 เวลา 15.00 – 16.30 น., or from a day until a day."""
    if occasion.day is None:
        return ""
    if occasion.whole_month:
        if occasion.until and occasion.until != occasion.day:
            return f"ระหว่างเดือน{month_year(occasion.day)} ถึงเดือน{month_year(occasion.until)}"
        return f"ในเดือน{month_year(occasion.day)}"
    days = f"ใน{weekday_date(occasion.day)}"
    if occasion.until and occasion.until != occasion.day:
        days = f"ระหว่าง{weekday_date(occasion.day)} ถึง{weekday_date(occasion.until)}"
    return joined(days, hours(occasion.begins, occasion.ends) if occasion.begins else "")


def where(occasion: Occasion) -> str:
    """ณ a place, or ผ่าน a channel."""
    joint, place = _located(occasion)
    return f"ณ {place}" if joint == "ณ" else after(joint, place)


def held(occasions: Sequence[Occasion]) -> str:
    """When and where, of what was held at one time; each group with its own places and channels."""
    told = []
    for group, found in groupby(occasions, key=lambda one: one.group):
        places = _places(list(found))
        told.append(after(group, after("เข้าร่วม", places)) if group else places)
    return joined(when(occasions[0]), listed([one for one in told if one])) if occasions else ""


def _places(occasions: Sequence[Occasion]) -> str:
    """Places and channels of one group; the ณ or ผ่าน of the one before holds for the next."""
    told: list[str] = []
    before = ""
    for one in occasions:
        joint, place = _located(one)
        told += [place if joint == before else where(one)] if place else []
        before = joint
    return listed(told)


def sites(occasions: Sequence[Occasion], title: str) -> tuple[str, tuple[str, ...]] | None:
    """How many sites or times there were, and each of them; ``None`` of what was held at one time.

    A title that ends with their number is not followed by it again.
    """
    if len({(one.day, one.until, one.begins, one.ends) for one in occasions}) <= 1:
        return None
    places = {_located(one)[1] for one in occasions if _located(one)[0] == "ณ"}
    unit = "จุด" if len(places) == len(occasions) else "ครั้ง"
    counted = re.search(_COUNTED.format(len(occasions)) + "$", arabic(title))
    return "" if counted else f"จำนวน {len(occasions)} {unit}", tuple(
        joined(f"{unit}ที่ {number}", *_told(one, unit), labelled("สำหรับ", one.group))
        for number, one in enumerate(occasions, 1)
    )


def _told(occasion: Occasion, unit: str) -> tuple[str, str]:
    """A site by its place, a time by its day."""
    return (where(occasion), when(occasion)) if unit == "จุด" else (when(occasion), where(occasion))


def _located(occasion: Occasion) -> tuple[str, str]:
    """The word before a place or channel, typed or found, and the place without it."""
    place = _SITE.sub("", occasion.place)
    if not place or place.startswith(("ทางไกล", "ในรูปแบบ")):
        return "", place
    if typed := _TYPED.match(place):
        return typed[1], place[typed.end() :]
    if place.startswith("รูปแบบ"):
        return "ใน", place
    if _IS_CHANNEL.match(place):
        return "ผ่าน", f"การ{place}" if place.startswith("ประชุม") else place
    return "ณ", place
