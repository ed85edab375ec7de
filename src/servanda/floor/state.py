"""The state of the room: one immutable value, folded from the acts of the meeting, and nothing else.

`fold` of all acts and `after` of the last act on the state before give the same room. Undoing gives the room
back as it was before the act that is undone; only the number and the history move on.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from servanda.convention.procedure import Category, Profile
from servanda.floor.log import (
    Asked,
    Exchanged,
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
    Speaker,
    StatementReceived,
    TurnContinued,
    TurnEnded,
    TurnExtended,
    TurnPaused,
    Undone,
    Withdrawn,
)
from servanda.programme.keeping import plan_of
from servanda.programme.plan import Item, Plan

UNDO_DEPTH = 100  # acts that can be undone, one after the other
Standing = Literal["waiting", "speaking", "spoken", "withdrawn", "struck"]


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody who asked for the floor. `number` is the entry that entered them, `since` that by which they wait.

    `tier` is the place of their tier among those of the item; `calls` how often they were called and absent.
    """

    id: str
    number: int
    since: int
    item: str
    speaker: Speaker
    act: FloorAct
    tier: str | None
    at: datetime
    standing: Standing = "waiting"
    calls: int = 0
    ruling: PointRuled | None = None


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

    def used_at(self, instant: datetime) -> timedelta:
        """How long the speaker has spoken, pauses left out."""
        running = max(instant - self.running_since, timedelta()) if self.running_since else timedelta()
        return self.used + running

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ended_at is not None


@dataclass(frozen=True, slots=True)
class Held:
    """A sitting as held."""

    sitting: str
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Departed:
    """A departure of the presiding officer from the rules or the order, on record."""

    number: int
    kind: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Room:
    """The room at one number of its stream. `history` holds the rooms before the last acts that stand, for undoing."""

    plan: Plan
    rules: Profile
    participants: Mapping[str, Category]
    rehearsal: bool
    version: int
    number: int
    sitting: str | None = None
    is_suspended: bool = False
    until: str = ""
    item: str | None = None
    concluded: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    requests: Mapping[str, Request] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    moves: tuple[Moved | Exchanged, ...] = ()
    limits: tuple[LimitSet, ...] = ()
    statements: Mapping[str, StatementReceived] = field(default_factory=dict)
    sittings: tuple[Held, ...] = ()
    departures: tuple[Departed, ...] = ()
    slower_at: datetime | None = None
    last: Logged | None = None
    undone: Logged | None = None
    history: tuple["Room", ...] = ()

    @property
    def turn(self) -> Turn | None:
        """The turn that goes on, if somebody has the floor; a point of order may interrupt another turn."""
        return next((turn for turn in reversed(self.turns) if not turn.is_over), None)

    @property
    def at(self) -> datetime | None:
        """The instant of the latest act, undone ones included; None right after the opening."""
        return max((each.at for each in (self.last, self.undone) if each), default=None)

    @property
    def current(self) -> Item | None:
        """The item under consideration."""
        return self.plan.items[self.item] if self.item else None

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
    """The room after one more act. Whether the act was in order was judged before it was written."""
    if room is None:
        if not isinstance(entry.act, FloorOpened):
            raise ValueError(f"the floor was not open before entry {entry.number}")
        return opened(entry.act, entry)
    if isinstance(entry.act, Undone):
        if not room.history:
            raise ValueError(f"there is nothing that entry {entry.number} could undo")
        *earlier, before = room.history
        return replace(before, number=entry.number, undone=entry, history=tuple(earlier))
    moved = STEPS[entry.act.kind](room, entry.act, entry)
    reason = getattr(entry.act, "reason", "")
    departed = (Departed(entry.number, entry.act.kind, reason, entry.by, entry.at),) if reason else ()
    history = (*room.history[1 - UNDO_DEPTH :], replace(room, history=()))
    return replace(
        moved, number=entry.number, last=entry, history=history, departures=(*moved.departures, *departed)
    )  # fmt: skip


def opened(act: FloorOpened, entry: Logged) -> Room:
    """The room when the floor is opened."""
    return Room(
        plan=plan_of(act.plan),
        rules=Profile.model_validate(act.rules),
        participants=dict(act.participants),
        rehearsal=act.rehearsal,
        version=act.version,
        number=entry.number,
    )


def open_sitting(room: Room, act: SittingOpened, entry: Logged) -> Room:
    """A sitting begins."""
    return replace(room, sitting=act.sitting, sittings=(*room.sittings, Held(act.sitting, entry.at)))


