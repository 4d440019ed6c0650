"""Recording what schools and verifiers hand in whole, and the colour that follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record
from khunnaphap.core import rounds
from khunnaphap.core.completeness import Answer as CoreAnswer
from khunnaphap.core.handin import Entry, with_self, with_verified
from khunnaphap.core.measures import FactValue
from khunnaphap.core.problems import Refusal
from khunnaphap.frameworks.models import Edition

from ..colouring import classify_now, same_colour, snapshot_row
from ..models import Answer, Assessment, Classification, Round, stored
from ..one_answer import check_asked, receive, recount, subject_of
from ..queries import Standing, each_standing, fact_texts, standing_of
from ..rescoring import Beside, beside, kept_rescores


@dataclass(frozen=True)
class Outcome:
    """What an action did: how many answers and facts changed, the state now, which indicators are still open."""

    changed: int
    state: str
    missing: tuple[str, ...]


@transaction.atomic
def record_self(
    *, assessment: Assessment, entries: Mapping[str, Entry], facts: Mapping[str, FactValue], by: User
) -> Outcome:
    """Record a school's entries and facts (by id), and submit the assessment once nothing is missing but the round's means.

    What is not in ``entries`` or ``facts`` stays. The caller has checked them (``core.handin``). ``Refusal``
    when the state forbids it and something would change; nothing changes when all is there already.
    """
    work = _Work.locked(assessment)
    new_facts = {**work.assessment.facts, **fact_texts(facts)}
    answers = {key: with_self(work.standing.answer(key), entry) for key, entry in entries.items() if not entry.blank}
    work.check_open(answers)
    changed = work.write(answers, side="self", by=by)
    fact_changes = {key: value for key, value in new_facts.items() if work.assessment.facts.get(key) != value}
    if not changed and not fact_changes:
        return Outcome(0, work.assessment.state, work.standing.classification().score.missing)
    rounds.move(work.assessment.state, "save")
    work.assessment.facts = new_facts
    standing = work.standing_now()
    missing = standing.classification().score.missing
    is_whole = set(missing) <= set(standing.awaiting)
    if is_whole:
        work.assessment.state = rounds.move(work.assessment.state, "submit")
        work.assessment.submitted_at = timezone.now()
    work.finish(standing, verb="record_self", by=by, answers=changed, facts=fact_changes)
    if is_whole:
        receive(work.assessment, standing, by)
    return Outcome(len(changed) + len(fact_changes), work.assessment.state, missing)


@transaction.atomic
def record_verification(*, assessment: Assessment, entries: Mapping[str, Entry], by: User) -> Outcome:
    """Record a verifier's entries; the assessment is verified once every applicable indicator has one."""
    work = _Work.locked(assessment)
    answers = {
        key: with_verified(work.standing.answer(key), entry) for key, entry in entries.items() if not entry.blank
    }
    changed = work.write(answers, side="verified", by=by)
    if not changed:
        return Outcome(0, work.assessment.state, work.standing.unverified)
    work.assessment.state = rounds.move(work.assessment.state, "begin_verification")
    standing = work.standing_now()
    missing = tuple(dict.fromkeys((*standing.unverified, *standing.awaiting)))
    if not missing:
        work.assessment.state = rounds.move(work.assessment.state, "verify")
        work.assessment.verified_at = timezone.now()
    work.finish(standing, verb="record_verification", by=by, answers=changed)
    return Outcome(len(changed), work.assessment.state, missing)


@transaction.atomic
def restore(*, assessment: Assessment, before: Mapping[str, Any], version: int, by: User) -> int:
    """Put back what ``snapshot`` kept, when the content is still at ``version``; gives the version after.

    ``Refusal`` when something newer rests on it. An answer's own version rises only where the answer changes.
    """
    work = _Work.locked(assessment)
    if work.assessment.version != version:
        raise Refusal(
            "undo-rested-on",
            f"ยกเลิกการนำเข้าของ {work.assessment.school} ไม่ได้ เพราะมีข้อมูลที่ใหม่กว่าบันทึกต่อจากการนำเข้านี้แล้ว",
            "ยกเลิกการนำเข้าที่ใหม่กว่าก่อน หรือแก้ไขด้วยการนำเข้าแฟ้มที่ถูกต้อง",
        )
    for name in ("state", "facts"):
        setattr(work.assessment, name, before[name])
    for name in ("submitted_at", "verified_at"):
        setattr(work.assessment, name, _moment(before[name]))
    changed = work.put_back(before["answers"])
    work.finish(work.standing_now(), verb="restore", by=by, answers=changed)
    return work.assessment.version


@transaction.atomic
def rescore_round(*, round_: Round, edition: Edition, by: User) -> list[Beside]:
    """Score a round again under another published edition, and keep each school's result beside its official colour.

    Gives every school of the round; only results that are not kept already are added. ``Refusal`` for a draft and for
    the round's own edition.
    """
    if edition.status != Edition.PUBLISHED:
        raise Refusal("edition-draft", f"ฉบับ “{edition.title}” ยังไม่ประกาศใช้", "ประกาศใช้ฉบับนี้ก่อนบันทึกผลตามฉบับนี้")
    told = list(beside(round_, edition))
    kept = kept_rescores(round_, edition)
    now = timezone.now()
    rows = []
    for each in told:
        taken = snapshot_row(each.assessment, edition, each.rescored.classification, each.framework, now)
        taken.is_latest, taken.is_rescore = False, True
        before = kept.get(each.assessment.pk)
        if each.official is not None and not (before and same_colour(before, taken)):
            rows.append(taken)
    if rows:
        Classification.objects.bulk_create(rows, batch_size=500)
        record(by=by, verb="rescore_round", subject=f"round:{round_.name}", edition=edition.code, schools=len(rows))
    return told


