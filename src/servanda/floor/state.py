"""The state of the room: one immutable value, folded from the acts of the meeting (`folding`), and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from servanda.convention.procedure import Category, Profile
from servanda.floor.log import Exchanged, FloorAct, LimitSet, Logged, Moved, PointRuled, Speaker, StatementReceived
from servanda.floor.traces import Absence, Departed, Held, Taken
from servanda.floor.wishes import Proposal, Slower
from servanda.programme.plan import Item, Plan

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
