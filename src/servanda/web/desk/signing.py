"""Signing in and out, by Django's own means."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from servanda.people.accounts import ID
from servanda.people.queries import demonstration_accounts
from servanda.web.desk.admission import language, open_to_all
from servanda.web.desk.limits import Limit, TooManyAttempts, connection_of
from servanda.web.desk.showing import page

MINUTES = 15
LONGEST_PASSWORD = 1000
FROM_ONE_CONNECTION = Limit(20, MINUTES * 60)
FOR_ONE_ACCOUNT = Limit(5, MINUTES * 60)


@open_to_all("sign in")
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page of sign-in; a failure says only that it failed."""
    back = request.POST.get("next") or request.GET.get("next", "")
    context = {"next": back, "demonstration": demonstration_accounts(), "name": "", "failed": False}
    if request.method != "POST":
        return page(request, "desk/sign_in.html", context)
    name, password = request.POST.get("name", "").strip(), request.POST.get("password", "")
    connection = connection_of(request)
    pair = f"{connection} {name}"
    if FROM_ONE_CONNECTION.is_reached(connection) or FOR_ONE_ACCOUNT.is_reached(pair):
        raise TooManyAttempts(MINUTES)
    fits = ID.fullmatch(name) and len(password) <= LONGEST_PASSWORD
    account = authenticate(request, username=name, password=password) if fits else None
    if account is None:
        FROM_ONE_CONNECTION.take(connection)
        FOR_ONE_ACCOUNT.take(pair)
        return page(request, "desk/sign_in.html", context | {"name": name[:40], "failed": True}, status=403)
    login(request, account)
    request.session.set_expiry(None)  # as long as an account stays signed in, not as a link is good
    return HttpResponseRedirect(safe(back))


def safe(back: str) -> str:
    """An address of this site, or the first page of the desk."""
    return back if url_has_allowed_host_and_scheme(back, None) else reverse("desk:home", args=[language()])


@open_to_all("sign in")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("public:home", args=[language()]))
