"""The main job as an officer runs it: filled workbooks to colours to papers, each step a process of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from khunnaphap.sheets.school_form import write_school

from .making import filled_forms, schools
from .measuring import Table, child


def run(home: Path) -> list[Table]:
    """20 workbooks to papers, cold; then 1,808 workbooks to colours, and memory beside 200."""
    table = Table("The main job (cold processes, SQLite with synchronous=FULL)")
    demo = home / "demo"
    child("demo", "--out", str(home / "out"), "--json", home=demo)
    books = sorted((home / "out" / "workbooks" / "2567-2").glob("school-*.xlsx"))[:20]
    shutil.rmtree(demo)
    child("demo", "--empty", home=demo)
    first = [child("import", *map(str, books), home=demo)]
    first.append(child("classify", "--round", "2567/2", "--json", home=demo))
    first.append(_report(demo, home))
    table.add("20 workbooks -> colours -> DOCX + PDF", f"{sum(c.seconds for c in first):.2f} s", "< 4 s")
    small = _many(home / "small", 200)
    large = _many(home / "large", 1808)
    table.add("200 workbooks -> colours", f"{small[0]:.1f} s, {small[1]:.0f} MB")
    table.add("1,808 workbooks -> colours", f"{large[0]:.1f} s, {large[1]:.0f} MB", "< 60 s, memory flat")
    return [table]


def _report(record: Path, home: Path):  # type: ignore[no-untyped-def]
    command = ("report", "--province", "52", "--inspection", "2567/2", "--out", str(home / "papers"))
    return child(*command, home=record)


def _many(home: Path, number: int) -> tuple[float, float]:
    """Import so many workbooks and classify; seconds and the larger peak memory."""
    maker = "import sys; from benchmarks.job import make_books; make_books(int(sys.argv[1]), sys.argv[2])"
    books = home / "books"
    child("-c", f"import django; django.setup(); {maker}", str(number), str(books), home=home)
    files = sorted(map(str, books.glob("*.xlsx")))
    imported = child("import", *files, home=home)
    classified = child("classify", "--round", "2567/1", "--json", home=home)
    shutil.rmtree(books)
    return imported.seconds + classified.seconds, max(imported.megabytes, classified.megabytes)


def make_books(number: int, folder: str) -> None:
    """A record of so many schools, and their filled workbooks in ``folder``."""
    round_ = schools(number)
    target = Path(folder)
    target.mkdir(parents=True)
    codes = [f"99{place:08}" for place in range(number)]
    for start in range(0, number, 100):
        for form in filled_forms(round_, codes[start : start + 100]):
            (target / f"{form.identity.subject}.xlsx").write_bytes(write_school(form))
