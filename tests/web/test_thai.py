"""Nothing that a visitor can meet of Django's forms and sign-in, or of allauth, is left in English."""

from __future__ import annotations

import gettext
from datetime import UTC, datetime
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from khunnaphap.core.framework import Framework
from khunnaphap.core.thai.dates import parse_date

ROOMS = {
    Path(django.__file__).parent / "conf": ("forms/", "core/validators", "db/models/fields", "utils/timesince"),
    Path(django.__file__).parent / "contrib" / "auth": ("forms.py", "password_validation", "validators.py"),
    Path(allauth.__file__).parent: ("account/", "mfa/", "usersessions/"),
}
TECHNICAL = {":", ", ", ":?.!", "IPv4", "IPv6", "IPv4 address", "URL", "uid", "token", "String (unlimited)", "Positive big integer", "Raw binary data", "A JSON object", "Universally unique identifier"}  # fmt: skip
OF_THE_ADMIN = ("Whether the user will", "Enable password-based", "%(from)s-%(to)s relationship")


def met(folder: Path, places: tuple[str, ...]) -> set[str]:
    with (folder / "locale" / "en" / "LC_MESSAGES" / "django.po").open("rb") as file:
        found = [m for m in read_po(file) if m.id and any(p in where for where, _ in m.locations for p in places)]
    ids = {m.id if isinstance(m.id, str) else m.id[0] for m in found if not m.context}
    return {one for one in ids if one not in TECHNICAL and not one.startswith(OF_THE_ADMIN)}


@pytest.mark.parametrize("folder", ROOMS, ids=lambda folder: folder.name)
def test_every_sentence_a_visitor_can_meet_is_thai(folder: Path) -> None:
    with translation.override("th"):
        same = {one for one in met(folder, ROOMS[folder]) if translation.ngettext(one, one, 1) == one and translation.gettext(one) == one}  # fmt: skip
    assert same == set()


def test_the_thai_catalogue_is_compiled_and_leaves_our_own_sentences_alone() -> None:
    import khunnaphap

    folder = Path(khunnaphap.__file__).parent / "locale" / "th" / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as file:
        source = {
            m.id: m.string for m in read_po(file, locale="th") if isinstance(m.id, str) and m.id and not m.context
        }
    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {text: compiled.gettext(text) for text in source} == source, "run `make messages`"
    with translation.override("th"):
        assert translation.gettext("ข้อมูลของฉัน") == "ข้อมูลของฉัน"


def test_levels_colours_and_short_dates_speak_the_language_of_the_page(framework: Framework) -> None:
    from khunnaphap.web.templatetags import thai

    indicator, moment = framework.indicators[0], datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
    for language, told in (("th", ("4 ดีเลิศ", "เขียว", "4 ธ.ค. 2569")), ("en", ("4 Very good", "Green", "4 Dec 2569"))):
        with translation.override(language):
            shown = (thai.rating(4, indicator), thai.colour_title("green", framework), thai.be_short(moment))
        assert shown == told
        assert parse_date(shown[2]) == moment.date()
