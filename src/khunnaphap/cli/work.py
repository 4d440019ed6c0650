"""Commands of the daily work: workbooks out, files in, colours, report."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from khunnaphap.accounts.queries import system_actor
from khunnaphap.assessments.actions import rescore_round
from khunnaphap.assessments.models import Round
from khunnaphap.assessments.queries import round_named
from khunnaphap.assessments.rescoring import beside
from khunnaphap.core.names import code as plain_code
from khunnaphap.core.problems import Problem, Refusal
from khunnaphap.core.thai.text import clean
from khunnaphap.exchange.actions import import_workbook, undo_import
from khunnaphap.exchange.forms import office_form, school_forms, verification_form
from khunnaphap.exchange.register_forms import register_form
from khunnaphap.exchange.reports import ImportReport
from khunnaphap.exchange.rescores import in_words, rescore_form, rescored_data
from khunnaphap.exchange.summaries import classified, colour_summary, summary_form
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import edition_coded
from khunnaphap.organisations.models import AreaOffice, School
from khunnaphap.reporting.keeping import put
from khunnaphap.sheets.container import MAX_SEEN
from khunnaphap.sheets.office_form import write_office
from khunnaphap.sheets.register_book import write_register
from khunnaphap.sheets.rescore_form import write_rescore
from khunnaphap.sheets.school_form import write_school
from khunnaphap.sheets.verification_form import write_verification

from .editions import framework_workbook
from .parser import wrong_usage
from .running import REASONS


def _round(chosen: argparse.Namespace) -> Round:
    if chosen.round:
        return round_named(chosen.round)
    latest = Round.objects.select_related("edition").order_by("opens").last()
    if latest is None:
        raise Refusal("no-round", "ยังไม่มีรอบใดในระบบ", "สร้างจังหวัดสาธิตด้วย khunnaphap demo หรือเปิดรอบก่อน")
    return latest


def workbook(chosen: argparse.Namespace) -> int:
    """Write school, verification, office, register or framework workbooks into a folder."""
    if chosen.kind == "register":
        name = "-".join(["register", *chosen.province])
        print(_write(chosen.out / f"{name}.xlsx", write_register(register_form(chosen.province))))
        return 0
    if chosen.kind == "framework":
        print(_write(*framework_workbook(chosen.edition, chosen.out)))
        return 0
    if chosen.edition:
        wrong_usage("--edition ใช้กับแบบ framework เท่านั้น")
    if not (chosen.school or chosen.office or chosen.all):
        wrong_usage("ระบุว่าออกแบบให้ใครด้วย --school, --office หรือ --all")
    round_ = _round(chosen)
    office = _office(chosen.office) if chosen.office else None
    if chosen.kind != "school" and chosen.school:
        raise Refusal("office-workbook-by-school", "แบบนี้ออกเป็นรายเขต ไม่ใช่รายโรงเรียน", "ใช้ --office รหัสเขต หรือ --all")
    if chosen.kind == "school":
        made = _school_workbooks(round_, chosen, office)
    else:
        chosen_offices = (
            [office] if office else AreaOffice.objects.filter(schools__assessments__round=round_).distinct()
        )
        made = [_office_workbook(round_, chosen, one) for one in chosen_offices]
    for name, content in made:
        print(_write(chosen.out / name, content))
    return 0


def _office_workbook(round_: Round, chosen: argparse.Namespace, office: AreaOffice) -> tuple[str, bytes]:
    if chosen.kind == "verification":
        return f"verification-{_slug(round_)}-{office.code}.xlsx", write_verification(verification_form(round_, office))
    year = chosen.year or round_.year
    return f"office-{year}-{office.code}.xlsx", write_office(office_form(office, year))


def _school_workbooks(round_: Round, chosen: argparse.Namespace, office: AreaOffice | None) -> list[tuple[str, bytes]]:
    codes = None
    if chosen.school:
        codes = [plain_code(chosen.school)]
    elif office:
        codes = list(School.objects.filter(office=office).values_list("ministry_code", flat=True))
    forms = school_forms(round_, codes)
    if not forms:
        raise Refusal("school-unknown", f"ไม่มีโรงเรียนที่ระบุในรอบ {round_.name}", "ตรวจรหัสกระทรวง 10 หลักหรือรหัสเขต และชื่อรอบ")
    return [
        (f"school-{_slug(round_)}-{assessment.school.ministry_code}.xlsx", write_school(form))
        for assessment, form in forms
    ]


def _office(code: str) -> AreaOffice:
    found = AreaOffice.objects.filter(code=clean(code)).first()
    if found is None:
        there = ", ".join(f"{one.code} ({one.name})" for one in AreaOffice.objects.all())
        raise Refusal("office-unknown", f"ไม่มีสำนักงานเขตรหัส “{code}”", f"ใช้รหัสที่มีอยู่: {there}")
    return found


def _slug(round_: Round) -> str:
    return str(round_.name).replace("/", "-")


def _write(path: Path, content: bytes) -> Path:
    if kept := put(path, content):
        print(f"{path.name} ถูกแก้ไขแล้ว เก็บฉบับที่แก้ไขไว้เป็น “{kept.name}”", file=sys.stderr)
    return path


def import_files(chosen: argparse.Namespace) -> int:
    """Import workbooks and lists; problems of one file do not stop the others. Words come as each file is done."""
    told: list[dict[str, Any]] = []
    faulty = False
    for path in chosen.files:
        report = _import_one(path, chosen.dry_run)
        faulty = faulty or bool(report.problems)
        if chosen.json:
            told.append(_as_dict(report))
        else:
            _tell(report, chosen.dry_run)
        if chosen.left_out and report.left_out:
            made = _write(chosen.left_out / f"{path.stem}-left-out.csv", report.left_out)
            print(made, file=sys.stderr if chosen.json else sys.stdout)
    if chosen.json:
        print(json.dumps({"dry_run": chosen.dry_run, "files": told}, ensure_ascii=False, indent=2))
    return int(faulty)


def _import_one(path: Path, dry_run: bool) -> ImportReport:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_SEEN + 1)
    except OSError as error:
        problem = Problem(
            "file-unreadable",
            f"เปิดแฟ้มไม่ได้ ({REASONS.get(error.errno or 0, 'ระบบปฏิบัติการปฏิเสธ')})",
            "ตรวจชื่อและที่อยู่ของแฟ้ม",
            file=path.name,
        )
        return ImportReport(file=path.name, problems=[problem])
    return import_workbook(name=path.name, content=content, by=system_actor(), dry_run=dry_run)


def _as_dict(report: ImportReport) -> dict[str, Any]:
    return {
        "file": report.file,
        "kind": report.kind or None,
        **({"counts": report.counts} if report.counts else {}),
        "round": report.round or None,
        "problems": [problem.as_dict() for problem in report.problems],
        "warnings": [warning.as_dict() for warning in report.warnings],
        "schools": [
            {
                "code": part.school,
                "name": part.name,
                "changed": part.changed,
                "state": part.state,
                "missing": list(part.missing),
                "import": part.number,
                "note": part.note,
                "lines": list(part.lines),
            }
            for part in report.parts
        ],
    }


def _tell(report: ImportReport, dry_run: bool) -> None:
    print(f"{report.file}{' (ตรวจเท่านั้น ไม่บันทึก)' if dry_run else ''}")
    for part in report.parts:
        number = f" [การนำเข้าที่ {part.number}]" if part.number and not dry_run else ""
        print(f"  {part.school} {part.name}: {part.note}{number}")
        print("".join(f"    {line}\n" for line in part.lines), end="")
    for problem in report.problems:
        print(f"  ผิด {_place(problem)}{problem.message}\n      แก้ไข: {problem.mend}", file=sys.stderr)
    for warning in report.warnings:
        print(f"  เตือน {_place(warning)}{warning.message}\n      {warning.mend}", file=sys.stderr)


def _place(problem: Problem) -> str:
    place = " ".join(part for part in (problem.sheet, problem.cell) if part)
    return f"[{place}] " if place else ""


def undo(chosen: argparse.Namespace) -> int:
    """Take an import back."""
    part = undo_import(number=chosen.number, by=system_actor())
    account = part.account
    whose = f"{account.office} ปีงบประมาณ {account.year}" if account else str(part.subject)
    print(f"ยกเลิกการนำเข้าที่ {part.pk} ของ {whose} แล้ว")
    return 0


def classify(chosen: argparse.Namespace) -> int:
    """Tell the colours of a round, and why; with an edition, those under it beside the official ones."""
    round_ = _round(chosen)
    if chosen.edition:
        return _classify_again(round_, chosen)
    if chosen.out:
        print(_write(chosen.out, colour_summary(round_)), file=sys.stderr if chosen.json else sys.stdout)
    if chosen.json:
        print(json.dumps(classified(round_), ensure_ascii=False, indent=2))
        return 0
    form = summary_form(round_)
    print(f"{form.title} · {form.line}")
    if form.marks:
        print(form.marks)
    for row in form.rows:
        colour = f"{row.colour_title} {row.total} {row.basis} · " if row.total else ""
        print(f"{row.code} {row.name} ({row.office}): {colour}{row.reason}")
    return 0


def _classify_again(round_: Round, chosen: argparse.Namespace) -> int:
    """Score a round under another edition; kept beside the official colours when that edition is published."""
    edition = edition_coded(chosen.edition)
    if edition.status == Edition.PUBLISHED:
        told = rescore_round(round_=round_, edition=edition, by=system_actor())
    else:
        told = list(beside(round_, edition))
    form = rescore_form(round_, edition, told)
    if chosen.out:
        print(_write(chosen.out, write_rescore(form)), file=sys.stderr if chosen.json else sys.stdout)
    if chosen.json:
        print(json.dumps(rescored_data(round_, edition, told), ensure_ascii=False, indent=2))
    else:
        print("\n".join(in_words(form)))
    return 0
