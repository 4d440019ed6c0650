"""One answer written under its version: what every page's save shares, whichever side writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import act_key, done_before, record
from khunnaphap.core.completeness import Tally
from khunnaphap.core.framework import Rating
from khunnaphap.core.problems import Refusal
from khunnaphap.core.windows import Window
from khunnaphap.frameworks.queries import framework_of

from .approvals import content_digest
from .models import Answer, Assessment, SentBack, Submission, rating_of, stored
from .queries import Standing, tally_of, tally_of_one


@dataclass(frozen=True)
class Given:
    """All that a page holds of one side of an answer; what is empty here is empty afterwards."""

    rating: Rating = None
    reason: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Kept:
    """What a save left: the answer's version and when; ``again`` when the same save had come before."""

    version: int
    at: datetime
    again: bool = False


class Conflict(Refusal):
    """Somebody else wrote the answer meanwhile: nothing is lost, both texts are shown.

    It carries the side of the row that is there now: version, rating, reason, remark, who and when.
    """

    def __init__(self, theirs: Answer, *, verified: bool, by: User) -> None:
        side = "verified" if verified else "self"
        mine = getattr(theirs, f"{side}_by_id") == by.pk
        super().__init__(
            "answer-changed",
            "ท่านแก้คำตอบข้อนี้จากอีกแท็บหรืออีกเครื่อง หลังจากที่เปิดหน้านี้" if mine else "มีผู้อื่นแก้คำตอบข้อนี้หลังจากที่ท่านเปิดหน้านี้",
            "เทียบสองข้อความด้านล่าง แล้วเลือกบันทึกของหน้านี้ทับ หรือใช้ที่บันทึกไว้แล้ว",
        )
        self.version = theirs.version
        self.rating = rating_of(getattr(theirs, f"{side}_level"))
        self.reason = "" if verified else theirs.self_reason
        self.remark = getattr(theirs, f"{side}_remark")
        self.who, self.when = getattr(theirs, f"{side}_by"), getattr(theirs, f"{side}_at")


class MovedError(Exception):
    """The assessment is no longer at the version that was read: nothing of this transaction may stay."""


def as_read_or_locked(assessment: Assessment, act: Callable[[Assessment], Kept]) -> Kept:
    """Carry out ``act``, which reads, decides and then writes in a transaction, on the assessment as this request read it.

    ``touch`` lets nothing through that another person has moved since; then, and before anything is refused, ``act``
    decides again on what the lock gives. A save that meets nobody is spared that read, and keeps nobody else from
    writing while it decides (ADR 0011).
    """
    try:
        return act(copy(assessment))  # what the caller holds stays as it was read
    except (MovedError, Refusal):
        with transaction.atomic():
            return act(lock(assessment))


def lock(assessment: Assessment) -> Assessment:
    """The assessment and its round as they are now, locked until the transaction ends.

    School and edition are those of ``assessment``: neither decides anything that may have changed meanwhile.
    """
    fresh = Assessment.objects.select_for_update(of=("self",)).select_related("round").get(pk=assessment.pk)
    fresh.round.edition, fresh.school = assessment.round.edition, assessment.school
    return fresh


def window_of(assessment: Assessment) -> Window:
    """When the school may answer."""
    round_ = assessment.round
    return Window(round_.opens, round_.closes, round_.closed_at, assessment.extended_to)


def subject_of(assessment: Assessment) -> str:
    """How events name an assessment."""
    return f"assessment:{assessment.round.name}:{assessment.school.ministry_code}"


def receive(assessment: Assessment, standing: Standing, by: User) -> Submission:
    """The receipt of a hand-in, whichever way it came; ``assessment`` is as it was handed in."""
    last = assessment.submissions.last()
    assessment.sent_back.filter(answered_at=None).update(answered_at=assessment.submitted_at)
    return Submission.objects.create(
        assessment=assessment,
        number=(last.number if last else 0) + 1,
        at=assessment.submitted_at,
        by=by,
        digest=content_digest(standing, assessment),
        answered=len(standing.asked),
        version=assessment.version,
    )


def check_asked(assessment: Assessment, indicator: str) -> None:
    """``Refusal`` for an indicator that the round does not ask this school for, or that was not sent back."""
    if indicator in assessment.carried:
        raise Refusal("not-asked", "รอบนี้ไม่ได้ถามตัวชี้วัดนี้ ใช้ผลที่ตรวจสอบแล้วจากรอบก่อน", "กลับไปยังตัวชี้วัดที่รอบนี้ถาม")
    if (
        assessment.state == "returned"
        and not SentBack.objects.filter(assessment=assessment, indicator=indicator, answered_at=None).exists()
    ):
        raise Refusal("not-sent-back", "ตัวชี้วัดนี้ไม่ได้ถูกส่งคืน จึงยังแก้ไขไม่ได้", "แก้เฉพาะตัวชี้วัดที่เขตส่งคืน หรือขอให้เขตส่งคืนเพิ่ม")


