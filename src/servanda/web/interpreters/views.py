"""The interpreters' desk of a floor, and its one act: the wish for slower speech, which names nobody."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from servanda.common.refusals import Refusal
from servanda.convention.queries import calendar, pack
from servanda.floor.actions import perform
from servanda.floor.log import SlowerAsked
from servanda.floor.queries import folded, texts_of
from servanda.floor.refusals import SlowerWasAsked
from servanda.web.delegation.showing import language, page
from servanda.web.interpreters.showing import Booth
from servanda.web.seats import Sitter, address_of, key_of, seated, sitter_for

PARTS = ("now", "next")
BOOTHS = "interpreters"  # who asks, in the journal: all of them, so that no booth is named


@seated("follow the floor for interpretation")
@require_safe
def desk(request: HttpRequest, _sitter: Sitter, stream: str) -> HttpResponse:
    """Who has the floor and who follows, with their texts; `part` asks for one part of it alone."""
    return shown(request, stream, part=request.GET.get("part", ""))


@seated("ask to speak more slowly")
@require_POST
def slower(request: HttpRequest, sitter: Sitter, stream: str) -> HttpResponse:
    """The wish is on the console; said again within seconds it stands there as it stood."""
    key = key_of(request, Sitter(sitter.seat, BOOTHS))
    try:
        perform(stream=stream, act=SlowerAsked(), by=BOOTHS, key=key)
    except SlowerWasAsked:
        pass
    except Refusal as refusal:
        return shown(request, stream, refusal)
    return HttpResponseRedirect(f"{address_of('interpreters:desk', stream)}#now")


def shown(request: HttpRequest, stream: str, refusal: Refusal | None = None, part: str = "") -> HttpResponse:
    """The desk as it stands now."""
    convention, code, *rehearsal = stream.split("/")
    meeting, room = calendar(convention).meeting(code), folded(stream).room
    context = {
        "rules": pack(convention).rules,
        "meeting": meeting.code,
        "rehearsal": bool(rehearsal),
        "here": address_of("interpreters:desk", stream),
        "texts": address_of("delegation:text", stream, statement="-").removesuffix("-/"),
        "live": f"/live/{stream}",
        "slower_key": "s",
        "may_ask": sitter_for(request, "ask to speak more slowly", stream) is not None,
        "booth": Booth(room, language(), texts_of(stream)) if room else None,
    }
    template = f"interpreters/_{part}.html" if room and part in PARTS else "interpreters/desk.html"
    return page(request, template, context, refusal)
