"""The demo's people with their role's title, for the sign-in page of the demo."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from khunnaphap.accounts.roles import ROLES
from khunnaphap.demo.people import PEOPLE, is_demo_record

register = template.Library()


@register.simple_tag
def demo_people() -> list[dict[str, str]]:
    """Everybody one may sign in as; nobody in a record that is not the demo's."""
    if not is_demo_record():
        return []
    return [{"username": one.username, "name": one.name, "title": gettext(ROLES[one.role].title)} for one in PEOPLE]
