"""The secretariat's page of links: made, shown once, replaced and ended."""

import re

import pytest
from django.test import Client

from servanda.people.actions import add_account
from servanda.people.links import STREAM as LINKS
from servanda.people.queries import KEPT, Read, links_of
from tests.packs.loaded import apmbc, fresh_memory

__all__ = ["apmbc", "fresh_memory"]

PAGE = "/en/secretariat/apmbc/links/IM2024/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(apmbc, client):
    """A browser of the secretariat."""
    KEPT[LINKS] = Read()
    client.force_login(add_account(name="ada", seat="secretariat", by="test"))
    return client


def make(browser, number=1, **form):
    return browser.post(f"{PAGE}make/", {"kind": "delegation", "once": f"form{number:08}"} | form)


def test_a_link_is_shown_once_and_opens_the_desk(office):
    made = make(office, delegation="TCD").content.decode()

    (address,) = re.findall(r'value="http://testserver(/en/enter/[^"]+)"', made)
    assert Client().post(address)["Location"] == "/en/floor/apmbc/IM2024/desk/TCD/"
    assert address not in office.get(PAGE).content.decode()
    assert "TCD-1" in office.get(PAGE).content.decode()


def test_a_link_that_is_ended_is_out_at_once(office):
    made = make(office, delegation="TCD").content.decode()
    guest = Client()
    guest.post(re.findall(r'value="http://testserver(/en/enter/[^"]+)"', made)[0])

    ended = office.post(f"{PAGE}revoke/", {"link": "TCD-1"})

    assert (ended.status_code, guest.get("/en/floor/apmbc/IM2024/desk/TCD/").status_code) == (302, 403)
    assert links_of("apmbc/IM2024") == []


def test_a_form_sent_twice_makes_one_link(office):
    answers = [make(office, delegation="TCD").status_code for _each in range(2)]

    assert answers == [200, 409]
    assert [link.id for link in links_of("apmbc/IM2024")] == ["TCD-1"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"delegation": "XXX"}, "is no delegation"),
        ({"delegation": "TCD", "until": "soon"}, "until"),
        ({"delegation": "TCD", "until": "2020-01-01"}, "It ends in the future"),
        ({"kind": "gallery"}, "No link gives the seat"),
    ],
)
def test_what_is_refused_is_said_in_its_place(office, form, words):
    answer = make(office, **form)

    assert answer.status_code in (400, 404)
    assert words in answer.content.decode()
    assert links_of("apmbc/IM2024") == []


def test_a_link_of_another_meeting_is_not_ended_here(office):
    make(office, delegation="TCD")

    office.post("/en/secretariat/apmbc/links/21MSP/revoke/", {"link": "TCD-1"})

    assert len(links_of("apmbc/IM2024")) == 1
