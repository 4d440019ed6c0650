"""Evidence beside an indicator: what is attached, what the school has to attach, what also stands in other schools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from khunnaphap.accounts.models import User
from khunnaphap.evidence.limits import ACCEPT, LIMITS, MAX_FILE, MB, PRIVACY
from khunnaphap.evidence.models import Evidence

from ..models import Assessment

MOST_OFFERED = 48


def attached(assessment: Assessment, indicator: str) -> list[Evidence]:
    """The evidence of an indicator, as it was attached."""
    here = Evidence.objects.present().filter(attachments__assessment=assessment, attachments__indicator=indicator)
    return list(here.order_by("attachments__id"))


def evidence_shown(assessment: Assessment, indicator: str, editable: bool) -> dict[str, Any]:
    """For the school: what is attached; what else it has, newest first, to attach again; limits told before."""
    there = attached(assessment, indicator)
    offered: list[Evidence] = []
    if editable:
        known = [one.pk for one in there]
        offered = list(
            Evidence.objects.present()
            .filter(school=assessment.school_id)
            .exclude(pk__in=known)
            .order_by("-pk")[:MOST_OFFERED]
        )
    return {"evidence": there, "offered": offered, "accept": ACCEPT, "limits": LIMITS, "privacy": PRIVACY, **_size()}


def _size() -> dict[str, Any]:
    """How large a file may be, told before it is sent."""
    told = gettext("ใหญ่กว่า %(mb)s MB จึงยังไม่ได้ส่ง ย่อรูปหรือแบ่งเป็นหลายแฟ้ม แล้วส่งใหม่") % {"mb": MAX_FILE // MB}
    return {"most": MAX_FILE, "too_large": told}


@dataclass(frozen=True)
class Twin:
    """The same file in another school; ``school`` is empty where the person does not see that school."""

    evidence: Evidence
    school: str
    at: Any


def evidence_judged(assessment: Assessment, indicator: str, person: User) -> dict[str, Any]:
    """For the verifier: what is attached, and which of it also stands in another school."""
    there = attached(assessment, indicator)
    if not there:
        return {"evidence": [], "twins": []}
    same = Q(original_sha256__in=[one.original_sha256 for one in there])
    if kept := [one.sha256 for one in there if one.sha256]:
        same |= Q(sha256__in=kept)
    found = Evidence.objects.present().filter(same).exclude(school=assessment.school_id).select_related("school")
    seen = set(
        Evidence.objects.visible_to(person).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True)
    )
    twins = [
        Twin(mine, str(other.school) if other.pk in seen else "", other.added_at)
        for mine in there
        for other in found
        if other.original_sha256 == mine.original_sha256 or (mine.sha256 and other.sha256 == mine.sha256)
    ]
    return {"evidence": there, "twins": twins}
