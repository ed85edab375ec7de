"""The door: a link says first which seat it gives, and gives it when asked to.

A link is often opened by programs that look at messages before people do; so opening it changes nothing. Its secret
stands in no log of this server and in no address that the browser tells when it goes on.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from servanda.common.wording import N_, translated
from servanda.convention.queries import calendar, pack
from servanda.people.links import Link, LinkKind
from servanda.people.permissions import Act
from servanda.people.queries import link_by
from servanda.web.asking import in_language
from servanda.web.delegation.showing import language, name_of, page
from servanda.web.seats import address_of, take_seat, unlisted

SCREENS: dict[LinkKind, str] = {
    "delegation": "delegation:desk",
    "console": "chair:console",
    "display": "display:display",
    "interpreters": "interpreters:desk",
}
SEAT_TITLES: dict[LinkKind, str] = {
    "delegation": N_("the desk of a delegation"),
    "console": N_("the console of the presiding officer"),
    "display": N_("the display of the room"),
    "interpreters": N_("the desk of the interpreters"),
}
ENTERING: Act = "enter by a link"


@sensitive_variables("secret")
def opened(request: HttpRequest, secret: str) -> HttpResponse:
    """What the link gives; sent as a form, it gives it. Raises LinkIsNotGood."""
    link = link_by(secret)
    if request.method == "POST":
        take_seat(request, link)
        return unlisted(HttpResponseRedirect(screen_of(link)))
    convention, code, *rehearsal = link.floor.split("/")
    context = {
        "link": link,
        "rehearsal": bool(rehearsal),
        "rules": pack(convention).rules,
        "meeting": calendar(convention).meeting(code),
        "delegation": name_of(link.delegation, language()) if link.delegation else None,
        "screen": translated(SEAT_TITLES[link.kind], language()),
    }
    answer = unlisted(page(request, "delegation/enter.html", context))
    answer["Referrer-Policy"] = "strict-origin"
    return answer


enter = in_language(require_http_methods(["GET", "HEAD", "POST"])(opened))
enter.act = ENTERING  # type: ignore[attr-defined]


def screen_of(link: Link) -> str:
    """The address of the screen that a link is for, in the reader's language."""
    whose = {"delegation": link.delegation} if link.delegation else {}
    return address_of(SCREENS[link.kind], link.floor, **whose)
