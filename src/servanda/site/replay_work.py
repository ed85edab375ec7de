"""What `servanda replay` does: play a rehearsal of a meeting, and print each act when it is durable."""

import argparse
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from servanda.floor.conditions import must_be
from servanda.floor.queries import room
from servanda.floor.rehearsing import is_over
from servanda.floor.replaying import PLAYER, open_rehearsal, play, programme_of, rehearsal_named, rehearsals, script_of
from servanda.floor.state import Room
from servanda.site.command import say


def replay_meeting(chosen: argparse.Namespace) -> int:
    """`servanda replay`: go on with a rehearsal from where its journal stands, or begin one."""
    stream = chosen_rehearsal(chosen)
    speed = room(stream).speed
    say(f"{stream}, at speed {speed if chosen.speed else 0}")
    if chosen.speed not in (0, speed):
        say(f"It was opened at speed {speed}, and goes on so; for another, begin another rehearsal.")
    with told_to_stop() as stop:
        found = play(
            stream=stream,
            script=script_of(stream, chosen.seed),
            told=tell,
            stop=stop,
            waits=chosen.speed > 0,
            steps=chosen.steps,
            until=chosen.until,
        )
    say(f"{stream} stands at entry {found.number}")
    return 0


@contextmanager
def told_to_stop() -> Iterator[Event]:
    """An event that is set when somebody ends the command."""
    stop = Event()
    former = {each: signal.signal(each, lambda *_: stop.set()) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for each, handler in former.items():
            signal.signal(each, handler)


def chosen_rehearsal(chosen: argparse.Namespace) -> str:
    """The stream of the rehearsal that is named, else of one that a replay left, else of a new one.

    Raises NoSuchRehearsal, and NoSuchThing where it has no sitting `until`.
    """
    convention, meeting, known = chosen.convention, chosen.meeting, known_rehearsal(chosen)
    if chosen.until:
        plan = room(known).plan if known else programme_of(convention, meeting)[0]
        must_be("sitting", chosen.until, [each.id for each in plan.sittings])
    if known:
        return known
    stream = open_rehearsal(convention=convention, meeting=meeting, by=PLAYER, speed=max(1, chosen.speed))
    tell(room(stream))
    return stream


def known_rehearsal(chosen: argparse.Namespace) -> str | None:
    """The stream of the rehearsal that is named, else of one that a replay left; raise NoSuchRehearsal."""
    convention, meeting = chosen.convention, chosen.meeting
    if chosen.rehearsal:
        return rehearsal_named(convention, meeting, chosen.rehearsal)
    known = rehearsals(convention, meeting)
    for each in known[:1]:
        if each.by == PLAYER and not is_over(script_of(each.stream, chosen.seed), room(each.stream)):
            return each.stream
    return None


def tell(found: Room) -> None:
    """One line for an act that is durable: its number and its kind."""
    entry = max((each for each in (found.last, found.undone) if each), key=lambda each: each.number, default=None)
    print(found.number, entry.act.kind if entry else "floor-opened", flush=True)
