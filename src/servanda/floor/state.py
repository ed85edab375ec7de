"""The state of the room: one immutable value, folded from the acts of the meeting, and nothing else.

`fold` of all acts and `after` of the last act on the state before give the same room. Undoing gives the room
as it would be without the act that is undone; only the number and the history move on.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from servanda.convention.procedure import Category, Profile
from servanda.floor.log import (
    Asked,
    ExchangeAnswered,
    Exchanged,
    ExchangeProposed,
    FloorAct,
    FloorGiven,
    FloorOpened,
    FoundAbsent,
    ItemConcluded,
    ItemTaken,
    LimitSet,
    ListClosed,
    ListReopened,
    Logged,
    Moved,
    PointRuled,
    SittingClosed,
    SittingOpened,
    SittingResumed,
    SittingSuspended,
    SlowerAsked,
    SlowerPassedOn,
    Speaker,
    StatementReceived,
    TurnContinued,
    TurnEnded,
    TurnExtended,
    TurnPaused,
    Undone,
    Withdrawn,
)
from servanda.floor.tiers import tier_asked
from servanda.floor.traces import Absence, Departed, Held, Taken
from servanda.floor.wishes import Proposal, Slower
from servanda.programme.keeping import plan_of
from servanda.programme.plan import Item, Plan

UNDO_DEPTH = 100  # acts that can be undone, one after the other
Standing = Literal["waiting", "speaking", "spoken", "withdrawn", "struck"]


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody who asked for the floor. `number` is the entry that entered them, `left` that which took them off.

    `tier` is that of the item under which they speak; `is_late` that the list was closed; `calls` how often they were
    called and absent.
    """

    id: str
    number: int
    item: str
    speaker: Speaker
    act: FloorAct
    tier: str | None
    at: datetime
    standing: Standing = "waiting"
    calls: int = 0
    ruling: PointRuled | None = None
    is_late: bool = False
    left: int | None = None

    def waits_at(self, number: int) -> bool:
        """Whether the request waited when an entry was written."""
        return self.number < number and (self.left is None or self.left > number)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn: from the entry that gave the floor. `used` counts up to the last pause, `running_since` what follows."""

    number: int
    request: str
    speaker: Speaker
    item: str
    sitting: str
    act: FloorAct
    started_at: datetime
    seconds: int | None
    used: timedelta = timedelta()
    running_since: datetime | None = None
    ended_at: datetime | None = None
    cut: bool = False
    reason: str = ""
    speed: int = 1

    def used_at(self, instant: datetime) -> timedelta:
        """How long the speaker has spoken, pauses left out; in a rehearsal at speed, in the time of the meeting."""
        running = max(instant - self.running_since, timedelta()) if self.running_since else timedelta()
        return self.used + self.speed * running

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ended_at is not None


@dataclass(frozen=True)
class Room:
    """The room at one number of its stream. `history` holds the rooms before the last acts that stand, for undoing.

    `received` is the entry of each text in `statements`.
    """

    plan: Plan
    rules: Profile
    participants: Mapping[str, Category]
    rehearsal: bool
    version: int
    number: int
    opened_at: datetime
    places: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    speed: int = 1
    sitting: str | None = None
    is_suspended: bool = False
    until: str = ""
    item: str | None = None
    concluded: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    reopened: frozenset[str] = frozenset()
    taken: Mapping[str, Taken] = field(default_factory=dict)
    requests: Mapping[str, Request] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    moves: tuple[Moved | Exchanged | Absence, ...] = ()
    limits: tuple[LimitSet, ...] = ()
    statements: Mapping[str, StatementReceived] = field(default_factory=dict)
    received: Mapping[str, int] = field(default_factory=dict)
    exchanges: tuple[Proposal, ...] = ()
    sittings: tuple[Held, ...] = ()
    departures: tuple[Departed, ...] = ()
    slower: Slower | None = None
    last: Logged | None = None
    undone: Logged | None = None
    history: tuple["Room", ...] = ()

    @property
    def going_on(self) -> tuple[Turn, ...]:
        """The turns that go on, the one that has the floor last; a point of order may interrupt another turn."""
        return tuple(turn for turn in self.turns if not turn.is_over)

    @property
    def turn(self) -> Turn | None:
        """The turn that goes on, if somebody has the floor."""
        return next((turn for turn in reversed(self.turns) if not turn.is_over), None)

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The exchanges of places that are asked for or agreed to, while both still wait."""
        waiting = {name for name, each in self.requests.items() if each.standing == "waiting"}
        return tuple(each for each in self.exchanges if {each.one, each.other} <= waiting)

    @property
    def at(self) -> datetime:
        """The instant of the latest act, undone ones included."""
        return max([self.opened_at, *(each.at for each in (self.last, self.undone) if each)])

    @property
    def current(self) -> Item | None:
        """The item under consideration."""
        return self.plan.items[self.item] if self.item else None

    def closes_at(self, item: str) -> datetime | None:
        """When the rules close the list of an item by themselves; None where the presiding officer does it."""
        knob, taken = self.rules.closing, self.taken.get(item)
        if knob.minutes is None or taken is None or knob.by == "chair":
            return None
        if knob.by == "minutes_after_start":
            return taken.first_at + timedelta(minutes=knob.minutes) / self.speed
        here = ZoneInfo(self.plan.timezone)
        midnight = datetime.combine(taken.first_at.astimezone(here), time(), here)
        return (midnight + timedelta(minutes=knob.minutes)).astimezone(UTC)

    def is_closed(self, item: str, at: datetime) -> bool:
        """Whether the list of an item is closed at an instant, by the presiding officer or by the rules."""
        closes_at = None if item in self.reopened else self.closes_at(item)
        return item in self.closed or (closes_at is not None and at >= closes_at)

    def of_item(self, item: str) -> list[Request]:
        """Every request on an item, in the order in which they were entered."""
        return [request for request in self.requests.values() if request.item == item]


