"""The school's own page: what counts, what to do next, and nothing offered that leads nowhere."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.people import JAEHOM, People
from tests.signing import signed_in

from khunnaphap.accounts.actions import revoke_appointment
from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import (
    Given,
    accept,
    hand_in,
    judge,
    record_self,
    record_verification,
    save_answer,
    send_back,
)
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.pages.lines import Part, lines_of
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.core.problems import Refusal

CHECK = 'class="button" href="{}check/"'


@pytest.fixture
def answered(assessment: Assessment, people: People, framework: Framework) -> Assessment:
    """Everything has a level."""
    for one in framework.indicators:
        given = Given(4, "ตามที่เห็นจริง", "")
        save_answer(assessment=assessment, indicator=one.id, given=given, version=0, by=people.head)
        assessment.refresh_from_db()
    return assessment


def test_not_applicable_without_a_reason_counts_nowhere_and_is_not_handed_in(
    answered: Assessment, people: People, base: str, framework: Framework
) -> None:
    one = next(one for one in framework.indicators if one.measure is None and one.not_applicable is None)
    client = signed_in(people.head)
    data = {"level": "na", "version": answered.answers.get(indicator=one.id).version, "reason": "", "remark": ""}
    told = client.post(f"{base}indicators/{one.id}/", {**data, "save": str(uuid4())}, headers={"HX-Request": "true"})
    assert "บันทึกแล้ว แต่ยังไม่นับเป็นคำตอบ" in told.content.decode()
    assert "✓" not in told.content.decode()
    assert "✓" not in client.get(f"{base}indicators/{one.id}/").content.decode()
    school, check = (client.get(f"{base}{page}").content.decode() for page in ("", "check/"))
    for page in (school, check):
        assert "ขาดคำตอบ 1 ข้อ" in page
        assert "ตอบครบแล้ว" not in page
    assert f"{len(framework.indicators) - 1} จาก {len(framework.indicators)} ตัวชี้วัด" in school
    assert f"ทำต่อจากข้อ {one.label}" in school
    with pytest.raises(Refusal, match="ขาดเหตุผล 1"):
        hand_in(assessment=answered, by=people.head)
    plain = {**data, "version": answered.answers.get(indicator=one.id).version, "save": str(uuid4())}
    assert "แต่ไม่มีเหตุผล" in client.post(f"{base}indicators/{one.id}/", plain, follow=True).content.decode()


def test_once_all_is_answered_the_first_button_leads_to_the_check(
    answered: Assessment, people: People, base: str, framework: Framework
) -> None:
    client = signed_in(people.head)
    page = client.get(base).content.decode()
    assert CHECK.format(base) in page
    assert "ทำต่อจากข้อ" not in page
    assert page.index(CHECK.format(base)) < page.index("ผลของโรงเรียน")
    given = Given(None, "", "")
    one = framework.indicators[5]
    version = answered.answers.get(indicator=one.id).version
    save_answer(assessment=answered, indicator=one.id, given=given, version=version, by=people.head)
    page = client.get(base).content.decode()
    assert f"ทำต่อจากข้อ {one.label}" in page
    assert CHECK.format(base) not in page


def test_what_was_sent_back_shows_its_level_and_leads_to_the_check_once_it_was_written_again(
    answered: Assessment, people: People, base: str, framework: Framework
) -> None:
    one, due = framework.indicators[0], timezone.now() + timedelta(days=3)
    hand_in(assessment=answered, by=people.head)
    accept(assessment=answered, by=people.verifier)
    judged = Given(4, "", "ตรวจแล้ว")
    version = answered.answers.get(indicator=one.id).version
    judge(assessment=answered, indicator=one.id, given=judged, version=version, by=people.verifier)
    send_back(assessment=answered, reasons={one.id: "ขอรูปล่าสุด"}, due=due, by=people.verifier)
    client = signed_in(people.head)
    assert f"ทำต่อจากข้อ {one.label}" in client.get(base).content.decode()
    answered.refresh_from_db()
    version = answered.answers.get(indicator=one.id).version
    given = Given(3, "ตามที่เห็นจริง", "แนบรูปแล้ว")
    save_answer(assessment=answered, indicator=one.id, given=given, version=version, by=people.head)
    assert CHECK.format(base) in client.get(base).content.decode()
    office = signed_in(people.verifier)
    assert (
        "✓" not in office.get(f"{base}verify/{one.id}/").content.decode().split('id="save-state"')[1].split("</div>")[0]
    )
    listed = client.get(f"{base}indicators/?show=returned").content.decode()
    assert f"ส่งคืน · {one.level(3).choice}" in listed


def test_components_are_assigned_only_where_there_is_a_teacher(
    people: People, assessment: Assessment, base: str
) -> None:
    client = signed_in(people.head)
    assert "มอบหมายองค์ประกอบให้ครู" in client.get(base).content.decode()
    revoke_appointment(appointment=people.teacher.appointments.get(), by=people.head)
    page = client.get(base).content.decode()
    assert "มอบหมายองค์ประกอบให้ครู" not in page
    assert "เชิญครูช่วยตอบ" in page


def test_a_component_of_which_nothing_is_asked_is_not_called_done(assessment: Assessment) -> None:
    part = lines_of(assessment).parts[0]
    none = Part(part.component, tuple(replace(line, carried=True) for line in part.lines))
    assert (part.state, none.state) == ("not-started", "not-asked")


def test_who_cannot_answer_reads_why_in_a_sentence_of_its_own(
    answered: Assessment, people: People, base: str, open_round: Round, framework: Framework
) -> None:
    card, now = f"{base}indicators/{framework.indicators[0].id}/", timezone.now()

    def told(person: User) -> str:
        pages = [signed_in(person).get(page).content.decode() for page in (card, f"{base}facts/")]
        said = {text for page in pages for text in re.findall(r'<p class="banner info">([^<]*)</p>', page)}
        return said.pop() if len(said) == 1 else str(said)

    assert "บทบาทของท่านดูข้อมูลได้" in told(people.verifier)
    Round.objects.filter(pk=open_round.pk).update(opens=now + timedelta(days=1))
    assert "รอบยังไม่เปิดรับ" in told(people.head)
    Round.objects.filter(pk=open_round.pk).update(opens=now - timedelta(days=9), closes=now - timedelta(days=1))
    assert "เลยกำหนดปิดรับแล้ว" in told(people.head)
    Assessment.objects.filter(pk=answered.pk).update(state="submitted")
    assert "อยู่ในสถานะ “ส่งแล้ว" in told(people.head)


def test_in_a_follow_up_round_the_cards_lead_through_what_is_asked_alone(
    assessment: Assessment, people: People, base: str, framework: Framework
) -> None:
    asked = [framework.indicators[place] for place in (3, 20, 21, 60)]
    carried = {one.id: 4 for one in framework.indicators if one not in asked}
    Assessment.objects.filter(pk=assessment.pk).update(carried=carried)
    client = signed_in(people.head)
    assert f'href="{base}indicators/{asked[0].id}/"' in client.get(base).content.decode()
    for place, (one, before, after) in enumerate(zip(asked, [None, *asked], [*asked[1:], None], strict=False), 1):
        foot = client.get(f"{base}indicators/{one.id}/").content.decode().split('class="foot"')[1]
        assert f"{place} / {len(asked)}" in foot
        assert (f'href="{base}indicators/{before.id}/"' if before else f'href="{base}"') in foot
        assert (f'href="{base}indicators/{after.id}/"' if after else f'href="{base}check/"') in foot
    data = {"level": "3", "version": 0, "reason": "", "remark": "", "save": str(uuid4()), "go": "next"}
    went = client.post(f"{base}indicators/{asked[0].id}/", data)
    assert went.headers["Location"] == f"{base}indicators/{asked[1].id}/"


def test_the_filters_of_a_component_count_that_component_alone_and_never_what_was_carried(
    assessment: Assessment, people: People, base: str, framework: Framework
) -> None:
    def counted(query: str) -> dict[str, int]:
        page = signed_in(people.head).get(f"{base}indicators/{query}").content.decode()
        found = re.findall(r'\?show=([a-z-]+)[^"]*"[^>]*>[^<]*<span class="num">\((\d+)\)', page)
        return {word: int(count) for word, count in found}

    part = framework.components[0]
    its = [one.id for aspect in part.aspects for one in aspect.indicators]
    assert counted("")["no-evidence"] == len(framework.indicators)
    assert counted(f"?component={part.id}")["no-evidence"] == len(its)
    assert counted("?component=no-such")["no-evidence"] == len(framework.indicators)
    Assessment.objects.filter(pk=assessment.pk).update(carried=dict.fromkeys(its[1:], 4))
    for query in ("", f"&component={part.id}"):
        page = signed_in(people.head).get(f"{base}indicators/?show=no-evidence{query}").content.decode()
        count = counted(f"?show=no-evidence{query}")["no-evidence"]
        assert page.count(f'href="{base}indicators/') - page.count(f'href="{base}indicators/"') == count


def test_a_card_says_whose_level_of_the_last_round_it_marks(
    assessment: Assessment, people: People, base: str, world: dict[str, Round], framework: Framework
) -> None:
    lowered, kept = (one for one in framework.indicators[:2])
    before = world["2567/1"].assessments.get(school__ministry_code=JAEHOM)
    own = {one.id: Entry(4, "ตามจริง") for one in framework.indicators}
    record_self(assessment=before, entries=own, facts={}, by=people.head)
    before.refresh_from_db()
    office = own | {lowered.id: Entry(2, "", "ยังไม่เห็นแผน")}
    record_verification(assessment=before, entries=office, by=people.verifier)
    client = signed_in(people.head)
    for one, level, told in ((lowered, 2, "เขตให้ระดับนี้ในรอบที่แล้ว"), (kept, 4, "รอบที่แล้วเลือกข้อนี้")):
        page = client.get(f"{base}indicators/{one.id}/").content.decode()
        marked = re.findall(r'value="(\d)"[^<]*<b>[^<]*<span class="last">↺ ([^<]*)</span>', page)
        assert marked == [(str(level), told)]
    shown = client.get(f"/rounds/2567-1/schools/{JAEHOM}/").content.decode()
    told = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", shown.split("ตัวชี้วัดที่พัฒนาแล้วจะถึงกลุ่มสีถัดไป")[1]))
    assert re.search(r"ห่างจากกลุ่มถัดไป ม่วง ร้อยละ \d+\.\d\d", told), told[:200]


def test_a_school_without_a_colour_is_called_the_same_everywhere(
    assessment: Assessment, people: People, open_round: Round, framework: Framework
) -> None:
    own = {one.id: Entry(4, "ตามจริง") for one in framework.indicators}
    record_self(assessment=assessment, entries=own, facts={}, by=people.head)
    board = f"/rounds/{open_round.year}-{open_round.number}/board/"
    for url in ("/overview/", board):
        page = signed_in(people.obec).get(url).content.decode()
        assert "ยังไม่จัดกลุ่ม" in page
        assert "ยังไม่ได้<" not in page
