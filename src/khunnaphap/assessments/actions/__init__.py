"""All that changes rounds and assessments: workbooks hand in whole schools, pages one answer at a time."""

from .answering import FactsChanged, Given, Kept, confirm_last, hand_in, save_answer, save_facts, withdraw
from .attaching import attach, attach_file, attach_link, detach
from .campaign import add_schools, close_round, extend, not_mailed, open_round, remind
from .correcting import correct_round
from .recording import Outcome, count_again, record_self, record_verification, rescore_round, restore, snapshot
from .verifying import (
    accept,
    agree,
    approve,
    comment,
    finish,
    judge,
    override_colour,
    recall,
    reopen,
    send_back,
    unlock,
)

__all__ = [
    "FactsChanged",
    "Given",
    "Kept",
    "Outcome",
    "accept",
    "add_schools",
    "agree",
    "approve",
    "attach",
    "attach_file",
    "attach_link",
    "close_round",
    "comment",
    "confirm_last",
    "correct_round",
    "count_again",
    "detach",
    "extend",
    "finish",
    "hand_in",
    "judge",
    "not_mailed",
    "open_round",
    "override_colour",
    "recall",
    "record_self",
    "record_verification",
    "remind",
    "reopen",
    "rescore_round",
    "restore",
    "save_answer",
    "save_facts",
    "send_back",
    "snapshot",
    "unlock",
    "withdraw",
]  # fmt: skip
