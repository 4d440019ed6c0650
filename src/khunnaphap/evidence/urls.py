"""Addresses of evidence files."""

from django.urls import path

from . import views

app_name = "evidence"
urlpatterns = [
    path("<uuid:public_id>/", views.file, name="file"),
    path("<uuid:public_id>/thumbnail", views.thumbnail, name="thumbnail"),
]
