"""Who sits at the screens of a floor: accounts of the house, and seats entered by a link, several in one browser.

A screen names its act; the one table of rules is asked with every seat that the reader has before the view runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from servanda.common.clock import now
from servanda.floor.queries import floor_stream
from servanda.people.links import Link
from servanda.people.permissions import HOUSE, PUBLIC, RULES, Act, NotForThisSeat, Seat, desk_scope, may
from servanda.people.queries import is_demonstration, seat_of, standing_links
from servanda.web.asking import View, in_language

SESSION = "links"
MOST_SEATS = 12  # that one browser holds at once


@dataclass(frozen=True, slots=True)
class Sitter:
    """Whoever acts: the seat, and the id that the journal holds as `by`."""

    seat: Seat
    by: str


GUEST = Sitter(PUBLIC, "demonstration")  # whoever rehearses in a demonstration


def sitters(request: HttpRequest) -> list[Sitter]:
    """Every seat that the reader has: those of links that still stand, then that of an account signed in."""
    linked = [Sitter(link.seat, link.id) for link in standing_links(request.session.get(SESSION, []))]
    account = seat_of(request.user)
    return linked if account == PUBLIC else [*linked, Sitter(account, request.user.get_username())]


def take_seat(request: HttpRequest, link: Link) -> None:
    """Sit down by a link, beside the seats that the browser has; the session is then as good as the last of them.

    Where an account is signed in, the session ends when that does.
    """
    others = [each for each in standing_links(request.session.get(SESSION, [])) if each.id != link.id]
    seats = [*others, link][-MOST_SEATS:]
    request.session.cycle_key()
    request.session[SESSION] = [each.id for each in seats]
    if seat_of(request.user) == PUBLIC:
        request.session.set_expiry(max(max(each.expires_at for each in seats) - now(), timedelta(hours=1)))


def leave_seat(request: HttpRequest, seat: Seat) -> None:
    """Get up from a seat that was taken by a link."""
    kept = [each.id for each in standing_links(request.session.get(SESSION, [])) if each.seat != seat]
    request.session[SESSION] = kept


def sitter_for(request: HttpRequest, act: Act, scope: str) -> Sitter | None:
    """Whoever of the reader's seats may do an act in a scope."""
    return next((each for each in sitters(request) if may(each.seat, act, scope)), None)


def seated(act: Act, *, guests: bool = False) -> Callable[[Callable[..., HttpResponse]], View]:
    """Let in the seats that may do the act on the floor that the address names, and at its desk, if it names one.

    The view gets the sitter and the stream of the floor. What is shown is not kept, and no robot lists it.
    `guests`: in a demonstration everybody is let in.
    """

    def admit(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, convention: str, **named: Any) -> HttpResponse:  # noqa: ANN401
            stream = floor_stream(convention, named.pop("code"), named.pop("rehearsal", ""))
            scope = desk_scope(stream, named["delegation"]) if "delegation" in named else stream
            sitter = sitter_for(request, act, scope) or (GUEST if guests and is_demonstration() else None)
            if sitter is None:
                return turned_away(request, act, scope)
            return unlisted(view(request, sitter, stream, **named))

        spoken = in_language(guarded)
        spoken.act = act  # type: ignore[attr-defined]
        return spoken

    return admit


def address_of(name: str, stream: str, **more: str) -> str:
    """The address of a page about a floor, in the reader's language."""
    convention, code, *rehearsal = stream.split("/")
    named = {"language": get_language() or "en", "convention": convention, "code": code, **more}
    return reverse(name, kwargs={**named, "rehearsal": rehearsal[0]} if rehearsal else named)


def turned_away(request: HttpRequest, act: Act, scope: str) -> HttpResponse:
    """To sign in, where an account could do the act; else raise NotForThisSeat."""
    has_no_account = seat_of(request.user) == PUBLIC
    if has_no_account and RULES[act] & HOUSE and request.method in ("GET", "HEAD"):
        address = reverse("desk:sign-in", args=[get_language() or "en"])
        return unlisted(HttpResponseRedirect(f"{address}?{urlencode({'next': request.get_full_path()})}"))
    known = sitters(request)
    raise NotForThisSeat(known[0].seat if known else PUBLIC, act, scope)


def unlisted(response: HttpResponse) -> HttpResponse:
    """An answer that nobody keeps and no robot lists."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def key_of(request: HttpRequest, sitter: Sitter) -> str | None:
    """The key of the form that was sent, under which its act is taken once; None where it carries none."""
    once = request.POST.get("once", "")
    return f"{sitter.by}-{once}"[:100] if is_mark(once) else None


def is_mark(once: str) -> bool:
    """Whether a form carries a mark: 8 to 40 letters and digits."""
    return once.isascii() and once.isalnum() and 8 <= len(once) <= 40
