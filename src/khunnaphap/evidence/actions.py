"""Adding and removing a school's evidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record
from khunnaphap.core.problems import Refusal
from khunnaphap.core.thai.text import tidy_lines
from khunnaphap.organisations.models import School

from .limits import MAX_FILE, MAX_TITLE
from .links import checked_url
from .models import Evidence
from .preparing import LINK, Prepared, prepared, too_large
from .storing import discard, keep_evidence, readable_name, sha256_of

Entered = Callable[[Evidence, dict[str, Any]], object]
"""What is done with new evidence in its transaction, in place of its own event: it gets what that event would tell."""

PURGED = "ลบถาวรแล้ว"
"""What stands in place of a title and an address whose time is over."""


def add_evidence(
    *, school: School, name: str, content: bytes | File[Any], by: User, entered: Entered | None = None
) -> Evidence:
    """Keep a file as a school's evidence; the same file handed in again gives what is there, with no event.

    ``entered`` makes it part of a larger act, with which it stands or falls and whose event tells of it.

    ``Refusal`` in words when it is no photo, PDF or office file, is unsafe or too large, or cannot be stored. The
    decoding is done before the transaction, so that it holds nobody up; the file is on the disk before its row.
    """
    whole = _bytes_of(content)
    digest = sha256_of(whole)
    if there := _there(school, digest):
        return there
    made = prepared(whole)
    kept: list[str] = []
    try:
        fields = _kept(made, kept)
        with transaction.atomic():
            return _enter(school, by, entered, kind=made.kind, title=_title(name), original_sha256=digest, **fields)
    except IntegrityError:
        discard(kept)
        if there := _there(school, digest):  # a second tap was faster
            return there
        raise
    except BaseException:
        discard(kept)
        raise


def add_link(*, school: School, url: str, title: str, by: User, entered: Entered | None = None) -> Evidence:
    """Keep a web address as a school's evidence; the same address again gives what is there. ``entered`` as above."""
    address = checked_url(url)
    digest = sha256_of(address.encode())
    if there := _there(school, digest):
        return there
    try:
        with transaction.atomic():
            shown = _plain(title) or address[:MAX_TITLE]
            return _enter(school, by, entered, kind=LINK, title=shown, original_sha256=digest, url=address)
    except IntegrityError:
        if there := _there(school, digest):
            return there
        raise


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User) -> Evidence:
    """Mark evidence as removed; its file stays until the end of its time. ``Refusal`` when it is removed already."""
    found = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if found.removed_at is not None:
        raise Refusal("evidence-removed", f"หลักฐาน “{found.title}” ลบไปแล้ว", "ไม่ต้องทำสิ่งใดเพิ่ม")
    found.removed_at = timezone.now()
    found.save(update_fields=["removed_at"])
    record(by=by, verb="remove_evidence", subject=_subject(found), school=found.school.ministry_code)
    return found


@transaction.atomic
def purge_removed(*, before: datetime, by: User) -> int:
    """Delete for good the files, titles and addresses of evidence that was removed before a moment; gives how many.

    The row stays with its hashes, so that what was approved with it can still be proved. A file is deleted after the
    commit: one that stays is an orphan then, which ``tidying.delete_orphans`` finds.
    """
    due = (
        Evidence.objects.select_for_update(of=("self",))
        .select_related("school")
        .filter(removed_at__lt=before)
        .exclude(title=PURGED)
    )
    done = 0
    for one in due:
        files = [name for name in (one.stored, one.thumbnail) if name]
        one.title, one.url = PURGED, PURGED if one.kind == LINK else ""
        one.stored = one.thumbnail = one.thumbnail_sha256 = ""
        one.save(update_fields=["title", "url", "stored", "thumbnail", "thumbnail_sha256"])
        record(by=by, verb="purge_evidence", subject=_subject(one), school=one.school.ministry_code)
        transaction.on_commit(partial(discard, files))
        done += 1
    return done


def _bytes_of(content: bytes | File[Any]) -> bytes:
    """The bytes of an upload; one that is too large is refused before it is read."""
    if isinstance(content, bytes):
        whole = content
    else:
        if content.size > MAX_FILE:
            raise too_large()
        content.seek(0)
        whole = content.read(MAX_FILE + 1)
    if len(whole) > MAX_FILE:
        raise too_large()
    return whole


def _there(school: School, digest: str) -> Evidence | None:
    return Evidence.objects.present().filter(school=school, original_sha256=digest).first()


def _kept(made: Prepared, kept: list[str]) -> dict[str, Any]:
    """Bring a file and its thumbnail to the disk; ``kept`` tells at every moment which are there."""
    fields: dict[str, Any] = {
        "sha256": sha256_of(made.content),
        "size": len(made.content),
        "content_type": made.content_type,
        "width": made.width,
        "height": made.height,
    }
    kept.append(keep_evidence(made.content, made.extension))
    fields["stored"] = kept[-1]
    if made.thumbnail:
        kept.append(keep_evidence(made.thumbnail, made.extension))
        fields |= {"thumbnail": kept[-1], "thumbnail_sha256": sha256_of(made.thumbnail)}
    return fields


def _enter(school: School, by: User, entered: Entered | None, **fields: Any) -> Evidence:
    evidence = Evidence.objects.create(school=school, added_by=by, added_at=timezone.now(), **fields)
    # no title and no address: an event cannot be erased, and either may name a pupil
    told = {
        "kind": evidence.kind,
        "size": evidence.size,
        "sha256": evidence.sha256,
        "original_sha256": evidence.original_sha256,
    }
    if entered:
        entered(evidence, told)
    else:
        record(by=by, verb="add_evidence", subject=_subject(evidence), school=school.ministry_code, **told)
    return evidence


def _subject(evidence: Evidence) -> str:
    return f"evidence:{evidence.public_id}"


def _plain(text: str) -> str:
    """One line as it was typed, without invisible characters."""
    return readable_name(" ".join(tidy_lines(text).split()))[:MAX_TITLE] if text.strip() else ""


def _title(name: str) -> str:
    """A file's own name, without the folders some browsers send along."""
    return _plain(PurePosixPath(re.sub(r"[\\/]+", "/", name)).name) or "ไม่มีชื่อ"