def suspend_sitting(room: Room, act: SittingSuspended, entry: Logged) -> Room:
    """The clock of whoever speaks stands still while the sitting is suspended."""
    return replace(pause(room, entry.at), is_suspended=True, until=act.until)


def resume_sitting(room: Room, act: SittingResumed, entry: Logged) -> Room:
    """The sitting goes on; a turn that was cut short by it waits for its clock to be started."""
    return replace(room, is_suspended=False, until="")


def close_sitting(room: Room, act: SittingClosed, entry: Logged) -> Room:
    """The sitting rises; a list that its rules freeze is closed."""
    *earlier, held = room.sittings
    frozen = {room.item} if room.item and room.rules.continuation.list_then == "frozen" else set()
    return replace(
        room,
        sitting=None,
        is_suspended=False,
        until="",
        closed=room.closed | frozen,
        sittings=(*earlier, replace(held, closed_at=entry.at)),
    )


def take_item(room: Room, act: ItemTaken, entry: Logged) -> Room:
    """An item is under consideration; one taken again opens its list anew where the rules say so."""
    again = room.rules.continuation.list_then == "opened_again" and any(turn.item == act.item for turn in room.turns)
    return replace(
        room,
        item=act.item,
        concluded=room.concluded - {act.item},
        closed=room.closed - {act.item} if again else room.closed,
    )


def conclude_item(room: Room, act: ItemConcluded, entry: Logged) -> Room:
    """The item is done with."""
    return replace(room, concluded=room.concluded | {act.item}, item=None if room.item == act.item else room.item)


def close_list(room: Room, act: ListClosed, entry: Logged) -> Room:
    """Nobody more is entered, but by the rules' exceptions."""
    return replace(room, closed=room.closed | {act.item})


def reopen_list(room: Room, act: ListReopened, entry: Logged) -> Room:
    """Requests are taken again."""
    return replace(room, closed=room.closed - {act.item})


def enter(room: Room, act: Asked, entry: Logged) -> Room:
    """A request stands on the list of its item."""
    request = Request(
        act.request, entry.number, entry.number, act.item, act.speaker, act.act, act.tier, entry.at
    )  # fmt: skip
    return replace(room, requests={**room.requests, act.request: request})


def withdraw(room: Room, act: Withdrawn, entry: Logged) -> Room:
    """A request is off the list."""
    return with_request(room, act.request, standing="withdrawn")


def move(room: Room, act: Moved | Exchanged, entry: Logged) -> Room:
    """Places are changed; the order is worked out anew from all moves."""
    return replace(room, moves=(*room.moves, act))


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
    )
    return replace(with_request(room, request.id, standing="speaking"), turns=(*room.turns, turn), slower_at=None)


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
    """The limit of the turn is moved."""
    turn = speaking(room)
    return with_turn(room, replace(turn, seconds=max(0, (turn.seconds or 0) + act.seconds)))


def end_turn(room: Room, act: TurnEnded, entry: Logged) -> Room:
    """The turn is over, and its request with it."""
    turn = replace(speaking(room), used=speaking(room).used_at(entry.at), running_since=None, ended_at=entry.at)
    return with_request(with_turn(room, replace(turn, cut=act.cut)), turn.request, standing="spoken")


def note_absence(room: Room, act: FoundAbsent, entry: Logged) -> Room:
    """Who is absent waits anew, or is struck, as the rules say after so many calls."""
    calls = room.requests[act.request].calls + 1
    knob = room.rules.absent
    struck = knob.then == "struck" and calls >= knob.calls
    changed = with_request(room, act.request, calls=calls, since=entry.number)
    return with_request(changed, act.request, standing="struck") if struck else changed


def set_limit(room: Room, act: LimitSet, entry: Logged) -> Room:
    """A limit holds from here on."""
    return replace(room, limits=(*room.limits, act))


def receive_statement(room: Room, act: StatementReceived, entry: Logged) -> Room:
    """A text is there."""
    return replace(room, statements={**room.statements, act.statement: act})


def rule_on_point(room: Room, act: PointRuled, entry: Logged) -> Room:
    """A point of order is decided."""
    return with_request(room, act.request, ruling=act)


def note_slower(room: Room, act: SlowerAsked, entry: Logged) -> Room:
    """The interpreters cannot follow."""
    return replace(room, slower_at=entry.at)


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
    "exchanged": move,
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
}
