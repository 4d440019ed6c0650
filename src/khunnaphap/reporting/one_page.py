"""The inspector's page: colours, what improved, the three weakest indicators, what is asked of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count, groupby
from typing import Final

from khunnaphap.core.document import Block, Cell, Column, Cover, Document, Heading, Paragraph, Source, Table, map_text
from khunnaphap.core.framework import Framework, Indicator
from khunnaphap.core.measures import shown
from khunnaphap.core.programme import StaffingGap
from khunnaphap.core.thai.dates import long_date
from khunnaphap.core.thai.numerals import official

from . import charts, decisions
from .colour_groups import schools_behind
from .composing import Writing
from .narrating import request
from .owing import is_draft, owed_by, titles_of
from .phrasing import after, joined, school_named
from .queries import Verified
from .readiness import summary_of

WEAKEST: Final = 3
MOST_DECIDED: Final = 2
"""How many schools with a decided colour the page names before it counts the rest."""
MOST_ASKED: Final = 8
"""How many things that are asked stand on the page where there is room, or one more if it is the last."""

NOBODY: Final = "ไม่ได้ระบุ"


def one_page(writing: Writing, marks: Sequence[str], asked: int = MOST_ASKED + 1) -> Document:
    """The page as a tree; ``asked`` is how many of the things asked it names before it counts the rest."""
    basis, name = writing.basis, writing.basis.inspection.name
    province = basis.province.name
    title = f"สรุปผลการตรวจราชการ รอบที่ {name.number} ปีงบประมาณ พ.ศ. {name.year} จังหวัด{province}"
    document = Document(
        title=title,
        author=f"สำนักงานศึกษาธิการจังหวัด{province}",
        dated=basis.inspection.cut_off.astimezone().date(),
        cover=Cover(()),
        blocks=(
            Heading(1, title),
            _opening(writing),
            *_numbered([*_colours(writing), *_improved(writing), *_weakest(writing), *_asked(writing, asked)]),
        ),
        marks=tuple(marks),
        draft=is_draft(basis, writing.form),
        contents=False,
        compact=True,
    )
    return map_text(document, official)


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their headings numbered through: what has nothing to say leaves no gap."""
    place = count(1)
    return [replace(one, number=f"{next(place)}.") if isinstance(one, Heading) else one for one in blocks]


def _opening(writing: Writing) -> Paragraph:
    basis, form = writing.basis, writing.form
    whole = len(basis.verified) + len(basis.unverified) + len(basis.excepted)
    text = (
        f"{form.policy} ประเด็นที่ {form.issue_number} {form.issue} "
        f"ข้อมูล ณ วันที่ {long_date(basis.inspection.cut_off.astimezone().date())} "
        f"โรงเรียนคุณภาพที่ตรวจสอบแล้ว {len(basis.verified)} จาก {whole} โรงเรียน"
    )
    return Paragraph(text, lead="นโยบาย:", style="note", sources=_behind(writing))


def _behind(writing: Writing) -> tuple[Source, ...]:
    """The assessments behind the page; the schools while none is verified."""
    return charts.assessed(writing.basis.verified) or schools_behind(writing.basis.schools)


def _colours(writing: Writing) -> list[Block]:
    heading = Heading(2, "จำนวนโรงเรียนในแต่ละกลุ่มสี จำแนกตามสำนักงานเขตพื้นที่การศึกษา")
    if not writing.basis.verified:
        return [heading, Paragraph("ยังไม่มีโรงเรียนที่ตรวจสอบแล้ว", style="note", sources=_behind(writing))]
    basis, framework = writing.basis, writing.framework
    told = decisions.notice(framework, basis.verified, "ในจำนวนนี้", MOST_DECIDED)
    return [heading, charts.colours(basis, framework, ""), *told]


def _improved(writing: Writing) -> list[Block]:
    """The latest verified round beside the one before it, of the schools that have both under one edition."""
    basis, framework = writing.basis, writing.framework
    pairs = [
        (basis.earlier[item.school.ministry_code], item)
        for item in basis.verified
        if item.school.ministry_code in basis.earlier
    ]
    same = [pair for pair in pairs if {one.standing.framework.code for one in pair} == {framework.code}]
    heading = Heading(2, "สิ่งที่ดีขึ้นจากรอบก่อน")
    if not same:
        text = "ยังไม่มีโรงเรียนที่มีผลตรวจสอบแล้วสองรอบด้วยเกณฑ์เดียวกันให้เปรียบเทียบ"
        return [heading, Paragraph(text, style="note", sources=_behind(writing))]
    before, now = [pair[0] for pair in same], [pair[1] for pair in same]
    text = f"{_moves(framework, same)} {_components(framework, before, now)} {_indicators(framework, same)}".strip()
    return [heading, Paragraph(text, style="note", sources=charts.assessed((*before, *now)))]


