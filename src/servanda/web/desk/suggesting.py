"""Propose a correction: the one form that every reader may send, about one public fact."""

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from servanda.convention.queries import pack
from servanda.register.inbox import public_fact
from servanda.register.proposing import LONGEST, WordsDoNotFit, suggest
from servanda.web.desk.admission import language, open_to_all
from servanda.web.desk.limits import Limit, TooManySuggestions, connection_of
from servanda.web.desk.showing import page
from servanda.web.desk.views import form_key

PER_HOUR = 5
FROM_ONE_CONNECTION = Limit(PER_HOUR, 3600)


@open_to_all("suggest a correction")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, convention: str) -> HttpResponse:
    """The form, and what is sent with it."""
    told = request.POST if request.method == "POST" else request.GET
    rules, fact = pack(convention), public_fact(convention, told.get("fact", ""))
    texts = {name: told.get(name, "") for name in LONGEST} if request.method == "POST" else {}
    context = {
        "rules": rules.rules,
        "fact": fact,
        "says": rules.rules.predicates[fact.predicate].says.text,
        "state": rules.names.states[fact.subject],
        "texts": texts,
        "longest": LONGEST,
        "refused": None,
        "once": told.get("once") or secrets.token_hex(12),
    }
    if request.method != "POST":
        return page(request, "desk/correct.html", context)
    try:
        take(request, convention, fact.key, texts)
    except WordsDoNotFit as refused:
        return page(request, "desk/correct.html", context | {"refused": refused}, status=refused.status)
    return HttpResponseRedirect(reverse("corrections:received", args=[language(), convention]))


def take(request: HttpRequest, convention: str, key: str, texts: dict[str, str]) -> None:
    """Put it on the desk; raise TooManySuggestions where too many came from one connection."""
    connection = connection_of(request)
    if FROM_ONE_CONNECTION.is_reached(connection):
        raise TooManySuggestions(PER_HOUR)
    once = form_key(request.POST.get("once", ""))
    suggest(convention=convention, fact=key, texts=texts, by="public", key=once)
    FROM_ONE_CONNECTION.take(connection)


@open_to_all("suggest a correction")
@require_safe
def received(request: HttpRequest, convention: str) -> HttpResponse:
    """What happens next."""
    return page(request, "desk/received.html", {"rules": pack(convention).rules})
