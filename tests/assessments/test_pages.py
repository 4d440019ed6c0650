"""The whole cycle through the pages, as each person works it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.paper.reading import pages_of
from tests.people import JAEHOM, People
from tests.signing import signed_in

from khunnaphap.assessments.models import Answer, Assessment, Round
from khunnaphap.core import rounds
from khunnaphap.core.framework import Framework


def answer_all(client: Client, base: str, framework: Framework, level: int = 4) -> None:
    for indicator in framework.indicators:
        data = {"level": level, "version": 0, "save": str(uuid4()), "reason": "ตามที่เห็นจริง", "remark": ""}
        answer = client.post(f"{base}indicators/{indicator.id}/", data)
        assert answer.status_code == 302, (indicator.label, answer.content.decode()[:2000])


def test_a_school_answers_hands_in_and_the_office_verifies_and_approves(
    people: People, assessment: Assessment, base: str, framework: Framework
) -> None:
    teacher, head = signed_in(people.teacher), signed_in(people.head)
    verifier, director = signed_in(people.verifier), signed_in(people.director)
    assert base in teacher.get(reverse("work")).content.decode()
    assert teacher.get(base).status_code == 200
    answer_all(teacher, base, framework)
    assert teacher.post(f"{base}hand-in/").status_code == 403
    assert head.get(f"{base}check/").status_code == 200
    receipt = head.post(f"{base}hand-in/")
    assert receipt.status_code == 302
    assert assessment.submissions.get().digest in head.get(receipt["Location"]).content.decode()
    (paper,) = pages_of(head.get(f"{receipt['Location']}paper.pdf").content)
    assert assessment.submissions.get().digest in paper.replace("\n", ""), "it copies as one string"
    assert verifier.get(f"{base}verify/").status_code == 200
    assert verifier.post(f"{base}accept/").status_code == 302
    first, second = framework.indicators[0].id, framework.indicators[1].id
    assert verifier.get(f"{base}verify/{first}/").status_code == 200
    version = Answer.objects.get(assessment=assessment, indicator=first).version
    data = {"level": 3, "version": version, "save": str(uuid4()), "remark": "ห้องยังไม่พอ"}
    assert verifier.post(f"{base}verify/{first}/", data).status_code == 302
    assert verifier.post(f"{base}finish/").status_code == 409
    assert verifier.post(f"{base}agree/", {"all": "1"}).status_code == 302
    assert verifier.get(f"{base}send-back/").status_code == 200
    back = {
        f"send-{second}": "on",
        f"reason-{second}": "ขอรูปล่าสุด",
        "until_day": f"{timezone.localdate() + timedelta(days=300)}",
        "until_time": "16.30",
    }
    assert verifier.post(f"{base}send-back/", back).status_code == 302
    assessment.refresh_from_db()
    assert assessment.state == rounds.RETURNED
    assert "ขอรูปล่าสุด" in teacher.get(base).content.decode()
    blocked = {"level": 5, "version": version + 1, "save": str(uuid4()), "reason": "", "remark": ""}
    assert teacher.post(f"{base}indicators/{first}/", blocked).status_code == 409
    row = Answer.objects.get(assessment=assessment, indicator=second)
    again = {"level": 4, "version": row.version, "save": str(uuid4()), "reason": "ตามที่เห็นจริง", "remark": "แนบรูปใหม่แล้ว"}
    assert teacher.post(f"{base}indicators/{second}/", again).status_code == 302
    assert head.post(f"{base}hand-in/").status_code == 302
    assert verifier.post(f"{base}accept/").status_code == 302
    assert verifier.post(f"{base}agree/", {"all": "1"}).status_code == 302
    assert verifier.post(f"{base}finish/").status_code == 302
    assert verifier.post(f"{base}approve/").status_code == 403
    assert director.post(f"{base}approve/").status_code == 302
    assessment.refresh_from_db()
    assert assessment.state == rounds.APPROVED
    assert assessment.digest
    latest = assessment.classifications.get(is_latest=True)
    assert (latest.basis, latest.colour) == ("verified", "green")
    for page in (
        "board/",
        f"rounds/{assessment.round.year}-{assessment.round.number}/board/",
        f"schools/{JAEHOM}/colours/",
    ):
        assert director.get(f"/{page}", follow=True).status_code == 200, page
    told = director.get(f"{base}history/").content.decode()
    for words in ("ส่งคืนให้โรงเรียนแก้ไข", "รับรองผล", "ยืนยันผลตรวจสอบ"):
        assert words in told


def test_boards_and_work_take_a_constant_number_of_queries(
    people: People, open_round: Round, world: dict[str, Round]
) -> None:
    """A board of 3 schools asks as often as one of 33; so does my work."""
    for page in (f"/rounds/{open_round.year}-{open_round.number}/board/", "/overview/", "/rounds/"):
        counts = set()
        for person in (people.director, people.obec):
            client = signed_in(person)
            if client.get(page).status_code == 404:
                continue
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts.add(len(asked))
        assert len(counts) == 1, (page, counts)
        assert counts.pop() > 3


def test_save_and_go_on_leads_through_what_is_asked_and_then_to_what_comes_after_it(
    people: People, assessment: Assessment, base: str, framework: Framework
) -> None:
    """The school's last indicator leads to the check before handing in, the office's to its summary."""
    teacher, verifier = signed_in(people.teacher), signed_in(people.verifier)
    first, second, last = (framework.indicators[place].id for place in (0, 1, -1))

    def onward(client: Client, page: str, key: str, show: str = "") -> str:
        row = Answer.objects.filter(assessment=assessment, indicator=key).first()
        data = {"level": 4, "version": row.version if row else 0, "save": str(uuid4()), "remark": "", "go": "next"}
        answer = client.post(f"{base}{page}/{key}/{show}", {**data, "reason": "ตามที่เห็นจริง"})
        assert answer.status_code == 302
        return answer["Location"].removeprefix(base)

    assert onward(teacher, "indicators", first) == f"indicators/{second}/"
    assert onward(teacher, "indicators", second, "?show=unanswered").endswith("?show=unanswered")
    assert onward(teacher, "indicators", last) == "check/"
    answer_all_left(teacher, base, framework, assessment)
    signed_in(people.head).post(f"{base}hand-in/")
    verifier.post(f"{base}accept/")
    assert onward(verifier, "verify", first) == f"verify/{second}/"
    assert onward(verifier, "verify", last) == "verify/"


def answer_all_left(client: Client, base: str, framework: Framework, assessment: Assessment) -> None:
    done = set(assessment.answers.values_list("indicator", flat=True))
    for indicator in framework.indicators:
        if indicator.id not in done:
            data = {"level": 4, "version": 0, "save": str(uuid4()), "reason": "ตามที่เห็นจริง", "remark": ""}
            assert client.post(f"{base}indicators/{indicator.id}/", data).status_code == 302


def test_the_school_reads_the_offices_level_and_remark_on_the_card(
    people: People, assessment: Assessment, base: str, framework: Framework
) -> None:
    answer_all(signed_in(people.teacher), base, framework)
    signed_in(people.head).post(f"{base}hand-in/")
    office, first = signed_in(people.verifier), framework.indicators[0]
    office.post(f"{base}accept/")
    version = Answer.objects.get(assessment=assessment, indicator=first.id).version
    office.post(
        f"{base}verify/{first.id}/", {"level": 2, "version": version, "save": str(uuid4()), "remark": "อาคาร 3 ร้าว"}
    )
    card = f"{base}indicators/{first.id}/"
    assert "อาคาร 3 ร้าว" not in signed_in(people.head).get(card).content.decode()
    resumed = office.get(f"{base}verify/").content.decode()
    assert f'verify/{framework.indicators[1].id}/?show=unjudged"' in resumed
    office.post(f"{base}agree/", {"all": "1"})
    office.post(f"{base}finish/")
    page = signed_in(people.head).get(card).content.decode()
    assert "ผลการตรวจสอบของเขตพื้นที่" in page
    assert "อาคาร 3 ร้าว" in page


def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(people: People, base: str) -> None:
    for referer, back in (
        (f"http://testserver{base}check/?a=1", f"{base}check/%3Fa%3D1"),
        ("https://elsewhere.example/x/", reverse("work")),
        ("", reverse("work")),
    ):
        answer = Client().post(f"{base}hand-in/", headers={"Referer": referer} if referer else {})
        assert answer.status_code == 302
        assert answer["Location"].endswith(f"next={back}")


def test_my_work_lists_no_round_that_asks_nothing_of_my_components(
    people: People, assessment: Assessment, world: dict[str, Round], framework: Framework
) -> None:
    def works() -> tuple[str, int]:
        client = signed_in(people.teacher)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("work")).content.decode().split("<main", 1)[1]
        return page.split("รอบอื่นของโรงเรียน")[0], len(asked)

    theirs, other = framework.components[4], framework.components[0]
    mark = f"{assessment.school} · รอบ {assessment.round.name}"
    Assessment.objects.exclude(pk=assessment.pk).delete()
    assert mark in works()[0]
    people.teacher.appointments.update(components=[theirs.id])
    page, queries = works()
    assert mark in page
    carried = {one.id: 4 for one in framework.indicators if one in theirs.indicators}
    Assessment.objects.filter(pk=assessment.pk).update(carried=carried)
    page, again = works()
    assert mark not in page
    assert again <= queries + 1, "the other rounds of the school are listed in its place"
    Assessment.objects.filter(pk=assessment.pk).update(carried={}, state="returned")
    sent = {"reason": "ขอรูปล่าสุด", "by": people.verifier, "at": timezone.now()}
    assessment.sent_back.create(indicator=other.indicators[0].id, **sent)
    assert mark not in works()[0]
    assert mark in signed_in(people.head).get(reverse("work")).content.decode().split("รอบอื่นของโรงเรียน")[0]
    assessment.sent_back.create(indicator=theirs.indicators[0].id, **sent)
    assert mark in works()[0]
    assessment.sent_back.filter(indicator=theirs.indicators[0].id).update(answered_at=timezone.now())
    assert mark not in works()[0]
    assert signed_in(people.teacher).get(reverse("work")).content.decode().count(mark) == 1


def test_my_work_of_many_rounds_asks_as_often_as_that_of_one(people: People, open_round: Round) -> None:
    people.teacher.appointments.update(components=["infrastructure"])
    counts = []
    for _ in range(2):
        client = signed_in(people.teacher)
        client.get(reverse("work"))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("work")).content.decode()
        counts.append((page.count('class="more soft num"'), len(asked)))
        Assessment.objects.exclude(round=open_round).delete()
    (many, first), (one, second) = counts
    assert (many, one) == (3, 1)
    assert first == second