def _moves(framework: Framework, pairs: Sequence[tuple[Verified, Verified]]) -> str:
    order = [band.colour for band in framework.bands]
    places = [[order.index(one.band.colour) for one in pair if one.band] for pair in pairs]
    moved = Counter((now < then) - (now > then) for then, now in (pair for pair in places if len(pair) == 2))
    kinds = [f"{word} {moved[way]} โรงเรียน" for way, word in ((1, "ดีขึ้น"), (0, "คงเดิม"), (-1, "ลดลง")) if moved[way]]
    return f"เปรียบเทียบได้ {len(pairs)} โรงเรียน กลุ่มสี{' '.join(kinds)}"


def _components(framework: Framework, before: Sequence[Verified], now: Sequence[Verified]) -> str:
    """The component whose average rose most."""
    then, since = charts.averages(framework, before), charts.averages(framework, now)
    risen = {label: since[label] - then[label] for label in since if label in then and since[label] > then[label]}
    if not risen:
        return ""
    best = max(risen, key=lambda label: risen[label])
    title = next(component.title for component in framework.components if component.label == best)
    text = f"ด้านที่คะแนนเฉลี่ยเพิ่มขึ้นมากที่สุดคือ{title} จากร้อยละ {shown(then[best])} เป็นร้อยละ {shown(since[best])}"
    equal = sum(risen[label] == risen[best] for label in risen) - 1
    return f"{text} และมีอีก {equal} ด้านที่เพิ่มขึ้นเท่ากัน" if equal else text


def _indicators(framework: Framework, pairs: Sequence[tuple[Verified, Verified]]) -> str:
    """The indicator that rose in most schools."""
    risen: Counter[str] = Counter()
    for then, now in pairs:
        for indicator in framework.indicators:
            old, new = (one.classification.ratings.get(indicator.id) for one in (then, now))
            risen[indicator.id] += isinstance(old, int) and isinstance(new, int) and new > old
    best = max(framework.indicators, key=lambda indicator: risen[indicator.id])
    if not risen[best.id]:
        return ""
    text = f"ตัวชี้วัดที่ดีขึ้นในโรงเรียนมากที่สุดคือ {best.label} {best.title} ({risen[best.id]} โรงเรียน)"
    equal = sum(risen[indicator.id] == risen[best.id] for indicator in framework.indicators) - 1
    return f"{text} และมีอีก {equal} ตัวชี้วัดที่ดีขึ้นในโรงเรียนจำนวนเท่ากัน" if equal else text


def _weakest(writing: Writing) -> list[Block]:
    """The indicators whose mean level is lowest; of equal ones those with more schools at low levels, then in order."""
    basis, framework = writing.basis, writing.framework
    found: list[tuple[Fraction, Indicator, tuple[int, ...]]] = []
    for indicator in framework.indicators:
        summary = summary_of(indicator, basis.verified)
        if summary.rated:
            levels = sum(number * count for number, count in enumerate(summary.by_level, 1))
            found.append((Fraction(levels, summary.rated), indicator, summary.by_level))
    ranked = sorted(found, key=_strength)
    weakest = ranked[:WEAKEST]
    if not weakest:
        return []
    equal = sum(_strength(one) == _strength(weakest[-1]) for one in ranked[WEAKEST:])
    low = framework.level_names[:2]
    columns = (
        Column("ตัวชี้วัด", 10), Column("ระดับเฉลี่ย", 3, "centre"), Column(f"โรงเรียนในระดับ{low[0]}และ{low[-1]}", 5, "centre"),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(f"{indicator.label} {indicator.title}"),
            Cell(f"{shown(mean)} จาก {len(indicator.levels)}"),
            Cell(f"{sum(by_level[:2])} จาก {sum(by_level)}"),
        )
        for mean, indicator, by_level in weakest
    )
    blocks: list[Block] = [
        Heading(2, "ตัวชี้วัดที่ต้องเร่งพัฒนาสามอันดับแรก"),
        Table("", columns, rows, charts.assessed(basis.verified)),
    ]
    if equal:
        text = f"มีอีก {equal} ตัวชี้วัดที่ค่าเท่ากับอันดับสุดท้ายในตาราง ซึ่งเรียงตามลำดับข้อของเกณฑ์"
        blocks.append(Paragraph(text, style="note", sources=charts.assessed(basis.verified)))
    return blocks


