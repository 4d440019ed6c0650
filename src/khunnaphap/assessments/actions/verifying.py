"""What an area office does on its pages: accept, judge, agree, comment, send back, finish, reopen, approve, unlock."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import act_key, done_before, record
from khunnaphap.core import rounds
from khunnaphap.core.day_windows import impossible_day
from khunnaphap.core.handin import check_verified
from khunnaphap.core.problems import Refusal
from khunnaphap.frameworks.queries import framework_of

from ..approvals import NEWEST, content_digest, part_digests
from ..colouring import classify_now
from ..means import check_means
from ..models import Answer, Assessment, Classification, Comment, SentBack, stored
from ..one_answer import (
    Given,
    Kept,
    as_read_or_locked,
    lock,
    recount,
    subject_of,
    touch,
    verified_columns,
    window_of,
    write,
)
from ..queries import standing_of
from ..sides import check_verifies


@transaction.atomic
def accept(*, assessment: Assessment, by: User) -> None:
    """Accept a hand-in for review: from now on the school's copy does not move."""
    fresh = lock(assessment)
    check_verifies(fresh, by)
    state = rounds.move(fresh.state, "accept")
    touch(fresh, state=state)
    record(by=by, verb="accept", subject=subject_of(fresh), state=state)


def judge(
    *, assessment: Assessment, indicator: str, given: Given, version: int, by: User, key: UUID | None = None
) -> Kept:
    """Keep a verifier's level and remark of one indicator; ``version`` as in ``save_answer``."""

    def act(now: Assessment) -> Kept:
        check_verifies(now, by)
        rounds.move(now.state, "judge")
        _check_not_carried(now, indicator)
        return write(now, indicator, verified_columns(given), version=version, key=key, verb="judge", by=by)

    return as_read_or_locked(assessment, act)


@transaction.atomic
def agree(*, assessment: Assessment, indicators: Collection[str], by: User) -> tuple[str, ...]:
    """Agree with the school on every one of these that has no verified level yet; gives their ids."""
    fresh = lock(assessment)
    check_verifies(fresh, by)
    rounds.move(fresh.state, "judge")
    rows = {row.indicator: row for row in fresh.answers.all()}
    standing = standing_of(fresh.round, fresh, rows.values())
    now, agreed = timezone.now(), []
    for indicator in indicators:
        row, rating = rows.get(indicator), standing.self_ratings[indicator]
        if rating is None or indicator in fresh.carried or (row and row.verified_level is not None):
            continue
        values = {"verified_level": stored(rating), "verified_by": by, "verified_at": now}
        if row is None:
            Answer.objects.create(assessment=fresh, indicator=indicator, **values)
        else:
            Answer.objects.filter(pk=row.pk).update(**values, version=row.version + 1)
        agreed.append(indicator)
    if agreed:
        standing = standing_of(fresh.round, fresh, fresh.answers.order_by("id"))
        touch(fresh, **recount(fresh, standing))
        record(by=by, verb="agree", subject=subject_of(fresh), indicators=agreed)
    return tuple(agreed)


@transaction.atomic
def comment(*, assessment: Assessment, indicator: str, text: str, by: User, key: UUID | None = None) -> Comment | None:
    """Add to an indicator's thread; allowed in every state, because talking changes no content.

    The event holds the words' digest, not the words: those can be taken away with the comment, an event cannot.
    """
    fresh = lock(assessment)
    digest = hashlib.sha256(text.encode()).hexdigest()
    key = act_key(key, by.get_username(), "comment", subject_of(fresh), indicator, digest)
    if earlier := done_before(key):
        return fresh.comments.filter(pk=earlier.data["comment"]).first()
    made = Comment.objects.create(assessment=fresh, indicator=indicator, text=text, by=by, at=timezone.now())
    record(
        by=by, verb="comment", subject=subject_of(fresh), key=key,
        indicator=indicator, comment=made.pk, digest=digest,
    )  # fmt: skip
    return made


