"""Putting a school's evidence to an indicator, and taking it away from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record
from khunnaphap.core import rounds
from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.actions import Entered, add_evidence, add_link
from khunnaphap.evidence.models import Evidence

from ..models import Assessment, Attachment
from ..one_answer import check_asked, lock, subject_of, touch, window_of
from ..sides import check_answers


@transaction.atomic
def attach(*, assessment: Assessment, indicator: str, evidence: Evidence, by: User) -> bool:
    """Attach a piece of the school's own evidence; ``False`` when it is there already (a retry changes nothing)."""
    return _attached(assessment, indicator, evidence, by, {"kind": evidence.kind})


def attach_file(*, assessment: Assessment, indicator: str, name: str, content: bytes | File[Any], by: User) -> bool:
    """Keep a file and attach it: one act, so that no piece is kept that nothing holds; ``False`` as in ``attach``."""
    return _attach_new(
        assessment, indicator, by, lambda then: add_evidence(
            school=assessment.school, name=name, content=content, by=by, entered=then
        )
    )  # fmt: skip


def attach_link(*, assessment: Assessment, indicator: str, url: str, title: str, by: User) -> bool:
    """Keep a web address and attach it, as ``attach_file`` does."""
    return _attach_new(
        assessment, indicator, by, lambda then: add_link(
            school=assessment.school, url=url, title=title, by=by, entered=then
        )
    )  # fmt: skip


def _attach_new(assessment: Assessment, indicator: str, by: User, add: Callable[[Entered], Evidence]) -> bool:
    """``add`` calls back in its transaction for what is new; what the school has already is attached in one of its own."""
    made: list[bool] = []

    def entered(evidence: Evidence, told: dict[str, Any]) -> None:
        with transaction.atomic():
            made.append(_attached(assessment, indicator, evidence, by, told))

    evidence = add(entered)
    return made[0] if made else attach(assessment=assessment, indicator=indicator, evidence=evidence, by=by)


def _attached(assessment: Assessment, indicator: str, evidence: Evidence, by: User, more: Mapping[str, Any]) -> bool:
    fresh = _open(assessment, indicator, by)
    if evidence.school_id != fresh.school_id or evidence.removed_at is not None:
        raise Refusal("evidence-not-here", "ไม่พบหลักฐานนี้ในโรงเรียน", "เลือกจากหลักฐานของโรงเรียน หรือแนบแฟ้มใหม่")
    _, made = Attachment.objects.get_or_create(
        assessment=fresh, indicator=indicator, evidence=evidence, defaults={"by": by, "at": timezone.now()}
    )
    if made:
        touch(fresh)
        told = {"indicator": indicator, "evidence": str(evidence.public_id), **more}
        record(by=by, verb="attach", subject=subject_of(fresh), **told)
    return made


@transaction.atomic
def detach(*, assessment: Assessment, indicator: str, evidence: Evidence, by: User) -> None:
    """Take a piece of evidence away from an indicator; it stays the school's."""
    fresh = _open(assessment, indicator, by)
    gone, _ = Attachment.objects.filter(assessment=fresh, indicator=indicator, evidence=evidence).delete()
    if gone:
        touch(fresh)
        record(by=by, verb="detach", subject=subject_of(fresh), indicator=indicator, evidence=str(evidence.public_id))


def _open(assessment: Assessment, indicator: str, by: User) -> Assessment:
    fresh = lock(assessment)
    check_answers(fresh, by)
    rounds.move(fresh.state, "answer")
    window_of(fresh).check(timezone.now())
    check_asked(fresh, indicator)
    return fresh
