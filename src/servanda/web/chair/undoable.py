"""Which act a console offers to undo: its own last one, also where delegations did something for themselves since."""

from servanda.common.refusals import Refusal
from servanda.floor.commands import refuse
from servanda.floor.folding import standing_acts
from servanda.floor.log import Logged, Undone
from servanda.floor.state import Room
from servanda.floor.undoing import is_of_their_own


def undoable(room: Room) -> Logged | None:
    """The last act that is not a delegation's own and can be undone; else the last of all."""
    acts = standing_acts(room)[::-1]
    ours = next((each for each in acts if not did_itself(room, each)), None)
    if ours is not None and can_be_undone(room, ours.number):
        return ours
    return next(iter(acts), None)


def did_itself(room: Room, entry: Logged) -> bool:
    """Whether a delegation did an act by its own link, which is named after it, or the interpreters theirs."""
    named = room.requests.get(getattr(entry.act, "request", ""))
    speaker = getattr(entry.act, "speaker", None) or (named.speaker if named else None)
    is_by_link = speaker is not None and entry.by.rpartition("-")[0] == speaker.code
    return is_of_their_own(entry) and (is_by_link or entry.act.kind == "slower-asked")


def can_be_undone(room: Room, number: int) -> bool:
    """Whether an act can be undone as the room stands."""
    try:
        refuse(room, Undone(number), room.at)
    except Refusal:
        return False
    return True
