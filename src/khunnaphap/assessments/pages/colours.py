"""A school's colours over its rounds: as they were published, by today's bands, and under other editions beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from khunnaphap.accounts.models import User
from khunnaphap.core.colours import band_of
from khunnaphap.core.framework import Band
from khunnaphap.core.measures import shown
from khunnaphap.core.scoring import score
from khunnaphap.frameworks.queries import framework_of, newest_published
from khunnaphap.organisations.models import School

from ..colouring import lapsed
from ..models import Classification
from ..queries import marks_of, unpacked


@dataclass(frozen=True)
class Stood:
    """One snapshot: its components, why, and the colour that today's bands give the same total."""

    snapshot: Classification
    total: str
    components: Sequence[tuple[str, str]]
    today: Band | None
    bands: Sequence[Band]

    @property
    def moved(self) -> bool:
        """Today's bands give another colour."""
        return self.today is not None and self.today.colour != self.snapshot.colour


def colours_page(school: School, person: User) -> dict[str, Any]:
    """Every snapshot of a school, newest first, by round."""
    found = (
        Classification.objects.filter(assessment__school=school)
        .select_related("edition", "assessment__round__edition", "override_by")
        .defer("edition__content", "assessment__round__edition__content")
        .order_by("-assessment__round__opens", "-pk")
    )
    newest = newest_published()
    bands = framework_of(newest).bands if newest else ()
    stood = [_stood(one, bands) for one in found]
    rounds = list(dict.fromkeys(one.snapshot.assessment.round for one in stood))
    return {
        "school": school,
        "newest": newest,
        "rounds": [
            {
                "round": round_,
                "marks": marks_of(round_),
                "latest": next(
                    (s for s in stood if s.snapshot.assessment.round == round_ and s.snapshot.is_latest), None
                ),
                "lapsed": lapsed([s.snapshot for s in stood if s.snapshot.assessment.round == round_]),
                "framework": framework_of(round_.edition),
                "beside": [s for s in stood if s.snapshot.assessment.round == round_ and s.snapshot.is_rescore],
                "earlier": [
                    s
                    for s in stood
                    if s.snapshot.assessment.round == round_ and not s.snapshot.is_latest and not s.snapshot.is_rescore
                ],
            }
            for round_ in rounds
        ],
        "may_override": person.reach.may("override", school),
    }


def _stood(snapshot: Classification, today: Sequence[Band]) -> Stood:
    framework = framework_of(snapshot.edition)
    scores = score(framework, unpacked(framework, bytes(snapshot.levels))).components
    titles = {component.label: f"{component.label} {component.title}" for component in framework.components}
    total = Fraction(snapshot.total) if snapshot.total else None
    return Stood(
        snapshot=snapshot,
        total="" if total is None else shown(total),
        components=[(titles[label], "–" if value is None else shown(value)) for label, value in scores.items()],
        today=band_of(tuple(today), total) if total is not None and today else None,
        bands=framework.bands,
    )
