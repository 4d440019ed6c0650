"""Bringing editions in, publishing and confirming them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record
from khunnaphap.core.edition import framework_from
from khunnaphap.core.problems import Refusal
from khunnaphap.core.wording import Wording as Words
from khunnaphap.core.wording import worded, wording_of

from .models import Edition, Wording, digest_of


@transaction.atomic
def enter_edition(
    *, content: dict[str, Any], by: User, wording: Words | None = None, origin: Mapping[str, str] | None = None
) -> Edition:
    """Enter an edition as a draft; ``core.edition.EditionError`` when its data contradicts itself.

    ``origin`` says in the event where it came from (file, sha256).
    """
    framework = framework_from(content)
    edition = Edition.objects.create(code=framework.code, title=framework.title, content=content)
    _put_wording(edition, wording or {})
    _record(edition, "enter_edition", by, origin)
    return edition


@transaction.atomic
def renew_draft(
    *,
    edition: Edition,
    content: dict[str, Any],
    by: User,
    wording: Words | None = None,
    origin: Mapping[str, str] | None = None,
) -> Edition:
    """Give a draft other content under the same code; ``Refusal`` when it is published meanwhile.

    Without a ``wording`` it keeps the one that it has.
    """
    framework = framework_from(content)
    draft = Edition.objects.select_for_update().get(pk=edition.pk)
    if framework.code != draft.code:
        raise ValueError(f"the content of {framework.code} is none of {draft.code}")
    if draft.status != Edition.DRAFT:
        raise draft.is_fixed()
    draft.title, draft.content = framework.title, content
    draft.save()
    if wording is not None:
        _put_wording(draft, wording)
    _record(draft, "renew_draft", by, origin)
    return draft


@transaction.atomic
def word_edition(*, edition: Edition, wording: Words, by: User, origin: Mapping[str, str] | None = None) -> Edition:
    """Give an edition, draft or published, other wording for reports; scores, colours and its digest stay as they are."""
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    _put_wording(held, wording)
    _record(held, "word_edition", by, {"wording": held.wording_digest, **(origin or {})})
    return held


def _put_wording(edition: Edition, wording: Words) -> None:
    words = wording_of(worded(framework_from(edition.content), wording))
    edition.wording_digest = digest_of(words) if words else ""
    Edition.objects.filter(pk=edition.pk).update(wording_digest=edition.wording_digest)
    Wording.objects.update_or_create(edition=edition, defaults={"words": words})


@transaction.atomic
def publish_edition(*, edition: Edition, by: User) -> Edition:
    """Publish a draft: from now on its content never changes; ``Refusal`` when it is published already."""
    draft = Edition.objects.select_for_update().get(pk=edition.pk)
    if draft.status == Edition.PUBLISHED:
        raise draft.is_fixed()
    draft.status = Edition.PUBLISHED
    draft.published_at = timezone.now()
    draft.save()
    _record(draft, "publish_edition", by)
    return draft


@transaction.atomic
def confirm_edition(*, edition: Edition, by: User) -> Edition:
    """Confirm in OBEC's name that a published edition is theirs: the example mark goes; ``Refusal`` for a draft."""
    if edition.status != Edition.PUBLISHED:
        raise Refusal(
            "edition-draft", f"ฉบับ “{edition.title}” ยังไม่ประกาศใช้", "ประกาศใช้ฉบับนี้ก่อนยืนยัน (khunnaphap publish-edition)"
        )
    edition.confirmed_at = timezone.now()
    edition.confirmed_by = by
    edition.save()
    _record(edition, "confirm_edition", by)
    return edition


def _record(edition: Edition, verb: str, by: User, origin: Mapping[str, str] | None = None) -> None:
    record(by=by, verb=verb, subject=f"edition:{edition.code}", digest=edition.digest, **(origin or {}))
