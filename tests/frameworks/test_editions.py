"""Editions: published ones never change, and the example says that it is one."""

from __future__ import annotations

import pytest

from khunnaphap.accounts.models import User
from khunnaphap.core.problems import Refusal
from khunnaphap.frameworks.actions import confirm_edition
from khunnaphap.frameworks.models import UNCONFIRMED_MARK, Edition
from khunnaphap.frameworks.queries import framework_of


def test_a_published_edition_refuses_any_change_of_content(record: User) -> None:
    edition = Edition.objects.get()
    edition.content["title"] = "อื่น"
    with pytest.raises(Refusal, match="ประกาศใช้แล้ว"):
        edition.save()
    assert Edition.objects.get().content["title"] != "อื่น"


def test_a_published_edition_cannot_become_a_draft_again(record: User) -> None:
    edition = Edition.objects.get()
    edition.status = Edition.DRAFT
    with pytest.raises(Refusal):
        edition.save()


def test_the_example_mark_stays_until_an_administrator_confirms(record: User) -> None:
    edition = Edition.objects.get()
    assert edition.mark == UNCONFIRMED_MARK
    assert confirm_edition(edition=edition, by=record).mark == ""
    assert Edition.objects.get().confirmed_by == record


def test_the_stored_edition_is_the_shipped_one(record: User, framework: object) -> None:
    assert framework_of(Edition.objects.get()) == framework
