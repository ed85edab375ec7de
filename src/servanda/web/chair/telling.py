"""Acts of the floor in words: what was done last, what undoing would undo, what somebody else did meanwhile."""

from collections.abc import Callable, Mapping
from typing import Any

from servanda.common.phrases import Phrase, Value
from servanda.common.wording import N_
from servanda.floor.log import Act, Asked, Logged, Speaker, StatementReceived
from servanda.floor.view import Viewer

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
    "exchange-proposed": N_("the proposal that {one} and {other} exchange places"),
    "exchange-answered": N_("the answer to the exchange of places of {one} and {other}"),
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
    "slower-passed-on": N_("passing on the interpreters’ wish"),
    "undone": N_("undoing entry {number}"),
}


def told(act: Act, viewer: Viewer, undid: Act | None = None) -> Phrase:
    """An act as the name of what was done, in a room that knows whom it names; `undid`: the act that it undid."""
    if undid is not None:
        return viewer.scribe.say(N_("undoing: {act}"), act=told(undid, viewer))
    if isinstance(act, Asked | StatementReceived):
        return viewer.scribe.say(
            SAID[act.kind], speaker=speaker(viewer, act.speaker, act.item), item=item(viewer, act.item)
        )
    places = {name: value for name in NAMED if (value := getattr(act, name, None)) is not None}
    return viewer.scribe.say(SAID[act.kind], **{name: NAMED[name](viewer, value) for name, value in places.items()})


def by_whom(entry: Logged, viewer: Viewer, undid: Act | None = None) -> Phrase:
    """An act of an entry with who did it; `undid`: the act that it undid."""
    words = N_("Entry {number}: {act} (by {by})")
    return viewer.scribe.say(words, number=entry.number, act=told(entry.act, viewer, undid), by=entry.by)


def speaker(viewer: Viewer, found: Speaker, item: str = "") -> Phrase:
    """A speaker by name, with the group that they speak for."""
    return on_behalf(viewer, viewer.name(found, viewer.room.plan.items.get(item)), found)


def on_behalf(viewer: Viewer, name: Phrase, found: Speaker) -> Phrase:
    """A name, with the group that its bearer speaks for."""
    if not found.on_behalf_of:
        return name
    return viewer.scribe.say(N_("{name}, on behalf of {group}"), name=name, group=found.on_behalf_of)


def request(viewer: Viewer, name: str) -> Phrase:
    """Who made a request."""
    found = viewer.room.requests.get(name)
    return speaker(viewer, found.speaker, found.item) if found else viewer.scribe.put(name)


def item(viewer: Viewer, name: str) -> Phrase:
    """An item by its number, or by its title where it has none."""
    found = viewer.room.plan.items.get(name)
    return viewer.scribe.put((found.number or found.title) if found else name)


def sitting(viewer: Viewer, name: str) -> Phrase:
    """A sitting by its day and times."""
    found = next((each for each in viewer.room.plan.sittings if each.id == name), None)
    if found is None:
        return viewer.scribe.put(name)
    words = N_("{day}, {start}–{end}")
    return viewer.scribe.say(words, day=found.day, start=found.start, end=found.end)


NAMED: Mapping[str, Callable[[Viewer, Any], Value]] = {
    "sitting": sitting,
    "item": item,
    "request": request,
    "one": request,
    "other": request,
    "seconds": lambda _viewer, value: int(value),
    "number": lambda _viewer, value: int(value),
}
