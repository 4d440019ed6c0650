"""The shipped edition is whole, and a faulty one is refused with its place."""

from __future__ import annotations

import csv
import io
import json
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.editions import editions
from tests.core.small import data

from khunnaphap.core.edition import EditionError, content_of, exact_number, framework_from, number_text
from khunnaphap.core.framework import Comparison, Framework, Grade, Share
from khunnaphap.core.problems import Unreadable
from khunnaphap.frameworks.queries import shipped_edition


def test_the_example_has_5_components_20_aspects_74_indicators_and_370_descriptors(framework: Framework) -> None:
    aspects = [aspect for component in framework.components for aspect in component.aspects]
    assert (len(framework.components), len(aspects), len(framework.indicators)) == (5, 20, 74)
    descriptors = [level.descriptor for indicator in framework.indicators for level in indicator.levels]
    assert len(descriptors) == len(set(descriptors)) == 370


def test_the_example_measures_as_the_programme_does(framework: Framework) -> None:
    kinds = {
        name: [i.label for i in framework.indicators if i.measure_name == name]
        for name in ("share", "grade", "comparison")
    }
    assert kinds["grade"] == ["3.6.1"]
    assert kinds["comparison"] == ["5.1.1"]
    assert kinds["share"] == [
        "2.2.4", "2.2.5", "2.2.8", "2.2.9", "4.2.3", "4.2.5", "4.2.6", "4.2.7",
        "5.2.1", "5.2.2", "5.2.3", "5.2.4", "5.2.5", "5.2.6", "5.3.1", "5.3.2", "5.4.1", "5.4.2",
    ]  # fmt: skip


def test_labels_follow_components_and_aspects(framework: Framework) -> None:
    for component, aspect, indicator in framework.walk():
        assert re.fullmatch(rf"{component.label}\.\d+", aspect.label)
        assert re.fullmatch(rf"{re.escape(aspect.label)}\.\d+", indicator.label)


def test_every_fact_is_asked_for_a_reason(framework: Framework) -> None:
    used = {subject.fact for test in framework.tests for subject in test.subjects}
    for indicator in framework.indicators:
        if indicator.not_applicable:
            used.add(indicator.not_applicable.fact)
        match indicator.measure:
            case Share(count, whole, _, conditions):
                used |= {count, whole, *(condition.fact for condition in conditions)}
            case Grade(fact, _):
                used.add(fact)
            case Comparison() | None:
                pass
    assert used == set(framework.facts_by_id)


def test_the_words_of_a_share_state_its_bounds(framework: Framework) -> None:
    for indicator in framework.indicators:
        if isinstance(indicator.measure, Share):
            for level, bound in zip(indicator.levels[1:], indicator.measure.bounds, strict=True):
                assert str(bound) in level.descriptor, indicator.label


def test_descriptors_are_clean_thai_sentences(framework: Framework) -> None:
    for indicator in framework.indicators:
        assert indicator.statement
        assert indicator.evidence
        for level in indicator.levels:
            text = level.descriptor
            assert 40 <= len(text) <= 260, (indicator.label, level.number)
            assert text == " ".join(text.split())
            assert not re.search("[\u200b-\u200f\ufeff]|[ก-๙][a-z]|[а-яА-Я]|%|[๐-๙]", text), (indicator.label, text)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"levels": ["ก"] * 4}, "1.1.1"),
        ({"measure": "share"}, "1.1.1"),
        ({"measure": "share", "share": {"count": "x", "whole": "y", "bounds": ["1", "2", "3", "4"]}}, "“x”"),
        ({"weight": "0"}, "indicators (0,) weight"),
    ],
)
def test_a_faulty_indicator_is_refused_with_its_place(change: dict, place: str) -> None:
    with pytest.raises(EditionError, match=re.escape(place)):
        framework_from(data([[change]]))


def test_bands_must_fall_to_0() -> None:
    with pytest.raises(EditionError, match="bands"):
        framework_from(data([[{}]], band=[{"colour": "red", "title": "แดง", "lower": "10"}]))


def test_the_same_id_twice_is_refused() -> None:
    with pytest.raises(EditionError, match="“same”"):
        framework_from(data([[{"id": "same"}, {"id": "same"}]]))


def test_an_edition_goes_into_plain_data_and_back_without_loss(framework: Framework) -> None:
    assert content_of(framework) == shipped_edition()


@settings(max_examples=60, deadline=None)
@given(editions())
def test_any_edition_comes_back_from_its_data_the_same(made: Framework) -> None:
    content = json.loads(json.dumps(content_of(made)))
    assert framework_from(content) == made
    assert content_of(framework_from(content)) == content


@given(st.fractions(min_value=0, max_value=10**6, max_denominator=10**6))
def test_a_number_is_written_so_that_it_reads_back_exactly(value: Fraction) -> None:
    assert exact_number(number_text(value)) == value


@pytest.mark.parametrize(
    ("text", "value"), [("90", Fraction(90)), ("2.50", Fraction(5, 2)), ("1 / 3", Fraction(1, 3)), ("007", Fraction(7))]
)
def test_numbers_are_read_exactly(text: str, value: Fraction) -> None:
    assert exact_number(text) == value


@pytest.mark.parametrize("text", ["", "-1", "1/0", "1/00", "1e3", "๑", "1,000", "50%", "1/2/3", ".5"])
def test_what_is_no_plain_number_is_told(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        exact_number(text)
    assert error.value.problem.code == "not-a-number"


@pytest.mark.parametrize("text", ["9" * 40, "33.3333333333333", "1/12345678901"])
def test_a_number_of_more_digits_than_are_kept_is_told_the_limit(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        exact_number(text)
    assert error.value.problem.code == "number-too-long"
    assert "15 หลัก" in error.value.problem.mend


INDICATORS = """\
1.1.1,ความมั่นคงแข็งแรงและความเพียงพอของอาคาร
2.2.4,ผ่านการประเมินการพัฒนางานตามข้อตกลง (PA)
3.6.1,การบริหารจัดการตามหลักธรรมาภิบาล (ITA)
4.2.6,๑ ห้องเรียน ๑ นวัตกรรม
5.1.1,"ผลการทดสอบระดับชาติ (RT, NT, O-NET)"
5.6.1,๑ โรงเรียน ๑ อาชีพ
"""


def test_titles_are_the_programmes_own(framework: Framework) -> None:
    by_label = {indicator.label: indicator.title for indicator in framework.indicators}
    for label, title in csv.reader(io.StringIO(INDICATORS)):
        assert by_label[label] == title
