"""What no address and no text holds is turned away once, before any page reads it: the character NUL.

PostgreSQL keeps no NUL, SQLite does, and a database driver says so by a fault: neither is an answer to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khunnaphap.core.problems import Problem

from . import errors
from .held import held_by, of_a_script

NUL = "\x00"


class NoNul:
    """400 for an address, a header or a cookie with NUL; a form with one comes back without it, to be sent again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wrong = [name for name, value in request.COOKIES.items() if NUL in name or NUL in value]
        if not wrong and not any(NUL in text for text in _addressed(request)):
            return self.get_response(request)
        answer = errors.page(request, 400)
        for name in wrong:
            answer.delete_cookie(name)  # or every page would be refused until somebody clears the browser
        return answer

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """What was posted, once the request has its cookies and its token."""
        if request.method != "POST" or not any(NUL in text for text in _posted(request)):
            return None
        if of_a_script(request):
            return render(request, "web/_refused.html", {"problem": _problem()}, status=422)
        held = held_by(request)
        if held is None:
            return errors.page(request, 400)
        return errors.page(request, 422, "web/held.html", held=held, nul=True)


def _addressed(request: HttpRequest) -> Iterator[str]:
    """The path and the query as they are read, and every header."""
    yield request.path
    yield request.META.get("QUERY_STRING", "").replace("%00", NUL)
    yield from (value for name, value in request.META.items() if name.startswith("HTTP_"))


def _posted(request: HttpRequest) -> Iterator[str]:
    """Names and values of fields, and names of files."""
    for name, values in request.POST.lists():
        yield from (name, *values)
    for name, files in request.FILES.lists():
        yield name
        yield from (file.name or "" for file in files)


def _problem() -> Problem:
    return Problem(
        "control-characters", "ข้อความมีอักขระควบคุม U+0000 ซึ่งไม่มีในข้อความใด จึงยังไม่ได้บันทึก", "ลบอักขระนั้นออก หรือพิมพ์ข้อความใหม่"
    )
