"""Addresses of schools and area offices; an assessment is named by its round and its school's ministry code."""

from django.urls import path

from .views import answering

HERE = "rounds/<int:year>-<int:number>/schools/<str:code>/"

urlpatterns = [
    path(HERE, answering.school, name="school"),
    path(f"{HERE}indicators/", answering.listing, name="listing"),
    path(f"{HERE}indicators/<slug:key>/", answering.indicator, name="indicator"),
    path(f"{HERE}confirm/", answering.confirm, name="confirm"),
    path(f"{HERE}check/", answering.check, name="check"),
    path(f"{HERE}hand-in/", answering.send, name="hand-in"),
    path(f"{HERE}withdraw/", answering.take_back, name="withdraw"),
]
