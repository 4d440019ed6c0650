"""Who opened what: a line an opened page, in a file a month beside the record, which its owner alone reads.

Reading changes nothing, so it stands in no event: a file that ends after a while, not a chain that stays.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .tokens import without_tokens

log = logging.getLogger("django.request")
_PASSED_OVER = frozenset({"service-worker", "offline"})
"""What a browser asks for by itself."""


class ReadsNoted:
    """Notes what a signed-in person was shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        named = request.resolver_match.url_name if request.resolver_match else None
        shown = request.method == "GET" and response.status_code == 200 and named and named not in _PASSED_OVER
        if shown and request.user.is_authenticated:
            try:
                note(request.user.get_username(), request.path)
            except OSError as error:  # a full disk keeps nobody from reading
                log.error("a read was not noted: %s", error)
        return response


def note(username: str, path: str) -> None:
    """Append one line: when, who, which page (without its query and without any token)."""
    now = timezone.localtime()
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    line = f"{now.isoformat(timespec='seconds')} {username} {without_tokens(path)}\n"
    descriptor = os.open(folder / f"{now:%Y-%m}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line.encode())  # one call: lines of several processes do not mix
    finally:
        os.close(descriptor)


def reads_of(username: str) -> Iterator[tuple[str, str]]:
    """When (ISO) and which page, for every line of one person, oldest first."""
    for file in sorted(_folder().glob("*.log")):
        for line in file.read_text("utf-8").splitlines():
            at, who, path = line.split(" ", 2)
            if who == username:
                yield at, path


def forget(before: datetime) -> int:
    """Delete the months that ended before a moment; gives how many."""
    due = [file for file in _folder().glob("*.log") if file.stem < f"{timezone.localtime(before):%Y-%m}"]
    for file in due:
        file.unlink()
    return len(due)


def _folder() -> Path:
    return Path(settings.READS)
