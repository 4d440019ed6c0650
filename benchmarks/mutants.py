"""Mutants: ``make mutants`` changes the rules of scoring and of who sees what, one at a time, and counts what tests notice.

mutmut runs the small tests of these rules in forked processes, and only those that reach what it changed. What it leaves
alone: decorated functions (properties). Each survivor is judged in words here, by the line that it became.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from typing import Final

from .measuring import ROOT, machine

REACH: Final = 90
PLAIN: Final = (
    *(f"khunnaphap.core.{name}.*" for name in ("scoring", "colours", "measures", "rounds", "completeness", "pathway")),
    "khunnaphap.accounts.reach.*",
)
PARTS: Final = (("not database", PLAIN), ("database", ("khunnaphap.*visible_to*",)))
"""Mutants by the tests that are asked: plain values first; a database is made only for what needs one."""
HEADING: Final = "## Mutants"
_SAME_LENGTH = "same: both lists are made from the components of one framework, so they are equally long"
_NEVER_CALLED = "same: nothing is unanswered here, so the filling is never asked"
_EMPTY_SUM = "same: the sum of nothing is 0 either way, and a sum of fractions does not tell where it began"
_ZERO = "same: a sign is set only where a digit is not 0, which no value of 0 has"
JUDGED: Final = {
    "for component, percent in zip(framework.components, lowest, strict=None)": _SAME_LENGTH,
    "for component, percent in zip(framework.components, lowest, strict=False)": _SAME_LENGTH,
    "for component, percent in zip(framework.components, lowest, )": _SAME_LENGTH,
    "for component, percent in zip(framework.components, percents, strict=None)": _SAME_LENGTH,
    "for component, percent in zip(framework.components, percents, strict=False)": _SAME_LENGTH,
    "for component, percent in zip(framework.components, percents, )": _SAME_LENGTH,
    "return _total(framework, [_component(component, answered, fill=None) for component in framework.components])": (
        _NEVER_CALLED
    ),
    "whole = sum((weight for weight, _ in weighted), )": _EMPTY_SUM,
    "return sum((weight * percent for weight, percent in weighted), ) / whole if whole else None": _EMPTY_SUM,
    'sign = "-" if value <= 0 and (whole or part) else ""': _ZERO,
}
"""Why a mutant that no test noticed says the same, or what it would take to notice it."""


def main() -> int:
    """Run them, show and write the figure; 1 below the reach, or where a survivor is not judged yet."""
    began = time.monotonic()
    counts: Counter[str] = Counter()
    judged: dict[str, tuple[str, str]] = {}
    for tests, chosen in PARTS:
        shutil.rmtree(ROOT / "mutants", ignore_errors=True)
        asked = {**os.environ, "PYTEST_ADDOPTS": f"-m '{tests}'", "DATABASE_URL": ""}
        subprocess.run([sys.executable, "-m", "mutmut", "run", *chosen], cwd=ROOT, env=asked, check=False)
        results = _results()
        counts += Counter(results.values())
        judged |= {name: _judged(name) for name, end in results.items() if end != "killed"}
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    minutes = (time.monotonic() - began) / 60
    rows = _rows(counts, judged)
    killed = 100 * counts["killed"] / (sum(counts.values()) or 1)
    told = (
        f"{HEADING} ({date.today().isoformat()}; {machine()})\n\n"  # noqa: DTZ011
        f"`make mutants`: {sum(counts.values())} mutants of scoring, colours, measures, rounds, completeness, what lies within reach, "
        f"roles' reach and every `visible_to`\nin {minutes:.1f} minutes: {counts['killed']} killed, {killed:.1f} % (reach: {REACH} %).\n\n"
        + "\n".join(rows)
        + "\n"
    )
    print(told)
    _write(told)
    return int(killed < REACH or any(not words for _, words in judged.values()))


def _results() -> dict[str, str]:
    """What became of each chosen mutant, by its name."""
    shown = subprocess.run(
        [sys.executable, "-m", "mutmut", "results", "--all", "true"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = dict(re.findall(r"^\s*(\S+__mutmut_\d+): (.+)$", shown, re.MULTILINE))
    return {name: end for name, end in found.items() if end != "not checked"}


def _judged(name: str) -> tuple[str, str]:
    """The line that a survivor became, and what is to be said of it."""
    shown = subprocess.run(
        [sys.executable, "-m", "mutmut", "show", name], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    line = next((one[1:].strip() for one in shown.splitlines() if re.match(r"\+(?!\+)", one)), "")
    return line, JUDGED.get(line, "")


def _rows(counts: Counter[str], judged: dict[str, tuple[str, str]]) -> list[str]:
    rows = ["| survivor | judged |", "| --- | --- |"]
    seen = Counter((line, words or f"**not judged yet** ({name})") for name, (line, words) in judged.items())
    rows += [f"| `{line.replace('|', chr(92) + '|')}` | {words} |" for (line, words), _ in sorted(seen.items())]
    others = {end: count for end, count in counts.items() if end not in ("killed", "survived")}
    return [*rows, *(f"| {end} | {count} |" for end, count in others.items())]


def section() -> str:
    """The section as it stands in RESULTS.md, which ``make bench`` writes anew around it."""
    text = (ROOT / "benchmarks" / "RESULTS.md").read_text("utf-8")
    found = re.search(rf"^{HEADING} .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found.group() if found else ""


def _write(told: str) -> None:
    path = ROOT / "benchmarks" / "RESULTS.md"
    text = path.read_text("utf-8")
    there = section()
    path.write_text(text.replace(there, told) if there else f"{text.rstrip()}\n\n{told}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
