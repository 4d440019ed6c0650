"""The nation's colours: 29,579 schools x 74 indicators x 3 rounds, from the store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from khunnaphap.assessments.models import Assessment, Classification, Round
from khunnaphap.assessments.recounting import recount
from khunnaphap.core.bulk import colour_places
from khunnaphap.core.colours import classify
from khunnaphap.core.framework import Framework
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import framework_of

from .making import schools
from .measuring import Table, median_seconds

SCHOOLS, ROUNDS = 29_579, 3


def run(home: Path) -> list[Table]:
    """Fill the store once, then count from it; every colour is compared with the exact way for a sample."""
    first = schools(SCHOOLS, offices=245)
    edition = Edition.objects.get()
    framework = framework_of(edition)
    chance = np.random.default_rng(2567)
    aims = chance.normal(3.7, 0.5, size=(SCHOOLS * ROUNDS, 1))
    levels = np.clip(np.rint(chance.normal(aims, 0.6, size=(SCHOOLS * ROUNDS, 74))), 1, 5).astype(np.uint8)
    levels[chance.random(levels.shape) < 0.02] = 255
    _store(first, edition, framework, levels)
    table = Table(f"Colours of the nation ({SCHOOLS:,} schools x 74 x {ROUNDS} rounds)")
    table.add(
        "numpy, in memory, bounds rechecked exactly",
        f"{median_seconds(lambda: colour_places(framework, levels)) * 1e3:.0f} ms",
    )
    table.add(
        "from SQLite, packed levels, colours compared with the stored ones",
        f"{median_seconds(lambda: list(recount())) * 1e3:.0f} ms",
        "< 150 ms",
    )
    sample = levels[:: len(levels) // 2000]
    exact = median_seconds(lambda: [_one(framework, row) for row in sample], runs=3)
    table.add("exact fractions, one by one (2,000 measured, scaled)", f"{exact * len(levels) / len(sample):.1f} s")
    differing = sum(
        _one(framework, row) != place for row, place in zip(sample, colour_places(framework, sample), strict=True)
    )
    table.add("colours that differ from the exact way in that sample", f"{differing} of {len(sample):,}", "0")
    return [table]


def _one(framework: Framework, row: np.ndarray) -> int:
    from khunnaphap.core.framework import NA

    ratings = {i: NA if value == 255 else int(value) for i, value in zip(framework.by_id, row, strict=True)}
    band = classify(framework, ratings, {}).band
    return -1 if band is None else framework.bands.index(band)


def _store(first: Round, edition: Edition, framework: Framework, levels: np.ndarray) -> None:
    """The snapshots of three rounds, as the product's actions would have left them."""
    pks = list(first.assessments.values_list("school_id", flat=True))
    for number in (2, 3):
        moment = datetime(2024, number + 1, 1, tzinfo=UTC)
        made = Round.objects.create(
            edition=edition, year=2567, number=number, opens=moment, closes=moment.replace(day=20)
        )
        Assessment.objects.bulk_create([Assessment(round=made, school_id=pk) for pk in pks], batch_size=5000)
    names = [*(band.colour for band in framework.bands), ""]
    places = colour_places(framework, levels)
    Classification.objects.bulk_create(
        [
            Classification(
                assessment_id=pk,
                edition=edition,
                at=first.opens,
                basis="verified",
                colour=names[place],
                reason="",
                levels=row.tobytes(),
            )
            for pk, place, row in zip(
                Assessment.objects.order_by("pk").values_list("pk", flat=True), places, levels, strict=True
            )
        ],
        batch_size=5000,
    )
