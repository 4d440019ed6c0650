"""Editions: published ones never change, and the example says that it is one."""

from __future__ import annotations

import pytest

from khunnaphap.accounts.models import User
from khunnaphap.audit.models import Event
from khunnaphap.core.problems import Refusal
from khunnaphap.frameworks.actions import confirm_edition, enter_edition, publish_edition, renew_draft
from khunnaphap.frameworks.models import UNCONFIRMED_MARK, Edition
from khunnaphap.frameworks.queries import edition_coded, framework_of, newest_published


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


def test_a_draft_is_published_once_and_then_fixed(record: User) -> None:
    content = {**Edition.objects.get().content, "code": "next"}
    draft = enter_edition(content=content, by=record)
    assert draft.published_at is None
    with pytest.raises(Refusal, match="ยังไม่ประกาศใช้"):
        confirm_edition(edition=draft, by=record)
    published = publish_edition(edition=draft, by=record)
    assert published.published_at is not None
    assert Event.objects.filter(verb="publish_edition", subject="edition:next").count() == 1
    for act in (
        lambda: publish_edition(edition=published, by=record),
        lambda: renew_draft(edition=draft, content={**content, "title": "อื่น"}, by=record),
    ):
        with pytest.raises(Refusal, match="ประกาศใช้แล้ว"):
            act()
    assert Edition.objects.get(code="next").digest == published.digest
    assert newest_published() == published


def test_an_unknown_code_is_refused_in_words(record: User) -> None:
    with pytest.raises(Refusal, match="ไม่มีเกณฑ์รหัส “none”"):
        edition_coded("none")
