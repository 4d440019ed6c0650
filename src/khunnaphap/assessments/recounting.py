"""Every stored colour computed again from the levels it was made from, for the whole country at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.db import connection

from khunnaphap.core.bulk import colour_places
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import framework_of

from .models import Classification


@dataclass(frozen=True)
class Recount:
    """The latest snapshots of one edition: their ids, the colours they hold, and the colours that follow today."""

    ids: tuple[int, ...]
    stored: tuple[str, ...]
    colours: tuple[str, ...]

    @property
    def differing(self) -> list[int]:
        """Ids of the snapshots whose stored colour does not follow from their levels."""
        pairs = zip(self.ids, self.stored, self.colours, strict=True)
        return [pk for pk, before, now in pairs if before != now]


def recount() -> Iterator[Recount]:
    """Recount the latest snapshots, an edition at a time; one query each, straight from the packed levels."""
    for edition in Edition.objects.filter(status=Edition.PUBLISHED):
        found = Classification.objects.filter(edition=edition, is_latest=True).order_by()
        sql, parameters = found.values_list("pk", "colour", "levels").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            rows = cursor.fetchall()
        if rows:
            ids, stored, levels = zip(*rows, strict=True)
            yield Recount(ids, stored, _colours(edition, levels))


def _colours(edition: Edition, levels: tuple[bytes, ...]) -> tuple[str, ...]:
    framework = framework_of(edition)
    packed = np.frombuffer(b"".join(levels), dtype=np.uint8).reshape(len(levels), len(framework.indicators))
    names = np.array([*(band.colour for band in framework.bands), ""], dtype=object)
    return tuple(names[colour_places(framework, packed)])
