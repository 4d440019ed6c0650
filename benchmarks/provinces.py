"""The nation: its list of schools into the record, a full province to papers, and 77 provinces to papers."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Answer, Assessment
from khunnaphap.core import rounds

from .measuring import ROOT, Cost, Table, child

LIST = ROOT.parent / "shared" / "data" / "obec_schools_2022.csv"
QUALITY = 1_808


def run(home: Path) -> list[Table]:
    """The list twice, a province from empty to papers, then few and all provinces to compare their memory."""
    table = Table("Provinces (cold processes, SQLite with synchronous=FULL)")
    _province(table, home)
    if not LIST.exists():
        table.add("the national list and 77 provinces", f"not measured: {LIST.name} is not at {LIST.parent}")
        return [table]
    nation = home / "nation"
    child("init", home=nation)
    for work in ("national list into an empty record, 29,579 schools", "the same list again, nothing changed"):
        cost = child("import", str(LIST), "--json", home=nation, allowed=(0, 1))
        table.add(work, f"{cost.seconds:.1f} s, {cost.megabytes:.0f} MB")
    maker = "from benchmarks.provinces import verify_the_nation; verify_the_nation()"
    child("-c", f"import django; django.setup(); {maker}", home=nation)
    few = _report(nation, "--province", "10", "50", "52", "30", "80", "90", "34")
    table.add("7 provinces to papers", _told(few))
    every = _report(nation, "--all")
    table.add(f"77 provinces to papers, {QUALITY:,} schools", _told(every), "memory flat")
    return [table]


def _province(table: Table, home: Path) -> None:
    demo, out = home / "demo", home / "out"
    child("demo", "--out", str(out), "--json", home=demo)
    shutil.rmtree(demo)
    child("demo", "--empty", home=demo)
    books = [*sorted(out.glob("workbooks/2567-*/school-*.xlsx")), *sorted(out.glob("workbooks/2567-*/verif*.xlsx"))]
    books += sorted(out.glob("workbooks/2567/office-*.xlsx"))
    imported = child("import", *map(str, books), home=demo)
    papers = _report(demo, "--province", "52")
    seconds = imported.seconds + papers.seconds
    table.add(f"a full province, {len(books)} workbooks of a year to report and summary", f"{seconds:.1f} s")


def _report(record: Path, *whose: str) -> Cost:
    out = record / "papers"
    return child("report", *whose, "--inspection", "2567/2", "--out", str(out), home=record)


def _told(cost: Cost) -> str:
    return f"{cost.seconds:.1f} s, largest process {max(cost.megabytes, cost.largest_worker):.0f} MB"


def verify_the_nation() -> None:
    """Quality schools spread over the list, a verified round of them, and an account of each of their offices."""
    from khunnaphap.accounts.queries import system_actor
    from khunnaphap.assessments.actions import open_round
    from khunnaphap.core.programme import Candidate, StaffingGap, Support
    from khunnaphap.core.rounds import RoundName
    from khunnaphap.demo import accounts
    from khunnaphap.demo.building import demo_data
    from khunnaphap.frameworks.models import Edition
    from khunnaphap.frameworks.queries import framework_of
    from khunnaphap.organisations.models import AreaOffice, School
    from khunnaphap.programme.actions import plan_inspection, record_account

    actor = system_actor()
    codes = list(School.objects.order_by("district__province", "ministry_code").values_list("pk", flat=True))
    School.objects.filter(pk__in=codes[:: len(codes) // QUALITY][:QUALITY]).update(is_quality=True)
    edition = Edition.objects.get()
    round_ = open_round(
        edition=edition,
        name=RoundName(2567, 2),
        opens=datetime(2024, 5, 1, tzinfo=UTC),
        closes=datetime(2024, 8, 30, tzinfo=UTC),
        schools=School.objects.filter(is_quality=True),
        references=demo_data()["references"],
        is_example=True,
        by=actor,
    )
    _answer(list(round_.assessments.order_by("pk")), [one.id for one in framework_of(edition).indicators], actor)
    told = accounts.office_year("520003")
    for office in AreaOffice.objects.filter(schools__is_quality=True).distinct():
        schools = list(office.schools.values_list("ministry_code", flat=True)[:6])
        own = replace(
            told,
            candidates=tuple(Candidate(code, at % 2 == 0) for at, code in enumerate(schools)),
            support=(Support("เครือข่าย", "อุปกรณ์", schools[0]),),
            staffing=(StaffingGap(schools[0], "ครูภาษาอังกฤษ", 1, ""),),
        )
        record_account(office=office, year=2567, told=own, by=actor)
    plan_inspection(name=RoundName(2567, 2), cut_off=datetime(2024, 9, 10, tzinfo=UTC), by=actor)


def _answer(assessments: list[Assessment], indicators: list[str], actor: User) -> None:
    """Both ratings of every indicator, as the product's actions would have left them."""
    moment = datetime(2024, 8, 1, tzinfo=UTC)
    rows = [
        Answer(
            assessment=assessment,
            indicator=key,
            self_level=1 + (place + 3 * at) % 5,
            self_by=actor,
            self_at=moment,
            verified_level=1 + (place + 3 * at) % 5,
            verified_by=actor,
            verified_at=moment,
        )
        for place, assessment in enumerate(assessments)
        for at, key in enumerate(indicators)
    ]
    Answer.objects.bulk_create(rows, batch_size=5000)
    ids = [assessment.pk for assessment in assessments]
    Assessment.objects.filter(pk__in=ids).update(state=rounds.VERIFIED, verified_at=moment)
