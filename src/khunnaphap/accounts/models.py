"""The user of this system, the roles people hold in places, and invitations to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from khunnaphap.organisations.models import AreaOffice, Province, Region, School

from .reach import Reach
from .roles import ROLES

SYSTEM_USERNAME = "system"


class User(AbstractUser):
    """A person, or (``is_system``) the one actor that stands for the system and can never sign in."""

    is_system = models.BooleanField(default=False, editable=False)

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def reach(self) -> Reach:
        """What the person's roles reach now; asked once a request, so that a revoked role ends at the next one."""
        today = timezone.localdate()
        every = tuple(Appointment.objects.ever_held(self.pk))
        now = tuple(one for one in every if one.holds_on(today))
        return Reach(now, tuple(one for one in every if one not in now))


PLACES = ("school", "office", "province", "region")
"""The places of appointments and invitations, for lists that name them."""


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments by day, by person and by who may see them."""

    def ever_held(self, person_id: int) -> Iterable[Appointment]:
        """All of one person; in SQL, which Django would compose anew at each request (ADR 0012)."""
        return self.raw(f"SELECT * FROM {self.model._meta.db_table} WHERE person_id = %s ORDER BY id", [person_id])  # noqa: S608

    def in_force(self, day: date) -> AppointmentQuerySet:
        """Those that hold on a day, as ``Appointment.holds_on``."""
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day, revoked_at=None)

    def visible_to(self, person: User) -> AppointmentQuerySet:
        """A person's own; those in the places where the person appoints."""
        reach = person.reach
        if reach.may("see_all_people"):
            return self
        schools = School.objects.filter(reach.schools("appoint_teacher") | reach.schools("appoint_head"))
        return self.filter(Q(person=person) | Q(school__in=schools) | Q(office__in=reach.offices("appoint_officer")))


class Held(models.Model):
    """A role in a place: what an appointment gives and an invitation offers.

    Exactly the place of the role's kind is set; ``components`` are the ids that a teacher is assigned (none = all).
    """

    role = models.CharField(max_length=20, choices=[(role.key, role.title) for role in ROLES.values()])
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(AreaOffice, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(Province, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    components = models.JSONField(default=list, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """The kind of place: school, office, province, region or nation."""
        return ROLES[self.role].place

    @property
    def place_id(self) -> int | str | None:
        """The key of the place; ``None`` for the nation."""
        return None if self.place == "nation" else getattr(self, f"{self.place}_id")

    @property
    def place_name(self) -> str:
        """The place as people call it."""
        return gettext_noop("ทั้งประเทศ") if self.place == "nation" else str(getattr(self, self.place))

    @property
    def role_title(self) -> str:
        """The role as people call it."""
        return ROLES[self.role].title

    def holds_on(self, day: date) -> bool:
        """Whether the role is in force on a day."""
        return self.revoked_at is None and self.starts <= day and (self.ends is None or self.ends >= day)

    def covers(self, school: School) -> bool:
        """Whether a school lies in the place."""
        match self.place:
            case "school":
                return self.school_id == school.pk
            case "office":
                return self.office_id == school.office_id
            case "province":
                return self.province_id == school.district.province_id
            case "region":
                return self.region_id == school.district.province.region_id
        return True


class Appointment(Held):
    """A role that a person holds in a place from a day on, to a day or until it is revoked."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["person_id", "id"]

    def __str__(self) -> str:
        return f"{self.person} {self.role_title} {self.place_name}"


class Invitation(Held):
    """An invitation into a role by a link that works once; only the SHA-256 of its token is kept."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations_made")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} {self.role_title} {self.place_name}"

    @property
    def is_open(self) -> bool:
        """True while the link works."""
        return self.accepted_at is None and self.revoked_at is None and timezone.now() < self.expires_at
