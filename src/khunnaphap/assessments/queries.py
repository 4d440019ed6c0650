"""Assessments as values of core: what was answered, what follows from facts, which colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.db.models import Count, Prefetch
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from khunnaphap.core import colours, completeness, rounds
from khunnaphap.core.completeness import UNANSWERED, Tally, tally
from khunnaphap.core.completeness import Answer as CoreAnswer
from khunnaphap.core.framework import NA, Framework, Indicator, Rating
from khunnaphap.core.measures import Circumstances, Computed, FactValue, compute, compute_all
from khunnaphap.core.problems import Refusal
from khunnaphap.core.rounds import RoundName
from khunnaphap.frameworks.queries import framework_of

from .models import Answer, Assessment, Attachment, Classification, Round, SentBack, rating_of


def round_named(text: str) -> Round:
    """The round of this name ("2567/1"); ``Refusal`` when there is none."""
    name = RoundName.parse(text)
    found = (
        Round.objects.select_related("edition")
        .defer("edition__content")  # large, and read once for all rounds
        .filter(year=name.year, number=name.number)
        .first()
    )
    if found is None:
        there = ", ".join(str(r) for r in Round.objects.all()) or "ยังไม่มีรอบใด"
        raise Refusal("round-unknown", f"ไม่มีรอบ {name} ในระบบ", f"ใช้ชื่อรอบที่มีอยู่: {there}")
    return found


EXAMPLE_DATA_MARK = gettext_noop("ข้อมูลสมมุติ")


def marks_of(round_: Round) -> tuple[str, ...]:
    """The marks that every screen and paper of a round bears."""
    return tuple(mark for mark in (EXAMPLE_DATA_MARK if round_.is_example else "", round_.edition.mark) if mark)


def fact_values(framework: Framework, stored: Mapping[str, str]) -> dict[str, FactValue]:
    """Stored facts (text) as values; facts that the edition does not know are passed over."""
    values: dict[str, FactValue] = {}
    for fact_id, text in stored.items():
        fact = framework.facts_by_id.get(fact_id)
        if fact is None:
            continue
        if fact.kind == "yes-no":
            values[fact_id] = text == "yes"
        elif fact.kind == "grade":
            values[fact_id] = text
        else:
            values[fact_id] = Fraction(text)
    return values


def fact_texts(facts: Mapping[str, FactValue]) -> dict[str, str]:
    """Fact values as they are stored; the inverse of ``fact_values``."""
    words = {True: "yes", False: "no"}
    return {key: words[value] if isinstance(value, bool) else str(value) for key, value in facts.items()}


def core_answer(answer: Answer) -> CoreAnswer:
    """A row as core's value."""
    return CoreAnswer(
        self_rating=rating_of(answer.self_level),
        self_reason=answer.self_reason,
        self_remark=answer.self_remark,
        verified_rating=rating_of(answer.verified_level),
        verified_remark=answer.verified_remark,
    )


@dataclass(frozen=True)
class Standing:
    """Where one assessment stands: its answers, what facts say, and both ratings of every indicator.

    ``approved``: it was decided by what there was then, and nothing is awaited any more.
    """

    framework: Framework
    facts: Mapping[str, FactValue]
    answers: Mapping[str, CoreAnswer]
    computed: Mapping[str, Computed]
    carried: frozenset[str] = frozenset()
    approved: bool = False

    @property
    def asked(self) -> tuple[str, ...]:
        """The indicators (ids, in printed order) that the round asks this school for."""
        return tuple(one.id for one in self.framework.indicators if one.id not in self.carried)

    @property
    def asked_answers(self) -> dict[str, CoreAnswer]:
        """The answers without those that were carried."""
        return {key: answer for key, answer in self.answers.items() if key not in self.carried}

    @cached_property
    def self_ratings(self) -> dict[str, Rating]:
        """The school's rating of each indicator, computed where it left it to the facts."""
        return completeness.self_ratings(self.framework, self.answers, self.computed)

    @cached_property
    def verified_ratings(self) -> dict[str, Rating]:
        """The verified rating of each indicator; of one that awaits the reference means there is none, whoever rates it."""
        rated = completeness.verified_ratings(self.framework, self.answers, self.computed)
        return {key: None if key in self.awaiting else rating for key, rating in rated.items()}

    @cached_property
    def awaiting(self) -> tuple[str, ...]:
        """The asked indicators (by id) that nobody rated and that wait for nothing but the round's reference means."""
        if self.approved:
            return ()
        return tuple(
            key for key in self.asked if self.computed[key].awaits_means and self.answer(key).self_rating is None
        )

    @property
    def unverified(self) -> tuple[str, ...]:
        """The indicators (by id) that still lack a verified rating."""
        return tuple(key for key, rating in self.verified_ratings.items() if rating is None)

    def classification(self) -> colours.Classification:
        """The colour that follows."""
        return self._classification

    @cached_property
    def _classification(self) -> colours.Classification:
        return colours.classify(self.framework, self.self_ratings, self.verified_ratings)

    def answer(self, indicator: str) -> CoreAnswer:
        """The answer of an indicator, empty where there is none."""
        return self.answers.get(indicator, UNANSWERED)


