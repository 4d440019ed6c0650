"""Reminders by mail: to whom a round's deadline matters now, sent after they are logged."""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mass_mail
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from khunnaphap.accounts.models import Appointment, User
from khunnaphap.core import rounds
from khunnaphap.core.thai.dates import hours, weekday_date

from .actions import not_mailed, remind
from .models import Assessment, AssessmentQuerySet, Reminder, Round
from .one_answer import window_of

log = logging.getLogger("django.request")
FORTNIGHT = timedelta(days=14)
"""How long after a round's end its schools are still reminded."""


def whom(assessments: list[Assessment]) -> list[tuple[Assessment, User]]:
    """The heads and teachers of these schools, today."""
    schools = [assessment.school_id for assessment in assessments]
    held = Appointment.objects.in_force(timezone.localdate()).filter(Q(school__in=schools)).select_related("person")
    people: dict[int, list[User]] = {}
    for one in held:
        if one.person.is_active and one.person not in people.setdefault(one.school_id or 0, []):
            people[one.school_id or 0].append(one.person)
    return [(assessment, person) for assessment in assessments for person in people.get(assessment.school_id, [])]


def waiting(round_: Round, reach: User | None = None) -> AssessmentQuerySet:
    """The assessments that a school has still to hand in; of ``reach``'s schools alone, where it is given."""
    found: AssessmentQuerySet = Assessment.objects.filter(round=round_, state__in=(rounds.DRAFT, rounds.RETURNED))
    found = found.select_related("round", "school__district__province").order_by("pk")
    return found if reach is None else found.visible_to(reach, "remind")


def due_now(
    *, round_: Round, reach: User | None = None, within_days: int | None = None
) -> list[tuple[str, Assessment, User]]:
    """Whom ``send_reminders`` would remind at this moment: the kind of reminder, of which school, the person."""
    now = timezone.now()
    near = [
        one for one in waiting(round_, reach) if within_days is None or (window_of(one).last - now).days < within_days
    ]
    over = {one: now > window_of(one).last for one in near}
    return [(Reminder.OVERDUE if over[one] else Reminder.BEFORE, one, person) for one, person in whom(near)]


def send_reminders(
    *, round_: Round, by: User, reach: User | None = None, within_days: int | None = None
) -> list[Reminder]:
    """Log and mail reminders about assessments that a school has still to hand in; gives what was logged.

    ``reach``: only the schools in which this person reminds; ``within_days``: only those whose deadline is this near
    (or over). A person without an address is logged too: "my work" shows the deadline.
    """
    due = due_now(round_=round_, reach=reach, within_days=within_days)
    sent: list[Reminder] = []
    for kind in (Reminder.BEFORE, Reminder.OVERDUE):
        chosen = [(assessment, person) for of, assessment, person in due if of == kind]
        if chosen:
            sent += remind(due=chosen, kind=kind, by=by)
    mailed = [one for one in sent if one.address]
    try:
        send_mass_mail([_mail(one) for one in mailed])
    except (OSError, smtplib.SMTPException) as error:
        log.error("reminders were logged, but no mail left: %s", error)
        not_mailed(reminders=mailed, by=by)
    return sent


def _mail(reminder: Reminder) -> tuple[str, str, str, list[str]]:
    assessment = reminder.assessment
    last = timezone.localtime(window_of(assessment).last)
    when = f"{weekday_date(last.date())} {hours(last.time())}"
    is_over = reminder.kind == Reminder.OVERDUE
    over = "เลยกำหนดส่งแล้ว" if is_over else "ใกล้ครบกำหนดส่ง"
    onward = "ติดต่อสำนักงานเขตพื้นที่การศึกษาเพื่อขอขยายเวลา ดูสิ่งที่ตอบไว้ได้ที่" if is_over else "ทำต่อได้ที่"
    at = (assessment.round.year, assessment.round.number, assessment.school.ministry_code)
    body = (
        f"เรียน {reminder.to}\n\nการประเมินตนเองของ{assessment.school} รอบ {assessment.round.name} {over}\n"
        f"กำหนดส่ง {when}\n\n{onward} {settings.SITE_URL}{reverse('school', args=at)}\n"
    )
    return (
        f"[คุณภาพ] {assessment.school} รอบ {assessment.round.name}: {over}",
        body,
        settings.DEFAULT_FROM_EMAIL,
        [reminder.address],
    )
