"""The board of a round: filters that are combined, and links that keep what was chosen."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.people import JAEHOM, WANGNUEA, People
from tests.signing import signed_in

from khunnaphap.assessments.actions import record_self
from khunnaphap.assessments.models import Round
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.organisations.models import School


@pytest.fixture
def url(open_round: Round, people: People, framework: Framework) -> str:
    found = open_round.assessments.get(school__ministry_code=JAEHOM)
    entries = {one.id: Entry(4, "ตามจริง") for one in framework.indicators}
    record_self(assessment=found, entries=entries, facts={}, by=people.head)
    return f"/rounds/{open_round.year}-{open_round.number}/board/"


def schools_of(page: str) -> int:
    return len(re.findall(r'<tr><th scope="row">', page))


def test_every_filter_keeps_the_office_and_the_province_that_were_chosen(people: People, url: str) -> None:
    office = School.objects.get(ministry_code=JAEHOM).office
    client = signed_in(people.obec)
    page = client.get(f"{url}?office={office.code}&province=52").content.decode()
    assert schools_of(page) == 3
    links = re.findall(r'<a href="(\?[^"]*)"', page)
    assert len(links) >= 4
    for link in links:
        asked = parse_qs(urlsplit(link.replace("&amp;", "&")).query)
        assert (asked["office"], asked["province"]) == ([office.code], ["52"]), link
    for other in re.findall(r'<a href="(/rounds/\d+-\d+/board/[^"]*)"', page):
        assert f"office={office.code}" in other
    assert f'<option value="{office.code}" selected' in page


def test_every_office_can_still_be_chosen_after_one_was(people: People, url: str) -> None:
    client = signed_in(people.obec)
    offices = lambda query: set(re.findall(r'<option value="(\d+)"', client.get(f"{url}{query}").content.decode()))  # noqa: E731
    assert len(offices("")) > 3
    assert offices("?office=520003") == offices("")


def test_a_filter_and_a_place_narrow_together(people: People, url: str) -> None:
    client = signed_in(people.obec)
    shown = lambda query: schools_of(client.get(f"{url}{query}").content.decode())  # noqa: E731
    office = School.objects.get(ministry_code=JAEHOM).office.code
    assert shown("?show=submitted") == 1
    assert shown(f"?show=submitted&office={office}") == 1
    assert shown(f"?show=draft&office={office}") == 2
    assert shown("?province=51") + shown("?province=52") == shown("")


def test_schools_without_a_colour_are_those_without_one_and_not_those_in_draft(people: People, url: str) -> None:
    client = signed_in(people.director)
    page = client.get(f"{url}?show=none").content.decode()
    assert schools_of(page) == 2
    assert str(School.objects.get(ministry_code=WANGNUEA)) in page
    assert 'href="?show=none' in client.get(url).content.decode()
