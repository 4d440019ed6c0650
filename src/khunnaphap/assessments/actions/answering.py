"""What a school does on its pages: answer, state facts, confirm what did not change, hand in, withdraw."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import act_key, done_before, record
from khunnaphap.audit.models import Event
from khunnaphap.core import rounds
from khunnaphap.core.handin import check_self
from khunnaphap.core.problems import Refusal
from khunnaphap.frameworks.queries import framework_of

from ..carrying import last_answers, previous
from ..colouring import classify_now
from ..models import Answer, Assessment, Attachment, Submission
from ..one_answer import (
    Conflict,
    Given,
    Kept,
    as_read_or_locked,
    check_asked,
    lock,
    receive,
    recount,
    self_columns,
    subject_of,
    touch,
    window_of,
    write,
)
from ..queries import standing_of
from ..sides import check_answers

__all__ = [
    "Conflict",
    "FactsChanged",
    "Given",
    "Kept",
    "confirm_last",
    "hand_in",
    "save_answer",
    "save_facts",
    "withdraw",
]


def save_answer(
    *, assessment: Assessment, indicator: str, given: Given, version: int, by: User, key: UUID | None = None
) -> Kept:
    """Keep what a school's page holds of one indicator; incomplete is fine until it is handed in.

    ``version``: the answer's version that the page was made from (0 = none yet). ``Conflict`` when it is another one
    now; ``Refusal`` outside of the round's time, of its states, or of what it asks.
    """

    def act(now: Assessment) -> Kept:
        _check_open(now, by)
        check_asked(now, indicator)
        return write(now, indicator, self_columns(given), version=version, key=key, verb="save_answer", by=by)

    return as_read_or_locked(assessment, act)


@dataclass(frozen=True)
class Theirs:
    """What another person wrote of a fact meanwhile (stored text, empty = taken away); who and when, where it is known."""

    text: str
    who: str = ""
    when: datetime | None = None


class FactsChanged(Refusal):
    """Somebody else changed facts meanwhile: ``theirs`` carries what is there now, by fact id; nothing was written."""

    def __init__(self, theirs: Mapping[str, Theirs]) -> None:
        super().__init__(
            "facts-changed", "มีผู้อื่นแก้ข้อมูลเดียวกันหลังจากที่ท่านเปิดหน้านี้", "เทียบสองค่าในช่องที่แจ้งไว้ เลือกค่าที่จะใช้ แล้วบันทึกอีกครั้ง"
        )
        self.theirs = dict(theirs)


@transaction.atomic
def save_facts(
    *,
    assessment: Assessment,
    facts: Mapping[str, str | None],
    seen: Mapping[str, str],
    by: User,
    key: UUID | None = None,
) -> int:
    """Keep facts (as stored text; ``None`` takes one away); gives how many changed.

    ``seen`` is what the page showed of them: what it showed and still holds is no change, so that another person's
    stays; ``FactsChanged`` when another person changed the same fact to a different value. One's own earlier value gives
    way: it is a save of this page whose receipt was lost, or of one's other device. The same save again (``key``) gives
    what the first one did, whatever was changed since.
    """
    fresh = _open(assessment, by)
    typed = {name: value for name, value in facts.items() if (value or "") != seen.get(name, "")}
    key = act_key(key, by.get_username(), "save_facts", subject_of(fresh), typed, dict(seen))
    if earlier := done_before(key):
        return len(earlier.data["changed"])
    wanted = {name: value for name, value in typed.items() if fresh.facts.get(name, "") != (value or "")}
    moved = [name for name in wanted if fresh.facts.get(name, "") != seen.get(name, "")]
    if theirs := _theirs(fresh, moved, by) if moved else {}:
        raise FactsChanged(theirs)
    if not wanted:
        return 0
    before = {name: fresh.facts.get(name, "") for name in wanted}
    merged = {**fresh.facts, **wanted}
    fresh.facts = {name: value for name, value in merged.items() if value is not None}
    standing = standing_of(fresh.round, fresh, fresh.answers.order_by("id"))
    touch(fresh, facts=fresh.facts, **recount(fresh, standing))
    changed = {name: [before[name], value or ""] for name, value in wanted.items()}
    record(by=by, verb="save_facts", subject=subject_of(fresh), key=key, changed=changed)
    return len(wanted)


def _theirs(assessment: Assessment, moved: Collection[str], by: User) -> dict[str, Theirs]:
    """What stands of these facts but for what ``by`` wrote, and whose it is as far as events of pages and workbooks tell."""
    found = {name: Theirs(assessment.facts.get(name, "")) for name in moved}
    left = set(moved)
    events = Event.objects.filter(subject=subject_of(assessment), verb__in=("save_facts", "record_self"))
    for event in events.order_by("-number").iterator():
        wrote = {name: after for name, (_, after) in event.data.get("changed", {}).items()} | event.data.get(
            "facts", {}
        )
        for name in left & wrote.keys():
            if wrote[name] == found[name].text:
                found[name] = Theirs(found[name].text, event.actor, event.at)
        left -= wrote.keys()
        if not left:
            break
    others = {name: one for name, one in found.items() if one.who != by.username}
    names = {one.username: str(one) for one in User.objects.filter(username__in={one.who for one in others.values()})}
    return {name: Theirs(one.text, names.get(one.who, one.who), one.when) for name, one in others.items()}


@transaction.atomic
def confirm_last(*, assessment: Assessment, indicators: Collection[str], by: User) -> tuple[str, ...]:
    """Confirm that nothing changed since the last round: its level and remark become this round's answer.

    Only rubrics without an answer yet are filled (what is computed follows from facts); gives their ids. The verified
    level of the last round counts before the school's own.
    """
    fresh = _open(assessment, by)
    answered = set(fresh.answers.exclude(self_level=None).values_list("indicator", flat=True))
    if fresh.state == rounds.RETURNED:
        answered |= set(indicators)
    last, framework = last_answers(fresh), framework_of(fresh.round.edition)
    answered |= {one.id for one in framework.indicators if one.measure is not None}
    now, filled = timezone.now(), []
    for indicator in indicators:
        answer = last.get(indicator)
        if answer is None or indicator in answered or indicator in fresh.carried:
            continue
        level = answer.self_level if answer.verified_level is None else answer.verified_level
        reason = answer.self_reason if level == answer.self_level else answer.verified_remark
        values = {"self_level": level, "self_reason": reason, "self_remark": answer.self_remark}
        row, made = Answer.objects.get_or_create(
            assessment=fresh, indicator=indicator, defaults={**values, "self_by": by, "self_at": now}
        )
        if not made:
            changes = {**values, "self_by": by, "self_at": now, "version": row.version + 1}
            Answer.objects.filter(pk=row.pk).update(**changes)
        filled.append(indicator)
    if filled:
        _attach_again(fresh, filled, by)
        touch(fresh, **recount(fresh, standing_of(fresh.round, fresh, fresh.answers.order_by("id"))))
        record(by=by, verb="confirm_last", subject=subject_of(fresh), indicators=filled)
    return tuple(filled)


@transaction.atomic
def hand_in(*, assessment: Assessment, by: User) -> Submission:
    """Hand in a complete self-assessment: a receipt with the hash of its content, and the provisional colour.

    What waits for the round's reference means alone stays open, and with it the colour.

    ``Refusal`` while something is unanswered or a reason lacks. Handing in what is handed in gives the same receipt.
    """
    fresh = lock(assessment)
    last = fresh.submissions.last()
    if fresh.state == rounds.SUBMITTED and last is not None:
        return last
    check_answers(fresh, by)
    state = rounds.move(fresh.state, "hand_in")
    window_of(fresh).check(timezone.now())
    standing = standing_of(fresh.round, fresh, fresh.answers.order_by("id"))
    lacking = [key for key, rating in standing.self_ratings.items() if rating is None and key not in standing.awaiting]
    reasons = check_self(standing.framework, standing.asked_answers, standing.computed)
    if lacking or reasons:
        raise Refusal(
            "not-complete",
            f"ยังส่งไม่ได้ ยังไม่ตอบ {len(lacking)} ตัวชี้วัด และขาดเหตุผล {len(reasons)} ตัวชี้วัด",
            "ดูรายการในหน้า “ตรวจก่อนส่ง” แล้วตอบให้ครบ",
        )
    touch(fresh, state=state, submitted_at=timezone.now())
    receipt = receive(fresh, standing, by)
    classify_now(fresh, standing)
    record(by=by, verb="hand_in", subject=subject_of(fresh), state=state, digest=receipt.digest, number=receipt.number)
    return receipt


@transaction.atomic
def withdraw(*, assessment: Assessment, by: User) -> None:
    """Take a hand-in back to go on with it, as long as the office has not accepted it for review."""
    fresh = lock(assessment)
    check_answers(fresh, by)
    state = rounds.move(fresh.state, "withdraw")
    window_of(fresh).check(timezone.now())
    if fresh.sent_back.filter(answered_at=fresh.submitted_at).update(answered_at=None):
        state = rounds.RETURNED  # what was not sent back stays closed
    touch(fresh, state=state, submitted_at=None)
    record(by=by, verb="withdraw", subject=subject_of(fresh), state=state)


def _attach_again(assessment: Assessment, indicators: Collection[str], by: User) -> None:
    """The evidence of the last round, at the indicators that were confirmed."""
    before = previous(assessment)
    if before is None:
        return
    present = before.attachments.filter(indicator__in=indicators, evidence__removed_at=None)
    now = timezone.now()
    Attachment.objects.bulk_create(
        [
            Attachment(assessment=assessment, indicator=one.indicator, evidence_id=one.evidence_id, by=by, at=now)
            for one in present
        ],
        ignore_conflicts=True,
    )


def _open(assessment: Assessment, by: User) -> Assessment:
    fresh = lock(assessment)
    _check_open(fresh, by)
    return fresh


def _check_open(assessment: Assessment, by: User) -> None:
    check_answers(assessment, by)
    rounds.move(assessment.state, "answer")
    window_of(assessment).check(timezone.now())
