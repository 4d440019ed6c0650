"""The start page, the overview of colours and made files, notices, and what browsers ask for."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .. import queries


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """A calm landing for a stranger; one's own work for everybody else."""
    if request.user.is_authenticated:
        return redirect("work")
    return render(request, "web/start.html")


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Colours by office or province of every round, among the schools one sees; the files made, for the nation's roles."""
    if not queries.sees_overview(request.user):
        raise Http404
    by = "province" if request.GET.get("by") == "province" else "office"
    context: dict[str, object] = {"rounds": queries.rounds_shown(request.user, by), "by": by}
    if queries.sees_files(request.user):
        context |= {"sees_files": True, "files": queries.files_made(), "workbooks": queries.workbooks_made()}
    return render(request, "web/overview.html", context)


@login_required
@require_safe
def file(request: HttpRequest, name: str) -> FileResponse:
    """One of the listed files; 404 for anything else, and for anybody without a role in the whole country."""
    if not queries.sees_files(request.user):
        raise Http404(name)
    return FileResponse(queries.file_made(name).open("rb"), as_attachment=not name.endswith(".pdf"))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice (PDPA)."""
    return render(request, "web/privacy.html", {"contact": settings.CONTACT})


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """Every component with its markup; in development and in the demo only."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "web/parts.html", {"parts": queries.parts_shown()})


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows when there is no network; it names nobody."""
    return render(request, "web/offline.html")


@cache_control(max_age=0, must_revalidate=True)
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from the root, so that it stands before every page."""
    response = render(request, "web/sw.js", content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    return response
