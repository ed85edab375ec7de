"""When somebody who waits is likely to be given the floor: from the list before them and the limits, as a window.

The latest time is that at which everybody ahead uses the whole limit, with a pause between; the earliest that at
which all use three fifths of it and nobody pauses. It is an estimate, and screens say so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from servanda.floor.procedure import UNLIMITED, queue, reckoned
from servanda.floor.state import Room, Turn
from servanda.programme.lengths import CHANGE_OVER

LEAST_SHARE = 0.6  # of a limit that a short statement uses: house practice
BETWEEN = timedelta(seconds=CHANGE_OVER)


@dataclass(frozen=True, slots=True)
class Window:
    """Two instants (UTC) between which a turn is likely to begin, and how many speak before it."""

    earliest: datetime
    latest: datetime
    ahead: int


def expected(room: Room, request: str, at: datetime) -> Window | None:
    """When a request is likely to be called; None unless its item is under consideration in a sitting that goes on."""
    if room.sitting is None or room.is_suspended:
        return None
    waiting = [each.request for each in queue(room)]
    places = [each.id for each in waiting]
    if request not in places:
        return None
    ahead = waiting[: places.index(request)]
    most = sum((timedelta(seconds=reckoned(room, each)) for each in ahead), timedelta())
    most += sum((left_of(turn, at) for turn in room.going_on), timedelta())
    before = len(ahead) + len(room.going_on)
    longest = most + BETWEEN * before
    return Window(at + LEAST_SHARE * most / room.speed, at + longest / room.speed, before)


def left_of(turn: Turn, at: datetime) -> timedelta:
    """How much time a turn that goes on, or was interrupted, may still use."""
    return max(timedelta(seconds=turn.seconds or UNLIMITED) - turn.used_at(at), timedelta())
