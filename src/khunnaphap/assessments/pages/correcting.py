"""What the page of a round's days and reference means shows, and what a correction of them meant for a school."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from khunnaphap.audit.models import Event
from khunnaphap.core import rounds

from ..means import lacking_means
from ..models import Assessment, Round
from ..queries import marks_of


def correct_page(round_: Round) -> dict[str, Any]:
    """The round, the means that its own schools need and it lacks, and how many schools a correction reaches."""
    approved = Q(state=rounds.APPROVED)
    reached = round_.assessments.aggregate(open=Count("pk", filter=~approved), approved=Count("pk", filter=approved))
    return {"round": round_, "marks": marks_of(round_), "lacking": lacking_means(round_), "reached": reached}


def last_correction(assessment: Assessment) -> Event | None:
    """The last correction of the round that gave this school another level, if there was one."""
    code = assessment.school.ministry_code
    made = Event.objects.filter(subject=f"round:{assessment.round.name}", verb="correct_round").order_by("-number")
    return next((event for event in made if code in event.data.get("schools", {})), None)
