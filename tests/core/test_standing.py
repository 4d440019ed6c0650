"""A sentence on many schools says no more than is so: counts that add up, all only where all, no figure against it."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khunnaphap.core.framework import NA, Framework, Indicator, Rating, Share
from khunnaphap.core.measures import Circumstances, compute, percent
from khunnaphap.core.standing import ContradictedError, sentence
from khunnaphap.core.summary import Pooled, Stand, Summary, agrees, bounds_of, summarise

HEADS = "มีผู้บริหารที่ปฏิบัติตนตามจรรยาบรรณของวิชาชีพครบทั้ง 5 ด้าน และไม่มีข้อร้องเรียนที่มีมูลในปีการศึกษา"


def told(framework: Framework, indicator: str, *ratings: Rating, rule: str = "most") -> str:
    found = summarise(framework.by_id[indicator], [Stand(one, {}) for one in ratings], rule)
    return sentence(found, framework.facts_by_id)


def test_not_all_is_counted_first_and_the_rest_told_by_level(framework: Framework) -> None:
    ratings = [2] * 16 + [3] * 7 + [1] * 3
    assert told(framework, "administrator-ethics", *ratings) == (
        f"โรงเรียนคุณภาพ จำนวน 16 แห่ง จาก 26 แห่ง (ร้อยละ 61.54) {HEADS} ส่วนอีก 10 แห่ง อยู่ในระดับดี 7 แห่ง และระดับกำลังพัฒนา 3 แห่ง"
    )


def test_the_rest_at_one_level_needs_no_second_count(framework: Framework) -> None:
    assert told(framework, "administrator-ethics", 2, 2, 5).endswith("ส่วนอีก 1 แห่ง อยู่ในระดับยอดเยี่ยม")


def test_three_levels_are_listed_highest_first(framework: Framework) -> None:
    assert told(framework, "administrator-ethics", 2, 2, 2, 1, 4, 5, 5).endswith(
        "ส่วนอีก 4 แห่ง อยู่ในระดับยอดเยี่ยม 2 แห่ง ระดับดีเลิศ 1 แห่ง และระดับกำลังพัฒนา 1 แห่ง"
    )


def test_all_stands_only_where_all_do(framework: Framework) -> None:
    assert told(framework, "administrator-ethics", 2, 2) == f"โรงเรียนคุณภาพทุกแห่ง จำนวน 2 แห่ง {HEADS}"
    assert told(framework, "administrator-ethics", 2) == f"โรงเรียนคุณภาพ จำนวน 1 แห่ง {HEADS}"


def test_schools_that_it_does_not_concern_are_told_apart(framework: Framework) -> None:
    text = told(framework, "housing", 5, 5, NA)
    assert text.startswith("โรงเรียนคุณภาพทุกแห่งที่เกี่ยวข้อง จำนวน 2 แห่ง มีบ้านพัก")
    assert text.endswith("ทั้งนี้ ไม่นับรวมโรงเรียนที่ตัวชี้วัดนี้ไม่เกี่ยวข้อง 1 แห่ง")
    assert told(framework, "housing", NA) == "ไม่มีโรงเรียนที่เกี่ยวข้องกับตัวชี้วัดนี้"
    assert told(framework, "housing") == "ยังไม่มีข้อมูลที่ตรวจสอบแล้ว"


def test_what_is_not_all_never_reads_as_all(framework: Framework) -> None:
    assert "(ร้อยละ 99.99)" in told(framework, "administrator-ethics", *[2] * 99_999, 1)


def test_a_level_without_words_of_its_own_is_told_by_its_descriptor(framework: Framework) -> None:
    from khunnaphap.core.wording import worded

    bare = worded(framework, {one.id: {"report": [""] * 5} for one in framework.indicators})
    descriptor = bare.by_id["administrator-ethics"].level(2).descriptor
    assert told(bare, "administrator-ethics", 2) == f"โรงเรียนคุณภาพ จำนวน 1 แห่ง อยู่ในระดับปานกลาง คือ {descriptor}"


def share(framework: Framework, *schools: tuple[int, int, int]) -> str:
    """Schools as (level, teachers in a PLC, teachers)."""
    stands = [
        Stand(level, {"teachers-in-plc": Fraction(some), "teachers": Fraction(whole)}) for level, some, whole in schools
    ]
    return sentence(summarise(framework.by_id["plc-exchange"], stands), framework.facts_by_id)


def test_of_a_share_the_pooled_figure_stands_first_with_its_unit(framework: Framework) -> None:
    assert share(framework, (5, 9, 10), (5, 80, 90), (3, 6, 10)) == (
        "ครูที่ร่วมกระบวนการ PLC และนำผลการสะท้อนกลับมาปรับปรุงการจัดการเรียนรู้ จำนวน 95 คน จากครูผู้สอนทั้งหมด จำนวน 110 คน "
        "คิดเป็นร้อยละ 86.36 โดยโรงเรียนคุณภาพ จำนวน 2 แห่ง จาก 3 แห่ง (ร้อยละ 66.67) มีครูตั้งแต่ร้อยละ 80 ขึ้นไป"
        "ที่ร่วมกระบวนการ PLC และนำผลการสะท้อนกลับมาปรับปรุงการจัดการเรียนรู้ของตน ส่วนอีก 1 แห่ง อยู่ในระดับดี"
    )


def test_a_school_whose_own_share_says_otherwise_is_told_by_the_levels_name_alone(framework: Framework) -> None:
    text = share(framework, (5, 1, 10), (5, 9, 10))
    assert "โดยโรงเรียนคุณภาพทุกแห่ง จำนวน 2 แห่ง อยู่ในระดับยอดเยี่ยม" in text
    assert "ตั้งแต่ร้อยละ" not in text


def test_a_condition_that_holds_a_school_back_does_not_make_its_level_doubtful(framework: Framework) -> None:
    facts = {"teachers-made-media": Fraction(9), "teachers": Fraction(10), "media-raised-achievement": False}
    one = framework.by_id["making-media"]
    assert agrees(one, Stand(4, facts, 4))
    assert not agrees(one, Stand(3, facts, 4))
    assert bounds_of(one, 4) == (61, None)
    assert "มีครูตั้งแต่ร้อยละ 61 ขึ้นไปที่สร้างหรือพัฒนาสื่อ" in sentence(summarise(one, [Stand(4, facts, 4)]), framework.facts_by_id)


def test_a_figure_that_contradicts_its_sentence_cannot_be_printed(framework: Framework) -> None:
    one = framework.by_id["plc-exchange"]
    wrong = Summary(one, 5, 2, 2, 0, (0, 0, 0, 0, 2), Pooled(Fraction(79), Fraction(100), 2))
    with pytest.raises(ContradictedError, match="79"):
        sentence(wrong, framework.facts_by_id)


SHARES = st.sampled_from(
    ["performance-agreement", "making-media", "plc-exchange", "bilingual-classrooms", "graduation", "student-health"]
)


@st.composite
def schools(draw: st.DrawFn, framework: Framework, indicator: Indicator) -> list[Stand]:
    """Verified schools: most at the level of their facts, some at another that a verifier gave, some without facts."""
    measure = indicator.measure
    assert isinstance(measure, Share)
    stands = []
    for _ in range(draw(st.integers(1, 8))):
        whole = draw(st.integers(1, 40))
        facts: dict[str, Fraction | bool] = {
            measure.whole: Fraction(whole),
            measure.count: Fraction(draw(st.integers(0, whole))),
        }
        facts |= {one.fact: draw(st.booleans()) for one in measure.conditions if draw(st.integers(0, 5))}
        if not draw(st.integers(0, 9)):
            facts = {}
        computed = compute(framework, indicator, Circumstances(facts, {}, frozenset())).rating
        given_level = draw(st.integers(1, 5)) if not draw(st.integers(0, 4)) else computed
        rating = given_level if isinstance(given_level, int) else draw(st.integers(1, 5))
        stands.append(Stand(rating, facts, computed))
    return stands


@given(st.data(), SHARES, st.sampled_from(["most", "lower-median", "lowest"]))
def test_no_sentence_on_a_share_is_contradicted_by_what_it_counts(
    framework: Framework, data: st.DataObject, key: str, rule: str
) -> None:
    indicator = framework.by_id[key]
    stands = data.draw(schools(framework, indicator))
    summary = summarise(indicator, stands, rule)
    text = sentence(summary, framework.facts_by_id)
    numbers = [
        int(one.replace(",", "")) for one in re.findall(r"([\d,]+) แห่ง", text.partition("โดยโรงเรียน")[2] or text)
    ]
    assert numbers[0] == summary.there
    assert ("ทุกแห่ง" in text) == (summary.there == summary.rated > 1)
    assert summary.level is not None
    level = indicator.level(summary.level)
    if level.report in text:
        lower, upper = bounds_of(indicator, level.number)
        own = [stand for stand in stands if stand.rating == level.number and stand.facts]
        for stand in own:
            value = percent(stand.facts[indicator.measure.count], stand.facts[indicator.measure.whole])  # type: ignore[union-attr, arg-type]
            assert value >= lower
            assert upper is None or value < upper


@given(st.lists(st.one_of(st.integers(1, 5), st.just(NA)), min_size=1, max_size=40))
def test_the_counts_of_a_sentence_add_up(framework: Framework, ratings: list[Rating]) -> None:
    indicator = framework.by_id["shared-vision"]
    summary = summarise(indicator, [Stand(one, {}) for one in ratings])
    text = sentence(summary, framework.facts_by_id)
    if summary.level is None:
        assert text == "ไม่มีโรงเรียนที่เกี่ยวข้องกับตัวชี้วัดนี้"
        return
    rest = re.search(r"ส่วนอีก (\d+) แห่ง อยู่ใน(.*?)(?: ทั้งนี้|$)", text)
    left = summary.rated - summary.there
    assert (int(rest[1]) if rest else 0) == left
    each = [int(one) for one in re.findall(r"(\d+) แห่ง", rest[2])] if rest else []
    assert sum(each) == left or (each == [] and sum(bool(one) for one in summary.by_level) <= 2)
