"""Where the record lives, and the secret key kept beside it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def home() -> Path:
    """``KHUNNAPHAP_HOME``, else ``~/.khunnaphap``; made (for its owner only) when it is not there."""
    folder = Path(os.environ.get("KHUNNAPHAP_HOME") or Path.home() / ".khunnaphap").expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


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
