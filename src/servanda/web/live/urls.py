"""Addresses below `/live/` that Django answers; streams and the clock are answered before it."""

from django.urls import path, register_converter

from servanda.web.live.views import state


class Rehearsal:
    """The name of a rehearsal."""

    regex = "rehearsal-[0-9]{1,6}"

    def to_python(self, value: str) -> str:
        """Its name."""
        return value

    def to_url(self, value: str) -> str:
        """Its name."""
        return value


register_converter(Rehearsal, "rehearsal")

app_name = "live"
urlpatterns = [
    path("<slug:convention>/<str:code>/state.json", state, name="state"),
    path("<slug:convention>/<str:code>/<rehearsal:rehearsal>/state.json", state, name="rehearsal-state"),
]
