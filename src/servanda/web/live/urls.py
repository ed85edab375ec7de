"""Addresses below `/live/` that Django answers; streams and the clock are answered before it."""

from django.urls import path

import servanda.web.addresses  # noqa: F401 (the converter `rehearsal`)
from servanda.web.live.views import state

app_name = "live"
urlpatterns = [
    path("<slug:convention>/<str:code>/state.json", state, name="state"),
    path("<slug:convention>/<str:code>/<rehearsal:rehearsal>/state.json", state, name="rehearsal-state"),
]
