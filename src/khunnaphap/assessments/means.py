"""The reference means that a round's schools are compared by: which it needs, which it lacks, who must bring them."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain

from khunnaphap.core.framework import Comparison, Fact, Framework
from khunnaphap.core.measures import tested_facts
from khunnaphap.core.problems import Refusal
from khunnaphap.frameworks.queries import framework_of

from .models import Assessment, Round
from .queries import Standing, standing_of


def compared_facts(framework: Framework, grades: Collection[str] | None = None) -> list[Fact]:
    """The facts with a reference mean in an edition, in its order; of these grades alone where they are given."""
    if not any(isinstance(one.measure, Comparison) for one in framework.indicators):
        return []
    taught = frozenset(test.grade for test in framework.tests) if grades is None else frozenset(grades)
    return [framework.facts_by_id[fact] for fact in tested_facts(framework, taught)]


def lacking_means(round_: Round) -> list[Fact]:
    """The means that a round lacks, of the tests that its own schools sit; one query."""
    taught = set(chain.from_iterable(round_.assessments.values_list("school__grades", flat=True)))
    return [fact for fact in compared_facts(framework_of(round_.edition), taught) if fact.id not in round_.references]


def waiting_for_means(assessment: Assessment, missing: Collection[str]) -> tuple[str, ...]:
    """The labels of those missing indicators (ids) of an assessment that wait for the round's means alone."""
    if not missing:
        return ()
    fresh = Assessment.objects.select_related("round__edition", "school").get(pk=assessment.pk)
    standing = standing_of(fresh.round, fresh, fresh.answers.order_by("id"))
    return tuple(standing.framework.by_id[key].label for key in standing.awaiting if key in missing)


def check_means(assessment: Assessment, standing: Standing) -> None:
    """``Refusal`` while an indicator waits for the round's reference means: there is no colour before."""
    if standing.awaiting:
        labels = ", ".join(standing.framework.by_id[key].label for key in standing.awaiting)
        raise Refusal(
            "means-awaited",
            f"ตัวชี้วัด {labels} ยังไม่มีผล เพราะรอบ {assessment.round.name} ยังไม่มีค่าอ้างอิงของการทดสอบระดับชาติ",
            "รอเจ้าหน้าที่ สพฐ. หรือผู้ดูแลระบบเพิ่มค่าอ้างอิงที่หน้ารอบการประเมิน ตัวชี้วัดอื่นตรวจต่อได้",
        )
