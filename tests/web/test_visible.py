"""What each role sees, list by list: a filter that is lost or turned round is noticed by name."""

from __future__ import annotations

import pytest
from django.utils import timezone

from khunnaphap.accounts.models import Appointment, User
from khunnaphap.assessments.actions import attach_link, open_round, remind
from khunnaphap.assessments.actions.campaign import Asking
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.pages.campaign import round_page
from khunnaphap.assessments.pages.evidence import evidence_judged
from khunnaphap.core.framework import Framework
from khunnaphap.core.rounds import RoundName
from khunnaphap.evidence.actions import add_link
from khunnaphap.evidence.models import Evidence
from khunnaphap.organisations.models import School
from tests.people import JAEHOM, WANGNUEA, People
from tests.signing import signed_in

SAME = "https://example.org/same"
PLACE = "building-soundness"


def codes(found: object, path: str = "ministry_code") -> set[str]:
    return set(found.values_list(path, flat=True))  # type: ignore[attr-defined]


@pytest.fixture
def away(people: People) -> School:
    """A school of another office, of another province of the region."""
    return School.objects.get(pk=people.other_head.appointments.get().school_id)


def test_schools_assessments_and_evidence_are_seen_by_place(open_round: Round, people: People, away: School) -> None:
    here = School.objects.get(ministry_code=JAEHOM)
    near = School.objects.get(ministry_code=WANGNUEA)
    for school in (here, near, away):
        add_link(school=school, url=SAME, title="", by=people.administrator)
    assert near.office_id == here.office_id != away.office_id
    three = {here.ministry_code, near.ministry_code, away.ministry_code}
    sees = {
        "teacher": {here.ministry_code}, "head": {here.ministry_code}, "other_head": {away.ministry_code},
        "verifier": {here.ministry_code, near.ministry_code}, "director": {here.ministry_code, near.ministry_code},
        "provincial": three - {away.ministry_code}, "inspector": three, "obec": three, "administrator": three, "nobody": set(),
    }  # fmt: skip
    for who, expected in sees.items():
        person = people.by[who]
        assert codes(School.objects.visible_to(person)) & three == expected, who
        assert codes(Evidence.objects.visible_to(person), "school__ministry_code") == expected, who
        seen = Assessment.objects.filter(round=open_round).visible_to(person)
        assert codes(seen, "school__ministry_code") & three == expected, who


def test_a_permission_narrows_what_is_seen(open_round: Round, people: People) -> None:
    assert codes(School.objects.visible_to(people.head, "answer")) == {JAEHOM}
    assert not School.objects.visible_to(people.head, "verify").exists()
    assert Assessment.objects.visible_to(people.head, "answer").filter(round=open_round).count() == 1
    assert not Assessment.objects.visible_to(people.inspector, "remind").exists()
    assert WANGNUEA in codes(Assessment.objects.visible_to(people.verifier, "remind"), "school__ministry_code")


def test_roles_are_seen_by_their_holder_and_by_who_appoints_there(people: People) -> None:
    sees = {
        "teacher": {"teacher"}, "head": {"head", "teacher"}, "verifier": {"verifier", "head", "teacher"},
        "director": {"director", "verifier", "head", "teacher"}, "other_head": {"other_head"}, "obec": {"obec"},
        "inspector": {"inspector"}, "provincial": {"provincial"}, "nobody": set(),
        "other_verifier": {"other_verifier", "other_head"}, "administrator": set(people.by) - {"nobody"},
    }  # fmt: skip
    for who, expected in sees.items():
        found = Appointment.objects.visible_to(User.objects.get(username=who))
        assert codes(found, "person__username") == expected, who


def test_a_rounds_page_counts_and_reminds_of_ones_own_schools_alone(
    open_round: Round, people: People, away: School
) -> None:
    far = open_round.assessments.get(school=away)
    remind(due=[(far, people.other_head)], kind="before", by=people.obec)
    mine = round_page(open_round, people.director)
    assert (mine["total"], mine["reminders"]) == (open_round.assessments.visible_to(people.director).count(), [])
    whole = round_page(open_round, people.obec)
    assert (whole["total"], len(whole["reminders"])) == (open_round.assessments.count(), 1)
    assert whole["total"] > mine["total"] > 0


def test_a_twins_school_is_named_to_those_who_see_it_alone(
    assessment: Assessment, people: People, away: School
) -> None:
    attach_link(assessment=assessment, indicator=PLACE, url=SAME, title="", by=people.head)
    near = School.objects.get(ministry_code=WANGNUEA)
    for school in (near, away):
        add_link(school=school, url=SAME, title="", by=people.administrator)
    named = {
        who: sorted(twin.school for twin in evidence_judged(assessment, PLACE, people.by[who])["twins"])
        for who in ("verifier", "obec")
    }
    assert named == {"verifier": sorted(["", str(near)]), "obec": sorted([str(near), str(away)])}
    page = signed_in(people.verifier).get(
        f"/rounds/{assessment.round.year}-{assessment.round.number}/schools/{JAEHOM}/verify/{PLACE}/"
    )
    assert "โรงเรียนนอกเขตที่ท่านดูแล" in page.content.decode()
    assert str(away) not in page.content.decode()


def test_confirming_the_last_round_fills_a_teachers_own_components_alone(
    people: People, framework: Framework, world: dict[str, Round], actor: User
) -> None:
    from khunnaphap.accounts.actions import assign_components
    from khunnaphap.assessments.actions import record_self, record_verification
    from khunnaphap.core.handin import Entry

    school = School.objects.get(ministry_code=JAEHOM)
    first = world["2567/1"].assessments.get(school=school)
    entries = {one.id: Entry(4, "ตามจริง") for one in framework.indicators}
    record_self(assessment=first, entries=entries, facts={}, by=actor)
    record_verification(assessment=first, entries=entries, by=actor)
    now = timezone.now()
    name = RoundName(2569, 1)
    made = open_round(
        edition=first.round.edition, name=name, opens=now - timezone.timedelta(days=1), by=actor, schools=[school],
        closes=now + timezone.timedelta(days=9), asking=Asking(),
    )  # fmt: skip
    mine = framework.components[1]
    held = people.teacher.appointments.get()
    assign_components(appointment=held, components=[mine.id], by=actor)
    base = f"/rounds/2569-1/schools/{JAEHOM}/"
    for part in framework.components:
        signed_in(people.teacher).post(f"{base}confirm/", {"component": part.id})
    answered = set(made.assessments.get().answers.exclude(self_level=None).values_list("indicator", flat=True))
    assert answered == {one.id for one in mine.indicators if one.measure is None}
    signed_in(people.head).post(f"{base}confirm/", {"component": framework.components[0].id})
    more = set(made.assessments.get().answers.exclude(self_level=None).values_list("indicator", flat=True)) - answered
    assert more
    assert more <= {one.id for one in framework.components[0].indicators}
