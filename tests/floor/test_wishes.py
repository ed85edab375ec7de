"""Wishes beside the list: slower speech, exchanges of places, and on which turn a text hangs."""

import pytest

from servanda.floor.log import (
    Asked,
    ExchangeAnswered,
    Exchanged,
    ExchangeProposed,
    FloorGiven,
    ItemTaken,
    SittingOpened,
    SlowerAsked,
    SlowerPassedOn,
    Speaker,
    StatementReceived,
    TurnEnded,
    Undone,
    Withdrawn,
)
from servanda.floor.procedure import queue
from servanda.floor.refusals import NobodyHasTheFloor, NoSuchWish, NotInOrder, NotOfThisFloor, SlowerWasAsked
from servanda.floor.texts import is_released
from tests.floor.hall import Hall, profile


def hall(*codes, **knobs):
    """A hall in which some wait on item 2."""
    held = Hall(profile(**knobs))
    held.do(SittingOpened("first"))
    held.do(ItemTaken("2"))
    for code in codes:
        held.do(Asked(code, "2", Speaker("states_parties", code)))
    return held


def text(held, name, code="AAA", **more):
    held.do(StatementReceived(name, "2", Speaker("states_parties", code), "en", "0" * 64, **more))


def released(held):
    return [name for name, each in held.room.statements.items() if is_released(held.room, each)]


def order(held):
    return [each.request.id for each in queue(held.room)]


# Slower speech


def test_a_wish_for_slower_speech_is_counted_and_not_repeated():
    held = hall("AAA")
    held.do(FloorGiven("AAA", 180))
    held.do(SlowerAsked())
    since = held.room.slower.since

    held.wait(9)
    with pytest.raises(SlowerWasAsked, match="It is said once in ten seconds at most"):
        held.do(SlowerAsked())
    held.wait(1)
    held.do(SlowerAsked())

    assert (held.room.slower.since, held.room.slower.times) == (since, 2)


def test_a_wish_for_slower_speech_stands_until_it_is_passed_on_or_the_turn_ends():
    held = hall("AAA", "BBB")
    with pytest.raises(NobodyHasTheFloor):
        held.do(SlowerAsked())
    held.do(FloorGiven("AAA", 180))
    held.do(SlowerAsked())
    held.do(SlowerPassedOn())
    assert held.room.slower is None
    with pytest.raises(NoSuchWish, match="Look at the room as it stands now"):
        held.do(SlowerPassedOn())

    held.do(SlowerAsked())
    held.do(TurnEnded())

    assert held.room.slower is None


# Exchanges


def test_an_exchange_is_asked_for_agreed_to_and_then_done_by_the_presiding_officer():
    held = hall("AAA", "BBB", "CCC")
    before = order(held)
    held.do(ExchangeProposed(before[0], before[1]))
    held.do(ExchangeAnswered(before[0], before[1], agreed=True))
    agreed = [(each.one, each.other, each.is_agreed) for each in held.room.proposals]

    held.do(Exchanged(before[0], before[1]))

    assert agreed == [(before[0], before[1], True)]
    assert (order(held), held.room.proposals) == ([before[1], before[0], before[2]], ())


def test_a_proposal_falls_when_it_is_declined_or_somebody_waits_no_more():
    held = hall("AAA", "BBB", "CCC")
    held.do(ExchangeProposed("AAA", "BBB"))
    held.do(ExchangeAnswered("AAA", "BBB", agreed=False))
    assert held.room.proposals == ()
    with pytest.raises(NoSuchWish):
        held.do(ExchangeAnswered("AAA", "BBB", agreed=True))

    held.do(ExchangeProposed("CCC", "BBB"))
    held.do(Withdrawn("BBB"))

    assert held.room.proposals == ()


def test_who_waits_asks_one_other_at_a_time_and_only_where_the_rules_let_places_be_exchanged():
    held, strict = hall("AAA", "BBB", "CCC"), hall("AAA", "BBB", exchange={"allowed": False})
    held.do(ExchangeProposed("AAA", "BBB"))

    for one, other in (("AAA", "CCC"), ("BBB", "AAA")):
        with pytest.raises(NotInOrder, match="has asked for an exchange, or was asked for this one"):
            held.do(ExchangeProposed(one, other))
    with pytest.raises(NotOfThisFloor, match="There is no exchange of places here"):
        strict.do(ExchangeProposed("AAA", "BBB"))


# Texts


@pytest.mark.parametrize("moment", ["after", "when_called"])
def test_a_text_is_hidden_again_when_the_giving_of_the_floor_is_undone(moment):
    held = hall("AAA", public_sees={"texts": moment})
    text(held, "t")
    seen = [released(held)]

    held.do(FloorGiven("AAA", 180))
    seen.append(released(held))
    given = held.room.last.number
    held.do(TurnEnded())
    seen.append(released(held))
    held.do(Undone(held.room.last.number))
    held.do(Undone(given))
    seen.append(released(held))

    assert seen == [[], ["t"] if moment == "when_called" else [], ["t"], []]


def test_a_text_for_a_second_turn_is_not_released_by_the_first():
    held = hall("AAA")
    text(held, "first")
    held.do(FloorGiven("AAA", 180))
    held.do(TurnEnded())
    held.do(Asked("again", "2", Speaker("states_parties", "AAA")))
    text(held, "second")
    assert released(held) == ["first"]

    held.do(FloorGiven("again", 180))
    held.do(TurnEnded())

    assert released(held) == ["first", "second"]


def test_a_text_that_comes_after_the_turn_is_released_and_takes_the_place_of_the_one_before():
    held = hall("AAA")
    text(held, "first")
    held.do(FloorGiven("AAA", 180))
    held.do(TurnEnded())

    text(held, "late")

    assert released(held) == ["late"]


def test_a_text_that_its_delegation_keeps_from_others_is_never_released():
    held = hall("AAA")
    text(held, "kept", for_everybody=False)
    text(held, "in writing", code="BBB", written=True)
    held.do(FloorGiven("AAA", 180))
    held.do(TurnEnded())

    assert released(held) == ["in writing"]