def write(
    assessment: Assessment,
    indicator: str,
    columns: Mapping[str, Any],
    *,
    version: int,
    key: UUID | None,
    verb: str,
    by: User,
) -> Kept:
    """Write columns of one answer when it is still at ``version`` (0 = not there yet), with one event.

    ``columns`` are named as in ``Answer`` ("self_level", …). The same ``key`` again gives what the first save left;
    another version raises ``Conflict``. The assessment is locked, or ``as_read_or_locked`` calls.
    """
    now = timezone.now()
    row = Answer.objects.at(assessment, indicator)
    side = "self" if "self_level" in columns else "verified"
    there = row.version if row else 0
    key = act_key(key, by.get_username(), verb, subject_of(assessment), indicator, version)
    if there != version:
        if row and all(getattr(row, name) == value for name, value in columns.items()):
            return Kept(there, getattr(row, f"{side}_at") or now, again=True)  # word for word what is there
        earlier = done_before(key)
        if earlier is None or earlier.data["version"] != there:
            raise Conflict(row or Answer(assessment=assessment, version=0), verified=side == "verified", by=by)
        version, key = there, None  # the first save arrived, its receipt did not, and more was typed since
    if row is None:
        row = Answer(assessment=assessment, indicator=indicator, version=0)
        key = None if done_before(key) else key  # an import that was undone took the answer of that save away
    changed = {name: [getattr(row, name), value] for name, value in columns.items() if getattr(row, name) != value}
    if not changed:
        return Kept(version, now)
    asked = framework_of(assessment.round.edition).by_id[indicator]
    before = tally_of_one(assessment, asked, row)
    written = {**columns, f"{side}_by": by, f"{side}_at": now, "version": version + 1}
    for name, value in written.items():
        setattr(row, name, value)
    count(assessment, tally_of_one(assessment, asked, row) - before)
    with transaction.atomic():
        touch_counts(assessment)
        row.save(update_fields=written if row.pk else None)
        event = record(
            by=by, verb=verb, subject=subject_of(assessment), key=key,
            indicator=indicator, version=version + 1, changed=changed,
        )  # fmt: skip
    return Kept(version + 1, event.at)


def count(assessment: Assessment, change: Tally) -> None:
    """Add to an assessment's counts."""
    for name in _COUNTS:
        setattr(assessment, name, (getattr(assessment, name) or 0) + getattr(change, name))


def recount(assessment: Assessment, standing: Standing) -> dict[str, int]:
    """Count anew from a whole standing; gives the columns, which are set on the assessment too."""
    found = tally_of(standing)
    for name in _COUNTS:
        setattr(assessment, name, getattr(found, name))
    return tallied(assessment)


def tallied(assessment: Assessment) -> dict[str, int]:
    """The counts as columns."""
    return {name: getattr(assessment, name) for name in _COUNTS}


_COUNTS = ("ready", "judged", "differs")


def self_columns(given: Given) -> dict[str, Any]:
    """A school's side as columns."""
    return {"self_level": stored(given.rating), "self_reason": given.reason, "self_remark": given.remark}


def verified_columns(given: Given) -> dict[str, Any]:
    """A verifier's side as columns."""
    return {"verified_level": stored(given.rating), "verified_remark": given.remark}


def touch_counts(assessment: Assessment) -> None:
    """``touch`` with the counts as they stand; in SQL, which Django would compose anew at each save (ADR 0012)."""
    told = tallied(assessment)
    statement = (
        f"UPDATE {Assessment._meta.db_table} SET version = version + 1, {', '.join(f'{name} = %s' for name in told)} "  # noqa: S608
        "WHERE id = %s AND version = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*told.values(), assessment.pk, assessment.version])
        if not cursor.rowcount:
            raise MovedError(subject_of(assessment))
    assessment.version += 1


def touch(assessment: Assessment, **columns: Any) -> None:
    """Raise the assessment's version by one, with other columns of it; ``MovedError`` when it is not at that version now."""
    there = Assessment.objects.filter(pk=assessment.pk, version=assessment.version)
    if not there.update(version=assessment.version + 1, **columns):
        raise MovedError(subject_of(assessment))
    assessment.version += 1
    for name, value in columns.items():
        setattr(assessment, name, value)
