"""What the presiding officer says, in sentences that address a speaker: so a name needs no article and no case."""

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
        yield console.say(N_("{speaker}, you have the floor on a point of order."), speaker=name)
        return
    presents = console.presenter_to_enter
    names = [presents.planned] if presents else []
    names += [spoken_name(console, each.request.speaker, each.request.item) for each in console.waiting[:2]]
    if not names:
        yield console.say(N_("Does any other delegation wish to take the floor?"))
        return
    yield gives(console, names[0])
    for name in names[1:2]:
        yield follows(console, name)


def gives(console: Console, name: Phrase) -> Phrase:
    """The floor is given."""
    return console.say(N_("{speaker}, you have the floor."), speaker=name)


def follows(console: Console, name: Phrase) -> Phrase:
    """Who speaks next is told in time."""
    return console.say(N_("{speaker}, you are next."), speaker=name)


def thanks(console: Console, name: Phrase) -> Phrase:
    """Whoever spoke is thanked."""
    return console.say(N_("Thank you, {speaker}."), speaker=name)


def spoken_name(console: Console, found: Speaker, item: str) -> Phrase:
    """A speaker by the name that is read aloud: of an organization the full one, which a list would shorten."""
    known = organisations().by_code
    if found.name or found.category == "officers" or found.code not in known:
        return speaker(console.viewer, found, item)
    return on_behalf(console.viewer, console.viewer.scribe.put(known[found.code].name), found)
