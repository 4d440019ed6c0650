"""The record of the release before comes along whole: names of the register are cleaned, what was approved stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from khunnaphap.assessments.models import Answer, Assessment
from khunnaphap.audit.models import Event
from khunnaphap.frameworks.queries import shipped_edition
from khunnaphap.organisations.models import School

BEFORE = [
    ("accounts", "0002_people_and_pages"),
    ("assessments", "0003_pages"),
    ("audit", "0002_chain"),
    ("frameworks", "0001_initial"),
    ("organisations", "0002_regions_offices_and_what_schools_have"),
    ("programme", "0003_memos"),
]
DIGEST = "a" * 64


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    """The record's models as the release before had them; the newest come back at the end."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield MigrationExecutor(connection).loader.project_state(BEFORE).apps
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def entered(apps: Any) -> None:
    def make(app: str, model: str, **fields: Any) -> Any:
        return apps.get_model(app, model).objects.create(**fields)

    now = timezone.now()
    province = make("organisations", "Province", code="52", name="ลำปาง")
    district = make("organisations", "District", code="5201", name="เมืองลำปาง", province=province)
    office = make("organisations", "AreaOffice", code="520001", name="สพป.ลำปาง เขต 1", level="primary")
    for code, name in (("1052000001", "โรงเรียนบ้านเก่า"), ("1052000002", "บ้านใหม่"), ("1052000003", "รร. บ้านกลาง")):
        make("organisations", "School", ministry_code=code, name=name, district=district, office=office, grades=["P1"])
    edition = make(
        "frameworks", "Edition", code="example-2567", title="ตัวอย่าง", content=shipped_edition(),
        status="published", digest="b" * 64,
    )  # fmt: skip
    round_ = make("assessments", "Round", edition=edition, year=2567, number=1, opens=now, closes=now + timezone.timedelta(days=9), references={"nt-thai": "55.75"})  # fmt: skip
    school = apps.get_model("organisations", "School").objects.get(ministry_code="1052000001")
    assessment = make(
        "assessments", "Assessment", round=round_, school=school, state="approved", approved_at=now, digest=DIGEST
    )
    make("assessments", "Answer", assessment=assessment, indicator="building-soundness", self_level=4, self_remark="โรงเรียนมี ๒ อาคาร", verified_level=4)  # fmt: skip


def test_the_record_of_the_release_before_is_upgraded(before: Any) -> None:
    entered(before)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert sorted(School.objects.values_list("name", flat=True)) == ["บ้านกลาง", "บ้านเก่า", "บ้านใหม่"]
    kept = Assessment.objects.get()
    assert (kept.state, kept.digest, kept.references) == ("approved", DIGEST, None)
    assert Answer.objects.get().self_remark == "โรงเรียนมี ๒ อาคาร"
    assert not Event.objects.exists()