def fold(entries: Iterable[Logged]) -> Room | None:
    """The room after some acts; None before the floor was opened."""
    room: Room | None = None
    for entry in entries:
        room = after(room, entry)
    return room


def after(room: Room | None, entry: Logged) -> Room:
    """The room after one more act. Whether it was in order was judged before it was written."""
    if room is None:
        if not isinstance(entry.act, FloorOpened):
            raise ValueError(f"the floor was not open before entry {entry.number}")
        return opened(entry.act, entry)
    entry = replace(entry, at=counts_from(room, None, entry.at))
    if isinstance(entry.act, Undone):
        return replace(without(room, entry.act.number), number=entry.number, undone=entry)
    moved = STEPS[entry.act.kind](room, entry.act, entry)
    reason = getattr(entry.act, "reason", "")
    departed = (Departed(entry.number, entry.act.kind, reason, entry.by, entry.at),) if reason else ()
    history = (*room.history[1 - UNDO_DEPTH :], replace(room, history=()))
    return replace(
        moved, number=entry.number, last=entry, history=history, departures=(*moved.departures, *departed)
    )  # fmt: skip


def counts_from(room: Room | None, performed_at: datetime | None, written_at: datetime) -> datetime:
    """The instant from which an act counts: neither before that of the act before it, nor after it was written.

    So a clock that was set back, or one of a console that was ahead, never turns the time of the meeting.
    """
    at = min(performed_at or written_at, written_at)
    return max(at, room.at) if room else at


def standing_acts(room: Room) -> tuple[Logged, ...]:
    """The acts that stand and that history still reaches, the earliest first."""
    return tuple(each.last for each in (*room.history[1:], room) if each.last) if room.history else ()


def room_before(room: Room, number: int) -> Room:
    """The room as it was before an act that stands and that history still reaches; raise ValueError without one."""
    place = [each.number for each in standing_acts(room)].index(number)
    return replace(room.history[place], history=room.history[:place])


def without(room: Room, number: int) -> Room:
    """The room as if an act had never been: as it was before, and what was done since done again."""
    found = room_before(room, number)
    for later in standing_acts(room):
        found = after(found, later) if later.number > number else found
    return found


def opened(act: FloorOpened, entry: Logged) -> Room:
    """The room when the floor is opened."""
    return Room(
        plan=plan_of(act.plan),
        rules=Profile.model_validate(act.rules),
        participants=dict(act.participants),
        rehearsal=act.rehearsal,
        version=act.version,
        number=entry.number,
        opened_at=entry.at,
        places=dict(act.places),
        regions=dict(act.regions),
        groups={name: tuple(members) for name, members in act.groups.items()},
        speed=act.speed if act.rehearsal else 1,
    )


def open_sitting(room: Room, act: SittingOpened, entry: Logged) -> Room:
    """A sitting begins; the item that the last one left goes on, with its list, until another is taken."""
    begun = replace(room, sitting=act.sitting, sittings=(*room.sittings, Held(act.sitting, entry.at)))
    return gone_on(begun, room.item) if room.item else begun


def suspend_sitting(room: Room, act: SittingSuspended, entry: Logged) -> Room:
    """The clock of whoever speaks stands still while the sitting is suspended."""
    return replace(pause(room, entry.at), is_suspended=True, until=act.until)


