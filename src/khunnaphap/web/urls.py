"""Addresses of the start page and its files."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.start, name="start"),
    path("privacy/", views.privacy, name="privacy"),
    path("help/", views.help_page, name="help"),
    path("files/<path:name>", views.file, name="file"),
    path("i18n/", include("django.conf.urls.i18n")),
]
