"""A round scored again under another edition: what carries over, and what nobody has answered yet.

Official colours never come from here; they stay with the edition that the round was held under.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .colours import Basis, Classification, band_of
from .completeness import Answer
from .framework import NA, Framework, Indicator, Rating
from .measures import Computed, FactValue
from .scoring import score, total_of_answered


def carried_facts(old: Framework, new: Framework, facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """The facts that both editions know alike: same id and kind, and a grade that the new edition has."""
    carried = {}
    for key, value in facts.items():
        before, after = old.facts_by_id.get(key), new.facts_by_id.get(key)
        alike = before is not None and after is not None and before.kind == after.kind
        if alike and after is not None and (after.kind != "grade" or value in after.choices):
            carried[key] = value
    return carried


def carried_answers(
    old: Framework,
    new: Framework,
    answers: Mapping[str, Answer],
    before: Mapping[str, Computed],
    after: Mapping[str, Computed],
) -> dict[str, Answer]:
    """The answers that the new edition can use, by stable id.

    ``before`` and ``after`` are what the facts say under each edition. A level that followed from the facts follows
    them again; one that a person gave otherwise stands. Levels of an indicator that has another number of levels now
    say nothing: it is unanswered, and so is every indicator that the old edition did not have.
    """
    carried: dict[str, Answer] = {}
    for indicator in new.indicators:
        answer, was = answers.get(indicator.id), old.by_id.get(indicator.id)
        if answer is not None and was is not None:
            rest = before[indicator.id].rating, after[indicator.id].rating
            carried[indicator.id] = Answer(
                self_rating=_carried(was, indicator, answer.self_rating, *rest),
                verified_rating=_carried(was, indicator, answer.verified_rating, *rest),
            )
    return carried


def _carried(was: Indicator, now: Indicator, rating: Rating, before: Rating, after: Rating) -> Rating:
    if rating is None:
        return None
    if rating == before and now.measure is not None:
        return after
    return rating if rating is NA or len(was.levels) == len(now.levels) else None


@dataclass(frozen=True)
class Rescored:
    """A school under another edition: its classification there, and the total (percent) of what is answered.

    ``answered`` is provisional by nature: unanswered indicators are left out of it as if they did not apply.
    """

    classification: Classification
    answered: Fraction | None


def rescored(framework: Framework, basis: Basis, ratings: Mapping[str, Rating]) -> Rescored:
    """Score ratings (by indicator id) of one basis; while one is missing there is no total and no colour."""
    result = score(framework, ratings)
    band = None if result.total is None else band_of(framework.bands, result.total)
    answered = total_of_answered(framework, ratings) if result.missing else result.total
    return Rescored(Classification(basis, result, band, ratings), answered)
