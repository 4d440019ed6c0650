"""What an approval stands for: the hash over all that was handed in and decided, and holding the record against it.

A colour that a person decided on is held against the event of that decision in the same walk.

The formula of the hash has a version, which the approval's event names: an older approval is held against the formula
that it was made by. What goes into the hash next is the next version's; a version that was used never changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Max, Q
from django.utils.timezone import localdate

from khunnaphap.audit.models import Event
from khunnaphap.core import rounds
from khunnaphap.core.completeness import UNANSWERED
from khunnaphap.core.completeness import Answer as CoreAnswer
from khunnaphap.core.framework import Framework
from khunnaphap.core.thai.dates import long_date
from khunnaphap.frameworks.queries import framework_of, titled

from .models import Assessment, Classification, Round, stored
from .queries import Standing, each_standing, means_of, unpacked

Content = list[Any]


def _evidence(assessment: Assessment) -> list[list[str]]:
    attached = assessment.attachments.order_by("indicator", "evidence__original_sha256")
    return [list(one) for one in attached.values_list("indicator", "evidence__original_sha256")]


def _answer(answer: CoreAnswer) -> Content:
    return [
        stored(answer.self_rating), answer.self_reason, answer.self_remark,
        stored(answer.verified_rating), answer.verified_remark,
    ]  # fmt: skip


def _first(standing: Standing, assessment: Assessment) -> Content:
    """Edition, facts, both sides of every answer, evidence."""
    answers = {key: _answer(answer) for key, answer in standing.answers.items() if answer != UNANSWERED}
    return [standing.framework.code, dict(assessment.facts), answers, _evidence(assessment)]


def _second(standing: Standing, assessment: Assessment) -> Content:
    """The first, and the reference means that levels were computed with."""
    return [*_first(standing, assessment), dict(means_of(assessment.round, assessment))]


FORMULAS: Final[Mapping[int, Callable[[Standing, Assessment], Content]]] = {1: _first, 2: _second}
NEWEST: Final = max(FORMULAS)
_SAME_MOMENT: Final = timedelta(hours=1)
"""How far apart the moment of an approval and that of its event may lie: one transaction that waited for others."""


def content_digest(standing: Standing, assessment: Assessment, formula: int = NEWEST) -> str:
    """SHA-256 over all that a person handed in or decided, by a version of the formula."""
    return _sha256(FORMULAS[formula](standing, assessment))


def part_digests(standing: Standing, assessment: Assessment) -> dict[str, str]:
    """A short hash of each answer, fact and indicator's evidence, by which what was changed is named."""
    evidence: dict[str, list[str]] = {}
    for indicator, sha256 in _evidence(assessment):
        evidence.setdefault(f"evidence:{indicator}", []).append(sha256)
    answers = {f"answer:{key}": _answer(one) for key, one in standing.answers.items() if one != UNANSWERED}
    facts = {f"fact:{key}": text for key, text in assessment.facts.items()}
    means = {f"mean:{key}": text for key, text in means_of(assessment.round, assessment).items()}
    return {name: _sha256(part)[:16] for name, part in {**answers, **facts, **evidence, **means}.items()}


