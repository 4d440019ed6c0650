"""Files kept whole: written under another name, brought to the disk, renamed; and where evidence is kept."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages

from khunnaphap.core.problems import Refusal

BLOCK: Final = 1 << 20
FOLDER: Final = "evidence"
_STORED: Final = re.compile(rf"{FOLDER}/[0-9a-f]{{2}}/[0-9a-f]{{48}}\.[a-z]{{3,4}}")
_WHY: Final = {
    errno.ENOSPC: "พื้นที่เก็บข้อมูลเต็ม",
    errno.EDQUOT: "พื้นที่เก็บข้อมูลเต็มตามโควตา",
    errno.EACCES: "ไม่มีสิทธิ์เขียน",
    errno.EPERM: "ไม่มีสิทธิ์เขียน",
    errno.EROFS: "ที่เก็บข้อมูลอ่านได้อย่างเดียว",
    errno.ENOTDIR: "ที่เก็บข้อมูลไม่ใช่โฟลเดอร์",
    errno.EEXIST: "ที่เก็บข้อมูลไม่ใช่โฟลเดอร์",
    errno.EIO: "อุปกรณ์เก็บข้อมูลขัดข้อง",
}


def why_not_written(error: OSError) -> str:
    """What the operating system said, in Thai."""
    return _WHY.get(error.errno or 0, f"ระบบปฏิบัติการแจ้งข้อผิดพลาดที่ {error.errno}")


def sha256_of(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def readable_name(name: str) -> str:
    """A file's name as it can be stored and shown: no control or broken characters, at most 255 long."""
    whole = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(one if one.isprintable() else "?" for one in whole)[:255] or "?"


def blocks_of(stream: IO[bytes] | File) -> Iterator[bytes]:
    """A file's bytes, block by block."""
    while block := stream.read(BLOCK):
        yield block


def write_whole(target: Path, blocks: Iterable[bytes]) -> None:
    """Write whole or not at all, readable by the system alone; it is on the disk when this returns."""
    _make_folder(target.parent)
    descriptor, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync(target.parent)


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class WholeFiles(FileSystemStorage):
    """Django's storage on a disk, with every file written whole or not at all."""

    def _save(self, name: str, content: File) -> str:
        write_whole(Path(self.path(name)), content.chunks())
        return name


def evidence_files() -> Storage:
    """Where evidence is kept: below ``MEDIA_ROOT``, or wherever ``STORAGES["evidence"]`` says."""
    return storages[FOLDER]


def keep_evidence(content: bytes, extension: str) -> str:
    """Keep a file under a name that nobody guesses; gives it. ``Refusal`` when the disk does not take it."""
    token = secrets.token_hex(24)
    return _save(f"{FOLDER}/{token[:2]}/{token}.{extension}", ContentFile(content))


def put_back(name: str, stream: IO[bytes], sha256: str) -> None:
    """Keep a file of a backup under the name it had; one that is there and whole stays."""
    if not _STORED.fullmatch(name):
        raise ValueError(f"{name} is no name of a kept file")
    if is_whole(name, sha256):
        return
    _save(name, File(stream), replace=True)


def is_whole(name: str, sha256: str) -> bool:
    """True when the kept file is there and its bytes are those of this SHA-256."""
    digest = hashlib.sha256()
    try:
        with evidence_files().open(name) as file:
            for block in blocks_of(file):
                digest.update(block)
    except OSError:
        return False
    return digest.hexdigest() == sha256


def discard(names: Iterable[str]) -> None:
    """Take files away whose row was not written; one that stays is found as an orphan."""
    for name in names:
        try:
            evidence_files().delete(name)
        except OSError:
            continue


def _save(name: str, content: File[Any], *, replace: bool = False) -> str:
    try:
        if replace:
            evidence_files().delete(name)
        return evidence_files().save(name, content)
    except OSError as error:
        raise Refusal(
            "evidence-not-kept",
            f"เก็บแฟ้มไว้ไม่ได้ ({why_not_written(error)}) จึงยังไม่บันทึกหลักฐานนี้",
            "แจ้งผู้ดูแลระบบให้ตรวจพื้นที่เก็บข้อมูล แล้วส่งแฟ้มอีกครั้ง",
        ) from error
