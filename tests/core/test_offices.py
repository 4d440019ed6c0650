"""Which office a name means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from khunnaphap.core.offices import Directory, level_of, merged, name_key
from khunnaphap.core.register import OfficeEntry

DAY = date(2021, 1, 28)
OLD = OfficeEntry("36", "สพม.เขต 36", "secondary", ("เชียงราย", "พะเยา"), None, DAY, ("สพม.เขต 36 (เชียงราย-พะเยา)",))
RAI = OfficeEntry("S57", "สพม.เชียงราย", "secondary", ("เชียงราย",), DAY, predecessors=("36",))
YAO = OfficeEntry("S56", "สพม.พะเยา", "secondary", ("พะเยา",), DAY, predecessors=("36",))


@pytest.mark.parametrize(
    "name",
    ["สพม.เขต 36(เชียงราย-พะเยา)", "สพม. เขต ๓๖ (เชียงราย - พะเยา)", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา เขต 36 เชียงราย พะเยา"],
)
def test_a_name_is_known_however_it_is_written(name: str) -> None:
    found = Directory((OLD, RAI, YAO)).named(name)
    assert found == OLD
    assert name_key(name) == name_key(OLD.aliases[0])


def test_sara_am_in_two_characters_is_the_same_name() -> None:
    assert name_key("สพม.กํา\u0e41พงเพชร".replace("ํา", "\u0e4d\u0e32")) == name_key("สพม.กำแพงเพชร")


def test_the_province_decides_who_came_after_an_office() -> None:
    known = Directory((OLD, RAI, YAO))
    assert known.today(OLD, "พะเยา") == (YAO,)
    assert known.today(OLD, "เชียงราย") == (RAI,)
    assert known.today(OLD, "ลำปาง") == ()
    assert known.today(RAI, "ลำปาง") == (RAI,)


def test_the_way_goes_on_over_an_office_that_closed_too() -> None:
    last = OfficeEntry("X", "สพม.ล้านนา", "secondary", ("พะเยา", "น่าน"), predecessors=("S56",))
    assert Directory((OLD, RAI, replace(YAO, closed=DAY), last)).today(OLD, "พะเยา") == (last,)


def test_offices_that_follow_each_other_in_a_ring_lead_nowhere() -> None:
    ring = (replace(OLD, predecessors=("S56",)), replace(YAO, closed=DAY))
    assert Directory(ring).today(OLD, "พะเยา") == ()


def test_the_record_keeps_its_code_and_gets_the_shipped_history() -> None:
    own = OfficeEntry("510056", "สพม. พะเยา", "secondary", ("พะเยา",))
    known = merged([own], (OLD, RAI, YAO))
    assert known.by_code["510056"] == replace(own, opened=DAY, predecessors=("36",))
    assert "S56" not in known.by_code
    assert known.today(OLD, "พะเยา")[0].code == "510056"


def test_a_shipped_code_that_the_record_gave_to_another_gets_a_stroke() -> None:
    own = OfficeEntry("36", "สพป.แพร่ เขต 1", "primary", ("แพร่",))
    known = merged([own], (OLD, YAO))
    assert known.by_code["36"] == own
    assert known.by_code["36/1"].name == OLD.name
    assert known.by_code["S56"].predecessors == ("36/1",)


def test_the_name_tells_the_level() -> None:
    assert [level_of(name) for name in ("สพป.แพร่ เขต 1", OLD.name, "สำนักบริหารงานการศึกษาพิเศษ")] == [
        "primary",
        "secondary",
        "special",
    ]
