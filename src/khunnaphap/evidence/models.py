"""A school's evidence: what it is, where it is kept, and the hashes by which the same file is found again."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khunnaphap.organisations.models import Person, School

from .preparing import DOCUMENT, LINK, PDF, PHOTO


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence by who may see it and by what is the same."""

    def visible_to(self, person: Person) -> EvidenceQuerySet:
        """The evidence of the schools that a person sees, removed ones too."""
        return self.filter(school__in=School.objects.visible_to(person))

    def present(self) -> EvidenceQuerySet:
        """What was not removed."""
        return self.filter(removed_at=None)

    def twins_of(self, evidence: Evidence) -> EvidenceQuerySet:
        """Other schools' evidence of the same file: as it was handed in, or as it is kept."""
        same = Q(original_sha256=evidence.original_sha256)
        if evidence.sha256:
            same |= Q(sha256=evidence.sha256)
        return self.present().filter(same).exclude(school=evidence.school_id)


class Evidence(models.Model):
    """A photo, PDF, office file or link of a school.

    ``original_sha256`` is of the bytes as they were handed in (of a link: of its address), ``sha256`` of those that
    are kept; ``size`` is in bytes, ``width`` and ``height`` in pixels; ``stored`` and ``thumbnail`` are paths in the
    evidence storage, which nobody guesses. ``removed_at``: no longer evidence; its file waits for the end of its time.
    """

    KINDS: ClassVar = [(PHOTO, _("รูปถ่าย")), (PDF, "PDF"), (DOCUMENT, _("เอกสาร")), (LINK, _("ลิงก์"))]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=KINDS)
    title = models.CharField(max_length=255)
    url = models.CharField(max_length=2000, blank=True)
    original_sha256 = models.CharField(max_length=64, db_index=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.PositiveBigIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    stored = models.CharField(max_length=120, blank=True, db_index=True)
    thumbnail = models.CharField(max_length=120, blank=True, db_index=True)
    thumbnail_sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "original_sha256"],
                condition=Q(removed_at=None),
                name="a_school_keeps_a_file_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=LINK, stored="") & ~Q(url="") | ~Q(kind=LINK) & Q(url=""),
                name="a_link_has_an_address_and_no_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title
