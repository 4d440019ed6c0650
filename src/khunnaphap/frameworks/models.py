"""An edition of the framework, kept whole as data; once published it never changes. Its wording stands beside it."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_noop

from khunnaphap.core.problems import Refusal

UNCONFIRMED_MARK = gettext_noop("ตัวอย่าง รอยืนยันจาก สพฐ.")


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of an edition's content in one canonical spelling."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class Edition(models.Model):
    """A framework edition; ``confirmed_at`` is empty until an administrator confirms it in OBEC's name."""

    DRAFT, PUBLISHED = "draft", "published"

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    wording_digest = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=10, choices=[(DRAFT, "ฉบับร่าง"), (PUBLISHED, "ประกาศใช้")], default=DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the digest true, and refuse to change the content of a published edition."""
        self.digest = digest_of(self.content)
        if self.pk is not None:
            before = Edition.objects.values("status", "digest", "code").filter(pk=self.pk).first()
            if before and before["status"] == self.PUBLISHED and before != self._frozen():
                raise self.is_fixed()
        super().save(*args, **kwargs)

    def is_fixed(self) -> Refusal:
        """Why a published edition is not touched, and what to do instead."""
        return Refusal(
            "edition-published",
            f"ฉบับ “{self.title}” (รหัส {self.code}) ประกาศใช้แล้ว แก้ไขหรือประกาศซ้ำไม่ได้",
            "หากต้องการเปลี่ยนเกณฑ์ ให้ตั้งรหัสใหม่เป็นฉบับใหม่ แล้วประกาศใช้ฉบับใหม่",
        )

    def _frozen(self) -> dict[str, str]:
        return {"status": self.status, "digest": self.digest, "code": self.code}

    @property
    def mark(self) -> str:
        """The mark that stands on every screen and paper until the edition is confirmed."""
        return "" if self.confirmed_at else UNCONFIRMED_MARK


class Wording(models.Model):
    """How reports tell of an edition's levels (``core.wording``): outside its digest, so it may be mended any time.

    A table of its own, so that nobody who only scores reads it; ``Edition.wording_digest`` says which it is.
    """

    edition = models.OneToOneField(Edition, primary_key=True, on_delete=models.CASCADE, related_name="wording")
    words = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.edition_id)
