"""The console of a floor: a page, and a resource for each act. A refusal is shown in place and keeps what was typed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from servanda.common.clock import now
from servanda.common.refusals import Refusal
from servanda.convention.queries import calendar, pack
from servanda.floor.actions import open_floor, rules_for
from servanda.floor.log import Act, Undone
from servanda.floor.queries import acts_since, floor_stream, folded, names_of, participants
from servanda.floor.refusals import FloorIsOpen
from servanda.floor.state import Room
from servanda.programme.versions import stored
from servanda.web.chair.acts import CATEGORIES, do
from servanda.web.chair.console import console_of
from servanda.web.chair.known import UNDO_KEY, keys, known, off_bar
from servanda.web.chair.spoken import spoken
from servanda.web.desk.admission import language
from servanda.web.desk.showing import page
from servanda.web.seats import Sitter, seated

PARTS = ("agenda", "now", "queue", "requests")


@dataclass(frozen=True, slots=True)
class Place:
    """A floor by its address: a meeting of a convention, or a rehearsal of it."""

    convention: str
    code: str
    rehearsal: str

    @property
    def stream(self) -> str:
        """Its stream in the journal."""
        return floor_stream(self.convention, self.code, self.rehearsal)

    @property
    def named(self) -> dict[str, str]:
        """The places of its addresses."""
        found = {"language": language(), "convention": self.convention, "code": self.code}
        return {**found, "rehearsal": self.rehearsal} if self.rehearsal else found

    def address(self, name: str, **more: str) -> str:
        """The address of one of its pages."""
        return reverse(f"chair:{name}", kwargs={**self.named, **more})


def place_of(stream: str) -> Place:
    """The floor of a stream; raise UnknownConvention or UnknownMeeting."""
    convention, _, rest = stream.partition("/")
    code, _, rehearsal = rest.partition("/")
    return Place(convention, calendar(convention).meeting(code).code, rehearsal)


@seated("run the floor")
@require_safe
def console(request: HttpRequest, sitter: Sitter, stream: str) -> HttpResponse:
    """The console, or the page from which the floor is opened; `part` asks for one part of it alone."""
    return shown(request, place_of(stream), sitter, part=request.GET.get("part", ""))


@seated("run the floor")
@require_POST
def open_here(request: HttpRequest, sitter: Sitter, stream: str) -> HttpResponse:
    """Open the floor with the newest issued programme; without one, it is refused in place."""
    place = place_of(stream)
    try:
        found = stored(place.convention, place.code, issued=True, seat=sitter.seat)
        open_floor(
            convention=place.convention,
            meeting=place.code,
            plan=found.plan,
            version=found.version.version,
            by=sitter.by,
            rules=rules_for(place.convention, place.code),
            participants=participants(found.plan),
            rehearsal=place.rehearsal,
        )
    except FloorIsOpen:
        pass  # another opened it meanwhile, which is what was wanted
    except Refusal as refusal:
        return shown(request, place, sitter, refusal)
    return HttpResponseRedirect(place.address("console"))


@seated("run the floor")
@require_POST
def act(request: HttpRequest, sitter: Sitter, stream: str, name: str) -> HttpResponse:
    """Do one act, and back to the console; a refused one is told there."""
    place, told = place_of(stream), fields_of(request)
    try:
        do(stream=place.stream, name=name, told=told, by=sitter.by)
    except Refusal as refusal:
        return shown(request, place, sitter, refusal, {**told, "act_name": name})
    return HttpResponseRedirect(place.address("console"))


def fields_of(request: HttpRequest) -> dict[str, str]:
    """What a form sent, and what its button joined to it."""
    return {**request.POST.dict(), **dict(parse_qsl(request.POST.get("with", "")))}


def shown(
    request: HttpRequest,
    place: Place,
    sitter: Sitter,
    refusal: Refusal | None = None,
    kept: Mapping[str, str] | None = None,
    part: str = "",
) -> HttpResponse:
    """The page of a floor as it stands now; with a refusal, what was typed stays in its fields."""
    found = folded(place.stream)
    status = refusal.status if refusal else 200
    context: dict[str, Any] = {**about(place), "by": sitter.by, "refusal": refusal, "kept": kept or {}}
    if found.room is None:
        lacks = what_it_lacks(place, sitter)
        return page(request, "chair/closed.html", {**context, "lacks": lacks}, status)
    undid = what_was_undone(place.stream, found.room)
    made = console_of(found.room, language(), now(), names_of(place.stream), undid)
    once = secrets.token_hex(12)
    since = made.since(place.stream, (kept or {}).get("number", "")) if refusal else []
    template = f"chair/_{part}.html" if part in PARTS else "chair/console.html"
    shows = {
        "console": made,
        "script": [*spoken(made)],
        "known": known(made),
        "off_bar": off_bar(made),
        "keys": keys(made),
    }
    return page(request, template, {**context, **shows, "once": once, "since": since}, status)


def what_was_undone(stream: str, room: Room) -> Act | None:
    """The act that was undone last, where nothing was done since."""
    undone = room.undone
    if undone is None or not isinstance(undone.act, Undone) or (room.last and room.last.number > undone.number):
        return None
    return acts_since(stream, undone.act.number - 1)[0].act


def what_it_lacks(place: Place, sitter: Sitter) -> Refusal | None:
    """Why a floor cannot be opened: no version of its programme was issued; None where it can."""
    try:
        stored(place.convention, place.code, issued=True, seat=sitter.seat)
    except Refusal as refusal:
        return refusal
    return None


def about(place: Place) -> dict[str, Any]:
    """What every page of a floor shows."""
    meeting = calendar(place.convention).meeting(place.code)
    rules = pack(place.convention).rules
    return {
        "rules": rules,
        "meeting": meeting,
        "kind": rules.meeting_kinds[meeting.kind],
        "place": place,
        "here": place.address("console"),
        "live": f"/live/{place.stream}",
        "acts": f"{place.address('console')}acts/",
        "kept_acts": f"{place.address('console')}kept/",
        "categories": CATEGORIES,
        "print_key": "l",
        "pass_on_key": "i",
        "script_key": "t",
        "help_key": "?",
        "undo_key": UNDO_KEY,
    }
