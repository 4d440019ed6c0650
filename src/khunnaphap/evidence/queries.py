"""Finding evidence for who may see it, and files that no evidence claims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import Final
from uuid import UUID

from django.utils import timezone

from khunnaphap.organisations.models import Person

from .models import Evidence
from .storing import FOLDER, evidence_files

SETTLED: Final = timedelta(hours=1)
"""A younger file may still get its row."""


def evidence_shown(person: Person, public_id: UUID) -> Evidence | None:
    """The evidence of this public id that a person may open; ``None`` when there is none, or it was removed."""
    return Evidence.objects.present().visible_to(person).filter(public_id=public_id).first()


def files_claimed() -> Iterator[tuple[str, str]]:
    """Path and SHA-256 of every file that a row claims, those of removed evidence too."""
    rows = Evidence.objects.order_by("pk").values_list("stored", "sha256", "thumbnail", "thumbnail_sha256")
    for stored, sha256, thumbnail, thumbnail_sha256 in rows.iterator():
        if stored:
            yield stored, sha256
        if thumbnail:
            yield thumbnail, thumbnail_sha256


def orphans(settled: timedelta = SETTLED) -> Iterator[str]:
    """Paths of stray files: left when a machine stopped between a file and its row, and no younger than ``settled``."""
    files = evidence_files()
    before = timezone.now() - settled
    try:
        folders, _ = files.listdir(FOLDER)
    except FileNotFoundError:
        return
    for folder in sorted(folders):
        path = f"{FOLDER}/{folder}/"
        there = Evidence.objects.order_by()
        claimed = set(
            chain(
                there.filter(stored__startswith=path).values_list("stored", flat=True),
                there.filter(thumbnail__startswith=path).values_list("thumbnail", flat=True),
            )
        )
        for name in sorted(files.listdir(path)[1]):
            if path + name not in claimed and files.get_modified_time(path + name) <= before:
                yield path + name
