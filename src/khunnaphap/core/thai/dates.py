"""Dates in the Buddhist era as offices write them."""

from __future__ import annotations

from datetime import date
from typing import Final

MONTHS: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip


def long_date(day: date) -> str:
    """26 มิถุนายน 2567 (Arabic digits: papers convert)."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + 543}"
