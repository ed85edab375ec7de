"""The state of a floor as everybody sees it, as JSON, for programs and for whoever comes in late."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from servanda.common.languages import find_language
from servanda.convention.queries import calendar
from servanda.floor.queries import floor_stream, room
from servanda.floor.refusals import FloorIsNotOpen
from servanda.floor.seen import whole_as_json, written
from servanda.floor.view import public_view
from servanda.web.storing import keep


@require_safe
def state(request: HttpRequest, convention: str, code: str, rehearsal: str = "") -> HttpResponse:
    """The room as it stands, in codes and with the words of one language; raise a Refusal where none is told."""
    language = find_language(request.GET.get("language", "en"))
    stream = floor_stream(convention, code, rehearsal)
    try:
        found = room(stream)
    except FloorIsNotOpen:
        calendar(convention).meeting(code)  # raises where there is none
        raise
    told = written(whole_as_json(public_view(found, language.code)))
    response = HttpResponse(told, content_type="application/json")
    return keep(response, numbers={stream: found.number}, zone=found.plan.timezone)
