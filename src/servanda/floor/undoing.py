"""What stands in the way of undoing an act: what was done since, unless delegations did it and still could.

Pure, like the room that it looks at; see docs/decisions/0055.
"""

from collections.abc import Callable
from datetime import datetime

from servanda.common.refusals import Refusal
from servanda.floor.folding import after, room_before, standing_acts
from servanda.floor.log import NEEDED, Act, Logged
from servanda.floor.state import Room

Judge = Callable[[Room, Act, datetime], None]  # raises the refusal of an act that is not in order


def is_of_their_own(entry: Logged) -> bool:
    """Whether an act is of a kind that delegations and interpreters do for themselves."""
    return NEEDED[entry.act.kind] != "run the floor"


def can_be_named(room: Room, number: int) -> bool:
    """Whether an act stands, and nothing was done since but by delegations for themselves."""
    acts = standing_acts(room)  # what lies deeper than history reaches, stands
    return number in [each.number for each in acts] and all(
        is_of_their_own(each) for each in acts if each.number > number
    )


def what_rests_on(room: Room, number: int, judge: Judge) -> int | None:
    """The entry of a later act that would not have been in order without an act, or would have come to another end."""
    found, later = room_before(room, number), [each for each in standing_acts(room) if each.number > number]
    for each in later:
        try:
            judge(found, each.act, each.at)
        except Refusal:
            return each.number
        found = after(found, each)
    names = {each.number: getattr(each.act, "request", "") for each in later}
    return next((entry for entry, name in names.items() if found.requests.get(name) != room.requests.get(name)), None)
