"""Errors in words: each a whole page of ours, even where the database (or the request) gives out."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from .held import Held, held_by, of_a_script

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def page(request: HttpRequest, status: int, name: str = "", **context: Any) -> HttpResponse:
    """The page of an error; without the person's bar where the database cannot say who it is."""
    template = name or f"{status}.html"
    try:
        text = render_to_string(template, context, request)
    except DatabaseError:
        text = render_to_string(template, context)
    return HttpResponse(text, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 where more was sent than a form may hold."""
    return page(request, 413 if isinstance(exception, TOO_LARGE) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the table of permissions says no."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not for this person."""
    return page(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; the page asks nothing of the request or the database."""
    return HttpResponse(render_to_string("500.html"), status=500)


def out_of_order(request: HttpRequest) -> HttpResponse:
    """503: the database is full, cut off or read-only; nothing of the request was kept, and the page says so."""
    answer = HttpResponse(render_to_string("503.html", {"posted": request.method == "POST"}), status=503)
    answer.headers["Retry-After"] = "30"
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page had expired: it can be sent again from here; or one that came from elsewhere."""
    held = None if of_a_script(request) else held_by(request)
    return page(request, 403, "web/held.html", held=held) if held else page(request, 403, "403_csrf.html")


def sign_in_first(request: HttpRequest, held: Held) -> HttpResponse:
    """The session ended while somebody typed: sign in elsewhere, and send what is kept here."""
    return page(request, 403, "web/held.html", held=held, signed_out=True)


def only_by_a_form(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """405: an address that a button sends to was opened by itself."""
    answer = page(request, 405)
    answer.headers["Allow"] = refused.headers["Allow"]
    return answer
