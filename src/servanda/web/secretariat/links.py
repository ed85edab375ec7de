"""The secretariat's page of links: seats at one meeting without an account, made, shown once, and ended."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from servanda.common.clock import today
from servanda.common.names import State
from servanda.common.organisations import organisations
from servanda.common.refusals import Refusal, Unknown
from servanda.common.wording import N_, translated
from servanda.convention.calendar import Meeting
from servanda.convention.pack import Pack
from servanda.convention.queries import calendar, pack
from servanda.floor.delegations import link_ends, must_be_delegation
from servanda.floor.queries import floor_stream
from servanda.people.actions import make_link, revoke_link
from servanda.people.links import LINK_KINDS, Link, LinkKind
from servanda.people.queries import find_link, links_of
from servanda.web.desk.admission import admitted, author, language
from servanda.web.secretariat.views import shown

KINDS: dict[LinkKind, str] = {
    "delegation": N_("delegation"),
    "console": N_("console of the presiding officer"),
    "display": N_("display of the room"),
    "interpreters": N_("interpreters"),
}


class NoSuchSeat(Unknown):
    """A form asks for a link to a seat that no link gives."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"No link gives the seat {kind[:20]!r}.", f"Links are for: {', '.join(LINK_KINDS)}.", "Choose one of these."
        )


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link with its kind in words, and the name of its delegation."""

    link: Link
    kind: str
    name: str


@admitted("keep links")
@require_safe
def links(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """The links to a meeting that can be used, and a form for another."""
    return listed(request, pack(convention), calendar(convention).meeting(code))


def listed(
    request: HttpRequest, rules: Pack, meeting: Meeting, made: Mapping[str, object] | None = None
) -> HttpResponse:
    """The page of links, perhaps with one that was just made or refused."""
    found = links_of(floor_stream(rules.code, meeting.code))
    context = {
        "meeting": meeting,
        "links": [
            ShownLink(each, translated(KINDS[each.kind], language()), named(rules, each.delegation)) for each in found
        ],
        "kinds": KINDS,
        "states": rules.names.sorted_in(rules.names.states, language()),
        "bodies": sorted(organisations().by_code.values(), key=lambda body: body.key_in(language())),
        **(made or {}),
    }
    return shown(request, "links", rules, context)


def named(rules: Pack, delegation: str) -> str:
    """The name of a State or organisation; nothing for a link of none."""
    state: State | None = rules.names.states.get(delegation)
    if state is not None:
        return state.name_in(language())
    body = organisations().by_code.get(delegation)
    return body.short_in(language()) if body else delegation


@admitted("keep links")
@require_POST
@sensitive_variables("secret")
def make(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """Make a link and show it, this once; a refusal is shown in its place."""
    rules, meeting = pack(convention), calendar(convention).meeting(code)
    told = {name: request.POST.get(name, "").strip() for name in ("kind", "delegation", "until", "once")}
    try:
        kind = kind_in(told["kind"])
        link, secret = make_link(
            floor=floor_stream(convention, meeting.code),
            kind=kind,
            delegation=must_be_delegation(rules, told["delegation"]) if kind == "delegation" else "",
            expires_at=link_ends(meeting, today(meeting.timezone), told["until"]),
            by=author(request),
            key=f"form-{told['once']}" if told["once"].isalnum() else None,
        )
    except Refusal as refusal:
        answer = listed(request, rules, meeting, {"refusal": refusal, "told": told})
        answer.status_code = refusal.status
        return answer
    address = request.build_absolute_uri(reverse("entrance:enter", args=[language(), secret]))
    return listed(
        request, rules, meeting, {"made": link, "made_for": named(rules, link.delegation), "address": address}
    )


def kind_in(text: str) -> LinkKind:
    """The kind of link that a form asks for; raise NoSuchSeat."""
    found = next((kind for kind in LINK_KINDS if kind == text), None)
    if found is None:
        raise NoSuchSeat(text)
    return found


@admitted("keep links")
@require_POST
def revoke(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """End a link of this meeting; whoever sits by it is out."""
    meeting = calendar(convention).meeting(code)
    link = find_link(request.POST.get("link", ""))
    if link.floor.split("/")[:2] == [convention, meeting.code]:
        revoke_link(name=link.id, by=author(request))
    return HttpResponseRedirect(reverse("secretariat:links", args=[language(), convention, meeting.code]))
