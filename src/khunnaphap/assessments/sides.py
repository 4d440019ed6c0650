"""Nobody answers and verifies one school in one round: who holds both roles chooses with the first act."""

from __future__ import annotations

from typing import Final

from khunnaphap.accounts.models import User
from khunnaphap.audit.models import Event
from khunnaphap.core.problems import Refusal

from .models import Assessment
from .one_answer import subject_of

ANSWERING: Final = ("save_answer", "save_facts", "confirm_last", "hand_in", "withdraw", "attach", "detach")
VERIFYING: Final = ("accept", "judge", "agree", "send_back", "finish", "reopen", "recall", "approve", "unlock")
"""The acts of a school and of its office. Imports are neither: they are made by the system, or for somebody else."""


def check_answers(assessment: Assessment, by: User) -> None:
    """``Refusal`` for one who has verified this school in this round."""
    if _acted(assessment, by, VERIFYING):
        raise Refusal(
            "verifies-here",
            f"ท่านตรวจสอบ{assessment.school}ในรอบนี้แล้ว จึงตอบแบบประเมินของโรงเรียนเดียวกันไม่ได้",
            "ให้ผู้อื่นของโรงเรียนเป็นผู้ตอบ ผู้ที่มีทั้งสองบทบาทเลือกได้บทบาทเดียวในหนึ่งรอบ",
        )


def check_verifies(assessment: Assessment, by: User) -> None:
    """``Refusal`` for one who has answered for this school in this round."""
    if _acted(assessment, by, ANSWERING):
        raise Refusal(
            "answers-here",
            f"ท่านตอบแบบประเมินของ{assessment.school}ในรอบนี้แล้ว จึงตรวจสอบหรือรับรองโรงเรียนเดียวกันไม่ได้",
            "ให้ผู้อื่นของสำนักงานเขตเป็นผู้ตรวจสอบ ผู้ที่มีทั้งสองบทบาทเลือกได้บทบาทเดียวในหนึ่งรอบ",
        )


def _acted(assessment: Assessment, by: User, acts: tuple[str, ...]) -> bool:
    """Asked of the events only where the person has ever held roles on both sides of this school."""
    held = by.reach.ever(assessment.school)
    if by.is_system or not {"answer", "verify"} <= held:
        return False
    return Event.objects.filter(subject=subject_of(assessment), actor=by.username, verb__in=acts).exists()
