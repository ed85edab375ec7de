"""Consoles: the meetings of June 2024 with their issued programme, and two accounts that may run the floor."""

import re

import pytest
from django.db import transaction

from servanda.floor.queries import ROOMS, room
from servanda.people.actions import add_account
from servanda.programme.actions import issue_plan, store_plan
from servanda.programme.queries import plan
from servanda.site.loading import load
from tests.packs.loaded import forget
from tests.packs.shelf import contents_of

STREAM, HERE = "apmbc/IM2024", "/en/chair/apmbc/IM2024/"
MARK = re.compile(r'name="once" value="(\w+)"')


@pytest.fixture(scope="module")
def issued(django_db_setup, django_db_blocker):
    """The pack and the programme, issued, for all tests of a module; each test takes back only what it did itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        forget()
        load(contents_of("apmbc"), by="test")
        store_plan(plan=plan("apmbc", "IM2024"), by="test")
        issue_plan(convention="apmbc", meeting="IM2024", version=1, by="test")
        yield {name: add_account(name=name, seat="secretariat", by="test") for name in ("ada", "ben")}
        transaction.set_rollback(True)
    forget()


@pytest.fixture
def meeting(issued, db):
    """The accounts `ada` and `ben` of the secretariat, at a meeting whose floor is not open."""
    ROOMS.clear()
    yield issued
    ROOMS.clear()


@pytest.fixture
def console(meeting, client):
    """The console of `ada`, with the floor open and item 3 under consideration on the first morning."""
    client.force_login(meeting["ada"])
    client.post(f"{HERE}open/")
    act(client, "open-sitting", sitting="day-1-morning")
    act(client, "take", item="3")
    return client


def shown(client):
    """The console as a page, and the marks of its forms."""
    page = client.get(HERE).content.decode()
    return page, MARK.findall(page)[0]


def act(client, name, **fields):
    """A click on the console as it is shown now; the answer."""
    _page, once = shown(client)
    sent = {"once": once, "number": str(room(STREAM).number), **fields}
    return client.post(f"{HERE}acts/{name}/", sent)


def ask(client, *names):
    """Delegations are entered on the list."""
    for name in names:
        assert act(client, "ask", who=name, act="statement").status_code == 302


def called(code):
    """The request of a delegation."""
    return next(each for each in reversed(room(STREAM).requests.values()) if each.speaker.code == code)
