"""Addresses of rehearsals: those of a meeting, and one of them with its seats."""

from django.urls import path

from servanda.web.rehearsal import views

app_name = "rehearsal"
MEETING, ONE = "<slug:convention>/<str:code>/", "<slug:convention>/<str:code>/<rehearsal:rehearsal>/"
urlpatterns = [
    path(MEETING, views.meeting, name="meeting"),
    path(f"{MEETING}begin/", views.begin, name="begin"),
    path(ONE, views.lobby, name="lobby"),
    path(f"{ONE}play/", views.play, name="play"),
    path(f"{ONE}stop/", views.stop, name="stop"),
    path(f"{ONE}sit/", views.sit, name="sit"),
]
