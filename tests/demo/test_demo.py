"""The demo province comes out as it was: the secondary office's 20 schools by colour, some of them in Lamphun."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Answer, Assessment, Round
from khunnaphap.assessments.queries import standings
from khunnaphap.cli import main
from khunnaphap.core import rounds
from khunnaphap.demo.building import demo_data
from khunnaphap.demo.running import Step, run, steps_of


@pytest.fixture
def steps(record: User, tmp_path: Path) -> list[Step]:
    return list(run(out=tmp_path / "out", by=record))


def test_the_whole_main_job_makes_what_it_promises(steps: list[Step], tmp_path: Path) -> None:
    assert len(steps) == steps_of(demo_data())
    out = tmp_path / "out"
    assert sorted(path.suffix for path in out.iterdir() if path.is_file()) == [
        ".docx",
        ".docx",
        ".json",
        ".pdf",
        ".pdf",
        ".xlsx",
        ".xlsx",
        ".xlsx",
    ]
    assert len(list(out.rglob("school-*.xlsx"))) == 66
    assert len(list(out.rglob("verification-*.xlsx"))) == 8
    assert len(list(out.rglob("office-*.xlsx"))) == 4
    past = Assessment.objects.filter(round__year=2567)
    assert set(past.values_list("state", flat=True)) == {rounds.APPROVED}
    living = Assessment.objects.filter(round__year__gt=2568)
    assert set(living.values_list("state", flat=True)) == set(rounds.STATES)
    tried = living.filter(school__office__code="520003").values_list("state", flat=True)
    assert sorted(tried) == ["draft", "submitted", "verified"], "whom the sign-in page offers has something to do"
    for name in ((2567, 1), (2567, 2)):
        found = standings(Round.objects.get(year=name[0], number=name[1]))
        colours = Counter(
            standing.classification().band.colour  # type: ignore[union-attr]
            for assessment, standing in found
            if assessment.school.office.level == "secondary"
        )
        assert colours == {"purple": 1, "blue": 1, "green": 14, "yellow": 4}
    provinces = {a.school.district.province.name for a, _ in found if a.school.office.level == "secondary"}
    assert provinces == {"ลำปาง", "ลำพูน"}


@pytest.mark.django_db(transaction=True)  # the demo empties the record, as it does in life
def test_the_empty_demo_has_places_and_rounds_and_can_be_made_again(
    record: User, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert main(["demo", "--empty"]) == 0
        assert Assessment.objects.count() == 3 * 33
        assert not Answer.objects.exists()
    assert list(tmp_path.glob("out*")) == []
