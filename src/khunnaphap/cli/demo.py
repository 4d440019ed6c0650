"""The demo command: a fresh demo record, and the whole main job with a progress bar."""

from __future__ import annotations

import argparse
import json
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from khunnaphap.accounts.queries import system_actor
from khunnaphap.assessments.models import Round
from khunnaphap.core.problems import Refusal
from khunnaphap.demo.building import build, demo_data
from khunnaphap.demo.people import make_people
from khunnaphap.demo.running import run, steps_of
from khunnaphap.organisations.models import School
from khunnaphap.reporting.keeping import HASHES, edited_in, put

from .record import make_record


def demo(chosen: argparse.Namespace) -> int:
    """Make the demo province anew; refuses to touch a record that holds anything else."""
    began = time.monotonic()
    call_command("migrate", interactive=False, verbosity=0)
    _clear_demo()
    make_record()
    if chosen.empty:
        build(by=system_actor())
        make_people(by=system_actor())
        made: list[Path] = []
    else:
        _clear_out(chosen.out)
        made = _run(chosen.out, quiet=chosen.json)
    seconds = time.monotonic() - began
    if chosen.json:
        print(json.dumps({"files": [str(path) for path in made], "seconds": round(seconds, 2)}, ensure_ascii=False))
    else:
        _tell(made, chosen.out, seconds)
    return 0


def _clear_demo() -> None:
    if Round.objects.filter(is_example=False).exists() or (School.objects.exists() and not Round.objects.exists()):
        raise Refusal(
            "record-not-demo",
            "ที่เก็บข้อมูลนี้มีข้อมูลจริงอยู่ จึงไม่สร้างจังหวัดสาธิตทับ",
            "กำหนด KHUNNAPHAP_HOME เป็นโฟลเดอร์อื่นสำหรับการสาธิต",
        )
    if Round.objects.exists():
        call_command("flush", interactive=False, verbosity=0)
        connection.close()
        _make_system_actor()


def _make_system_actor() -> None:
    from khunnaphap.accounts.actions import make_system_actor

    make_system_actor()


def _clear_out(out: Path) -> None:
    """Empty what an earlier demo left: only a folder that a demo marked as its own, and nothing that was edited."""
    mark = out / ".khunnaphap-demo"
    if mark.exists():
        edited = [(path.relative_to(out), path.read_bytes()) for path in edited_in(out)]
        shutil.rmtree(out)
        for name, content in edited:
            put(out / name, content)
            shutil.rmtree((out / name).parent / HASHES)
    out.mkdir(parents=True, exist_ok=True)
    mark.touch()


def _run(out: Path, *, quiet: bool) -> list[Path]:
    made: list[Path] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as progress:
        task = progress.add_task("เริ่มงาน", total=steps_of(demo_data()))
        for step in run(out=out, by=system_actor()):
            progress.update(task, advance=1, description=step.what[:40])
            if step.made:
                made.append(step.made)
    return made


def _tell(made: list[Path], out: Path, seconds: float) -> None:
    books = [path for path in made if path.parent != out]
    papers = sorted(path for path in out.iterdir() if path.is_file() and path.suffix) if made else []
    for path in papers:
        print(f"  {path} ({path.stat().st_size / 1024:,.0f} KB)")
    if books:
        print(f"  {out / 'workbooks'}: แบบที่กรอกแล้ว {len(books)} แฟ้ม")
    print(f"ที่เก็บข้อมูล: {settings.DATABASES['default']['NAME']}")
    print(f"ใช้เวลา {seconds:.1f} วินาที · ข้อมูลทั้งหมดเป็นข้อมูลสมมุติ")
