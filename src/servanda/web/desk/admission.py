"""Who gets in: each view of the desk names its act, and the one table of rules is asked before it runs."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from servanda.people.permissions import PUBLIC, Act, Seat, require
from servanda.people.queries import seat_of
from servanda.web.asking import View, in_language


def admitted(act: Act) -> Callable[[View], View]:
    """Let in the accounts that may do the act; whoever is not signed in is asked to. What is shown is not kept."""

    def admit(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:  # noqa: ANN401
            if seat(request) == PUBLIC:
                return to_sign_in(request)
            require(seat(request), act, named.get("convention", ""))
            return unkept(view(request, *arguments, **named))

        return doing(act, in_language(guarded))

    return admit


def open_to_all(act: Act) -> Callable[[View], View]:
    """A view with a form that everyone may use; what it shows is not kept."""

    def admit(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:  # noqa: ANN401
            return unkept(view(request, *arguments, **named))

        return doing(act, in_language(guarded))

    return admit


def doing(act: Act, view: View) -> View:
    """A view that tells which act it is."""
    view.act = act  # type: ignore[attr-defined]
    return view


def unkept(response: HttpResponse) -> HttpResponse:
    """An answer that nobody keeps, for it holds a form or a word about the reader."""
    response["Cache-Control"] = "no-store"
    return response


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the page of sign-in, and back afterwards."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("desk:home", args=[language()])
    address = reverse("desk:sign-in", args=[language()])
    return unkept(HttpResponseRedirect(f"{address}?{urlencode({'next': back})}"))


def seat(request: HttpRequest) -> Seat:
    """The seat of whoever is signed in, else the public one."""
    return seat_of(request.user)


def author(request: HttpRequest) -> str:
    """The id of the account signed in: what the journal holds as `by`."""
    return request.user.get_username()


def language() -> str:
    """The code of the reader's language."""
    return get_language() or "en"
