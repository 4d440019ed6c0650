"""My work: what waits for the person, by deadline; empty means done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext

from khunnaphap.accounts.models import User
from khunnaphap.core import rounds
from khunnaphap.frameworks.queries import framework_of

from ..models import Assessment, SentBack
from ..one_answer import window_of

WAITS: dict[str, tuple[str, ...]] = {
    "answer": (rounds.DRAFT, rounds.RETURNED),
    "verify": (rounds.SUBMITTED, rounds.IN_VERIFICATION),
    "approve": (rounds.VERIFIED,),
}
"""Which states wait for somebody who holds a permission; a return whose time is over waits for the office too."""


@dataclass(frozen=True)
class Task:
    """One assessment that waits, and for what: answer, verify or approve."""

    assessment: Assessment
    kind: str
    state_title: str
    deadline: datetime
    late: bool
    done: int
    all: int
    is_open: bool


def tasks_of(person: User, now: datetime) -> list[Task]:
    """What waits for the person in rounds that have opened, the nearest deadline first; a query or two for each kind."""
    tasks = []
    for kind, states in WAITS.items():
        if not person.reach.may(kind):
            continue
        after = (rounds.RETURNED,) if kind == "verify" else ()
        waiting: Any = (
            Assessment.objects.visible_to(person, kind)
            .filter(state__in=(*states, *after), round__opens__lte=now)
            .select_related("round__edition", "school__office")
            .defer("round__edition__content", "facts")
        )
        if kind == "answer":
            waiting = [one for one in waiting.prefetch_related(_OPEN_NOW) if _answers_some(person, one)]
        found = [_task(assessment, kind, now) for assessment in waiting]
        tasks += [one for one in found if one.assessment.state in states or now > one.deadline]
    return sorted(tasks, key=lambda task: (task.deadline, task.assessment.school.name))


_OPEN_NOW = Prefetch("sent_back", SentBack.objects.filter(answered_at=None), to_attr="open_now")


def _answers_some(person: User, assessment: Any) -> bool:
    """Whether the round asks the person for something: an indicator of a component of theirs, sent back where others are closed."""
    mine = person.reach.components(assessment.school)
    if mine is None:
        return True
    parts = framework_of(assessment.round.edition).components
    ids = {one.id for part in parts if part.id in mine for one in part.indicators}
    if assessment.state == rounds.RETURNED:
        return any(one.indicator in ids for one in assessment.open_now)
    return bool(ids - set(assessment.carried))


def _task(assessment: Any, kind: str, now: datetime) -> Task:
    window = window_of(assessment)
    asked = len(framework_of(assessment.round.edition).indicators) - len(assessment.carried)
    return Task(
        assessment=assessment,
        kind=kind,
        state_title=gettext(rounds.STATES[assessment.state]),
        deadline=window.last,
        late=now > window.last and kind == "answer",
        done=(assessment.ready if kind == "answer" else assessment.judged) or 0,
        all=asked,
        is_open=window.is_open(now),
    )


def work_page(person: User, now: datetime) -> dict[str, Any]:
    """The tasks; the assessments of one's own schools that wait for nobody; a round that has not opened yet."""
    tasks = tasks_of(person, now)
    there = {task.assessment.pk for task in tasks}
    others: list[Any] = []
    if person.reach.may("answer"):
        found = Assessment.objects.visible_to(person, "answer").exclude(pk__in=there)
        others = [
            {"assessment": one, "state_title": gettext(rounds.STATES[one.state]), "deadline": window_of(one).last}
            for one in found.select_related("round__edition", "school")
            .defer("round__edition__content", "facts")
            .order_by("-round__opens")[:12]
        ]
    return {
        "open": [task for task in tasks if task.is_open or task.kind != "answer"],
        "closed": [task for task in tasks if not task.is_open and task.kind == "answer"],
        "others": others,
        "has_role": bool(person.reach.held),
    }
