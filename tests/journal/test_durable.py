"""What the database cannot write down is refused in words, and nothing of it is kept."""

import logging

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import RequestFactory

from servanda.journal.actions import append
from servanda.journal.durable import DatabaseIsAway, NoRoomLeft, durable
from servanda.journal.kinds import Kind, declare
from servanda.journal.queries import head
from servanda.web.middleware import Refusals

KIND = declare(Kind("counted"))


def two_at_once():
    """Two entries in one transaction, of which the second needs room."""
    with durable():
        append(stream="apmbc", kind=KIND.name, body={"turn": 2}, by="test")
        append(stream="apmbc", kind=KIND.name, body={"text": "long " * 20000}, by="test")


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_database_without_room_refuses_the_act_as_a_whole_and_goes_on_when_there_is_some(caplog):
    append(stream="apmbc", kind=KIND.name, body={"turn": 1}, by="test")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")

    with caplog.at_level(logging.ERROR), pytest.raises(NoRoomLeft) as refusal:
        two_at_once()
    stood = head("apmbc")
    connection.cursor().execute("PRAGMA max_page_count = 1073741823")
    two_at_once()

    assert refusal.value.status == 507
    assert refusal.value.what == "This could not be written down: the disk of the server is full, or it fails."
    assert refusal.value.why.endswith("The database says: database or disk is full.")
    assert caplog.messages == ["The database failed: database or disk is full"]
    assert (stood, head("apmbc")) == (1, 3)


@pytest.mark.parametrize("error", [OperationalError("the connection is lost"), InterfaceError("closed")])
def test_a_database_that_does_not_answer_is_said_on_the_page(error):
    def view(_request):
        raise error

    page = Refusals(view).process_exception(RequestFactory().get("/fr/"), error)

    assert page.status_code == DatabaseIsAway.status == 503
    assert "The server cannot use its database just now." in page.content.decode()
    assert f"The database says: {error}." in page.content.decode()
