"""The door: a link says first which seat it gives, and gives it when asked to.

A link is often opened by programs that look at messages before people do; so opening it changes nothing.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from servanda.common.wording import N_, translated
from servanda.convention.queries import calendar, pack
from servanda.people.links import Link, LinkKind
from servanda.people.permissions import Act
from servanda.people.queries import link_by
from servanda.web.asking import in_language
from servanda.web.delegation.showing import language, name_of, page
from servanda.web.seats import take_seat, unlisted

SCREENS: dict[LinkKind, str] = {
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


@dataclass(frozen=True, slots=True)
class Floor:
    """The floor that a link is for: its convention, the meeting's code, and the rehearsal's name if it is one."""

    convention: str
    name: str

    @property
    def meeting(self) -> str:
        """The code of the meeting."""
        return self.name.partition("/")[0]

    @property
    def rehearsal(self) -> str:
        """The name of the rehearsal, or nothing."""
        return self.name.partition("/")[2]


def floor_of(stream: str) -> Floor:
    """The floor of a stream."""
    convention, _, name = stream.partition("/")
    return Floor(convention, name)


@sensitive_variables("secret")
def opened(request: HttpRequest, secret: str) -> HttpResponse:
    """What the link gives; sent as a form, it gives it. Raises LinkIsNotGood."""
    link = link_by(secret)
    if request.method == "POST":
        take_seat(request, link)
        return unlisted(HttpResponseRedirect(screen_of(link)))
    floor = floor_of(link.floor)
    context = {
        "link": link,
        "floor": floor,
        "rules": pack(floor.convention).rules,
        "meeting": calendar(floor.convention).meeting(floor.meeting),
        "delegation": name_of(link.delegation, language()) if link.delegation else None,
        "screen": translated(SEAT_TITLES[link.kind], language()),
    }
    return unlisted(page(request, "delegation/enter.html", context))


enter = in_language(require_http_methods(["GET", "HEAD", "POST"])(opened))
enter.act = ENTERING  # type: ignore[attr-defined]


def screen_of(link: Link) -> str:
    """The address of the screen that a link is for, in the reader's language; the programme where there is none."""
    floor = floor_of(link.floor)
    named = {"language": language(), "convention": floor.convention}
    if link.kind == "delegation":
        return reverse("delegation:desk", kwargs={**named, "floor": floor.name, "delegation": link.delegation})
    rehearsal = {"rehearsal": floor.rehearsal} if floor.rehearsal else {}
    try:
        return reverse(SCREENS[link.kind], kwargs={**named, "code": floor.meeting, **rehearsal})
    except NoReverseMatch:
        return reverse("public:programme", kwargs={**named, "code": floor.meeting})
