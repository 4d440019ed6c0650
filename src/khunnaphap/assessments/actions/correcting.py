"""Correcting a round that is open: its days, and the reference means that its schools are compared by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record
from khunnaphap.core import rounds
from khunnaphap.core.framework import Comparison, Rating
from khunnaphap.core.problems import Refusal
from khunnaphap.frameworks.queries import framework_of

from ..colouring import classify_now
from ..means import compared_facts
from ..models import Assessment, Round, stored
from ..one_answer import recount
from ..queries import Standing, each_standing
from ..round_days import check_round_days


@transaction.atomic
def correct_round(
    *,
    round_: Round,
    by: User,
    references: Mapping[str, str] | None = None,
    opens: datetime | None = None,
    closes: datetime | None = None,
) -> dict[str, Any]:
    """Add and correct a round's reference means (all of them, as text by fact id) and its days; gives what changed.

    Levels that follow are computed anew, and with them progress and colours, in one event that names each school whose
    level is another. What is approved keeps the means that it was approved with. A round that is over keeps its days:
    its schools may still get its means.
    """
    fresh = Round.objects.select_for_update().select_related("edition").get(pk=round_.pk)
    wanted: dict[str, Any] = {"opens": opens or fresh.opens, "closes": closes or fresh.closes}
    wanted["references"] = dict(fresh.references if references is None else references)
    _check(fresh, wanted)
    changed = {name: [getattr(fresh, name), value] for name, value in wanted.items() if getattr(fresh, name) != value}
    if not changed:
        return {}
    if "references" in changed:
        _keep_of_approved(fresh)
    before = _levels(fresh)
    for name, value in wanted.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(changed))
    fresh.assessments.update(version=F("version") + 1)  # a save that read the round as it was decides again
    levels = _follow(fresh, before) if "references" in changed else {}
    told = {name: [_plain(one) for one in pair] for name, pair in changed.items()}
    record(by=by, verb="correct_round", subject=f"round:{fresh.name}", **told, schools=levels)
    return changed | {"schools": levels}


def _check(round_: Round, wanted: Mapping[str, Any]) -> None:
    moved = any(wanted[name] != getattr(round_, name) for name in ("opens", "closes"))
    if moved:
        check_round_days(round_.name, wanted["opens"], wanted["closes"])
    if moved and round_.is_over(timezone.now()):
        raise Refusal("round-over", f"รอบ {round_.name} ปิดแล้ว จึงแก้วันไม่ได้", "ขยายเวลาให้โรงเรียนรายแห่งที่หน้าโรงเรียน")
    unknown = wanted["references"].keys() - {fact.id for fact in compared_facts(framework_of(round_.edition))}
    unknown -= round_.references.keys()
    if unknown:
        raise Refusal("fact-unknown", f"ไม่มีค่าอ้างอิง {', '.join(sorted(unknown))} ในเกณฑ์ของรอบนี้", "ใช้รหัสข้อมูลของเกณฑ์")


def _keep_of_approved(round_: Round) -> None:
    """What was approved before the means were kept with it was approved with those that stand now."""
    approved = round_.assessments.filter(state=rounds.APPROVED, references__isnull=True)
    approved.update(references=dict(round_.references))


def _levels(round_: Round) -> dict[int, dict[str, Rating]]:
    return {assessment.pk: _compared(standing) for assessment, standing in _open(round_)}


def _open(round_: Round) -> list[tuple[Assessment, Standing]]:
    return [pair for pair in each_standing(round_, lock=True) if pair[0].state != rounds.APPROVED]


def _compared(standing: Standing) -> dict[str, Rating]:
    """The levels that follow from reference means, by indicator."""
    compared = [one.id for one in standing.framework.indicators if isinstance(one.measure, Comparison)]
    return {key: standing.computed[key].rating for key in compared if key in standing.asked}


def _follow(round_: Round, before: Mapping[int, Mapping[str, Rating]]) -> dict[str, dict[str, list[int | None]]]:
    """Count anew, and colour anew what was handed in; the levels (as stored) before and after, by school and indicator."""
    found: dict[str, dict[str, list[int | None]]] = {}
    for assessment, standing in _open(round_):
        was, now = before[assessment.pk], _compared(standing)
        differing = {key: [stored(was[key]), stored(now[key])] for key in now if was[key] != now[key]}
        if differing:
            Assessment.objects.filter(pk=assessment.pk).update(**recount(assessment, standing))
            if assessment.state != rounds.DRAFT:
                classify_now(assessment, standing)
            found[assessment.school.ministry_code] = differing
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
