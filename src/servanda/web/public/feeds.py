"""The calendar of a State as a feed: its deadlines, the days by which to request, and its yearly reports.

The same inputs give the same bytes: names and sequence follow from the register, the stamp from the journal.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from icalendar import Calendar, Event

from servanda.common.names import State
from servanda.journal.queries import written_at
from servanda.register.outlook import DayAhead, days_ahead
from servanda.web.asking import Reading, reading, speaking
from servanda.web.public.meetings import sent_on
from servanda.web.public.pages import kept, language


@speaking
def state_calendar(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """Every day that lies ahead of a State, as iCalendar (RFC 5545); each is a whole day."""
    asked = reading(request, convention)
    found = asked.rules.names.find(code)
    if found.code != code:
        return sent_on("state-calendar", convention, found.code, asked=asked)
    address = request.build_absolute_uri(reverse("public:state", args=[language(), convention, code]))
    response = HttpResponse(feed(asked, found, address), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{convention}-{code}.ics"'
    return kept(response, asked)


def feed(asked: Reading, state: State, address: str) -> bytes:
    """The feed of a State: one entry a day ahead, each leading to its page at an address."""
    calendar = Calendar()
    calendar.add("prodid", "-//Servanda//Register//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", titled(asked, state))
    number = asked.times.at or asked.number
    stamp = written_at(asked.convention, number)
    for day in days_ahead(asked.question, state.code):
        calendar.add_component(entry(asked, state, day, number=number, stamp=stamp, address=address))
    written: bytes = calendar.to_ical()
    return written


def titled(asked: Reading, state: State) -> str:
    """The name of a feed: the State and the convention."""
    convention = asked.rules.rules.short_title.text.shown_in(language()).words
    return f"{state.name_in(language())} · {convention}"


def entry(asked: Reading, state: State, day: DayAhead, *, number: int, stamp: datetime, address: str) -> Event:
    """One day, as it stands at a number; its name stays while the day moves, so that a calendar moves it too."""
    year = f".{day.day.year}" if day.kind == "report" else ""
    made = Event()
    made.add("uid", f"{asked.convention}.{state.code}.{day.obligation.id}.{day.kind}{year}@servanda")
    made.add("dtstamp", stamp)
    made.add("sequence", number)
    made.add("dtstart", day.day)
    made.add("dtend", day.day + timedelta(days=1))
    made.add("summary", f"{state.name_in(language())}: {day.says.said_in(language())}")
    made.add("description", day.obligation.title.text.shown_in(language()).words)
    made.add("transp", "TRANSPARENT")
    made.add("url", address)
    return made
