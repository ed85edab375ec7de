"""Who presents: planned by the issued programme, replaced, and added; and the names of persons, kept apart."""

import pytest

from servanda.floor.actions import perform
from servanda.floor.advice import code_of, presenting
from servanda.floor.log import Asked, FloorGiven, ItemTaken, SittingOpened, Speaker, TurnEnded
from servanda.floor.procedure import limit_for, queue, who_is_next
from servanda.floor.queries import floor_stream, names_of, room
from servanda.journal.actions import erase
from servanda.journal.models import Entry
from servanda.journal.queries import verify
from servanda.programme.keeping import body_of
from tests.floor.conftest import STREAM, do

pytestmark = pytest.mark.django_db


def enter(request, code, name, *, instead_of="", stream=STREAM):
    """The secretariat enters who presents; the name of the person stands beside the entry."""
    speaker = Speaker("officers", code, instead_of=instead_of)
    return perform(stream=stream, act=Asked(request, "1", speaker), by="desk", personal={"name": name})


def hear_the_next():
    """The next speaker speaks; whose request it was."""
    following = who_is_next(room(STREAM)).request
    do(FloorGiven(following.id, limit_for(room(STREAM), following)))
    do(TurnEnded())
    return following.id


def open_item_1_as_it_was_held():
    """The opening of 2024: the planned President, a substitute for the second speaker, and two who were added."""
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("1"))
    enter("president", "president", "Anna President")
    enter("substitute", "gichd-deputy", "Sam Substitute", instead_of="presenter-2")
    enter("host", "host-state", "Henry Host")
    return enter("unit", "support-unit", "Ursula Unit")


def test_item_1_is_opened_with_its_substitute_and_two_added_speakers(floor):
    open_item_1_as_it_was_held()

    heard = [hear_the_next() for _ in range(4)]

    told = presenting(room(STREAM), "1")
    assert heard == ["president", "substitute", "host", "unit"]
    assert [(each.planned and code_of(each.planned), [one.id for one in each.entered]) for each in told] == [
        ("president", ["president"]),
        ("presenter-2", ["substitute"]),
        (None, ["host"]),
        (None, ["unit"]),
    ]
    assert queue(room(STREAM)) == ()


def test_the_issued_programme_stays_as_it_was_issued(floor):
    before = body_of(room(STREAM).plan)

    after = open_item_1_as_it_was_held()

    assert body_of(after.plan) == before


def test_names_of_persons_stand_beside_the_entries_and_can_be_erased(floor):
    held = open_item_1_as_it_was_held()
    number = held.requests["substitute"].number
    bodies = " ".join(Entry.objects.filter(stream__name=STREAM).values_list("body", flat=True))

    erase(stream=STREAM, number=number, field="name", by="test")

    assert [name for name in ("Anna", "Sam", "Henry", "Ursula", "Ly Thuch", "Toscano") if name in bodies] == []
    assert sorted(names_of(STREAM).values()) == ["Anna President", "Henry Host", "Ursula Unit"]
    assert number not in names_of(STREAM)
    assert room(STREAM).requests == held.requests
    assert [finding for finding in verify(STREAM) if finding.is_fault] == []


def test_a_rehearsal_has_a_stream_and_names_of_its_own(floor):
    rehearsal = floor_stream("apmbc", "IM2024", "rehearsal-1")

    open_item_1_as_it_was_held()

    assert (STREAM, rehearsal) == (floor_stream("apmbc", "IM2024"), f"{STREAM}/rehearsal-1")
    assert names_of(rehearsal) == {}
    assert len(names_of(STREAM)) == 4
