"""Timing, memory and the table they go into."""

from __future__ import annotations

import gc
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def median_seconds(work: Callable[[], object], runs: int = 5, warm: int = 1) -> float:
    """The median time of some runs after a warm one."""
    for _ in range(warm):
        work()
    times = []
    for _ in range(runs):
        gc.collect()
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


@dataclass
class Cost:
    """A child process: wall seconds, its peak memory and that of the largest process it started, in MB."""

    seconds: float
    megabytes: float
    largest_worker: float = 0.0


def child(*arguments: str, home: Path, allowed: tuple[int, ...] = (0,)) -> Cost:
    """Run ``khunnaphap …`` (or ``-c code …``) in a fresh process against a record in ``home``.

    ``allowed`` are the exit codes that are no fault of the run (1 where the input has problems on purpose).
    """
    environment = {**os.environ, "KHUNNAPHAP_HOME": str(home), "DATABASE_URL": "", "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _LAUNCH, *arguments], env=environment, capture_output=True, cwd=ROOT, check=False
    )
    seconds = time.perf_counter() - began
    said = done.stderr.decode()
    if done.returncode not in allowed:
        raise RuntimeError(f"{' '.join(arguments)[:200]}: {said[-2000:]}")
    own, workers = said.rpartition(_PEAK)[2].split()
    return Cost(seconds, int(own) / 1024, int(workers) / 1024)


_PEAK = "peak memory in kB: "
_LAUNCH = f"""
import resource, sys
if sys.argv[1] == "-c":
    code, sys.argv[1:] = sys.argv[2], sys.argv[3:]
    exec(code)
    ended = 0
else:
    from khunnaphap.cli import main
    ended = main(sys.argv[1:])
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print("{_PEAK}" + peak, workers, file=sys.stderr)
sys.exit(ended)
"""
"""Its own peak, told by itself: the usage the kernel tells the parent starts from the parent's own."""


@dataclass
class Table:
    """One table of results: work, figure, and what was wanted."""

    title: str
    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, work: str, figure: str, wanted: str = "") -> None:
        """Add a row, and show it at once."""
        self.rows.append((work, figure, wanted))
        print(f"  {work}: {figure}{f'  (reach: {wanted})' if wanted else ''}", flush=True)

    def markdown(self) -> str:
        """The table as Markdown."""
        lines = [f"## {self.title}", "", "| work | measured | reach |", "| --- | --- | --- |"]
        return "\n".join([*lines, *(f"| {work} | {figure} | {wanted} |" for work, figure, wanted in self.rows), ""])


def machine() -> str:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, {platform.system()}"
