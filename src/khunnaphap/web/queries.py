"""What the overview shows: colours by office, and the files that were made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import AssessmentQuerySet, Classification, Round
from khunnaphap.assessments.queries import BY_OFFICE, marks_of
from khunnaphap.frameworks.queries import framework_of, titled

WIDTH = 600


@dataclass(frozen=True)
class Bar:
    """One colour's piece of a stacked bar, in the drawing's units."""

    colour: str
    title: str
    count: int
    left: float
    width: float


@dataclass(frozen=True)
class Count:
    """How many schools have a colour ("" = not yet)."""

    colour: str
    title: str
    number: int


@dataclass(frozen=True)
class PlaceColours:
    """A place's counts by colour, best first; the last is "not yet". ``link`` leads to its schools."""

    name: str
    counts: Sequence[Count]
    total: int
    link: str


BY_PROVINCE = ("school__district__province_id", "school__ministry_code")
GROUPS: Final = {
    "office": (BY_OFFICE, "school__office__code", "school__office__name"),
    "province": (BY_PROVINCE, "school__district__province_id", "school__district__province__name"),
}
"""By what the overview groups: the order, the place's code (as the board's address has it) and its name."""


@dataclass(frozen=True)
class RoundShown:
    """A round on the start page."""

    name: str
    edition: str
    marks: Sequence[str]
    titles: Sequence[tuple[str, str]]
    bars: Sequence[Bar]
    places: Sequence[PlaceColours]
    total: int
    classified: int
    provisional: int


def sees_overview(person: User) -> bool:
    """Whoever holds a role in a place wider than a school."""
    return any(one.place != "school" for one in person.reach.held)


def sees_files(person: User) -> bool:
    """Made files hold whole provinces: they are for roles in the whole country."""
    return person.reach.is_national


def rounds_shown(person: User, by: str = "office") -> list[RoundShown]:
    """Every round in which a school that the person sees has a colour, the newest first; three queries a round."""
    found = [_shown(round_, person, by) for round_ in Round.objects.select_related("edition").order_by("-opens")]
    return [shown for shown in found if shown.classified]


def _shown(round_: Round, person: User, by: str) -> RoundShown:
    bands = framework_of(round_.edition).bands
    seen = round_.assessments.visible_to(person)
    held = Classification.objects.filter(assessment__in=seen, is_latest=True)
    told = held.values_list("assessment_id", "override", "colour")
    latest = {pk: decided or follows for pk, decided, follows in told}
    provisional = held.filter(basis="self").exclude(colour="")
    titles = [*((titled(band), band.colour) for band in bands), (gettext("ยังไม่จัดกลุ่ม"), "")]
    whole, places = _counted(seen, latest, by)
    board = reverse("board-of", args=(round_.year, round_.number))
    return RoundShown(
        name=str(round_.name),
        edition=round_.edition.title,
        marks=marks_of(round_),
        titles=titles,
        bars=_bars([(band.colour, titled(band), whole[band.colour]) for band in bands]),
        places=[_place(name, found, titles, f"{board}?{by}={code}") for (code, name), found in places.items()],
        total=whole.total(),
        classified=whole.total() - whole[""],
        provisional=provisional.count(),
    )


def _place(name: str, found: Counter[str], titles: Sequence[tuple[str, str]], link: str) -> PlaceColours:
    counts = [Count(colour, title, found[colour]) for title, colour in titles]
    return PlaceColours(name, counts, found.total(), link)


def _counted(
    seen: AssessmentQuerySet, latest: Mapping[int, str], by: str
) -> tuple[Counter[str], dict[tuple[str, str], Counter[str]]]:
    order, code, name = GROUPS[by]
    whole: Counter[str] = Counter()
    places: dict[tuple[str, str], Counter[str]] = {}
    for pk, *place in seen.order_by(*order).values_list("pk", code, name):
        colour = latest.get(pk, "")
        whole[colour] += 1
        places.setdefault((place[0], place[1]), Counter())[colour] += 1
    return whole, places


def _bars(counts: Sequence[tuple[str, str, int]]) -> list[Bar]:
    whole = sum(count for _, _, count in counts) or 1
    bars, left = [], 0.0
    for colour, title, count in counts:
        width = round(WIDTH * count / whole, 2)
        if count:
            bars.append(Bar(colour, title, count, round(left, 2), width))
        left += width
    return bars


@dataclass(frozen=True)
class FileMade:
    """A file to open; ``name`` is its path below the folder of made files."""

    name: str
    kilobytes: int


def files_made() -> list[FileMade]:
    """The papers and summaries in the folder of made files."""
    return _listed(Path(settings.OUT_DIR).glob("*.*"))


def workbooks_made() -> list[FileMade]:
    """The filled workbooks."""
    return _listed(Path(settings.OUT_DIR).glob("workbooks/*/*.xlsx"))


def _listed(paths: object) -> list[FileMade]:
    folder = Path(settings.OUT_DIR)
    listed = sorted(path for path in paths if path.is_file() and not path.name.startswith("."))  # type: ignore[attr-defined]
    return [FileMade(str(path.relative_to(folder)), max(1, path.stat().st_size // 1024)) for path in listed]


def file_made(name: str) -> Path:
    """The path of a listed file; ``Http404`` for a name that is not listed, so no path can lead elsewhere."""
    if name not in {made.name for made in (*files_made(), *workbooks_made())}:
        raise Http404(name)
    return Path(settings.OUT_DIR) / name


@dataclass(frozen=True)
class Part:
    """A component: its name, and its markup, which the page shows as itself and as text."""

    name: str
    html: SafeString


def parts_shown() -> list[Part]:
    """Every component, from the fragments in ``web/parts/``; the file's name is the component's."""
    folder = files(__package__) / "templates" / "web" / "parts"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".html"))
    return [
        Part(name.removesuffix(".html")[3:].replace("-", " "), render_to_string(f"web/parts/{name}").strip())
        for name in names
    ]
