"""Workers killed with -9 in a storm of saves: what was acknowledged must be there, and once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.db import connection

from .measuring import Table
from .storm import ROOT, Visitor, _wait_for, free_port, save
from .web import a_record

KILLS, SAVES = int(os.environ.get("KHUNNAPHAP_BENCH_KILLS", "200")), 10_000
CLIENTS = 16


def run(home: Path) -> list[Table]:
    """The product, then the control."""
    from khunnaphap.cli.record import make_record

    make_record()
    visitors, indicators, _ = a_record(60)
    where = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite (synchronous FULL)"
    table = Table(f"Workers killed with -9 in a storm of saves, {where}")
    acknowledged, kills, lost, twice = _storm("khunnaphap.config.wsgi:application", visitors, indicators, KILLS, SAVES)
    table.add("kills", str(kills), "200")
    table.add("acknowledged saves", f"{acknowledged:,}", "10,000")
    table.add("acknowledged and lost", str(lost), "0")
    table.add("saves that are there twice", str(twice), "0")
    table.add("the chain of events", _chain(), "no fault")
    acknowledged, kills, lost, _ = _storm("benchmarks.liar:application", visitors, indicators, 20, 2_000)
    table.add(
        "control that acknowledges before it commits",
        f"{lost} of {acknowledged:,} lost in {kills} kills",
        "caught: more than 0",
    )
    return [table]


def _chain() -> str:
    from khunnaphap.audit.checking import follow_chain

    chain = follow_chain()
    return f"{chain.events:,} events, {len(chain.faults)} faults"


def _storm(
    application: str, visitors: Sequence[Visitor], indicators: Sequence[str], kills: int, saves: int
) -> tuple[int, int, int, int]:
    """Acknowledged saves, kills done, acknowledged but missing, kept twice."""
    connection.close()
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "2", "--preload",
        "--log-level", "critical", "--backlog", "512",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    acknowledged: list[str] = []
    stop, lock, killed = threading.Event(), threading.Lock(), [0]

    def work(visitor: Visitor) -> None:
        versions = dict.fromkeys(indicators, 0)
        turn = 0
        while not stop.is_set():
            indicator, key = indicators[turn % len(indicators)], str(uuid4())
            turn += 1
            for _ in range(40):  # a broken connection is tried again, under the same id
                status = save(port, visitor, indicator, versions[indicator], turn % 5 + 1, key)
                if status:
                    break
                time.sleep(0.05)
            if status == 200:
                versions[indicator] += 1
                with lock:
                    acknowledged.append(key)
            elif status == 409:
                versions[indicator] = _version(visitor, indicator)

    threads = [threading.Thread(target=work, args=(one,)) for one in visitors[:CLIENTS]]
    try:
        _wait_for(port)
        for thread in threads:
            thread.start()
        while killed[0] < kills or len(acknowledged) < saves:
            time.sleep(0.12)
            workers = _children(server.pid)
            if workers and killed[0] < kills:
                os.kill(random.choice(workers), signal.SIGKILL)
                killed[0] += 1
            if not threads[0].is_alive():
                break
        stop.set()
        for thread in threads:
            thread.join()
    finally:
        stop.set()
        server.terminate()
        server.wait(timeout=30)
    return (len(acknowledged), killed[0], *_missing(acknowledged))


def _version(visitor: Visitor, indicator: str) -> int:
    from khunnaphap.assessments.models import Answer

    code = visitor.base.rstrip("/").rsplit("/", 1)[1]
    row = Answer.objects.filter(assessment__school__ministry_code=code, indicator=indicator).first()
    connection.close()
    return row.version if row else 0


def _missing(keys: Sequence[str]) -> tuple[int, int]:
    from collections import Counter

    from khunnaphap.audit.models import Event

    there = Counter(str(key) for key in Event.objects.filter(verb="save_answer").values_list("key", flat=True))
    return sum(key not in there for key in keys), sum(count > 1 for key, count in there.items() if key != "None")


def _children(pid: int) -> list[int]:
    """The processes that a process started."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            if parent == pid:
                found.append(int(folder.name))
    return found
