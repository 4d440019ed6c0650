"""What every page knows: where the site stands, and what the person's roles open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from khunnaphap.accounts.mailing import mail_leaves
from khunnaphap.accounts.queries import roles_to_give
from khunnaphap.assessments.pages.work import WAITS

from .guides import helping


def site(request: HttpRequest) -> dict[str, Any]:
    """``may``: what the bar offers; nothing is asked of the database for a stranger."""
    person = getattr(request, "user", None)
    match = getattr(request, "resolver_match", None)
    name = (match.url_name or "") if match else ""
    known = {"demo": settings.DEMO, "mail_leaves": mail_leaves()}
    if person is None or not person.is_authenticated:
        return {**known, "help_page": helping(name), "may": {}}
    reach = person.reach
    may = {
        "work": not reach.held or any(map(reach.may, WAITS)),
        "board": any(one.place != "school" for one in reach.held),
        "people": bool(roles_to_give(person)),
        "rounds": reach.may("open_round"),
    }
    return {**known, "help_page": helping(name, (one.role for one in reach.held)), "may": may}