def _sha256(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Held:
    """How many approvals were held against the record, and what does not follow, in words."""

    approvals: int
    faults: tuple[str, ...]


def hold_approvals() -> Held:
    """Hold every approval that stands, as its event in the chain tells it, against what the record has now."""
    approvals, faults, seen = _standing_approvals(), [], set()
    for round_ in Round.objects.select_related("edition"):
        name = f"assessment:{round_.name}:"
        codes = {subject.removeprefix(name) for subject in approvals if subject.startswith(name)}
        codes |= set(round_.assessments.filter(state=rounds.APPROVED).values_list("school__ministry_code", flat=True))
        for assessment, standing in each_standing(round_, codes):
            subject = f"{name}{assessment.school.ministry_code}"
            event = approvals.get(subject)
            seen.add(subject)
            if event is not None:
                faults += [f"{assessment}: {fault}" for fault in _faults(assessment, standing, event)]
            elif assessment.state == rounds.APPROVED:
                faults.append(f"{assessment}: บันทึกว่ารับรองแล้ว แต่ไม่มีเหตุการณ์รับรอง")
    faults += [f"{subject}: รับรองแล้ว แต่ไม่มีผลประเมินนี้ในที่เก็บข้อมูล" for subject in approvals.keys() - seen]
    faults += _decided_faults()
    return Held(len(approvals), tuple(faults))


def _standing_approvals() -> dict[str, Event]:
    """The last approval of each assessment that was not unlocked after it."""
    return {subject: event for subject, event in _last_of("approve", "unlock").items() if event.verb == "approve"}


def _last_of(*verbs: str) -> dict[str, Event]:
    """The last event of these verbs on each subject."""
    newest = Event.objects.filter(verb__in=verbs).values("subject").annotate(last=Max("number")).values("last")
    return {event.subject: event for event in Event.objects.filter(number__in=newest)}


def _faults(assessment: Assessment, standing: Standing, event: Event) -> Iterator[str]:
    approved, formula = event.data["digest"], event.data.get("formula", 1)
    if assessment.state != rounds.APPROVED:
        yield f"รับรองแล้ว แต่สถานะในที่เก็บข้อมูลคือ “{rounds.STATES.get(assessment.state, assessment.state)}”"
    if assessment.approved_at is None or abs(assessment.approved_at - event.at) > _SAME_MOMENT:
        yield f"เวลาที่รับรองไม่ตรงกับเหตุการณ์รับรอง ({long_date(localdate(event.at))})"
    if assessment.digest != approved:
        yield "รหัสตรวจสอบเนื้อหาที่เก็บไว้ไม่ตรงกับที่รับรอง"
    if content_digest(standing, assessment, formula) != approved:
        yield f"เนื้อหาไม่ตรงกับที่รับรอง: {_named(assessment, standing, event)}"
    if differ := _apart_from_snapshot(assessment, standing):
        yield f"กลุ่มสีที่เก็บไว้ไม่ตามจากคำตอบ: {', '.join(differ)}"


def _decided_faults() -> Iterator[str]:
    """What is wrong with colours that were decided on: each is the one that its event tells, with its reason."""
    events = _last_of("override_colour")
    for round_ in Round.objects.select_related("edition"):
        name, titles = (
            f"assessment:{round_.name}:",
            {band.colour: titled(band) for band in framework_of(round_.edition).bands},
        )
        codes = [subject.removeprefix(name) for subject in events if subject.startswith(name)]
        latest = Classification.objects.filter(assessment__round=round_, is_latest=True).defer("levels")
        said = ~Q(override="") | ~Q(override_reason="") | Q(override_by__isnull=False)
        concerned = said | Q(assessment__school__ministry_code__in=codes)
        for row in latest.filter(concerned).select_related("assessment__school", "assessment__round"):
            event = events.get(f"{name}{row.assessment.school.ministry_code}")
            said, reason = _decided_by(row, event)
            if (row.override, row.override_reason) != (said, reason):
                there, told = (titles.get(one, one) or "ไม่มี" for one in (row.override, said))
                yield f"{row.assessment}: กลุ่มสีที่กำหนดแทน ({there}) หรือเหตุผลไม่ตรงกับเหตุการณ์กำหนดสี ({told})"


def _decided_by(row: Classification, event: Event | None) -> tuple[str, str]:
    """The decided colour and the reason that a snapshot should bear; a snapshot after the decision bears none."""
    if event is None or row.at > event.at:
        return "", ""
    shown, reason = event.data["colour"][1], event.data["reason"]
    return ("" if shown == row.colour else shown), reason


def _named(assessment: Assessment, standing: Standing, event: Event) -> str:
    """What differs, by name; of an approval from before single hashes, what the colour's own levels tell."""
    parts, framework = event.data.get("parts"), standing.framework
    if parts is not None:
        now = part_digests(standing, assessment)
        changed = sorted(name for name in parts.keys() | now.keys() if parts.get(name) != now.get(name))
        return ", ".join(_in_words(framework, name) for name in changed) or "เกณฑ์การประเมิน"
    told = ", ".join(_apart_from_snapshot(assessment, standing))
    return told or "รับรองก่อนที่ระบบเก็บรหัสรายข้อ จึงบอกไม่ได้ว่าเป็นข้อใด"


def _apart_from_snapshot(assessment: Assessment, standing: Standing) -> list[str]:
    """The indicators whose verified level is not the one that the colour was made from.

    What is computed is passed over: it follows from the school's grades as well, which may rightly change later.
    """
    framework = standing.framework
    latest = assessment.classifications.filter(is_latest=True).first()
    levels = unpacked(framework, bytes(latest.levels)) if latest else {}
    chosen = [one.id for one in framework.indicators if one.measure is None and one.not_applicable is None]
    differ = [key for key in chosen if standing.verified_ratings[key] != levels.get(key)]
    return [_in_words(framework, f"answer:{key}") for key in differ]


def _in_words(framework: Framework, name: str) -> str:
    kind, _, key = name.partition(":")
    if kind in ("fact", "mean"):
        fact = framework.facts_by_id.get(key)
        what = "ข้อมูล" if kind == "fact" else "ค่าอ้างอิง"
        return f"{what} “{titled(fact) if fact else key}”"
    indicator = framework.by_id.get(key)
    label = f"{indicator.label} {titled(indicator)}" if indicator else key
    return f"หลักฐานของตัวชี้วัด {label}" if kind == "evidence" else f"ตัวชี้วัด {label}"
