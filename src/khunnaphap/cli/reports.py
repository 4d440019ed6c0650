"""Commands that write reports: one province's, or all of them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from khunnaphap.core.problems import Refusal

from .running import REASONS

_REPORTS_A_PROCESS: Final = 6
"""A process ends after so many: typst keeps what it laid out, and 77 provinces must not need more memory than 7."""


@dataclass(frozen=True)
class _Order:
    """One province's report to write, as plain values that another process takes."""

    province: str
    inspection: str
    out: Path
    form: tuple[str, str]
    """The report form's text and its file's name; empty for the shipped one."""
    exceptions: tuple[str, ...]
    signature: tuple[str, str, str]


@dataclass(frozen=True)
class _Written:
    """What came of it: the files written and the schools left out, or why there is no report."""

    province: str
    files: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    refused: str = ""


def report(chosen: argparse.Namespace) -> int:
    """Write reports and one-page summaries as DOCX and PDF, and their trees with every source as JSON."""
    from khunnaphap.reporting.queries import inspection_named

    form = (_text(chosen.form), chosen.form.name) if chosen.form else ("", "")
    signature = (chosen.signer, chosen.position, chosen.acting_for)
    provinces = _provinces() if chosen.all else list(dict.fromkeys(chosen.province))
    inspection_named(chosen.inspection)  # one that is not there is told once, not for each province
    orders = [
        _Order(code, chosen.inspection, chosen.out, form, tuple(chosen.exceptions), signature) for code in provinces
    ]
    if len(orders) == 1:
        return _tell(_write(orders[0]))
    if chosen.exceptions:
        raise Refusal("exceptions-of-one", "--except ใช้กับรายงานของจังหวัดเดียว", "ระบุ --province เพียงจังหวัดเดียว")
    return max((_tell(written) for written in _write_all(orders)), default=0)


def _write_all(orders: Sequence[_Order]) -> Iterator[_Written]:
    """In processes that start anew, as many at once as there are processors.

    A pool ends with its batch: one that replaces its processes (``max_tasks_per_child``) can wait for ever.
    """
    workers = os.cpu_count() or 1
    for batch in _batches(orders, workers * _REPORTS_A_PROCESS):
        with ProcessPoolExecutor(min(workers, len(batch)), get_context("spawn"), _wake) as pool:
            yield from pool.map(_written, batch)


def _batches(orders: Sequence[_Order], size: int) -> Iterator[Sequence[_Order]]:
    return (orders[start : start + size] for start in range(0, len(orders), size))


def _wake() -> None:
    import django

    django.setup()


def _written(order: _Order) -> _Written:
    """As ``_write``; a refusal is told, so that one province does not stop the others."""
    try:
        return _write(order)
    except Refusal as refusal:
        return _Written(order.province, refused=f"{refusal.problem.message} {refusal.problem.mend}")


def _write(order: _Order) -> _Written:
    from khunnaphap.accounts.queries import system_actor
    from khunnaphap.reporting.actions import write_report
    from khunnaphap.reporting.composing import Signature
    from khunnaphap.reporting.queries import inspection_named, province_coded
    from khunnaphap.reporting.report_forms import read_form

    made = write_report(
        province=province_coded(order.province),
        inspection=inspection_named(order.inspection),
        form=read_form(order.form[0], name=order.form[1]) if order.form[1] else None,
        exceptions=order.exceptions,
        signature=Signature(*order.signature),
        by=system_actor(),
    )
    order.out.mkdir(parents=True, exist_ok=True)
    for name, content in made.files.items():
        (order.out / name).write_bytes(content)
    left = tuple(f"{school.ministry_code} {school}" for school in made.basis.unverified)
    return _Written(order.province, tuple(str(order.out / name) for name in made.files), left)


def _provinces() -> list[str]:
    from khunnaphap.organisations.models import Province

    taking_part = Province.objects.filter(districts__schools__assessments__isnull=False)
    return list(taking_part.distinct().order_by("code").values_list("code", flat=True))


def _tell(written: _Written) -> int:
    for name in written.files:
        print(name)
    for school in written.unverified:
        print(f"ยังไม่ผ่านการตรวจสอบ (รายงานเป็นร่าง): {school}", file=sys.stderr)
    if written.refused:
        print(f"จังหวัดรหัส {written.province}: {written.refused}", file=sys.stderr)
    return 1 if written.refused else 0


def report_form(chosen: argparse.Namespace) -> int:
    """Write the shipped report form, to change and hand to ``report --form``."""
    from khunnaphap.reporting.report_forms import shipped_text

    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(shipped_text(), "utf-8")
    print(chosen.out)
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = REASONS.get(error.errno or 0, "ระบบปฏิบัติการปฏิเสธ") if isinstance(error, OSError) else "ไม่ใช่ข้อความ UTF-8"
        raise Refusal("file-unreadable", f"เปิดแฟ้ม {path.name} ไม่ได้ ({why})", "ตรวจชื่อและที่อยู่ของแฟ้ม") from error
