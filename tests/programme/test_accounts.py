"""An office's account goes in and comes out the same; empty parts say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.audit.models import Event
from khunnaphap.core.letters import parse_letter
from khunnaphap.core.programme import (
    Activity,
    Candidate,
    Committee,
    Difficulty,
    GoodPractice,
    Money,
    Occasion,
    OfficeYear,
    Party,
    StaffingGap,
    Statement,
    Submission,
    Support,
)
from khunnaphap.organisations.models import AreaOffice
from khunnaphap.programme.actions import record_account, restore_account
from khunnaphap.programme.models import Letter
from khunnaphap.programme.queries import account_of

LETTER = parse_letter("หนังสือสพฐ. ด่วนที่สุด ที่ ศธ 04008.1/ว481 ลงวันที่ 25 มิถุนายน 2567")
ORDER = parse_letter("คำสั่งสพป.ลำปาง เขต 3 ที่ 155/2567 ลงวันที่ 30 เมษายน 2567 เรื่อง แต่งตั้งคณะกรรมการ")

WHOLE = OfficeYear(
    statements=(Statement("success", "ครูร่วมมือกัน"), Statement("progress", "อาคารพร้อม", "ด้านโรงเรียน")),
    candidates=(Candidate("อนุบาลแจ้ห่ม", True, None, LETTER, 2, 3), Candidate("บ้านอื่น", False, LETTER, None, 2)),
    committees=(Committee("คณะกรรมการขับเคลื่อน", "วางแผน", ORDER, 7, "ขั้นที่ 1"),),
    activities=(
        Activity(
            "ประชุมติดตาม",
            step="ขั้นที่ 1",
            organiser="สพฐ.",
            series=1,
            purpose="ติดตามความก้าวหน้า",
            occasions=(
                Occasion(date(2024, 6, 26), None, time(15), time(16, 30), "Zoom", "สำนักงานเขต"),
                Occasion(date(2024, 6, 26), place="YouTube", group="ผู้อำนวยการ"),
            ),
            items=("รายการที่หนึ่ง", "รายการที่สอง"),
            letters=(LETTER, ORDER),
        ),
        Activity("ทำปฏิทิน", 9, occasions=(Occasion(date(2024, 9, 1), whole_month=True),)),
    ),
    submissions=(Submission("แผน", "สพฐ.", date(2024, 5, 10), date(2024, 5, 9), LETTER, True, 8),),
    money=(
        Money("received", Decimal("20000.00"), (Party("สพฐ."),), letter=LETTER, number=10),
        Money("passed_on", None, (Party("โรงเรียนก", Decimal("5000.00")), Party("โรงเรียนข"))),
    ),
    support=(Support("กฟผ.", "ห้องสมุด", "อนุบาลแม่เมาะ"),),
    staffing=(StaffingGap("อนุบาลแจ้ห่ม", "ครูภาษาอังกฤษ", 2, "ขอกรอบอัตรากำลัง"),),
    difficulties=(Difficulty("อาคารเก่า", "ของบประมาณ", ("มั่นคง", "ทันสมัย")),),
    practices=(GoodPractice("Re 5 Steps", "", "กระบวนการ", ("Review: ทบทวน", "Report")),),
)


@pytest.fixture
def office(world: Mapping[str, Round]) -> AreaOffice:
    return AreaOffice.objects.get(code="520003")


def test_an_account_comes_out_as_it_went_in(office: AreaOffice, actor: User) -> None:
    changed = record_account(office=office, year=2567, told=WHOLE, by=actor)
    assert len(changed) == 10
    assert account_of(office.pk, 2567) == WHOLE
    assert Letter.objects.count() == 2
    assert account_of(office.pk, 2568) == OfficeYear()


def test_the_same_account_twice_changes_nothing(office: AreaOffice, actor: User) -> None:
    record_account(office=office, year=2567, told=WHOLE, by=actor)
    events = Event.objects.count()
    assert record_account(office=office, year=2567, told=WHOLE, by=actor) == []
    assert Event.objects.count() == events


def test_an_empty_part_wipes_nothing_and_a_told_one_replaces(office: AreaOffice, actor: User) -> None:
    record_account(office=office, year=2567, told=WHOLE, by=actor)
    fewer = OfficeYear(activities=(Activity("อย่างเดียว"),))
    assert record_account(office=office, year=2567, told=fewer, by=actor) == ["activities"]
    assert account_of(office.pk, 2567) == replace(WHOLE, activities=fewer.activities)


def test_an_account_can_be_put_back(office: AreaOffice, actor: User) -> None:
    before = account_of(office.pk, 2567)
    record_account(office=office, year=2567, told=WHOLE, by=actor)
    restore_account(office=office, year=2567, before=before, by=actor)
    assert account_of(office.pk, 2567) == OfficeYear()
