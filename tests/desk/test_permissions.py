"""Who gets in where: every address of the site, asked with every seat, against the one table of rules."""

from datetime import timedelta

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from servanda.common.clock import now
from servanda.convention.calendar import FIXED_WORDS
from servanda.people.actions import make_link
from servanda.people.permissions import (
    EVERYONE,
    ON_THE_FLOOR,
    RULES,
    NotForThisSeat,
    Seat,
    desk_scope,
    may,
    require,
)
from servanda.register.proposing import propose
from tests.desk.drafts import a_grant

SAMPLES = {
    "language": "en", "convention": "toy", "code": "M1", "name": "hearing", "number": "1", "delegation": "XBA",
    "rehearsal": "rehearsal-1",
}  # fmt: skip
SEATS = {"public": None, "secretariat": "ben", "administrator": "cleo"}
REFUSED = 403
FLOOR = "toy/M1"
LINKED = {
    "delegation": "delegation",
    "presiding officer": "console",
    "interpreter": "interpreters",
    "display": "display",
}


def addresses(resolver=None, before=""):
    """Every address of the site with its view; what is no desk's is open to all."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def filled(route):
    """An address with a sample in each of its places."""
    parts = route.replace("<", "\0").replace(">", "\0").split("\0")
    named = [part.rpartition(":")[2] if position % 2 else part for position, part in enumerate(parts)]
    return "/" + "".join(SAMPLES.get(part, "1") if position % 2 else part for position, part in enumerate(named))


def link_to(floor, kind, delegation=""):
    """The secret of a new link."""
    soon = now() + timedelta(days=1)
    return make_link(floor=floor, kind=kind, delegation=delegation, expires_at=soon, by="ada")[1]


def seated(client, desk, kind):
    """Sit down with a seat, on the floor of the sample; the seat."""
    if kind in LINKED:
        if not client.session.get("links"):
            client.post(f"/en/enter/{link_to(FLOOR, LINKED[kind], 'XBA' if kind == 'delegation' else '')}/")
        return Seat(kind, "XBA" if kind == "delegation" else "", floor=FLOOR)
    if SEATS[kind]:
        client.force_login(desk[SEATS[kind]])
    return Seat(kind)


def scope_of(route, act):
    """Where the act of an address would be done."""
    if act not in ON_THE_FLOOR:
        return "toy"
    floor = f"{FLOOR}/rehearsal-1" if "<rehearsal:" in route else FLOOR
    return desk_scope(floor, "XBA") if "<str:delegation>" in route else floor


def act_of(view):
    return getattr(view, "act", "read")


def is_let_in(client, address):
    """Whether a seat gets further than the door: neither sent to sign in nor told that it may not."""
    answers = [client.get(address), client.post(address)]
    sent = [answer for answer in answers if answer.headers.get("Location", "").startswith("/en/desk/sign-in/")]
    refused = [answer for answer in answers if answer.status_code == REFUSED and b"This seat" in answer.content]
    return not sent and not refused


def test_every_address_of_the_desk_names_an_act_that_has_a_rule():
    unnamed = [route for route, view in addresses() if "/desk/" in route and act_of(view) == "read"]
    unruled = [route for route, view in addresses() if act_of(view) not in RULES]

    assert (unnamed, unruled) == ([], [])


def test_no_meeting_can_have_the_name_of_an_address():
    before = "<language:language>/<slug:convention>/"
    words = {route.removeprefix(before).partition("/")[0] for route, _view in addresses() if route.startswith(before)}

    taken = {word for word in words if word and "<" not in word}

    assert taken <= FIXED_WORDS


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [*SEATS, *LINKED])
def test_each_seat_gets_in_where_the_table_says_and_nowhere_else(desk, client, kind):
    propose(convention="toy", draft=a_grant(), by="ada")
    found, expected = {}, {}

    for route, view in addresses():
        seat = seated(client, desk, kind)
        found[route] = is_let_in(client, filled(route))
        expected[route] = may(seat, act_of(view), scope_of(route, act_of(view)))

    assert {route for route in found if found[route] != expected[route]} == set()


@pytest.mark.django_db
def test_every_act_has_an_address_or_is_asked_for_within_one():
    within = {"see texts before they are read out"}

    assert {act_of(view) for _route, view in addresses()} | within == set(RULES)


@pytest.mark.django_db
def test_a_link_of_another_floor_or_delegation_opens_nothing_here(desk, client):
    for stream, delegation in (("toy/M2", "XBA"), ("toy/M1/rehearsal-1", "XBA"), ("toy/M1", "XAA")):
        client.post(f"/en/enter/{link_to(stream, 'delegation', delegation)}/")
    routes = [route for route, view in addresses() if act_of(view) in ON_THE_FLOOR and "rehearsal" not in route]

    answers = {client.get(filled(route)).status_code for route in routes}
    own = client.get("/en/floor/toy/M1/desk/XAA/").status_code

    assert len(routes) > 8
    assert (answers, own) == ({302, 403}, 200)


@pytest.mark.django_db
def test_an_account_of_another_convention_does_not_get_in(desk, client):
    from servanda.people.actions import add_account

    client.force_login(add_account(name="far", seat="secretariat", by="test", scope="other"))

    assert client.get("/en/desk/toy/").status_code == REFUSED
    assert b"toy" not in client.get("/en/desk/").content


@pytest.mark.django_db
def test_a_closed_account_does_not_get_in(desk, client):
    from servanda.people.actions import deactivate

    client.force_login(desk["ada"])
    deactivate(name="ada", by="test")

    assert client.get("/en/desk/").status_code == 302


OUTSIDE = [Seat("public"), Seat("committee", "light")]
OF_A_LINK = ["delegation", "presiding officer", "interpreter", "display"]


@pytest.mark.parametrize("act", RULES)
def test_an_act_of_the_house_is_for_no_seat_without_an_account(act):
    linked = [Seat(kind, "XBA" if kind == "delegation" else "", floor="toy/M1") for kind in OF_A_LINK]
    expected = RULES[act] == EVERYONE

    assert {may(seat, act, "toy") for seat in (*OUTSIDE, *linked)} == {expected}


def test_a_refusal_of_a_seat_says_for_whom_the_act_is():
    with pytest.raises(NotForThisSeat) as refused:
        require(Seat("administrator"), "approve a fact", "toy")

    assert str(refused.value) == (
        "This seat (administrator) may not approve a fact of toy. That is for: secretariat. "
        "Ask someone who has that seat, or sign in with an account that has it."
    )


@pytest.mark.django_db
def test_the_interface_is_only_read(desk, client):
    client.force_login(desk["ada"])
    routes = [route for route, _view in addresses() if route.startswith("api/") and "openapi" not in route]

    answers = {client.post(filled(route)).status_code for route in routes}

    assert len(routes) > 3
    assert answers <= {404, 405}
