"""A record of the release before upgrades: editions that are there get wording where they say the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from khunnaphap.frameworks.models import digest_of
from khunnaphap.frameworks.queries import shipped_edition, shipped_wording

BEFORE, AFTER = [("frameworks", "0001_initial")], [("frameworks", "0002_wording")]


@pytest.fixture
def before(transactional_db: None) -> Iterator[object]:
    """The apps as the release before had them; the newest again when the test is over."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_the_shipped_wording_reaches_existing_editions_level_by_level(before: object) -> None:
    editions = before.get_model("frameworks", "Edition")  # type: ignore[attr-defined]
    content = shipped_edition()
    digest = digest_of(content)
    editions.objects.create(code="example-2567", title="ตัวอย่าง", content=content, digest=digest, status="published")
    other = shipped_edition()
    first = other["components"][0]["aspect"][0]["indicator"][0]
    first["levels"][1] = "อีกข้อความหนึ่ง"
    del other["components"][0]["aspect"][0]["indicator"][1]
    editions.objects.create(code="own", title="ของเรา", content=other, digest=digest_of(other))
    strange = {"components": [], "code": "strange"}
    editions.objects.create(code="strange", title="อื่น", content=strange, digest=digest_of(strange))

    executor = MigrationExecutor(connection)
    executor.migrate(AFTER)
    from khunnaphap.frameworks.models import Edition, Wording
    from khunnaphap.frameworks.queries import framework_of

    shipped = shipped_wording()
    example = Edition.objects.get(code="example-2567")
    assert (example.digest, example.status) == (digest, "published")
    assert Wording.objects.get(edition=example).words == shipped
    assert example.wording_digest == digest_of(shipped)
    assert framework_of(example).indicators[0].level(5).report == shipped[first["id"]]["report"][4]
    words = Wording.objects.get(edition__code="own").words
    assert words[first["id"]]["report"] == [
        "" if place == 1 else text for place, text in enumerate(shipped[first["id"]]["report"])
    ]
    assert "activity-areas" not in words
    assert (Wording.objects.get(edition__code="strange").words, Edition.objects.get(code="strange").wording_digest) == (
        {},
        "",
    )
