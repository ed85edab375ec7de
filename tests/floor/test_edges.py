"""What odd orders of acts, odd words and odd hours must not do to a floor."""

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from servanda.common.languages import NotALanguage
from servanda.floor.expecting import BETWEEN, expected
from servanda.floor.folding import after, counts_from, fold
from servanda.floor.log import (
    Asked,
    FloorGiven,
    FoundAbsent,
    ItemConcluded,
    ItemTaken,
    ListClosed,
    Logged,
    Moved,
    PointRuled,
    SittingClosed,
    SittingOpened,
    SittingSuspended,
    Speaker,
    StatementReceived,
    TurnEnded,
    TurnPaused,
    Undone,
)
from servanda.floor.procedure import limit_for, queue, who_is_next
from servanda.floor.refusals import NoSuchThing, NotInOrder, PointAwaitsRuling, TooManyWords
from servanda.floor.texts import is_released
from tests.floor.hall import START, Hall, profile
from tests.floor.test_rules import ask, give, hall, hear, line, speaker

GROUP = Speaker("groups", "AAA", on_behalf_of="The Six")


# Who, and in which words


@pytest.mark.parametrize("nobody", [Speaker("states_parties", ""), Speaker("groups", " ", name=" ")])
def test_nobody_is_entered_without_a_name(nobody):
    held = hall()

    with pytest.raises(NoSuchThing, match=r"^This meeting has no speaker"):
        held.do(Asked("r", "2", nobody))
    with pytest.raises(NoSuchThing, match=r"^This meeting has no request ''"):
        held.do(Asked("", "2", speaker("AAA")))


@pytest.mark.parametrize(
    "act",
    [
        SittingSuspended(until="x" * 501),
        ItemTaken("3", reason="\u202e" * 501),
        Asked("r", "2", Speaker("groups", "g", name="x" * 501)),
    ],
    ids=["until", "reason", "name"],
)
def test_what_is_longer_than_anybody_would_say_is_not_taken(act):
    held = hall()

    with pytest.raises(TooManyWords, match=r"It takes up to 500 characters"):
        held.do(act)


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "a\u202eb\u0000c", "'; drop table --", "مكتب الرئاسة", "👩‍⚖️"]
)
def test_odd_words_are_kept_as_they_are(words):
    held = hall()
    ask(held, "AAA", "BBB")

    held.do(Moved("BBB", None, words))

    assert held.read_anew().departures[0].reason == words


def test_a_text_is_in_one_of_the_six_languages():
    with pytest.raises(NotALanguage):
        hall().do(StatementReceived("t", "2", speaker("AAA"), "<b>", "0" * 64))


def test_a_text_for_a_group_and_one_for_the_state_are_released_each_with_its_own_turn():
    held = hall()
    for name, whose in (("own", speaker("AAA")), ("of-the-six", GROUP)):
        held.do(Asked(name, "2", whose))
        held.do(StatementReceived(name, "2", whose, "en", "0" * 64))

    first = hear(held)
    released = [name for name, text in held.room.statements.items() if is_released(held.room, text)]

    assert (first, released) == ("of-the-six", ["of-the-six"])


# What is not under consideration


def test_who_waits_on_another_item_cannot_be_absent_from_this_one():
    held = hall()
    ask(held, "DDD", item="3")

    with pytest.raises(NotInOrder, match=r"^Item 3 is not under consideration\. By the rules it is the turn of: 2\."):
        held.do(FoundAbsent("DDD"))


def test_a_point_of_order_is_raised_on_what_is_under_consideration():
    held = hall("formal")

    with pytest.raises(NotInOrder, match=r"^Item 3 is not under consideration\."):
        ask(held, "AAA", item="3", act="point_of_order")


@pytest.mark.parametrize("act", [SittingClosed(), ItemTaken("1"), ItemConcluded("2", reason="time")])
def test_nothing_goes_on_over_a_point_that_was_not_ruled_upon(act):
    held = hall("formal")
    ask(held, "AAA", act="point_of_order")
    hear(held)

    with pytest.raises(PointAwaitsRuling, match=r"^The point of order of AAA is not ruled upon\."):
        held.do(act)
    held.do(PointRuled("AAA-point_of_order", upheld=True))

    held.do(act)


def test_an_item_without_lists_and_without_anybody_is_taken_and_concluded():
    held = hall(item="1")

    assert (who_is_next(held.room), queue(held.room)) == (None, ())
    held.do(ItemConcluded("1"))

    assert held.room.item is None
    assert (who_is_next(held.room), queue(held.room)) == (None, ())


# Lists and replies


def test_a_list_opened_again_with_a_sitting_and_closed_in_it_stays_closed():
    held = hall(continuation={"list_then": "opened_again"})
    held.do(SittingClosed())
    held.do(SittingOpened("second"))
    held.do(ListClosed("2"))

    held.do(ItemTaken("3"))
    held.do(ItemTaken("2"))

    assert held.room.is_closed("2", held.now)


