"""Addresses of the public pages; the language comes first."""

from django.urls import path, register_converter

from servanda.common.languages import OFFERED
from servanda.web.public import institutions, views


class OfferedLanguage:
    """A language in which the interface speaks."""

    regex = "|".join(OFFERED)

    def to_python(self, value: str) -> str:
        """Its code."""
        return value

    def to_url(self, value: str) -> str:
        """Its code."""
        return value


register_converter(OfferedLanguage, "language")

app_name = "public"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("<language:language>/", views.home, name="home"),
    path("<language:language>/<slug:convention>/", views.convention, name="convention"),
    path("<language:language>/<slug:convention>/organs/", institutions.organs, name="organs"),
    path("<language:language>/<slug:convention>/plans/", institutions.plans, name="plans"),
    path("<language:language>/<slug:convention>/glossary/", institutions.glossary, name="glossary"),
    path("<language:language>/<slug:convention>/states/<str:code>/", views.state, name="state"),
    path("<language:language>/<slug:convention>/<str:code>/", views.meeting, name="meeting"),
]
