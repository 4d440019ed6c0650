"""What is told of an import, and the file that it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Assessment
from khunnaphap.audit.actions import record
from khunnaphap.core.problems import Problem
from khunnaphap.evidence.storing import sha256_of
from khunnaphap.programme.models import Account

from .models import ImportedFile, ImportedPart
from .storing import stored_path

MAX_TOLD: Final = 1_000
"""How many problems, and how many warnings, a report tells."""


@dataclass
class Part:
    """What an import did for one school, office or edition; ``note`` is a Thai sentence, ``lines`` tell it in full."""

    school: str
    name: str
    changed: int
    state: str
    missing: tuple[str, ...]
    note: str
    number: int | None = None
    lines: tuple[str, ...] = ()


@dataclass
class ImportReport:
    """What came of one file: its parts, or the problems that stopped it (or some of its schools)."""

    file: str
    kind: str = ""
    round: str = ""
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    """What came of the rows of a list, in numbers."""
    left_out: bytes = b""
    """The rows of a list that were not taken, as a CSV to mend."""

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Problems, with the file's name."""
        self.problems += [problem.at(file=self.file) for problem in problems]

    def add_warnings(self, warnings: Iterable[Problem]) -> None:
        """Warnings, with the file's name."""
        self.warnings += [warning.at(file=self.file) for warning in warnings]

    def shorten(self) -> None:
        """Cut lists that nobody can read to their beginning, and say how many more there were."""
        for told, what in ((self.problems, "ปัญหา"), (self.warnings, "ข้อเตือน")):
            more = len(told) - MAX_TOLD
            if more > 0:
                message = f"มี{what}อีก {more:,} รายการที่ไม่ได้แสดง"
                mend = "แก้ไขรายการข้างต้นก่อน แล้วนำเข้าอีกครั้ง"
                told[MAX_TOLD:] = [Problem("more-not-shown", message, mend, file=self.file)]


@dataclass
class Source:
    """The file behind an import; its row is made with the first part that changes something."""

    name: str
    content: bytes
    kind: str
    row: ImportedFile | None = None

    def __post_init__(self) -> None:
        self.digest = sha256_of(self.content)
        self.row = ImportedFile.objects.filter(sha256=self.digest).first()

    def taken_before(self, subject: Assessment | Account) -> ImportedPart | None:
        """The part of this very file that was imported for the assessment or account and not undone."""
        if self.row is None:
            return None
        return self.row.parts.filter(**_whose(subject), undone_at=None).last()

    def noted(self) -> ImportedFile:
        """The file's row, made when it is not there yet; whoever calls this keeps the file too."""
        if self.row is None:
            self.row, _ = ImportedFile.objects.get_or_create(
                sha256=self.digest,
                defaults={
                    "name": self.name,
                    "size": len(self.content),
                    "kind": self.kind,
                    "stored": stored_path(self.digest, self.content),
                },
            )
        return self.row

    def add_part(self, subject: Assessment | Account, before: dict[str, Any], by: User) -> ImportedPart:
        """Note what the file changed."""
        version = type(subject)._default_manager.values_list("version", flat=True).get(pk=subject.pk)
        part = ImportedPart.objects.create(
            file=self.noted(), **_whose(subject), at=timezone.now(), by=by, before=before, version=version
        )
        record(by=by, verb="import", subject=f"import:{part.pk}", file=self.name, sha256=self.digest)
        return part


def _whose(subject: Assessment | Account) -> dict[str, Assessment | Account]:
    return {"assessment" if isinstance(subject, Assessment) else "account": subject}
