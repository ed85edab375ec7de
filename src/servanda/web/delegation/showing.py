"""What the desk of a delegation shows of the room, in the reader's language: where it stands, and what it can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from servanda.common.clock import now
from servanda.common.languages import Language, find_language
from servanda.common.names import united_nations
from servanda.common.organisations import organisations
from servanda.common.phrases import Phrase, Scribe, Words
from servanda.common.refusals import Refusal
from servanda.common.release import release
from servanda.common.wording import N_, Sentence, translated
from servanda.floor.advice import what_would_move
from servanda.floor.delegations import speaker_of
from servanda.floor.expecting import Window, expected
from servanda.floor.log import FloorAct, Speaker, StatementReceived
from servanda.floor.procedure import group_of, queue
from servanda.floor.state import Request, Room
from servanda.floor.texts import is_released
from servanda.floor.view import DelegationView, MyItem, RequestSeen, delegation_view
from servanda.floor.wishes import Proposal
from servanda.programme.plan import Plan
from servanda.web.asking import same_page_in

STANDINGS = {
    "waiting": N_("waiting"),
    "speaking": N_("has the floor"),
    "spoken": N_("spoken"),
    "withdrawn": N_("withdrawn"),
    "struck": N_("struck from the list"),
}
ACTS: Mapping[FloorAct, str] = {
    "statement": N_("statement"),
    "reply": N_("right of reply"),
    "point_of_order": N_("point of order"),
}


@dataclass(frozen=True, slots=True)
class Expected:
    """When a turn is likely to begin, in times of the place; `latest` None: planned, for not before the first."""

    day: date
    earliest: time
    latest: time | None = None


@dataclass(frozen=True, slots=True)
class ShownExchange:
    """An exchange of places that this delegation asked for, or is asked for, and with whom."""

    proposal: Proposal
    whom: Phrase
    is_own: bool


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """A request of the delegation, in words; `ahead` is how many stand before it, `moves` what would move it.

    `others` are those whom it may ask to exchange places, by request and name.
    """

    seen: RequestSeen
    act: str
    standing: str
    ahead: int
    window: Expected | None
    moves: tuple[Sentence, ...]
    exchanges: tuple[ShownExchange, ...]
    others: tuple[tuple[str, Phrase], ...]

    @property
    def waits(self) -> bool:
        """Whether it can be withdrawn."""
        return self.seen.standing == "waiting"


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text of the delegation, and whether everybody may read it."""

    statement: StatementReceived
    language: Language
    is_released: bool


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as the delegation finds it: when it is planned, its own requests and texts, and what it may ask for."""

    own: MyItem
    requests: tuple[ShownRequest, ...]
    texts: tuple[ShownText, ...]
    planned: Expected | None
    may_ask: tuple[FloorAct, ...]

    @property
    def concerns(self) -> bool:
        """Whether it stands among the delegation's own items."""
        return bool(self.own.is_current or self.own.is_named or self.requests or self.texts)

    @property
    def expects(self) -> bool:
        """Whether to ask for the floor is what one comes for: its list is being called, is open, and lacks oneself."""
        is_speaking = any(each.seen.standing == "speaking" for each in self.requests)
        return self.own.is_current and self.own.item.list_is_open and not is_speaking


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of a delegation: the room as it may see it, its own items, and the rest of the agenda."""

    view: DelegationView
    own: tuple[ShownItem, ...]
    others: tuple[ShownItem, ...]

    @property
    def all(self) -> tuple[ShownItem, ...]:
        """Every item, the delegation's own first."""
        return (*self.own, *self.others)


def desk_of(room: Room, delegation: str, at: datetime) -> Desk:
    """The desk of a delegation at an instant (UTC)."""
    speaker = speaker_of(room, delegation)
    view = delegation_view(room, language(), speaker)
    items = [shown_item(room, each, speaker, at) for each in view.items if room.plan.items[each.item.id].tiers]
    ordered = sorted(items, key=lambda each: not each.own.is_current)
    own = tuple(each for each in ordered if each.concerns)
    return Desk(view, own, tuple(each for each in ordered if not each.concerns))


def shown_item(room: Room, own: MyItem, speaker: Speaker, at: datetime) -> ShownItem:
    """An item with what is the delegation's own in it."""
    requests = tuple(shown_request(room, own, each, at) for each in own.requests)
    texts = tuple(ShownText(each, find_language(each.language), is_released(room, each)) for each in own.statements[:1])
    waiting = {each.seen.act for each in requests if each.waits}
    return ShownItem(own, requests, texts, planned(room, own.item.id), may_ask(room, own, speaker, waiting))


