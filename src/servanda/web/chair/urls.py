"""Addresses of the console: of a meeting's floor, and the same below it for a rehearsal."""

from django.urls import path

from servanda.web.chair import kept, papers, views

app_name = "chair"
FLOORS = ("<slug:convention>/<str:code>/", "<slug:convention>/<str:code>/<rehearsal:rehearsal>/")
urlpatterns = [
    each
    for floor in reversed(FLOORS)
    for each in (
        path(floor, views.console, name="console"),
        path(f"{floor}open/", views.open_here, name="open"),
        path(f"{floor}acts/<slug:name>/", views.act, name="act"),
        path(f"{floor}kept/<slug:name>/", kept.kept, name="kept"),
        path(f"{floor}list/", papers.speakers, name="list"),
        path(f"{floor}script/<slug:sitting>/", papers.script, name="script"),
    )
]
