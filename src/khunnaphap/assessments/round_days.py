"""The days of a round: in order, and near the budget year that it is named by."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from khunnaphap.core.day_windows import impossible_day
from khunnaphap.core.problems import Refusal
from khunnaphap.core.rounds import RoundName


def check_round_days(name: RoundName, opens: datetime, closes: datetime) -> None:
    """``Refusal`` of days that are out of order, or far from the budget year that the round is named by."""
    if opens >= closes:
        raise Refusal("round-days", "วันปิดรอบอยู่ก่อนวันเปิดรอบ", "แก้วันปิดรอบให้อยู่หลังวันเปิดรอบ")
    for moment in (opens, closes):
        if problem := impossible_day("round", timezone.localdate(moment), year=name.year):
            raise Refusal("round-days-far", problem.message, problem.mend)