def shown_request(room: Room, own: MyItem, seen: RequestSeen, at: datetime) -> ShownRequest:
    """A request with its place and when it is likely to be called."""
    window = expected(room, seen.request, at) if own.is_current else None
    return ShownRequest(
        seen=seen,
        act=said(ACTS[seen.act]),
        standing=said(STANDINGS[seen.standing]),
        ahead=(seen.place or 1) - 1,
        window=told_in(room, window) if window else None,
        moves=what_would_move(room, seen.request),
        exchanges=exchanges(room, seen.request),
        others=others(room, room.requests[seen.request]),
    )


def told_in(room: Room, window: Window) -> Expected | None:
    """A window in times of the place; None for one that is shorter than the minutes in which it is told."""
    zone = ZoneInfo(room.plan.timezone)
    first, last = (each.astimezone(zone).replace(second=0, microsecond=0) for each in (window.earliest, window.latest))
    return Expected(first.date(), first.time(), last.time()) if first < last else None


def exchanges(room: Room, request: str) -> tuple[ShownExchange, ...]:
    """The exchanges that a request asks for, or is asked for."""
    return tuple(
        ShownExchange(each, whose(room, each.other if each.one == request else each.one), each.one == request)
        for each in room.proposals
        if each.names(request)
    )


def others(room: Room, request: Request) -> tuple[tuple[str, Phrase], ...]:
    """Whom a request may ask to exchange places: delegations of its group, where everybody sees the list."""
    sees = room.rules.public_sees.list_of_speakers == "at_once"
    asks_already = any(each.one == request.id for each in room.proposals)
    if request.standing != "waiting" or not sees or not room.rules.exchange.allowed or asks_already:
        return ()
    known = {each.one for each in room.proposals if each.other == request.id}
    waiting = [each.request for each in queue(room, request.item)]
    return tuple(
        (each.id, whose(room, each.id))
        for each in waiting
        if each.id not in (request.id, *known) and group_of(each) == group_of(request) and has_a_desk(each)
    )


def has_a_desk(request: Request) -> bool:
    """Whether a delegation asked for itself, and can answer."""
    return request.speaker.category not in ("groups", "officers") and not request.speaker.on_behalf_of


def whose(room: Room, request: str) -> Phrase:
    """The name of the delegation that made a request."""
    return name_of(room.requests[request].speaker.code, language())


def planned(room: Room, item: str) -> Expected | None:
    """The next sitting in which the programme takes an item, with its fixed time if it has one."""
    held = {each.sitting for each in room.sittings if each.closed_at}
    for sitting in room.plan.sittings:
        for entry in sitting.entries:
            if entry.item == item and sitting.id not in held:
                return Expected(sitting.day, entry.at or sitting.start)
    return None


def may_ask(room: Room, own: MyItem, speaker: Speaker, waiting: set[FloorAct]) -> tuple[FloorAct, ...]:
    """What the delegation may ask for on an item; each is judged again when it asks."""
    found: list[FloorAct] = []
    if "statement" not in waiting and not own.item.is_concluded:
        found.append("statement")
    if "reply" not in waiting and speaker.category in room.rules.reply.who and any_spoke(room, own.item.id):
        found.append("reply")
    if room.rules.decides and own.is_current and speaker.category in room.rules.point_of_order.who:
        found.append("point_of_order")
    return tuple(found)


def any_spoke(room: Room, item: str) -> bool:
    """Whether there is something to reply to."""
    return any(turn.item == item for turn in room.turns)


def place_of(plan: Plan, code: str) -> str:
    """The place whose time is shown, in a language; its time zone where the programme names no city."""
    return plan.city.shown_in(code).words if plan.city else plan.timezone


def name_of(delegation: str, code: str) -> Phrase:
    """The name of a State or organisation in a language."""
    states, bodies = united_nations().states, organisations().by_code
    if delegation in states:
        return Scribe(code).put(states[delegation])
    return Phrase((Words(bodies[delegation].short_in(code) if delegation in bodies else delegation),))


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], refusal: Refusal | None = None
) -> HttpResponse:
    """A page with what every page shows; with a refusal in its place, its status."""
    shared = {
        "languages": same_page_in(request) if request.method in ("GET", "HEAD") else [],
        "release": release(),
        "reader_language": language(),
        "refusal": refusal,
        "now": now(),
    }
    return render(request, template, {**shared, **context}, status=refusal.status if refusal else 200)


def said(words: str) -> str:
    """Marked words in the reader's language."""
    return translated(words, language())


def language() -> str:
    """The code of the reader's language."""
    return get_language() or "en"
