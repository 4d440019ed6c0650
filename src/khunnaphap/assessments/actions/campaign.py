"""Opening a round for schools, bringing more of them in, reminding, extending, closing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from khunnaphap.accounts.mailing import mail_leaves
from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record
from khunnaphap.core import rounds
from khunnaphap.core.problems import Refusal
from khunnaphap.core.rounds import RoundName
from khunnaphap.core.thai.dates import long_date
from khunnaphap.frameworks.models import Edition
from khunnaphap.organisations.models import School

from ..carrying import carried_levels
from ..models import Assessment, Reminder, Round
from ..one_answer import lock, recount, subject_of, touch, window_of
from ..queries import standing_of
from ..round_days import check_round_days

_AT_ONCE = 2000


@dataclass(frozen=True)
class Asking:
    """What a round asks: every indicator (``full``), or only those below ``aim``, returned or ``planned`` (ids)."""

    kind: str = Round.FULL
    aim: int | None = None
    planned: tuple[str, ...] = ()
    who: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def open_round(
    *,
    edition: Edition,
    name: RoundName,
    opens: datetime,
    closes: datetime,
    schools: Iterable[School],
    by: User,
    references: Mapping[str, str] | None = None,
    is_example: bool = False,
    asking: Asking | None = None,
) -> Round:
    """Open a round for these schools: an empty assessment each. ``references``: test means by fact id, as text."""
    if edition.status != Edition.PUBLISHED:
        raise Refusal("edition-draft", f"ฉบับ “{edition.title}” ยังไม่ประกาศใช้", "ประกาศใช้ฉบับนี้ก่อนเปิดรอบ")
    if Round.objects.filter(year=name.year, number=name.number).exists():
        raise Refusal("round-exists", f"มีรอบ {name} แล้ว", "ใช้ครั้งที่ถัดไป หรือเพิ่มโรงเรียนเข้ารอบที่มีอยู่")
    check_round_days(name, opens, closes)
    asked = asking or Asking()
    opened = Round.objects.create(
        edition=edition,
        year=name.year,
        number=name.number,
        opens=opens,
        closes=closes,
        references=dict(references or {}),
        is_example=is_example,
        kind=asked.kind,
        aim=asked.aim,
        planned=list(asked.planned),
        who=dict(asked.who),
    )
    made = _enter(opened, list(schools))
    record(by=by, verb="open_round", subject=f"round:{name}", edition=edition.code, schools=made, kind=asked.kind)
    return opened


@transaction.atomic
def add_schools(*, round_: Round, schools: Iterable[School], by: User) -> int:
    """Bring more schools into a round that is not over; gives how many were not in it yet."""
    if Round.objects.select_for_update().get(pk=round_.pk).is_over(timezone.now()):
        raise Refusal("round-over", f"รอบ {round_.name} ปิดแล้ว จึงเพิ่มโรงเรียนไม่ได้", "เปิดรอบใหม่ให้โรงเรียนนั้น")
    there = set(round_.assessments.values_list("school_id", flat=True))
    made = _enter(round_, [school for school in schools if school.pk not in there])
    if made:
        record(by=by, verb="add_schools", subject=f"round:{round_.name}", schools=made)
    return made


@transaction.atomic
def extend(*, assessment: Assessment, until: datetime, reason: str, by: User) -> None:
    """Give one school its own last moment, with the reason; it ends with the round's budget year at the latest."""
    fresh = lock(assessment)
    rounds.move(fresh.state, "extend")
    if not reason.strip():
        raise Refusal("reason-lacking", "ยังไม่ได้บอกเหตุผลที่ขยายเวลา", "เขียนเหตุผลสั้น ๆ")
    if until <= timezone.now():
        raise Refusal("due-past", "กำหนดใหม่ผ่านไปแล้ว", "เลือกวันและเวลาในอนาคต")
    if until > fresh.round.year_ends:
        last = long_date(timezone.localdate(fresh.round.year_ends))
        raise Refusal("due-beyond-year", f"กำหนดใหม่อยู่หลังสิ้นปีงบประมาณของรอบ ({last})", f"เลือกวันไม่เกิน {last}")
    before = window_of(fresh).last
    touch(fresh, extended_to=until)
    record(
        by=by, verb="extend", subject=subject_of(fresh), until=[before.isoformat(), until.isoformat()], reason=reason
    )


@transaction.atomic
def close_round(*, round_: Round, by: User) -> Round:
    """Close a round before its last moment; schools with an extension keep theirs."""
    fresh = Round.objects.select_for_update().get(pk=round_.pk)
    now = timezone.now()
    if fresh.closed_at is None and now < fresh.closes:
        fresh.closed_at = now
        fresh.save(update_fields=["closed_at"])
        fresh.assessments.update(version=F("version") + 1)  # a save that read the round open decides again
        record(by=by, verb="close_round", subject=f"round:{fresh.name}")
    return fresh


@transaction.atomic
def remind(*, due: Sequence[tuple[Assessment, User]], kind: str, by: User) -> list[Reminder]:
    """Log reminders to these people about these schools; the door that calls sends the mails after the commit.

    An address is kept where a mail leaves for it. One event for each round that the schools are in.
    """
    now = timezone.now()
    made = Reminder.objects.bulk_create(
        Reminder(
            assessment=assessment, kind=kind, to=person, address=person.email if mail_leaves() else "", by=by, at=now
        )
        for assessment, person in due
    )
    for round_ in {assessment.round for assessment, _ in due}:
        told = [
            [one.assessment.school.ministry_code, one.to.username] for one in made if one.assessment.round == round_
        ]
        record(by=by, verb="remind", subject=f"round:{round_.name}", kind=kind, to=told)
    return made


@transaction.atomic
def not_mailed(*, reminders: Sequence[Reminder], by: User) -> None:
    """Take back that mails went out: the mail server took none of them. "My work" still shows the deadline."""
    Reminder.objects.filter(pk__in=[one.pk for one in reminders]).update(address="")
    for one in reminders:
        one.address = ""
    for name in {str(one.assessment.round.name) for one in reminders}:
        record(by=by, verb="not_mailed", subject=f"round:{name}", reminders=len(reminders))


def _enter(round_: Round, schools: Sequence[School]) -> int:
    """An empty assessment for each; what follows from the grades taught alone (no national test) counts at once."""
    made, blank = 0, _Blank(round_)
    for start in range(0, len(schools), _AT_ONCE):
        some = schools[start : start + _AT_ONCE]
        carried = carried_levels(round_, some) if round_.kind == Round.FOLLOW_UP else {}
        rows = [blank.of(school, carried.get(school.pk, {})) for school in some]
        made += len(Assessment.objects.bulk_create(rows))
    return made


class _Blank:
    """New assessments of a round; schools of the same grades and nothing carried share one count."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        self.counted: dict[tuple[str, ...], dict[str, int]] = {}

    def of(self, school: School, carried: dict[str, int]) -> Assessment:
        made = Assessment(round=self.round, school=school, carried=carried)
        grades = tuple(sorted(school.grades))
        if carried or grades not in self.counted:
            counts = recount(made, standing_of(self.round, made, ()))
            if carried:
                return made
            self.counted[grades] = counts
        for name, value in self.counted[grades].items():
            setattr(made, name, value)
        return made
