"""What a page may open: the round and the school that its address names, or 404."""

from __future__ import annotations

from django.http import Http404

from khunnaphap.accounts.models import User
from khunnaphap.accounts.queries import require
from khunnaphap.core.framework import Indicator
from khunnaphap.frameworks.queries import framework_of

from .models import Assessment, Round

NOT_ON_PAGES = [f"school__{name}" for name in ("affiliation", "latitude", "longitude", "position_source", "land_area")]
"""Columns of the school that no page of an assessment shows: a save asks for as little as it can."""


def round_or_404(year: int, number: int) -> Round:
    """The round of this name."""
    found = Round.objects.select_related("edition").defer("edition__content").filter(year=year, number=number).first()
    if found is None:
        raise Http404(f"{year}/{number}")
    return found


def assessment_or_404(person: User, year: int, number: int, code: str, permission: str = "") -> Assessment:
    """A school's assessment that the person sees: 404 for a stranger, 403 without the permission in this school."""
    seen = Assessment.objects.visible_to(person).select_related("round__edition", "school")
    try:
        found = seen.defer("round__edition__content", *NOT_ON_PAGES).get(
            round__year=year, round__number=number, school__ministry_code=code
        )
    except Assessment.DoesNotExist:
        raise Http404(code) from None
    if permission:
        require(person, permission, found.school)
    return found


def indicator_or_404(assessment: Assessment, indicator: str) -> Indicator:
    """An indicator of the round's edition."""
    found = framework_of(assessment.round.edition).by_id.get(indicator)
    if found is None:
        raise Http404(indicator)
    return found


def answers_here(person: User, assessment: Assessment, indicator: str) -> bool:
    """Whether the person answers this indicator: it lies in a component that is theirs."""
    if not person.reach.may("answer", assessment.school):
        return False
    mine = person.reach.components(assessment.school)
    if mine is None:
        return True
    framework = framework_of(assessment.round.edition)
    return any(one.id == indicator for part in framework.components if part.id in mine for one in part.indicators)
