"""A control for the durability benchmark: a server that says "saved" before it commits. It must be caught."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from .bare import Assessment, transaction


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Acknowledge at once, keep the save a moment later."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    key = parse_qs(environ["wsgi.input"].read(length).decode())["save"][0]
    threading.Thread(target=_later, args=(key,)).start()
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"saved"]


def _later(key: str) -> None:
    from khunnaphap.accounts.queries import system_actor
    from khunnaphap.audit.actions import record

    time.sleep(0.05)
    with transaction.atomic():
        record(by=system_actor(), verb="save_answer", subject=str(Assessment.objects.count()), key=key)  # type: ignore[arg-type]
