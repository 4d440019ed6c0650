"""Money in figures and in words."""

from __future__ import annotations

from decimal import Decimal

from pythainlp.util import bahttext


def baht(amount: Decimal) -> str:
    """20,000 บาท (Arabic digits); satang as two places where there are any."""
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f} บาท" if whole else f"{amount:,.2f} บาท"


def in_words(amount: Decimal) -> str:
    """สองหมื่นบาทถ้วน"""
    words = str(bahttext(float(amount)))
    return words.removeprefix("ศูนย์บาท") if 0 < amount < 1 else words


def baht_with_words(amount: Decimal) -> str:
    """20,000 บาท (สองหมื่นบาทถ้วน), as official papers want it."""
    return f"{baht(amount)} ({in_words(amount)})"
