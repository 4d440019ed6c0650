"""Rounds, a school's assessment in a round, its answers, and the colours that followed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from khunnaphap.core import rounds
from khunnaphap.core.framework import NA, Rating
from khunnaphap.core.rounds import RoundName
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
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    opens = models.DateTimeField()
    closes = models.DateTimeField()
    references = models.JSONField(default=dict)
    is_example = models.BooleanField(default=False)

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


class Assessment(models.Model):
    """One school in one round. ``facts`` by fact id as text; ``version`` rises with each change of content."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assessments")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=20, choices=list(rounds.STATES.items()), default=rounds.DRAFT)
    facts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["round_id", "school_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "school"], name="one_assessment_a_school_and_round")
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.school}"


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

    The official colour is the row that ``is_latest``. A row that ``is_rescore`` stands beside it: the same answers
    under another edition than the round's, never the latest, never official.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="classifications")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    basis = models.CharField(max_length=10, choices=[("self", "ชั่วคราว"), ("verified", "ตรวจสอบแล้ว")])
    total = models.TextField(blank=True)
    colour = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=300)
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