def test_replies_at_the_end_of_the_sitting_wait_until_its_other_items_are_concluded():
    held = hall(reply={"when": "end_of_sitting"})
    ask(held, "AAA", act="reply")
    before = who_is_next(held.room)

    held.do(ItemTaken("1"))
    held.do(ItemConcluded("1"))
    held.do(ItemTaken("2"))

    assert before is None
    assert who_is_next(held.room).request.id == "AAA-reply"


def test_the_presiding_officer_may_grant_a_reply_that_the_rules_do_not_know():
    held = hall()

    ask(held, "ORG", act="reply", reason="it was named")

    assert line(held) == ["ORG-reply"]
    assert [(each.kind, each.reason) for each in held.room.departures] == [("asked", "it was named")]


def test_a_limit_for_the_replies_of_a_category_is_the_one_that_holds():
    limits = ({"who": "states_not_party", "act": "reply", "seconds": 45},)
    held = hall(limits={"limits": limits})

    ask(held, "AAA", "NNN", act="reply")

    assert [limit_for(held.room, held.room.requests[f"{code}-reply"]) for code in ("AAA", "NNN")] == [120, 45]


# Instants


def test_an_act_from_off_the_network_is_judged_at_the_instant_from_which_it_counts():
    held = hall()
    held.wait(600)
    hour = timedelta(hours=1)

    assert counts_from(held.room, held.now - hour, held.now) == held.room.at
    assert counts_from(held.room, held.now + hour, held.now) == held.now
    assert counts_from(None, held.now - hour, held.now) == held.now - hour


def test_acts_performed_in_odd_order_fold_to_a_time_that_never_turns_back():
    held = hall()
    ask(held, "AAA")
    acts = [(FloorGiven("AAA", 180), 60), (TurnPaused(), -900), (TurnEnded(), 30)]

    room, ats = held.room, []
    for number, (act, seconds) in enumerate(acts, held.room.number + 1):
        room = after(room, Logged(number, act, START + timedelta(seconds=seconds), "console"))
        ats.append((room.at - START).total_seconds())

    assert ats == [60, 60, 60]
    assert room.turns[0].used == timedelta()


@pytest.mark.parametrize("night", [date(2024, 10, 27), date(2025, 3, 30)], ids=["an hour twice", "an hour left out"])
def test_the_night_in_which_the_clocks_change_takes_no_time_from_anybody(night):
    held, here = Hall(profile(closing={"by": "time_of_day", "minutes": 24 * 60 + 9 * 60})), ZoneInfo("Europe/Zurich")
    held.now = datetime.combine(night - timedelta(days=1), time(23), here).astimezone(UTC)
    held.do(SittingOpened("first"))
    held.do(ItemTaken("2"))
    ask(held, "AAA")
    give(held)

    held.wait(4 * 3600)
    held.do(TurnEnded())

    assert held.room.turns[0].used == timedelta(hours=4)
    assert held.room.closes_at("2") == datetime.combine(night, time(9), here)


# Undoing


def test_a_meeting_is_undone_act_by_act_to_its_opening_and_no_further():
    held = Hall(profile())
    rooms = []
    for act in (SittingOpened("first"), ItemTaken("2"), Asked("AAA", "2", speaker("AAA")), FloorGiven("AAA", 180)):
        rooms.append(held.room)
        held.do(act)

    while rooms:
        held.do(Undone(held.room.last.number))
        assert (held.room.requests, held.room.turns, held.room.item) == (
            rooms[-1].requests, rooms[-1].turns, rooms[-1].item,
        )  # fmt: skip
        rooms.pop()

    assert held.room.last is None
    assert held.read_anew() == held.room


# Size


def test_the_turn_that_was_interrupted_counts_for_those_who_wait():
    held = hall("formal")
    ask(held, "AAA", "BBB")
    give(held)
    held.do(TurnPaused())
    ask(held, "CCC", act="point_of_order")
    give(held)

    window = expected(held.room, "BBB", held.now)

    assert (window.latest - held.now, window.ahead) == (timedelta(seconds=300 + 300) + 2 * BETWEEN, 2)


def test_ten_thousand_acts_are_folded_and_the_next_one_is_judged_at_once():
    entries = list(hall().log)
    while len(entries) < 10_000:
        name = f"r{len(entries)}"
        whose = Speaker("states_parties", f"S{len(entries) % 300}")
        for act in (Asked(name, "2", whose), Moved(name, None, "x"), FloorGiven(name, 60), TurnEnded()):
            entries.append(Logged(len(entries) + 1, act, START + timedelta(seconds=len(entries)), "console"))

    started = perf_counter()
    room = fold(entries)
    folded, started = perf_counter() - started, perf_counter()
    following = who_is_next(room)
    judged = perf_counter() - started

    assert (len(room.turns), following) == (2_500, None)
    assert (folded < 15, judged < 1) == (True, True)
