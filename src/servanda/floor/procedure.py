"""The order of the list of speakers, and who is next, with the reason: the rules of the floor at work.

A queue is sorted by rank (points of order, presenters, statements by tier, replies), inside a rank stably by
what the rules say, and then by the moves of the presiding officer, in the order in which they were made.
"""

from dataclasses import dataclass
from datetime import timedelta

from servanda.common.wording import N_, Sentence
from servanda.convention.procedure import Category
from servanda.floor.log import Exchanged, Moved, Speaker
from servanda.floor.state import Request, Room
from servanda.programme.plan import Item, Tier

POINTS, PRESENTERS, STATEMENTS, REPLIES = range(4)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request in its place: its rank, the tier under which it stands, and why it stands here."""

    request: Request
    rank: int
    tier: Tier | None
    because: tuple[Sentence, ...]


def queue(room: Room, item: str | None = None) -> tuple[Waiting, ...]:
    """Who waits for the floor on an item, by default the one under consideration, first the next.

    Replies wait here while the list goes on, after everybody else; points of order stand before all.
    """
    wanted = item or room.item
    if wanted is None:
        return ()
    placed = ordered(room, wanted)
    return tuple(
        Waiting(request, rank_of(request), tier_of(room, request), reasons(room, request))
        for request in placed
        if request.standing == "waiting"
    )


def who_is_next(room: Room) -> Waiting | None:
    """Who would be given the floor now; None where nobody waits, or the sitting does not go on."""
    if room.sitting is None or room.is_suspended:
        return None
    return next(iter(queue(room)), None)


def ordered(room: Room, item: str) -> list[Request]:
    """Every request on an item in the order of the rules, with the moves of the presiding officer made."""
    tiers = {tier.kind: place for place, tier in enumerate(room.plan.items[item].tiers)}
    requests = sorted(room.of_item(item), key=lambda request: (rank_of(request), *place_of(room, request, tiers)))
    for move in room.moves:
        requests = moved(requests, move)
    return requests


def moved(requests: list[Request], move: Moved | Exchanged) -> list[Request]:
    """An order after one move; a move that names none of them changes nothing."""
    by_id = {request.id: request for request in requests}
    if isinstance(move, Exchanged):
        swap = {move.one: move.other, move.other: move.one}
        return [by_id.get(swap.get(request.id, request.id), request) for request in requests]
    if move.request not in by_id or (move.after is not None and move.after not in by_id):
        return requests
    rest = [request for request in requests if request.id != move.request]
    place = next((at + 1 for at, request in enumerate(rest) if request.id == move.after), 0)
    return [*rest[:place], by_id[move.request], *rest[place:]]


def rank_of(request: Request) -> int:
    """Points of order before presenters, these before statements, replies last."""
    if request.act == "point_of_order":
        return POINTS
    if request.act == "reply":
        return REPLIES
    return PRESENTERS if request.speaker.category == "officers" else STATEMENTS


def place_of(room: Room, request: Request, tiers: dict[str, int]) -> tuple[int | str, ...]:
    """The place inside a rank: groups where the rules put them, then by tier, then as the rules order a tier."""
    tier = tier_of(room, request)
    at = tiers[tier.kind] if tier else len(tiers)
    is_group = request.speaker.category == "groups"
    groups_first = room.rules.group_statements.speak == "first" and is_group
    if room.rules.group_statements.speak == "by_time" and is_group:
        at = 0
    after_parties = int(
        request.speaker.category == "signatories" and room.rules.signatories.speak == "after_states_parties"
    )
    return (0 if groups_first else 1, at, after_parties, in_tier(room, request, tier), request.since)


def in_tier(room: Room, request: Request, tier: Tier | None) -> int:
    """The place in a tier, where the rules order it otherwise than by request; who was absent goes last."""
    late = 10_000 if request.calls else 0
    if room.rules.order_in_tier.by != "alphabet" or tier is None or request.speaker.code not in tier.states:
        return late
    return late + tier.states.index(request.speaker.code)


def tier_of(room: Room, request: Request) -> Tier | None:
    """The tier under which a request stands: the one it was entered under, that names it, or that is open to it."""
    item = room.plan.items[request.item]
    if request.act != "statement" or request.speaker.category == "officers":
        return None
    if request.tier is not None:
        return next((tier for tier in item.tiers if tier.kind == request.tier), None)
    return tier_for(item, request.speaker)


def tier_for(item: Item, speaker: Speaker) -> Tier | None:
    """The first tier of an item that names a speaker, else the first that is open to its category, else the last."""
    naming = [tier for tier in item.tiers if speaker.code in (*tier.states, *tier.organisations)]
    category = "states_parties" if speaker.category == "signatories" else speaker.category
    open_to = [tier for tier in item.tiers if category in tier.open_to or (category == "groups" and tier.open_to)]
    return next(iter([*naming, *open_to, *reversed(item.tiers)]), None)


def limit_for(room: Room, request: Request) -> int | None:
    """How many seconds a turn of this request may take: by the latest setting, else by the rules; None: no limit."""
    tier = tier_of(room, request)
    for setting in reversed(room.limits):
        if setting.act == request.act and (
            (tier and setting.tier == tier.kind) or setting.category == request.speaker.category
        ):
            return setting.seconds
    if request.act == "reply":
        before = replies_before(room, request)
        knob = room.rules.reply
        return knob.second_seconds or knob.first_seconds if before else knob.first_seconds
    if request.act == "point_of_order":
        return room.rules.point_of_order.seconds
    return stated_limit(room, request.speaker.category)


def stated_limit(room: Room, category: Category) -> int | None:
    """The limit that the rules state for statements of a category; signatories have that of States not party."""
    stated = {limit.who: limit.seconds for limit in room.rules.limits.limits if limit.act == "statement"}
    return stated.get(category, stated.get("states_not_party") if category == "signatories" else None)


def replies_before(room: Room, request: Request) -> int:
    """How many replies a delegation has made, or asked for before this one, on an item."""
    same = [each for each in room.of_item(request.item) if each.act == "reply" and each.speaker == request.speaker]
    return sum(each.number < request.number for each in same if each.standing in ("waiting", "speaking", "spoken"))


def reasons(room: Room, request: Request) -> tuple[Sentence, ...]:
    """Why a request stands where it stands, in whole sentences."""
    found = [why_rank(room, request)]
    if request.calls:
        words = N_("It was called {calls} times and was absent; so it waits at the end of its group.")
        found.append(Sentence.of(words, calls=request.calls))
    for move in room.moves:
        if isinstance(move, Moved) and move.request == request.id:
            words = N_("The presiding officer gave it this place: {reason}")
            found.append(Sentence.of(words, reason=move.reason))
        if isinstance(move, Exchanged) and request.id in (move.one, move.other):
            found.append(Sentence.of(N_("It exchanged places with another delegation; both agreed.")))
    return tuple(found)


def why_rank(room: Room, request: Request) -> Sentence:
    """The group to which a request belongs, and what orders it there."""
    rank, tier = rank_of(request), tier_of(room, request)
    if rank == POINTS:
        return Sentence.of(N_("A point of order is taken up at once."))
    if rank == PRESENTERS:
        return Sentence.of(N_("Who presents the item speaks before the list."))
    if rank == REPLIES:
        return Sentence.of(N_("Replies are heard when the list of the item is exhausted."))
    if request.speaker.category == "groups" and room.rules.group_statements.speak == "first":
        return Sentence.of(N_("Statements on behalf of a group are heard first."))
    if tier is None:
        return Sentence.of(N_("It stands in the order of requests; the item has no groups of speakers."))
    return Sentence.of(N_("It stands in the order of requests under: {tier}"), tier=tier.label)


def time_used(room: Room, code: str) -> timedelta:
    """How long a delegation has spoken at this meeting, in turns that have ended."""
    return sum((turn.used for turn in room.turns if turn.speaker.code == code and turn.is_over), timedelta())
