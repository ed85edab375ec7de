"""When somebody who waits is likely to be called: a window, from those before them and the limits."""

from datetime import timedelta

import pytest

from servanda.floor.expecting import BETWEEN, expected
from servanda.floor.log import FloorGiven, ItemTaken, SittingOpened, SittingSuspended
from servanda.floor.procedure import queue
from servanda.floor.queries import room
from tests.floor.conftest import STREAM, ask, do, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(floor):
    """Three States wait on item 3; their requests, in the order of the list."""
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("3"))
    for code in ("KHM", "TCD", "AFG"):
        ask(code, "3")
    return [each.request.id for each in queue(room(STREAM))]


def window(request, at):
    found = expected(room(STREAM), request, at)
    return (found.earliest - at, found.latest - at, found.ahead)


def test_the_first_of_the_list_may_be_called_now(three):
    assert window(three[0], moment()) == (timedelta(), timedelta(), 0)


def test_whoever_waits_is_called_when_those_before_have_spoken(three):
    assert window(three[2], moment()) == (timedelta(seconds=216), timedelta(seconds=360) + 2 * BETWEEN, 2)


def test_what_is_left_of_the_turn_that_goes_on_counts_and_what_is_over_does_not(three):
    do(FloorGiven(three[0], 180))
    started = room(STREAM).turn.started_at

    assert window(three[1], started + timedelta(seconds=80)) == (
        timedelta(seconds=60), timedelta(seconds=100) + BETWEEN, 1,
    )  # fmt: skip
    assert window(three[1], started + timedelta(seconds=500)) == (timedelta(), BETWEEN, 1)


def test_nothing_is_foreseen_where_nobody_can_be_called(three):
    do(FloorGiven(three[0], 180))
    assert expected(room(STREAM), three[0], moment()) is None
    do(SittingSuspended())

    assert expected(room(STREAM), three[1], moment()) is None
