"""The whole record in one file, and back: the same file for SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from khunnaphap import __version__
from khunnaphap.audit.moments import one_moment
from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.queries import files_claimed
from khunnaphap.evidence.storing import FOLDER, blocks_of, evidence_files, put_back

from .models import ImportedFile
from .storing import keep

FORMAT = 1
ROOMS = (
    "audit", "organisations", "accounts", "account", "mfa", "evidence", "frameworks", "assessments", "programme",
    "exchange",
)  # fmt: skip
"""Ours, and allauth's addresses and means of signing in (``account``, ``mfa``)."""
NOT_KEPT = ("sessions", "usersessions")
"""Emptied by a restore: everybody signs in again."""
_BATCH = 500
_EPOCH = (1980, 1, 1, 0, 0, 0)


Item = TypeVar("Item")


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while some := list(islice(rest, _BATCH)):
        yield some


class _Exact(DjangoJSONEncoder):
    """Moments to the microsecond; Django's own encoder cuts them to the millisecond."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


@dataclass(frozen=True)
class Copied:
    """How much a backup holds."""

    rows: int
    files: int


def _models() -> list[type[models.Model]]:
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def _migrations() -> list[str]:
    """The newest migration of each room, as applied to this database."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(max(f"{app}.{name}" for app, name in applied if app == room) for room in ROOMS)


def write_backup(target: Path) -> Copied:
    """Write the record and the kept files into ``target``; ``Refusal`` when it is there already."""
    if target.exists():
        raise Refusal("backup-exists", f"มีแฟ้ม {target} อยู่แล้ว", "ใช้ชื่อแฟ้มใหม่ หรือย้ายแฟ้มเดิมไปเก็บที่อื่นก่อน")
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".backup-")
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, one_moment():
                copied = _fill(archive)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return copied


def _fill(archive: zipfile.ZipFile) -> Copied:
    members: dict[str, str] = {}
    rows: dict[str, int] = {}
    for model in _models():
        name = f"data/{model._meta.label_lower}.jsonl"
        digest, rows[name] = hashlib.sha256(), 0
        with archive.open(name, "w", force_zip64=True) as member:
            for some in _batches(model._base_manager.order_by("pk").iterator(chunk_size=_BATCH)):
                lines = serializers.serialize("jsonl", some, cls=_Exact, ensure_ascii=False).encode()
                member.write(lines)
                digest.update(lines)
                rows[name] += len(some)
        members[name] = digest.hexdigest()
    for stored, sha256, opened in _files():
        _copy(archive, stored, sha256, opened)
        members[f"files/{stored}"] = sha256
    manifest = {"format": FORMAT, "version": __version__, "migrations": _migrations(), "rows": rows, "members": members}
    archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return Copied(sum(rows.values()), len(members) - len(rows))


def _files() -> Iterator[tuple[str, str, Callable[[], IO[bytes]]]]:
    """Path, SHA-256 and opening of every kept file: what was imported, and evidence with its thumbnails."""
    for row in ImportedFile.objects.order_by("pk").iterator():
        yield row.stored, row.sha256, partial((Path(settings.MEDIA_ROOT) / row.stored).open, "rb")
    for stored, sha256 in files_claimed():
        yield stored, sha256, partial(evidence_files().open, stored)


def _copy(archive: zipfile.ZipFile, stored: str, sha256: str, opened: Callable[[], IO[bytes]]) -> None:
    """Copy a kept file block by block, as it is: photos and workbooks are packed already."""
    digest = hashlib.sha256()
    try:
        with (
            opened() as file,
            archive.open(zipfile.ZipInfo(f"files/{stored}", _EPOCH), "w", force_zip64=True) as member,
        ):
            for block in blocks_of(file):
                member.write(block)
                digest.update(block)
    except FileNotFoundError as error:
        raise _lost(stored) from error
    if digest.hexdigest() != sha256:
        raise _lost(stored)


