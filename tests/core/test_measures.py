"""Facts to levels: exact shares, conditions, grades, comparisons, and N/A that follows from facts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.small import small

from khunnaphap.core.framework import NA, Framework
from khunnaphap.core.measures import Circumstances, Computed, compute, level_at, percent

FACTS = [
    {"id": name, "group": "ก", "title": name, "title_en": name, "kind": kind, "choices": choices}
    for name, kind, choices in (
        ("some", "count", []),
        ("all", "count", []),
        ("met", "yes-no", []),
        ("lodging", "yes-no", []),
        ("ita", "grade", ["AA", "A", "B"]),
        ("nt-thai", "mean", []),
        ("nt-mathematics", "mean", []),
        ("onet-m3-thai", "mean", []),
    )
]
TESTS = [
    {"id": "nt", "title": "NT", "grade": "P3", "subject": [{"fact": "nt-thai", "title": "ก"}, {"fact": "nt-mathematics", "title": "ข"}]},
    {"id": "onet-m3", "title": "O-NET", "grade": "M3", "subject": [{"fact": "onet-m3-thai", "title": "ก"}]},
]  # fmt: skip
SHARE = {"count": "some", "whole": "all", "bounds": ["50", "60", "70", "81"]}
MEANS = {"nt-thai": "55.75", "nt-mathematics": "52.10", "onet-m3-thai": "51.30"}


def framework_with(indicator: dict) -> Framework:
    return small([{"id": "it", **indicator}], fact=FACTS, test=TESTS)


def computed(indicator: dict, grades: frozenset[str] = frozenset({"P3"}), **facts: object) -> Computed:
    framework = framework_with(indicator)
    values = {
        key.replace("_", "-"): Fraction(v)
        if isinstance(v, (int, str)) and not isinstance(v, bool) and key != "ita"
        else v
        for key, v in facts.items()
    }
    means = {key: Fraction(value) for key, value in MEANS.items()}
    return compute(framework, framework.by_id["it"], Circumstances(values, means, grades))  # type: ignore[arg-type]


def share(**facts: object) -> Computed:
    return computed({"measure": "share", "share": SHARE}, **facts)


@pytest.mark.parametrize(
    ("count", "level"), [(0, 1), (49, 1), (50, 2), (59, 2), (60, 3), (70, 4), (80, 4), (81, 5), (100, 5)]
)
def test_a_share_on_a_lower_bound_has_that_level(count: int, level: int) -> None:
    assert share(some=count, all=100).rating == level


def test_a_share_just_below_a_bound_is_not_rounded_up() -> None:
    assert share(some=80_999, all=100_000).rating == 4
    assert share(some=2, all=3).reason == "2 จาก 3 คิดเป็นร้อยละ 66.66"


def test_whole_0_is_not_applicable_by_itself() -> None:
    assert share(some=0, all=0).rating is NA
    assert share(all=0).rating is NA


def test_lacking_facts_are_named() -> None:
    assert share(some=3) == Computed(None, "", ("all",))
    assert share().lacking == ("all", "some")


def test_a_condition_counts_only_where_the_share_reaches_its_level() -> None:
    rule = {"measure": "share", "share": {**SHARE, "condition": [{"level": 5, "fact": "met"}]}}
    assert computed(rule, some=70, all=100).rating == 4
    assert computed(rule, some=90, all=100).lacking == ("met",)
    assert computed(rule, some=90, all=100, met=True).rating == 5
    assert computed(rule, some=90, all=100, met=False).rating == 4


def test_a_grade_has_the_level_of_its_table() -> None:
    rule = {"measure": "grade", "grade": {"fact": "ita", "levels": {"AA": 5, "A": 4, "B": 3}}}
    assert computed(rule, ita="A").rating == 4
    assert computed(rule).lacking == ("ita",)


COMPARISON = {"measure": "comparison", "comparison": {"reference": "national", "bounds": ["1", "50", "75", "100"]}}


def test_equal_to_the_reference_is_not_above() -> None:
    assert computed(COMPARISON, nt_thai="55.75", nt_mathematics="52.11").rating == 3
    assert computed(COMPARISON, nt_thai="55.75", nt_mathematics="52.10").rating == 1
    assert computed(COMPARISON, nt_thai="55.76", nt_mathematics="52.11").rating == 5


def test_which_tests_apply_follows_from_the_grades_taught() -> None:
    assert computed(COMPARISON, frozenset({"M3"}), onet_m3_thai="60").rating == 5
    assert computed(COMPARISON, frozenset({"P3"}), onet_m3_thai="60").lacking == ("nt-thai", "nt-mathematics")
    assert computed(COMPARISON, frozenset({"K2"})).rating is NA


def test_no_lodging_makes_housing_not_applicable() -> None:
    rule = {"not_applicable": {"fact": "lodging", "equals": "no", "reason": "ไม่มีผู้พัก"}}
    assert computed(rule, lodging=False) == Computed(NA, "ไม่มีผู้พัก")
    assert computed(rule, lodging=True).rating is None


@given(st.integers(1, 10**6), st.data())
def test_the_level_is_one_plus_the_bounds_reached(whole: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, whole))
    bounds = [50, 60, 70, 81]
    expected = 1 + sum(count * 100 >= bound * whole for bound in bounds)
    value = percent(Fraction(count), Fraction(whole))
    assert level_at([Fraction(bound) for bound in bounds], value) == expected == share(some=count, all=whole).rating
