"""Recording what an office says of its year."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from django.db import transaction

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record
from khunnaphap.core import letters
from khunnaphap.core.programme import Activity as ActivityValue
from khunnaphap.core.programme import Money as MoneyValue
from khunnaphap.core.programme import OfficeYear
from khunnaphap.core.rounds import RoundName
from khunnaphap.organisations.models import AreaOffice

from .models import Account, Activity, Citation, Inspection, Letter, Occasion
from .queries import PARTS, values_of


@transaction.atomic
def record_account(*, office: AreaOffice, year: int, told: OfficeYear, by: User) -> list[str]:
    """Take an office's account of a year; gives the names of the parts that changed.

    A part that is told replaces what the record has of it; a part that is empty says nothing and changes nothing.
    """
    account, _ = Account.objects.select_for_update().get_or_create(office=office, year=year)
    before = values_of(account)
    changed = [name for name in PARTS if (part := getattr(told, name)) and part != getattr(before, name)]
    for name in changed:
        _replace(account, name, getattr(told, name))
    if changed:
        account.version += 1
        account.save()
        counts = {name: len(getattr(told, name)) for name in changed}
        record(by=by, verb="record_account", subject=f"account:{year}:{office.code}", parts=counts)
    return changed


@transaction.atomic
def restore_account(*, office: AreaOffice, year: int, before: OfficeYear, by: User) -> None:
    """Put an account back to exactly these values, empty parts too."""
    account, _ = Account.objects.select_for_update().get_or_create(office=office, year=year)
    for name in PARTS:
        _replace(account, name, getattr(before, name))
    account.version += 1
    account.save()
    record(by=by, verb="restore_account", subject=f"account:{year}:{office.code}")


def _replace(account: Account, name: str, values: tuple[Any, ...]) -> None:
    model, _ = PARTS[name]
    model._default_manager.filter(account=account).delete()
    for position, value in enumerate(values, 1):
        row = model(account=account, position=position, **_columns(value))
        row.save()
        if isinstance(row, Activity):
            _fill_activity(row, value)


def _columns(value: Any) -> dict[str, Any]:
    """A value's fields as its model's columns; letters become rows, tuples become lists."""
    columns = {}
    for field in fields(value):
        found = getattr(value, field.name)
        if isinstance(value, ActivityValue) and field.name in ("occasions", "letters"):
            continue
        if isinstance(found, letters.Letter):
            found = _letter(found)
        elif isinstance(value, MoneyValue) and field.name == "parties":
            found = [[party.name, None if party.amount is None else str(party.amount)] for party in found]
        elif isinstance(found, tuple):
            found = list(found)
        columns[field.name] = found
    return columns


def _fill_activity(row: Activity, value: ActivityValue) -> None:
    Occasion.objects.bulk_create(
        [Occasion(activity=row, position=place, **asdict(one)) for place, one in enumerate(value.occasions, 1)]
    )
    Citation.objects.bulk_create(
        [Citation(activity=row, position=place, letter=_letter(one)) for place, one in enumerate(value.letters, 1)]
    )


def _letter(value: letters.Letter) -> Letter:
    return Letter.objects.get_or_create(**asdict(value))[0]


@transaction.atomic
def plan_inspection(
    *, name: RoundName, cut_off: datetime, by: User, policy: str = "", issue_number: str = "", issue: str = ""
) -> Inspection:
    """Enter an inspection, or move its cut-off; policy and issue are the report form's where they are empty."""
    asked = {"policy": policy, "issue_number": issue_number, "issue": issue}
    inspection, _ = Inspection.objects.update_or_create(
        year=name.year, number=name.number, defaults={"cut_off": cut_off, **asked}
    )
    record(by=by, verb="plan_inspection", subject=f"inspection:{name}", cut_off=cut_off.isoformat(), **asked)
    return inspection
