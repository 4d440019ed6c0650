"""Addresses of the start page and its files."""

urlpatterns: list = []
