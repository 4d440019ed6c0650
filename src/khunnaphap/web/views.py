"""The start page: the colours of each round, and the files that were made."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from . import queries


def start(request: HttpRequest) -> HttpResponse:
    """Colours by office of every round with answers, and the files to open."""
    context = {"rounds": queries.rounds_shown(), "files": queries.files_made(), "workbooks": queries.workbooks_made()}
    return render(request, "web/start.html", context)


def file(request: HttpRequest, name: str) -> FileResponse:
    """One of the listed files; 404 for anything else."""
    return FileResponse(queries.file_made(name).open("rb"), as_attachment=not name.endswith(".pdf"))


def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice."""
    return render(request, "web/privacy.html")


def help_page(request: HttpRequest) -> HttpResponse:
    """The guide."""
    return render(request, "web/help.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of this session."""
    return render(request, "403.html", {"reason": reason}, status=403)
