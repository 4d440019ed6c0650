"""Addresses of people: oneself, the people one appoints, invitations."""

from django.urls import path

from . import views

urlpatterns = [
    path("me/", views.me, name="me"),
    path("people/", views.people, name="people"),
    path("schools/<str:code>/teachers/", views.teachers, name="teachers"),
]
