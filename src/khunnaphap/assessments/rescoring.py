"""A round under another edition than its own: each school's official colour, and what it would be there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khunnaphap.core.framework import Framework
from khunnaphap.core.measures import compute_all
from khunnaphap.core.problems import Refusal
from khunnaphap.core.rescoring import Rescored, carried_answers, carried_facts, rescored
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import framework_of

from .models import Assessment, Classification, Round
from .queries import Standing, circumstances, each_standing


@dataclass(frozen=True)
class Beside:
    """One school: its official snapshot (``None`` when it has sent nothing), and ``rescored`` under ``framework``."""

    assessment: Assessment
    official: Classification | None
    framework: Framework
    rescored: Rescored


def beside(round_: Round, edition: Edition) -> Iterator[Beside]:
    """Every school of a round under another edition, by office and code; nothing is written.

    ``Refusal`` for the round's own edition. Ratings are of the basis that the official colour rests on.
    """
    if edition.pk == round_.edition_id:
        raise Refusal(
            "edition-of-round",
            f"รอบ {round_.name} ใช้เกณฑ์ “{edition.code}” อยู่แล้ว",
            "ระบุเกณฑ์ฉบับอื่นที่ต้องการเทียบ หรือใช้ classify โดยไม่ระบุ --edition",
        )
    return _each(round_, framework_of(edition))


def _each(round_: Round, framework: Framework) -> Iterator[Beside]:
    latest = Classification.objects.filter(assessment__round=round_, is_latest=True).defer("levels")
    official = {row.assessment_id: row for row in latest}
    for assessment, standing in each_standing(round_):
        row = official.get(assessment.pk)
        under = standing_under(framework, round_, assessment, standing)
        verified = row is not None and row.basis == "verified"
        ratings = under.verified_ratings if verified else under.self_ratings
        yield Beside(assessment, row, framework, rescored(framework, "verified" if verified else "self", ratings))


def standing_under(framework: Framework, round_: Round, assessment: Assessment, standing: Standing) -> Standing:
    """An assessment's standing with another edition in place of its own."""
    facts = carried_facts(standing.framework, framework, standing.facts)
    computed = compute_all(framework, circumstances(round_, assessment, facts))
    answers = carried_answers(standing.framework, framework, standing.answers, standing.computed, computed)
    return Standing(framework, facts, answers, computed)


def kept_rescores(round_: Round, edition: Edition) -> dict[int, Classification]:
    """The newest kept rescore of each assessment (by its pk) of a round under an edition."""
    kept = Classification.objects.filter(assessment__round=round_, edition=edition, is_rescore=True)
    return {row.assessment_id: row for row in kept.order_by("pk")}
