"""Facts to levels: exact shares, conditions, grades, comparisons, and N/A that follows from facts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.small import small

from khunnaphap.core.framework import NA, Framework
from khunnaphap.core.measures import Circumstances, Computed, compute, compute_all, level_at, percent, rounded, shown

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
    assert computed(rule, some=90, all=100) == Computed(None, "", ("met",))
    assert computed(rule, some=90, all=100, met=True).rating == 5
    assert computed(rule, some=90, all=100, met=False).rating == 4


def test_a_grade_has_the_level_of_its_table() -> None:
    rule = {"measure": "grade", "grade": {"fact": "ita", "levels": {"AA": 5, "A": 4, "B": 3}}}
    assert computed(rule, ita="A").rating == 4
    assert computed(rule) == Computed(None, "", ("ita",))


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


def test_of_several_conditions_that_are_not_met_the_lowest_level_decides() -> None:
    two = [{"level": 3, "fact": "met"}, {"level": 5, "fact": "lodging"}]
    rule = {"measure": "share", "share": {**SHARE, "condition": two}}
    assert computed(rule, some=90, all=100, met=False, lodging=False).rating == 2
    assert computed(rule, some=90, all=100, met=True, lodging=False).rating == 4
    assert computed(rule, some=60, all=100, met=False).rating == 2
    assert computed(rule, some=60, all=100, met=True).rating == 3
    assert computed(rule, some=90, all=100, met=True).lacking == ("lodging",)


def test_a_mean_without_its_reference_is_awaited_and_one_that_nobody_stated_lacks() -> None:
    framework = framework_with(COMPARISON)
    facts = {"nt-thai": Fraction(60), "nt-mathematics": Fraction(60)}
    given = Circumstances(facts, {"nt-thai": Fraction(50)}, frozenset({"P3"}))
    it = framework.by_id["it"]
    assert compute(framework, it, given) == Computed(None, "", awaited=("nt-mathematics",))
    assert compute(framework, it, given).awaits_means
    assert compute(framework, it, Circumstances(facts, {}, frozenset({"P3"}))).rating is None
    half = compute(framework, it, Circumstances({"nt-thai": Fraction(60)}, {}, frozenset({"P3"})))
    assert half == Computed(None, "", ("nt-mathematics",), awaited=("nt-thai", "nt-mathematics"))
    assert not half.awaits_means


def test_reasons_hold_their_values() -> None:
    rule = {"measure": "share", "share": {**SHARE, "condition": [{"level": 5, "fact": "met"}]}}
    assert share(some=81, all=100).reason == "81 จาก 100 คิดเป็นร้อยละ 81.00"
    unmet = computed(rule, some=90, all=100, met=False).reason
    assert unmet == "90 จาก 100 คิดเป็นร้อยละ 90.00 แต่ยังไม่เป็นไปตามเงื่อนไขประกอบ"
    grade = {"measure": "grade", "grade": {"fact": "ita", "levels": {"AA": 5, "A": 4, "B": 3}}}
    assert computed(grade, ita="A").reason == "ผลการประเมินระดับ A"
    above = computed(COMPARISON, nt_thai="60", nt_mathematics="40").reason
    assert above == "คะแนนเฉลี่ยสูงกว่าค่าอ้างอิง 1 จาก 2 รายการ"
    assert share(some=0, all=0).reason == "จำนวนทั้งหมดเป็น 0 จึงไม่มีกรณีให้ประเมิน"
    assert computed(COMPARISON, frozenset({"K2"})).reason == "โรงเรียนไม่เปิดสอนชั้นที่มีการทดสอบระดับชาติ"


def test_a_mean_that_is_no_number_is_a_fault() -> None:
    framework = framework_with(COMPARISON)
    facts = {"nt-thai": "ดี", "nt-mathematics": Fraction(1)}
    means = {"nt-thai": Fraction(1), "nt-mathematics": Fraction(1)}
    with pytest.raises(TypeError, match="a mean is a number, not 'ดี'"):
        compute(framework, framework.by_id["it"], Circumstances(facts, means, frozenset({"P3"})))


def test_a_rubric_follows_from_nothing_and_a_share_of_yes_or_no_from_nothing_either() -> None:
    assert computed({}) == Computed(None, "")
    assert share(some=True, all=3) == share(some=3, all=True) == Computed(None, "", ())
    assert share(some=True).lacking == ("all",)


@pytest.mark.parametrize(
    ("value", "places", "cut", "round_"),
    [
        ("89.996", 2, "89.99", "90.00"), ("-0.001", 2, "0.00", "0.00"), ("-1.239", 2, "-1.23", "-1.24"),
        ("70", 0, "70.0", "70.0"), ("1/3", 4, "0.3333", "0.3333"), ("2/3", 3, "0.666", "0.667"), ("-0.5", 1, "-0.5", "-0.5"),
        ("0.05", 1, "0.0", "0.1"), ("-7", 2, "-7.00", "-7.00"),
    ],
)  # fmt: skip
def test_percentages_are_cut_for_people_and_rounded_for_programs(
    value: str, places: int, cut: str, round_: str
) -> None:
    assert (shown(Fraction(value), places), rounded(Fraction(value), places)) == (cut, round_)


def test_percentages_have_two_and_ten_places() -> None:
    assert (shown(Fraction(1, 3)), rounded(Fraction(1, 3))) == ("0.33", "0.3333333333")


def test_every_indicator_is_computed_under_its_id() -> None:
    rule = {"measure": "grade", "grade": {"fact": "ita", "levels": {"AA": 5, "A": 4, "B": 3}}}
    parts = [{"id": "it", **rule}, {"id": "rubric"}, {"id": "tests", **COMPARISON}]
    framework = small(parts, fact=FACTS, test=TESTS)
    found = compute_all(framework, Circumstances({"ita": "A"}, {}, frozenset({"K2"})))
    assert {key: one.rating for key, one in found.items()} == {"it": 4, "rubric": None, "tests": NA}
