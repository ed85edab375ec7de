"""Rehearsals on record: opened, listed, and played through the same door by which every act passes.

Whoever plays one goes on from where the journal stands: after a restart, and beside people who act meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from threading import Event

from servanda.common.clock import now
from servanda.common.refusals import Refusal, Unknown
from servanda.convention.calendar import Meeting
from servanda.convention.pack import Pack
from servanda.convention.queries import calendar, pack
from servanda.floor.actions import open_floor, perform, rules_for
from servanda.floor.log import TurnPaused
from servanda.floor.queries import floor_stream, participants, room
from servanda.floor.refusals import FloorIsNotOpen, FloorIsOpen
from servanda.floor.rehearsing import Script, Step, is_over, next_step, script_for
from servanda.floor.state import Room
from servanda.journal.queries import entries, find, head, heads
from servanda.journal.rehearsals import REHEARSAL
from servanda.programme.plan import Plan
from servanda.programme.queries import plan as derived
from servanda.programme.versions import NoSuchVersion, rules_of, stored

PLAYER = "replay"  # by whom the acts of a script are done
LOOK_SECONDS = 1.0  # how often one who waits for an act looks whether somebody else acted


class NoSuchRehearsal(Unknown):
    """A meeting has no rehearsal of this name."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(
            f"There is no rehearsal {name[:40]!r} of this meeting.",
            f"Rehearsals: {', '.join(known) or 'none'}.",
            "Name one of these, or begin a new one.",
        )


class CannotBeRehearsed(Refusal):
    """A meeting of a kind for which the pack has no rules of the floor."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            f"{meeting.code} cannot be rehearsed.",
            f"Meetings of the kind {meeting.kind!r} have no rules of the floor.",
            "Give the kind of meeting a `procedure` in pack.yaml, and load the pack again.",
        )


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A rehearsal of a meeting: its name, who opened it and when (UTC), how fast, and how many entries it has."""

    name: str
    stream: str
    opened_at: datetime
    by: str
    speed: int
    entries: int


def has_rules(rules: Pack, meeting: Meeting) -> bool:
    """Whether the pack has rules of the floor for a meeting."""
    return rules.rules.meeting_kinds[meeting.kind].procedure in rules.procedures


def rehearsals(convention: str, meeting: str) -> list[Rehearsal]:
    """The rehearsals of a meeting, the newest first; raise UnknownMeeting."""
    above = floor_stream(convention, calendar(convention).meeting(meeting).code)
    found = [(int(match["number"]), name) for name in heads() if (match := REHEARSAL.fullmatch(name))]
    names = [name for _number, name in sorted(found, reverse=True) if name.rpartition("/")[0] == above]
    return [rehearsal_in(name) for name in names]


def rehearsal_named(convention: str, meeting: str, name: str) -> str:
    """The stream of a rehearsal by its name; raise UnknownMeeting or NoSuchRehearsal."""
    known = {each.name: each.stream for each in rehearsals(convention, meeting)}
    if name not in known:
        raise NoSuchRehearsal(name, list(known))
    return known[name]


def rehearsal_in(stream: str) -> Rehearsal:
    """The rehearsal of a stream, as its first entry tells it; raise FloorIsNotOpen."""
    first = next(entries(stream, until=1), None)
    if first is None:
        raise FloorIsNotOpen
    speed, at = first.body.get("speed", 1), datetime.fromisoformat(first.at)
    return Rehearsal(stream.rpartition("/")[2], stream, at, first.by, int(speed), head(stream))


def programme_of(convention: str, meeting: str) -> tuple[Plan, int]:
    """The programme that is rehearsed, and its version: the one issued last, else as it is derived now (0)."""
    try:
        found = stored(convention, meeting, issued=True)
    except NoSuchVersion:
        return derived(convention, meeting), 0
    return found.plan, found.version.version


def begun_with(convention: str, meeting: str, key: str | None) -> str | None:
    """The stream of the rehearsal of a meeting that was begun with a key; raise UnknownMeeting."""
    known = rehearsals(convention, meeting) if key else []
    return next((each.stream for each in known if key and find(each.stream, key)), None)


def open_rehearsal(*, convention: str, meeting: str, by: str, speed: int = 1, key: str | None = None) -> str:
    """Open the floor of the next rehearsal of a meeting, and return its stream; `key` makes it one, however often sent.

    Raises UnknownMeeting and CannotBeRehearsed.
    """
    found = calendar(convention).meeting(meeting)
    if not has_rules(pack(convention), found):
        raise CannotBeRehearsed(found)
    plan, version = programme_of(convention, found.code)
    if already := begun_with(convention, found.code, key):
        return already
    known = rehearsals(convention, found.code)
    first = int(known[0].name.rpartition("-")[2]) + 1 if known else 1
    for number in count(first):
        rehearsal = f"rehearsal-{number}"
        try:
            open_floor(
                convention=convention, meeting=found.code, plan=plan, version=version, by=by, speed=speed,
                rules=rules_for(convention, found.code), participants=participants(plan), rehearsal=rehearsal, key=key,
            )  # fmt: skip
        except FloorIsOpen:
            continue  # somebody else began one in the same moment
        return floor_stream(convention, found.code, rehearsal)
    raise AssertionError


def script_of(stream: str, seed: str = "") -> Script:
    """The script of a rehearsal that is open; by default its own name is the seed. Raises FloorIsNotOpen."""
    here = room(stream)
    return script_for(here.plan, rules_of(here.plan), here.participants, seed or stream.rpartition("/")[2])


def play(
    *,
    stream: str,
    script: Script,
    told: Callable[[Room], None],
    stop: Event,
    waits: bool = True,
    steps: int | None = None,
    until: str = "",
) -> Room:
    """Play a rehearsal on from where it stands, and return the room in which it ended.

    `told` hears of each act when it is durable. It ends when all was held, when `stop` is set (the clock of whoever
    speaks is stopped then), after so many `steps`, or when the sitting `until` has risen. Without `waits` acts follow
    each other at once.
    """
    here, done = room(stream), 0
    while not (has_ended(script, here, until) or stop.is_set() or done == steps):
        step = next_step(script, here)
        if waits and not wait(stream, here, step, stop):
            here = room(stream)
            continue
        if step is None:
            break
        here, number = carried_on(stream, step, here), here.number
        if here.number > number:
            done += 1
            told(here)
    if stop.is_set() and here.turn is not None and here.turn.running_since is not None:
        here = perform(stream=stream, act=TurnPaused(), by=PLAYER)
        told(here)
    return here


def has_ended(script: Script, here: Room, until: str) -> bool:
    """Whether the rehearsal is over, or the sitting up to which it was to go."""
    return is_over(script, here) or any(held.sitting == until and held.closed_at for held in here.sittings)


def wait(stream: str, here: Room, step: Step | None, stop: Event) -> bool:
    """Wait until an act is due, or for people where only they can go on; False if somebody acted or it was stopped."""
    while not stop.is_set() and head(stream) == here.number:
        left = (step.at - now()).total_seconds() if step else LOOK_SECONDS
        if left <= 0:
            return True
        stop.wait(min(left, LOOK_SECONDS))
    return False


def carried_on(stream: str, step: Step, here: Room) -> Room:
    """The room after an act; as it stands, where somebody acted in the same moment and the act was refused."""
    try:
        return perform(
            stream=stream, act=step.act, by=PLAYER, expected=here.number, personal=step.personal or None
        )  # fmt: skip
    except Refusal:
        fresh = room(stream)
        if fresh.number == here.number:
            raise
        return fresh