def resume_sitting(room: Room, act: SittingResumed, entry: Logged) -> Room:
    """The sitting goes on; a turn that was cut short by it waits for its clock to be started."""
    return replace(room, is_suspended=False, until="")


def close_sitting(room: Room, act: SittingClosed, entry: Logged) -> Room:
    """The sitting rises; the lists of items that go on are closed, where the rules freeze them."""
    *earlier, held = room.sittings
    frozen = room.taken.keys() - room.concluded if room.rules.continuation.list_then == "frozen" else set()
    return replace(
        room,
        sitting=None,
        is_suspended=False,
        until="",
        closed=room.closed | frozen,
        sittings=(*earlier, replace(held, closed_at=entry.at)),
    )


def take_item(room: Room, act: ItemTaken, entry: Logged) -> Room:
    """An item is under consideration, for the first time or again."""
    sitting = room.sitting or ""
    room = gone_on(room, act.item) if act.item in room.taken else room
    before = room.taken.get(act.item, Taken(entry.at, sitting, sitting))
    taken = {**room.taken, act.item: replace(before, named_in=sitting)}
    return replace(room, item=act.item, concluded=room.concluded - {act.item}, taken=taken)


def gone_on(room: Room, item: str) -> Room:
    """An item goes on; in another sitting than before its list is opened, once, where the rules say so."""
    taken = room.taken[item]
    if taken.sitting == room.sitting:
        return room
    room = replace(room, taken={**room.taken, item: replace(taken, sitting=room.sitting or "")})
    if room.rules.continuation.list_then != "opened_again":
        return room
    return replace(room, closed=room.closed - {item}, reopened=room.reopened | {item})


def conclude_item(room: Room, act: ItemConcluded, entry: Logged) -> Room:
    """The item is done with."""
    return replace(room, concluded=room.concluded | {act.item}, item=None if room.item == act.item else room.item)


def close_list(room: Room, act: ListClosed, entry: Logged) -> Room:
    """Nobody more is entered, but by the rules' exceptions."""
    return replace(room, closed=room.closed | {act.item}, reopened=room.reopened - {act.item})


def reopen_list(room: Room, act: ListReopened, entry: Logged) -> Room:
    """Requests are taken again."""
    return replace(room, closed=room.closed - {act.item}, reopened=room.reopened | {act.item})


def enter(room: Room, act: Asked, entry: Logged) -> Room:
    """A request stands on the list of its item."""
    is_late = act.act == "statement" and act.speaker.category != "officers" and room.is_closed(act.item, entry.at)
    tier = tier_asked(room.plan.items[act.item], act)
    request = Request(
        act.request, entry.number, act.item, act.speaker, act.act, tier, entry.at, is_late=is_late
    )  # fmt: skip
    return replace(room, requests={**room.requests, act.request: request})


def withdraw(room: Room, act: Withdrawn, entry: Logged) -> Room:
    """A request is off the list."""
    return with_request(room, act.request, standing="withdrawn", left=entry.number)


def move(room: Room, act: Moved | Exchanged, entry: Logged) -> Room:
    """Places are changed; the order is worked out anew from all moves."""
    return replace(room, moves=(*room.moves, act))


def exchange(room: Room, act: Exchanged, entry: Logged) -> Room:
    """Two have each other's place; what either had asked for or agreed to was about the place before."""
    left = tuple(each for each in room.exchanges if not each.names(act.one, act.other))
    return replace(move(room, act, entry), exchanges=left)


def propose_exchange(room: Room, act: ExchangeProposed, entry: Logged) -> Room:
    """An exchange is asked for, until it is answered."""
    return replace(room, exchanges=(*room.exchanges, Proposal(act.one, act.other)))


def answer_exchange(room: Room, act: ExchangeAnswered, entry: Logged) -> Room:
    """It is agreed to, or off the table."""
    others = tuple(each for each in room.exchanges if (each.one, each.other) != (act.one, act.other))
    agreed = (Proposal(act.one, act.other, is_agreed=True),) if act.agreed else ()
    return replace(room, exchanges=(*others, *agreed))


def give_floor(room: Room, act: FloorGiven, entry: Logged) -> Room:
    """A turn begins, and its clock with it."""
    request = room.requests[act.request]
    turn = Turn(
        number=entry.number,
        request=request.id,
        speaker=request.speaker,
        item=request.item,
        sitting=room.sitting or "",
        act=request.act,
        started_at=entry.at,
        seconds=act.seconds,
        running_since=entry.at,
        reason=act.reason,
        speed=room.speed,
    )
    return replace(
        with_request(room, request.id, standing="speaking", left=entry.number),
        turns=(*room.turns, turn),
        slower=None,
    )


