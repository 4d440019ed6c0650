"""Roles as classes, and the one table that says which of them may do what."""

from __future__ import annotations

from typing import ClassVar, Final, Literal, TypeAlias

from django.utils.translation import gettext_noop as _

Place: TypeAlias = Literal["school", "office", "province", "region", "nation"]

PLACE_TITLES: Final[dict[str, str]] = {
    "school": "โรงเรียน",
    "office": "สำนักงานเขตพื้นที่",
    "province": "จังหวัด",
    "region": "เขตตรวจราชการ",
    "nation": "ทั้งประเทศ",
}


class Role:
    """What a person is in a place; ``key`` is stored, ``place`` is the kind of place it is held in."""

    key: ClassVar[str]
    title: ClassVar[str]
    place: ClassVar[Place]


class Teacher(Role):
    """A teacher who answers the components that the head assigned (none assigned = all)."""

    key, title, place = "teacher", _("ครูผู้ประเมิน"), "school"


class Head(Role):
    """The head of a school: answers, assigns, submits."""

    key, title, place = "head", _("ผู้อำนวยการโรงเรียน"), "school"


class Verifier(Role):
    """An area officer who verifies schools."""

    key, title, place = "verifier", _("ผู้ตรวจสอบของเขตพื้นที่"), "office"


class Director(Role):
    """The director of an area office: approves."""

    key, title, place = "director", _("ผู้อำนวยการสำนักงานเขตพื้นที่"), "office"


class Provincial(Role):
    """An officer of a provincial education office: reads its province."""

    key, title, place = "provincial", _("เจ้าหน้าที่ศึกษาธิการจังหวัด"), "province"


class Inspector(Role):
    """An inspector of the ministry: reads a region."""

    key, title, place = "inspector", _("ผู้ตรวจราชการ"), "region"


class Obec(Role):
    """An officer of OBEC: opens rounds, reads the country."""

    key, title, place = "obec", _("เจ้าหน้าที่ สพฐ."), "nation"


class Administrator(Role):
    """Who keeps the system: people, rounds."""

    key, title, place = "administrator", _("ผู้ดูแลระบบ"), "nation"


ROLES: Final[dict[str, type[Role]]] = {
    role.key: role for role in (Teacher, Head, Verifier, Director, Provincial, Inspector, Obec, Administrator)
}

MAY: Final[dict[str, frozenset[type[Role]]]] = {
    "answer": frozenset({Teacher, Head}),
    "submit": frozenset({Head}),
    "assign": frozenset({Head}),
    "comment": frozenset({Teacher, Head, Verifier, Director}),
    "verify": frozenset({Verifier, Director}),
    "return": frozenset({Verifier, Director}),
    "approve": frozenset({Director}),
    "unlock": frozenset({Director}),
    "override": frozenset({Director, Obec}),
    "open_round": frozenset({Director, Obec, Administrator}),
    "close_round": frozenset({Obec, Administrator}),
    "correct_round": frozenset({Obec, Administrator}),
    "extend": frozenset({Verifier, Director, Obec, Administrator}),
    "remind": frozenset({Verifier, Director, Obec, Administrator}),
    "appoint_teacher": frozenset({Head, Administrator}),
    "appoint_head": frozenset({Verifier, Director, Administrator}),
    "appoint_officer": frozenset({Director, Administrator}),
    "appoint_any": frozenset({Administrator}),
    "rescore": frozenset({Obec, Administrator}),
    "see_all_people": frozenset({Administrator}),
}
"""Who may do what; who may see follows from the places of a person's roles (``Reach``)."""

APPOINTS: Final[dict[str, str]] = {
    "teacher": "appoint_teacher",
    "head": "appoint_head",
    "verifier": "appoint_officer",
    "director": "appoint_any",
    "provincial": "appoint_any",
    "inspector": "appoint_any",
    "obec": "appoint_any",
    "administrator": "appoint_any",
}
"""The permission that inviting somebody into a role asks for, in that role's place."""
