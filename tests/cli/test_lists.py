"""Lists and registers by province on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.test_commands import said
from tests.exchange.test_school_lists import PRIMARY, SPECIAL, changed, content_of

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.core.distances import straight_km
from khunnaphap.exchange.register_forms import register_form
from khunnaphap.organisations.models import School


def test_a_list_tells_its_numbers_and_leaves_a_file_to_mend(
    record: User, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "รายชื่อ.csv"
    path.write_bytes(content_of(changed(PRIMARY, amphoe=""), SPECIAL))
    code, out, err = said(capsys, "import", str(path), "--left-out", str(tmp_path / "mend"))
    made = tmp_path / "mend" / "รายชื่อ-left-out.csv"
    assert code == 1
    assert "เพิ่ม 1 แห่ง" in out
    assert str(made) in out
    assert "[F2] ไม่ทราบอำเภอของ พิชัยวิทยา" in err
    made.write_text(made.read_text("utf-8-sig").replace("ลำปาง,,", "ลำปาง,เมืองลำปาง,"), "utf-8")
    code, out, _ = said(capsys, "import", str(made), "--json")
    told = json.loads(out)["files"][0]
    assert (code, told["kind"], told["counts"]["added"]) == (0, "school-list", 1)
    assert School.objects.count() == 2


def test_a_register_of_some_provinces_is_written(
    world: dict[str, Round], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert said(capsys, "workbook", "register", "--province", "51", "52", "--out", str(tmp_path))[0] == 0
    path = tmp_path / "register-51-52.xlsx"
    code, out, _ = said(capsys, "import", str(path))
    assert (code, "ไม่มีสิ่งใดเปลี่ยน" in out) == (0, True)


def test_the_demos_network_schools_are_nearer_than_their_roads(world: dict[str, Round]) -> None:
    told = register_form().told
    assert told.regions[0].provinces == ("เชียงใหม่", "ลำพูน", "ลำปาง", "แม่ฮ่องสอน")
    assert told.buildings
    assert told.headcounts
    assert len(told.networks) == 3
    for link in told.networks:
        one, other = (School.objects.get(ministry_code=code) for code in (link.school, link.quality_school))
        assert link.straight_km == straight_km((one.latitude, one.longitude), (other.latitude, other.longitude))
        assert link.straight_km is not None
        assert link.road_km is not None
        assert link.straight_km < link.road_km
