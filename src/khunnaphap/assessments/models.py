"""Rounds, a school's assessment in a round, its answers, and the colours that followed."""

from __future__ import annotations

from datetime import datetime, time
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khunnaphap.accounts.models import User
from khunnaphap.core import rounds
from khunnaphap.core.framework import NA, Rating
from khunnaphap.core.rounds import RoundName
from khunnaphap.evidence.models import Evidence
from khunnaphap.frameworks.models import Edition
from khunnaphap.organisations.models import School

NA_CODE = 0
"""How N/A is stored beside levels 1, 2, …; unanswered is NULL."""


def stored(rating: Rating) -> int | None:
    """A rating as its column holds it."""
    return NA_CODE if rating is NA else rating  # type: ignore[return-value]


def rating_of(column: int | None) -> Rating:
    """A column's value as a rating."""
    return NA if column == NA_CODE else column


class Round(models.Model):
    """A round (campaign) of a budget year, under one edition.

    ``references`` are the country's (or OBEC's) test means by fact id, as text; ``closes`` is the last moment.
    A ``full`` round asks for every indicator; a ``follow_up`` round only for those below ``aim`` (a level's number),
    those returned in the round before it and those in ``planned`` (ids); ``who`` says how its schools were chosen.
    """

    FULL, FOLLOW_UP = "full", "follow_up"
    KINDS: ClassVar = [(FULL, _("ประเมินทุกตัวชี้วัด")), (FOLLOW_UP, _("ติดตามเฉพาะตัวชี้วัด"))]

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    opens = models.DateTimeField()
    closes = models.DateTimeField()
    references = models.JSONField(default=dict)
    is_example = models.BooleanField(default=False)
    kind = models.CharField(max_length=10, choices=KINDS, default=FULL)
    aim = models.PositiveSmallIntegerField(null=True, blank=True)
    planned = models.JSONField(default=list, blank=True)
    who = models.JSONField(default=dict, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["year", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "number"], name="one_round_a_name"),
            models.CheckConstraint(condition=Q(opens__lt=models.F("closes")), name="round_opens_before_it_closes"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> RoundName:
        """Budget year/number, e.g. 2567/1."""
        return RoundName(self.year, self.number)

    @property
    def year_ends(self) -> datetime:
        """The last moment of the budget year in which it closes, its own at least: no school is given longer."""
        year = max(self.year, rounds.budget_year(timezone.localdate(self.closes)))
        return timezone.make_aware(datetime.combine(rounds.year_end(year), time(23, 59, 59)))

    def is_over(self, now: datetime) -> bool:
        """Closed, by its own last moment or before it; a school with an extension may still go on."""
        return self.closed_at is not None or now > self.closes


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments by who may see them."""

    def visible_to(self, person: User, permission: str = "") -> AssessmentQuerySet:
        """Those of the schools that a person sees, or in which the person holds a permission."""
        return self.filter(person.reach.schools(permission, "school__"))


class Assessment(models.Model):
    """One school in one round. ``facts`` by fact id as text; ``version`` rises with each change of content.

    ``carried``: the last verified level (as stored) of each indicator that a follow-up round does not ask for.
    ``extended_to``: the last moment that its office gave this school instead of the round's. ``digest``: the SHA-256 of the content that
    was approved, empty while it may change. ``references``: the reference means that it was approved with. ``ready``, ``judged`` and ``differs`` count the asked indicators
    (``core.completeness.tally``), so that boards read no answers; empty until they are counted.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assessments")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=20, choices=list(rounds.STATES.items()), default=rounds.DRAFT)
    facts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    carried = models.JSONField(default=dict, blank=True)
    extended_to = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    references = models.JSONField(null=True, blank=True)
    ready = models.PositiveSmallIntegerField(null=True)
    judged = models.PositiveSmallIntegerField(null=True)
    differs = models.PositiveSmallIntegerField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["round_id", "school_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "school"], name="one_assessment_a_school_and_round")
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.school}"


class AnswerManager(models.Manager["Answer"]):
    """Answers, and the one that a save is about."""

    def at(self, assessment: Assessment, indicator: str) -> Answer | None:
        """The answer of one indicator, or ``None``; in SQL, which Django would compose anew at each save (ADR 0012)."""
        statement = f"SELECT * FROM {self.model._meta.db_table} WHERE assessment_id = %s AND indicator = %s"  # noqa: S608
        return next(iter(self.raw(statement, [assessment.pk, indicator])), None)


class Answer(models.Model):
    """Both ratings of one indicator: the school's own and the verifier's, each with who and when."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    indicator = models.CharField(max_length=80)
    self_level = models.PositiveSmallIntegerField(null=True)
    self_reason = models.TextField(blank=True)
    self_remark = models.TextField(blank=True)
    self_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    self_at = models.DateTimeField(null=True)
    verified_level = models.PositiveSmallIntegerField(null=True)
    verified_remark = models.TextField(blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = AnswerManager()

    class Meta:
        ordering: ClassVar = ["assessment_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "indicator"], name="one_answer_an_indicator")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.self_level} / {self.verified_level}"


class Classification(models.Model):
    """A school's colour as it stood at a moment: a snapshot that is added, never changed.

    ``total`` is the exact fraction as text ("141/2") or empty; ``levels`` packs one byte an indicator in the
    edition's order (0 unanswered, 255 N/A), so that it can be computed again without the answers.

    ``colour`` is what follows from the levels; ``override`` is the colour that a person decided on instead, with the
    reason. The official colour is the row that ``is_latest``. A row that ``is_rescore`` stands beside it: the same answers
    under another edition than the round's, never the latest, never official.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="classifications")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    basis = models.CharField(max_length=10, choices=[("self", "ชั่วคราว"), ("verified", "ตรวจสอบแล้ว")])
    total = models.TextField(blank=True)
    colour = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=300)
    override = models.CharField(max_length=10, blank=True)
    override_reason = models.TextField(blank=True)
    override_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    levels = models.BinaryField()
    is_latest = models.BooleanField(default=True)
    is_rescore = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["assessment_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(is_latest=True), name="one_latest_classification"
            ),
            models.CheckConstraint(
                condition=Q(is_latest=False) | Q(is_rescore=False), name="a_rescore_is_never_the_official_colour"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.colour or 'ยังจัดกลุ่มไม่ได้'} {self.at:%Y-%m-%d}"

    @property
    def colour_shown(self) -> str:
        """The colour that counts: the one decided on, else the one that follows."""
        return self.override or self.colour


