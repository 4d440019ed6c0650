"""Files that came in, kept as they came under their SHA-256."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def sha256_of(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def keep(content: bytes) -> str:
    """Keep a file; gives its path below ``MEDIA_ROOT``. It is whole on disk when this returns."""
    digest = sha256_of(content)
    relative = Path("imports") / digest[:2] / f"{digest}.xlsx"
    target = Path(settings.MEDIA_ROOT) / relative
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    return str(relative)
