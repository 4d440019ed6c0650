"""A few people everyone knows, each with the role the name says, in the demo's places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from khunnaphap.accounts.actions import Post, appoint, make_person
from khunnaphap.accounts.models import User
from khunnaphap.organisations.models import AreaOffice, Province, Region, School

JAEHOM, WANGNUEA = "1052500312", "1052500197"


NAMES = {
    "teacher": "ดอกรัก ใจเย็น", "head": "สมหมาย ร่มเย็นดี", "verifier": "รุ่งอรุณ ตาคม", "director": "ประสาน ยุติธรรมดี",
    "provincial": "แก้วตา เมืองเขลางค์", "inspector": "ตะวัน มองไกล", "obec": "พิกุล กลางเมือง",
    "administrator": "กุญแจ ดูแลดี", "other_head": "บัวผัน ทุ่งกว้าง", "other_verifier": "เมฆา ภูสูง", "nobody": "ไร้นาม ไร้งาน",
}  # fmt: skip


@dataclass(frozen=True)
class People:
    """Kru (teacher) and head of อนุบาลแจ้ห่ม; a verifier and the director of สพป.ลำปาง เขต 3; a stranger of เขต 1."""

    by: Mapping[str, User]

    def __getattr__(self, name: str) -> User:
        return self.by[name]


def make_people(actor: User) -> People:
    jaehom = School.objects.get(ministry_code=JAEHOM)
    other = School.objects.filter(is_quality=True).exclude(office=jaehom.office).first()
    posts = {
        "teacher": Post("teacher", jaehom),
        "head": Post("head", jaehom),
        "verifier": Post("verifier", jaehom.office),
        "director": Post("director", jaehom.office),
        "provincial": Post("provincial", Province.objects.get(code="52")),
        "inspector": Post("inspector", Region.objects.get(number=15)),
        "obec": Post("obec"),
        "administrator": Post("administrator"),
        "other_head": Post("head", other),
        "other_verifier": Post("verifier", AreaOffice.objects.exclude(pk=jaehom.office_id).get(pk=other.office_id)),
    }
    made = {}
    for name, post in posts.items():
        made[name] = make_person(username=name, name=NAMES[name], email=f"{name}@example.org", password=None, by=actor)
        appoint(person=made[name], post=post, by=actor)
    made["nobody"] = make_person(username="nobody", name=NAMES["nobody"], email="", password=None, by=actor)
    return People(made)
