"""Snapshots of the colour that follows from an assessment, kept when they say something new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from khunnaphap.core import colours
from khunnaphap.core.framework import Framework
from khunnaphap.frameworks.models import Edition

from .models import Assessment, Classification
from .queries import Standing, packed


def classify_now(assessment: Assessment, standing: Standing) -> dict[str, str]:
    """Keep a snapshot of the colour when it is not the latest one already; a decided colour goes with the old levels.

    Gives what an event tells of that: the decided colour that ``lapsed``; nothing where none did.
    """
    result = standing.classification()
    taken = snapshot_row(assessment, assessment.round.edition, result, standing.framework, timezone.now())
    latest = assessment.classifications.filter(is_latest=True).first()
    if latest and same_colour(latest, taken):
        return {}
    if latest:
        assessment.classifications.filter(is_latest=True).update(is_latest=False)
    taken.save()
    return {"lapsed": latest.override} if latest and latest.override else {}


def lapsed_decision(assessment: Assessment) -> Classification | None:
    """The last colour that was decided on, where it no longer counts because what it was decided on has changed."""
    decided = assessment.classifications.exclude(override_by=None).select_related("override_by").order_by("-id")
    return lapsed(decided[:1])


def lapsed(newest_first: Iterable[Classification]) -> Classification | None:
    """``lapsed_decision`` among the snapshots of one assessment."""
    last = next((one for one in newest_first if one.override_by_id), None)
    return last if last and last.override and not last.is_latest else None


def snapshot_row(
    assessment: Assessment, edition: Edition, result: colours.Classification, framework: Framework, at: datetime
) -> Classification:
    """A snapshot, not saved yet."""
    return Classification(
        assessment=assessment,
        edition=edition,
        at=at,
        basis=result.basis,
        total="" if result.score.total is None else str(result.score.total),
        colour=result.band.colour if result.band else "",
        reason=result.reason,
        levels=packed(framework, result.ratings),
    )


def same_colour(one: Classification, other: Classification) -> bool:
    """True when two snapshots say the same of the same levels."""
    names = ("edition_id", "basis", "total", "colour")
    return bytes(one.levels) == bytes(other.levels) and all(getattr(one, n) == getattr(other, n) for n in names)
