"""The report form is data: another policy, other sections, another number; a wrong one is refused by name."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.core.document import Heading
from khunnaphap.core.problems import Refusal
from khunnaphap.core.rounds import RoundName
from khunnaphap.organisations.models import Province
from khunnaphap.programme.actions import plan_inspection
from khunnaphap.reporting.actions import write_report
from khunnaphap.reporting.queries import inspection_named
from khunnaphap.reporting.report_forms import read_form, shipped_form, shipped_text

from .test_report import JAEHOM, verify


def test_the_shipped_form_has_the_six_sections_of_the_ministry() -> None:
    form = shipped_form()
    assert [one.kind for one in form.sections] == [
        "situation", "results", "difficulties", "success", "recommendations", "practices",
    ]  # fmt: skip
    assert [one.kind for one in form.sections if one.needed] == ["situation", "results", "difficulties"]
    assert all(one.supplied_by for one in form.sections)


def test_policy_and_issue_are_the_inspection_s_own_where_it_has_them(world: Mapping[str, Round], actor: User) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    asked = {"policy": "การเพิ่มโอกาสทางการศึกษา", "issue_number": "3", "issue": "โรงเรียนคุณภาพใกล้บ้าน"}
    cut_off = inspection_named("2567/2").cut_off
    inspection = plan_inspection(name=RoundName(2567, 2), cut_off=cut_off, by=actor, **asked)
    document = write_report(province=Province.objects.get(code="52"), inspection=inspection, by=actor).document
    assert "นโยบายการตรวจราชการ: การเพิ่มโอกาสทางการศึกษา" in document.cover.lines
    assert "ประเด็นที่ ๓ โรงเรียนคุณภาพใกล้บ้าน" in document.cover.lines
    numbers = [block.number for block in document.blocks if isinstance(block, Heading) and block.level == 2]
    assert numbers == [f"๓.{n}" for n in "๑๒๓๔๕๖"]


def test_a_form_of_ones_own_has_its_own_sections_in_its_own_order(world: Mapping[str, Round], actor: User) -> None:
    verify(world["2567/2"], JAEHOM, 3, actor)
    text = shipped_text()
    head, *sections = text.split("[[section]]")
    form = read_form("[[section]]".join([head, sections[1], sections[0]]), name="mine.toml")
    report = write_report(
        province=Province.objects.get(code="52"), inspection=inspection_named("2567/2"), by=actor, form=form
    )
    titles = [block.text for block in report.document.blocks if isinstance(block, Heading) and block.level == 2]
    assert titles == [form.sections[0].title, form.sections[1].title]
    assert form.sections[0].kind == "results"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('policy = "', 'polity = "', "policy"),
        ('level_rule = "most"', 'level_rule = "mode"', "mode"),
        ("aims = false", "aims = 0", "aims"),
        ("aims = false", "aim = false", "aim"),
        ('kind = "success"', 'kind = "luck"', "ส่วนที่ 4"),
        ('kind = "results"', 'kind = "success"', "results"),
        ('parts = ["activities"]', 'parts = ["activitees"]', "activitees"),
        ('title = "ข้อเสนอแนะ"', 'title = ""', "ส่วนที่ 5"),
        ("{province}", "{provinz}", "provinz"),
        ("apart = false", 'apart = false\ncolour = "red"', "colour"),
        ("[[section]]", "[section", "อ่านแฟ้มไม่ได้"),
    ],
)
def test_a_wrong_form_is_refused_with_the_place(old: str, new: str, said: str) -> None:
    with pytest.raises(Refusal, match=said) as refused:
        read_form(shipped_text().replace(old, new), name="mine.toml")
    assert refused.value.problem.file == "mine.toml"
    assert refused.value.problem.mend
