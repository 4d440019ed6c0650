"""Moments and ratings as people read them, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import get_language, gettext

from khunnaphap.core.framework import NA, Framework, Indicator, Rating
from khunnaphap.core.measures import Computed, shown
from khunnaphap.core.thai.dates import WEEKDAYS, long_date, short_date
from khunnaphap.frameworks.queries import framework_of, level_choice, titled

register = template.Library()


@register.filter
def be_date(moment: date | datetime | None) -> str:
    """9 สิงหาคม 2567 (9 August 2567 in English); empty for nothing."""
    if moment is None:
        return ""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    if get_language() == "th":
        return long_date(day)
    return f"{day.day} {MONTHS[day.month]} {day.year + 543}"


@register.filter
def be_short(moment: datetime | None) -> str:
    """9 ส.ค. 2567 (9 Aug 2567 in English), for tables: whole years, as they are typed."""
    if moment is None:
        return ""
    day = timezone.localtime(moment).date()
    return short_date(day) if get_language() == "th" else f"{day.day} {MONTHS_3[day.month].title()} {day.year + 543}"


@register.filter
def be_moment(moment: datetime | None) -> str:
    """9 สิงหาคม 2567 เวลา 16.30 น."""
    if moment is None:
        return ""
    clock = timezone.localtime(moment)
    hour = f"เวลา {clock:%H.%M} น." if get_language() == "th" else f"{clock:%H:%M}"
    return f"{be_date(moment)} {hour}"


@register.filter
def be_brief(moment: datetime | None) -> str:
    """วันนี้ 16.30 น., or 9 ส.ค. 2567 16.30 น.: for the line that says what was saved."""
    if moment is None:
        return ""
    clock = timezone.localtime(moment)
    day = gettext("วันนี้") if clock.date() == timezone.localdate() else be_short(moment)
    return f"{day} {clock:%H.%M} น." if get_language() == "th" else f"{day} {clock:%H:%M}"


@register.filter
def be_deadline(moment: datetime | None) -> str:
    """วันศุกร์ที่ 9 สิงหาคม 2567 เวลา 16.30 น."""
    if moment is None:
        return ""
    day = f"วัน{WEEKDAYS[timezone.localtime(moment).weekday()]}ที่ " if get_language() == "th" else ""
    return f"{day}{be_moment(moment)}"


@register.filter
def time_left(moment: datetime | None) -> str:
    """How long until a moment, in words: days, then hours; that it is over."""
    if moment is None:
        return ""
    left = moment - timezone.now()
    if left < timedelta(0):
        return gettext("เลยกำหนด")
    if left.days >= 1:
        return gettext("เหลือ %(days)s วัน") % {"days": left.days}
    return gettext("เหลือ %(hours)s ชั่วโมง") % {"hours": left.seconds // 3600}


@register.filter
def rating(value: Rating, indicator: Indicator) -> str:
    """ "4 ดีเลิศ", N/A in words, a dash for unanswered."""
    if value is None:
        return "–"
    if value is NA:
        return gettext("ไม่เกี่ยวข้อง")
    return level_choice(indicator.level(int(value)))  # type: ignore[arg-type]


@register.filter
def why(computed: Computed) -> str:
    """Why a level was computed, in the language of the page; the edition's own reasons as they are."""
    said = gettext(computed.says) if computed.says else ""
    return said % dict(computed.given) if computed.given else said


register.filter(titled)
register.filter(level_choice)


@register.filter
def colour_title(colour: str, framework: Framework) -> str:
    """A colour's name; a colour never stands without it."""
    return next((titled(band) for band in framework.bands if band.colour == colour), gettext("ยังไม่จัดกลุ่ม"))


@register.filter
def colour_reason(row: Any) -> str:
    """Why a snapshot has its computed colour; the Thai sentence is kept with it, others follow from what it was made of."""
    band = None
    if get_language() != "th" and row.colour and row.total:
        band = next((one for one in framework_of(row.edition).bands if one.colour == row.colour), None)
    if band is None:
        return str(row.reason)
    said = (
        gettext("คะแนนรวมร้อยละ %(total)s ไม่ต่ำกว่าร้อยละ %(lower)s ตามผลที่เขตตรวจสอบแล้ว")
        if row.basis == "verified"
        else gettext("คะแนนรวมร้อยละ %(total)s ไม่ต่ำกว่าร้อยละ %(lower)s ตามผลประเมินตนเอง (ชั่วคราว)")
    )
    return said % {"total": shown(Fraction(row.total)), "lower": shown(band.lower)}


@register.filter
def entry(mapping: Mapping[str, object], key: str) -> object:
    """What a mapping holds under a key; empty where it holds nothing."""
    return mapping.get(key, "")


@register.filter
def indicator_title(key: str, framework: Framework) -> str:
    """An indicator's printed number and title, by its id."""
    found = framework.by_id.get(key)
    return f"{found.label} {titled(found)}" if found else key
