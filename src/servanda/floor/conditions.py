"""What acts have in common to be in order: the sitting is open, the floor is free, somebody waits."""

from typing import Any

from servanda.convention.procedure import Knob
from servanda.convention.rules import Reference
from servanda.floor.refusals import (
    NobodyHasTheFloor,
    NoSuchThing,
    NotASensibleLength,
    NotInOrder,
    NotWaiting,
    PointAwaitsRuling,
    SittingIsNotOpen,
    SomebodyHasTheFloor,
)
from servanda.floor.state import Request, Room, Turn

LEAST_SECONDS, MOST_SECONDS = 10, 7200


def may_be_interrupted(turn: Turn | None) -> bool:
    """A point of order may interrupt a turn whose clock was stopped, but no other point."""
    return turn is not None and turn.running_since is None and turn.act != "point_of_order"


def points_are_ruled(room: Room) -> None:
    """Raise PointAwaitsRuling while a point of order was heard and not ruled upon."""
    for each in room.requests.values():
        if each.act == "point_of_order" and each.standing == "spoken" and each.ruling is None:
            raise PointAwaitsRuling(each.speaker.code)


def must_be(what: str, name: str, known: Any) -> None:  # noqa: ANN401 (whatever can be looked into)
    """Raise NoSuchThing unless a name is known."""
    if name not in known:
        raise NoSuchThing(what, name, ", ".join(list(known)[:20]))


def in_sitting(room: Room) -> None:
    """Raise SittingIsNotOpen unless a sitting goes on."""
    if room.sitting is None or room.is_suspended:
        raise SittingIsNotOpen(suspended=room.is_suspended)


def floor_is_free(room: Room) -> None:
    """Raise SomebodyHasTheFloor while a turn goes on, PointAwaitsRuling while a point of order is not ruled upon."""
    points_are_ruled(room)
    if room.turn is not None:
        raise SomebodyHasTheFloor(room.turn.speaker.code)


def under_consideration(room: Room, item: str) -> None:
    """Raise NotInOrder for what happens on the item under consideration alone."""
    if item != room.item:
        raise NotInOrder(f"Item {item} is not under consideration.", room.item or "")


def speaking(room: Room) -> Turn:
    """The turn that goes on; raise NobodyHasTheFloor."""
    if room.turn is None:
        raise NobodyHasTheFloor
    return room.turn


def waiting(room: Room, name: str) -> Request:
    """A request that waits; raise NoSuchThing or NotWaiting."""
    must_be("request", name, room.requests)
    request = room.requests[name]
    if request.standing != "waiting":
        raise NotWaiting(request.speaker.name or request.speaker.code, request.standing)
    return request


def sensible(seconds: int) -> None:
    """Raise NotASensibleLength for a limit that nobody could mean."""
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise NotASensibleLength(seconds, LEAST_SECONDS, MOST_SECONDS)


def cited(knob: Knob) -> str:
    """Where a rule of the floor comes from."""
    source = knob.source
    return f"{source.document}, {source.place}" if isinstance(source, Reference) else source
