"""Acts of the floor in words: what was done last, what undoing would undo, what somebody else did meanwhile."""

from collections.abc import Callable, Mapping
from typing import Any

from servanda.common.wording import N_
from servanda.floor.log import Act, Logged
from servanda.floor.state import Room
from servanda.web.chair.naming import Naming

SAID: Mapping[str, str] = {
    "floor-opened": N_("the opening of the floor"),
    "sitting-opened": N_("the opening of the sitting {sitting}"),
    "sitting-suspended": N_("the suspension of the sitting"),
    "sitting-resumed": N_("the resumption of the sitting"),
    "sitting-closed": N_("the closing of the sitting"),
    "item-taken": N_("taking up item {item}"),
    "item-concluded": N_("concluding item {item}"),
    "list-closed": N_("closing the list of speakers on item {item}"),
    "list-reopened": N_("reopening the list of speakers on item {item}"),
    "asked": N_("the request of {speaker} on item {item}"),
    "withdrawn": N_("the withdrawal of {request}"),
    "moved": N_("the new place of {request}"),
    "exchanged": N_("the exchange of places of {one} and {other}"),
    "floor-given": N_("giving the floor to {request}"),
    "turn-paused": N_("stopping the clock"),
    "turn-continued": N_("starting the clock again"),
    "turn-extended": N_("the change of the speaker’s time by {seconds} seconds"),
    "turn-ended": N_("the end of the statement"),
    "found-absent": N_("the absence of {request}"),
    "limit-set": N_("the limit of {seconds} seconds"),
    "statement-received": N_("the text of {speaker} on item {item}"),
    "point-ruled": N_("the ruling on the point of order of {request}"),
    "slower-asked": N_("the interpreters’ wish for slower speech"),
    "undone": N_("undoing entry {number}"),
}


def told(act: Act, room: Room, naming: Naming) -> str:
    """An act as the name of what was done, in a room that knows whom it names."""
    words = SAID.get(act.kind, act.kind)
    places = {name: value for name in NAMED if (value := getattr(act, name, None)) is not None}
    return naming.say(words, **{name: NAMED[name](room, naming, value) for name, value in places.items()})


def by_whom(entry: Logged, room: Room, naming: Naming) -> str:
    """An act of an entry with who did it."""
    words = N_("Entry {number}: {act} (by {by})")
    return naming.say(words, number=entry.number, act=told(entry.act, room, naming), by=entry.by)


NAMED: Mapping[str, Callable[[Room, Naming, Any], str | int]] = {
    "sitting": lambda _room, _naming, value: value,
    "item": lambda room, naming, value: naming.item(room, value),
    "speaker": lambda _room, naming, value: naming.speaker(value),
    "request": lambda room, naming, value: naming.request(room, value),
    "one": lambda room, naming, value: naming.request(room, value),
    "other": lambda room, naming, value: naming.request(room, value),
    "seconds": lambda _room, _naming, value: value,
    "number": lambda _room, _naming, value: value,
}