@transaction.atomic
def send_back(*, assessment: Assessment, reasons: Mapping[str, str], due: datetime, by: User) -> None:
    """Send named indicators back, each with its reason; only these open again, until ``due``.

    Their verified levels are taken back, so that the colour is provisional again until they are judged anew. ``due``
    holds, also where the school had longer; the event keeps both moments.
    """
    fresh = lock(assessment)
    check_verifies(fresh, by)
    state = rounds.move(fresh.state, "return")
    _check_reasons(fresh, reasons, due)
    before = window_of(fresh).last
    _open_again(fresh, reasons, by)
    standing = standing_of(fresh.round, fresh, fresh.answers.order_by("id"))
    touch(fresh, state=state, verified_at=None, extended_to=due, **recount(fresh, standing))
    lapsed = classify_now(fresh, standing)
    record(
        by=by, verb="send_back", subject=subject_of(fresh), state=state, due=due.isoformat(), before=before.isoformat(),
        reasons=dict(reasons), **lapsed,
    )  # fmt: skip


@transaction.atomic
def finish(*, assessment: Assessment, by: User) -> None:
    """Finish verifying; ``Refusal`` past an unjudged indicator, or one whose remark lacks."""
    fresh = lock(assessment)
    check_verifies(fresh, by)
    state = rounds.move(fresh.state, "finish")
    standing = standing_of(fresh.round, fresh, fresh.answers.order_by("id"))
    if left := [key for key in standing.unverified if key not in standing.awaiting]:
        raise Refusal(
            "not-all-judged",
            f"ยังไม่ตรวจ {len(left)} ตัวชี้วัด จึงยืนยันผลไม่ได้",
            "ตรวจตัวชี้วัดที่เหลือ หรือใช้ “เห็นด้วยกับทุกข้อที่เหลือ”",
        )
    check_means(fresh, standing)
    lacking = check_verified(standing.framework, standing.asked_answers, standing.computed)
    if lacking:
        raise Refusal("remark-lacking", lacking[0][1].message, lacking[0][1].mend)
    touch(fresh, state=state, verified_at=timezone.now())
    lapsed = classify_now(fresh, standing)
    record(by=by, verb="finish", subject=subject_of(fresh), state=state, **lapsed)


@transaction.atomic
def reopen(*, assessment: Assessment, by: User) -> None:
    """Take the end of verifying back before approval: levels and remarks stay, and may change again."""
    fresh = lock(assessment)
    check_verifies(fresh, by)
    state = rounds.move(fresh.state, "reopen")
    touch(fresh, state=state, verified_at=None)
    record(by=by, verb="reopen", subject=subject_of(fresh), state=state)


@transaction.atomic
def recall(*, assessment: Assessment, by: User) -> None:
    """End a return (or the opening of what was approved) without a new hand-in: the answers are verified as they stand.

    The levels that were taken back stay so, and are judged anew.
    """
    fresh = lock(assessment)
    check_verifies(fresh, by)
    state = rounds.move(fresh.state, "recall")
    now = timezone.now()
    left = sorted(fresh.sent_back.filter(answered_at=None).values_list("indicator", flat=True))
    fresh.sent_back.filter(answered_at=None).update(answered_at=now)
    standing = standing_of(fresh.round, fresh, fresh.answers.order_by("id"))
    touch(fresh, state=state, submitted_at=fresh.submitted_at or now)
    classify_now(fresh, standing)
    record(by=by, verb="recall", subject=subject_of(fresh), state=state, indicators=left)


@transaction.atomic
def approve(*, assessment: Assessment, by: User) -> str:
    """Approve in the office's name: the content is frozen, its hash kept, the colour official. Gives the hash."""
    fresh = lock(assessment)
    check_verifies(fresh, by)
    state = rounds.move(fresh.state, "approve")
    standing = standing_of(fresh.round, fresh, fresh.answers.order_by("id"))
    check_means(fresh, standing)
    digest = content_digest(standing, fresh)
    touch(fresh, state=state, approved_at=timezone.now(), digest=digest, references=dict(fresh.round.references))
    classify_now(fresh, standing)
    record(
        by=by, verb="approve", subject=subject_of(fresh), state=state,
        digest=digest, formula=NEWEST, parts=part_digests(standing, fresh),
    )  # fmt: skip
    return digest


