"""What comes over from earlier rounds: the levels that still count, and the answers that are shown again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q

from khunnaphap.frameworks.queries import framework_of
from khunnaphap.organisations.models import School

from .models import NA_CODE, Answer, Assessment, Round, SentBack, stored
from .queries import standing_of

IN_TIME = ("round__opens", "round__year", "round__number")
"""How an assessment's round stands among the others; ``_before`` goes by the same."""


def _before(round_: Round) -> Q:
    """An assessment of a round that opened before this one; of those that opened with it, the ones numbered before it."""
    numbered = Q(round__year__lt=round_.year) | Q(round__year=round_.year, round__number__lt=round_.number)
    return Q(round__opens__lt=round_.opens) | Q(round__opens=round_.opens) & numbered


def latest_verified(round_: Round, schools: Sequence[School]) -> dict[int, Assessment]:
    """By school: its newest assessment before a round that was verified to the end, with its answers."""
    earlier = (
        Assessment.objects.filter(school__in=[school.pk for school in schools], verified_at__isnull=False)
        .filter(_before(round_))
        .select_related("round__edition", "school__district__province")
        .defer("round__edition__content")
        .prefetch_related("answers")
        .order_by(*IN_TIME)
    )
    return {assessment.school_id: assessment for assessment in earlier}


def unfinished_before(round_: Round, schools: Sequence[School]) -> list[School]:
    """The schools whose newest earlier round is not verified to the end: what counts of them is of a round before that."""
    newest = {
        assessment.school_id: assessment.pk
        for assessment in Assessment.objects.filter(_before(round_), school__in=[school.pk for school in schools])
        .exclude(submitted_at=None, verified_at=None)
        .order_by(*IN_TIME)
    }
    counts = {school_id: one.pk for school_id, one in latest_verified(round_, schools).items()}
    return [school for school in schools if newest.get(school.pk) != counts.get(school.pk)]


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
        .filter(_before(assessment.round))
        .select_related("round__edition")
        .defer("round__edition__content")
        .order_by(*IN_TIME)
        .last()
    )


def last_answers(assessment: Assessment) -> Mapping[str, Answer]:
    """What the school's newest earlier round says, by indicator id: shown, and not counted until confirmed."""
    before = previous(assessment)
    return {answer.indicator: answer for answer in before.answers.all()} if before else {}