class Submission(models.Model):
    """A school's receipt: what was handed in, when, by whom, and the SHA-256 of the whole content."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    answered = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["assessment_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "number"], name="submissions_count_through")
        ]

    def __str__(self) -> str:
        return f"{self.assessment} {self.number}"


class SentBack(models.Model):
    """An indicator that was sent back with a reason; open until the school hands in again."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="sent_back")
    indicator = models.CharField(max_length=80)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["assessment_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment", "indicator"], condition=Q(answered_at=None), name="sent_back_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment} {self.indicator}"


class Attachment(models.Model):
    """A piece of the school's evidence at an indicator; the same piece serves several indicators and rounds."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="attachments")
    indicator = models.CharField(max_length=80)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="attachments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["assessment_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "indicator", "evidence"], name="attached_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.evidence}"


class Comment(models.Model):
    """One contribution to an indicator's thread between school and office; it is never changed."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="comments")
    indicator = models.CharField(max_length=80)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["assessment_id", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class Reminder(models.Model):
    """A reminder that was sent: about which school's round, to whom, when."""

    BEFORE, OVERDUE = "before", "overdue"

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=[(BEFORE, _("ก่อนครบกำหนด")), (OVERDUE, _("เลยกำหนด"))])
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["assessment_id", "id"]

    def __str__(self) -> str:
        return f"{self.assessment} {self.to} {self.at:%Y-%m-%d}"
