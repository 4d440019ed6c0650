"""Inspections, and the papers issued for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from khunnaphap.core.rounds import RoundName


class Inspection(models.Model):
    """A ministry inspection: budget year and number, and the moment after which rounds no longer count."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    cut_off = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["year", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "number"], name="one_inspection_a_name")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> RoundName:
        """Budget year/number, e.g. 2567/2."""
        return RoundName(self.year, self.number)