def _strength(one: tuple[Fraction, Indicator, tuple[int, ...]]) -> tuple[Fraction, int]:
    """The mean level, then fewer schools at the two lowest levels."""
    return one[0], -sum(one[2][:2])


@dataclass(frozen=True)
class _Wish:
    """Something asked: of whom, what, by whom, and the records behind it."""

    of: str
    what: str
    by: str
    sources: tuple[Source, ...]


def _asked(writing: Writing, most: int) -> list[Block]:
    wishes = _wishes(writing)
    if not wishes:
        return []
    named = wishes if len(wishes) <= most else wishes[: min(most, MOST_ASKED)]
    left = wishes[len(named) :]
    columns = (Column("ขอต่อ", 5), Column("เรื่อง", 10), Column("ผู้ขอ", 4))
    rows = tuple((Cell(wish.of), Cell(wish.what), Cell(wish.by)) for wish in named)
    sources = tuple(one for wish in named for one in wish.sources)
    blocks: list[Block] = [Heading(2, "สิ่งที่ขอและผู้ที่เกี่ยวข้อง")]
    if named:
        blocks.append(Table("", columns, rows, sources))
    if left:
        sources = tuple(one for wish in left for one in wish.sources)
        of = f" ({after('ขอต่อ', left[0].of)})" if len(left) == 1 and left[0].of != NOBODY else ""
        text = f"และอีก {len(left)} เรื่อง{of} ดูในรายงานฉบับเต็ม"
        blocks.append(Paragraph(text, style="note", sources=sources))
    return blocks


def _wishes(writing: Writing) -> list[_Wish]:
    """What offices recommend and the posts they ask for, then what they themselves still owe."""
    basis, province = writing.basis, f"ศธจ.{writing.basis.province.name}"
    wishes: list[_Wish] = []
    for office in basis.offices:
        told = basis.accounts[office.pk]
        for at, one in enumerate(told.statements):
            if one.kind == "recommendation":
                sources = basis.told_in(office, "statements", at)
                wishes.append(_Wish(one.to or NOBODY, one.text, office.name, sources))
        for to, places in _asked_of(told.staffing).items():
            sources = basis.told_in(office, "staffing", *places)
            gaps = [told.staffing[at] for at in places]
            wishes.append(_Wish(to or NOBODY, f"อัตรากำลังที่ขาด: {_lacking(gaps)}", office.name, sources))
    return wishes + _owed(writing, province)


def _asked_of(gaps: Sequence[StaffingGap]) -> dict[str, list[int]]:
    """The places of the gaps (from 0) by whom their posts are asked of."""
    found: dict[str, list[int]] = {}
    for at, gap in enumerate(gaps):
        found.setdefault(request(gap)[1], []).append(at)
    return found


def _lacking(gaps: Sequence[StaffingGap]) -> str:
    """Posts by school, a line for those of which the same is asked; a school is named again only after another."""
    lines = []
    for asked, together in groupby(gaps, key=lambda gap: gap.asked):
        posts = []
        for name, found in groupby(together, key=lambda gap: gap.school):
            lacking = ", ".join(f"{gap.post} {gap.number} คน" for gap in found)
            posts.append(f"{school_named(name)} {lacking}")
        lines.append(joined(", ".join(posts), f"({asked})" if asked else ""))
    return "\n".join(lines)


def _owed(writing: Writing, province: str) -> list[_Wish]:
    basis = writing.basis
    wishes = []
    for office in basis.offices:
        left = [school for school in basis.unverified if school.office_id == office.pk]
        if left:
            sources = tuple(Source("school", school.ministry_code) for school in left)
            wishes.append(_Wish(office.name, f"ตรวจสอบผลของโรงเรียนที่เหลือ {len(left)} โรงเรียน", province, sources))
    for office, sections in owed_by(basis, writing.form):
        what = f"ส่งข้อมูลประกอบรายงาน หัวข้อ {titles_of(writing.form, sections)}"
        wishes.append(_Wish(office.name, what, province, basis.silent(office)))
    return wishes
