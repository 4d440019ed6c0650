"""A person for each role in the demo's places, with invented names and no password: only demo mode lets them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from khunnaphap.accounts.actions import Post, appoint, make_person
from khunnaphap.accounts.models import User
from khunnaphap.accounts.roles import ROLES
from khunnaphap.assessments.models import Round
from khunnaphap.organisations.models import AreaOffice, Province, Region, School

_SCHOOL, _OFFICE, _PROVINCE, _REGION = "1052500312", "520003", "52", 15


@dataclass(frozen=True)
class DemoPerson:
    """Somebody of the demo: the username, the role, the name."""

    username: str
    role: str
    name: str


PEOPLE: Final = (
    DemoPerson("demo-teacher", "teacher", "ดอกรัก ใจเย็น"),
    DemoPerson("demo-head", "head", "สมหมาย ร่มเย็นดี"),
    DemoPerson("demo-verifier", "verifier", "รุ่งอรุณ ตาคม"),
    DemoPerson("demo-director", "director", "ประสาน ยุติธรรมดี"),
    DemoPerson("demo-provincial", "provincial", "แก้วตา เมืองเขลางค์"),
    DemoPerson("demo-inspector", "inspector", "ตะวัน มองไกล"),
    DemoPerson("demo-obec", "obec", "พิกุล กลางเมือง"),
    DemoPerson("demo-administrator", "administrator", "กุญแจ ดูแลดี"),
)


def make_people(*, by: User) -> list[User]:
    """The demo's people with their roles, in a record that ``build`` has just made."""
    school = School.objects.get(ministry_code=_SCHOOL)
    places = {
        "school": school,
        "office": AreaOffice.objects.get(code=_OFFICE),
        "province": Province.objects.get(code=_PROVINCE),
        "region": Region.objects.get(number=_REGION),
        "nation": None,
    }
    made = []
    for one in PEOPLE:
        person = make_person(username=one.username, name=one.name, email="", password=None, by=by)
        appoint(person=person, post=Post(one.role, places[ROLES[one.role].place]), by=by)
        made.append(person)
    return made


def is_demo_record() -> bool:
    """Whether the record is the demo's: it has rounds, and every one of them is an example."""
    return Round.objects.exists() and not Round.objects.filter(is_example=False).exists()


def demo_person(username: str) -> User | None:
    """One of the demo's people, in the demo's record; ``None`` for anybody else, and in any other record."""
    if username not in {one.username for one in PEOPLE} or not is_demo_record():
        return None
    return User.objects.filter(username=username, is_active=True).first()
