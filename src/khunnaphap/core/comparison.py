"""Two editions compared: what is the same, what changed and how, what is new, what was dropped; by stable id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

from .edition import number_text, own_points
from .edition_checks import FACT_KINDS
from .framework import Aspect, Comparison, Component, Framework, Grade, Indicator, Measure, Share

Part: TypeAlias = Literal["edition", "levels", "bands", "components", "aspects", "indicators", "facts", "tests"]
Kind: TypeAlias = Literal["new", "dropped", "changed", "moved"]

PARTS: Final[dict[Part, str]] = {
    "indicators": "ตัวชี้วัด",
    "bands": "แถบสี",
    "components": "องค์ประกอบ",
    "aspects": "ประเด็น",
    "levels": "ระดับคุณภาพ",
    "facts": "ข้อมูลประกอบ",
    "tests": "การทดสอบ",
    "edition": "ฉบับ",
}
"""Every part with its Thai name, in the order in which differences are told."""

FIELDS: Final[dict[str, str]] = {
    "label": "ข้อ",
    "component": "องค์ประกอบ",
    "aspect": "ประเด็น",
    "place": "ลำดับ",
    "title": "ชื่อ",
    "title_en": "ชื่อภาษาอังกฤษ",
    "statement": "คำอธิบาย",
    "descriptors": "ข้อความของระดับ",
    "points": "คะแนน",
    "evidence": "หลักฐาน",
    "weight": "น้ำหนัก",
    "measure": "วิธีวัด",
    "not_applicable": "กรณีไม่เกี่ยวข้อง",
    "lower": "ร้อยละขั้นต่ำ",
    "reassess": "ประเมินซ้ำ (ครั้ง)",
    "group": "กลุ่ม",
    "unit": "หน่วย",
    "kind": "ชนิด",
    "help": "คำอธิบาย",
    "choices": "ตัวเลือก",
    "grade": "ชั้น",
    "subjects": "วิชา",
}
_PLACING: Final = frozenset({"label", "component", "aspect", "place"})
"""Fields that say where a thing stands, not what it is."""
KINDS: Final[dict[Kind, str]] = {"changed": "เปลี่ยน", "moved": "ย้ายที่หรือเลขข้อ", "new": "ใหม่", "dropped": "ตัดออก"}


@dataclass(frozen=True)
class Change:
    """One field (a key of ``FIELDS``) with its text in the old and in the new edition."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One thing that differs: ``title`` and ``label`` are those of the new edition, or of the old one when dropped."""

    part: Part
    id: str
    label: str
    title: str
    kind: Kind
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class EditionComparison:
    """The old edition's and the new one's code, the ids of the indicators that are the same, and all that differs."""

    old: str
    new: str
    same: tuple[str, ...]
    differences: tuple[Difference, ...]

    @cached_property
    def identical(self) -> bool:
        """True when nothing but the code differs."""
        return not self.differences

    def of(self, part: Part, kind: Kind | None = None) -> tuple[Difference, ...]:
        """The differences of a part, of one kind or all."""
        return tuple(one for one in self.differences if one.part == part and kind in (None, one.kind))


def compare_editions(old: Framework, new: Framework) -> EditionComparison:
    """Compare by stable id; levels go by their number, bands by their colour. A mere new code is no difference."""
    differences: list[Difference] = []
    for part, things in _VIEWS.items():
        differences += _differences(part, things(old), things(new))
    differing = {one.id for one in differences if one.part == "indicators"}
    same = tuple(one.id for one in new.indicators if one.id in old.by_id and one.id not in differing)
    return EditionComparison(old.code, new.code, same, tuple(differences))


@dataclass(frozen=True)
class _Thing:
    """A thing of an edition as texts by field, so that every part is compared in one way."""

    id: str
    label: str
    title: str
    fields: Mapping[str, str]


def _differences(part: Part, old: Iterable[_Thing], new: Iterable[_Thing]) -> Iterator[Difference]:
    before = {one.id: one for one in old}
    after = {one.id: one for one in new}
    order = _moved_in_order(list(before), list(after))
    for one in after.values():
        if one.id not in before:
            yield Difference(part, one.id, one.label, one.title, "new")
            continue
        was = before[one.id].fields
        changes = [Change(key, was[key], text) for key, text in one.fields.items() if was[key] != text]
        if not changes and one.id in order:
            changes = [Change("place", *order[one.id])]
        if changes:
            kind: Kind = "moved" if all(each.field in _PLACING for each in changes) else "changed"
            yield Difference(part, one.id, one.label, one.title, kind, tuple(changes))
    for one in before.values():
        if one.id not in after:
            yield Difference(part, one.id, one.label, one.title, "dropped")


