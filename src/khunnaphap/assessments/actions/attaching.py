"""Putting a school's evidence to an indicator, and taking it away from there."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record
from khunnaphap.core import rounds
from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.models import Evidence

from ..models import Assessment, Attachment
from ..one_answer import check_asked, lock, subject_of, touch, window_of


@transaction.atomic
def attach(*, assessment: Assessment, indicator: str, evidence: Evidence, by: User) -> bool:
    """Attach a piece of the school's own evidence; ``False`` when it is there already (a retry changes nothing)."""
    fresh = _open(assessment, indicator)
    if evidence.school_id != fresh.school_id or evidence.removed_at is not None:
        raise Refusal("evidence-not-here", "ไม่พบหลักฐานนี้ในโรงเรียน", "เลือกจากหลักฐานของโรงเรียน หรือแนบแฟ้มใหม่")
    _, made = Attachment.objects.get_or_create(
        assessment=fresh, indicator=indicator, evidence=evidence, defaults={"by": by, "at": timezone.now()}
    )
    if made:
        touch(fresh)
        told = {"indicator": indicator, "evidence": str(evidence.public_id), "kind": evidence.kind}
        record(by=by, verb="attach", subject=subject_of(fresh), **told)
    return made


@transaction.atomic
def detach(*, assessment: Assessment, indicator: str, evidence: Evidence, by: User) -> None:
    """Take a piece of evidence away from an indicator; it stays the school's."""
    fresh = _open(assessment, indicator)
    gone, _ = Attachment.objects.filter(assessment=fresh, indicator=indicator, evidence=evidence).delete()
    if gone:
        touch(fresh)
        record(by=by, verb="detach", subject=subject_of(fresh), indicator=indicator, evidence=str(evidence.public_id))


def _open(assessment: Assessment, indicator: str) -> Assessment:
    fresh = lock(assessment)
    rounds.move(fresh.state, "answer")
    window_of(fresh).check(timezone.now())
    check_asked(fresh, indicator)
    return fresh
