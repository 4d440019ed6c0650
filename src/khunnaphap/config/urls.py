"""All addresses of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from khunnaphap.web.account_acts import as_one_act

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("evidence/", include("khunnaphap.evidence.urls")),
    path("", include("khunnaphap.assessments.urls")),
    path("", include("khunnaphap.web.urls")),
]

as_one_act(urlpatterns[0].url_patterns)  # type: ignore[union-attr]

handler400 = "khunnaphap.web.errors.bad_request"
handler403 = "khunnaphap.web.errors.forbidden"
handler404 = "khunnaphap.web.errors.not_found"
handler500 = "khunnaphap.web.errors.failed"
