"""What a form sent that could not be taken: kept in the page that answers, from which it is sent again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest

TOKEN = "csrfmiddlewaretoken"  # noqa: S105


@dataclass(frozen=True)
class Held:
    """All fields of a form but its token; what people typed of it; whether files went with it, which must be chosen again."""

    fields: tuple[tuple[str, str], ...]
    typed: tuple[str, ...]
    files: bool


def held_by(request: HttpRequest) -> Held | None:
    """What a form of ours sent; ``None`` where it was a mere button, where it held a password, or where it came from elsewhere."""
    sent = ((name, value) for name, values in request.POST.lists() for value in values if name != TOKEN)
    fields = tuple((name.replace("\x00", ""), value.replace("\x00", "")) for name, value in sent)
    filled = [value for name, value in fields if value.strip() and not _is_id(value)]
    if not (filled or request.FILES) or not _is_ours(request) or any("password" in name for name, _ in fields):
        return None
    return Held(fields, tuple(_words(filled)), bool(request.FILES))


def of_a_script(request: HttpRequest) -> bool:
    """Whether a script of ours asked, which keeps what was typed by itself."""
    return bool(getattr(request, "htmx", False)) or "X-Upload" in request.headers


def _is_ours(request: HttpRequest) -> bool:
    """A browser says where a form came from, and no page elsewhere can say otherwise."""
    return host_named(request.headers.get("Origin", "")) == request.get_host()


def host_named(address: str) -> str:
    """The host (and port) of an address that a browser sent along; empty where it is none."""
    try:
        return urlsplit(address).netloc
    except ValueError:  # "http://[": a header may hold anything
        return ""


def _is_id(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False


def _words(values: list[str]) -> Iterator[str]:
    """What is worth showing: texts, not the keys of choices."""
    return (value for value in values if not value.isascii() or " " in value.strip())
