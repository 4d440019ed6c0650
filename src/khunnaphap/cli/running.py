"""From arguments to an exit code: parse, set Django up, call the command, tell refusals in words."""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from collections.abc import Sequence

from khunnaphap.core.problems import Problem, Refusal

from .parser import make_parser


def run(arguments: Sequence[str]) -> int:
    """Parse and carry out; wrong usage leaves through argparse with 2."""
    chosen = make_parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khunnaphap.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
        return int(chosen.command(chosen))
    except ImproperlyConfigured as error:
        return _tell(Problem("settings-wrong", str(error), "ตรวจ KHUNNAPHAP_HOME และ DATABASE_URL"), chosen)
    except Refusal as refusal:
        return _tell(refusal.problem, chosen)
    except BrokenPipeError:
        return 0
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        why = REASONS.get(error.errno or 0, "ระบบปฏิบัติการปฏิเสธ")
        return _tell(Problem("file-failed", f"อ่านหรือเขียนแฟ้มไม่ได้ ({why}){where}", "ตรวจที่อยู่ สิทธิ์ และเนื้อที่ว่าง"), chosen)
    except _database_error() as error:
        return _tell(_record_problem(error), chosen)


REASONS = {
    errno.ENOENT: "ไม่มีแฟ้มหรือโฟลเดอร์นี้",
    errno.EACCES: "ไม่มีสิทธิ์",
    errno.EPERM: "ไม่มีสิทธิ์",
    errno.EEXIST: "มีชื่อนี้อยู่แล้ว",
    errno.ENOTDIR: "ทางที่ระบุไม่ใช่โฟลเดอร์",
    errno.EISDIR: "ทางที่ระบุเป็นโฟลเดอร์",
    errno.ENOSPC: "เนื้อที่เต็ม",
    errno.EROFS: "อ่านได้อย่างเดียว",
    errno.ENAMETOOLONG: "ชื่อยาวเกินไป",
}
"""Why the operating system refused, in Thai."""


def _database_error() -> type[Exception]:
    from django.db import DatabaseError

    return DatabaseError


def _record_problem(error: Exception) -> Problem:
    """Words for the two things that happen: the record is not there yet (or not of this version), or it fails."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        behind = []
    if behind:
        return Problem("record-not-ready", "ที่เก็บข้อมูลยังไม่ได้สร้าง หรือยังเป็นรุ่นเก่า", "ใช้คำสั่ง khunnaphap init ก่อน")
    return Problem(
        "record-failed",
        f"ฐานข้อมูลทำงานไม่สำเร็จ ไม่มีสิ่งใดเปลี่ยน (ฐานข้อมูลแจ้งว่า “{' '.join(str(error).split())[:300]}”)",
        "ตรวจ DATABASE_URL เนื้อที่ว่าง และสิทธิ์ แล้วลองใหม่",
    )


def _tell(problem: Problem, chosen: argparse.Namespace) -> int:
    if getattr(chosen, "json", False):
        print(json.dumps({"problems": [problem.as_dict()]}, ensure_ascii=False, indent=2))
    else:
        print(f"{problem.message}\n  {problem.mend}", file=sys.stderr)
    return 1
