"""Writing a province's report: one record in, two papers out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.assessments.queries import marks_of
from khunnaphap.audit.actions import record
from khunnaphap.core.document import Document
from khunnaphap.core.plain import to_plain
from khunnaphap.frameworks.queries import framework_of
from khunnaphap.organisations.models import Province
from khunnaphap.paper.docx import to_docx
from khunnaphap.paper.pdf import to_pdf
from khunnaphap.programme.models import Inspection

from .composing import Signature, Writing, compose
from .queries import Basis, basis_of, shipped_form


def _rounds(basis: Basis) -> list[Round]:
    """The rounds that the report speaks of, the newest first."""
    found = {basis.newest.pk: basis.newest} | {item.round.pk: item.round for item in basis.verified}
    return sorted(found.values(), key=lambda round_: round_.name, reverse=True)


@dataclass(frozen=True)
class Report:
    """A report as a tree and as the two papers."""

    basis: Basis
    document: Document
    docx: bytes
    pdf: bytes

    @property
    def files(self) -> dict[str, bytes]:
        """The papers and the tree by file name."""
        stem = f"report-{self.basis.province.code}-{str(self.basis.inspection.name).replace('/', '-')}"
        return {f"{stem}.docx": self.docx, f"{stem}.pdf": self.pdf, f"{stem}.json": self.json}

    @property
    def json(self) -> bytes:
        """The tree as JSON: every block with its kind, its text and the records behind it."""
        tree = to_plain(self.document) | {
            "blocks": [{"kind": type(block).__name__, **to_plain(block)} for block in self.document.blocks]
        }
        return json.dumps(tree, ensure_ascii=False, indent=1).encode()


@transaction.atomic
def write_report(
    *,
    province: Province,
    inspection: Inspection,
    by: User,
    exceptions: Sequence[str] = (),
    signature: Signature | None = None,
) -> Report:
    """Write the report from the record as it stands; ``Refusal`` when there is nothing to report on."""
    basis = basis_of(province, inspection, exceptions)
    framework = framework_of(basis.newest.edition)
    marks = dict.fromkeys(mark for round_ in _rounds(basis) for mark in marks_of(round_))
    document = compose(Writing(basis, shipped_form(), framework, signature or Signature()), tuple(marks))
    record(
        by=by,
        verb="write_report",
        subject=f"report:{province.code}:{inspection}",
        schools=len(basis.verified),
        unverified=[school.ministry_code for school in basis.unverified],
        excepted=[school.ministry_code for school in basis.excepted],
    )
    pdf = to_pdf(document)  # first: the DOCX takes the page numbers of its contents from the same layout
    return Report(basis, document, to_docx(document), pdf)
