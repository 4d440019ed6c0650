"""Files that came in, and what each changed, so that it can be undone."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from khunnaphap.assessments.models import Assessment
from khunnaphap.programme.models import Account


class ImportedFile(models.Model):
    """A file as it came, kept under its SHA-256."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)
    stored = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.sha256[:12]})"


class ImportedPart(models.Model):
    """What one file changed in one assessment or one office's account.

    ``before`` restores it, ``version`` tells whether something came after.
    """

    file = models.ForeignKey(ImportedFile, on_delete=models.PROTECT, related_name="parts")
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.CASCADE, related_name="imports")
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="imports")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField()
    version = models.PositiveIntegerField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(assessment__isnull=False) ^ Q(account__isnull=False), name="an_import_changes_one_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file} > {self.subject}"

    @property
    def subject(self) -> Assessment | Account:
        """What was changed."""
        subject = self.assessment or self.account
        assert subject is not None  # the constraint says so
        return subject
