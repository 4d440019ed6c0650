"""Names of rounds, budget years, and which moves an assessment may make."""

from __future__ import annotations

from datetime import date

import pytest

from khunnaphap.core import rounds
from khunnaphap.core.problems import Refusal
from khunnaphap.core.rounds import RoundName, budget_year, year_end


@pytest.mark.parametrize("text", ["2567/1", " 2567 / 1 ", "๒๕๖๗/๑", "２５６７/１"])
def test_a_round_name_is_budget_year_and_number(text: str) -> None:
    assert RoundName.parse(text) == RoundName(2567, 1)
    assert str(RoundName.parse(text)) == "2567/1"


@pytest.mark.parametrize("text", ["", "2567", "1/2567", "2024/1", "2567/0", "2567/1/2", "2567-1"])
def test_what_is_no_round_name_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        RoundName.parse(text)
    assert "2567/1" in refused.value.problem.mend


def test_the_budget_year_begins_on_1_october() -> None:
    assert budget_year(date(2023, 10, 1)) == 2567
    assert budget_year(date(2024, 9, 30)) == 2567
    assert budget_year(date(2024, 10, 1)) == 2568


def test_a_verified_assessment_refuses_a_change_in_words() -> None:
    with pytest.raises(Refusal, match="ตรวจสอบแล้ว") as refused:
        rounds.move(rounds.VERIFIED, "save")
    assert "ส่งคืน" in refused.value.problem.mend


def test_every_move_leads_to_a_known_state_and_every_refusal_has_words() -> None:
    for act, table in rounds.MOVES.items():
        assert set(table) | set(table.values()) <= set(rounds.STATES)
        for state in set(rounds.STATES) - set(table):
            with pytest.raises(Refusal):
                rounds.move(state, act)


def test_a_budget_year_ends_on_30_september() -> None:
    assert year_end(2567) == date(2024, 9, 30)
    assert budget_year(year_end(2567)) == 2567


def test_refusals_name_the_act_the_state_and_the_way_out() -> None:
    with pytest.raises(Refusal) as refused:
        rounds.move(rounds.APPROVED, "approve")
    problem = refused.value.problem
    assert problem.code == "approve-from-approved"
    assert problem.message == "รับรองไม่ได้ เพราะสถานะคือ “รับรองแล้ว”"
    assert problem.mend == "ตรวจสอบให้ครบทุกตัวชี้วัดและยืนยันผลก่อน"
    with pytest.raises(Refusal) as unread:
        RoundName.parse("ปี 67")
    assert (unread.value.problem.code, unread.value.problem.message) == ("round-name", "“ปี 67” ไม่ใช่ชื่อรอบ")
    assert unread.value.problem.mend == "เขียนเป็น ปีงบประมาณ/ครั้งที่ เช่น 2567/1"


def test_a_legal_move_gives_the_state_after() -> None:
    assert rounds.move(rounds.DRAFT, "hand_in") == rounds.SUBMITTED
    assert rounds.move(rounds.RETURNED, "answer") == rounds.RETURNED
