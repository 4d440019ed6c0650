"""The whole main job on the demo province: workbooks out, filled, in; colours; report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.core.problems import Problem
from khunnaphap.core.rounds import RoundName
from khunnaphap.exchange.actions import import_workbook
from khunnaphap.exchange.forms import office_form, school_forms, verification_form
from khunnaphap.exchange.summaries import colour_summary
from khunnaphap.organisations.models import AreaOffice
from khunnaphap.reporting.actions import write_report
from khunnaphap.reporting.keeping import put
from khunnaphap.reporting.queries import inspection_named, province_coded
from khunnaphap.sheets.office_form import write_office
from khunnaphap.sheets.school_form import write_school
from khunnaphap.sheets.verification_form import write_verification

from . import accounts
from .answers import Made, make
from .building import aims, build, demo_data
from .living import TRIED_BY_HAND, Hands, approve_past_rounds, attach_pictures, begin_living_round
from .people import make_people


@dataclass(frozen=True)
class Step:
    """One piece of work done: what, and the file it made, if any."""

    what: str
    made: Path | None = None


class DemoError(RuntimeError):
    """The demo's own workbook was refused: a fault of the product, with its problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{p.sheet}!{p.cell} {p.message}" for p in problems[:5]))


def steps_of(data: dict) -> int:
    """How many steps ``run`` takes: for each worked round its schools and offices, then its papers."""
    worked = sum(not each.get("empty") for each in data["round"])
    return 1 + worked * (len(aims(data)) + len(data["office"]) + 1) + len(accounts.codes()) + 2


def run(*, out: Path, by: User) -> Iterator[Step]:
    """Do the whole job, a step at a time; files go to ``out``. The record must be fresh."""
    data = demo_data()
    opened = build(by=by)
    make_people(by=by)
    yield Step("จัดทำทะเบียนโรงเรียนและรอบการประเมิน")
    for number, (round_, each) in enumerate(zip(opened, data["round"], strict=True)):
        if not each.get("empty"):
            yield from _work_round(round_, number, data, out, by)
    yield from _tell_offices(data, out, by)
    inspection = inspection_named(data["inspection"][-1]["name"])
    report = write_report(province=province_coded("52"), inspection=inspection, by=by)
    made = [_write(out / name, content) for name, content in report.files.items()]
    yield Step("เขียนรายงานตรวจราชการ", made[0])
    hands = Hands(*(User.objects.get(username=name) for name in ("demo-head", "demo-verifier", "demo-director")))
    approve_past_rounds(by=hands.director)
    opened = begin_living_round(by=by, hands=hands)
    attach_pictures(assessment=opened.assessments.get(school__ministry_code=TRIED_BY_HAND), by=hands.school)
    yield Step(f"เปิดรอบ {opened.name} ไว้กลางทาง")


def _tell_offices(data: dict, out: Path, by: User) -> Iterator[Step]:
    """Each office hands in its workbook of the year of the last inspection."""
    year = RoundName.parse(data["inspection"][-1]["name"]).year
    for code in accounts.codes():
        office = AreaOffice.objects.get(code=code)
        filled = write_office(replace(office_form(office, year), told=accounts.office_year(code)))
        yield _hand_in(out / "workbooks" / str(year) / f"office-{code}.xlsx", filled, office.name, by)


def _work_round(round_: Round, number: int, data: dict, out: Path, by: User) -> Iterator[Step]:
    folder = out / "workbooks" / str(round_.name).replace("/", "-")
    wanted, made = aims(data), {}
    for assessment, form in school_forms(round_):
        code = assessment.school.ministry_code
        made[code] = make(
            form.framework,
            school=code,
            round_name=str(round_.name),
            aim=wanted[code][number],
            grades=form.grades,
            references=data["references"],
        )
        filled = write_school(replace(form, answers=made[code].answers, facts=made[code].facts))
        yield _hand_in(folder / f"school-{code}.xlsx", filled, form.name, by)
    for office in AreaOffice.objects.all():
        filled = write_verification(_verified(round_, office, made))
        yield _hand_in(folder / f"verification-{office.code}.xlsx", filled, office.name, by)
    summary = out / f"สรุปกลุ่มสี-{str(round_.name).replace('/', '-')}.xlsx"
    yield Step(f"จัดกลุ่มสีรอบ {round_.name}", _write(summary, colour_summary(round_)))


def _verified(round_: Round, office: AreaOffice, made: dict[str, Made]):  # type: ignore[no-untyped-def]
    form = verification_form(round_, office)
    schools = [replace(school, answers=made[school.code].answers) for school in form.schools]
    return replace(form, schools=schools)


def _hand_in(path: Path, content: bytes, name: str, by: User) -> Step:
    _write(path, content)
    report = import_workbook(name=path.name, content=content, by=by)
    if report.problems:
        raise DemoError(report.problems)
    return Step(f"นำเข้า {name}", path)


def _write(path: Path, content: bytes) -> Path:
    put(path, content)
    return path
