"""Acts that a console kept while it was off the network: done late, with the instant at which they were performed.

A kept act names the number that its console knew. Where anyone acted since, it is refused with what was done, and is
done only when the operator sends it again in view of that. However often it is sent, it is one act.
"""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from servanda.common.clock import now
from servanda.common.refusals import Refusal, WrongUsage
from servanda.floor.actions import perform
from servanda.floor.queries import room
from servanda.journal.queries import find
from servanda.web.chair.acts import ACTS, NoSuchAct, Told, key_of, personal_in
from servanda.web.chair.console import console_of
from servanda.web.chair.views import fields_of, place_of
from servanda.web.desk.admission import language
from servanda.web.seats import Sitter, seated

FARTHEST = timedelta(days=1)  # that an act may have waited


class OthersActed(Refusal):
    """A kept act comes when others have acted since the console knew the room."""

    def __init__(self, known: str, number: int) -> None:
        super().__init__(
            "Others acted while this act was kept.",
            f"The console knew the meeting up to entry {known[:10] or 'none'}; it stands at {number}.",
            "Look at what was done. Send the act if it still holds, or drop it.",
        )


class NotAKeptAct(WrongUsage):
    """A kept act lacks its mark or the instant at which it was performed."""

    def __init__(self) -> None:
        super().__init__(
            "This is no act that a console kept.",
            "It carries a mark of 8 to 40 letters and digits, and its instant in milliseconds of the last day.",
            "Do it on the console as it stands now.",
        )


@seated("run the floor")
@require_POST
def kept(request: HttpRequest, sitter: Sitter, stream: str, name: str) -> HttpResponse:
    """Do one kept act; answer `{"number", "refused"}`: its entry, or where the meeting stands and why not."""
    place, told = place_of(stream), fields_of(request)
    try:
        return JsonResponse({"number": do_late(stream=stream, name=name, told=told, by=sitter.by), "refused": ""})
    except Refusal as refusal:
        here = room(place.stream)
        since = console_of(here, language(), now()).since(stream, told.get("number", ""))
        words = render_to_string("chair/_why_refused.html", {"refusal": refusal, "since": since}, request)
        return JsonResponse({"number": here.number, "refused": words}, status=refusal.status)


def do_late(*, stream: str, name: str, told: Told, by: str) -> int:
    """Do a kept act and return the number of its entry; one that was done before is not done again.

    Raises NoSuchAct, NotAKeptAct, OthersActed, what the form's fields are refused for, and what `perform` raises.
    """
    if name not in ACTS:
        raise NoSuchAct(name)
    key, performed_at = key_of(name, told), performed_in(told)
    if key is None:
        raise NotAKeptAct
    if done := find(stream, key):
        return done.number
    here, known = room(stream), told.get("number", "")
    if str(here.number) != known:
        raise OthersActed(known, here.number)
    act = ACTS[name](told, here)
    return perform(
        stream=stream, act=act, by=by, key=key, expected=here.number, performed_at=performed_at,
        personal=personal_in(name, told),
    ).number  # fmt: skip


def performed_in(told: Told) -> datetime:
    """When a kept act was performed (UTC), never later than now; raise NotAKeptAct."""
    text, latest = told.get("performed_at", ""), now()
    if not (text.isascii() and text.isdecimal() and len(text) < 15):
        raise NotAKeptAct
    found = datetime.fromtimestamp(int(text) / 1000, UTC)
    if latest - found > FARTHEST:
        raise NotAKeptAct
    return min(found, latest)