def _lost(stored: str) -> Refusal:
    path = Path(settings.MEDIA_ROOT) / stored
    return Refusal("kept-file-damaged", f"แฟ้มที่เก็บไว้หายหรือเสียหาย: {path}", "กู้แฟ้มนี้จากสำเนาสำรองก่อนหน้า แล้วสำรองใหม่")


def restore_backup(source: Path) -> Copied:
    """Put a backup in place of the record. It is checked whole first, and the change is one transaction.

    ``Refusal`` when the file is no backup, is damaged or comes from another version; the record is then untouched.
    """
    if not source.is_file():
        raise Refusal("backup-lacking", f"ไม่มีแฟ้ม {source}", "ตรวจชื่อและที่อยู่ของแฟ้มสำรอง")
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _checked(archive)
            _keep_files(archive, manifest)
            with transaction.atomic():
                _empty()
                for model in _models():
                    _load(archive, model)
                connection.check_constraints()
                _reset_sequences()
    except (
        zipfile.BadZipFile,
        EOFError,
        KeyError,
        ValueError,
        OSError,
        serializers.base.DeserializationError,
    ) as error:
        raise _damaged("อ่านไม่ได้") from error
    return Copied(sum(manifest["rows"].values()), len(manifest["members"]) - len(manifest["rows"]))


def _damaged(what: str) -> Refusal:
    return Refusal(
        "backup-damaged", f"แฟ้มสำรองเสียหายหรือไม่ใช่แฟ้มสำรองของระบบ ({what})", "ใช้แฟ้มสำรองอื่น ข้อมูลปัจจุบันไม่ถูกเปลี่ยน"
    )


def _checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest.get("format") != FORMAT or manifest.get("migrations") != _migrations():
        raise Refusal(
            "backup-version",
            f"แฟ้มสำรองมาจากระบบรุ่น {manifest.get('version')} ซึ่งโครงสร้างข้อมูลต่างจากรุ่นนี้ ({__version__})",
            "ติดตั้งระบบรุ่นเดียวกับแฟ้มสำรอง นำข้อมูลกลับ แล้วจึงปรับรุ่น",
        )
    wanted = {f"data/{model._meta.label_lower}.jsonl" for model in _models()}
    if not wanted <= manifest["members"].keys() or {*archive.namelist()} != {*manifest["members"], "manifest.json"}:
        raise _damaged("ส่วนประกอบไม่ครบ")
    for name, digest in manifest["members"].items():
        found = hashlib.sha256()
        with archive.open(name) as member:
            while block := member.read(1 << 20):
                found.update(block)
        if found.hexdigest() != digest:
            raise _damaged(name)
    return manifest


def _keep_files(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    for name, sha256 in manifest["members"].items():
        if name.startswith(f"files/{FOLDER}/"):
            with archive.open(name) as member:
                put_back(name.removeprefix("files/"), member, sha256)
        elif name.startswith("files/"):
            keep(archive.read(name))


def _empty() -> None:
    models_there = [*_models(), *(model for room in NOT_KEPT for model in apps.get_app_config(room).get_models())]
    tables = [field.m2m_db_table() for model in models_there for field in model._meta.local_many_to_many] + [
        model._meta.db_table for model in models_there
    ]
    statements = connection.ops.sql_flush(no_style(), tables, reset_sequences=False, allow_cascade=False)
    connection.check_constraints()  # PostgreSQL empties no table that still has checks to make
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _load(archive: zipfile.ZipFile, model: type[models.Model]) -> None:
    later: list[Callable[[], None]] = []
    with archive.open(f"data/{model._meta.label_lower}.jsonl") as member:
        lines = (line.decode() for line in member)
        for some in _batches(lines):
            found = list(serializers.deserialize("jsonl", "".join(some)))
            model._base_manager.bulk_create([one.object for one in found])
            for one in found:
                for name, keys in (one.m2m_data or {}).items():
                    if keys:
                        later.append(lambda item=one.object, name=name, keys=keys: getattr(item, name).set(keys))
    for link in later:
        link()


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
