"""Which roles are in force: asked of the database for lists, and of each row for what a person's roles reach."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone
from tests.people import JAEHOM, People

from khunnaphap.accounts.models import Appointment, User
from khunnaphap.organisations.models import School

TODAY = date(2026, 11, 28)
NEAR = [TODAY + timedelta(days=days) for days in (-1, 0, 1)]


def test_the_database_and_a_row_agree_on_which_day_a_role_holds(people: People) -> None:
    school = School.objects.get(ministry_code=JAEHOM)
    made = Appointment.objects.bulk_create(
        Appointment(person=people.nobody, role="head", school=school, starts=starts, ends=ends, revoked_at=revoked)
        for starts, ends, revoked in product(NEAR, [*NEAR, None], [None, timezone.now()])
    )
    for day in NEAR:
        found = set(Appointment.objects.in_force(day).filter(person=people.nobody))
        assert found == {one for one in made if one.holds_on(day)}
    assert len(Appointment.objects.in_force(TODAY).filter(person=people.nobody)) == 2 * 3


@pytest.mark.parametrize("role", ["teacher", "verifier", "obec"])
def test_a_reach_holds_what_is_in_force_today_and_nothing_of_others(people: People, role: str) -> None:
    person = User.objects.get(pk=people.by[role].pk)
    today = timezone.localdate()
    held = set(Appointment.objects.in_force(today).filter(person=person))
    assert {one.pk for one in person.reach.held} == {one.pk for one in held}
    assert len(held) == 1
    Appointment.objects.filter(person=person).update(ends=today - timedelta(days=1), starts=today - timedelta(days=9))
    assert User.objects.get(pk=person.pk).reach.held == ()
    Appointment.objects.filter(person=person).update(ends=today)
    assert len(User.objects.get(pk=person.pk).reach.held) == 1
