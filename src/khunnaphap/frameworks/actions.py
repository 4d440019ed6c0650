"""Bringing editions in, publishing and confirming them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record
from khunnaphap.core.edition import framework_from

from .models import Edition


@transaction.atomic
def enter_edition(*, content: dict[str, Any], by: User) -> Edition:
    """Enter an edition as a draft; ``core.edition.EditionError`` when its data contradicts itself."""
    framework = framework_from(content)
    edition = Edition.objects.create(code=framework.code, title=framework.title, content=content)
    record(by=by, verb="enter_edition", subject=f"edition:{edition.code}", digest=edition.digest)
    return edition


@transaction.atomic
def publish_edition(*, edition: Edition, by: User) -> Edition:
    """Publish an edition: from now on its content never changes."""
    edition.status = Edition.PUBLISHED
    edition.published_at = edition.published_at or timezone.now()
    edition.save()
    record(by=by, verb="publish_edition", subject=f"edition:{edition.code}", digest=edition.digest)
    return edition


@transaction.atomic
def confirm_edition(*, edition: Edition, by: User) -> Edition:
    """Confirm in OBEC's name that the edition is theirs: the example mark goes."""
    edition.confirmed_at = timezone.now()
    edition.confirmed_by = by
    edition.save()
    record(by=by, verb="confirm_edition", subject=f"edition:{edition.code}", digest=edition.digest)
    return edition
