"""A morning on the floor, as it may go."""

import pytest

from servanda.floor.log import FloorGiven, ItemTaken, ListClosed, Moved, SittingOpened, TurnEnded, Undone
from servanda.floor.procedure import queue, who_is_next
from servanda.floor.queries import ROOMS, room, room_at
from servanda.floor.refusals import ListIsClosed, NotInOrder, SomebodyHasTheFloor
from tests.floor.conftest import STREAM, ask, do, speak

pytestmark = pytest.mark.django_db


def codes(found):
    return [waiting.request.speaker.code for waiting in found]


def test_tiers_come_in_their_order_and_requests_stably_inside_them(floor):
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("3"))
    for code, category in (
        ("ICBL", "organizations"),
        ("NOR", "states_parties"),
        ("KHM", "states_parties"),
        ("TCD", "states_parties"),
        ("AFG", "states_parties"),
    ):
        ask(code, "3", category=category)

    assert codes(queue(room(STREAM))) == ["TCD", "AFG", "KHM", "ICBL", "NOR"]


def test_the_next_speaker_is_given_the_floor_and_another_only_with_a_reason(floor):
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("3"))
    ask("KHM", "3")
    ask("TCD", "3")

    with pytest.raises(NotInOrder, match=r"KHM is not the next speaker. By the rules it is the turn of: TCD."):
        do(FloorGiven("KHM-3-statement", 180))
    do(FloorGiven("KHM-3-statement", 180, reason="the minister leaves"))
    with pytest.raises(SomebodyHasTheFloor, match="Cambodia has the floor"):
        do(FloorGiven("TCD-3-statement", 180))
    do(TurnEnded())

    assert who_is_next(room(STREAM)).request.speaker.code == "TCD"
    assert [each.reason for each in room(STREAM).departures] == ["the minister leaves"]


def test_what_is_undone_never_was(floor):
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("2"))
    before = ask("TCD", "2")

    after_all = do(ListClosed("2"))
    undone = do(Undone(after_all.number))

    assert undone.closed == before.closed == frozenset()
    assert undone.number == after_all.number + 1


def test_a_room_carried_on_is_the_room_read_anew(floor):
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("2"))
    for code in ("TCD", "KHM", "UKR"):
        ask(code, "2")
    do(Moved("UKR-2-statement", None, reason="as agreed"))
    carried = speak()

    ROOMS.clear()

    assert room(STREAM) == carried == room_at(STREAM, carried.number)


def test_a_closed_list_takes_nobody_whom_the_rules_do_not_let_in(floor):
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("2"))
    do(ListClosed("2"))

    with pytest.raises(ListIsClosed, match=r"The list of speakers on item 2 is closed."):
        ask("CHE", "2", category="groups")
