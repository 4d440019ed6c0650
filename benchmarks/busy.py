"""Long work beside a storm of saves: papers, backups, colours of a thousand schools, and the backup brought back."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.utils import timezone

from .measuring import Table, child
from .storm import Done, Visitor, served, storm
from .web import a_record

CLIENTS, SAVES, SCHOOLS = 16, 120, 1000


def run(home: Path) -> list[Table]:
    """Everything in one record on SQLite, whose one writer all of it shares."""
    from khunnaphap.cli.record import make_record

    make_record()
    visitors, indicators, _ = a_record(SCHOOLS)
    _an_inspection()
    connection.close()
    table = Table(f"Long work beside a storm of saves ({CLIENTS} clients, {SCHOOLS:,} schools, SQLite)")
    record, backup = home / "record", home / "backup.zip"
    work = {
        "the report of the province": ("report", "--province", "52", "--inspection", "2567/1", "--out", str(home / "out")),
        "a backup of the whole record": ("backup", str(backup)),
        "every stored colour and the chain, again": ("check",),
    }  # fmt: skip
    with served({}) as port:
        for name, arguments in work.items():
            table.add(name, *_beside(port, visitors, indicators, record, arguments))
    child("restore", str(backup), home=home / "restored")
    child("check", home=home / "restored")
    table.add("the backup, brought back elsewhere and checked", "every colour and the whole chain follow")
    return [table]


def _beside(
    port: int, visitors: list[Visitor], indicators: list[str], record: Path, arguments: tuple[str, ...]
) -> tuple[str, str]:
    """How long the work took while people saved, and how many saves did not arrive."""
    seen: list[Done] = []
    people = [visitors.pop() for _ in range(CLIENTS)]  # others each time: their answers are at version 0
    saving = threading.Thread(target=lambda: seen.append(storm(port, people, indicators, SAVES)))
    saving.start()
    runs, began = 0, time.perf_counter()
    while saving.is_alive():
        if arguments[0] == "backup":
            Path(arguments[1]).unlink(missing_ok=True)
        child(*arguments, home=record, allowed=(0, 1))
        runs += 1
    took = time.perf_counter() - began
    done = seen[0]
    told = f"{took / runs:.1f} s each, {runs} times; saves {done.rate:.0f}/s, p99 {done.percentile(0.99):.0f} ms"
    return f"{told}, {sum(done.failed.values())} not taken", "0 not taken"


def _an_inspection() -> None:
    from khunnaphap.accounts.queries import system_actor
    from khunnaphap.core.rounds import RoundName
    from khunnaphap.programme.actions import plan_inspection

    plan_inspection(name=RoundName(2567, 1), cut_off=timezone.now() + timedelta(days=30), by=system_actor())