def pause(room: Room, at: datetime) -> Room:
    """The clock of whoever speaks stands still."""
    turn = room.turn
    if turn is None or turn.running_since is None:
        return room
    return with_turn(room, replace(turn, used=turn.used_at(at), running_since=None))


def pause_turn(room: Room, act: TurnPaused, entry: Logged) -> Room:
    """The clock is stopped."""
    return pause(room, entry.at)


def continue_turn(room: Room, act: TurnContinued, entry: Logged) -> Room:
    """The clock runs again."""
    return with_turn(room, replace(speaking(room), running_since=entry.at))


def extend_turn(room: Room, act: TurnExtended, entry: Logged) -> Room:
    """The limit of the turn is moved; a turn without one is given so much from here on."""
    turn = speaking(room)
    limit = int(turn.used_at(entry.at).total_seconds()) if turn.seconds is None else turn.seconds
    return with_turn(room, replace(turn, seconds=limit + act.seconds))


def end_turn(room: Room, act: TurnEnded, entry: Logged) -> Room:
    """The turn is over, and its request with it."""
    turn = replace(speaking(room), used=speaking(room).used_at(entry.at), running_since=None, ended_at=entry.at)
    ended = with_request(with_turn(room, replace(turn, cut=act.cut)), turn.request, standing="spoken")
    return replace(ended, slower=None)


def note_absence(room: Room, act: FoundAbsent, entry: Logged) -> Room:
    """Who is absent is passed over, until after so many calls they go to the end of their tier or are struck."""
    calls = room.requests[act.request].calls + 1
    knob = room.rules.absent
    is_enough = calls >= knob.calls
    if is_enough and knob.then == "struck":
        return with_request(room, act.request, calls=calls, standing="struck", left=entry.number)
    absence = Absence(entry.number, act.request, to_the_end=is_enough and knob.then == "end_of_tier")
    return replace(with_request(room, act.request, calls=calls), moves=(*room.moves, absence))


def set_limit(room: Room, act: LimitSet, entry: Logged) -> Room:
    """A limit holds from here on."""
    return replace(room, limits=(*room.limits, act))


def receive_statement(room: Room, act: StatementReceived, entry: Logged) -> Room:
    """A text is there."""
    return replace(
        room,
        statements={**room.statements, act.statement: act},
        received={**room.received, act.statement: entry.number},
    )


def rule_on_point(room: Room, act: PointRuled, entry: Logged) -> Room:
    """A point of order is decided."""
    return with_request(room, act.request, ruling=act)


def note_slower(room: Room, act: SlowerAsked, entry: Logged) -> Room:
    """The interpreters cannot follow; in one turn it is one wish, however often it is said."""
    return replace(room, slower=room.slower.again(entry.at) if room.slower else Slower(entry.at, entry.at))


def note_passed_on(room: Room, act: SlowerPassedOn, entry: Logged) -> Room:
    """The wish is seen to."""
    return replace(room, slower=None)


def speaking(room: Room) -> Turn:
    """The turn that goes on; the caller knows that there is one."""
    if room.turn is None:
        raise ValueError("nobody has the floor")
    return room.turn


def with_turn(room: Room, turn: Turn) -> Room:
    """The room with one turn changed."""
    return replace(room, turns=tuple(turn if each.number == turn.number else each for each in room.turns))


def with_request(room: Room, name: str, **changes: object) -> Room:
    """The room with one request changed."""
    return replace(room, requests={**room.requests, name: replace(room.requests[name], **changes)})  # type: ignore[arg-type]


Step = Callable[[Room, Any, Logged], Room]
STEPS: Mapping[str, Step] = {
    "sitting-opened": open_sitting,
    "sitting-suspended": suspend_sitting,
    "sitting-resumed": resume_sitting,
    "sitting-closed": close_sitting,
    "item-taken": take_item,
    "item-concluded": conclude_item,
    "list-closed": close_list,
    "list-reopened": reopen_list,
    "asked": enter,
    "withdrawn": withdraw,
    "moved": move,
    "exchanged": exchange,
    "exchange-proposed": propose_exchange,
    "exchange-answered": answer_exchange,
    "floor-given": give_floor,
    "turn-paused": pause_turn,
    "turn-continued": continue_turn,
    "turn-extended": extend_turn,
    "turn-ended": end_turn,
    "found-absent": note_absence,
    "limit-set": set_limit,
    "statement-received": receive_statement,
    "point-ruled": rule_on_point,
    "slower-asked": note_slower,
    "slower-passed-on": note_passed_on,
}
