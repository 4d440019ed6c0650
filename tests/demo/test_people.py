"""The demo's people: one a role, without passwords, let in only while the demo's own record is served as a demo."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse

from khunnaphap.accounts.models import User
from khunnaphap.accounts.roles import ROLES
from khunnaphap.assessments.models import Round
from khunnaphap.demo.people import PEOPLE, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world: Mapping[str, Round], actor: User, settings: object) -> None:
    make_people(by=actor)
    settings.DEMO = True  # type: ignore[attr-defined]


def test_there_is_a_person_for_each_role_and_none_has_a_password(made: None) -> None:
    assert {one.role for one in PEOPLE} == set(ROLES)
    people = User.objects.filter(username__startswith="demo-")
    assert len(people) == len(PEOPLE)
    assert not [person for person in people if person.has_usable_password()]


@pytest.mark.parametrize("one", PEOPLE, ids=lambda one: one.role)
def test_the_sign_in_page_offers_everybody_and_a_button_signs_in(made: None, client: Client, one: object) -> None:
    address = f"/demo/{one.username}/"  # type: ignore[attr-defined]
    assert address in client.get("/accounts/login/").content.decode()
    assert client.get(address).status_code == 405
    assert client.post(address)["Location"] == reverse("work")
    assert client.get(reverse("work"), follow=True).status_code == 200
    assert one.name in client.get("/me/").content.decode()  # type: ignore[attr-defined]


def test_nobody_gets_in_when_the_demo_is_not_served_as_one(made: None, client: Client, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    assert client.post("/demo/demo-head/").status_code == 404
    assert "/demo/" not in client.get("/accounts/login/").content.decode()


def test_nobody_gets_in_once_the_record_holds_a_real_round(made: None, client: Client) -> None:
    Round.objects.filter(pk=Round.objects.first().pk).update(is_example=False)  # type: ignore[union-attr]
    assert client.post("/demo/demo-head/").status_code == 404
    assert "/demo/demo-head/" not in client.get("/accounts/login/").content.decode()


def test_only_the_demos_own_people_are_let_in(made: None, client: Client, actor: User) -> None:
    User.objects.create(username="real")
    for name in ("real", "system", "demo-nobody"):
        assert client.post(f"/demo/{name}/").status_code == 404
    User.objects.filter(username="demo-head").update(is_active=False)
    assert client.post("/demo/demo-head/").status_code == 404
