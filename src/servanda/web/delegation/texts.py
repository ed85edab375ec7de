"""A text that was handed in, for whoever may read it now."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from servanda.common.languages import find_language
from servanda.convention.queries import pack
from servanda.floor.queries import floor_stream, text_of
from servanda.floor.queries import room as room_of
from servanda.floor.refusals import NoSuchThing
from servanda.floor.texts import TextIsUnderEmbargo, is_released
from servanda.people.permissions import desk_scope
from servanda.web.asking import speaking
from servanda.web.delegation.showing import language, name_of, page
from servanda.web.seats import sitter_for, unlisted


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
        "rules": pack(convention).rules,
        "meeting": code,
        "rehearsal": room.rehearsal,
        "statement": found,
        "item": room.plan.items[found.item],
        "delegation": name_of(found.speaker.code, language()),
        "in_language": find_language(found.language),
        "text": text_of(stream, statement),
        "released": released,
    }
    return unlisted(page(request, "delegation/text.html", context))


text = speaking(require_safe(shown))
