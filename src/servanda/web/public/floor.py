"""The floor for everybody: a page that follows it live, and the same in sentences, read aloud as they change.

Thousands read these. Both pages and their parts are rendered once for a number of the stream and kept as bytes; so
they tell instants and lengths, which stay true, and leave it to the script to count.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from servanda.convention.queries import calendar, number_of, pack
from servanda.floor.queries import floor_stream
from servanda.web.asking import speaking
from servanda.web.floors import read_floor, shown_in
from servanda.web.public.pages import language, page
from servanda.web.seats import address_of
from servanda.web.storing import keep

PARTS = {"live": ("floor",), "live-text": ("now", "time", "next")}
SPREAD_MILLISECONDS = 3000


def shown(request: HttpRequest, name: str, convention: str, code: str, rehearsal: str) -> HttpResponse:
    """A page of a floor, or one `part` of it alone; raise UnknownConvention or UnknownMeeting."""
    meeting, register = calendar(convention).meeting(code), number_of(convention)
    stream = floor_stream(convention, meeting.code, rehearsal)
    if meeting.code != code:
        return HttpResponseRedirect(address_of(f"public:{name}", stream))
    number, room = read_floor(stream)
    rules, part = pack(convention).rules, request.GET.get("part", "")
    context = {
        "rules": rules,
        "meeting": meeting,
        "rehearsal": bool(rehearsal),
        "seen": shown_in(room, language()),
        "floor_number": number,
        "live": f"/live/{stream}",
        "spread": SPREAD_MILLISECONDS,
        "as_page": address_of("public:live", stream),
        "as_text": address_of("public:live-text", stream),
    }
    template = f"public/_floor_{part}.html" if room and part in PARTS[name] else f"public/{name.replace('-', '_')}.html"
    response = page(request, template, context)
    if rehearsal:
        response["X-Robots-Tag"] = "noindex"
    return keep(response, numbers={convention: register, stream: number}, zone=rules.timezone)


@speaking
def live(request: HttpRequest, convention: str, code: str, rehearsal: str = "") -> HttpResponse:
    """Who has the floor, for how long, who follows, and who has spoken."""
    return shown(request, "live", convention, code, rehearsal)


@speaking
def live_text(request: HttpRequest, convention: str, code: str, rehearsal: str = "") -> HttpResponse:
    """The same in sentences."""
    return shown(request, "live-text", convention, code, rehearsal)
