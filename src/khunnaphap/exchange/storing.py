"""Files that came in, kept as they came under their SHA-256."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.storing import sha256_of, why_not_written, write_whole


def stored_path(digest: str, content: bytes) -> str:
    """Where a file of this SHA-256 is kept, below ``MEDIA_ROOT``; what is no workbook is a list."""
    return f"imports/{digest[:2]}/{digest}{'.xlsx' if content.startswith(b'PK') else '.csv'}"


def keep(content: bytes) -> str:
    """Keep a file; gives its path below ``MEDIA_ROOT``. It is whole on disk when this returns.

    ``Refusal`` when the disk does not take it.
    """
    relative = stored_path(sha256_of(content), content)
    target = Path(settings.MEDIA_ROOT) / relative
    try:
        if not target.exists():
            write_whole(target, [content])
    except OSError as error:
        raise Refusal(
            "file-not-kept",
            f"เก็บแฟ้มไว้ไม่ได้ ({why_not_written(error)}) จึงยังไม่บันทึกข้อมูลใด",
            "แจ้งผู้ดูแลระบบให้ตรวจพื้นที่เก็บข้อมูล แล้วนำเข้าอีกครั้ง",
        ) from error
    return relative
