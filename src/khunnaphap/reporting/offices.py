"""What each area office did in the year: (2) development of model schools, office by office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from khunnaphap.core.document import Block, Heading, ItemList, Paragraph, Source
from khunnaphap.core.programme import OfficeYear
from khunnaphap.core.sequence import Entry, Kind, sequence, unplaced
from khunnaphap.core.thai.dates import long_date
from khunnaphap.organisations.models import AreaOffice

from . import narrating
from .narrating import Told
from .phrasing import after, joined
from .queries import Basis


def section(basis: Basis, number: str, level: int) -> list[Block]:
    """Every office in turn, each under its own heading."""
    blocks: list[Block] = []
    for place, office in enumerate(basis.offices, 1):
        blocks.append(Heading(level, office.full_name, f"{number}.{place})"))
        teller = _Teller(basis, office, basis.accounts[office.pk])
        blocks += list(teller.blocks()) or [_nothing(basis, office)]
    return blocks


def owed(basis: Basis, office: AreaOffice, what: str) -> Paragraph:
    """The sentence that stands where an office has not told its part yet."""
    text = f"(ยังไม่ได้รับข้อมูล{what}{after('จาก', office.name)})"
    if office in basis.excepted_offices:
        text = f"({after('ผู้จัดทำรายงานระบุให้ยกเว้นข้อมูล' + what + 'ของ', office.name)})"
    return Paragraph(text, style="note", sources=basis.silent(office))


def paragraphs(text: str, lead: str, sources: tuple[Source, ...]) -> list[Block]:
    """A text as the paragraphs that it was typed in; the lead stands before the first."""
    first, *others = text.split("\n")
    return [Paragraph(first, lead=lead, sources=sources), *(Paragraph(one, sources=sources) for one in others if one)]


def _nothing(basis: Basis, office: AreaOffice) -> Paragraph:
    """The sentence of an office that has told nothing, or nothing that it did by the cut-off."""
    later = basis.cut[office.pk].later
    if not later:
        return owed(basis, office, "การดำเนินงาน")
    sources = tuple(one for part, at in later for one in basis.handed_over(office, part, at))
    text = f"(การดำเนินงาน{after('ที่', office.name)} แจ้ง เริ่มหลังวันที่ {long_date(basis.last_day)} ทั้งหมด)"
    return Paragraph(text, style="note", sources=sources)


@dataclass(frozen=True)
class _Teller:
    """Tells one office's account."""

    basis: Basis
    office: AreaOffice
    told: OfficeYear

    def blocks(self) -> Iterable[Block]:
        """What the office says of itself, its sequence, and the lists of what has no place in it."""
        for place, one in enumerate(self.told.statements, 1):
            if one.kind in ("preface", "progress"):
                lead = f"{one.area}:" if one.area and not one.text.startswith(one.area) else ""
                yield from paragraphs(one.text, lead, self._sources("statements", [place - 1]))
        for kind in ("proposal", "announcement"):
            if left := unplaced(self.told, kind):
                yield from self._spoken(Entry(kind, left, 0), "")
        for at in unplaced(self.told, "committees"):
            yield from self._spoken(Entry("committees", (at,), 0), "")
        yield from self._sequence()
        yield from self._listed("money", "งบประมาณ")
        yield from self._listed("submissions", "แผนและรายงานที่จัดส่ง")
        yield from self._listed("support", "การสนับสนุนจากภายนอก")
        yield from self._staffing()

    def _sequence(self) -> Iterable[Block]:
        """The sequence in the office's own order, numbered through under each of its own steps; one place, one number."""
        for step, found in groupby(sequence(self.told), key=lambda entry: entry.step):
            entries = list(found)
            if step:
                sources = (one for entry in entries for one in self._sources(entry.part, entry.places))
                yield from self._step(step, tuple(sources))
            for place, (_, together) in enumerate(groupby(entries, key=lambda entry: entry.number), 1):
                lead = f"({place})"
                for entry in together:
                    yield from self._spoken(entry, lead)
                    lead = ""

    def _step(self, name: str, sources: tuple[Source, ...]) -> Iterable[Block]:
        """The title of a step with its number and time, then what introduces it."""
        step = self.told.step(name)
        places = [at for at, one in enumerate(self.told.steps) if one == step]
        yield Paragraph(narrating.step(step), style="title", sources=(*self._sources("steps", places), *sources))
        if step.introduction:
            yield from paragraphs(step.introduction, "", self._sources("steps", places))

    def _spoken(self, entry: Entry, lead: str) -> Iterable[Block]:
        sources = self._sources(entry.part, entry.places)
        for one in self._say(entry):
            yield Paragraph(one.sentence, lead=lead, sources=sources)
            if one.items:
                yield ItemList(one.items, ordered=not one.named, sources=sources, depths=one.depths, plain=one.named)
            lead = ""

    def _say(self, entry: Entry) -> tuple[Told, ...]:
        name, first = self.office.name, entry.places[0]
        match entry.kind:
            case "activities":
                return narrating.activity(self.told.activities[first], name, self.office.full_name)
            case "proposal":
                return (narrating.proposal([self.told.candidates[at] for at in entry.places], name, self._district),)
            case "announcement":
                return (narrating.announcement([self.told.candidates[at] for at in entry.places], self._district),)
            case "committees":
                return (Told(after(name, narrating.committee(self.told.committees[first]))),)
            case "money":
                return (narrating.money(self.told.money[first], name, self.basis.inspection.year),)
            case "submissions":
                return (Told(narrating.submission(self.told.submissions[first])),)
            case "support":
                return (Told(narrating.support(self.told.support[first])),)

    def _listed(self, kind: Kind, title: str) -> Iterable[Block]:
        """What has no place in the sequence, under its title; numbered paragraphs where one has a list of its own."""
        left = unplaced(self.told, kind)
        spoken = [self._say(Entry(kind, (at,), 0)) for at in left]
        if not any(one.items for told in spoken for one in told):
            yield from self._lines(kind, left, lambda at: spoken[left.index(at)][0].sentence, title)
        elif len(left) == 1:
            yield from self._spoken(Entry(kind, left, 0), f"{title}:")
        else:
            yield self._opening(kind, left, title)
            for place, at in enumerate(left, 1):
                yield from self._spoken(Entry(kind, (at,), 0), f"({place})")

    def _lines(self, part: str, places: Sequence[int], say: Callable[[int], str], title: str) -> Iterable[Block]:
        """One behind its title, several as a list under it: neither reads as a part of the step before."""
        if len(places) == 1:
            yield Paragraph(say(places[0]), lead=f"{title}:", sources=self._sources(part, places))
        elif places:
            yield self._opening(part, places, title)
            yield ItemList(tuple(map(say, places)), ordered=True, sources=self._sources(part, places))

    def _staffing(self) -> Iterable[Block]:
        """The posts that are lacking, grouped by what is asked of whom."""
        groups: dict[tuple[str, str], list[int]] = {}
        for at, gap in enumerate(self.told.staffing):
            groups.setdefault(narrating.request(gap), []).append(at)
        for (asked, to), places in groups.items():
            title = "อัตรากำลังที่ยังขาด"
            opening = narrating.requested(asked, to)
            gaps = [narrating.staffing(self.told.staffing[at]) for at in places]
            sources = self._sources("staffing", places)
            if len(gaps) == 1:
                yield Paragraph(joined(gaps[0], opening), lead=f"{title}:", sources=sources)
            else:
                yield Paragraph(joined(opening, "ดังนี้"), lead=f"{title}:" if opening else title, sources=sources)
                yield ItemList(tuple(gaps), ordered=True, sources=sources)

    def _opening(self, part: str, places: Sequence[int], title: str) -> Paragraph:
        return Paragraph("ดังนี้", lead=title, sources=self._sources(part, places))

    def _district(self, school: str) -> str:
        return self.basis.districts.get((self.office.pk, school), "")

    def _sources(self, part: str, places: Sequence[int]) -> tuple[Source, ...]:
        return self.basis.told_in(self.office, part, *places)