@transaction.atomic
def count_again(*, by: User) -> int:
    """Count the progress of assessments that have none (from a release that did not count); gives how many."""
    done = 0
    for round_ in Round.objects.filter(assessments__ready=None).distinct().select_related("edition"):
        for assessment, standing in each_standing(round_):
            Assessment.objects.filter(pk=assessment.pk).update(**recount(assessment, standing))
            done += 1
    if done:
        record(by=by, verb="count_again", subject="assessments", assessments=done)
    return done


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_KEPT = (
    "self_level", "self_reason", "self_remark", "self_by_id", "self_at",
    "verified_level", "verified_remark", "verified_by_id", "verified_at",
)  # fmt: skip


def snapshot(assessment: Assessment) -> dict[str, Any]:
    """All that ``restore`` needs, as plain JSON."""

    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value

    return {
        "version": assessment.version,
        "state": assessment.state,
        "facts": dict(assessment.facts),
        "submitted_at": plain(assessment.submitted_at),
        "verified_at": plain(assessment.verified_at),
        "answers": {
            answer.indicator: {name: plain(getattr(answer, name)) for name in _KEPT}
            for answer in assessment.answers.all()
        },
    }


@dataclass
class _Work:
    """One locked assessment while an action changes it."""

    assessment: Assessment
    rows: dict[str, Answer]
    standing: Standing

    @classmethod
    def locked(cls, assessment: Assessment) -> _Work:
        fresh = (
            Assessment.objects.select_for_update(of=("self",))
            .select_related("round__edition", "school")
            .defer("round__edition__content")
            .get(pk=assessment.pk)
        )
        rows = {answer.indicator: answer for answer in fresh.answers.order_by("id")}
        return cls(fresh, rows, standing_of(fresh.round, fresh, rows.values()))

    def check_open(self, answers: Mapping[str, CoreAnswer]) -> None:
        """``Refusal`` when an answer would change that the round does not ask for, or that was not sent back."""
        for indicator, answer in answers.items():
            if answer != self.standing.answer(indicator):
                check_asked(self.assessment, indicator)

    def write(self, answers: Mapping[str, CoreAnswer], *, side: str, by: User) -> dict[str, list[Any]]:
        """Save the answers that differ; gives {indicator: [before, after]} of the side's rating."""
        now = timezone.now()
        changed: dict[str, list[Any]] = {}
        for indicator, answer in answers.items():
            if answer == self.standing.answer(indicator):
                continue
            row = self.rows.get(indicator) or Answer(assessment=self.assessment, indicator=indicator)
            self.rows[indicator] = row
            before = getattr(row, f"{side}_level")
            _fill(row, answer, side, by, now)
            changed[indicator] = [before, getattr(row, f"{side}_level")]
        self._save([self.rows[indicator] for indicator in changed])
        return changed

    def put_back(self, kept: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Any]]:
        """Make the rows what ``snapshot`` kept; gives {indicator: [self, verified level after]} of what changed."""
        gone = [self.rows.pop(indicator) for indicator in list(self.rows) if indicator not in kept]
        self.assessment.answers.filter(pk__in=[row.pk for row in gone]).delete()
        changed: dict[str, list[Any]] = {row.indicator: [None, None] for row in gone}
        for indicator, row in self.rows.items():
            values = {
                name: _moment(value) if name.endswith("_at") else value for name, value in kept[indicator].items()
            }
            if any(getattr(row, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(row, name, value)
                row.version += 1
                changed[indicator] = [row.self_level, row.verified_level]
        self._save([row for indicator, row in self.rows.items() if indicator in changed])
        return changed

    def _save(self, rows: Iterable[Answer]) -> None:
        """Insert the new rows and update the others, in a statement each."""
        new: list[Answer] = []
        old: list[Answer] = []
        for row in rows:
            (new if row.pk is None else old).append(row)
        Answer.objects.bulk_create(new)
        Answer.objects.bulk_create(
            old,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*(name.removesuffix("_id") for name in _KEPT), "version"],
        )

    def standing_now(self) -> Standing:
        """The standing with what was written."""
        return standing_of(self.assessment.round, self.assessment, self.rows.values())

    def finish(self, standing: Standing, *, verb: str, by: User, **changes: Any) -> None:
        """Save the assessment, the colour that follows and the one audit event."""
        self.assessment.version += 1
        recount(self.assessment, standing)
        self.assessment.save()
        changes |= classify_now(self.assessment, standing)
        record(by=by, verb=verb, subject=subject_of(self.assessment), state=self.assessment.state, **changes)


def _fill(row: Answer, answer: CoreAnswer, side: str, by: User, now: datetime) -> None:
    if row.pk is not None:
        row.version += 1
    if side == "self":
        row.self_level = stored(answer.self_rating)
        row.self_reason, row.self_remark = answer.self_reason, answer.self_remark
        row.self_by, row.self_at = by, now
    else:
        row.verified_level, row.verified_remark = stored(answer.verified_rating), answer.verified_remark
        row.verified_by, row.verified_at = by, now
