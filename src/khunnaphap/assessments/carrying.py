"""What comes over from earlier rounds: the levels that still count, and the answers that are shown again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khunnaphap.frameworks.queries import framework_of
from khunnaphap.organisations.models import School

from .models import NA_CODE, Answer, Assessment, Round, SentBack, stored
from .queries import standing_of


def latest_verified(round_: Round, schools: Sequence[School]) -> dict[int, Assessment]:
    """By school: its newest assessment before a round that was verified to the end, with its answers."""
    earlier = (
        Assessment.objects.filter(school__in=[school.pk for school in schools], verified_at__isnull=False)
        .exclude(round=round_.pk)
        .filter(round__opens__lt=round_.opens)
        .select_related("round__edition", "school__district__province")
        .defer("round__edition__content")
        .prefetch_related("answers")
        .order_by("round__opens")
    )
    return {assessment.school_id: assessment for assessment in earlier}


def carried_levels(round_: Round, schools: Sequence[School]) -> dict[int, dict[str, int]]:
    """By school: the verified levels (as stored) of the indicators that a follow-up round does not ask for.

    Asked are those below the level aimed at, those sent back in the round before, those planned for, and those that
    have no verified level under the same id. A school that was never verified is asked everything.
    """
    framework = framework_of(round_.edition)
    before = latest_verified(round_, schools)
    ids = [assessment.pk for assessment in before.values()]
    returned = set(SentBack.objects.filter(assessment__in=ids).values_list("assessment__school_id", "indicator"))
    carried: dict[int, dict[str, int]] = {}
    for school_id, assessment in before.items():
        standing = standing_of(assessment.round, assessment, assessment.answers.all())
        levels = {key: stored(rating) for key, rating in standing.verified_ratings.items()}
        carried[school_id] = {
            key: level
            for key, level in levels.items()
            if level is not None
            and key in framework.by_id
            and key not in round_.planned
            and (school_id, key) not in returned
            and (level == NA_CODE or level >= (round_.aim or 0))
            and level <= len(framework.by_id[key].levels)
        }
    return carried


def previous(assessment: Assessment) -> Assessment | None:
    """The school's assessment in the newest earlier round in which it handed in."""
    return (
        Assessment.objects.filter(school=assessment.school_id, submitted_at__isnull=False)
        .filter(round__opens__lt=assessment.round.opens)
        .select_related("round__edition")
        .defer("round__edition__content")
        .order_by("-round__opens")
        .first()
    )


def last_answers(assessment: Assessment) -> Mapping[str, Answer]:
    """What the school's newest earlier round says, by indicator id: shown, and not counted until confirmed."""
    before = previous(assessment)
    return {answer.indicator: answer for answer in before.answers.all()} if before else {}
