"""Acts that a console kept off the network: done once, at the instant they were performed, and never over others."""

from datetime import timedelta

import pytest
from django.test import Client

from servanda.common.clock import now
from servanda.floor.actions import perform
from servanda.floor.log import Asked, Speaker
from servanda.floor.queries import room
from servanda.floor.seen import milliseconds
from servanda.journal.queries import personal_texts
from tests.chair.conftest import HERE, STREAM, act, ask, called, shown

pytestmark = pytest.mark.django_db

MARK = "abcdef0123456789"


def send(client, name, *, number=None, at=None, once=MARK, **fields):
    """A kept act as the console sends it; the answer as JSON, with its status."""
    known = room(STREAM).number if number is None else number
    told = {"once": once, "number": str(known), "performed_at": str(milliseconds(at or now())), **fields}
    answer = client.post(f"{HERE}kept/{name}/", told)
    return answer.status_code, answer.json()


def test_a_kept_act_counts_from_the_instant_at_which_it_was_performed(console):
    ask(console, "Chad")
    given_at = now()
    send(console, "give", request=called("TCD").id, at=given_at)
    ended_at = given_at + timedelta(milliseconds=3)

    status, told = send(console, "end", of=called("TCD").id, at=ended_at)

    turn = room(STREAM).turns[-1]
    assert (status, told) == (200, {"number": room(STREAM).number, "refused": ""})
    assert milliseconds(turn.ended_at) - milliseconds(turn.started_at) == 3


def test_a_kept_act_sent_twice_is_one_act_and_says_the_number_it_has(console):
    ask(console, "Chad")
    before, request = room(STREAM).number, called("TCD").id
    first = send(console, "give", request=request, number=before)
    ask(console, "Cambodia")

    again = send(console, "give", request=request, number=before)

    assert first == again == (200, {"number": before + 1, "refused": ""})
    assert len(room(STREAM).turns) == 1


def test_a_kept_act_is_not_done_over_what_others_did_and_is_done_when_it_is_confirmed(console, meeting):
    ask(console, "Chad")
    known = room(STREAM).number
    other = Client()
    other.force_login(meeting["ben"])
    act(other, "ask", who="Norway", act="statement")

    status, told = send(console, "give", request=called("TCD").id, number=known)
    refused_at = room(STREAM)
    confirmed = send(console, "give", request=called("TCD").id, number=told["number"])

    assert (status, told["number"], refused_at.turn) == (409, known + 1, None)
    assert "Others acted while this act was kept." in told["refused"]
    assert (
        f"Entry <bdi>{known + 1}</bdi>: the request of Norway on item <bdi>3</bdi> (by <bdi>ben</bdi>)"
        in told["refused"]
    )
    assert confirmed == (200, {"number": known + 2, "refused": ""})


def test_a_kept_act_that_no_longer_fits_is_refused_as_any_other(console):
    ask(console, "Chad", "Cambodia")
    act(console, "give", request=called("KHM").id, reason="as agreed")

    status, told = send(console, "end", of=called("TCD").id)

    assert (status, room(STREAM).turn.speaker.code) == (409, "KHM")
    assert "The turn that your page showed is over." in told["refused"]


@pytest.mark.parametrize(
    "fields",
    [{"once": ""}, {"performed_at": "soon"}, {"performed_at": ""}, {"performed_at": "0"}, {"performed_at": "9" * 20}],
)
def test_an_act_without_a_mark_or_an_instant_is_no_kept_act(console, fields):
    ask(console, "Chad")
    before = room(STREAM).number

    status, told = send(console, "give", request=called("TCD").id, **fields)

    assert (status, room(STREAM).number) == (400, before)
    assert "This is no act that a console kept." in told["refused"]


def test_an_instant_that_is_ahead_counts_from_now(console):
    ask(console, "Chad")

    send(console, "give", request=called("TCD").id, at=now() + timedelta(hours=3))

    assert room(STREAM).turn.started_at <= now()


def test_the_name_of_a_person_stands_beside_the_entry_and_never_in_it(console):
    act(console, "ask", who="Chad", act="statement", person="Amina Somebody")

    page, _once = shown(console)

    assert "Amina Somebody" in page
    assert "Amina" not in repr(room(STREAM).requests)


def test_the_name_of_a_person_in_a_kept_act_is_kept_beside_its_entry_too(console):
    _status, told = send(console, "ask", who="Chad", act="statement", person="Amina Somebody")

    assert personal_texts(STREAM, told["number"]) == {"name": "Amina Somebody"}


def test_an_act_of_the_console_is_undone_under_a_request_that_came_since(console):
    ask(console, "Chad")
    act(console, "give", request=called("TCD").id)
    perform(stream=STREAM, act=Asked("r1", "3", Speaker("states_parties", "KHM")), by="KHM-1")
    page, _once = shown(console)

    act(console, "undo", undo=str(room(STREAM).number - 1))

    assert "<span>Undo: giving the floor to Chad</span>" in page
    assert (room(STREAM).turns, [*room(STREAM).requests][-1]) == ((), "r1")
