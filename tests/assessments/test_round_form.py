"""The form that opens a round: what is refused stands beside its field, and all that was typed stays."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from tests.assessments.test_deciding import beside, refused
from tests.people import People
from tests.signing import signed_in

from khunnaphap.assessments.models import Round
from khunnaphap.core.rounds import budget_year

THIS_YEAR = budget_year(timezone.localdate())


def opening(**changed: object) -> dict[str, object]:
    first = timezone.localdate() + timedelta(days=2)
    days = {
        "opens_day": first.isoformat(), "opens_time": "08.30",
        "closes_day": (first + timedelta(days=9)).isoformat(), "closes_time": "16.30",
    }  # fmt: skip
    return {"edition": "", "year": THIS_YEAR, "number": 1, **days, "kind": "full", "who": "all", **changed}


def test_a_round_that_is_refused_comes_back_with_all_that_was_typed_and_the_reason_beside_its_field(
    people: People, open_round: Round
) -> None:
    client = signed_in(people.obec)
    edition = open_round.edition.code
    taken = {"year": open_round.year, "number": open_round.number}
    page = refused(client, "/rounds/new/", opening(edition=edition, **taken))
    assert f"มีรอบ {open_round.name} แล้ว" in beside(page, "number")
    backwards = opening(edition=edition, closes_day="1/1/2560")
    assert "วันปิดรอบอยู่ก่อนวันเปิดรอบ" in beside(refused(client, "/rounds/new/", backwards), "closes")
    page = refused(client, "/rounds/new/", opening(edition=edition, who="list", schools="1052500312 9999999999"))
    assert "9999999999" in beside(page, "schools")
    assert "1052500312 9999999999" in page
    page = refused(client, "/rounds/new/", opening(edition=edition, who="colours", colours=["purple"]))
    assert "ไม่มีโรงเรียนที่เข้าเงื่อนไข" in beside(page, "who")
    assert not Round.objects.filter(year=THIS_YEAR).exists()


def test_what_the_choice_does_not_need_is_neither_asked_nor_kept(people: People, open_round: Round) -> None:
    hidden = {"aim": "4", "planned": "9.9.9", "colours": ["purple"], "schools": "12"}
    answer = signed_in(people.obec).post("/rounds/new/", opening(edition=open_round.edition.code, **hidden))
    assert answer.status_code == 302
    opened = Round.objects.get(year=THIS_YEAR)
    assert (opened.aim, opened.planned) == (None, [])
    assert opened.who == {"who": "all", "colours": [], "schools": []}


def test_an_empty_hand_in_of_a_round_is_an_error(people: People, open_round: Round) -> None:
    assert 'role="alert"' in refused(signed_in(people.obec), "/rounds/new/", {}, 422)


def test_a_wrong_code_is_told_once_and_fields_say_how_they_are_written(people: People, open_round: Round) -> None:
    client = signed_in(people.obec)
    page = refused(client, "/rounds/new/", opening(edition=open_round.edition.code, who="list", schools="12 34"), 422)
    box = beside(page, "schools")
    assert "รหัส 12, 34 ไม่ใช่ตัวเลข 10 หลัก" in box
    assert "อย่างน้อยหนึ่งแห่ง" not in box
    assert "เช่น 1.2.3" in beside(page, "planned")
