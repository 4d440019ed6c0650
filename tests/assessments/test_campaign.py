"""Acts on a whole round: what they will do, and to whom, is shown before they are done."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.people import JAEHOM, WANGNUEA, People
from tests.signing import signed_in

from khunnaphap.assessments.actions import extend, record_self, record_verification
from khunnaphap.assessments.actions import open_round as open_round_of
from khunnaphap.assessments.models import Assessment, Reminder, Round
from khunnaphap.assessments.pages.campaign import proposals
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.core.rounds import RoundName, budget_year
from khunnaphap.organisations.models import School


@pytest.fixture
def base(open_round: Round) -> str:
    return f"/rounds/{open_round.year}-{open_round.number}/"


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode().split("<main", 1)[1]))


def test_reminding_asks_again_and_names_whom_it_will_reach(people: People, open_round: Round, base: str) -> None:
    director = signed_in(people.director)
    page = shown(director, f"{base}remind/")
    assert "จะเตือน 2 คน ของ 1 โรงเรียนที่ยังไม่ส่ง" in page
    assert str(people.head) in page
    assert str(people.teacher) in page
    assert "2 โรงเรียนยังไม่มีผู้ใช้ จึงเตือนไม่ได้" in page
    assert not Reminder.objects.exists()
    assert mail.outbox == []
    assert director.post(f"{base}remind/").status_code == 302
    assert {one.to for one in Reminder.objects.all()} == {people.head, people.teacher}
    assert "เตือนครั้งล่าสุด" in shown(director, f"{base}remind/")


def test_where_nobody_is_late_there_is_nothing_to_send(
    people: People, open_round: Round, base: str, framework: Framework
) -> None:
    found = open_round.assessments.get(school__ministry_code=JAEHOM)
    record_self(
        assessment=found, entries={one.id: Entry(4, "ตามจริง") for one in framework.indicators}, facts={}, by=people.head
    )
    page = signed_in(people.director).get(f"{base}remind/").content.decode()
    assert "ไม่มีผู้ที่ต้องเตือน" in page
    assert "ส่งข้อความเตือนเดี๋ยวนี้" not in page


def test_the_board_and_the_round_lead_to_the_question_and_not_to_the_act(people: People, base: str) -> None:
    client = signed_in(people.obec)
    for url in (base, f"{base}board/"):
        page = client.get(url).content.decode()
        assert not re.search(r'<form[^>]*action="[^"]*/(remind|close|add)/"', page)
        assert f'href="{base}remind/"' in page


def test_closing_asks_again_and_names_the_schools_that_it_stops(
    people: People, open_round: Round, base: str, framework: Framework
) -> None:
    jaehom, wangnuea = (open_round.assessments.get(school__ministry_code=code) for code in (JAEHOM, WANGNUEA))
    record_self(
        assessment=jaehom,
        entries={one.id: Entry(4, "ตามจริง") for one in framework.indicators},
        facts={},
        by=people.head,
    )
    extend(
        assessment=wangnuea,
        until=min(timezone.now() + timedelta(days=20), wangnuea.round.year_ends),
        reason="น้ำท่วม",
        by=people.director,
    )
    obec = signed_in(people.obec)
    page = shown(obec, f"{base}close/")
    assert "31 โรงเรียนที่ยังไม่ส่งจะตอบและส่งไม่ได้ทันที" in page
    assert "1 โรงเรียนที่ส่งแล้วไม่เปลี่ยน" in page
    stopped, longer = page.split("โรงเรียนที่ได้ขยายเวลา ทำต่อได้")
    assert str(wangnuea.school) in longer
    assert str(wangnuea.school) not in stopped
    open_round.refresh_from_db()
    assert open_round.closed_at is None
    assert obec.post(f"{base}close/").status_code == 302
    open_round.refresh_from_db()
    assert open_round.closed_at is not None
    assert "รอบนี้ปิดแล้ว" in shown(obec, f"{base}close/")


def test_schools_that_come_later_follow_the_rounds_own_rule_first(people: People, open_round: Round, base: str) -> None:
    codes = [JAEHOM, WANGNUEA]
    who = {"who": "list", "colours": [], "schools": codes}
    Round.objects.filter(pk=open_round.pk).update(who=who)
    Assessment.objects.filter(round=open_round, school__ministry_code=WANGNUEA).delete()
    other = School.objects.filter(office__schools__ministry_code=JAEHOM, is_quality=True).exclude(
        ministry_code__in=codes
    )[0]
    Assessment.objects.filter(round=open_round, school=other).delete()
    director = signed_in(people.director)
    assert "เพิ่มโรงเรียนที่ยังไม่อยู่ในรอบ (2)" in shown(director, base)
    page = shown(director, f"{base}add/")
    first, rest = page.split("โรงเรียนคุณภาพอื่นที่ไม่เข้าเงื่อนไข")
    assert "ตามรายการรหัสที่กำหนดไว้เมื่อเปิดรอบ (2 รหัส)" in first
    assert str(School.objects.get(ministry_code=WANGNUEA)) in first
    assert str(other) not in first
    assert str(other) in rest
    in_round = lambda: set(open_round.assessments.values_list("school__ministry_code", flat=True))  # noqa: E731
    assert director.post(f"{base}add/", {"take": "rule"}).status_code == 302
    assert WANGNUEA in in_round()
    assert other.ministry_code not in in_round()
    refused = director.post(f"{base}add/", {})
    assert (refused.status_code, "เลือกอย่างน้อยหนึ่งโรงเรียน" in refused.content.decode()) == (422, True)
    assert director.post(f"{base}add/", {"school": other.ministry_code}).status_code == 302
    assert other.ministry_code in in_round()


def test_a_round_by_colours_proposes_the_schools_that_have_these_colours(
    people: People, world: dict[str, Round], open_round: Round, base: str, framework: Framework
) -> None:
    found = world["2567/1"].assessments.get(school__ministry_code=JAEHOM)
    record_self(
        assessment=found, entries={one.id: Entry(4, "ตามจริง") for one in framework.indicators}, facts={}, by=people.head
    )
    Round.objects.filter(pk=open_round.pk).update(who={"who": "colours", "colours": ["blue"], "schools": []})
    Assessment.objects.filter(round=open_round, school__office=found.school.office).delete()
    page = shown(signed_in(people.director), f"{base}add/")
    first, rest = page.split("โรงเรียนคุณภาพอื่นที่ไม่เข้าเงื่อนไข")
    assert "โรงเรียนที่กลุ่มสีล่าสุดเป็น ฟ้า" in first
    assert str(found.school) in first
    assert str(School.objects.get(ministry_code=WANGNUEA)) in rest


def test_nobody_brings_in_a_school_of_another_office(people: People, open_round: Round, base: str) -> None:
    other = School.objects.filter(is_quality=True).exclude(office__schools__ministry_code=JAEHOM)[0]
    Assessment.objects.filter(round=open_round, school=other).delete()
    answer = signed_in(people.director).post(f"{base}add/", {"school": other.ministry_code})
    assert answer.status_code == 422
    assert not open_round.assessments.filter(school=other).exists()


def test_every_page_of_rounds_keeps_the_whole_menu(people: People, base: str) -> None:
    client = signed_in(people.obec)
    for url in (base, "/rounds/", "/rounds/new/", f"{base}remind/", f"{base}close/", f"{base}add/", f"{base}board/"):
        page = client.get(url).content.decode()
        assert [word for word in ("/board/", "/overview/", "/rounds/") if f'<a href="{word}"' not in page] == [], url


def test_a_round_that_is_over_offers_neither_adding_nor_reminding_but_for_a_school_with_more_time(
    people: People, open_round: Round, base: str
) -> None:
    other = open_round.assessments.get(school__ministry_code=WANGNUEA)
    Assessment.objects.filter(round=open_round).exclude(school__ministry_code=JAEHOM).delete()
    director = signed_in(people.director)
    assert f'href="{base}add/"' in director.get(base).content.decode()
    Round.objects.filter(pk=open_round.pk).update(closed_at=timezone.now())
    for url in (base, f"{base}board/"):
        page = director.get(url).content.decode()
        assert f'href="{base}add/"' not in page
        assert f'href="{base}remind/"' not in page
    assert "จึงเพิ่มโรงเรียนไม่ได้" in shown(director, f"{base}add/")
    assert "ไม่มีโรงเรียนที่ยังส่งได้" in shown(director, f"{base}remind/")
    assert director.post(f"{base}add/", {"school": other.school.ministry_code}).status_code == 409
    jaehom = open_round.assessments.get()
    extend(assessment=jaehom, until=timezone.now() + timedelta(days=2), reason="น้ำท่วม", by=people.director)
    assert f'href="{base}remind/"' in director.get(base).content.decode()


def test_who_has_no_role_reads_whom_to_ask_and_who_only_reads_finds_the_board_once(
    people: People, open_round: Round
) -> None:
    page = shown(signed_in(people.nobody), reverse("work"))
    assert "ยังไม่มีบทบาท" in page
    assert "แจ้งชื่อผู้ใช้ nobody" in page
    assert "ไม่มีงานรออยู่" not in page
    assert f'href="{reverse("work")}"' not in signed_in(people.inspector).get("/overview/").content.decode()
    assert f'href="{reverse("work")}"' in signed_in(people.teacher).get(reverse("work")).content.decode()


def verified(found: Assessment, level: int, people: People, framework: Framework) -> None:
    entries = {one.id: Entry(level, "ตามจริง") for one in framework.indicators}
    record_self(assessment=found, entries=entries, facts={}, by=people.head)
    found.refresh_from_db()
    record_verification(assessment=found, entries=entries, by=people.verifier)


def test_the_next_rounds_follow_from_each_schools_own_newest_official_result(
    people: People,
    world: dict[str, Round],
    open_round: Round,
    framework: Framework,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    def proposed() -> list[tuple[str, int, int]]:
        with django_assert_num_queries(2):
            return [(one.band.colour, one.next, one.schools) for one in proposals(people.director)]

    assert people.director.reach.held
    assert proposed() == []
    verified(world["2567/1"].assessments.get(school__ministry_code=JAEHOM), 3, people, framework)
    verified(open_round.assessments.get(school__ministry_code=WANGNUEA), 3, people, framework)
    assert proposed() == [("yellow", 3, 1)], (
        "two rounds of it came after, one of them unanswered; the other school's is open"
    )
    Round.objects.filter(pk=open_round.pk).update(closed_at=timezone.now())
    assert proposed() == [("yellow", 1, 1), ("yellow", 3, 1)]
    alone = open_one_more(open_round, [School.objects.get(ministry_code=WANGNUEA)], people)
    Round.objects.filter(pk=alone.pk).update(closed_at=timezone.now())
    assert proposed() == [("yellow", 2, 1), ("yellow", 3, 1)], "a full round of one school hides nobody"
    verified(alone.assessments.get(), 4, people, framework)
    assert proposed() == [("yellow", 3, 1)], "blue is not assessed again"
    assert "ถึงการประเมินซ้ำครั้งที่ 3 จาก 3" in shown(signed_in(people.obec), "/rounds/")
    assert proposals(people.other_verifier) == []


def open_one_more(before: Round, schools: list[School], people: People) -> Round:
    now = timezone.now()
    name = RoundName(budget_year(timezone.localdate()), before.number + 5)
    until = now + timedelta(days=9)
    return open_round_of(
        edition=before.edition, name=name, opens=now, closes=until, schools=schools, by=people.director
    )
