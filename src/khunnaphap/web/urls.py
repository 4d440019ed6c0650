"""Addresses of the roof: the start, people, oneself, the guide, what browsers ask for."""

from django.urls import include, path

from .views import demo, guide, joining, mine, people, start

urlpatterns = [
    path("", start.start, name="start"),
    path("overview/", start.overview, name="overview"),
    path("files/<path:name>", start.file, name="file"),
    path("privacy/", start.privacy, name="privacy"),
    path("parts/", start.parts, name="parts"),
    path("offline/", start.offline, name="offline"),
    path("sw.js", start.service_worker, name="service-worker"),
    path("help/", guide.index, name="help"),
    path("help/<slug:page>/", guide.one, name="guide"),
    path("me/", mine.me, name="me"),
    path("me/events/", mine.my_events, name="my-events"),
    path("me/data.json", mine.my_data, name="my-data"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.send_invitation, name="invite"),
    path("people/invitations/<int:pk>/cancel/", people.cancel_invitation, name="cancel-invitation"),
    path("people/roles/<int:pk>/end/", people.end_role, name="end-role"),
    path("people/<str:username>/reset-link/", people.reset_link, name="reset-link"),
    path("people/<str:username>/erase/", people.erase, name="erase"),
    path("schools/<str:code>/teachers/", people.teachers, name="teachers"),
    path("invitations/", joining.accept, name="join"),
    path("invitations/<str:token>/", joining.invitation, name="invitation"),
    path("demo/<slug:username>/", demo.sign_in, name="demo-sign-in"),
    path("i18n/", include("django.conf.urls.i18n")),
]
