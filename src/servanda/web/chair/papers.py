"""What the console prints: the list of speakers as it stands, and the script of a sitting."""

from dataclasses import dataclass
from datetime import time

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from servanda.common.clock import now
from servanda.common.names import united_nations
from servanda.common.phrases import Phrase
from servanda.common.wording import N_
from servanda.floor.procedure import queue
from servanda.floor.queries import room
from servanda.floor.refusals import NoSuchThing
from servanda.programme.plan import Item, Sitting
from servanda.web.chair.console import Console, console_of
from servanda.web.chair.telling import item, sitting, speaker
from servanda.web.chair.views import about, place_of
from servanda.web.desk.admission import language
from servanda.web.desk.showing import page
from servanda.web.seats import Sitter, seated


@dataclass(frozen=True)
class Said:
    """One piece of a script: what is announced and when, what is said before and after the lists, who is heard."""

    title: Phrase
    at: time | None
    sentences: tuple[Phrase, ...]
    lists: tuple[tuple[Phrase, tuple[Phrase, ...]], ...]
    after: tuple[Phrase, ...]


@seated("run the floor")
@require_safe
def speakers(request: HttpRequest, _sitter: Sitter, stream: str) -> HttpResponse:
    """The list of speakers as it stands, to print: what is left to go on with when the power fails."""
    place = place_of(stream)
    made = console_of(room(place.stream), language(), now())
    return page(request, "chair/list.html", {**about(place), "console": made, "surface": "paper"})


@seated("run the floor")
@require_safe
def script(request: HttpRequest, _sitter: Sitter, stream: str, sitting: str) -> HttpResponse:
    """What is said in a sitting, item by item, to print; lists as they stand where somebody waits."""
    place = place_of(stream)
    made = console_of(room(place.stream), language(), now())
    planned = {each.id: each for each in made.room.plan.sittings}
    if sitting not in planned:
        raise NoSuchThing("sitting", sitting, ", ".join(planned))
    context = {**about(place), "console": made, "surface": "paper", **script_of(made, planned[sitting])}
    return page(request, "chair/script.html", context)


def script_of(made: Console, planned: Sitting) -> dict[str, object]:
    """The name of a sitting, and its script: each item once, in the order of the programme."""
    taken = {each.item: each for each in reversed(planned.entries) if each.item}
    entries = [each for each in planned.entries if taken.get(each.item or "") is each]
    pieces = [said_of(made, made.room.plan.items[each.item], each.at) for each in entries if each.item]
    return {
        "sitting": sitting(made.viewer, planned.id),
        "pieces": pieces,
        "opens": made.say(N_("I call the meeting to order.")),
        "limits": [(each.who, each.seconds) for each in made.room.rules.limits.limits if each.act == "statement"],
        "closes": made.say(N_("The sitting is closed.")),
    }


def said_of(made: Console, found: Item, at: time | None) -> Said:
    """What is said about one item, and when it is planned where the programme says so."""
    name = item(made.viewer, found.id)
    sentences = [made.say(N_("We now turn to item {item}: {title}"), item=name, title=found.title)]
    presenters = [made.viewer.presenter(each) for each in found.presenters]
    sentences += [made.say(N_("I give the floor to {speaker}."), speaker=each) for each in presenters if each]
    lists = [(made.viewer.scribe.put(tier.invites), names_of(made, tier.states)) for tier in found.tiers]
    waiting = tuple(speaker(made.viewer, each.request.speaker, found.id) for each in queue(made.room, found.id))
    if waiting:
        lists.append((made.say(N_("On the list of speakers now")), waiting))
    after = (made.say(N_("Does any other delegation wish to take the floor?")),) if found.tiers else ()
    return Said(made.viewer.scribe.put(found.title), at, tuple(sentences), tuple(lists), after)


def names_of(made: Console, codes: tuple[str, ...]) -> tuple[Phrase, ...]:
    """States by name, in calling order."""
    states = united_nations().states
    return tuple(made.viewer.scribe.put(states[code]) for code in codes if code in states)
