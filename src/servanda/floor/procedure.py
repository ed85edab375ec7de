"""The order of the list of speakers, and who is next, with the reason: the rules of the floor at work.

A queue is sorted by rank (points of order, presenters, statements by tier, replies), inside a rank stably by
what the rules say, and then by the moves of the presiding officer, in the order in which they were made.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from servanda.common.wording import N_, Sentence
from servanda.floor.log import Exchanged, Moved
from servanda.floor.state import Request, Room
from servanda.floor.traces import Absence
from servanda.programme.plan import Tier

ORDERS = {
    "request": N_("It stands in the order of requests under: {tier}"),
    "seniority": N_("It stands in the order of seniority under: {tier}"),
    "alphabet": N_("It stands in the order in which States are named under: {tier}"),
    "lot": N_("It stands in the order drawn by lot under: {tier}"),
    "regions_in_turn": N_("It stands under the following, where the regions take turns: {tier}"),
}

UNLIMITED = 300  # seconds that are reckoned for a turn without a limit: house practice
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
    found = ordered(room, item or room.item or "")
    return tuple(placed(room, request) for request in found if request.standing == "waiting")


def placed(room: Room, request: Request) -> Waiting:
    """A request with what its place rests on."""
    return Waiting(request, rank_of(request), tier_of(room, request), reasons(room, request))


def who_is_next(room: Room) -> Waiting | None:
    """Who would be given the floor now; None where nobody is due, or the sitting does not go on."""
    if room.sitting is None or room.is_suspended:
        return None
    due = (request for request in ordered(room, room.item or "") if is_due(room, request))
    return next((placed(room, request) for request in due if request.standing == "waiting"), None)


def is_due(room: Room, request: Request) -> bool:
    """Whether a request can be heard now; a reply may have to wait for the end of the sitting, or of the day."""
    here = next((place for place, sitting in enumerate(room.plan.sittings) if sitting.id == room.sitting), None)
    if request.act != "reply" or here is None:
        return True
    sitting, *later = room.plan.sittings[here:]
    if room.rules.reply.when == "end_of_sitting":
        return {entry.item for entry in sitting.entries if entry.item} <= room.concluded | {request.item}
    still_today = [entry.item for each in later if each.day == sitting.day for entry in each.entries]
    return room.rules.reply.when == "end_of_item" or request.item not in still_today


def ordered(room: Room, item: str) -> list[Request]:
    """Every request on an item in the order of the rules, with all moves made as they happened; points before all.

    The places that the rules give never change afterwards, so that a move of one never moves another.
    """
    requests = {request.id: request for request in room.of_item(item)}
    rounds = rounds_of(room, [*requests.values()])
    order = sorted(requests, key=lambda name: place_of(room, requests[name], rounds.get(name, 0)))
    for move in room.moves:
        make_move(order, requests, move)
    return sorted((requests[name] for name in order), key=lambda each: rank_of(each) != POINTS)


def make_move(order: list[str], requests: Mapping[str, Request], move: Moved | Exchanged | Absence) -> None:
    """Change an order by one move; one of another item changes nothing."""
    if isinstance(move, Exchanged):
        if move.one in requests:
            one, other = order.index(move.one), order.index(move.other)
            order[one], order[other] = move.other, move.one
        return
    if move.request not in requests:
        return
    after = behind(order, requests, move) if isinstance(move, Absence) else move.after
    order.remove(move.request)
    order.insert(0 if after is None else order.index(after) + 1, move.request)


def behind(order: list[str], requests: Mapping[str, Request], absence: Absence) -> str | None:
    """Behind whom an absent one goes: the last of their group who then waited, or, where nobody of it did, the next.

    So whoever is absent is never next while others wait. Where nobody waits, they stay behind whom they stood.
    """
    place, own = order.index(absence.request), group_of(requests[absence.request])
    later = [requests[name] for name in order[place + 1 :]]
    last_of_group = (each for each in reversed(later) if absence.to_the_end and group_of(each) == own)
    found = (each.id for each in chain(last_of_group, later) if each.waits_at(absence.number))
    return next(chain(found, order[:place][-1:]), None)


def group_of(request: Request) -> tuple[int, str | None]:
    """Those among whom a request waits: its rank, and its tier."""
    return rank_of(request), request.tier


def rank_of(request: Request) -> int:
    """Points of order before presenters, these before statements, replies last."""
    if request.act == "point_of_order":
        return POINTS
    if request.act == "reply":
        return REPLIES
    return PRESENTERS if request.speaker.category == "officers" else STATEMENTS


def place_of(room: Room, request: Request, turn: int) -> tuple[int, ...]:
    """The place on a list: by rank, the late last, groups where the rules put them, by tier, and then in the tier.

    `turn`: in which round of the tiers it comes, where these take turns.
    """
    rules, tiers = room.rules, [tier.kind for tier in room.plan.items[request.item].tiers]
    tier, category = tier_of(room, request), request.speaker.category
    at = tiers.index(tier.kind) if tier else len(tiers)
    if category == "groups" and rules.group_statements.speak == "by_time":
        at = 0
    return (
        rank_of(request),
        int(request.is_late),
        int(category != "groups" or rules.group_statements.speak != "first"),
        turn,
        at,
        int(category == "signatories" and rules.signatories.speak == "after_states_parties"),
        int(rules.group_statements.members_then == "last" and is_spoken_for(room, request)),
        *in_tier(room, request, tier),
    )


def in_tier(room: Room, request: Request, tier: Tier | None) -> tuple[int, int]:
    """The place in a tier as the rules order it; whoever this order does not know follows in the order of requests."""
    code, unknown, by = request.speaker.code, 10_000, room.rules.order_in_tier.by
    if tier is None or request.speaker.category == "officers" or by == "request":
        return 0, request.number
    if by == "alphabet":
        return tier.states.index(code) if code in tier.states else unknown, request.number
    if by == "regions_in_turn":
        region = room.regions.get(code)
        same = [each for each in room.of_item(request.item) if room.regions.get(each.speaker.code) == region]
        before = sum(each.number < request.number for each in same if group_of(each) == group_of(request))
        return before if region else unknown, request.number
    return room.places.get(code, unknown), request.number


def rounds_of(room: Room, requests: list[Request]) -> dict[str, int]:
    """In which round each statement comes, where the tiers take turns: so many of the first, so many of each next."""
    knob, before, rounds = room.rules.tier_order, Counter[str](), dict[str, int]()
    if knob.take == "to_the_end":
        return rounds
    for request in sorted(requests, key=lambda each: place_of(room, each, 0)):
        if request.tier is None:
            continue
        is_first = request.tier == room.plan.items[request.item].tiers[0].kind
        rounds[request.id] = before[request.tier] // max(1, knob.of_one if is_first else knob.of_next)
        before[request.tier] += 1
    return rounds


def is_spoken_for(room: Room, request: Request) -> bool:
    """Whether a group of which a delegation is a member was on the list of the item before it."""
    return request.speaker.category != "groups" and any(
        each.speaker.category == "groups"
        and request.speaker.code in room.groups.get(each.speaker.on_behalf_of or each.speaker.code, ())
        for each in room.of_item(request.item)
        if each.number < request.number and each.standing in ("waiting", "speaking", "spoken")
    )


def tier_of(room: Room, request: Request) -> Tier | None:
    """The tier under which a request was entered."""
    return next((tier for tier in room.plan.items[request.item].tiers if tier.kind == request.tier), None)


def limit_for(room: Room, request: Request) -> int | None:
    """How many seconds a turn of this request may take: by the latest setting, else by the rules; None: no limit."""
    tier = tier_of(room, request)
    for setting in reversed(room.limits):
        if setting.act == request.act and (
            (tier and setting.tier == tier.kind) or setting.category == request.speaker.category
        ):
            return setting.seconds
    stated, shorter = stated_limit(room, request), room.rules.limits.shorten_to_seconds
    if request.act == "reply":
        knob, is_first = room.rules.reply, not replies_before(room, request)
        return (None if is_first else knob.second_seconds) or stated or knob.first_seconds
    if request.act == "point_of_order":
        return stated or room.rules.point_of_order.seconds
    if stated and shorter and room.rules.group_statements.members_then == "shorter" and is_spoken_for(room, request):
        return min(stated, shorter)
    return stated


def reckoned(room: Room, request: Request) -> int:
    """How many seconds a turn of this request may last: its limit, else what is reckoned without one."""
    return limit_for(room, request) or UNLIMITED


def stated_limit(room: Room, request: Request) -> int | None:
    """The limit that the rules state for a category and an act; signatories have that of States not party."""
    category = request.speaker.category
    stated = {limit.who: limit.seconds for limit in room.rules.limits.limits if limit.act == request.act}
    return stated.get(category, stated.get("states_not_party") if category == "signatories" else None)


def replies_before(room: Room, request: Request) -> int:
    """How many replies a delegation has made, or asked for before this one, on an item."""
    return sum(
        each.act == "reply" and each.speaker.seat == request.speaker.seat and each.number < request.number
        for each in room.of_item(request.item)
        if each.standing in ("waiting", "speaking", "spoken")
    )


def reasons(room: Room, request: Request) -> tuple[Sentence, ...]:
    """Why a request stands where it stands, in whole sentences."""
    found = [why_rank(room, request)]
    if request.is_late:
        found.append(Sentence.of(N_("It was entered after the list was closed; so it follows all who were on it.")))
    if room.rules.group_statements.members_then != "as_before" and is_spoken_for(room, request):
        found.append(Sentence.of(N_("A group of which this delegation is a member is on the list of this item.")))
    if request.calls:
        words = N_("It was called and was absent ({calls}); so those who waited behind it went before it.")
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
    return Sentence.of(ORDERS[room.rules.order_in_tier.by], tier=tier.label)


def time_used(room: Room, code: str) -> timedelta:
    """How long a delegation has spoken at this meeting, in turns that have ended."""
    return sum((turn.used for turn in room.turns if turn.speaker.code == code and turn.is_over), timedelta())
