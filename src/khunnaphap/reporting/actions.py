"""Writing a province's report: one record in, two papers out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.assessments.queries import marks_of
from khunnaphap.audit.actions import record
from khunnaphap.audit.moments import one_moment
from khunnaphap.core.document import Document
from khunnaphap.core.plain import to_plain
from khunnaphap.core.problems import Refusal
from khunnaphap.frameworks.queries import framework_of
from khunnaphap.organisations.models import Province
from khunnaphap.paper.docx import to_docx
from khunnaphap.paper.pdf import page_count, to_pdf
from khunnaphap.programme.models import Inspection

from .composing import Writing, compose
from .counting import counts_book
from .one_page import MOST_ASKED, one_page
from .owing import doubt_lines, excepted_from, owed_lines
from .queries import Basis, basis_of
from .report_forms import ReportForm, shipped_form
from .signing import Signature


def _rounds(basis: Basis) -> list[Round]:
    """The rounds that the report speaks of, the newest first."""
    found = {basis.newest.pk: basis.newest} | {item.round.pk: item.round for item in basis.verified}
    return sorted(found.values(), key=lambda round_: round_.name, reverse=True)


@dataclass(frozen=True)
class Report:
    """A report as a tree and as the two papers, with the workbook of its numbers.

    ``owed`` is what keeps it a draft, ``doubts`` what should be looked at again; a line each.
    """

    basis: Basis
    document: Document
    docx: bytes
    pdf: bytes
    summary: Document
    summary_docx: bytes
    summary_pdf: bytes
    counts: bytes
    owed: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def files(self) -> dict[str, bytes]:
        """The papers, the inspector's page, the workbook of numbers and the tree by file name."""
        of = f"{self.basis.province.code}-{str(self.basis.inspection.name).replace('/', '-')}"
        return {
            f"report-{of}.docx": self.docx,
            f"report-{of}.pdf": self.pdf,
            f"report-{of}.json": self.json,
            f"summary-{of}.docx": self.summary_docx,
            f"summary-{of}.pdf": self.summary_pdf,
            f"counts-{of}.xlsx": self.counts,
        }

    @property
    def json(self) -> bytes:
        """Both trees as JSON: every block with its kind, its text and the records behind it."""
        told = {"owed": self.owed, "doubts": self.doubts}
        trees = {**_tree(self.document), "summary": _tree(self.summary), **told}
        return json.dumps(trees, ensure_ascii=False, indent=1).encode()


def _tree(document: Document) -> dict[str, Any]:
    blocks = [{"kind": type(block).__name__, **to_plain(block)} for block in document.blocks]
    return {**to_plain(document), "blocks": blocks}


def write_report(
    *,
    province: Province,
    inspection: Inspection,
    by: User,
    exceptions: Sequence[str] = (),
    signature: Signature | None = None,
    form: ReportForm | None = None,
) -> Report:
    """Write the report from the record as it stands; ``Refusal`` when there is nothing to report on.

    ``form`` is the shipped one where none is given; the inspection's own policy and issue come before the form's.
    All of it is read as of one moment, while people go on saving: only the event at the end is a transaction.
    """
    with one_moment():
        basis = basis_of(province, inspection, exceptions)
        framework = framework_of(basis.newest.edition)
        marks = dict.fromkeys(mark for round_ in _rounds(basis) for mark in marks_of(round_))
        asked = (form or shipped_form()).asked_in(inspection)
        _check_exceptions(basis, asked)
        writing = Writing(basis, asked, framework, signature or Signature())
        document = compose(writing, tuple(marks))
        told = owed_lines(basis, asked), doubt_lines(basis)
        counts = counts_book(writing, tuple(marks), *told)
    report = _set(writing, document, tuple(marks), counts, told)
    with transaction.atomic():
        record(
            by=by,
            verb="write_report",
            subject=f"report:{province.code}:{inspection}",
            schools=len(basis.verified),
            unverified=[school.ministry_code for school in basis.unverified],
            excepted=[school.ministry_code for school in basis.excepted],
            excepted_offices=[office.code for office in basis.excepted_offices],
        )
    return report


def _check_exceptions(basis: Basis, form: ReportForm) -> None:
    """An exception that excepts nothing is a mistake of a code."""
    lacking = {office.pk for office, _ in excepted_from(basis, form)} | {one.office_id for one in basis.excepted}
    for office in basis.excepted_offices:
        if office.pk not in lacking:
            raise Refusal(
                "exception-not-owing", f"{office.name} (รหัส {office.code}) ไม่มีรายการค้าง", "ระบุเฉพาะรหัสที่รายงานแจ้งว่ายังค้าง"
            )


def _set(
    writing: Writing,
    document: Document,
    marks: Sequence[str],
    counts: bytes,
    told: tuple[tuple[str, ...], tuple[str, ...]],
) -> Report:
    """Both papers and the inspector's page, in both formats."""
    pdf = to_pdf(document)  # first: the DOCX takes the page numbers of its contents from the same layout
    page, page_pdf = _fitted(writing, marks)
    return Report(writing.basis, document, to_docx(document), pdf, page, to_docx(page), page_pdf, counts, *told)


def _fitted(writing: Writing, marks: Sequence[str]) -> tuple[Document, bytes]:
    """The inspector's page with as much of what is asked as one page takes."""
    for asked in range(MOST_ASKED + 1, -1, -1):
        page = one_page(writing, marks, asked)
        if page_count(page) == 1 or not asked:
            break
    return page, to_pdf(page)
