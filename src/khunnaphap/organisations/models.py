"""Regions, provinces, districts, offices, schools, and what schools have by date."""

from __future__ import annotations

from typing import ClassVar, Protocol

from django.db import models
from django.db.models import F, Q


class Region(models.Model):
    """An inspection region (เขตตรวจราชการ) by its number; 0 is the centre's."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return self.name


class Province(models.Model):
    """A province by its two-digit code ("52"), which is text."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=80)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="provinces")

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class ProvincialOffice(models.Model):
    """A provincial education office (ศธจ.), one a province."""

    province = models.OneToOneField(
        Province, primary_key=True, on_delete=models.PROTECT, related_name="provincial_office"
    )
    name = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["province"]

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A district (อำเภอ) by its four-digit code ("5201")."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=80)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="districts")

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class AreaOffice(models.Model):
    """A primary (สพป.) or secondary (สพม.) area office, or the special education bureau; it may span provinces.

    ``opened`` and ``closed`` are its first and last day, where known; ``predecessors`` are the offices whose work it
    took over, as in 2021, when 42 secondary offices became 62.
    """

    PRIMARY, SECONDARY, SPECIAL = "primary", "secondary", "special"
    LEVELS: ClassVar = [(PRIMARY, "ประถมศึกษา"), (SECONDARY, "มัธยมศึกษา"), (SPECIAL, "การศึกษาพิเศษ")]

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=10, choices=LEVELS)
    provinces = models.ManyToManyField(Province, related_name="offices")
    opened = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    predecessors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="successors")

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name as papers write it out: สำนักงานเขตพื้นที่การศึกษาประถมศึกษา… for สพป.…"""
        return self.name.replace("สพป.", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา").replace(
            "สพม.", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา"
        )


class OfficeAlias(models.Model):
    """Another name of an office, by which lists and people call it; ``key`` is the name as it is compared."""

    office = models.ForeignKey(AreaOffice, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=160)
    key = models.CharField(max_length=160, unique=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name


class Reaching(Protocol):
    """What a person's roles reach, as schools are asked for it."""

    def schools(self, permission: str = "", prefix: str = "") -> Q:
        """The schools that are seen, as a condition; ``prefix`` leads from another model to the school."""


class Person(Protocol):
    """Whoever looks: the rooms above know people."""

    reach: Reaching


class SchoolQuerySet(models.QuerySet["School"]):
    """Schools by who may see them."""

    def visible_to(self, person: Person, permission: str = "") -> SchoolQuerySet:
        """The schools that a person sees, or those in which the person holds a permission."""
        return self.filter(person.reach.schools(permission))


class School(models.Model):
    """A school. Both codes are text; its province is its district's, whatever office it belongs to.

    ``is_quality``: a quality school of the programme, which takes part in rounds. ``land_area`` is in square wah;
    ``position_source`` is how the coordinates were got, empty where nobody said.
    """

    POSITION_SOURCES: ClassVar = [
        ("gps", "วัดที่โรงเรียน (GPS)"),
        ("map", "จากแผนที่"),
        ("document", "จากเอกสาร"),
        ("centroid", "จุดกลางตำบล"),
    ]

    ministry_code = models.CharField(max_length=10, unique=True)
    smis_code = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=160)
    affiliation = models.CharField(max_length=80, blank=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="schools")
    office = models.ForeignKey(AreaOffice, on_delete=models.PROTECT, related_name="schools")
    grades = models.JSONField(default=list)
    is_quality = models.BooleanField(default=False)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    position_source = models.CharField(max_length=10, blank=True, choices=POSITION_SOURCES)
    land_area = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["office__code", "ministry_code"]

    def __str__(self) -> str:
        return self.name


class Building(models.Model):
    """A building of a school by its name there; ``design`` is the standard plan (สปช. 105/29), the year is B.E."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="buildings")
    name = models.CharField(max_length=120)
    design = models.CharField(max_length=80, blank=True)
    year_built = models.PositiveSmallIntegerField(null=True, blank=True)
    rooms = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["school_id", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["school", "name"], name="a_building_has_one_name")]

    def __str__(self) -> str:
        return f"{self.name} {self.school}"


class Headcount(models.Model):
    """How many students, teachers and classrooms a school had on a day; ``None`` is not known."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="headcounts")
    day = models.DateField()
    students = models.PositiveIntegerField(null=True, blank=True)
    teachers = models.PositiveIntegerField(null=True, blank=True)
    classrooms = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["school_id", "day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "day"], name="one_headcount_a_school_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.day}"


class NetworkLink(models.Model):
    """A network school of a quality school: kilometres by road, and whether it is expected to merge (เรียนรวม).

    The straight line between them is not kept: ``core.distances`` computes it from the coordinates.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="quality_links")
    quality_school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="network_links")
    road_km = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    merge_expected = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["quality_school_id", "school_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "quality_school"], name="one_link_a_pair"),
            models.CheckConstraint(condition=~Q(school=F("quality_school")), name="no_network_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.school} > {self.quality_school}"
