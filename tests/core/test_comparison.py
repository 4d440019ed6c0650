"""Two editions compared by stable id: every difference is named once, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from tests.core.editions import editions
from tests.core.small import small

from khunnaphap.core.comparison import PARTS, as_data, compare_editions, in_words
from khunnaphap.core.framework import Band, Framework

OLD = small([{"id": "a"}, {"id": "b"}, {"id": "c"}], [{"id": "d"}])


def test_an_edition_is_the_same_as_itself_under_a_new_code(framework: Framework) -> None:
    comparison = compare_editions(framework, replace(framework, code="other"))
    assert comparison.identical
    assert comparison.same == tuple(framework.by_id)
    assert in_words(comparison) == (
        "เทียบกับฉบับ example-2567 ตัวชี้วัดเหมือนเดิม 74 ข้อ เปลี่ยน 0 ข้อ ย้ายที่หรือเลขข้อ 0 ข้อ ใหม่ 0 ข้อ ตัดออก 0 ข้อ",
    )


def test_new_dropped_changed_and_renumbered_indicators_are_told_apart() -> None:
    new = small(
        [{"id": "a", "weight": "2", "levels": ["ก", "1.1.1 ระดับ 2", "ค", "1.1.1 ระดับ 4", "1.1.1 ระดับ 5"]}, {"id": "e"}],
        [{"id": "b", "levels": [f"1.1.2 ระดับ {n}" for n in range(1, 6)]}, {"id": "d", "levels": [f"2.1.1 ระดับ {n}" for n in range(1, 6)]}],
    )  # fmt: skip
    comparison = compare_editions(OLD, new)
    kinds = {(one.id, one.kind): [change.field for change in one.changes] for one in comparison.of("indicators")}
    assert kinds == {
        ("a", "changed"): ["descriptors", "weight"],
        ("e", "new"): [],
        ("b", "moved"): ["label", "aspect"],
        ("d", "moved"): ["label"],
        ("c", "dropped"): [],
    }
    assert comparison.same == ()
    lines = in_words(comparison)
    assert "ตัวชี้วัดเปลี่ยน: 1.1.1 ข (a) ข้อความของระดับ 1, 3, น้ำหนัก “1” เป็น “2”" in lines
    assert "ตัวชี้วัดใหม่: 1.1.2 ข (e)" in lines
    assert "ตัวชี้วัดตัดออก: 1.1.3 ข (c)" in lines
    assert as_data(comparison)["indicators"] == {"same": 0, "changed": 1, "moved": 2, "new": 1, "dropped": 1}


def test_of_reordered_indicators_only_the_one_that_moved_is_told() -> None:
    component = OLD.components[0]
    a, b, c = component.indicators
    aspect = replace(component.aspects[0], indicators=(c, a, b))
    new = replace(OLD, components=(replace(component, aspects=(aspect,)), *OLD.components[1:]))
    (moved,) = compare_editions(OLD, new).differences
    assert (moved.id, moved.kind) == ("c", "moved")
    assert [(change.field, change.before, change.after) for change in moved.changes] == [("place", "3", "1")]


def test_bands_facts_and_levels_are_compared_too() -> None:
    new = replace(OLD, bands=(Band("purple", "ม่วง", Fraction(95)), *OLD.bands[1:-2], OLD.bands[-1]))
    comparison = compare_editions(OLD, new)
    assert [(one.id, one.kind) for one in comparison.of("bands")] == [("purple", "changed"), ("orange", "dropped")]
    purple = comparison.of("bands", "changed")[0]
    assert [(c.field, c.before, c.after) for c in purple.changes] == [("title", "purple", "ม่วง"), ("lower", "90", "95")]
    assert comparison.same == tuple(OLD.by_id)


@settings(max_examples=60, deadline=None)
@given(editions(), editions())
def test_what_is_new_one_way_is_dropped_the_other_way(one: Framework, other: Framework) -> None:
    there, back = compare_editions(one, other), compare_editions(other, one)
    assert there.identical == (replace(one, code="") == replace(other, code=""))
    for part in PARTS:
        assert {each.id for each in there.of(part, "new")} == {each.id for each in back.of(part, "dropped")}
        assert {each.id for each in there.of(part, "changed")} == {each.id for each in back.of(part, "changed")}
    kept = {each.id for each in there.of("indicators") if each.kind in ("changed", "moved")}
    assert kept | set(there.same) == set(one.by_id) & set(other.by_id)
    assert not kept & set(there.same)
