"""Files that came in, kept as they came under their SHA-256."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

from django.conf import settings

from khunnaphap.core.problems import Refusal

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


def _why(error: OSError) -> str:
    """What the operating system said, in Thai."""
    return _WHY.get(error.errno or 0, f"ระบบปฏิบัติการแจ้งข้อผิดพลาดที่ {error.errno}")


def sha256_of(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def stored_path(digest: str, content: bytes) -> str:
    """Where a file of this SHA-256 is kept, below ``MEDIA_ROOT``; what is no workbook is a list."""
    return f"imports/{digest[:2]}/{digest}{'.xlsx' if content.startswith(b'PK') else '.csv'}"


def readable_name(name: str) -> str:
    """A file's name as it can be stored and shown: no control or broken characters, at most 255 long."""
    whole = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(one if one.isprintable() else "?" for one in whole)[:255] or "?"


def keep(content: bytes) -> str:
    """Keep a file; gives its path below ``MEDIA_ROOT``. It is whole on disk when this returns.

    ``Refusal`` when the disk does not take it.
    """
    relative = stored_path(sha256_of(content), content)
    target = Path(settings.MEDIA_ROOT) / relative
    try:
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, content)
    except OSError as error:
        raise Refusal(
            "file-not-kept",
            f"เก็บแฟ้มไว้ไม่ได้ ({_why(error)}) จึงยังไม่บันทึกข้อมูลใด",
            "แจ้งผู้ดูแลระบบให้ตรวจพื้นที่เก็บข้อมูล แล้วนำเข้าอีกครั้ง",
        ) from error
    return relative


def _write(target: Path, content: bytes) -> None:
    """Write whole or not at all: under another name first, then renamed."""
    descriptor, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
