"""What an event is about, in words: a school by its name, never the id of a row."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext

from khunnaphap.organisations.models import AreaOffice, School


def subjects_in_words(subjects: Collection[str]) -> dict[str, str]:
    """Each subject of an event ("assessment:2567/1:1052500312") as a person reads it, in two queries."""
    parts = {subject: tuple(subject.split(":")) for subject in subjects}
    codes = {one[-1] for one in parts.values() if one[0] in ("assessment", "account")}
    schools = {one.ministry_code: str(one) for one in School.objects.filter(ministry_code__in=codes)}
    offices = {one.code: str(one) for one in AreaOffice.objects.filter(code__in=codes)}
    return {subject: _told(one, schools | offices) for subject, one in parts.items()}


def _told(parts: tuple[str, ...], places: Mapping[str, str]) -> str:
    match parts:
        case ("assessment", name, code):
            return gettext("%(school)s รอบ %(name)s") % {"school": places.get(code, code), "name": name}
        case ("account", year, code):
            return gettext("%(office)s ปีงบประมาณ %(year)s") % {"office": places.get(code, code), "year": year}
        case ("round", name):
            return gettext("รอบ %(name)s") % {"name": name}
        case ("user", username):
            return gettext("บัญชี %(username)s") % {"username": username}
        case ("import", number):
            return gettext("การนำเข้าที่ %(number)s") % {"number": number}
        case ("edition", code):
            return gettext("เกณฑ์ %(code)s") % {"code": code}
        case ("inspection", name) | ("report", _, name):
            return gettext("การตรวจราชการ %(name)s") % {"name": name}
        case ("invitation" | "invitations", *_):
            return gettext("คำเชิญ")
        case ("evidence", *_):
            return gettext("หลักฐานของโรงเรียน")
        case ("assessments", *_):
            return gettext("ผลประเมินทั้งหมด")
    return gettext("ทะเบียน")
