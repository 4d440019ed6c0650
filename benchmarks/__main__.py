"""Run all benchmarks and write RESULTS.md, or only show the named ones: ``python -m benchmarks [books papers colours job provinces web busy durability]``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from importlib import import_module
from pathlib import Path

from . import mutants
from .measuring import ROOT, Table, machine

NAMES = ("books", "papers", "colours", "job", "provinces", "web", "busy", "durability")


def main(chosen: list[str]) -> int:
    """Each benchmark in a process and a record of its own, so that none warms or burdens another."""
    if unknown := set(chosen) - set(NAMES):
        print(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    tables = [table for name in NAMES if not chosen or name in chosen for table in _apart(name)]
    if not chosen:
        today = date.today().isoformat()  # noqa: DTZ011
        head = (
            f"# Results\n\n`make bench` on {today}: {machine()}. The machine is shared; ratios say more than times.\n\n"
        )
        kept = mutants.section()  # measured by a command of its own
        told = head + "\n".join(table.markdown() for table in tables)
        (ROOT / "benchmarks" / "RESULTS.md").write_text(told + (f"\n{kept}" if kept else ""), "utf-8")
    return 0


def _apart(name: str) -> list[Table]:
    home = Path(tempfile.mkdtemp(prefix="khunnaphap-bench-"))
    environment = {
        **os.environ,
        "KHUNNAPHAP_HOME": str(home / "record"),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "khunnaphap.config.settings",
    }
    results = home / "tables.json"
    try:
        print(name, flush=True)
        here = "import sys; from benchmarks.__main__ import inside; inside(*sys.argv[1:])"
        subprocess.run(
            [sys.executable, "-c", here, name, str(home), str(results)], env=environment, cwd=ROOT, check=True
        )
        return [Table(title, [tuple(row) for row in rows]) for title, rows in json.loads(results.read_text("utf-8"))]
    finally:
        shutil.rmtree(home, ignore_errors=True)


def inside(name: str, home: str, results: str) -> None:
    """Run one benchmark in this process and leave its tables in a file."""
    import django

    django.setup()
    tables = import_module(f"benchmarks.{name}").run(Path(home))
    Path(results).write_text(json.dumps([(table.title, table.rows) for table in tables]), "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
