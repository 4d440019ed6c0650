"""What an area officer's pages show: one school side by side, and what keeps it from being finished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext

from khunnaphap.accounts.models import User
from khunnaphap.core import rounds
from khunnaphap.core.framework import NA, Indicator, Rating
from khunnaphap.core.handin import check_verified, remark_wanted
from khunnaphap.core.problems import Problem
from khunnaphap.frameworks.queries import titled

from ..colouring import lapsed_decision
from ..models import Answer, Assessment
from ..queries import computed_of_one, core_answer
from .evidence import evidence_judged
from .indicator import facts_shown
from .lines import Line, Lines, lines_of, neighbours
from .school import here
from .score import score_shown


def in_order(lines: Lines, show: str = "") -> tuple[Line, ...]:
    """The asked lines, differences first, then those that were not judged yet, then the rest; or one filter's."""
    if show:
        return lines.walked(show)
    return tuple(sorted(lines.asked, key=lambda line: (not line.differs, line.verified is not None)))


def verifying_page(assessment: Assessment, person: User, show: str) -> dict[str, Any]:
    """One school: every indicator with both levels, and the acts that are open to the person."""
    lines = lines_of(assessment)
    is_open = assessment.state == rounds.IN_VERIFICATION
    lacking, silent = _without_words(lines) if is_open else ([], [])
    unjudged = [line for line in lines.asked if line.verified is None and not line.awaits_means]
    agreeable = [line for line in lines.asked if line.verified is None and line.own is not None]
    return {
        "here": here(assessment, person),
        "lines": lines,
        "listed": in_order(lines, show),
        "show": show,
        "filters": [one for one in lines.counts() if one[0] in ("differs", "unjudged", "no-evidence", "went-down")],
        "first_unjudged": unjudged[0] if unjudged else None,
        "unjudged": len(unjudged),
        "agreeable": agreeable,
        "bare": sum(not line.evidence for line in agreeable),
        "lacking": lacking,
        "silent": silent,
        "awaiting": [line for line in lines.asked if line.awaits_means],
        "differing": sum(line.differs for line in lines.asked),
        "colour": assessment.classifications.filter(is_latest=True).first(),
        "lapsed": lapsed_decision(assessment),
        "score": score_shown(lines),
        "receipt": assessment.submissions.select_related("by").last(),
        "sent_back": assessment.sent_back.select_related("by").order_by("-id"),
        "bands": lines.standing.framework.bands,
    }


def to_send_back(lines: Lines, rows: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    """The rows of the send-back form under headings: what is ticked, what differs, then component by component."""
    ticked = [row for row in rows if row.ticked]
    differ = [row for row in rows if row.line.differs and not row.ticked]
    groups = [(gettext("ที่เลือกไว้"), ticked), (gettext("เขตเห็นต่าง"), differ)]
    for part in lines.parts:
        rest = [row for row in rows if row.line.component is part.component and row not in (*ticked, *differ)]
        groups.append((f"{part.component.label} {titled(part.component)}", rest))
    return [(title, some) for title, some in groups if some]


def remark_still_wanted(assessment: Assessment, indicator: Indicator) -> Problem | None:
    """What the school would ask about the level that a verifier has just kept."""
    row = Answer.objects.at(assessment, indicator.id)
    return remark_wanted(indicator, core_answer(row), computed_of_one(assessment, indicator)) if row else None


def _without_words(lines: Lines) -> tuple[list[Line], list[Line]]:
    """The lines whose verified rating needs a remark, and those of which the school would ask why."""
    standing = lines.standing
    needed = {key for key, _ in check_verified(standing.framework, standing.asked_answers, standing.computed)}
    wanted = [line for line in lines.asked if remark_wanted(line.indicator, line.answer, line.computed.rating)]
    return (
        [line for line in wanted if line.indicator.id in needed],
        [line for line in wanted if line.indicator.id not in needed],
    )


def _needing_words(line: Line) -> list[Rating]:
    """The ratings of an indicator about which the school would ask why."""
    every: list[Rating] = [*(level.number for level in line.indicator.levels), NA]
    silent = [(one, replace(line.answer, verified_rating=one, verified_remark="")) for one in every]
    return [one for one, answer in silent if remark_wanted(line.indicator, answer, line.computed.rating)]


def side_by_side(assessment: Assessment, indicator: Indicator, person: User, show: str) -> dict[str, Any]:
    """One indicator: the school's side with its evidence, the verifier's beside it."""
    lines = lines_of(assessment)
    line = lines.by_id[indicator.id]
    before, after, place, length = neighbours(lines.walked(show), indicator.id)
    at = here(assessment, person)
    wordy = _needing_words(line)
    can_judge = assessment.state == rounds.IN_VERIFICATION and not line.carried
    return {
        "here": at,
        "lines": lines,
        "line": line,
        "awaiting": [line] if line.awaits_means else [],
        "indicator": indicator,
        "levels": tuple(reversed(indicator.levels)),
        "descriptor": indicator.level(line.own).descriptor if isinstance(line.own, int) else "",
        "before": before,
        "after": after,
        "place": place,
        "length": length,
        "show": show,
        "editable": at.may["verify"] and can_judge,
        "chosen": line.answer.verified_rating,
        "is_na": line.answer.verified_rating is NA,
        "wordy": wordy,
        "na_is_wordy": NA in wordy,
        "wanted": remark_wanted(indicator, line.answer, line.computed.rating),
        "facts": facts_shown(lines.standing.framework, indicator, lines.standing.facts),
        "comments": assessment.comments.filter(indicator=indicator.id).select_related("by"),
        "sent_back_before": assessment.sent_back.filter(indicator=indicator.id).select_related("by"),
        **evidence_judged(assessment, indicator.id, person),
        "version": line.row.version if line.row else 0,
        "save": uuid4(),
    }
