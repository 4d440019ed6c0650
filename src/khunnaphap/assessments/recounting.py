"""Every stored colour computed again from the levels it was made from, for the whole country at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.db import connection
from django.db.models import Q, QuerySet

from khunnaphap.core.bulk import colour_places
from khunnaphap.core.framework import Framework
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import framework_of, titled

from .models import Classification


@dataclass(frozen=True)
class Recount:
    """An edition's latest snapshots and rescores: how many, and those whose colour does not follow from their levels."""

    counted: int
    differing: tuple[Classification, ...]


def recount() -> Iterator[Recount]:
    """Recount the latest snapshots and the rescores, an edition at a time, straight from the packed levels."""
    for edition in Edition.objects.filter(status=Edition.PUBLISHED):
        kept = Q(is_latest=True) | Q(is_rescore=True)
        latest = Classification.objects.filter(kept, edition=edition).order_by("pk")
        stored, levels = _read(latest)
        if stored:
            wrong = _differing(framework_of(edition), stored, levels)
            yield Recount(len(stored), tuple(latest[int(place)] for place in wrong))


def colour_title(row: Classification) -> str:
    """The Thai name of a snapshot's colour; one that the edition does not have as it stands there."""
    bands = framework_of(row.edition).bands
    return next((titled(band) for band in bands if band.colour == row.colour), row.colour)


def _read(latest: QuerySet[Classification]) -> tuple[list[str], list[bytes]]:
    """Colours and packed levels in two lists: a row of Python objects for each snapshot would take twice the time."""
    stored, levels = [], []
    sql, parameters = latest.values_list("colour", "levels").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for colour, packed in cursor:
            stored.append(colour)
            levels.append(packed)
    return stored, levels


def _differing(framework: Framework, stored: list[str], levels: list[bytes]) -> np.ndarray:
    """The places (from 0) where the stored colour is not the one that follows."""
    packed = np.frombuffer(b"".join(levels), dtype=np.uint8).reshape(len(levels), len(framework.indicators))
    places = {band.colour: place for place, band in enumerate(framework.bands)} | {"": -1}
    return np.flatnonzero(colour_places(framework, packed) != np.array([places.get(colour, -2) for colour in stored]))
