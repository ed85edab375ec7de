"""The desk of a delegation and its acts; each act is a form, and a refusal is shown where it was asked for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from servanda.common.clock import now
from servanda.common.languages import LANGUAGES
from servanda.common.refusals import Refusal, WrongUsage
from servanda.convention.queries import pack
from servanda.floor.actions import erase_text, perform
from servanda.floor.delegations import speaker_of
from servanda.floor.log import Asked, ExchangeAnswered, ExchangeProposed, FloorAct, Withdrawn
from servanda.floor.queries import folded
from servanda.floor.queries import room as room_of
from servanda.floor.refusals import NoSuchThing
from servanda.floor.state import Room
from servanda.floor.texts import MOST_CHARACTERS, TEXT, TextIsOut, is_released, statement_received
from servanda.web.delegation.showing import ACTS, desk_of, language, name_of, page, place_of
from servanda.web.seats import Sitter, address_of, key_of, leave_seat, seated

PARTS = ("now", "own", "others")


class NotFromTheDesk(WrongUsage):
    """A form names something that a desk does not offer, or came without its key."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The form was not taken: {what[:60]!r}.",
            "The page that it came from does not write it so.",
            "Load the desk again, and send the form from there.",
        )


@seated("see the desk of a delegation")
@require_safe
def desk(request: HttpRequest, sitter: Sitter, stream: str, delegation: str) -> HttpResponse:
    """The desk: my items, my tier and why, my place, what I can do."""
    return shown(request, stream, delegation, part=request.GET.get("part", ""))


def shown(
    request: HttpRequest, stream: str, delegation: str, refusal: Refusal | None = None, part: str = ""
) -> HttpResponse:
    """The desk as it stands now, with a refusal at its place."""
    convention, code, *rehearsal = stream.split("/")
    room = folded(stream).room
    context = {
        "rules": pack(convention).rules,
        "meeting": code,
        "rehearsal": bool(rehearsal),
        "here": address_of("delegation:desk", stream, delegation=delegation),
        "texts": address_of("delegation:text", stream, statement="-").removesuffix("-/"),
        "delegation": name_of(delegation, language()),
        "desk": desk_of(room, delegation, now()) if room else None,
        "place": place_of(room.plan, language()) if room else "",
        "acts": ACTS,
        "languages_of_texts": LANGUAGES.values(),
        "most_characters": MOST_CHARACTERS,
        "live": f"/live/{stream}",
        "kept": request.POST,
    }
    template = f"delegation/_{part}.html" if room and part in PARTS else "delegation/desk.html"
    return page(request, template, context, refusal)


def doing(do: Callable[[HttpRequest, Sitter, str, str], None]) -> Callable[..., HttpResponse]:
    """A view of an act: it is done, then the desk is shown at the item; or the desk says why it was refused."""

    def done(request: HttpRequest, sitter: Sitter, stream: str, delegation: str) -> HttpResponse:
        try:
            do(request, sitter, stream, delegation)
        except Refusal as refusal:
            return shown(request, stream, delegation, refusal)
        address = address_of("delegation:desk", stream, delegation=delegation)
        return HttpResponseRedirect(f"{address}#item-{request.POST.get('item', '')}")

    return require_POST(done)


def ask_for(request: HttpRequest, sitter: Sitter, stream: str, delegation: str) -> None:
    """Ask for the floor on an item: a statement, a reply, a point of order."""
    act, key = request.POST.get("act", ""), must_have_key(request, sitter)
    asked: FloorAct | None = next((name for name in ACTS if name == act), None)
    if asked is None:
        raise NotFromTheDesk(act)
    speaker = speaker_of(room_of(stream), delegation)
    perform(stream=stream, act=Asked(key, request.POST.get("item", ""), speaker, asked), by=sitter.by, key=key)


def take_back(request: HttpRequest, sitter: Sitter, stream: str, delegation: str) -> None:
    """Withdraw a request of this delegation's own."""
    name, key = request.POST.get("request", ""), must_have_key(request, sitter)
    own_request(room_of(stream), delegation, name)
    perform(stream=stream, act=Withdrawn(name), by=sitter.by, key=key)


def give_text(request: HttpRequest, sitter: Sitter, stream: str, delegation: str) -> None:
    """Hand in the text of a statement; a later one takes the place of an earlier."""
    key, text = must_have_key(request, sitter), request.POST.get("text", "").replace("\r\n", "\n")
    act = statement_received(
        name=key,
        item=request.POST.get("item", ""),
        speaker=speaker_of(room_of(stream), delegation),
        language=request.POST.get("language", ""),
        text=text,
        check_against_delivery=request.POST.get("check") == "yes",
        written=request.POST.get("written") == "yes",
        for_everybody=request.POST.get("everybody") == "yes",
    )
    perform(stream=stream, act=act, by=sitter.by, key=key, personal={TEXT: text})


def exchange_places(request: HttpRequest, sitter: Sitter, stream: str, delegation: str) -> None:
    """Ask another delegation to exchange places, or answer one that asks."""
    one, other, answer = (request.POST.get(name, "") for name in ("one", "other", "answer"))
    asked = one if answer == "" else other if answer == "agree" else ""
    own_request(room_of(stream), delegation, *([asked] if asked else [one, other]))
    act = ExchangeAnswered(one, other, agreed=answer == "agree") if answer else ExchangeProposed(one, other)
    perform(stream=stream, act=act, by=sitter.by, key=must_have_key(request, sitter))


def own_request(room: Room, delegation: str, *names: str) -> None:
    """Raise NoSuchThing unless one of some requests is the delegation's own."""
    own = [each.id for each in room.requests.values() if each.speaker.code == delegation]
    if not set(names) & set(own):
        raise NoSuchThing("request", names[0], ", ".join(own[-5:]))


def erase_words(request: HttpRequest, sitter: Sitter, stream: str, delegation: str) -> None:
    """Erase the words of a text of this delegation's; what everybody may read, only the secretariat erases."""
    name, room = request.POST.get("statement", ""), room_of(stream)
    found = room.statements.get(name)
    if found is None or found.speaker.code != delegation:
        raise NoSuchThing("text", name, "")
    if sitter.seat.kind == "delegation" and is_released(room, found):
        raise TextIsOut
    erase_text(stream=stream, statement=name, by=sitter.by)


def must_have_key(request: HttpRequest, sitter: Sitter) -> str:
    """The key of the form, also the name of what is asked for; raise NotFromTheDesk."""
    key = key_of(request, sitter)
    if key is None:
        raise NotFromTheDesk(request.POST.get("once", ""))
    return key


ask = seated("ask for the floor")(doing(ask_for))
withdraw = seated("withdraw a request")(doing(take_back))
exchange = seated("ask for the floor")(doing(exchange_places))
hand_in = seated("hand in a text")(doing(give_text))


@seated("erase a text")
@require_POST
def erase(request: HttpRequest, sitter: Sitter, stream: str, delegation: str) -> HttpResponse:
    """Erase the words of a text for good, and show what is left; raise NoSuchThing, TextIsOut or NothingToErase."""
    erase_words(request, sitter, stream, delegation)
    return HttpResponseRedirect(address_of("delegation:text", stream, statement=request.POST.get("statement", "")))


@seated("see the desk of a delegation")
@require_POST
def leave(request: HttpRequest, sitter: Sitter, stream: str, delegation: str) -> HttpResponse:
    """Get up: the browser forgets the seat; the link stays good."""
    leave_seat(request, sitter.seat)
    convention, meeting = stream.split("/")[:2]
    return HttpResponseRedirect(reverse("public:programme", args=[language(), convention, meeting]))
