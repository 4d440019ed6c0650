"""How far roles reach, asked of rows that no database holds: place by place, permission by permission."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q

from khunnaphap.accounts.models import Appointment
from khunnaphap.accounts.reach import NOWHERE, Reach
from khunnaphap.accounts.roles import MAY, ROLES
from khunnaphap.organisations.models import District, Province, School

HERE = School(pk=1, office_id=10, district=District(code="5201", province=Province(code="52", region_id=15)))
ELSEWHERE = School(pk=2, office_id=20, district=District(code="5001", province=Province(code="50", region_id=16)))
PLACES = {"school": 1, "office": 10, "province": "52", "region": 15}


def held(role: str, **more: object) -> Appointment:
    place = ROLES[role].place
    there = {} if place == "nation" else {f"{place}_id": PLACES[place]}
    return Appointment(role=role, starts=date(2026, 1, 1), **{**there, **more})


@pytest.mark.parametrize("role", ROLES)
def test_a_role_covers_its_place_and_no_other(role: str) -> None:
    reach = Reach((held(role),))
    nation = ROLES[role].place == "nation"
    for permission, allowed in MAY.items():
        may = ROLES[role] in allowed
        assert (reach.may(permission), reach.may(permission, HERE)) == (may, may), permission
        assert reach.may(permission, ELSEWHERE) == (may and nation), permission
    assert reach.is_national == nation


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_sees_is_a_condition_on_its_place(role: str) -> None:
    paths = {"school": "pk", "office": "office_id", "province": "district__province_id",
             "region": "district__province__region_id"}  # fmt: skip
    place = ROLES[role].place
    seen = Q() if place == "nation" else NOWHERE | Q(**{paths[place]: PLACES[place]})
    prefixed = Q() if place == "nation" else NOWHERE | Q(**{f"school__{paths[place]}": PLACES[place]})
    reach = Reach((held(role),))
    assert reach.schools() == seen
    assert reach.schools(prefix="school__") == prefixed
    for permission, allowed in MAY.items():
        assert reach.schools(permission) == (seen if ROLES[role] in allowed else NOWHERE), permission


def test_nobody_reaches_nothing() -> None:
    reach = Reach(())
    assert (reach.schools(), reach.may("answer"), reach.is_national) == (NOWHERE, False, False)
    assert (reach.components(HERE), reach.offices(), reach.ever(HERE)) == (frozenset(), frozenset(), frozenset())


def test_several_roles_reach_what_each_of_them_does() -> None:
    reach = Reach((held("teacher"), held("verifier", office_id=20)))
    assert (reach.may("answer", HERE), reach.may("answer", ELSEWHERE)) == (True, False)
    assert (reach.may("verify", HERE), reach.may("verify", ELSEWHERE)) == (False, True)
    assert reach.schools() == NOWHERE | Q(pk=1) | Q(office_id=20)
    assert not reach.is_national


def test_a_teachers_components_are_those_of_this_school_alone() -> None:
    two = Reach((held("teacher", components=["a"]), held("teacher", school_id=2, components=["b"])))
    assert (two.components(HERE), two.components(ELSEWHERE)) == (frozenset({"a"}), frozenset({"b"}))
    both = Reach((held("teacher", components=["a"]), held("teacher", components=["b"])))
    assert both.components(HERE) == frozenset({"a", "b"})


def test_who_is_assigned_nothing_or_heads_the_school_answers_all() -> None:
    assert Reach((held("teacher", components=[]),)).components(HERE) is None
    assert Reach((held("head", components=["a"]),)).components(HERE) is None
    assert Reach((held("teacher", components=["a"]), held("head"))).components(HERE) is None
    away = Reach((held("teacher", components=["a"]), held("head", school_id=2)))
    assert (away.components(HERE), away.components(ELSEWHERE)) == (frozenset({"a"}), None)
    assert Reach((held("verifier"), held("teacher", components=["a"]))).components(HERE) == frozenset({"a"})


def test_offices_are_those_of_roles_in_offices_with_the_permission() -> None:
    reach = Reach((held("verifier"), held("director", office_id=20), held("head")))
    assert reach.offices() == frozenset({10, 20})
    assert reach.offices("appoint_officer") == frozenset({20})


def test_what_was_ever_held_in_a_school_counts_whatever_is_held_now() -> None:
    reach = Reach((held("head"),), (held("verifier"), held("director", office_id=20)))
    assert {"answer", "verify", "submit"} <= reach.ever(HERE)
    assert "approve" not in reach.ever(HERE)
    assert not reach.may("verify", HERE)
