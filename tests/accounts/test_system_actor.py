"""The first migration brings the system actor, who can never sign in."""

from __future__ import annotations

from khunnaphap.accounts.models import User


def test_the_system_actor_is_there_and_cannot_sign_in(actor: User) -> None:
    assert actor.is_system
    assert not actor.is_active
    assert not actor.has_usable_password()
    assert User.objects.count() == 1
