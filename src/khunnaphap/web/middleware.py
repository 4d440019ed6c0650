"""Headers that every answer carries, the language, and errors that are told in words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import translation

from khunnaphap.core.problems import Refusal

from .errors import only_by_a_form, out_of_order, sign_in_first
from .held import held_by, host_named, of_a_script
from .tokens import has_token

log = logging.getLogger("django.request")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class PackedPages(GZipMiddleware):
    """Whole pages go out compressed; files keep their bytes and their ranges, and a save's few words are not worth it.

    Django hides the length of what is packed (BREACH), and masks each form's token anew.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Pack what a GET gives as HTML."""
        if request.method != "GET" or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)  # type: ignore[no-any-return]


class LanguageBySwitch:
    """Thai unless the visitor switched: what the browser asks for does not count."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SecurityHeaders:
    """A strict content security policy and permissions policy on every answer; nothing of it for shared caches.

    ``no-cache`` and not ``no-store``: a browser that goes back still has what was typed. Signing out has it thrown away.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if has_token(request.path):
            response.headers["Referrer-Policy"] = "no-referrer"
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if request.method == "POST" and request.path == reverse("account_logout"):
            response.headers["Clear-Site-Data"] = '"cache"'
        return response


class BackToThePage:
    """Who pressed a button after the session ended loses nothing: what was typed waits on a page from which it is sent again,
    and a mere button leads back, by signing in, to the page that it was on (its own address takes no GET).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != 302:
            return response
        sign_in = resolve_url(settings.LOGIN_URL)
        if response.headers["Location"].startswith(f"{sign_in}?next="):
            if not of_a_script(request) and (held := held_by(request)):
                return sign_in_first(request, held)
            back = _page_before(request)
            response.headers["Location"] = redirect_to_login(back or resolve_url("work"), sign_in).url  # type: ignore[attr-defined]
        return response


def _page_before(request: HttpRequest) -> str:
    """The page of ours that the browser came from, without its host; empty where it came from elsewhere."""
    came = request.headers.get("Referer", "")
    if host_named(came) != request.get_host():
        return ""
    page = urlsplit(came)
    return urlunsplit(("", "", page.path, page.query, ""))


class RefusalsInWords:
    """What the rules forbid is answered with 409, in words: what, and what to do instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            return only_by_a_form(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page of its own, or a banner where htmx asked; 503 where the database cannot take or give anything."""
        if isinstance(error, OperationalError | InternalError):
            log.error("the database does not answer: %s %s: %s", request.method, request.path, error)
            return out_of_order(request)
        if not isinstance(error, Refusal):
            return None
        name = "web/_refused.html" if getattr(request, "htmx", False) else "409.html"
        held = held_by(request) if request.method == "POST" else None
        return render(request, name, {"problem": error.problem, "typed": held.typed if held else ()}, status=409)
