"""Commands for the one IT person: the first administrator, reminders, the chain, serving the demo, tidying up."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.people import People
from tests.signing import signed_in

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Reminder, Round
from khunnaphap.audit.models import Event
from khunnaphap.cli import main
from khunnaphap.cli.parser import make_parser
from khunnaphap.cli.record import shown_folder
from khunnaphap.evidence.actions import add_link, remove_evidence
from khunnaphap.organisations.models import School


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    output = capsys.readouterr()
    return code, output.out, output.err


def test_the_first_administrators_link_works_once(record: User, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "first-admin")
    address = "/" + out.split("://", 1)[1].split("/", 1)[1].strip()
    client = Client()
    assert code == 0
    assert "24 ชั่วโมง" in out
    assert client.get(address, follow=True).status_code == 200
    page = client.get(address, follow=True)
    assert "ผู้ดูแลระบบ" in page.content.decode()


def test_a_second_first_administrator_is_refused_until_asked_for_again(
    people: People, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, "first-admin")
    assert code == 1
    assert "--again" in out + err
    assert said(capsys, "first-admin", "--again")[0] == 0


def test_reminders_go_out_and_are_logged(people: People, open_round: Round, capsys: pytest.CaptureFixture[str]) -> None:
    User.objects.filter(pk=people.head.pk).update(email="head@school.example")
    code, out, _ = said(capsys, "remind")
    assert code == 0
    assert f"รอบ {open_round.name}" in out
    assert Reminder.objects.filter(to=people.head).count() == 1
    assert ["head@school.example"] in [one.to for one in mail.outbox]
    assert f"ส่งอีเมล {len(mail.outbox)} ฉบับ" in out


def test_the_chain_is_followed_and_its_noted_end_must_be_there(
    people: People, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = said(capsys, "check")
    head = out.strip().rsplit(" ", 1)[1]
    assert code == 0
    assert said(capsys, "check", "--head", head)[0] == 0
    code, out, _ = said(capsys, "check", "--head", "f" * 64)
    assert code == 1
    assert "ลูกโซ่เหตุการณ์:" in out
    number = Event.objects.order_by("number")[2].number
    Event.objects.filter(number=number).update(actor="somebody-else")
    assert said(capsys, "check", "--head", head)[0] == 1


def test_a_real_record_is_never_served_as_the_demo(
    people: People, open_round: Round, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.DEMO = False
    Round.objects.update(is_example=False)
    code, out, err = said(capsys, "serve", "--demo")
    assert code == 1
    assert "ไม่ใช่ของจังหวัดสาธิต" in out + err


def test_the_demo_is_served_with_the_files_that_the_demo_wrote(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KHUNNAPHAP_OUT", raising=False)
    written = make_parser().parse_args(["demo"]).out
    settings.DEMO = True
    assert shown_folder(make_parser().parse_args(["serve", "--demo"]).out) == written == Path("out")
    assert shown_folder(Path("elsewhere")) == Path("elsewhere")
    monkeypatch.setenv("KHUNNAPHAP_OUT", "/srv/files")
    assert shown_folder(None) is None, "the settings took it from there"
    settings.DEMO = False
    monkeypatch.delenv("KHUNNAPHAP_OUT")
    assert shown_folder(None) is None


def test_what_nobody_needs_any_more_is_deleted(
    people: People, capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path
) -> None:
    settings.READS = tmp_path / "reads"
    settings.READS.mkdir()
    (settings.READS / "2024-01.log").write_text("2024-01-05T08:00:00+07:00 u1 /me/\n", "utf-8")
    link = add_link(school=School.objects.first(), url="https://example.go.th/a", title="อัลบั้ม", by=people.head)
    remove_evidence(evidence=link, by=people.head)
    signed_in(people.head)
    signed_in(people.teacher)
    Session.objects.filter(pk=Session.objects.first().pk).update(expire_date=timezone.now() - timedelta(days=1))
    code, out, _ = said(capsys, "tidy")
    assert code == 0
    assert "เกิน 90 วันแล้ว: 0 รายการ" in out
    assert "บันทึกการเปิดดู: 1 เดือน" in out
    assert Session.objects.count() == 1
    assert "แล้ว: 1 รายการ" in said(capsys, "tidy", "--days", "0")[1]
    link.refresh_from_db()
    assert link.title == "ลบถาวรแล้ว"


def test_tidying_with_days_below_zero_is_wrong_usage(record: User, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["tidy", "--days", "-1"])
    assert ended.value.code == 2
