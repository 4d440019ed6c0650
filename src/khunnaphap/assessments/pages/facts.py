"""The facts of a school as a page: what is asked, what is stated, what the last round said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext

from khunnaphap.core.facts import read_typed
from khunnaphap.core.framework import Comparison, Fact, Framework, Grade, Indicator, Share
from khunnaphap.core.handin import check_facts
from khunnaphap.core.measures import FactValue
from khunnaphap.core.problems import Problem

from ..carrying import previous
from ..models import Assessment
from ..queries import fact_texts, fact_values
from .indicator import fact_text


@dataclass(frozen=True)
class Field:
    """One fact: ``typed`` is what the field holds, ``stored`` what the record has (as text), ``last`` of last round."""

    fact: Fact
    typed: str
    stored: str
    last: str
    problem: Problem | None = None

    @property
    def from_last(self) -> bool:
        """The field shows the last round's value, which counts once it is saved."""
        return not self.stored and bool(self.last) and self.typed == self.last

    @property
    def last_shown(self) -> str:
        """The last round's value as people read it."""
        return {"yes": gettext("ใช่"), "no": gettext("ไม่ใช่")}.get(self.last, self.last)


def asked_facts(framework: Framework, assessment: Assessment) -> list[Fact]:
    """The facts that the asked indicators rest on, for the grades this school teaches, in the edition's order."""
    needed: set[str] = set()
    for indicator in framework.indicators:
        if indicator.id not in assessment.carried:
            needed |= set(_rest_on(framework, indicator, assessment.school.grades))
    return [fact for fact in framework.facts if fact.id in needed]


def _rest_on(framework: Framework, indicator: Indicator, grades: Iterable[str]) -> Iterator[str]:
    if indicator.not_applicable:
        yield indicator.not_applicable.fact
    match indicator.measure:
        case Share() as share:
            yield from (share.count, share.whole, *(one.fact for one in share.conditions))
        case Grade() as grade:
            yield grade.fact
        case Comparison():
            yield from (s.fact for test in framework.tests if test.grade in grades for s in test.subjects)


def _editable_text(fact: Fact, value: FactValue | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return fact_text(value)


def fields_of(framework: Framework, assessment: Assessment, typed: Mapping[str, str] | None = None) -> list[Field]:
    """The fields, with what was typed where a page comes back."""
    before = previous(assessment)
    last = fact_values(framework, before.facts) if before else {}
    now = fact_values(framework, assessment.facts)
    fields = []
    for fact in asked_facts(framework, assessment):
        stored, was = _editable_text(fact, now.get(fact.id)), _editable_text(fact, last.get(fact.id))
        shown = stored or was
        problem = None
        if typed is not None:
            shown = typed.get(fact.id, "")
            problem = read_typed(fact, shown)[1]
        fields.append(Field(fact, shown, stored, was, problem))
    return fields


@dataclass(frozen=True)
class HandedIn:
    """What a facts page handed in: values as stored, and problems by fact id."""

    facts: dict[str, str | None]
    problems: dict[str, Problem]


def read_facts(framework: Framework, assessment: Assessment, posted: Mapping[str, str]) -> HandedIn:
    """Read every field that was handed in, and check them against each other."""
    values: dict[str, FactValue] = {}
    facts: dict[str, str | None] = {}
    problems: dict[str, Problem] = {}
    for fact in asked_facts(framework, assessment):
        if fact.id not in posted:
            continue
        value, problem = read_typed(fact, posted[fact.id])
        if problem:
            problems[fact.id] = problem
        elif value is not None:
            values[fact.id] = value
        facts[fact.id] = None if value is None else fact_texts({fact.id: value})[fact.id]
    whole = {**fact_values(framework, assessment.facts), **values}
    problems |= {key: problem for key, problem in check_facts(framework, whole) if key not in problems}
    return HandedIn(facts, problems)


def grouped(fields: list[Field]) -> list[tuple[str, list[Field]]]:
    """The fields by the edition's groups."""
    return [(name, list(some)) for name, some in groupby(fields, key=lambda field: field.fact.group)]


def seen_in(posted: Mapping[str, Any]) -> dict[str, str]:
    """What the page showed as stored, by fact id (as stored text)."""
    return {key.removeprefix("seen-"): str(value) for key, value in posted.items() if key.startswith("seen-") and value}
