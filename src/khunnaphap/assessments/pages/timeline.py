"""A school and round as a timeline: states, answers with their differences, comments, evidence, people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from khunnaphap.accounts.models import User
from khunnaphap.audit.models import Event
from khunnaphap.core import rounds
from khunnaphap.core.framework import Framework
from khunnaphap.core.thai.dates import hours, short_date
from khunnaphap.frameworks.queries import framework_of, level_choice, titled

from ..models import NA_CODE, Assessment
from ..one_answer import subject_of
from .school import here

PAGE = 60


@dataclass(frozen=True)
class Moment:
    """One event in words: who, when, what, and (name, before, after) of what changed.

    ``until``: the last moment that it gave the school, instead of ``before``.
    """

    at: datetime
    who: str
    what: str
    changes: tuple[tuple[str, str, str], ...] = ()
    text: str = ""
    until: datetime | None = None
    before: datetime | None = None


def timeline_page(assessment: Assessment, person: User, page: str = "1") -> dict[str, Any]:
    """The events of an assessment, newest first, a page at a time."""
    framework = framework_of(assessment.round.edition)
    of_round = Q(subject=f"round:{assessment.round.name}", verb="correct_round")
    events = Event.objects.filter(Q(subject=subject_of(assessment)) | of_round).order_by("-number")
    shown = Paginator(events, PAGE).get_page(page)
    _put_words_in(assessment, shown)
    code = assessment.school.ministry_code
    names = {one.username: str(one) for one in User.objects.filter(username__in={event.actor for event in shown})}
    return {
        "here": here(assessment, person),
        "moments": [_told(event, framework, names.get(event.actor, event.actor), code) for event in shown],
        "page": shown,
    }


def _put_words_in(assessment: Assessment, events: Iterable[Event]) -> None:
    """The words of comments, of which an event keeps the digest alone (older ones kept the words)."""
    words = dict(assessment.comments.values_list("pk", "text"))
    for event in events:
        if event.verb == "comment" and "text" not in event.data:
            event.data["text"] = words.get(event.data["comment"], "")


def _told(event: Event, framework: Framework, who: str, code: str) -> Moment:
    tell = _corrected(code) if event.verb == "correct_round" else _VERBS.get(event.verb)
    if tell is None:
        return Moment(event.at, who, event.verb)
    what, changes, text = tell(event.data, framework)
    if gone := event.data.get("lapsed"):
        told = gettext("กลุ่มสีที่กำหนดไว้ (%(colour)s) สิ้นผล") % {"colour": _colour(framework, gone)}
        text = f"{text}\n{told}" if text else told
    return Moment(event.at, who, what, changes, text, *_times(event.data))


def _times(data: Mapping[str, Any]) -> Iterator[datetime | None]:
    """The last moment that an act gave a school, and the one that it replaced."""
    given = data.get("until") or data.get("due")
    before, until = given if isinstance(given, list) else (data.get("before"), given)
    return (datetime.fromisoformat(one) if one else None for one in (until, before))


Told = tuple[str, tuple[tuple[str, str, str], ...], str]


def _label(framework: Framework, indicator: str) -> str:
    found = framework.by_id.get(indicator)
    return f"{found.label} {titled(found)}" if found else indicator


def _level(framework: Framework, indicator: str, level: Any) -> str:
    if level is None:
        return "–"
    if level == NA_CODE:
        return gettext("ไม่เกี่ยวข้อง")
    found = framework.by_id.get(indicator)
    return level_choice(found.level(level)) if found and isinstance(level, int) else str(level)


def _colour(framework: Framework, colour: str) -> str:
    return next((titled(band) for band in framework.bands if band.colour == colour), "–")


def _one(title: str) -> Callable[[Mapping[str, Any], Framework], Told]:
    def told(data: Mapping[str, Any], framework: Framework) -> Told:
        indicator, changes = data["indicator"], []
        for name, (before, after) in data["changed"].items():
            if name.endswith("_level"):
                values = (_level(framework, indicator, before), _level(framework, indicator, after))
                changes.append((gettext("ระดับ"), *values))
            else:
                word = gettext("เหตุผล") if name.endswith("_reason") else gettext("ข้อความ")
                changes.append((word, before or "–", after or "–"))
        return f"{gettext(title)} {_label(framework, indicator)}", tuple(changes), ""

    return told


def _whole(title: str) -> Callable[[Mapping[str, Any], Framework], Told]:
    def told(data: Mapping[str, Any], framework: Framework) -> Told:
        levels = [
            (_label(framework, key), _level(framework, key, before), _level(framework, key, after))
            for key, (before, after) in data.get("answers", {}).items()
        ]
        return gettext(title), tuple(levels), _state(data)

    return told


def _many(title: str) -> Callable[[Mapping[str, Any], Framework], Told]:
    def told(data: Mapping[str, Any], framework: Framework) -> Told:
        labels = [framework.by_id[key].label if key in framework.by_id else key for key in data["indicators"]]
        return gettext(title), (), ", ".join(labels)

    return told


def _plain(title: str, *names: str) -> Callable[[Mapping[str, Any], Framework], Told]:
    def told(data: Mapping[str, Any], framework: Framework) -> Told:
        said = [_digest(data[name]) if name == "digest" else str(data[name]) for name in names if data.get(name)]
        if "indicator" in data:
            said.insert(0, _label(framework, data["indicator"]))
        return gettext(title), (), " · ".join([*said, *([_state(data)] if _state(data) else [])])

    return told


def _digest(digest: str) -> str:
    """A content's hash by its first signs, which are enough to hold it against a receipt."""
    return gettext("รหัสตรวจสอบเนื้อหา %(start)s…") % {"start": digest[:12]}


