"""An office's account as core's values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from khunnaphap.core import letters, programme
from khunnaphap.core.known_schools import KnownSchools, Named
from khunnaphap.core.programme import OfficeYear
from khunnaphap.organisations.models import School

from .models import (
    Account,
    Activity,
    Candidate,
    Citation,
    Committee,
    Difficulty,
    GoodPractice,
    Letter,
    Money,
    StaffingGap,
    Statement,
    Step,
    Submission,
    Support,
)

PARTS: dict[str, tuple[type[Model], type]] = {
    "statements": (Statement, programme.Statement),
    "candidates": (Candidate, programme.Candidate),
    "committees": (Committee, programme.Committee),
    "activities": (Activity, programme.Activity),
    "submissions": (Submission, programme.Submission),
    "money": (Money, programme.Money),
    "support": (Support, programme.Support),
    "staffing": (StaffingGap, programme.StaffingGap),
    "difficulties": (Difficulty, programme.Difficulty),
    "practices": (GoodPractice, programme.GoodPractice),
    "steps": (Step, programme.Step),
}
"""Each part of ``OfficeYear`` with its model and its value; fields of one name mean the same."""

_NESTED: dict[str, Callable[[Any], Any]] = {
    "items": tuple,
    "results": tuple,
    "steps": tuple,
    "parties": lambda pairs: tuple(programme.Party(name, amount and Decimal(amount)) for name, amount in pairs),
}


def account_of(office_id: int, year: int) -> OfficeYear:
    """The account of an office for a year; empty when there is none."""
    account = Account.objects.filter(office_id=office_id, year=year).first()
    return OfficeYear() if account is None else values_of(account)


def values_of(account: Account) -> OfficeYear:
    """An account with all its parts, a query a part."""
    return OfficeYear(**{name: _part(name, account) for name in PARTS})


def _part(name: str, account: Account) -> tuple[Any, ...]:
    model, value = PARTS[name]
    rows = model._default_manager.filter(account=account).order_by("position")
    cited = [field.name for field in model._meta.fields if field.related_model is Letter]
    if cited:
        rows = rows.select_related(*cited)
    if model is Activity:
        citations = Prefetch("citations", Citation.objects.select_related("letter"))
        rows = rows.prefetch_related(citations, "occasions")
    return tuple(_value(row, value) for row in rows)


def _value(row: Model, value: type) -> Any:
    return value(**{field.name: _field(row, field.name) for field in fields(value)})


def _field(row: Model, name: str) -> Any:
    if isinstance(row, Activity) and name == "occasions":
        return tuple(_value(occasion, programme.Occasion) for occasion in row.occasions.all())
    if isinstance(row, Activity) and name == "letters":
        return tuple(letter_value(citation.letter) for citation in row.citations.all())
    found = getattr(row, name)
    if isinstance(found, Letter):
        return letter_value(found)
    return _NESTED.get(name, lambda same: same)(found)


def letter_value(row: Letter) -> letters.Letter:
    """A letter's row as core's value."""
    return letters.Letter(row.kind, row.sender, row.dated, row.number, row.urgency, row.subject)


def known_schools(office: str, *, among: QuerySet[School] | None = None) -> KnownSchools:
    """The schools that an office's account may name, of the whole register or ``among`` these; ``office`` by code."""
    schools = School.objects.all() if among is None else among
    names = ("ministry_code", "name", "district__name", "office__code", "is_quality")
    return KnownSchools(tuple(Named(*row) for row in schools.order_by("ministry_code").values_list(*names)), office)
