"""Read workbooks checked against the record: the core's one validation, its problems led back to cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.queries import Standing, circumstances
from khunnaphap.core import rounds
from khunnaphap.core.framework import NA
from khunnaphap.core.handin import Entry, check_facts, check_self, check_verified, with_self, with_verified
from khunnaphap.core.measures import FactValue, compute_all
from khunnaphap.core.problems import Problem
from khunnaphap.frameworks.queries import framework_of
from khunnaphap.sheets.reading import Sheet
from khunnaphap.sheets.school_reading import read_school
from khunnaphap.sheets.verification_reading import SchoolVerification, read_verification

__all__ = ["Checked", "Place", "check_school", "check_verification", "framework_of", "read_verification"]

Place: TypeAlias = Callable[[str, Problem], Problem]
"""Puts a problem of an indicator, fact or "school" at its cell."""


@dataclass
class Checked:
    """Entries and facts that may be recorded, or the problems that forbid it."""

    place: Place
    entries: Mapping[str, Entry] = field(default_factory=dict)
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def check_school(sheets: Mapping[str, Sheet], round_: Round, assessment: Assessment, standing: Standing) -> Checked:
    """A school's workbook, read and checked together with what the record has already."""
    framework = standing.framework
    read = read_school(sheets, framework)
    answers = dict(standing.answers)
    answers |= {key: with_self(standing.answer(key), entry) for key, entry in read.entries.items() if not entry.blank}
    facts = {**standing.facts, **read.facts}
    computed = compute_all(framework, circumstances(round_, assessment, facts))
    problems = [*read.findings.problems]
    problems += [read.placed(key, problem) for key, problem in check_facts(framework, facts)]
    problems += [read.placed(key, problem) for key, problem in check_self(framework, answers, computed)]
    warnings = [*read.findings.warnings]
    if not problems and not read.facts and all(entry.blank for entry in read.entries.values()):
        warnings.append(Problem("nothing-filled", "แฟ้มนี้ไม่มีคำตอบ", "กรอกคำตอบในช่องสีเหลือง แล้วส่งใหม่"))
    return Checked(read.placed, read.entries, read.facts, problems, warnings)


def check_verification(
    school: SchoolVerification, office: str, round_: Round, known: tuple[Assessment, Standing] | None
) -> Checked:
    """One school of a verification workbook, checked against the record."""
    checked = Checked(school.placed, problems=[*school.findings.problems])
    if known is None or known[0].school.office.code != office:
        whose = "ของสำนักงานเขตนี้" if known is not None else f"ที่อยู่ในรอบ {round_.name}"
        checked.problems.append(
            school.placed(
                "school",
                Problem(
                    "school-unknown", f"รหัส {school.code} ไม่ใช่โรงเรียน{whose}", "ตรวจรหัสโรงเรียน หรือลบแถวของโรงเรียนนี้"
                ),
            )
        )
        return checked
    assessment, standing = known
    if assessment.state in (rounds.DRAFT, rounds.RETURNED):
        checked.problems.append(
            school.placed(
                "school",
                Problem(
                    "not-submitted",
                    f"โรงเรียน{assessment.school.name} ({school.code}) ยังไม่ส่งผลประเมินตนเองครบ จึงตรวจสอบไม่ได้",
                    "ให้โรงเรียนส่งก่อน แล้วนำเข้าแฟ้มนี้อีกครั้ง โรงเรียนอื่นในแฟ้มไม่ถูกกระทบ",
                ),
            )
        )
        return checked
    checked.entries = _agreed(school, standing, checked)
    answers = dict(standing.answers)
    answers |= {
        key: with_verified(standing.answer(key), entry) for key, entry in checked.entries.items() if not entry.blank
    }
    found = check_verified(standing.framework, answers, standing.computed)
    checked.problems += [school.placed(key, problem) for key, problem in found]
    return checked


def _agreed(school: SchoolVerification, standing: Standing, checked: Checked) -> dict[str, Entry]:
    """The entries with every agreement turned into the school's own rating."""
    own, verified = standing.self_ratings, standing.verified_ratings
    entries = dict(school.entries)
    for indicator in standing.framework.indicators:
        entry = entries.get(indicator.id, Entry())
        explicit = indicator.id in school.agreed
        rest = school.agree_rest and entry.rating is None and verified[indicator.id] is None
        if not explicit and not rest:
            continue
        rating = own[indicator.id]
        if explicit and rating is None:
            message = f"ตัวชี้วัด {indicator.label} โรงเรียนยังไม่ได้ประเมิน จึงเห็นตามไม่ได้"
            checked.problems.append(
                school.placed(indicator.id, Problem("nothing-to-agree", message, "เลือกระดับที่ตรวจสอบได้"))
            )
        elif rating is not NA or standing.computed[indicator.id].rating is not NA:
            entries[indicator.id] = Entry(rating=rating, remark=entry.remark)
    return entries
