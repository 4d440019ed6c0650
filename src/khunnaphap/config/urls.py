"""All addresses of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("evidence/", include("khunnaphap.evidence.urls")),
    path("", include("khunnaphap.accounts.urls")),
    path("", include("khunnaphap.assessments.urls")),
    path("", include("khunnaphap.web.urls")),
]
