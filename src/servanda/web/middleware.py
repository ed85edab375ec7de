"""What every answer of the site carries, and how a refusal becomes a page."""

import sys
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils import translation
from django.views.defaults import server_error

from servanda.common.languages import OFFERED
from servanda.common.refusals import Refusal, Unknown
from servanda.common.release import release
from servanda.common.wording import N_, translated
from servanda.journal.durable import FAILS, failing
from servanda.web.addresses import is_of_rehearsal
from servanda.web.asking import same_page_in

Respond = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


# What the page of a refusal says in the reader's language, by status: what happened, and what helps.
FRAMES = {
    400: (N_("This cannot be answered as it was asked"), N_("Look at what was asked, change it, and ask again.")),
    403: (N_("This is not open to you"), N_("Sign in with an account that may do this, or begin at the first page.")),
    404: (N_("There is nothing at this address"), N_("Check how it is written, or begin at the first page.")),
    405: (N_("This address does not work that way"), N_("Open it as a page.")),
    429: (N_("Too many attempts"), N_("Wait a while, and try again.")),
    503: (N_("The server cannot use its database"), N_("Wait a moment, and load the page again.")),
    507: (
        N_("This could not be written down"),
        N_("Nothing of it was kept, and nothing that was done before is lost."),
    ),
}
OTHERWISE = (
    N_("This cannot be shown"),
    N_("What stands in the way is said below. Ask otherwise, or begin at the first page."),
)


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


LONGEST_QUERY = 2_000


class AsksTooMuch(Refusal):
    """What stands after the question mark of an address is longer than any question."""

    status = 414

    def __init__(self, query: str) -> None:
        super().__init__(
            f"The address asks in {len(query)} signs: {query[:40]}…",
            f"After the question mark up to {LONGEST_QUERY} are read, for every link of a page would repeat them.",
            "Ask for less, or begin at the first page.",
        )


class Headers:
    """Says on every answer what a browser may load and tell, and that no robot lists a rehearsal; sets no cookie."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers that the view did not choose itself."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if is_of_rehearsal(request):
            response.headers["X-Robots-Tag"] = "noindex"
        if response.headers.get("Content-Type", "").startswith("text/csv"):
            response.headers["Link"] = f'<{described_at(request)}>; rel="describedby"; type="application/json"'
        return response


def described_at(request: HttpRequest) -> str:
    """The address of the same table as JSON: it says what the rows tell of, and carries the notice."""
    path, mark, query = request.get_full_path().partition("?")
    return f"{path.removesuffix('.csv')}.json{mark}{query}"


class Refusals:
    """Shows a refusal as what it is: what, why, and what to do."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; an address that no table knows gets the page of a refusal too."""
        if len(query := request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            request.META["QUERY_STRING"] = ""
            return refused(request, AsksTooMuch(query))
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
        if isinstance(exception, FAILS):
            return refused(request, failing(exception))
        return refused(request, exception) if isinstance(exception, Refusal) else None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The answer to a request that Django itself turned away."""
    return refused(request, TooMuch())


def not_answered(request: HttpRequest) -> HttpResponse:
    """The answer where something fails outside a view, as when a seat cannot be stored: of a database it says so."""
    error = sys.exc_info()[1]
    return refused(request, failing(error)) if isinstance(error, FAILS) else server_error(request)


def form_is_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form that carries no mark, or a wrong one."""
    return refused(request, FormIsStale())


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as JSON below /api/, as a page elsewhere, with its HTTP status."""
    if request.path.startswith("/api/"):
        words = {"what": refusal.what, "why": refusal.why, "do": refusal.do}
        return JsonResponse(words, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    language = language_of(request)
    heading, advice = (translated(words, language) for words in FRAMES.get(refusal.status, OTHERWISE))
    context = {
        "refusal": refusal,
        "heading": heading,
        "advice": advice,
        "languages": same_page_in(request) if names_language(request) else [],
        "reader_language": language,
        "release": release(),
    }
    with translation.override(language):
        return render(request, "refusal.html", context, status=refusal.status)


def language_of(request: HttpRequest) -> str:
    """The language that an address names, English where it names none."""
    return request.path.split("/")[1] if names_language(request) else "en"


def names_language(request: HttpRequest) -> bool:
    """Whether an address begins with a language that is offered."""
    return request.path.split("/")[1] in OFFERED
