"""What the demo's four area offices did and said in budget year 2567, read from their TOML files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from khunnaphap.core.letters import parse_letter
from khunnaphap.core.programme import (
    DIRECTIONS,
    STATEMENT_KINDS,
    Activity,
    Candidate,
    Committee,
    Difficulty,
    GoodPractice,
    Money,
    Occasion,
    OfficeYear,
    Party,
    StaffingGap,
    Statement,
    Step,
    Submission,
    Support,
)
from khunnaphap.core.thai.dates import parse_hours

_TABLES: Final[dict[str, tuple[str, type]]] = {
    "statement": ("statements", Statement),
    "candidate": ("candidates", Candidate),
    "committee": ("committees", Committee),
    "activity": ("activities", Activity),
    "submission": ("submissions", Submission),
    "money": ("money", Money),
    "support": ("support", Support),
    "staffing": ("staffing", StaffingGap),
    "difficulty": ("difficulties", Difficulty),
    "practice": ("practices", GoodPractice),
    "step": ("steps", Step),
}
_CITED: Final = ("letter", "order", "proposed", "announced")


class AccountError(ValueError):
    """An office's TOML file is missing or wrong; the message names the file and the table."""


def codes() -> tuple[str, ...]:
    """The codes of the offices that have an account, sorted."""
    names = (path.name for path in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def office_year(code: str) -> OfficeYear:
    """The account of one office; ``AccountError`` when there is none, or when a table of it cannot be read."""
    if code not in codes():
        raise AccountError(f"{code}.toml: no such account, only {', '.join(codes())}")
    return read_account((_folder() / f"{code}.toml").read_text("utf-8"), name=f"{code}.toml")


def read_account(text: str, *, name: str) -> OfficeYear:
    """An account from the text of its TOML file; ``name`` of the file is for the errors."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AccountError(f"{name}: {error}") from error
    if strange := sorted(data.keys() - _TABLES.keys()):
        raise AccountError(f"{name}: no such table: {', '.join(strange)}")
    parts = {field: _rows(data.get(table, []), name, table, make) for table, (field, make) in _TABLES.items()}
    return OfficeYear(**parts)


def _folder() -> Traversable:
    return files("khunnaphap.demo") / "offices"


def _rows(rows: list[Mapping[str, Any]], name: str, table: str, make: type) -> tuple[Any, ...]:
    if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
        raise AccountError(f"{name}: write [[{table}]] as an array of tables")
    made = []
    for number, row in enumerate(rows, start=1):
        if make is Activity:
            row = {"number": number, **row}
        try:
            made.append(make(**_values(row, make)))
        except (TypeError, ValueError, ArithmeticError) as error:
            raise AccountError(f"{name} [[{table}]] {number}: {error}") from error
    return tuple(made)


def _values(row: Mapping[str, Any], make: type) -> dict[str, Any]:
    values = {key: _value(key, value) for key, value in row.items()}
    if make is Activity:
        values["occasions"] = tuple(Occasion(**_values(each, Occasion)) for each in values.pop("occasion", ()))
    if make is Occasion and "hours" in values:
        values["begins"], values["ends"] = parse_hours(values.pop("hours"))
    if make is Money:
        values["amount"] = Decimal(values["amount"]) if "amount" in values else None
        values["parties"] = tuple(map(Party.parse, values["parties"]))
    if make is Statement and values.get("kind") not in STATEMENT_KINDS:
        raise ValueError(f"no such kind: {values.get('kind')}")
    if make is Money and values.get("direction") not in DIRECTIONS:
        raise ValueError(f"no such direction: {values.get('direction')}")
    return values


def _value(key: str, value: Any) -> Any:
    if key in _CITED:
        return parse_letter(value)
    if key == "letters":
        return tuple(parse_letter(line) for line in value)
    if key != "occasion" and isinstance(value, list):
        return tuple(value)
    return value
