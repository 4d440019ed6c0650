"""Every role's whole way, walked by filling in what the pages offer: invited, joined, a first deed, ended."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from khunnaphap.accounts.models import Appointment, Invitation, User
from khunnaphap.accounts.roles import ROLES
from khunnaphap.assessments.models import Assessment
from tests.people import JAEHOM, People
from tests.signing import signed_in
from tests.web.offered import form_with, forms_in

GIVERS = {"teacher": "head", "head": "verifier", "verifier": "director"}
"""Who gives a role beside the administrator, who gives them all."""
WORDS = {"school": JAEHOM, "office": "ลำปาง เขต 3", "province": "ลำปาง", "region": "15", "nation": ""}
"""By what one looks for a place of a kind."""


def page_of(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def invited(giver: Client, role: str) -> str:
    """The link that the page shows once its form is sent as it is offered."""
    finder = form_with(page_of(giver, "/people/invite/"), "role")
    assert role in finder.fields["role"].choices
    address = f"/people/invite/?role={role}&q={WORDS[ROLES[role].place]}"
    form = form_with(page_of(giver, address), "place")
    shown = giver.post(address, form.filled(name="สายฝน ต้นน้ำ"))
    assert shown.status_code == 200
    link = re.search(r"/invitations/[\w-]+/", shown.content.decode())
    assert link, shown.content.decode()
    return link.group()


def joined(link: str) -> tuple[Client, User]:
    """Somebody new who opens the link and fills in the form."""
    client = Client()
    form = form_with(page_of(client, link), "password1")
    answer = client.post("/invitations/", form.filled())
    assert answer.status_code == 302, answer.content.decode()
    person = User.objects.get(username=form.filled()["username"][0])
    return client, person


def answers(client: Client, base: str) -> bool:
    address = f"{base}indicators/building-soundness/"
    form = form_with(page_of(client, address), "level")
    return client.post(address, form.filled(level="3", reason="ตามจริง")).status_code == 302


def comments(client: Client, base: str) -> bool:
    address = f"{base}indicators/building-soundness/"
    form = form_with(page_of(client, address), "text")
    return client.post(form.action or address, form.filled(text="สวัสดีครับ")).status_code == 302


def reads_the_board(client: Client, base: str) -> bool:
    return "อนุบาลแจ้ห่ม" in page_of(client, "/board/")


def opens_a_round(client: Client, base: str) -> bool:
    form = form_with(page_of(client, "/rounds/new/"), "edition")
    answer = client.post("/rounds/new/", form.filled())
    assert answer.status_code == 302, answer.content.decode()
    return True


DEEDS: dict[str, Callable[[Client, str], bool]] = {
    "teacher": answers, "head": answers, "verifier": comments, "director": comments, "provincial": reads_the_board,
    "inspector": reads_the_board, "obec": opens_a_round, "administrator": opens_a_round,
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("by", ["administrator", "nearest"])
def test_every_role_goes_its_whole_way_by_what_the_pages_offer(
    role: str, by: str, people: People, assessment: Assessment, base: str
) -> None:
    giver = signed_in(people.by["administrator" if by == "administrator" else GIVERS.get(role, "administrator")])
    client, person = joined(invited(giver, role))
    held = Appointment.objects.get(person=person)
    assert (held.role, held.revoked_at) == (role, None)
    assert DEEDS[role](client, base)
    address = f"/people/roles/{held.pk}/end/"
    assert address in page_of(giver, f"/people/?q={person.username}")
    assert giver.post(address, forms_in(page_of(giver, address))[-1].filled()).status_code == 302
    assert client.get(base).status_code == 404


def test_the_nation_is_a_choice_with_a_value_and_no_other_value_stands_for_it(people: People) -> None:
    giver = signed_in(people.administrator)
    for place, made in (("", 0), ("1", 0), ("nation", 1)):
        giver.post("/people/invite/?role=obec", {"place": place, "name": "ก"})
        assert Invitation.objects.filter(role="obec").count() == made, place
