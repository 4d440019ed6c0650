"""What reports say of levels: beside the edition, outside what it is, and in no number but the level's own."""

from __future__ import annotations

import pytest

from khunnaphap.core.edition import content_of
from khunnaphap.core.framework import Framework
from khunnaphap.core.wording import beyond, carried, doubts, worded, wording_of
from khunnaphap.frameworks.models import digest_of


def test_every_level_of_the_shipped_example_has_words_of_its_own(framework: Framework) -> None:
    told = [level.report for one in framework.indicators for level in one.levels]
    assert (len(told), len([one for one in told if one])) == (370, 370)
    for one in framework.indicators:
        assert len({level.report for level in one.levels}) == 5, one.label


def test_the_shipped_words_hold_no_number_that_their_level_does_not_tell(framework: Framework) -> None:
    assert [(one.label, level.number, problem.message) for one, level, problem in doubts(None, framework)] == []


def test_the_shipped_words_offer_no_alternative_and_read_on_from_the_count_of_schools(framework: Framework) -> None:
    for one in framework.indicators:
        for level in one.levels:
            assert " หรือ" not in level.report, (one.label, level.number)
            assert not level.report.startswith(("โรงเรียน", "ครู", "ผู้บริหาร", "นักเรียน", "อาคาร")), level.report
            assert not level.report.endswith((".", " ")), level.report
            assert "ทุกแห่ง" not in level.report, "only a sentence on all schools says so"


@pytest.mark.parametrize(
    ("sentence", "descriptor", "strange"),
    [
        ("มีครูอย่างน้อยครึ่งหนึ่ง", "ครูอย่างน้อยครึ่งหนึ่งของโรงเรียน", []),
        ("มีครูอย่างน้อยสามในสี่", "ครูอย่างน้อยครึ่งหนึ่งของโรงเรียน", ["อย่างน้อยสามในสี่"]),
        ("ตั้งแต่ร้อยละ ๖๑ ขึ้นไป", "ตั้งแต่ร้อยละ 61 แต่ไม่ถึงร้อยละ 81", []),
        ("ไม่ถึงร้อยละ 61", "ตั้งแต่ร้อยละ 61 แต่ไม่ถึงร้อยละ 81", ["ไม่ถึงร้อยละ61"]),
        ("มีครูครบทุกคน", "ครูทุกคน", []),
        ("มีครูครบทุกคน", "ครูบางคน", ["ทุก"]),
        ("ปีละ 1 ครั้ง และอีก 1 ครั้ง", "ปีละ 1 ครั้ง", ["1"]),
    ],
)
def test_numbers_are_held_with_what_bounds_them(sentence: str, descriptor: str, strange: list[str]) -> None:
    assert beyond(sentence, descriptor) == strange


def test_words_are_no_part_of_what_an_edition_is(framework: Framework) -> None:
    bare = worded(framework, {one.id: {"report": [""] * 5} for one in framework.indicators})
    assert bare == framework
    assert digest_of(content_of(bare)) == digest_of(content_of(framework))
    assert wording_of(bare) == {}
    assert wording_of(worded(bare, wording_of(framework))) == wording_of(framework)


def test_words_are_carried_to_levels_that_say_the_same(framework: Framework) -> None:
    bare = worded(framework, {one.id: {"report": []} for one in framework.indicators})
    assert wording_of(
        carried(framework, worded(bare, {framework.indicators[0].id: {"report": [""] * 5}}))
    ) == wording_of(framework)
