"""The secretariat's page of a programme: the forecast, limits tried out, what lists leave open, and versions."""

import re

import pytest

from servanda.programme.versions import versions

pytestmark = pytest.mark.django_db
PAGE = "/en/secretariat/toy/programme/W2/"


@pytest.fixture
def ada(desk, client):
    """A browser in which ada, of the secretariat, is signed in."""
    client.force_login(desk["ada"])
    return client


def words(client, address=PAGE):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), answer.content.decode()
    return answer.content.decode()


def test_it_is_behind_the_door(desk, client):
    sent = client.get(PAGE)
    client.force_login(desk["cleo"])

    assert sent.headers["Location"].startswith("/en/desk/sign-in/")
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}store/").status_code == 403


def test_each_sitting_says_whether_it_fits(ada):
    shown = words(ada)

    assert "The morning of 6 October 2008" in shown
    assert "Assumed, not measured" in shown


def test_a_limit_is_tried_out_by_the_address_and_stays_in_its_field(ada):
    before, after = words(ada), words(ada, f"{PAGE}?limit-hearing=3600")

    assert 'name="limit-hearing" min="1" max="86400" value="3600"' in after
    assert re.findall(r'<td class="number">(\d+)</td>', before) != re.findall(r'<td class="number">(\d+)</td>', after)


@pytest.mark.parametrize("text", ["soon", "-5", "1.5", "9999999"])
def test_a_limit_that_is_no_number_of_seconds_is_refused(ada, text):
    answer = ada.get(f"{PAGE}?limit-hearing={text}")

    assert answer.status_code == 400
    assert "is no number of seconds" in answer.content.decode()


def test_a_limit_of_a_list_that_is_not_there_is_refused(ada):
    answer = ada.get(f"{PAGE}?limit-none=60")

    assert answer.status_code == 404
    assert "has no tier &#x27;none&#x27;" in answer.content.decode()


def test_lists_lead_to_what_they_leave_open(ada):
    assert 'href="/en/secretariat/toy/gaps/?meeting=W2&amp;known=2008-10-06"' in words(ada)


def test_a_version_is_stored_looked_at_and_issued(ada):
    stored = ada.post(f"{PAGE}store/")
    look = words(ada, stored.headers["Location"])
    issued = ada.post(f"{PAGE}versions/1/issue/")

    assert stored.headers["Location"] == f"{PAGE}versions/1/"
    assert ("draft" in look, "Issue this version" in look) == (True, True)
    assert "2 (a) Lamps" in " ".join(look.split())
    assert issued.headers["Location"] == f"{PAGE}versions/1/"
    assert "Issue this version" not in words(ada, f"{PAGE}versions/1/")
    assert [(each.version, each.state, each.issued_by) for each in versions("toy", "W2")] == [(1, "issued", "ada")]


def test_a_version_is_issued_once(ada):
    ada.post(f"{PAGE}store/")
    ada.post(f"{PAGE}versions/1/issue/")

    again = ada.post(f"{PAGE}versions/1/issue/")

    assert again.status_code == 409
    assert "issued already" in again.content.decode()


def test_a_form_without_its_mark_stores_nothing(desk):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk["ada"])

    assert strict.post(f"{PAGE}store/").status_code == 403
    assert versions("toy", "W2") == []
