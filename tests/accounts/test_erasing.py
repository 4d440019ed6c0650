"""Erasing takes everything: open invitations, what a database file leaves behind; and power that ends ends its invitations."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.people import JAEHOM, People
from tests.signing import signed_in

from khunnaphap.accounts.actions import (
    Post,
    accept_invitation,
    end_invitations,
    erase_person,
    invite,
    invite_first_administrator,
    revoke_appointment,
)
from khunnaphap.accounts.models import Invitation, User
from khunnaphap.assessments.actions import comment
from khunnaphap.assessments.models import Assessment
from khunnaphap.audit.models import Event
from khunnaphap.core.problems import Refusal
from khunnaphap.organisations.models import School


def invited(by: User, email: str = "") -> tuple[Invitation, str]:
    school = School.objects.get(ministry_code=JAEHOM)
    return invite(post=Post("teacher", school), name="ดวงใจ ใสสะอาด", email=email, by=by)


def test_open_invitations_to_and_by_an_erased_person_end_and_name_nobody(people: People) -> None:
    invited(people.administrator, "Teacher@example.org".lower())
    by_them, token = invited(people.head)
    erase_person(person=people.teacher, by=people.administrator)
    assert list(Invitation.objects.filter(email="teacher@example.org")) == []
    assert Invitation.objects.filter(name="ดวงใจ ใสสะอาด").count() == 1
    erase_person(person=people.head, by=people.administrator)
    by_them.refresh_from_db()
    assert by_them.revoked_at is not None
    assert Client().get(f"/invitations/{token}/").status_code == 410


def test_a_comments_author_shows_as_erased_and_its_words_stay(
    people: People, assessment: Assessment, base: str
) -> None:
    comment(assessment=assessment, indicator="building-soundness", text="หลังคารั่ว", by=people.teacher)
    erase_person(person=people.teacher, by=people.administrator)
    page = signed_in(people.head).get(f"{base}indicators/building-soundness/").content.decode()
    assert ("หลังคารั่ว" in page, "ผู้ใช้ที่ลบข้อมูลแล้ว" in page, "ดอกรัก" in page) == (True, True, False)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_record_holds_an_erased_name(people: People) -> None:
    """No file of SQLite; on PostgreSQL, which overwrites by its own vacuum, no row of any table."""
    User.objects.filter(pk=people.teacher.pk).update(first_name="ชื่อที่ต้องหายไป", last_name="x" * 30)
    invited(people.administrator, "vanish-from-disk@example.org")
    User.objects.filter(pk=people.teacher.pk).update(email="vanish-from-disk@example.org")
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert "secure_delete=ON" in settings.DATABASES["default"]["OPTIONS"]["init_command"]
    assert "ชื่อที่ต้องหายไป".encode() in _kept()
    erase_person(person=people.teacher, by=people.administrator)
    left = _kept()
    assert "ชื่อที่ต้องหายไป".encode() not in left
    assert b"vanish-from-disk@example.org" not in left


def _kept() -> bytes:
    """All that the database holds: its files, or where a server keeps them the rows of every table."""
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        return b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT whole::text FROM {connection.ops.quote_name(table)} AS whole")
            rows += [text for (text,) in cursor.fetchall()]
    return "\n".join(rows).encode()


def test_an_invitation_dies_with_its_makers_power_and_comes_to_an_honest_page(people: People) -> None:
    made, token = invited(people.head)
    revoke_appointment(appointment=people.head.appointments.get(), by=people.administrator)
    made.refresh_from_db()
    assert made.revoked_at is not None
    assert Client().get(f"/invitations/{token}/").status_code == 410
    assert Event.objects.filter(verb="revoke_appointment").get().data["invitations"] == 1


def test_accepting_asks_the_table_again_when_a_makers_day_is_over_or_the_account_is_closed(people: People) -> None:
    made, token = invited(people.head)
    client = Client()
    client.get(f"/invitations/{token}/")
    people.head.appointments.update(ends=timezone.localdate() - timedelta(days=1))
    assert client.get("/invitations/").status_code == 410
    with pytest.raises(Refusal, match="ไม่มีสิทธิ์แต่งตั้งบทบาทนี้แล้ว"):
        accept_invitation(invitation=made, by=people.nobody)
    people.head.appointments.update(ends=None)
    User.objects.filter(pk=people.head.pk).update(is_active=False)
    with pytest.raises(Refusal):
        accept_invitation(invitation=made, by=people.nobody)


def test_an_invitation_of_one_power_outlives_the_end_of_another(people: People) -> None:
    made, _ = invited(people.administrator)
    revoke_appointment(appointment=people.head.appointments.get(), by=people.administrator)
    accept_invitation(invitation=made, by=people.nobody)
    made.refresh_from_db()
    assert made.accepted_by == people.nobody


def test_the_first_administrators_link_needs_no_power(actor: User, client: Client) -> None:
    token = invite_first_administrator(by=actor)
    assert client.get(f"/invitations/{token}/").status_code == 302


def test_invitations_that_are_over_end_and_name_nobody(people: People) -> None:
    old, _ = invited(people.head, "old@example.org")
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    invited(people.head, "powerless@example.org")
    fresh, _ = invited(people.administrator, "fresh@example.org")
    people.head.appointments.update(ends=timezone.localdate() - timedelta(days=1))
    assert end_invitations(by=people.administrator) == 2
    assert end_invitations(by=people.administrator) == 0
    assert list(Invitation.objects.exclude(email="").values_list("email", flat=True)) == ["fresh@example.org"]
    assert Event.objects.filter(verb="end_invitations").count() == 1
    fresh.refresh_from_db()
    assert fresh.is_open
