"""Pages of people."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """What is kept about me."""
    return render(request, "accounts/me.html")


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """The people that one appoints."""
    return render(request, "accounts/people.html")


@login_required
def teachers(request: HttpRequest, code: str) -> HttpResponse:
    """A school's teachers and the components they answer."""
    return render(request, "accounts/teachers.html")
