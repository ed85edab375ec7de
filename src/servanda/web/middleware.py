"""What every answer of the site carries, and how a refusal becomes a page."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils import translation

from servanda.common.languages import OFFERED
from servanda.common.refusals import Refusal, Unknown

Respond = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class NoSuchPage(Unknown):
    """An address at which there is nothing."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"There is nothing at the address {path}.",
            "No page, document or answer of this site has this address.",
            "Check how it is written, or begin at the first page.",
        )


class FormIsStale(Refusal):
    """A form comes without the mark of the page that it was sent from."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "The form was not taken; nothing was changed.",
            "It does not carry the mark of a page of this site: the page was open for too long, "
            "or the browser keeps no cookies.",
            "Go back, load the page again, and send it once more; allow this site's cookies.",
        )


class NotThatWay(Refusal):
    """An address is asked in a way that it does not take."""

    status = 405

    def __init__(self, method: str) -> None:
        super().__init__(
            f"This address does not take {method[:20]}.", "It is there to be read.", "Open it as a page, with GET."
        )


class TooMuch(Refusal):
    """A request is larger than the house takes, or cannot be read."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            "What was sent cannot be read.",
            "It is larger than what is taken here, or not written as a form.",
            "Send less, and send it from the page.",
        )


class Headers:
    """Says on every answer what a browser may load and tell; sets no cookie."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers that the view did not choose itself."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class Refusals:
    """Shows a refusal as what it is: what, why, and what to do."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; an address that no table knows gets the page of a refusal too."""
        response = self.get_response(request)
        if response.status_code == NoSuchPage.status and request.resolver_match is None:
            if not request.path.endswith("/") and is_valid_path(f"{request.path}/"):
                return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
            return refused(request, NoSuchPage(request.path))
        if response.status_code == NotThatWay.status and not response.content:
            told = refused(request, NotThatWay(request.method or ""))
            told["Allow"] = response.get("Allow", "GET, HEAD")
            return told
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that refused; leave everything else to Django."""
        if isinstance(exception, Http404):
            return refused(request, NoSuchPage(request.path))
        return refused(request, exception) if isinstance(exception, Refusal) else None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The answer to a request that Django itself turned away."""
    return refused(request, TooMuch())


def form_is_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form that carries no mark, or a wrong one."""
    return refused(request, FormIsStale())


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as JSON below /api/, as a page elsewhere, with its HTTP status."""
    if request.path.startswith("/api/"):
        words = {"what": refusal.what, "why": refusal.why, "do": refusal.do}
        return JsonResponse(words, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    with translation.override(language_of(request)):
        return render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)


def language_of(request: HttpRequest) -> str:
    """The language that an address names, English where it names none."""
    named = request.path.split("/")[1]
    return named if named in OFFERED else "en"
