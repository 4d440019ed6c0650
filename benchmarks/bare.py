"""The limit that the web is measured against: Django, one row changed and committed, nothing else."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khunnaphap.config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

from khunnaphap.assessments.models import Assessment  # noqa: E402

settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "benchmarks.bare"


def change(request: HttpRequest, year: int, number: int, code: str, key: str) -> HttpResponse:
    """Read a row, change it, commit."""
    with transaction.atomic():
        row = Assessment.objects.only("version").get(school__ministry_code=code)
        Assessment.objects.filter(pk=row.pk).update(version=row.version + 1)
    return HttpResponse("saved")


urlpatterns = [path("rounds/<int:year>-<int:number>/schools/<str:code>/indicators/<slug:key>/", change)]
application = WSGIHandler()
gc.collect()
gc.freeze()  # as the product is served
