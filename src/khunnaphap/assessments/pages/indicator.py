"""What the page of one indicator shows to the school."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils.translation import gettext

from khunnaphap.accounts.models import User
from khunnaphap.core import rounds
from khunnaphap.core.completeness import reason_lacking
from khunnaphap.core.framework import NA, Fact, Framework, Indicator, Share
from khunnaphap.core.measures import FactValue, shown
from khunnaphap.core.problems import Problem

from ..access import answers_here
from ..models import Assessment
from ..one_answer import Given
from ..queries import computed_of_one
from .evidence import evidence_shown
from .lines import Line, lines_of, neighbours
from .school import here

_OFFICE_HAS_SPOKEN = (rounds.RETURNED, rounds.VERIFIED, rounds.APPROVED)


def indicator_page(assessment: Assessment, indicator: Indicator, person: User, show: str) -> dict[str, Any]:
    """The card: levels from the highest, what was chosen now and last time, remark, thread, neighbours."""
    lines = lines_of(assessment)
    line = lines.by_id[indicator.id]
    at = here(assessment, person)
    before, after, place, length = neighbours(lines.walked(show), indicator.id)
    editable = (
        at.is_open
        and not line.carried
        and answers_here(person, assessment, indicator.id)
        and (assessment.state != "returned" or bool(line.sent_back))
    )
    return {
        "here": at,
        "lines": lines,
        "line": line,
        "indicator": indicator,
        "levels": tuple(reversed(indicator.levels)),
        "before": before,
        "after": after,
        "place": place,
        "length": length,
        "show": show,
        "editable": editable,
        "why_not": "" if editable else _why_not(line, at, person),
        "offices_view": assessment.state in _OFFICE_HAS_SPOKEN and line.row is not None and line.verified is not None,
        "chosen": line.answer.self_rating,
        "is_na": line.answer.self_rating is NA,
        "facts": facts_shown(lines.standing.framework, indicator, lines.standing.facts),
        "comments": assessment.comments.filter(indicator=indicator.id).select_related("by"),
        **evidence_shown(assessment, indicator.id, editable),
        "version": line.row.version if line.row else 0,
        "save": uuid4(),
    }


def _why_not(line: Line, at: Any, person: User) -> str:
    if line.carried:
        return "carried"
    if at.assessment.state == "returned" and at.is_open and not line.sent_back:
        return "not-sent-back"
    return at.why_closed or "other-component"


def reason_still_lacking(assessment: Assessment, indicator: Indicator, given: Given) -> Problem | None:
    """The problem of what was just kept: it counts as an answer only with a reason."""
    if given.reason or given.rating is None:
        return None
    return reason_lacking(indicator, given.rating, computed_of_one(assessment, indicator), given.reason)


def facts_shown(framework: Framework, indicator: Indicator, facts: dict[str, FactValue]) -> list[tuple[Fact, str]]:
    """The facts that an indicator is computed from, with their values as text (empty = not stated)."""
    ids: list[str] = []
    match indicator.measure:
        case Share() as share:
            ids = [share.count, share.whole, *(one.fact for one in share.conditions)]
        case None:
            pass
        case measure if hasattr(measure, "fact"):
            ids = [measure.fact]
    if indicator.not_applicable:
        ids.append(indicator.not_applicable.fact)
    return [(framework.facts_by_id[key], fact_text(facts.get(key))) for key in dict.fromkeys(ids)]


def fact_text(value: FactValue | None) -> str:
    """A fact as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("ใช่") if value else gettext("ไม่ใช่")
    if isinstance(value, str):
        return value
    return str(value.numerator) if value.denominator == 1 else shown(value)
