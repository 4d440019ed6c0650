"""Fixtures that every room's tests share."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from khunnaphap.accounts.actions import make_system_actor
from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.core.framework import Framework
from tests.people import JAEHOM, People, make_people


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that it can be run again on PostgreSQL."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or names & {"db", "transactional_db"}:
            item.add_marker("database")


@pytest.fixture(scope="session")
def framework() -> Framework:
    """The example edition with its wording, without a database."""
    from khunnaphap.core.edition import framework_from
    from khunnaphap.core.wording import worded
    from khunnaphap.frameworks.queries import shipped_edition, shipped_wording

    return worded(framework_from(shipped_edition()), shipped_wording())


@pytest.fixture
def actor(db: None) -> User:
    """The system actor (made again after a test that emptied the database)."""
    return make_system_actor()


@pytest.fixture
def record(actor: User, settings: object, tmp_path: Path) -> User:
    """A record as ``khunnaphap init`` leaves it: places entered, the example edition published."""
    from khunnaphap.cli.record import make_record

    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    make_record()
    return actor


@pytest.fixture
def world(record: User) -> dict[str, Round]:
    """The demo's offices, schools and rounds, nobody has answered yet; rounds by name."""
    from khunnaphap.demo.building import build

    return {str(opened.name): opened for opened in build(by=record)}


@pytest.fixture
def people(world: dict[str, Round], actor: User) -> People:
    """A person for each role, and two of another office."""
    return make_people(actor)


@pytest.fixture
def open_round(world: dict[str, Round]) -> Round:
    """The demo's second round, open now whatever the day."""
    opened = world["2567/2"]
    now = timezone.now()
    Round.objects.filter(pk=opened.pk).update(opens=now - timedelta(days=1), closes=now + timedelta(days=9))
    opened.refresh_from_db()
    return opened


@pytest.fixture
def assessment(open_round: Round) -> Assessment:
    """อนุบาลแจ้ห่ม in the open round, nothing answered yet."""
    return open_round.assessments.get(school__ministry_code=JAEHOM)


@pytest.fixture
def base(open_round: Round) -> str:
    """The address of that assessment's pages."""
    return f"/rounds/{open_round.year}-{open_round.number}/schools/{JAEHOM}/"