def _unlocked(data: Mapping[str, Any], framework: Framework) -> Told:
    what, changes, labels = _many(_("ปลดล็อก"))(data, framework)
    return what, changes, f"{labels}\n{data['reason']}"


def _decided(data: Mapping[str, Any], framework: Framework) -> Told:
    before, after = (_colour(framework, colour) for colour in data["colour"])
    return gettext("กำหนดกลุ่มสี"), ((gettext("กลุ่มสี"), before, after),), data["reason"]


def _facts(data: Mapping[str, Any], framework: Framework) -> Told:
    words = {"yes": gettext("ใช่"), "no": gettext("ไม่ใช่"), "": "–"}
    changes = [
        (titled(framework.facts_by_id[key]) if key in framework.facts_by_id else key, words.get(a, a), words.get(b, b))
        for key, (a, b) in data["changed"].items()
    ]
    return gettext("แก้ข้อมูลของโรงเรียน"), tuple(changes), ""


def _corrected(code: str) -> Callable[[Mapping[str, Any], Framework], Told]:
    """A correction of the round: its means and days, and what became of this school's levels."""

    def told(data: Mapping[str, Any], framework: Framework) -> Told:
        changes = []
        before, after = data.get("references", ({}, {}))
        for key in before | after:
            if before.get(key) != after.get(key):
                fact = framework.facts_by_id.get(key)
                changes.append((titled(fact) if fact else key, before.get(key, "–"), after.get(key, "–")))
        for key, (was, now) in data.get("schools", {}).get(code, {}).items():
            changes.append((_label(framework, key), _level(framework, key, was), _level(framework, key, now)))
        for name, title in (("opens", _("เปิดรับ")), ("closes", _("ปิดรับ"))):
            if name in data:
                changes.append((gettext(title), *(_day(moment) for moment in data[name])))
        return gettext("แก้ค่าอ้างอิงและวันของรอบ"), tuple(changes), ""

    return told


def _day(moment: str) -> str:
    local = timezone.localtime(datetime.fromisoformat(moment))
    return f"{short_date(local.date())} {hours(local.time()).removeprefix('เวลา ')}"


def _returned(data: Mapping[str, Any], framework: Framework) -> Told:
    reasons = [(_label(framework, key), "", reason) for key, reason in data["reasons"].items()]
    return gettext("ส่งคืนให้โรงเรียนแก้ไข"), tuple(reasons), ""


def _state(data: Mapping[str, Any]) -> str:
    title = rounds.STATES.get(data.get("state", ""))
    return gettext(title) if title else ""


_VERBS: dict[str, Callable[[Mapping[str, Any], Framework], Told]] = {
    "save_answer": _one(_("ตอบ")),
    "judge": _one(_("ตรวจ")),
    "save_facts": _facts,
    "confirm_last": _many(_("ยืนยันค่าเดิมของรอบก่อน")),
    "agree": _many(_("เห็นด้วยกับโรงเรียน")),
    "hand_in": _plain(_("ส่งผลประเมิน"), "digest"),
    "withdraw": _plain(_("ถอนการส่ง")),
    "accept": _plain(_("รับตรวจ")),
    "comment": _plain(_("ข้อความ"), "text"),
    "send_back": _returned,
    "finish": _plain(_("ยืนยันผลตรวจสอบ")),
    "recall": _plain(_("ยุติการส่งคืน")),
    "reopen": _plain(_("เปิดการตรวจสอบอีกครั้ง")),
    "approve": _plain(_("รับรองผล"), "digest"),
    "unlock": _unlocked,
    "extend": _plain(_("ขยายเวลา"), "reason"),
    "override_colour": _decided,
    "record_self": _whole(_("นำเข้าแบบประเมินของโรงเรียน")),
    "record_verification": _whole(_("นำเข้าแบบตรวจสอบของเขต")),
    "restore": _whole(_("ยกเลิกการนำเข้า")),
    "attach": _plain(_("แนบหลักฐาน"), "title"),
    "detach": _plain(_("เลิกแนบหลักฐาน"), "title"),
}
