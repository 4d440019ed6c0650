"""Facts of a school on one page: two people who change the same one see both values, and nothing typed is lost."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.people import JAEHOM, People
from tests.signing import signed_in

from khunnaphap.assessments.actions import FactsChanged, save_facts
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.pages.facts import asked_facts
from khunnaphap.core.facts import read_typed
from khunnaphap.core.framework import Framework


@pytest.fixture
def assessment(open_round: Round) -> Assessment:
    return open_round.assessments.select_related("school").get(school__ministry_code=JAEHOM)


@pytest.fixture
def url(assessment: Assessment) -> str:
    return f"/rounds/{assessment.round.year}-{assessment.round.number}/schools/{JAEHOM}/facts/"


@pytest.fixture
def counts(framework: Framework, assessment: Assessment) -> list[str]:
    """Ids of facts that are numbers, and that no rule ties to one another."""
    return [fact.id for fact in asked_facts(framework, assessment) if fact.kind == "mean"][:3]


def hidden_in(page: str) -> dict[str, str]:
    """All that a browser would send from the page as it stands."""
    form = page.split("<main", 1)[1]
    held: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r' name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and ('type="radio"' not in tag or " checked" in tag):
            held[name[1]] = value[1] if value else ""
    return held


def saved(assessment: Assessment) -> dict[str, str]:
    assessment.refresh_from_db()
    return dict(assessment.facts)


def test_the_loser_learns_whose_value_stands_and_since_when(
    assessment: Assessment, people: People, counts: list[str]
) -> None:
    one, other = counts[:2]
    save_facts(assessment=assessment, facts={one: "70", other: "60"}, seen={}, by=people.head)
    with pytest.raises(FactsChanged) as caught:
        save_facts(assessment=assessment, facts={one: "80", other: "60"}, seen={}, by=people.teacher)
    (theirs,) = caught.value.theirs.items()
    assert (theirs[0], theirs[1].text, theirs[1].who) == (one, "70", str(people.head))
    assert theirs[1].when is not None
    assert saved(assessment)[one] == "70"


def test_ones_own_value_whose_receipt_was_lost_gives_way_to_the_next(
    assessment: Assessment, people: People, counts: list[str]
) -> None:
    one, other = counts[:2]
    save_facts(assessment=assessment, facts={one: "70"}, seen={}, by=people.head)
    save_facts(assessment=assessment, facts={other: "60"}, seen={}, by=people.teacher)
    with pytest.raises(FactsChanged) as caught:
        save_facts(assessment=assessment, facts={one: "80", other: "61"}, seen={}, by=people.head)
    assert set(caught.value.theirs) == {other}
    assert saved(assessment)[one] == "70"
    assert save_facts(assessment=assessment, facts={one: "80"}, seen={}, by=people.head) == 1
    assert saved(assessment) == {one: "80", other: "60"}


def test_what_one_did_not_change_keeps_another_persons_value(
    assessment: Assessment, people: People, counts: list[str]
) -> None:
    one, other = counts[:2]
    save_facts(assessment=assessment, facts={one: "70"}, seen={}, by=people.head)
    save_facts(assessment=assessment, facts={one: None, other: "55"}, seen={}, by=people.teacher)
    assert saved(assessment) == {one: "70", other: "55"}


@pytest.mark.parametrize(("keep", "stands"), [("mine", "80"), ("theirs", "70")])
def test_both_values_stand_side_by_side_and_the_chosen_one_is_kept(
    assessment: Assessment, people: People, url: str, counts: list[str], keep: str, stands: str
) -> None:
    one, other = counts[:2]
    client = signed_in(people.teacher)
    typed = {**hidden_in(client.get(url).content.decode()), one: "80", other: "61"}
    save_facts(assessment=assessment, facts={one: "70"}, seen={}, by=people.head)
    answer = client.post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("ใช้ค่าที่บันทึกไว้แล้ว", "ใช้ค่าในช่องของฉัน", str(people.head), ">70<", ">80<"):
        assert words in page
    again = hidden_in(page)
    assert (again[one], again[other]) == ("80", "61")
    unsaid = client.post(url, again)
    assert unsaid.status_code == 422
    assert "มีสองค่า ยังไม่ได้เลือก" in unsaid.content.decode()
    assert hidden_in(unsaid.content.decode())[one] == "80"
    assert client.post(url, {**again, f"keep-{one}": keep}).status_code == 302
    assert saved(assessment) == {one: stands, other: "61"}


def test_a_choice_and_all_that_was_typed_survive_another_fields_error(
    assessment: Assessment, people: People, url: str, counts: list[str]
) -> None:
    one, other = counts[:2]
    client = signed_in(people.teacher)
    typed = {**hidden_in(client.get(url).content.decode()), one: "80"}
    save_facts(assessment=assessment, facts={one: "70"}, seen={}, by=people.head)
    again = hidden_in(client.post(url, typed).content.decode())
    wrong = client.post(url, {**again, f"keep-{one}": "theirs", other: "เจ็ดสิบ"})
    assert wrong.status_code == 422
    held = hidden_in(wrong.content.decode())
    assert (held[one], held[f"keep-{one}"], held[other]) == ("80", "theirs", "เจ็ดสิบ")
    assert client.post(url, {**held, other: "71"}).status_code == 302
    assert saved(assessment) == {one: "70", other: "71"}


def test_an_error_of_ones_own_does_not_hide_what_another_person_wrote_meanwhile(
    assessment: Assessment, people: People, url: str, counts: list[str]
) -> None:
    one, other = counts[:2]
    client: Client = signed_in(people.teacher)
    typed = {**hidden_in(client.get(url).content.decode()), one: "80", other: "เจ็ดสิบ"}
    save_facts(assessment=assessment, facts={one: "70"}, seen={}, by=people.head)
    page = client.post(url, typed).content.decode()
    assert client.post(url, {**hidden_in(page), other: "71"}).status_code == 409
    assert saved(assessment) == {one: "70"}


def as_one_goes(client: Client, url: str, typed: dict[str, str]) -> HttpResponse:
    return client.post(url, typed, headers={"HX-Request": "true"})


def test_a_save_as_one_goes_keeps_what_was_typed_and_leaves_the_last_rounds_values_to_the_button(
    assessment: Assessment, people: People, url: str, counts: list[str], world: dict[str, Round]
) -> None:
    one, other = counts[:2]
    before = world["2567/1"].assessments.filter(school=assessment.school)
    assert before.update(facts={one: "70", other: "60"}, submitted_at=assessment.round.opens)
    client = signed_in(people.teacher)
    typed = {**hidden_in(client.get(url).content.decode()), one: "80"}
    assert typed[other] == "60"
    answer = as_one_goes(client, url, typed)
    assert (answer.status_code, saved(assessment)) == (200, {one: "80"})
    assert f'name="seen-{one}" id="seen-{one}" value="80" hx-swap-oob="true"' in answer.content.decode()
    assert "<main" not in answer.content.decode()
    again = as_one_goes(client, url, {**typed, f"seen-{one}": "80", one: "81"})
    assert (again.status_code, saved(assessment)) == (200, {one: "81"})
    assert client.post(url, {**typed, f"seen-{one}": "81", one: "81"}).status_code == 302
    assert saved(assessment) == {one: "81", other: "60"}


def test_a_save_as_one_goes_tells_in_its_bar_what_cannot_be_kept(
    assessment: Assessment, people: People, url: str, counts: list[str]
) -> None:
    one = counts[0]
    client = signed_in(people.teacher)
    typed = hidden_in(client.get(url).content.decode())
    wrong = as_one_goes(client, url, {**typed, one: "1e1"})
    assert wrong.status_code == 422
    assert "อ่านได้ “1e1” ซึ่งไม่ใช่ตัวเลข" in wrong.content.decode()
    save_facts(assessment=assessment, facts={one: "70"}, seen={}, by=people.head)
    both = as_one_goes(client, url, {**typed, one: "80"})
    assert both.status_code == 409
    assert "มีผู้อื่นแก้ช่องเดียวกัน" in both.content.decode()
    assert "<main" not in both.content.decode()
    assert saved(assessment) == {one: "70"}


@pytest.mark.parametrize("text", ["1e1", "1/2", "7_0", "72,5", "1,00", "๗๒,๕", "5.", "-"])
def test_only_digits_as_people_write_them_are_a_number(counts: list[str], framework: Framework, text: str) -> None:
    value, problem = read_typed(framework.facts_by_id[counts[0]], text)
    assert value is None
    assert problem is not None
    assert problem.code == "not-a-number"


@pytest.mark.parametrize(("text", "value"), [("25", "25"), ("๗๒.๕", "72.5"), (".5", "0.5"), (" 80 ", "80")])
def test_thai_digits_and_decimals_are_numbers(counts: list[str], framework: Framework, text: str, value: str) -> None:
    assert read_typed(framework.facts_by_id[counts[0]], text) == (Fraction(value), None)
