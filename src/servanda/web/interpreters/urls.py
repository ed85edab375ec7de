"""Addresses of the interpreters' desk, and the same below a rehearsal."""

from django.urls import path

from servanda.web.interpreters import views

app_name = "interpreters"
FLOORS = ("<slug:convention>/<str:code>/", "<slug:convention>/<str:code>/<rehearsal:rehearsal>/")
urlpatterns = [
    each
    for floor in reversed(FLOORS)
    for each in (
        path(floor, views.desk, name="desk"),
        path(f"{floor}slower/", views.slower, name="slower"),
    )
]
