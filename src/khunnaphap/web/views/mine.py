"""What is kept about me: my data, roles, means of signing in, and the events that bear my name."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from khunnaphap.accounts.models import PLACES, User

from .. import people as shown
from ..subjects import subjects_in_words
from ..verbs import VERBS

PAGE = 50


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """All of it at a glance."""
    held = request.user.appointments.select_related(*PLACES).order_by("-starts", "-pk")
    context = {"held": held, "events": shown.events_of(request.user).count(), "contact": settings.CONTACT}
    return render(request, "people/me.html", context)


@login_required
@require_safe
def my_events(request: HttpRequest) -> HttpResponse:
    """The events that bear my name, newest first."""
    page = Paginator(shown.events_of(request.user), PAGE).get_page(request.GET.get("page", "1"))
    about = subjects_in_words({event.subject for event in page})
    names = {one.username: str(one) for one in User.objects.filter(username__in={event.actor for event in page})}
    rows = [
        (event, names.get(event.actor, event.actor), VERBS.get(event.verb, event.verb), about[event.subject])
        for event in page
    ]
    return render(request, "people/my_events.html", {"page": page, "rows": rows})


@login_required
@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """All of it as a file (JSON), to take along."""
    text = json.dumps(shown.kept_about(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="khunnaphap-{request.user.username}.json"'
    return response
