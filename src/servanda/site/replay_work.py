"""What `servanda replay` does: play a rehearsal of a meeting, and print each act when it is durable."""

import argparse
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from servanda.common.refusals import Unknown
from servanda.floor.queries import room
from servanda.floor.rehearsing import is_over
from servanda.floor.replaying import (
    PLAYER,
    open_rehearsal,
    play,
    programme_of,
    rehearsal_named,
    rehearsals,
    script_of,
)
from servanda.floor.state import Room
from servanda.programme.plan import Plan
from servanda.site.command import say


class NoSuchSitting(Unknown):
    """A rehearsal is to be played up to a sitting that its programme does not have."""

    def __init__(self, name: str, plan: Plan) -> None:
        super().__init__(
            f"The programme has no sitting {name[:40]!r}.",
            f"Sittings: {', '.join(each.id for each in plan.sittings)}.",
            "Name one of these after --until, or leave it out.",
        )


def replay_meeting(chosen: argparse.Namespace) -> int:
    """`servanda replay`: go on with a rehearsal from where its journal stands, or begin one."""
    stream = left_off(chosen)
    must_have(chosen.until, room(stream).plan if stream else programme_of(chosen.convention, chosen.meeting)[0])
    stream = stream or begun(chosen)
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


def left_off(chosen: argparse.Namespace) -> str:
    """The stream of the rehearsal that is named, else of the newest that a replay began and did not end, else none."""
    if chosen.rehearsal:
        return rehearsal_named(chosen.convention, chosen.meeting, chosen.rehearsal)
    begun_here = (each.stream for each in rehearsals(chosen.convention, chosen.meeting) if each.by == PLAYER)
    return next((each for each in begun_here if not is_over(script_of(each, chosen.seed), room(each))), "")


def must_have(sitting: str, plan: Plan) -> None:
    """Raise NoSuchSitting for a sitting that a programme does not have."""
    if sitting and sitting not in {each.id for each in plan.sittings}:
        raise NoSuchSitting(sitting, plan)


def begun(chosen: argparse.Namespace) -> str:
    """The stream of a new rehearsal."""
    speed = max(1, chosen.speed)
    stream = open_rehearsal(convention=chosen.convention, meeting=chosen.meeting, by=PLAYER, speed=speed)
    tell(room(stream))
    return stream


def tell(found: Room) -> None:
    """One line for an act that is durable: its number and its kind."""
    entry = max((each for each in (found.last, found.undone) if each), key=lambda each: each.number, default=None)
    print(found.number, entry.act.kind if entry else "floor-opened", flush=True)
