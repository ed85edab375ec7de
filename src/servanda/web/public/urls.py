"""Addresses of the public pages; the language comes first. Words that are fixed go before codes of meetings."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter

import servanda.web.addresses  # noqa: F401 (the converters)
from servanda.web.public import (
    boards,
    changes,
    entrance,
    feeds,
    floor,
    institutions,
    machines,
    meetings,
    programmes,
    states,
    versions,
)


class Form:
    """A form in which a table is handed out."""

    regex = "csv|json"

    def to_python(self, value: str) -> str:
        """Its name."""
        return value

    def to_url(self, value: str) -> str:
        """Its name."""
        return value


class ProgrammeForm(Form):
    """A form in which a programme is handed out."""

    regex = "ics|json|txt"


class PartForm(Form):
    """A form in which a part of a programme is handed out; a text would be taken for the whole."""

    regex = "ics|json"


register_converter(Form, "form")
register_converter(ProgrammeForm, "programme-form")
register_converter(PartForm, "part-form")

CONVENTION = "<language:language>/<slug:convention>/"
MEETING = f"{CONVENTION}<str:code>/"
REHEARSAL = f"{MEETING}<rehearsal:rehearsal>/"


def with_table(place: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """A page below a convention, and its table as CSV or JSON at the same address with a suffix."""
    return [
        path(f"{CONVENTION}{place}/", view, name=name),
        path(f"{CONVENTION}{place}.<form:form>", view, name=f"{name}-as"),
    ]


app_name = "public"
urlpatterns = [
    path("", entrance.enter, name="enter"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.icon, name="icon"),
    path("<language:language>/", entrance.home, name="home"),
    path(CONVENTION, entrance.convention, name="convention"),
    path(f"{CONVENTION}coverage.<form:form>", entrance.coverage_as, name="coverage-as"),
    path(f"{CONVENTION}meetings.<form:form>", entrance.meetings_as, name="meetings-as"),
    *with_table("board", boards.board, "board"),
    *with_table("ledger", boards.ledger, "ledger"),
    *with_table("deadlines", boards.deadlines, "deadlines"),
    *with_table("changes", changes.changes, "changes"),
    path(f"{CONVENTION}organs/", institutions.organs, name="organs"),
    path(f"{CONVENTION}plans/", institutions.plans, name="plans"),
    path(f"{CONVENTION}glossary/", institutions.glossary, name="glossary"),
    path(f"{CONVENTION}states/<str:code>/calendar.ics", feeds.state_calendar, name="state-calendar"),
    *with_table("states/<str:code>", states.state, "state"),
    *with_table("<str:code>/tiers/<slug:name>", meetings.tier, "tier"),
    path(f"{CONVENTION}<str:code>/tiers/<slug:name>/proof/", meetings.proof, name="proof"),
    path(f"{MEETING}programme/", programmes.programme, name="programme"),
    path(f"{MEETING}programme.<programme-form:form>", programmes.programme, name="programme-as"),
    path(f"{MEETING}programme/versions/", versions.issued_versions, name="versions"),
    path(f"{MEETING}programme/items/<str:name>.<part-form:form>", programmes.item, name="item-as"),
    path(f"{MEETING}programme/items/<str:name>/", programmes.item, name="item"),
    path(f"{MEETING}live/", floor.live, name="live"),
    path(f"{MEETING}live/text/", floor.live_text, name="live-text"),
    path(f"{REHEARSAL}live/", floor.live, name="live"),
    path(f"{REHEARSAL}live/text/", floor.live_text, name="live-text"),
    path(f"{MEETING}states/", programmes.states, name="states-at-meeting"),
    path(f"{MEETING}states/<str:name>.<part-form:form>", programmes.state, name="state-at-meeting-as"),
    path(f"{MEETING}states/<str:name>/", programmes.state, name="state-at-meeting"),
    *with_table("<str:code>", meetings.meeting, "meeting"),
]
