"""A round without reference means is no dead end: schools hand in, the means come by an act, levels follow."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.exchange.filling import SCHOOL, filled, verified
from tests.exchange.filling import hand_in as import_file
from tests.people import People
from tests.signing import signed_in

from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import accept, agree, approve, correct_round, finish, hand_in, judge, save_facts
from khunnaphap.assessments.approvals import FORMULAS, content_digest, hold_approvals
from khunnaphap.assessments.means import lacking_means
from khunnaphap.assessments.models import Answer, Assessment, Classification, Round
from khunnaphap.assessments.one_answer import Given
from khunnaphap.assessments.queries import standing_of
from khunnaphap.audit.models import Event
from khunnaphap.core import rounds
from khunnaphap.core.framework import Comparison
from khunnaphap.core.problems import Refusal
from khunnaphap.core.rounds import budget_year
from khunnaphap.frameworks.queries import framework_of

NATIONAL = "national-test-results"
GRADES = ("rt-reading-aloud", "rt-reading-comprehension", "nt-thai", "nt-mathematics", "onet-p6-thai", "onet-p6-mathematics", "onet-p6-science", "onet-p6-english")  # fmt: skip
OWN = dict.fromkeys(GRADES, "60")
LOW, HIGH = dict.fromkeys(GRADES, "50"), dict.fromkeys(GRADES, "70")


@pytest.fixture
def without(open_round: Round) -> Round:
    """The open round as pages and registers may open it: without reference means."""
    Round.objects.filter(pk=open_round.pk).update(references={})
    open_round.refresh_from_db()
    return open_round


@pytest.fixture
def answered(without: Round, assessment: Assessment, people: People) -> Assessment:
    """A school that answered all of its own: every indicator rated but the one that compares, and its own means."""
    framework = framework_of(without.edition)
    by_hand = [one.id for one in framework.indicators if not isinstance(one.measure, Comparison)]
    now = timezone.now()
    Answer.objects.bulk_create(
        Answer(
            assessment=assessment, indicator=key, self_level=3, self_reason="เหตุผล", self_by=people.head, self_at=now
        )
        for key in by_hand
    )
    save_facts(assessment=fresh(assessment), facts=OWN, seen={}, by=people.head)
    return fresh(assessment)


def fresh(assessment: Assessment) -> Assessment:
    return Assessment.objects.select_related("round__edition", "school").get(pk=assessment.pk)


def level(assessment: Assessment) -> Any:
    now = fresh(assessment)
    return standing_of(now.round, now, now.answers.all()).self_ratings[NATIONAL]


def colour(assessment: Assessment) -> str:
    return Classification.objects.get(assessment=assessment, is_latest=True).colour


def approved(assessment: Assessment, people: People) -> Assessment:
    accept(assessment=fresh(assessment), by=people.verifier)
    framework = framework_of(assessment.round.edition)
    agree(assessment=fresh(assessment), indicators=[one.id for one in framework.indicators], by=people.verifier)
    finish(assessment=fresh(assessment), by=people.verifier)
    approve(assessment=fresh(assessment), by=people.director)
    return fresh(assessment)


def test_a_round_names_the_means_that_its_schools_need(without: Round) -> None:
    assert set(GRADES) <= {fact.id for fact in lacking_means(without)}
    without.references = dict.fromkeys({fact.id for fact in lacking_means(without)}, "50")
    assert lacking_means(without) == []


def test_a_school_hands_in_with_that_indicator_open(answered: Assessment, people: People) -> None:
    assert standing_of(answered.round, answered, answered.answers.all()).awaiting == (NATIONAL,)
    hand_in(assessment=answered, by=people.head)
    assert fresh(answered).state == rounds.SUBMITTED
    assert colour(answered) == ""


def test_a_school_that_lacks_its_own_means_does_not(answered: Assessment, people: People) -> None:
    save_facts(assessment=answered, facts={"nt-thai": None}, seen={"nt-thai": "60"}, by=people.head)
    with pytest.raises(Refusal) as refused:
        hand_in(assessment=fresh(answered), by=people.head)
    assert refused.value.problem.code == "not-complete"


def test_verifying_is_not_finished_before_the_means_come(answered: Assessment, people: People) -> None:
    hand_in(assessment=answered, by=people.head)
    accept(assessment=fresh(answered), by=people.verifier)
    framework = framework_of(answered.round.edition)
    agree(assessment=fresh(answered), indicators=[one.id for one in framework.indicators], by=people.verifier)
    with pytest.raises(Refusal) as refused:
        finish(assessment=fresh(answered), by=people.verifier)
    assert refused.value.problem.code == "means-awaited"
    assert "5.1.1" in refused.value.problem.message
    correct_round(round_=answered.round, references=LOW, by=people.obec)
    agree(assessment=fresh(answered), indicators=[NATIONAL], by=people.verifier)
    finish(assessment=fresh(answered), by=people.verifier)
    assert fresh(answered).state == rounds.VERIFIED
    assert colour(answered)


def test_a_level_of_the_offices_own_is_no_result_before_the_means_come(answered: Assessment, people: People) -> None:
    hand_in(assessment=answered, by=people.head)
    accept(assessment=fresh(answered), by=people.verifier)
    framework = framework_of(answered.round.edition)
    others = [one.id for one in framework.indicators if one.id != NATIONAL]
    agree(assessment=fresh(answered), indicators=others, by=people.verifier)
    given = Given(5, "", "ดูจากเอกสาร")
    judge(assessment=fresh(answered), indicator=NATIONAL, given=given, version=0, by=people.verifier)
    now = fresh(answered)
    standing = standing_of(now.round, now, now.answers.all())
    assert standing.verified_ratings[NATIONAL] is None
    assert standing.classification().provisional
    assert colour(answered) == ""
    page = signed_in(people.verifier).get(url(answered) + "verify/").content.decode()
    assert "ยืนยันผลได้เมื่อมีค่าอ้างอิงแล้ว" in page
    assert "/finish/" not in page
    one = signed_in(people.verifier).get(f"{url(answered)}verify/{NATIONAL}/").content.decode()
    assert "ยังไม่มีค่าอ้างอิงของการทดสอบระดับชาติ" in one
    correct_round(round_=answered.round, references=LOW, by=people.obec)
    now = fresh(answered)
    assert standing_of(now.round, now, now.answers.all()).verified_ratings[NATIONAL] == 5
    assert "/finish/" in signed_in(people.verifier).get(url(answered) + "verify/").content.decode()


def test_levels_follow_and_the_school_is_told(answered: Assessment, people: People) -> None:
    hand_in(assessment=answered, by=people.head)
    before = fresh(answered).ready
    done = correct_round(round_=answered.round, references=LOW, by=people.obec)
    assert done["schools"] == {SCHOOL: {NATIONAL: [None, 5]}}
    assert level(answered) == 5
    assert fresh(answered).ready == (before or 0) + 1
    assert colour(answered)
    event = Event.objects.get(verb="correct_round")
    assert event.data["references"] == [{}, LOW]
    page = signed_in(people.head).get(url(answered)).content.decode()
    assert "ค่าอ้างอิงของรอบแก้ไขเมื่อ" in page
    assert "แก้ค่าอ้างอิงและวันของรอบ" in signed_in(people.head).get(url(answered) + "history/").content.decode()


def test_correcting_to_what_is_there_changes_nothing(answered: Assessment, people: People) -> None:
    events = Event.objects.count()
    assert correct_round(round_=answered.round, references={}, by=people.obec) == {}
    assert Event.objects.count() == events


def test_what_is_approved_keeps_the_means_it_was_approved_with(answered: Assessment, people: People) -> None:
    correct_round(round_=answered.round, references=LOW, by=people.obec)
    hand_in(assessment=fresh(answered), by=people.head)
    done = approved(answered, people)
    assert done.references == LOW
    correct_round(round_=answered.round, references=HIGH, by=people.obec)
    assert level(done) == 5
    assert hold_approvals().faults == ()
    Assessment.objects.filter(pk=done.pk).update(references=HIGH)
    (fault,) = hold_approvals().faults
    assert "ค่าอ้างอิง" in fault


def test_an_approval_of_before_is_held_by_its_own_formula(answered: Assessment, people: People) -> None:
    correct_round(round_=answered.round, references=LOW, by=people.obec)
    hand_in(assessment=fresh(answered), by=people.head)
    done = approved(answered, people)
    standing = standing_of(done.round, done, done.answers.all())
    old = content_digest(standing, done, 1)
    assert old != content_digest(standing, done)
    assert sorted(FORMULAS) == [1, 2]
    Assessment.objects.filter(pk=done.pk).update(references=None, digest=old)
    correct_round(round_=answered.round, references=HIGH, by=people.obec)
    kept = fresh(done)
    assert kept.references == LOW  # frozen at the last moment at which they were the round's
    assert content_digest(standing_of(kept.round, kept, kept.answers.all()), kept, 1) == old


def test_days_of_an_open_round_are_corrected_and_of_a_closed_one_refused(without: Round, people: People) -> None:
    year = budget_year(timezone.localdate())
    Round.objects.filter(pk=without.pk).update(year=year, number=9)
    without.refresh_from_db()
    later = without.closes + timedelta(days=2)
    correct_round(round_=without, closes=later, by=people.obec)
    assert Round.objects.get(pk=without.pk).closes == later
    with pytest.raises(Refusal) as refused:
        correct_round(round_=without, closes=without.opens, by=people.obec)
    assert refused.value.problem.code == "round-days"
    with pytest.raises(Refusal) as refused:
        correct_round(round_=without, closes=later.replace(year=9990), by=people.obec)
    assert refused.value.problem.code == "round-days-far"
    Round.objects.filter(pk=without.pk).update(closed_at=timezone.now())
    with pytest.raises(Refusal) as refused:
        correct_round(round_=without, closes=later + timedelta(days=2), by=people.obec)
    assert refused.value.problem.code == "round-over"
    assert correct_round(round_=without, references=LOW, by=people.obec)["references"] == [{}, LOW]


def test_a_workbook_submits_with_that_indicator_open(without: Round, actor: User) -> None:
    facts = {key: Fraction(text) for key, text in OWN.items()}
    report = import_file(filled(without, level=3, facts=facts, national_test_results=None), actor)
    part = report.parts[0]
    assert (part.state, part.missing) == (rounds.SUBMITTED, ("5.1.1",))
    assert "รอค่าอ้างอิงของรอบ" in part.note
    report = import_file(verified(without, {SCHOOL: 3}, remark="ตรวจแล้ว"), actor)
    assert report.parts[0].state == rounds.IN_VERIFICATION
    correct_round(round_=without, references=LOW, by=actor)
    assert level(Assessment.objects.get(round=without, school__ministry_code=SCHOOL)) == 5


def url(assessment: Assessment) -> str:
    return f"/rounds/{assessment.round.year}-{assessment.round.number}/schools/{SCHOOL}/"


def test_the_school_reads_who_must_act(answered: Assessment, people: People) -> None:
    head = signed_in(people.head)
    for address in (url(answered), url(answered) + "check/", url(answered) + f"indicators/{NATIONAL}/"):
        page = head.get(address).content.decode()
        assert "สพฐ. หรือผู้ดูแลระบบ" in page, address
    check = head.get(url(answered) + "check/").content.decode()
    assert "disabled" not in check
    assert head.post(url(answered) + "hand-in/").status_code == 302


def test_obec_adds_the_means_on_the_rounds_page(without: Round, people: People) -> None:
    obec = signed_in(people.obec)
    here = f"/rounds/{without.year}-{without.number}/"
    assert "ยังไม่มีค่าอ้างอิงของการทดสอบระดับชาติ" in obec.get(here).content.decode()
    form = obec.get(here + "correct/").context["form"]
    typed = {f"mean-{fact}": "๕๐.๕" for fact in GRADES}
    for field in form.days:
        typed |= {f"{field.html_name}_day": field.initial[0], f"{field.html_name}_time": field.initial[1]}
    assert obec.post(here + "correct/", typed | {"mean-nt-thai": "50,5"}).status_code == 422
    assert obec.post(here + "correct/", typed).status_code == 302
    stored = Round.objects.get(pk=without.pk)
    assert stored.references == dict.fromkeys(GRADES, "50.5")
    assert abs(stored.closes - without.closes) < timedelta(minutes=1)


@pytest.mark.parametrize("who", ["director", "verifier", "head"])
def test_nobody_else_corrects_a_round(without: Round, people: People, who: str) -> None:
    client: Client = signed_in(getattr(people, who))
    assert client.post(f"/rounds/{without.year}-{without.number}/correct/", {}).status_code == 403
