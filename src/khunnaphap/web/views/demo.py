"""Signing in as one of the demo's people, while the demo is served."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from khunnaphap.demo.people import demo_person

from ..entering import enter


@require_POST
def sign_in(request: HttpRequest, username: str) -> HttpResponse:
    """404 unless this is the demo, the record is the demo's, and the person is one of the demo's."""
    person = demo_person(username) if settings.DEMO else None
    if person is None:
        raise Http404
    enter(request, person)
    onward = request.POST.get("next", "")
    return redirect(onward if url_has_allowed_host_and_scheme(onward, {request.get_host()}) else "work")
