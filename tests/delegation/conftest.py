"""The floor of June 2024, open, and desks entered by links."""

from datetime import timedelta

import pytest

from servanda.common.clock import now
from servanda.floor.queries import ROOMS
from servanda.people.actions import make_link
from servanda.people.links import STREAM as LINKS
from servanda.people.queries import KEPT, Read
from tests.floor.conftest import do, opening
from tests.packs.loaded import apmbc, fresh_memory

__all__ = ["apmbc", "fresh_memory", "opening"]

STREAM = "apmbc/IM2024"


@pytest.fixture
def floor(apmbc, opening):
    """The floor of June 2024, open, in a house that has the pack."""
    ROOMS.clear()
    do(opening)
    yield STREAM
    ROOMS.clear()


@pytest.fixture(autouse=True)
def forgotten():
    KEPT[LINKS] = Read()


def secret_of(kind="delegation", delegation="TCD", stream=STREAM):
    """The secret of a new link."""
    soon = now() + timedelta(days=3)
    whose = delegation if kind == "delegation" else ""
    return make_link(floor=stream, kind=kind, delegation=whose, expires_at=soon, by="ada")[1]


def desk(delegation="TCD", what="", language="en", floor_name="IM2024"):
    """An address of a desk."""
    return f"/{language}/floor/apmbc/{floor_name}/desk/{delegation}/{what}"


def once(number):
    """The key of a form."""
    return f"form{number:08}"


@pytest.fixture
def chad(floor, client):
    """A browser that sits at the desk of Chad."""
    client.post(f"/en/enter/{secret_of()}/")
    return client


@pytest.fixture
def cambodia(floor, client_of):
    """A browser that sits at the desk of Cambodia."""
    return client_of("KHM")


@pytest.fixture
def client_of(floor):
    """How to get a browser that sits at a desk or at a screen."""
    from django.test import Client

    def sit(delegation="", kind="delegation"):
        browser = Client()
        browser.post(f"/en/enter/{secret_of(kind, delegation)}/", follow=False)
        return browser

    return sit
