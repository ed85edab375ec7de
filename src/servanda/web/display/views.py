"""The display of the room, in the language of its address and, with `?also=fr,ar`, in others by turns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from servanda.common.languages import Language, find_language
from servanda.convention.calendar import Meeting
from servanda.convention.queries import calendar
from servanda.floor.state import Room
from servanda.web.floors import read_floor, shown_in
from servanda.web.seats import Sitter, seated


@seated("show the floor in the room")
@require_safe
def display(request: HttpRequest, _sitter: Sitter, stream: str) -> HttpResponse:
    """The display; `part=room` asks for what changes alone. Raises UnknownMeeting and NotALanguage."""
    convention, code, *rehearsal = stream.split("/")
    meeting = calendar(convention).meeting(code)
    number, room = read_floor(stream)
    also = request.GET.get("also", "")
    context = {
        "faces": [(each, face(room, meeting, each, is_rehearsal=bool(rehearsal))) for each in languages(also)],
        "live": f"/live/{stream}",
        "meeting": meeting,
        "number": number,
        "also": also,
    }
    template = "_room" if request.GET.get("part") == "room" else "display"
    return render(request, f"display/{template}.html", context)


def languages(also: str) -> list[Language]:
    """The language of the address and those that are shown by turns with it; raise NotALanguage."""
    codes = [get_language() or "en", *(each.strip() for each in also.split(",") if each.strip())]
    return list({each.code: each for each in map(find_language, codes)}.values())


def face(room: Room | None, meeting: Meeting, language: Language, *, is_rehearsal: bool) -> str:
    """The whole display in one language."""
    with translation.override(language.code):
        context = {"meeting": meeting, "seen": shown_in(room, language.code), "rehearsal": is_rehearsal}
        return render_to_string("display/_face.html", context)
