"""The pages of rehearsals: those of a meeting, and one with its seats.

Open to whoever runs the floor, and in a demonstration to everybody, for nothing ever comes of a rehearsal.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from servanda.common.clock import today
from servanda.common.names import State
from servanda.common.refusals import Refusal
from servanda.common.wording import N_, translated
from servanda.convention.queries import calendar, pack
from servanda.floor.delegations import link_ends, must_be_delegation
from servanda.floor.queries import room as room_of
from servanda.floor.rehearsing import is_over
from servanda.floor.replaying import begun_with, has_rules, open_rehearsal, rehearsal_in, rehearsals, script_of
from servanda.floor.state import Room
from servanda.people.actions import make_link
from servanda.people.links import LINK_KINDS, LinkKind
from servanda.web.delegation.entering import screen_of
from servanda.web.desk.admission import language
from servanda.web.desk.showing import page
from servanda.web.rehearsal import players
from servanda.web.seats import Sitter, address_of, key_of, seated, take_seat

SHOWN = 10  # of the rehearsals of a meeting; older ones stay in the journal and at their addresses
SEATS: dict[LinkKind, str] = {
    "console": N_("Console of the presiding officer"),
    "display": N_("Display of the room"),
    "interpreters": N_("Desk of the interpreters"),
    "delegation": N_("Desk of this delegation"),
}
may_rehearse = seated("run the floor", guests=True)


@dataclass(frozen=True, slots=True)
class SeatOffered:
    """A seat at a rehearsal: its kind, and what it opens."""

    kind: LinkKind
    title: str


@may_rehearse
@require_safe
def meeting(request: HttpRequest, _sitter: Sitter, stream: str) -> HttpResponse:
    """The rehearsals of a meeting, and a form to begin one."""
    return listed(request, stream)


def listed(request: HttpRequest, stream: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page of the rehearsals of a meeting, perhaps with what was refused."""
    convention, code = stream.split("/")[:2]
    found, rules = calendar(convention).meeting(code), pack(convention)
    context = {
        "rules": rules.rules,
        "meeting": found,
        "can_rehearse": has_rules(rules, found),
        "rehearsals": rehearsals(convention, found.code)[:SHOWN],
        "speeds": players.SPEEDS,
        "refusal": refusal,
    }
    return page(request, "rehearsal/meeting.html", context, refusal.status if refusal else 200)


@may_rehearse
@require_POST
def begin(request: HttpRequest, sitter: Sitter, stream: str) -> HttpResponse:
    """Begin a rehearsal, to play by itself (`speed`) or to be led by hand, and show its seats."""
    convention, code = stream.split("/")[:2]
    speed = next((each for each in players.SPEEDS if str(each) == request.POST.get("speed")), None)
    key = key_of(request, sitter)
    try:
        if speed and not begun_with(convention, code, key):
            players.must_have_room()
        opened = open_rehearsal(convention=convention, meeting=code, by=sitter.by, speed=speed or 1, key=key)
        if speed:
            players.begin(opened)
    except Refusal as refusal:
        return listed(request, stream, refusal)
    return to_lobby(opened)


@may_rehearse
@require_safe
def lobby(request: HttpRequest, _sitter: Sitter, stream: str) -> HttpResponse:
    """A rehearsal with its seats, and whether it plays."""
    return shown(request, stream)


def shown(request: HttpRequest, stream: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a rehearsal, perhaps with what was refused."""
    here = room_of(stream)
    rules, found = pack(here.plan.convention), calendar(here.plan.convention).meeting(here.plan.code)
    context = {
        "rules": rules.rules,
        "meeting": found,
        "told": rehearsal_in(stream),
        "is_playing": players.is_playing(stream),
        "is_over": is_over(script_of(stream), here),
        "seats": [SeatOffered(kind, translated(title, language())) for kind, title in SEATS.items()],
        "states": delegations(here),
        "live": address_of("public:live", stream),
        "refusal": refusal,
    }
    return page(request, "rehearsal/lobby.html", context, refusal.status if refusal else 200)


def delegations(here: Room) -> list[State]:
    """The States that the programme invites by name, in the order of the reader's language."""
    invited = {state for tier in here.plan.tiers for state in tier.states} or set(here.participants)
    return pack(here.plan.convention).names.sorted_in(invited, language())


@may_rehearse
@require_POST
def play(request: HttpRequest, _sitter: Sitter, stream: str) -> HttpResponse:
    """Let a rehearsal play on by itself."""
    try:
        players.begin(rehearsal_in(stream).stream)
    except Refusal as refusal:
        return shown(request, stream, refusal)
    return to_lobby(stream)


@may_rehearse
@require_POST
def stop(_request: HttpRequest, _sitter: Sitter, stream: str) -> HttpResponse:
    """Stop a rehearsal that plays; whoever has a seat goes on with it by hand."""
    players.end(stream)
    return to_lobby(stream)


@may_rehearse
@require_POST
def sit(request: HttpRequest, sitter: Sitter, stream: str) -> HttpResponse:
    """Take a seat at a rehearsal, and go to its screen."""
    convention, code = stream.split("/")[:2]
    rules, found = pack(convention), calendar(convention).meeting(code)
    asked = request.POST.get("kind")
    kind: LinkKind = next((each for each in LINK_KINDS if each == asked), "delegation")
    try:
        link, _secret = make_link(
            floor=rehearsal_in(stream).stream,
            kind=kind,
            delegation=must_be_delegation(rules, request.POST.get("delegation", "")) if kind == "delegation" else "",
            expires_at=link_ends(found, today(found.timezone)),
            by=sitter.by,
        )
    except Refusal as refusal:
        return shown(request, stream, refusal)
    take_seat(request, link)
    return HttpResponseRedirect(screen_of(link))


def to_lobby(stream: str) -> HttpResponse:
    """To the page of a rehearsal."""
    return HttpResponseRedirect(address_of("rehearsal:lobby", stream))