def _moved_in_order(old: Sequence[str], new: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The fewest things that both editions have in another order: their places (from 1) among these, old and new."""
    both = set(old) & set(new)
    kept_old, kept_new = [one for one in old if one in both], [one for one in new if one in both]
    blocks = SequenceMatcher(None, kept_old, kept_new, autojunk=False).get_matching_blocks()
    still = {one for block in blocks for one in kept_new[block.b : block.b + block.size]}
    return {
        one: (str(kept_old.index(one) + 1), str(place)) for place, one in enumerate(kept_new, 1) if one not in still
    }


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _edition(framework: Framework) -> Iterator[_Thing]:
    fields = {"title": framework.title, "title_en": framework.title_en}
    yield _Thing("edition", "", framework.title, fields)


def _levels(framework: Framework) -> Iterator[_Thing]:
    for number, name in enumerate(framework.level_names, 1):
        english = framework.level_names_en[number - 1] if number <= len(framework.level_names_en) else ""
        points = number_text(framework.level_points[number - 1]) if number <= len(framework.level_points) else ""
        yield _Thing(str(number), str(number), name, {"title": name, "title_en": english, "points": points})


def _bands(framework: Framework) -> Iterator[_Thing]:
    for band in framework.bands:
        yield _Thing(
            band.colour,
            "",
            band.title,
            {"title": band.title, "lower": number_text(band.lower), "reassess": str(band.reassess)},
        )


def _components(framework: Framework) -> Iterator[_Thing]:
    for one in framework.components:
        yield _Thing(one.id, one.label, one.title, _titled(one) | {"weight": number_text(one.weight)})


def _aspects(framework: Framework) -> Iterator[_Thing]:
    for component in framework.components:
        for one in component.aspects:
            fields = _titled(one) | {"component": component.id, "statement": one.statement}
            yield _Thing(one.id, one.label, one.title, fields)


def _indicators(framework: Framework) -> Iterator[_Thing]:
    for _, aspect, one in framework.walk():
        rule = one.not_applicable
        fields = _titled(one) | {
            "aspect": aspect.id,
            "statement": one.statement,
            "descriptors": _lines(f"{level.number} {level.descriptor}" for level in one.levels),
            "points": ", ".join(number_text(points) for points in own_points(one, framework)),
            "weight": number_text(one.weight),
            "measure": measure_text(one.measure),
            "not_applicable": f"{rule.fact} = {_yes_no(rule.equals)}: {rule.reason}" if rule else "",
            "evidence": _lines(one.evidence),
        }
        yield _Thing(one.id, one.label, one.title, fields)


def _facts(framework: Framework) -> Iterator[_Thing]:
    for one in framework.facts:
        names = ("group", "title", "title_en", "unit", "help")
        fields = {name: str(getattr(one, name)) for name in names}
        yield _Thing(one.id, "", one.title, fields | {"kind": FACT_KINDS[one.kind], "choices": ", ".join(one.choices)})


def _tests(framework: Framework) -> Iterator[_Thing]:
    for one in framework.tests:
        subjects = _lines(f"{subject.fact} {subject.title}" for subject in one.subjects)
        yield _Thing(one.id, "", one.title, {"title": one.title, "grade": one.grade, "subjects": subjects})


def _titled(one: Component | Aspect | Indicator) -> dict[str, str]:
    return {"label": one.label, "title": one.title, "title_en": one.title_en}


def _yes_no(value: bool) -> str:
    return "ใช่" if value else "ไม่ใช่"


def measure_text(measure: Measure | None) -> str:
    """A measure in one Thai line, with all that it rests on."""
    match measure:
        case Share(count, whole, bounds, conditions):
            also = "".join(f" ระดับ {one.level} เมื่อ {one.fact}" for one in conditions)
            return f"ร้อยละของ {count} ต่อ {whole} ขั้นต่ำ {', '.join(map(number_text, bounds))}{also}"
        case Grade(fact, levels):
            return f"ตามผล {fact}: {', '.join(f'{word} = {level}' for word, level in levels.items())}"
        case Comparison(reference, bounds):
            return f"เทียบคะแนนเฉลี่ย ({reference}) ขั้นต่ำ {', '.join(map(number_text, bounds))}"
        case None:
            return "เลือกระดับตามข้อความ"


_VIEWS: Final[dict[Part, Callable[[Framework], Iterator[_Thing]]]] = {
    "indicators": _indicators,
    "bands": _bands,
    "components": _components,
    "aspects": _aspects,
    "levels": _levels,
    "facts": _facts,
    "tests": _tests,
    "edition": _edition,
}


def in_words(comparison: EditionComparison) -> tuple[str, ...]:
    """The comparison in Thai lines: one that counts the indicators, then a line for each difference."""
    counts = [f"เหมือนเดิม {len(comparison.same)} ข้อ"]
    counts += [f"{word} {len(comparison.of('indicators', kind))} ข้อ" for kind, word in KINDS.items()]
    lines = [f"เทียบกับฉบับ {comparison.old} ตัวชี้วัด{' '.join(counts)}"]
    for part, name in PARTS.items():
        for kind, word in KINDS.items():
            lines += [f"{name}{word}: {_said(one)}" for one in comparison.of(part, kind)]
    return tuple(lines)


_SHORT: Final = 120


def _said(one: Difference) -> str:
    named = " ".join(word for word in (one.label, one.title) if word)
    changes = ", ".join(_change(each) for each in one.changes)
    return f"{named} ({one.id})" + (f" {changes}" if changes else "")


def _change(change: Change) -> str:
    """Short texts are shown before and after, long ones by name; of several lines the numbers of those that differ."""
    word = FIELDS[change.field]
    if change.field == "descriptors":
        before, after = change.before.split("\n"), change.after.split("\n")
        numbers = [str(n) for n, pair in enumerate(zip(before, after, strict=False), 1) if pair[0] != pair[1]]
        return (
            f"ข้อความของระดับ {', '.join(numbers)}"
            if len(before) == len(after)
            else f"จำนวนระดับ {len(before)} เป็น {len(after)}"
        )
    if max(len(change.before), len(change.after)) > _SHORT or "\n" in change.before + change.after:
        return word
    return f"{word} “{change.before or '-'}” เป็น “{change.after or '-'}”"


def as_data(comparison: EditionComparison) -> dict[str, Any]:
    """The shape that ``compare-editions --json`` promises."""
    return {
        "old": comparison.old,
        "new": comparison.new,
        "indicators": {
            "same": len(comparison.same),
            **{kind: len(comparison.of("indicators", kind)) for kind in KINDS},
        },
        "differences": [
            {
                "part": one.part,
                "id": one.id,
                "label": one.label,
                "title": one.title,
                "kind": one.kind,
                "changes": [{"field": each.field, "before": each.before, "after": each.after} for each in one.changes],
            }
            for one in comparison.differences
        ],
    }
