"""What should be looked at again in an office's account, against all that the record knows beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Q

from khunnaphap.assessments.models import Round
from khunnaphap.assessments.queries import decided_in, each_standing
from khunnaphap.core import letters
from khunnaphap.core.account_checks import Fault, cited_letters
from khunnaphap.core.account_doubts import Beside, doubts
from khunnaphap.core.colours import counted
from khunnaphap.core.known_schools import KnownSchools
from khunnaphap.core.programme import OfficeYear
from khunnaphap.organisations.models import AreaOffice, School

from .models import Activity, Candidate, Committee, Letter, Money, Submission
from .queries import letter_value

_CITING = (
    (Candidate, "proposed"),
    (Candidate, "announced"),
    (Committee, "order"),
    (Submission, "letter"),
    (Money, "letter"),
)


def doubts_of(office: AreaOffice, year: int, told: OfficeYear, known: KnownSchools) -> list[Fault]:
    """The doubts of an account: in itself, against other offices' and against the colours of the year."""
    beside = Beside(_letters_of_others(office, year, told), lambda: _coloured(office, year))
    return list(doubts(told, year, known, beside))


def _letters_of_others(office: AreaOffice, year: int, told: OfficeYear) -> Sequence[tuple[str, letters.Letter]]:
    """The letters of these numbers (or, without one, of these senders) that other offices cite in the year, by office."""
    cited = [letter for *_, letter in cited_letters(told)]
    numbers = {letter.number for letter in cited if letter.number}
    senders = {letter.sender for letter in cited if not letter.number}
    alike = Letter.objects.filter(Q(number__in=numbers) | Q(number="", sender__in=senders))
    found = []
    for row in alike:
        if name := _who_cites(row, office, year):
            found.append((name, letter_value(row)))
    return found


def _who_cites(letter: Letter, office: AreaOffice, year: int) -> str:
    """The first other office whose account of the year cites a letter, by name; nothing when none does."""
    rows = [model._default_manager.filter(**{name: letter}) for model, name in _CITING]
    for each in (*rows, Activity.objects.filter(citations__letter=letter)):
        others = each.filter(account__year=year).exclude(account__office=office)
        if name := others.values_list("account__office__name", flat=True).first():
            return str(name)
    return ""


def _coloured(office: AreaOffice, year: int) -> list[Mapping[str, int]]:
    """How many of the office's schools have which colour, by its Thai name: in each round, all and province by province."""
    codes = list(School.objects.filter(office=office).values_list("ministry_code", flat=True))
    return [counts for round_ in Round.objects.filter(year=year) for counts in _counts(round_, codes)]


def _counts(round_: Round, codes: Sequence[str]) -> Iterator[Mapping[str, int]]:
    """As the scores say, and as was decided where a colour was; of all the schools, and of each province's."""
    decided = decided_in(round_)
    found: dict[tuple[str, str], Counter[str]] = {}
    for assessment, standing in each_standing(round_, codes):
        result = standing.classification()
        own = decided.get(assessment.pk)
        bands = {"computed": result.band, "decided": counted(standing.framework, result, own if own else None)}
        for kind, band in bands.items():
            for place in ("", assessment.school.district.province_id):
                if band:
                    found.setdefault((kind, place), Counter())[band.title] += 1
    yield from found.values()
