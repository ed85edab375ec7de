"""What the presiding officer says: who has the floor, who follows, who is thanked."""

from collections.abc import Iterator

from servanda.common.organisations import organisations
from servanda.common.phrases import Phrase
from servanda.common.wording import N_
from servanda.floor.log import Speaker
from servanda.web.chair.console import Console
from servanda.web.chair.telling import item, on_behalf, speaker


def spoken(console: Console) -> Iterator[Phrase]:
    """What is said next, sentence by sentence."""
    room = console.room
    if room.sitting is None:
        yield console.say(N_("I call the meeting to order."))
    elif room.is_suspended:
        yield console.say(N_("The sitting is resumed."))
    elif room.item is None:
        yield between_items(console)
    else:
        if room.turn is not None and not console.point_raised:
            yield thanks(console, spoken_name(console, room.turn.speaker, room.turn.item))
        yield from of_next(console)


def between_items(console: Console) -> Phrase:
    """The next item, or the end of the sitting."""
    if console.next_item is None:
        return console.say(N_("The sitting is closed."))
    return turns_to(console, console.next_item)


def turns_to(console: Console, name: str) -> Phrase:
    """An item is taken up."""
    title = console.room.plan.items[name].title
    return console.say(N_("We now turn to item {item}: {title}"), item=item(console.viewer, name), title=title)


def of_next(console: Console) -> Iterator[Phrase]:
    """To whom the floor is given, and who follows."""
    if point := console.point_raised:
        name = spoken_name(console, point.speaker, point.item)
        yield console.say(N_("I give the floor to {speaker} on a point of order."), speaker=name)
        return
    presents = console.presenter_to_enter
    names = [presents.planned] if presents else []
    names += [spoken_name(console, each.request.speaker, each.request.item) for each in console.waiting[:2]]
    if not names:
        yield console.say(N_("Does any other delegation wish to take the floor?"))
        return
    yield gives(console, *names[:2])


def gives(console: Console, name: Phrase, following: Phrase | None = None) -> Phrase:
    """The floor is given, and it is told in time who follows."""
    if following is None:
        return console.say(N_("I give the floor to {speaker}."), speaker=name)
    words = N_("I give the floor to {speaker}, to be followed by {following}.")
    return console.say(words, speaker=name, following=following)


def follows(console: Console, name: Phrase) -> Phrase:
    """Who follows, in a sentence of its own: off the network the two names come one by one."""
    return console.say(N_("To be followed by: {speaker}"), speaker=name)


def thanks(console: Console, name: Phrase) -> Phrase:
    """Whoever spoke is thanked."""
    return console.say(N_("I thank {speaker}."), speaker=name)


def spoken_name(console: Console, found: Speaker, item: str) -> Phrase:
    """A speaker by the name that is read aloud: of an organization the full one, which a list would shorten."""
    known = organisations().by_code
    if found.name or found.category == "officers" or found.code not in known:
        return speaker(console.viewer, found, item)
    return on_behalf(console.viewer, console.viewer.scribe.put(known[found.code].name), found)
