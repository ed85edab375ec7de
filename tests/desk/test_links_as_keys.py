"""A link is a key: it opens one floor while it stands, leaves no copy of itself, and lends itself to no one else."""

import io
import logging
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from servanda.common.clock import now
from servanda.people.actions import make_link, revoke_link
from servanda.people.links import LINK_KINDS
from servanda.people.permissions import ON_THE_FLOOR
from servanda.site.logs import WithoutSecrets
from tests.desk.test_permissions import FLOOR, act_of, addresses, filled, is_let_in, link_to

pytestmark = pytest.mark.django_db
BEHIND_A_LINK = [(route, view) for route, view in addresses() if act_of(view) in ON_THE_FLOOR]


def sit(client, floor=FLOOR):
    """Sit down with every kind of link to a floor; the ids of the links."""
    made = []
    for kind in LINK_KINDS:
        whose = "XBA" if kind == "delegation" else ""
        ends = now() + timedelta(hours=2)
        link, secret = make_link(floor=floor, kind=kind, delegation=whose, expires_at=ends, by="ada")
        assert client.post(f"/en/enter/{secret}/").status_code == 302
        made.append(link.id)
    return made


def opened(client):
    """The addresses behind a link into which a browser gets."""
    return {route for route, _view in BEHIND_A_LINK if is_let_in(client, filled(route))}


def routes(*, rehearsal):
    """The addresses behind a link, of the meeting or of its rehearsals."""
    return {route for route, _view in BEHIND_A_LINK if ("<rehearsal:" in route) == rehearsal}


@pytest.mark.parametrize("rehearsal", [False, True])
def test_links_to_a_meeting_open_no_rehearsal_and_those_to_a_rehearsal_no_meeting(desk, client, rehearsal):
    sit(client, f"{FLOOR}/rehearsal-1" if rehearsal else FLOOR)

    assert opened(client) == routes(rehearsal=rehearsal)


def test_links_to_other_floors_open_nothing(desk, client):
    for floor in ("toy/M2", f"{FLOOR}/rehearsal-2", f"{FLOOR}:XBA"):
        sit(client, floor)

    assert len(client.session["links"]) == 12
    assert opened(client) == set()


def test_revoked_links_open_nothing_at_once(desk, client):
    for link in sit(client):
        revoke_link(name=link, by="ada")

    assert opened(client) == set()


def test_links_at_their_end_open_nothing(desk, client, monkeypatch):
    sit(client)
    session = client.session
    session.set_expiry(10**6)  # a browser that keeps its cookie for longer
    session.save()

    later = now() + timedelta(hours=3)
    monkeypatch.setattr("servanda.people.queries.now", lambda: later)

    assert opened(client) == set()


def test_no_form_is_taken_without_the_mark_of_the_site(desk):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(desk["ada"])

    taken = {route for route, _view in addresses() if browser.post(filled(route)).status_code not in (403, 405)}

    assert taken <= {route for route, view in addresses() if act_of(view) == "read"}


def test_who_sits_down_gets_another_session_than_the_one_that_was_planted(desk, client):
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key

    client.post(f"/en/enter/{link_to(FLOOR, 'display')}/")

    assert client.session.session_key != planted
    assert not type(session)().exists(planted)


@pytest.mark.parametrize("first", ["link", "account"])
def test_a_link_keeps_nobody_signed_in_for_longer(desk, client, first):
    password = "a long word of passing"
    desk["ada"].set_password(password)
    desk["ada"].save()
    acts = [
        lambda: client.post(f"/en/enter/{link_to(FLOOR, 'display')}/"),
        lambda: client.post("/en/desk/sign-in/", {"name": "ada", "password": password}),
    ]

    for act in acts if first == "link" else acts[::-1]:
        assert act().status_code == 302

    assert client.session["_auth_user_id"] == str(desk["ada"].pk)
    assert client.session.get_expiry_date() <= timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)


def test_the_secret_of_a_link_stands_in_no_log_and_goes_on_to_no_other_page(desk, client, monkeypatch):
    secret = link_to("toy/A1", "display")
    [handler] = [each for each in logging.getLogger().handlers if any(type(f) is WithoutSecrets for f in each.filters)]
    log = io.StringIO()
    monkeypatch.setattr(handler, "stream", log)

    Client(enforce_csrf_checks=True).post(f"/en/enter/{secret}/")
    client.get(f"/en/enter/{secret}/more/")
    shown = client.get(f"/en/enter/{secret}/")

    assert log.getvalue().count("/en/enter/…/") == 2
    assert secret not in log.getvalue()
    assert shown["Referrer-Policy"] == "strict-origin"
