"""Who gets in where: every address of the site, asked with every seat, against the one table of rules."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from servanda.convention.calendar import FIXED_WORDS
from servanda.people.permissions import EVERYONE, RULES, NotForThisSeat, Seat, may, require
from servanda.register.proposing import propose
from tests.desk.drafts import a_grant

SAMPLES = {
    "language": "en",
    "convention": "toy",
    "code": "XBA",
    "name": "hearing",
    "number": "1",
    "rehearsal": "rehearsal-1",
}
SEATS = {"public": None, "secretariat": "ben", "administrator": "cleo"}
REFUSED = 403
HOUSE_KINDS = {"secretariat", "administrator"}


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
@pytest.mark.parametrize("kind", SEATS)
def test_each_seat_gets_in_where_the_table_says_and_nowhere_else(desk, client, kind):
    propose(convention="toy", draft=a_grant(), by="ada")
    found = {}

    for route, view in addresses():
        if SEATS[kind]:
            client.force_login(desk[SEATS[kind]])
        found[route] = (act_of(view), is_let_in(client, filled(route)))

    expected = {route: (act, may(Seat(kind), act, "toy")) for route, (act, _in) in found.items()}
    assert found == expected
    assert {act for act, _in in found.values()} <= set(RULES)


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
