"""The guide, from the Markdown files that ship with the product."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import guides


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All guides, by title."""
    return render(request, "web/help.html", {"guides": guides.all_guides()})


@require_safe
def one(request: HttpRequest, page: str) -> HttpResponse:
    """One guide."""
    found = guides.guide(page)
    if found is None:
        raise Http404(page)
    return render(request, "web/guide.html", {"guide": found, "guides": guides.all_guides()})
