"""Provinces, districts, area offices and schools."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Province(models.Model):
    """A province by its two-digit code ("52"), which is text."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["code"]

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
    """A primary (สพป.) or secondary (สพม.) area office; it may span several provinces."""

    PRIMARY, SECONDARY = "primary", "secondary"
    LEVELS: ClassVar = [(PRIMARY, "ประถมศึกษา"), (SECONDARY, "มัธยมศึกษา")]

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=10, choices=LEVELS)
    provinces = models.ManyToManyField(Province, related_name="offices")

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


class School(models.Model):
    """A school. Both codes are text; its province is its district's, whatever office it belongs to.

    ``is_quality``: a quality school of the programme, which takes part in rounds.
    """

    ministry_code = models.CharField(max_length=10, unique=True)
    smis_code = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=160)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="schools")
    office = models.ForeignKey(AreaOffice, on_delete=models.PROTECT, related_name="schools")
    grades = models.JSONField(default=list)
    is_quality = models.BooleanField(default=False)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["office__code", "ministry_code"]

    def __str__(self) -> str:
        return self.name
