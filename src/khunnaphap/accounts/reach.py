"""How far a person's roles reach: which schools are seen, and what may be done in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from .roles import MAY, ROLES, Teacher

if TYPE_CHECKING:
    from khunnaphap.organisations.models import School

    from .models import Appointment

NOWHERE = Q(pk__in=[])

_PATHS = {
    "school": "pk",
    "office": "office_id",
    "province": "district__province_id",
    "region": "district__province__region_id",
}
"""From a school to the place that a role is held in."""


@dataclass(frozen=True)
class Reach:
    """The appointments of one person that are in force now; ``past`` are those that are over."""

    held: tuple[Appointment, ...]
    past: tuple[Appointment, ...] = ()

    def ever(self, school: School) -> frozenset[str]:
        """All that the person may do in a school, or might once."""
        roles = {ROLES[one.role] for one in (*self.held, *self.past) if one.covers(school)}
        return frozenset(permission for permission, allowed in MAY.items() if allowed & roles)

    def schools(self, permission: str = "", prefix: str = "") -> Q:
        """The schools that are seen (or in which ``permission`` is held), as a condition on ``School``.

        ``prefix`` leads from another model to the school ("school__").
        """
        found = NOWHERE
        for one in self._with(permission):
            if one.place == "nation":
                return Q()
            found |= Q(**{f"{prefix}{_PATHS[one.place]}": one.place_id})
        return found

    def may(self, permission: str, school: School | None = None) -> bool:
        """Whether the table allows it, in this school (or anywhere, without one)."""
        return any(school is None or one.covers(school) for one in self._with(permission))

    def components(self, school: School) -> frozenset[str] | None:
        """The ids of the components that the person answers in a school; ``None`` = all of them."""
        assigned: set[str] = set()
        for one in self._with("answer"):
            if not one.covers(school):
                continue
            if ROLES[one.role] is not Teacher or not one.components:
                return None
            assigned |= set(one.components)
        return frozenset(assigned)

    def offices(self, permission: str = "") -> frozenset[int]:
        """The ids of the area offices in which the person holds a role."""
        return frozenset(one.office_id for one in self._with(permission) if one.office_id is not None)

    @property
    def is_national(self) -> bool:
        """True when every school is seen."""
        return any(one.place == "nation" for one in self.held)

    def _with(self, permission: str) -> Iterable[Appointment]:
        if not permission:
            return self.held
        allowed = MAY[permission]
        return (one for one in self.held if ROLES[one.role] in allowed)
