"""A text that was handed in, for whoever may read it now, and for everybody those on an item that are released."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from servanda.common.languages import Language, find_language
from servanda.common.phrases import Phrase
from servanda.convention.queries import pack
from servanda.floor.log import StatementReceived
from servanda.floor.queries import floor_stream, text_of, texts_of
from servanda.floor.queries import room as room_of
from servanda.floor.refusals import NoSuchThing
from servanda.floor.state import Room
from servanda.floor.texts import TextIsUnderEmbargo, is_released, is_replaced
from servanda.floor.view import Viewer
from servanda.people.permissions import desk_scope
from servanda.programme.plan import Item
from servanda.web.asking import speaking
from servanda.web.delegation.showing import language, page
from servanda.web.seats import address_of, sitter_for, unlisted


@dataclass(frozen=True, slots=True)
class Released:
    """A text that everybody may read: whose, in which language, and whether its words are still there."""

    statement: StatementReceived
    speaker: Phrase
    language: Language
    is_there: bool


def shown(request: HttpRequest, convention: str, code: str, statement: str, rehearsal: str = "") -> HttpResponse:
    """A text: for everybody once it is released, before that for its delegation and for who follows the floor."""
    stream = floor_stream(convention, code, rehearsal)
    room = room_of(stream)
    found = room.statements.get(statement)
    if found is None:
        raise NoSuchThing("text", statement, "")
    own = desk_scope(stream, found.speaker.code)
    released = is_released(room, found)
    if not (
        released
        or sitter_for(request, "see texts before they are read out", stream)
        or sitter_for(request, "see the desk of a delegation", own)
    ):
        raise TextIsUnderEmbargo
    context = {
        **about(room),
        "statement": found,
        "item": room.plan.items[found.item],
        "item_number": number_of(room.plan.items[found.item]),
        "items": address_of("delegation:item-texts", stream, number="-").removesuffix("-/texts/"),
        "delegation": speaker_named(room, found),
        "in_language": find_language(found.language),
        "text": text_of(stream, statement),
        "released": released,
        "replaced": is_replaced(room, found),
        "may_erase": may_erase(request, own, released=released),
        "desk": address_of("delegation:desk", stream, delegation=found.speaker.code),
    }
    return unlisted(page(request, "delegation/text.html", context))


def may_erase(request: HttpRequest, own: str, *, released: bool) -> bool:
    """Whether the reader may erase the words: the delegation until they are released, the house at any time."""
    sitter = sitter_for(request, "erase a text", own)
    return sitter is not None and not (released and sitter.seat.kind == "delegation")


def item_shown(request: HttpRequest, convention: str, code: str, number: str, rehearsal: str = "") -> HttpResponse:
    """The texts on an item that everybody may read as the room stands; raise FloorIsNotOpen or NoSuchThing."""
    stream = floor_stream(convention, code, rehearsal)
    room = room_of(stream)
    item = next((each for each in room.plan.agenda if number_of(each) == number), None)
    if item is None:
        raise NoSuchThing("item", number, ", ".join(number_of(each) for each in room.plan.agenda))
    texts = texts_of(stream)
    found = [each for each in room.statements.values() if each.item == item.id and is_released(room, each)]
    context = {
        **about(room),
        "item": item,
        "texts": address_of("delegation:text", stream, statement="-").removesuffix("-/"),
        "released": [as_released(room, each, texts) for each in found],
    }
    return unlisted(page(request, "delegation/item_texts.html", context))


def as_released(room: Room, statement: StatementReceived, texts: Mapping[int, str]) -> Released:
    """A released text, beside the words that still stand, by the number of their entries."""
    is_there = room.received[statement.statement] in texts
    return Released(statement, speaker_named(room, statement), find_language(statement.language), is_there)


def about(room: Room) -> dict[str, object]:
    """What every page of texts shows of its floor."""
    return {"rules": pack(room.plan.convention).rules, "meeting": room.plan.code, "rehearsal": room.rehearsal}


def number_of(item: Item) -> str:
    """An item as its address names it, as the pages of the programme do where it has a number."""
    return item.number or item.id


def speaker_named(room: Room, statement: StatementReceived) -> Phrase:
    """Whose text it is."""
    return Viewer(room, language()).name(statement.speaker, room.plan.items[statement.item])


text = speaking(require_safe(shown))
of_item = speaking(require_safe(item_shown))
