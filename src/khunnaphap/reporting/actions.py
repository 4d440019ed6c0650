"""Writing a province's report: one record in, two papers out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from khunnaphap.accounts.models import User
from khunnaphap.audit.actions import record
from khunnaphap.core.document import Document
from khunnaphap.core.rounds import RoundName
from khunnaphap.frameworks.queries import framework_of
from khunnaphap.organisations.models import Province
from khunnaphap.paper.docx import to_docx
from khunnaphap.paper.pdf import to_pdf

from .composing import Writing, compose
from .models import Inspection
from .queries import Basis, basis_of, shipped_form


@dataclass(frozen=True)
class Report:
    """A report as a tree and as the two papers."""

    basis: Basis
    document: Document
    docx: bytes
    pdf: bytes


@transaction.atomic
def write_report(*, province: Province, inspection: Inspection, by: User, exceptions: Sequence[str] = ()) -> Report:
    """Write the report from the record as it stands; ``Refusal`` when there is nothing to report on."""
    basis = basis_of(province, inspection, exceptions)
    framework = framework_of(basis.newest.edition)
    example = any(item.round.is_example for item in basis.verified) or basis.newest.is_example
    marks = [mark for mark in ("ข้อมูลสมมุติ" if example else "", basis.newest.edition.mark) if mark]
    document = compose(Writing(basis, shipped_form(), framework), marks)
    record(
        by=by,
        verb="write_report",
        subject=f"report:{province.code}:{inspection}",
        schools=len(basis.verified),
        unverified=[school.ministry_code for school in basis.unverified],
        excepted=[school.ministry_code for school in basis.excepted],
    )
    return Report(basis, document, to_docx(document), to_pdf(document))


@transaction.atomic
def plan_inspection(*, name: RoundName, cut_off: datetime, by: User) -> Inspection:
    """Enter an inspection, or move its cut-off."""
    inspection, _ = Inspection.objects.update_or_create(
        year=name.year, number=name.number, defaults={"cut_off": cut_off}
    )
    record(by=by, verb="plan_inspection", subject=f"inspection:{name}", cut_off=cut_off.isoformat())
    return inspection
