"""The web: saves a second through the whole stack, rounds opened, a board of 1,000 schools."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.test import Client
from django.utils import timezone

from .measuring import Table, median_seconds
from .storm import WORKERS, Visitor, served, storm

CLIENTS, SAVES = 32, 60
SCHOOLS = 1000


def run(home: Path) -> list[Table]:
    """All tables of the web on SQLite, and the saves on PostgreSQL where KHUNNAPHAP_BENCH_PG names one."""
    from khunnaphap.cli.record import make_record

    make_record()
    visitors, indicators, opened = a_record(SCHOOLS)
    saves = Table(
        f"Saving one answer: session, CSRF, permission, version, audit chain; {CLIENTS} clients, {WORKERS} sync workers"
    )
    bare = _saves({}, visitors, indicators, "benchmarks.bare:application")
    full = _saves({}, visitors, indicators)
    _tell(saves, "a bare Django save, SQLite", bare, "the limit")
    _tell(saves, "SQLite (synchronous FULL)", full, ">= 300/s, p99 < 250 ms")
    saves.add("bare / full", f"{bare[0] / full[0]:.1f}", "<= 3")
    if url := os.environ.get("KHUNNAPHAP_BENCH_PG"):
        _tell(saves, "PostgreSQL", _elsewhere(url), ">= 400/s, p99 < 250 ms")
    else:
        saves.add("PostgreSQL", "not measured: KHUNNAPHAP_BENCH_PG names no database")
    return [saves, _rounds(opened), _board()]


def _tell(table: Table, where: str, told: Sequence[float], wanted: str) -> None:
    rate, middle, most, failed = told
    table.add(
        f"saves on {where}", f"{rate:.0f}/s, p50 {middle:.0f} ms, p99 {most:.0f} ms, {failed:.0f} not taken", wanted
    )


def _saves(
    environment: dict[str, str],
    visitors: Sequence[Visitor],
    indicators: Sequence[str],
    application: str = "",
) -> tuple[float, ...]:
    """Rate, p50, p99 in ms, saves that were not taken."""
    connection.close()
    with served(environment, application=application) as port:
        storm(port, visitors[:8], indicators[:10], 10)
        done = storm(port, visitors[8 : 8 + CLIENTS], indicators[10:], SAVES)
    return done.rate, done.percentile(0.5), done.percentile(0.99), float(sum(done.failed.values()))


def _elsewhere(url: str) -> tuple[float, ...]:
    """The same on another database, in a process of its own."""
    import json
    import subprocess
    import sys

    code = (
        "import json, django; django.setup();"
        "from khunnaphap.cli.record import make_record; make_record();"
        "from benchmarks.web import a_record, _saves;"
        "visitors, indicators, _ = a_record(60);"
        "print('\\n' + json.dumps(_saves({}, visitors, indicators)))"
    )
    environment = {**os.environ, "DATABASE_URL": url}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def a_record(schools: int):  # type: ignore[no-untyped-def]
    """A round of this many schools that is open now, a teacher for each of the first 60 and a verifier for all."""
    from khunnaphap.accounts.actions import Post, appoint, make_person
    from khunnaphap.accounts.queries import system_actor
    from khunnaphap.assessments.actions import open_round
    from khunnaphap.core.framework import Framework
    from khunnaphap.core.rounds import RoundName
    from khunnaphap.frameworks.queries import framework_of, newest_published
    from khunnaphap.organisations.actions import NewSchool, register_office, register_schools
    from khunnaphap.organisations.models import AreaOffice, District, School

    by, edition = system_actor(), newest_published()
    register_office(code="520003", name="สพป.ลำปาง เขต 3", level="primary", provinces=["52"], by=by)
    district = District.objects.filter(province="52").first()
    new = [
        NewSchool(
            ministry_code=f"{1052000000 + place}", smis_code="", name=f"โรงเรียนที่ {place}", district=district.code,
            office="520003", grades=["P1", "P3", "P6"], is_quality=True,
        )
        for place in range(schools)
    ]  # fmt: skip
    register_schools(schools=new, by=by)
    now = timezone.now()
    began = time.perf_counter()
    opened = open_round(
        edition=edition, name=RoundName(2567, 1), opens=now - timedelta(days=1), closes=now + timedelta(days=30),
        schools=School.objects.all(), by=by,
    )  # fmt: skip
    took = time.perf_counter() - began
    people = [make_person(username="verifier", name="ผู้ตรวจสอบ", email="", password=None, by=by)]
    appoint(person=people[0], post=Post("verifier", AreaOffice.objects.get()), by=by)
    visitors = []
    for school in School.objects.all()[:60]:
        person = make_person(username=f"t{school.ministry_code}", name="ครู", email="", password=None, by=by)
        appoint(person=person, post=Post("teacher", school), by=by)
        visitors.append(_visitor(person, school.ministry_code))
    framework: Framework = framework_of(edition)
    rubrics = [one.id for one in framework.indicators if one.measure is None]
    return visitors, rubrics, (schools, took, opened)


def _visitor(person: object, code: str) -> Visitor:
    client = Client(headers={"host": "localhost"})
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[arg-type]
    base = f"/rounds/2567-1/schools/{code}/"
    client.get(f"{base}facts/")
    return Visitor(client.cookies["sessionid"].value, client.cookies["csrftoken"].value, base)


def _rounds(opened: tuple[int, float, object]) -> Table:
    schools, took, _ = opened
    table = Table("Opening a round")
    table.add(
        f"assessments of {schools:,} schools", f"{schools / took:,.0f} a second ({took:.2f} s)", ">= 2,000 a second"
    )
    return table


def _board() -> Table:
    from khunnaphap.accounts.models import User
    from khunnaphap.assessments.models import Round
    from khunnaphap.assessments.pages.board import board_page

    opened, verifier = Round.objects.select_related("edition").get(), User.objects.get(username="verifier")
    client = Client(headers={"host": "localhost"})
    client.force_login(verifier, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/rounds/2567-1/board/")
    data = median_seconds(lambda: board_page(opened, User.objects.get(pk=verifier.pk), timezone.now(), "", ""))
    page = median_seconds(lambda: client.get("/rounds/2567-1/board/"))
    table = Table(f"The board of {SCHOOLS:,} assessments")
    table.add("its data", f"{data * 1000:.0f} ms", "< 80 ms")
    table.add("the whole page", f"{page * 1000:.0f} ms")
    return table
