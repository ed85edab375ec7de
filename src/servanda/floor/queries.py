"""Reading the floor: the room of a meeting as its stream stands, folded once and carried on from there.

What is kept in memory is proved by the hash of its last entry before it is used, so that a process that others write
beside, or that was restarted, never shows an old room as the present one.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from servanda.common.clock import not_before
from servanda.convention.procedure import Category
from servanda.floor.folding import after, counts_from
from servanda.floor.log import KINDS, Logged, act_of
from servanda.floor.refusals import FloorIsNotOpen
from servanda.floor.state import Room
from servanda.floor.texts import TEXT
from servanda.journal.kinds import Kind, declare
from servanda.journal.queries import Recorded, entries, personal_of, personal_texts
from servanda.programme.plan import Plan
from servanda.register.queries import has_signed, joined, question
from servanda.register.status import Question

NAME = "name"  # under which the name of a person stands beside an entry
KEPT = 16  # rooms that a process keeps in memory
FLOOR_KINDS = frozenset(declare(Kind(kind)).name for kind in KINDS)


@dataclass(frozen=True, slots=True)
class Folded:
    """A stream as far as it was read: its number and the hash that stands there, and the room, if it was opened."""

    number: int
    hash: str
    room: Room | None


UNREAD = Folded(0, "", None)
ROOMS: OrderedDict[str, Folded] = OrderedDict()
LOCK = Lock()


def floor_stream(convention: str, meeting: str, rehearsal: str = "") -> str:
    """The stream of a meeting's floor; a rehearsal has one of its own, below it."""
    return f"{convention}/{meeting}/{rehearsal}" if rehearsal else f"{convention}/{meeting}"


def room(stream: str) -> Room:
    """The room as it stands; raise FloorIsNotOpen."""
    found = folded(stream).room
    if found is None:
        raise FloorIsNotOpen
    return found


def folded(stream: str) -> Folded:
    """A stream folded to its head: what is kept of it, proved, and what was written since."""
    held = ROOMS.get(stream, UNREAD)
    fresh = list(entries(stream, after=max(held.number - 1, 0)))
    if held.number and not (fresh and (fresh[0].number, fresh[0].hash) == (held.number, held.hash)):
        held, fresh = UNREAD, list(entries(stream))
    found = carried_on(held, (entry for entry in fresh if entry.number > held.number))
    if fresh and found.room is not None:
        not_before(datetime.fromisoformat(fresh[-1].at))
    if found.room is None:
        return found  # whoever asks for what is not there pushes no room out
    with LOCK:
        ROOMS[stream] = found
        ROOMS.move_to_end(stream)
        while len(ROOMS) > KEPT:
            ROOMS.popitem(last=False)
    return found


def carried_on(held: Folded, fresh: Iterable[Recorded]) -> Folded:
    """A fold carried on over new entries; those of other rooms of the house only move its number on."""
    for entry in fresh:
        if entry.kind in FLOOR_KINDS:
            found: Room | None = after(held.room, logged(entry, held.room))
        else:
            found = replace(held.room, number=entry.number) if held.room else None
        held = Folded(entry.number, entry.hash, found)
    return held


def logged(entry: Recorded, before: Room | None = None) -> Logged:
    """An entry as an act, with the instant from which it counts in the room before it."""
    performed_at, written_at = entry.body.get("performed_at"), datetime.fromisoformat(entry.at)
    at = counts_from(before, datetime.fromisoformat(performed_at) if performed_at else None, written_at)
    return Logged(entry.number, act_of(entry.kind, entry.body), at, entry.by)


def names_of(stream: str) -> dict[int, str]:
    """The names of persons by the number of the entry that entered them; those that were erased are gone."""
    return personal_of(stream, NAME)


def room_at(stream: str, number: int) -> Room | None:
    """The room as it stood at a number; None before it was opened."""
    return carried_on(UNREAD, entries(stream, until=number)).room


def texts_of(stream: str) -> dict[int, str]:
    """The words of the texts that were handed in, by the number of their entries; those that were erased are gone."""
    return personal_of(stream, TEXT)


def text_of(stream: str, statement: str) -> str | None:
    """The words of a text that was handed in; None where they were erased."""
    for entry in entries(stream, kind="statement-received"):
        if entry.body["statement"] == statement:
            return personal_texts(stream, entry.number).get(TEXT)
    return None


def participants(plan: Plan) -> dict[str, Category]:
    """The category of each State on the first day of a meeting, by what its programme knows.

    A State that signed counts as a State not party where the pack has no fact that says so.
    """
    asked = question(plan.convention, plan.start, plan.as_of.known)
    return {state: category_of(asked, state) for state in asked.pack.names.states}


def category_of(asked: Question, state: str) -> Category:
    """State Party, signatory or State not party, on the day of the question."""
    if joined(asked, state).binds_on(asked.on):
        return "states_parties"
    return "signatories" if has_signed(asked, state) else "states_not_party"


def acts_since(stream: str, number: int) -> list[Logged]:
    """The acts on a floor after a number of its stream, the earliest first."""
    found = entries(stream, after=number)
    return [logged(entry) for entry in found if entry.kind in FLOOR_KINDS]
