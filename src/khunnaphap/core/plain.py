"""Frozen dataclasses <-> plain JSON data, exactly; for keeping a value and bringing it back."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


def to_plain(value: Any) -> Any:
    """A value as JSON holds it: dataclasses as mappings, tuples as lists, dates, times and decimals as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(one) for one in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_plain(wanted: type[Value], data: Mapping[str, Any]) -> Value:
    """The dataclass behind ``to_plain``'s data; fields that are absent take their defaults."""
    hints = get_type_hints(wanted)
    return wanted(**{name: _value(hints[name], found) for name, found in data.items()})


def _value(hint: Any, found: Any) -> Any:
    if found is None:
        return None
    if get_origin(hint) in (Union, types.UnionType):
        return _value(next(one for one in get_args(hint) if one is not type(None)), found)
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_value(inner[0], one) for one in found)
        return tuple(_value(kind, one) for kind, one in zip(inner, found, strict=True))
    if is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, found)
    if hint in (date, time):
        return found if isinstance(found, hint) else hint.fromisoformat(found)
    return Decimal(found) if hint is Decimal else found