def circumstances(round_: Round, assessment: Assessment, facts: Mapping[str, FactValue]) -> Circumstances:
    """What computed levels rest on, for this school in this round."""
    references = {key: Fraction(value) for key, value in means_of(round_, assessment).items()}
    return Circumstances(facts, references, frozenset(assessment.school.grades))


def means_of(round_: Round, assessment: Assessment) -> Mapping[str, str]:
    """The reference means that count for a school: the round's, or those that it was approved with."""
    if assessment.state == rounds.APPROVED and assessment.references is not None:
        return assessment.references
    return round_.references


def standing_of(round_: Round, assessment: Assessment, answers: Iterable[Answer]) -> Standing:
    """The standing of an assessment from its rows (no query when the school is loaded)."""
    framework = framework_of(round_.edition)
    facts = fact_values(framework, assessment.facts)
    given = {answer.indicator: core_answer(answer) for answer in answers}
    for indicator, level in assessment.carried.items():
        rating = rating_of(level)
        given[indicator] = CoreAnswer(self_rating=rating, verified_rating=rating)
    computed = compute_all(framework, circumstances(round_, assessment, facts))
    approved = assessment.state == rounds.APPROVED
    return Standing(framework, facts, given, computed, frozenset(assessment.carried), approved)


def tally_of(standing: Standing) -> Tally:
    """The tally of the asked indicators."""
    by_id = standing.framework.by_id
    one_by_one = (tally(by_id[key], standing.answer(key), standing.computed[key].rating) for key in standing.asked)
    return sum(one_by_one, Tally())


def tally_of_one(assessment: Assessment, indicator: Indicator, row: Answer | None) -> Tally:
    """The tally of one indicator, from its row alone and the facts it rests on."""
    return tally(indicator, core_answer(row) if row else UNANSWERED, computed_of_one(assessment, indicator))


def computed_of_one(assessment: Assessment, indicator: Indicator) -> Rating:
    """The level of one indicator that follows from facts; ``None`` where none does."""
    if indicator.measure is None and indicator.not_applicable is None:
        return None
    framework = framework_of(assessment.round.edition)
    facts = fact_values(framework, assessment.facts)
    return compute(framework, indicator, circumstances(assessment.round, assessment, facts)).rating


BY_OFFICE = ("school__office__level", "school__office__code", "school__ministry_code")
"""Primary offices before secondary ones, then by code."""
_AT_ONCE = 100


def each_standing(
    round_: Round, codes: Iterable[str] | None = None, *, lock: bool = False
) -> Iterator[tuple[Assessment, Standing]]:
    """Every assessment of a round (or those of these schools) with its standing, by office and code.

    Two queries for each hundred schools; memory stays flat whatever their number. ``lock`` keeps others from
    changing these assessments until the transaction ends.
    """
    chosen = Assessment.objects.filter(round=round_).select_related("school__office", "school__district__province")
    if codes is not None:
        chosen = chosen.filter(school__ministry_code__in=list(codes))
    if lock:
        chosen = chosen.select_for_update(of=("self",))
    answers = Prefetch("answers", queryset=Answer.objects.order_by("id"))
    ordered = chosen.prefetch_related(answers).order_by(*BY_OFFICE)
    for assessment in ordered.iterator(chunk_size=_AT_ONCE):
        yield assessment, standing_of(round_, assessment, assessment.answers.all())


def standings(
    round_: Round, codes: Iterable[str] | None = None, *, lock: bool = False
) -> list[tuple[Assessment, Standing]]:
    """``each_standing`` as a list, for the schools of an office or fewer."""
    return list(each_standing(round_, codes, lock=lock))


def decided_in(round_: Round) -> dict[int, colours.Decided]:
    """The colours of a round that a person decided on, by the assessment's id; one query."""
    rows = Classification.objects.filter(assessment__round=round_, is_latest=True).exclude(override="").defer("levels")
    return {
        row.assessment_id: colours.Decided(row.override, row.colour, row.basis, row.override_reason, localdate(row.at))
        for row in rows
    }


def packed(framework: Framework, ratings: Mapping[str, Rating]) -> bytes:
    """Ratings as one byte an indicator in the edition's order: 0 unanswered, 255 N/A, else the level."""
    return bytes(_byte(ratings.get(indicator.id)) for indicator in framework.indicators)


def unpacked(framework: Framework, levels: bytes) -> dict[str, Rating]:
    """The inverse of ``packed``."""
    return {
        indicator.id: NA if level == 255 else level or None
        for indicator, level in zip(framework.indicators, levels, strict=True)
    }


def _byte(rating: Rating) -> int:
    return 255 if rating is NA else rating or 0  # type: ignore[return-value]


def open_for(assessment: Assessment) -> frozenset[str] | None:
    """The indicators that were sent back and are open; ``None`` when the state opens all that are asked."""
    if assessment.state != rounds.RETURNED:
        return None
    open_now = SentBack.objects.filter(assessment=assessment, answered_at=None)
    return frozenset(open_now.values_list("indicator", flat=True))


def attached_counts(assessment: Assessment) -> dict[str, int]:
    """How many pieces of evidence each indicator (by id) of an assessment has."""
    present = Attachment.objects.filter(assessment=assessment, evidence__removed_at=None)
    return dict(present.order_by().values_list("indicator").annotate(Count("pk")))
