"""How far a meeting has come: before its first sitting, in one, suspended, between two, or after the last.

What comes next is what the programme plans, in times of the place; the presiding officer may call it otherwise.
"""

from dataclasses import dataclass
from datetime import time
from typing import Literal

from servanda.floor.state import Room
from servanda.programme.plan import Sitting

StageName = Literal["before", "on", "suspended", "break", "adjourned", "over"]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a meeting stands; `break` until a sitting of the same day, `adjourned` to another day.

    `following` is the next sitting planned, `until` the time at which a suspended one resumes, where it was said.
    """

    name: StageName
    following: Sitting | None = None
    until: time | None = None


def stage_of(room: Room) -> Stage:
    """Where the meeting in a room stands."""
    if room.sitting is not None:
        return Stage("suspended", until=time_said(room.until)) if room.is_suspended else Stage("on")
    planned = room.plan.sittings
    if not room.sittings:
        return Stage("before", next(iter(planned), None))
    ids = [each.id for each in planned]
    last = ids.index(room.sittings[-1].sitting)
    held = {each.sitting for each in room.sittings}
    following = next((each for each in planned[last + 1 :] if each.id not in held), None)
    if following is None:
        return Stage("over")
    return Stage("break" if following.day == planned[last].day else "adjourned", following)


def time_said(until: str) -> time | None:
    """A time of the place as it was said, 15:00; None where something else was said, or nothing."""
    try:
        return time.fromisoformat(until)
    except ValueError:
        return None
