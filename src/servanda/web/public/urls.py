"""Addresses of the public pages; the language comes first."""

from django.urls import path

import servanda.web.addresses  # noqa: F401 (the converter `language`)
from servanda.web.public import changes, institutions, views

app_name = "public"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("<language:language>/", views.home, name="home"),
    path("<language:language>/<slug:convention>/", views.convention, name="convention"),
    path("<language:language>/<slug:convention>/changes/", changes.changes, name="changes"),
    path("<language:language>/<slug:convention>/changes.csv", changes.changes, {"form": "csv"}, name="changes-csv"),
    path("<language:language>/<slug:convention>/changes.json", changes.changes, {"form": "json"}, name="changes-json"),
    path("<language:language>/<slug:convention>/organs/", institutions.organs, name="organs"),
    path("<language:language>/<slug:convention>/plans/", institutions.plans, name="plans"),
    path("<language:language>/<slug:convention>/glossary/", institutions.glossary, name="glossary"),
    path("<language:language>/<slug:convention>/states/<str:code>/", views.state, name="state"),
    path("<language:language>/<slug:convention>/<str:code>/", views.meeting, name="meeting"),
]
