"""Where the record lives, and the secret key kept beside it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def home() -> Path:
    """``KHUNNAPHAP_HOME``, else ``~/.khunnaphap``; made (for its owner only) when it is not there."""
    folder = Path(os.environ.get("KHUNNAPHAP_HOME") or Path.home() / ".khunnaphap").expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def database(url: str) -> dict[str, Any]:
    """Django's settings for a database address; ``ImproperlyConfigured`` in words for any but SQLite and PostgreSQL."""
    if url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        try:
            found = dict(dj_database_url.parse(url, conn_max_age=600))
        except ValueError:
            pass
        else:
            if url.startswith("sqlite"):
                return found | {"ENGINE": "khunnaphap.config.sqlite3"}
            return found | {"OPTIONS": prepared(found.get("OPTIONS", {}))}
    raise ImproperlyConfigured(
        "DATABASE_URL ไม่ถูกต้อง เขียนเป็น postgresql://ผู้ใช้:รหัสผ่าน@เครื่อง:พอร์ต/ชื่อฐานข้อมูล หรือเว้นว่างเพื่อใช้ SQLite"
    )


def prepared(options: dict[str, Any]) -> dict[str, Any]:
    """PostgreSQL plans a statement that comes again only once (a quarter off each save, measured).

    A pooler that hands one connection to many (PgBouncer before 1.21) cannot keep such plans: ``KHUNNAPHAP_PREPARED=0``.
    """
    if os.environ.get("KHUNNAPHAP_PREPARED", "1") == "0":
        return options
    return {"server_side_binding": True, "prepare_threshold": 3, **options}


def secret_key(folder: Path) -> str:
    """The installation's secret: from ``KHUNNAPHAP_SECRET_KEY``, else a file made once, readable by its owner."""
    given = os.environ.get("KHUNNAPHAP_SECRET_KEY")
    if given:
        return given
    path = folder / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text("ascii").strip()
