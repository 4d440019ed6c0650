"""The secondary offices that ship: 62 since 2021, 42 before."""

from __future__ import annotations

from collections import Counter

import geothai

from khunnaphap.core.offices import Directory, name_key
from khunnaphap.organisations.queries import shipped_offices

PROVINCES = {province.name_th for province in geothai.provinces()}
OPEN = [office for office in shipped_offices() if office.closed is None]
FORMER = [office for office in shipped_offices() if office.closed]


def test_both_sets_cover_the_77_provinces_exactly_once_and_bangkok_twice() -> None:
    assert len(PROVINCES) == 77
    for offices, count in ((OPEN, 62), (FORMER, 42)):
        assert len(offices) == count
        covered = Counter(province for office in offices for province in office.provinces)
        assert covered == Counter(PROVINCES) + Counter(["กรุงเทพมหานคร"])


def test_names_and_codes_are_each_of_one_office() -> None:
    names = [name_key(name) for office in shipped_offices() for name in {office.name, *office.aliases}]
    assert max(Counter(names).values()) == 1
    assert len({office.code for office in shipped_offices()}) == 104


def test_an_office_names_the_provinces_that_it_spans() -> None:
    assert all(all(province in office.name for province in office.provinces) for office in OPEN)


def test_an_old_name_and_the_province_decide_the_office_of_today() -> None:
    known = Directory(shipped_offices())
    for old in FORMER:
        for province in old.provinces:
            assert len(known.today(old, province)) == 1, (old.name, province)
    lampang = known.named("สพม.เขต 35(ลำปาง-ลำพูน)")
    assert lampang is not None
    assert [office.name for office in known.today(lampang, "ลำพูน")] == ["สพม.ลำปาง ลำพูน"]
    bangkok = [known.named(f"สพม.เขต {number}(กทม.)") for number in (1, 2)]
    assert [known.today(old, "กรุงเทพมหานคร")[0].name for old in bangkok if old] == [
        "สพม.กรุงเทพมหานคร เขต 1",
        "สพม.กรุงเทพมหานคร เขต 2",
    ]


def test_what_came_after_an_office_spans_no_province_that_its_forerunners_did_not() -> None:
    former = {office.code: set(office.provinces) for office in FORMER}
    for office in OPEN:
        assert set(office.provinces) <= set().union(*(former[code] for code in office.predecessors)), office.name