@transaction.atomic
def unlock(*, assessment: Assessment, indicators: Collection[str], reason: str, until: datetime, by: User) -> None:
    """Open named indicators of an approved assessment again, with a reason and an end; the rest stays frozen.

    A colour that was decided on lapses with what it was decided on: who approves anew decides anew.
    """
    fresh = lock(assessment)
    check_verifies(fresh, by)
    state = rounds.move(fresh.state, "unlock")
    reasons = dict.fromkeys(indicators, reason)
    _check_reasons(fresh, reasons, until)
    digest, before = fresh.digest, window_of(fresh).last
    fresh.references = None  # from now on the round's own count again
    _open_again(fresh, reasons, by)
    standing = standing_of(fresh.round, fresh, fresh.answers.order_by("id"))
    opened = {"verified_at": None, "approved_at": None, "digest": "", "references": None, "extended_to": until}
    touch(fresh, state=state, **opened, **recount(fresh, standing))
    lapsed = classify_now(fresh, standing)
    record(
        by=by, verb="unlock", subject=subject_of(fresh), state=state, reason=reason, until=until.isoformat(),
        before=before.isoformat(), indicators=sorted(reasons), digest=digest, **lapsed,
    )  # fmt: skip


@transaction.atomic
def override_colour(*, assessment: Assessment, colour: str, reason: str, by: User) -> Classification:
    """Decide on another colour than the one that follows, with the reason; an empty colour takes the decision back."""
    fresh = lock(assessment)
    latest = fresh.classifications.filter(is_latest=True).first()
    if latest is None or not latest.colour:
        raise Refusal("no-colour-yet", "โรงเรียนยังไม่มีกลุ่มสี จึงกำหนดสีอื่นแทนไม่ได้", "รอให้โรงเรียนส่งผลและมีกลุ่มสีก่อน")
    colours = {band.colour for band in framework_of(fresh.round.edition).bands}
    if colour and (colour not in colours or colour == latest.colour):
        raise Refusal("colour-same", "สีที่เลือกตรงกับสีที่คำนวณได้ หรือไม่มีในเกณฑ์", "เลือกสีอื่น หรือยกเลิกการกำหนดสี")
    if not reason.strip():
        raise Refusal("reason-lacking", "ยังไม่ได้บอกเหตุผลของการกำหนดสี", "เขียนเหตุผลและหนังสืออ้างอิง (ถ้ามี)")
    decided = {"override": colour, "override_reason": reason, "override_by": by}
    copied = {name: getattr(latest, name) for name in ("edition_id", "basis", "total", "colour", "reason", "levels")}
    fresh.classifications.filter(is_latest=True).update(is_latest=False)
    made = Classification.objects.create(assessment=fresh, at=timezone.now(), **copied, **decided)
    record(
        by=by, verb="override_colour", subject=subject_of(fresh),
        colour=[latest.override or latest.colour, made.colour_shown], reason=reason,
    )  # fmt: skip
    return made


def _check_not_carried(assessment: Assessment, indicator: str) -> None:
    if indicator in assessment.carried:
        raise Refusal("not-asked", "รอบนี้ไม่ได้ถามตัวชี้วัดนี้ ผลที่ตรวจสอบแล้วจากรอบก่อนยังนับอยู่", "ตรวจเฉพาะตัวชี้วัดที่รอบนี้ถาม")


def _check_reasons(assessment: Assessment, reasons: Mapping[str, str], until: datetime) -> None:
    known = framework_of(assessment.round.edition).by_id
    if not reasons:
        raise Refusal("nothing-named", "ยังไม่ได้เลือกตัวชี้วัด", "เลือกอย่างน้อยหนึ่งตัวชี้วัด")
    for indicator, reason in reasons.items():
        _check_not_carried(assessment, indicator)
        if not reason.strip():
            raise Refusal(
                "reason-lacking", f"ตัวชี้วัด {known[indicator].label} ยังไม่มีเหตุผล", "เขียนเหตุผลให้โรงเรียนรู้ว่าต้องแก้อะไร"
            )
    if until <= timezone.now():
        raise Refusal("due-past", "กำหนดส่งใหม่ผ่านไปแล้ว", "เลือกวันและเวลาในอนาคต")
    if problem := impossible_day("deadline", timezone.localdate(until), today=timezone.localdate()):
        raise Refusal("due-far", problem.message, problem.mend)


def _open_again(assessment: Assessment, reasons: Mapping[str, str], by: User) -> None:
    now = timezone.now()
    assessment.sent_back.filter(answered_at=None).update(answered_at=now)
    SentBack.objects.bulk_create(
        SentBack(assessment=assessment, indicator=indicator, reason=reason, by=by, at=now)
        for indicator, reason in reasons.items()
    )
    judged = Answer.objects.filter(assessment=assessment, indicator__in=reasons).exclude(verified_level=None)
    judged.update(verified_level=None, version=F("version") + 1)
