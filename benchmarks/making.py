"""Made-up records of any size, through the product's own actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from khunnaphap.accounts.queries import system_actor
from khunnaphap.assessments.actions import open_round
from khunnaphap.assessments.models import Round
from khunnaphap.cli.record import make_record
from khunnaphap.core.grades import grades_of
from khunnaphap.core.rounds import RoundName
from khunnaphap.demo.answers import make
from khunnaphap.demo.building import demo_data
from khunnaphap.exchange.forms import school_forms
from khunnaphap.frameworks.models import Edition
from khunnaphap.organisations.actions import NewSchool, register_office, register_schools
from khunnaphap.organisations.models import School
from khunnaphap.sheets.school_form import SchoolForm


def schools(number: int, offices: int = 4) -> Round:
    """A record with one round of so many made-up schools."""
    make_record()
    actor = system_actor()
    for office in range(offices):
        register_office(code=f"B{office:03}", name=f"สพป.ทดสอบ {office}", level="primary", provinces=["52"], by=actor)
    grades = grades_of("K2-P6")
    register_schools(
        schools=[
            NewSchool(
                f"99{place:08}",
                f"{place:08}",
                f"โรงเรียนทดสอบ {place}",
                f"52{place % 13 + 1:02}",
                f"B{place % offices:03}",
                grades,
            )
            for place in range(number)
        ],
        by=actor,
    )
    return open_round(
        edition=Edition.objects.get(),
        name=RoundName(2567, 1),
        opens=datetime(2024, 1, 1, tzinfo=UTC),
        closes=datetime(2024, 2, 1, tzinfo=UTC),
        schools=School.objects.all(),
        references=demo_data()["references"],
        is_example=True,
        by=actor,
    )


def filled_forms(round_: Round, codes: list[str] | None = None) -> list[SchoolForm]:
    """The forms of these schools (or all), filled with made-up answers."""
    references = demo_data()["references"]
    forms = []
    for assessment, form in school_forms(round_, codes):
        code = assessment.school.ministry_code
        aim = 55 + int(code) % 40
        made = make(form.framework, school=code, round_name="b", aim=aim, grades=form.grades, references=references)
        forms.append(replace(form, answers=made.answers, facts=made.facts))
    return forms
