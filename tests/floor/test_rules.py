"""Rule after rule of the floor, each as a short scene in a small meeting."""

from datetime import timedelta

import pytest

from servanda.common.refusals import Refusal
from servanda.floor.advice import shortening, what_would_move
from servanda.floor.expecting import expected
from servanda.floor.log import (
    Asked,
    Exchanged,
    FloorGiven,
    FoundAbsent,
    ItemConcluded,
    ItemTaken,
    LimitSet,
    ListClosed,
    ListReopened,
    Moved,
    PointRuled,
    SittingClosed,
    SittingOpened,
    SittingResumed,
    SittingSuspended,
    Speaker,
    StatementReceived,
    TurnContinued,
    TurnEnded,
    TurnExtended,
    TurnPaused,
    Undone,
    Withdrawn,
)
from servanda.floor.outlook import outlook
from servanda.floor.procedure import limit_for, queue, time_used, who_is_next
from servanda.floor.refusals import (
    AlreadyOnTheList,
    AnotherTierNamesThem,
    ClockStands,
    ItemIsConcluded,
    ItemWasNotTaken,
    ListIsClosed,
    ListIsNotOpenYet,
    ListStands,
    NobodyHasTheFloor,
    NoMoreOfThese,
    NoSuchThing,
    NotASensibleLength,
    NotInOrder,
    NotOfThisFloor,
    NotTheLastAct,
    NotWaiting,
    OrderNeedsMore,
    OthersRestOnIt,
    PointAwaitsRuling,
    PointIsNotHeard,
    SittingIsNotOpen,
    SittingWasHeld,
    SomebodyHasTheFloor,
    SomeStillWait,
)
from tests.floor.hall import Hall, profile

SIX = {"The Six": ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")}


def hall(name="informal", *, item="2", opening=None, **knobs):
    """A meeting whose first sitting has taken an item."""
    held = Hall(profile(name, **knobs), **(opening or {}))
    held.do(SittingOpened("first"))
    held.do(ItemTaken(item))
    return held


def speaker(code):
    """A speaker of the small meeting."""
    known = {"SSS": "signatories", "NNN": "states_not_party", "ORG": "organizations", "bureau": "officers"}
    return Speaker(known.get(code, "states_parties"), code)


def ask(held, *codes, item="2", act="statement", **more):
    """Some ask for the floor; each request is named by its speaker."""
    for code in codes:
        held.do(Asked(code if act == "statement" else f"{code}-{act}", item, speaker(code), act, **more))


def give(held, name=None, **more):
    """The floor is given, to the next or to a request."""
    name = name or who_is_next(held.room).request.id
    return held.do(FloorGiven(name, limit_for(held.room, held.room.requests[name]), **more))


def hear(held):
    """The next is heard to the end."""
    name = who_is_next(held.room).request.id
    give(held)
    held.do(TurnEnded())
    return name


def line(held, item="2"):
    """The requests that wait, first the next."""
    return [each.request.id for each in queue(held.room, item)]


# The order of the list


def test_those_named_speak_before_the_others_and_who_presents_before_all():
    held = hall()

    ask(held, "FFF", "BBB", "ORG", "AAA", "bureau")

    assert line(held) == ["bureau", "BBB", "AAA", "FFF", "ORG"]


def test_signatories_follow_states_parties_in_one_group():
    held = hall()

    ask(held, "SSS", "FFF")

    assert line(held) == ["FFF", "SSS"]


@pytest.mark.parametrize(
    ("speak", "order"),
    [("first", ["group", "AAA", "FFF"]), ("in_tier", ["AAA", "FFF", "group"]), ("by_time", ["group", "AAA", "FFF"])],
)
def test_groups_speak_where_the_rules_put_them(speak, order):
    held = hall(group_statements={"speak": speak})

    ask(held, "FFF")
    held.do(Asked("group", "2", Speaker("groups", "GGG", on_behalf_of="The Six")))
    ask(held, "AAA")

    assert line(held) == order


@pytest.mark.parametrize(
    ("then", "order", "seconds", "words"),
    [
        ("as_before", ["group", "AAA", "BBB"], 180, 1),
        ("warned", ["group", "AAA", "BBB"], 180, 2),
        ("last", ["group", "AAA", "BBB"], 180, 2),
        ("shorter", ["group", "AAA", "BBB"], 120, 2),
    ],
)
def test_the_statement_of_a_group_bears_on_its_members_as_the_rules_say(then, order, seconds, words):
    held = hall(group_statements={"members_then": then}, opening={"groups": SIX})

    held.do(Asked("group", "2", Speaker("groups", "GGG", on_behalf_of="The Six")))
    ask(held, "AAA", "BBB")

    assert line(held) == order
    assert limit_for(held.room, held.room.requests["AAA"]) == seconds
    assert len(queue(held.room)[1].because) == words


def test_members_of_a_group_speak_after_those_who_are_none():
    held = hall(group_statements={"members_then": "last"}, opening={"groups": {"The Six": ("CCC",)}})

    held.do(Asked("group", "2", Speaker("groups", "GGG", on_behalf_of="The Six")))
    ask(held, "CCC", "AAA")

    assert line(held) == ["group", "AAA", "CCC"]


@pytest.mark.parametrize(
    ("by", "given", "order"),
    [
        ("request", {}, ["BBB", "AAA", "CCC"]),
        ("alphabet", {}, ["CCC", "AAA", "BBB"]),
        ("lot", {"places": {"AAA": 1, "CCC": 2, "BBB": 3}}, ["AAA", "CCC", "BBB"]),
        ("seniority", {"places": {"CCC": 1}}, ["CCC", "BBB", "AAA"]),
        ("regions_in_turn", {"regions": {"AAA": "east", "BBB": "east", "CCC": "west"}}, ["BBB", "CCC", "AAA"]),
    ],
)
def test_the_order_in_a_group_is_the_one_of_the_rules(by, given, order):
    held = hall(order_in_tier={"by": by}, opening=given)

    ask(held, "BBB", "AAA", "CCC")

    assert line(held) == order


@pytest.mark.parametrize(
    ("knobs", "needs"),
    [
        ({"order_in_tier": {"by": "lot"}}, "the place of each participant"),
        ({"order_in_tier": {"by": "seniority"}}, "the place of each participant"),
        ({"order_in_tier": {"by": "regions_in_turn"}}, "the region of each participant"),
        ({"group_statements": {"members_then": "last"}}, "the members of each group"),
    ],
)
def test_an_order_that_needs_what_is_not_there_is_refused_at_the_opening(knobs, needs):
    with pytest.raises(OrderNeedsMore, match=f"This order needs what no register holds: {needs}."):
        Hall(profile(**knobs))


def test_groups_of_speakers_take_turns_where_the_rules_say_so():
    held = hall(tier_order={"take": "in_turn", "of_one": 2, "of_next": 1})

    ask(held, "AAA", "BBB", "CCC", "DDD", "EEE")

    assert line(held) == ["AAA", "BBB", "DDD", "CCC", "EEE"]


# Moves, exchanges and absence


def test_a_move_of_one_moves_nobody_else_when_the_other_is_absent():
    held = hall()
    ask(held, "AAA", "BBB", "CCC", "FFF")
    held.do(Moved("FFF", "AAA", "as agreed"))

    held.do(FoundAbsent("AAA"))
    held.do(FoundAbsent("AAA"))

    assert line(held) == ["FFF", "BBB", "CCC", "AAA"]


def test_places_once_exchanged_stay_when_one_is_absent():
    held = hall()
    ask(held, "AAA", "BBB", "CCC")
    held.do(Exchanged("AAA", "CCC"))

    held.do(FoundAbsent("CCC"))

    assert line(held) == ["BBB", "CCC", "AAA"]


def test_places_are_exchanged_in_one_group_only():
    held = hall()
    ask(held, "AAA", "FFF")

    with pytest.raises(NotInOrder, match=r"^These two do not wait in one group of speakers\."):
        held.do(Exchanged("AAA", "FFF"))


def test_places_are_not_exchanged_where_the_rules_forbid_it():
    held = hall(exchange={"allowed": False})
    ask(held, "AAA", "BBB")

    with pytest.raises(NotOfThisFloor, match=r"^There is no exchange of places here for states parties\."):
        held.do(Exchanged("AAA", "BBB"))


def test_nobody_is_placed_behind_one_who_has_spoken():
    held = hall()
    ask(held, "AAA", "BBB", "CCC")
    hear(held)

    with pytest.raises(NotWaiting, match=r"^The request of AAA does not wait: it is spoken\."):
        held.do(Moved("CCC", "AAA", "as agreed"))


def test_a_place_is_changed_only_with_a_reason_which_goes_on_record():
    held = hall()
    ask(held, "AAA", "BBB")

    with pytest.raises(NotInOrder, match=r"^A place on the list is changed only with a reason\."):
        held.do(Moved("BBB", None, " "))
    held.do(Moved("BBB", None, "a flight"), by="chair")

    assert [(each.kind, each.reason, each.by) for each in held.room.departures] == [("moved", "a flight", "chair")]


@pytest.mark.parametrize(
    ("then", "calls", "order"),
    [
        ("passed_over", 1, ["BBB", "AAA", "CCC", "FFF"]),
        ("end_of_tier", 1, ["BBB", "CCC", "AAA", "FFF"]),
        ("end_of_tier", 2, ["BBB", "AAA", "CCC", "FFF"]),
        ("struck", 1, ["BBB", "CCC", "FFF"]),
        ("struck", 2, ["BBB", "AAA", "CCC", "FFF"]),
    ],
)
def test_who_is_absent_goes_where_the_rules_say(then, calls, order):
    held = hall(absent={"then": then, "calls": calls})
    ask(held, "AAA", "BBB", "CCC", "FFF")

    held.do(FoundAbsent("AAA"))

    assert line(held) == order


def test_the_last_of_a_group_who_is_absent_does_not_stop_the_next_group():
    held = hall(absent={"then": "end_of_tier", "calls": 1})
    ask(held, "AAA", "FFF", "EEE")

    held.do(FoundAbsent("AAA"))

    assert line(held) == ["FFF", "AAA", "EEE"]


# Opening, closing and carrying on a list


def test_a_list_opens_so_long_before_its_item_as_the_rules_say():
    held = Hall(profile(inscription={"opens_minutes_before": 60}))
    held.wait(-3601)

    with pytest.raises(ListIsNotOpenYet, match=r"It opens on 2024-06-18 09:00, at the time of the meeting's place\."):
        ask(held, "AAA")
    held.wait(1)
    ask(held, "AAA")

    assert line(held) == ["AAA"]


def test_a_rehearsal_is_not_bound_by_the_day():
    held = Hall(profile(inscription={"opens_minutes_before": 60}), rehearsal=True)
    held.wait(-7200)

    ask(held, "AAA")

    assert line(held) == ["AAA"]


def test_who_comes_late_follows_all_who_were_on_the_list():
    held = hall()
    ask(held, "FFF")
    held.do(ListClosed("2"))

    ask(held, "AAA")

    assert line(held) == ["FFF", "AAA"]
    assert str(queue(held.room)[1].because[1]) == (
        "It was entered after the list was closed; so it follows all who were on it."
    )


@pytest.mark.parametrize("late", ["to_the_desk", "refused"])
def test_who_comes_late_is_let_in_with_a_reason_alone_where_the_rules_say_so(late):
    held = hall(inscription={"late": late})
    held.do(ListClosed("2"))

    with pytest.raises(ListIsClosed, match=r"^The list of speakers on item 2 is closed\."):
        ask(held, "AAA")
    ask(held, "AAA", reason="the desk was at lunch")

    assert line(held) == ["AAA"]
    assert [each.kind for each in held.room.departures] == ["asked"]


@pytest.mark.parametrize(
    ("closing", "minutes"),
    [({"by": "minutes_after_start", "minutes": 15}, 15), ({"by": "time_of_day", "minutes": 10 * 60 + 30}, 30)],
)
def test_a_list_closes_by_itself_and_the_presiding_officer_may_open_it_again(closing, minutes):
    held = hall(closing={**closing, "may_still_enter": []})
    held.wait(minutes * 60 - 1)
    ask(held, "AAA")
    held.wait(1)

    with pytest.raises(ListIsClosed):
        ask(held, "BBB")
    with pytest.raises(ListStands, match=r"^The list of speakers on item 2 is closed already\."):
        held.do(ListClosed("2"))
    held.do(ListReopened("2"))
    ask(held, "BBB")

    assert line(held) == ["AAA", "BBB"]


@pytest.mark.parametrize(
    ("then", "over_lunch", "afterwards"),
    [("stays_open", False, False), ("frozen", True, True), ("opened_again", False, False)],
)
def test_a_list_over_lunch_and_night_is_what_the_rules_make_of_it(then, over_lunch, afterwards):
    held = hall(continuation={"list_then": then})
    ask(held, "AAA", "BBB")

    held.do(SittingClosed())
    lunch = held.room.is_closed("2", held.now)
    held.do(SittingOpened("second"))
    afternoon = held.room.is_closed("2", held.now)
    held.do(SittingClosed())
    held.do(SittingOpened("third"))

    assert (lunch, afternoon, held.room.is_closed("2", held.now)) == (over_lunch, afterwards, afterwards)
    assert line(held) == ["AAA", "BBB"]


def test_a_list_that_was_closed_is_opened_again_with_the_next_sitting_and_not_before():
    held = hall(continuation={"list_then": "opened_again"})
    held.do(ListClosed("2"))
    held.do(ItemTaken("1"))
    held.do(ItemTaken("2"))
    same_sitting = held.room.is_closed("2", held.now)

    held.do(SittingClosed())
    held.do(SittingOpened("second"))

    assert (same_sitting, held.room.is_closed("2", held.now)) == (True, False)


def test_an_item_left_at_a_rising_goes_on_and_may_be_taken_again():
    held = hall()
    ask(held, "AAA", "BBB", "CCC")
    hear(held)
    held.do(SittingClosed())

    held.do(SittingOpened("second"))
    held.do(ItemTaken("2"))

    assert [hear(held), hear(held)] == ["BBB", "CCC"]
    with pytest.raises(NotInOrder, match=r"^Item 2 is under consideration already\."):
        held.do(ItemTaken("2"))


def test_the_meeting_moves_to_another_item_and_back():
    held = hall()
    ask(held, "AAA", "BBB")
    ask(held, "DDD", item="3")
    hear(held)

    with pytest.raises(NotInOrder, match=r"^Item 3 is not planned for this sitting\."):
        held.do(ItemTaken("3"))
    held.do(ItemTaken("3", reason="the speaker leaves"))
    other = hear(held)
    held.do(ItemTaken("2"))

    assert (other, hear(held)) == ("DDD", "BBB")


def test_an_item_is_concluded_over_nobodys_head_unsaid():
    held = hall()
    ask(held, "AAA")

    with pytest.raises(SomeStillWait, match=r"^Some still wait for the floor on item 2: AAA\."):
        held.do(ItemConcluded("2"))
    held.do(ItemConcluded("2", reason="time"))

    with pytest.raises(ItemIsConcluded):
        ask(held, "BBB")
    with pytest.raises(ItemWasNotTaken, match=r"^Item 3 was not taken up\."):
        held.do(ItemConcluded("3"))
    assert [each.kind for each in held.room.departures] == ["item-concluded"]


# Who may ask, and how often


def test_a_delegation_waits_once_however_it_is_written():
    held = hall()
    ask(held, "AAA")

    with pytest.raises(AlreadyOnTheList, match=r"^AAA is on the list of item 2 already\."):
        held.do(Asked("again", "2", Speaker("states_parties", "AAA", name="Republic of A")))


def test_nothing_is_asked_on_an_item_that_the_meeting_does_not_have():
    with pytest.raises(NoSuchThing, match=r"^This meeting has no item '9'\. Known: 1, 2, 3\."):
        ask(hall(), "AAA", item="9")


def test_a_state_speaks_in_the_capacity_in_which_it_takes_part():
    held = hall()

    for category in ("states_parties", "organizations"):
        with pytest.raises(NotOfThisFloor, match=rf"^There is no place here for {category.replace('_', ' ')}\."):
            held.do(Asked("NNN", "2", Speaker(category, "NNN")))
    with pytest.raises(NoSuchThing, match=r"^This meeting has no participant 'ZZZ'\."):
        held.do(Asked("ZZZ", "2", Speaker("states_parties", "ZZZ")))


def test_a_reason_of_blanks_is_none():
    held = hall()

    with pytest.raises(NotInOrder, match=r"^Item 3 is not planned for this sitting\."):
        held.do(ItemTaken("3", " "))


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (SittingResumed(), "The sitting goes on already."),
        (StatementReceived("one", "2", Speaker("states_parties", "AAA"), "en", ""), "This text of AAA on item 2 is"),
        (LimitSet(60, category="groups", tier="asked"), "A limit is set for one category or for one tier. Both were"),
    ],
)
def test_what_no_reason_and_no_waiting_helps_is_refused_without_asking_for_it(act, says):
    held = hall()
    held.do(StatementReceived("one", "2", Speaker("states_parties", "AAA"), "en", ""))

    with pytest.raises(Refusal) as refused:
        held.do(act)

    assert str(refused.value).startswith(says)
    assert [word for word in ("reason", "Wait for", "clock") if word in str(refused.value)] == []


def test_whom_a_group_of_speakers_names_is_entered_under_no_other():
    held = hall()

    with pytest.raises(
        AnotherTierNamesThem, match=r"^AAA stands under another group of speakers of this item: asked\."
    ):
        ask(held, "AAA", tier="all")
    ask(held, "FFF", tier="asked")

    assert line(held) == ["FFF"]


def test_a_delegation_speaks_so_often_on_an_item_as_the_rules_say():
    held = hall(interventions={"most": 1})
    ask(held, "AAA")
    hear(held)

    with pytest.raises(NoMoreOfThese, match=r"^No further statement on this item is left to this delegation\."):
        held.do(Asked("again", "2", speaker("AAA")))


def test_a_right_of_reply_is_used_twice_and_then_refused():
    held = hall()
    ask(held, "AAA", "BBB")
    replies = []

    for number in (1, 2):
        held.do(Asked(f"reply-{number}", "2", speaker("FFF"), "reply"))
        replies.append(limit_for(held.room, held.room.requests[f"reply-{number}"]))
        if number == 1:
            assert [hear(held), hear(held), hear(held)] == ["AAA", "BBB", "reply-1"]
        else:
            hear(held)

    assert replies == [120, 60]
    with pytest.raises(
        NoMoreOfThese, match=r"^No further reply on this item is left .* The rules of this floor give 2"
    ):
        held.do(Asked("reply-3", "2", speaker("FFF"), "reply"))


def test_an_organization_has_no_right_of_reply():
    with pytest.raises(NotOfThisFloor, match=r"^There is no reply here for organizations\."):
        ask(hall(), "ORG", act="reply")


def test_a_reply_is_not_spoken_where_the_rules_want_it_in_writing():
    with pytest.raises(NotOfThisFloor):
        ask(hall(reply={"form": "written"}), "AAA", act="reply")


def test_replies_at_the_end_of_the_day_wait_for_its_last_sitting_on_the_item():
    held = hall("formal")
    ask(held, "AAA", act="reply")
    morning = who_is_next(held.room)
    held.do(SittingClosed())

    held.do(SittingOpened("second"))

    assert morning is None
    assert who_is_next(held.room).request.id == "AAA-reply"


def test_a_written_statement_is_taken_also_when_the_list_is_closed():
    held = hall()
    held.do(ListClosed("2"))

    held.do(StatementReceived("text", "2", speaker("ORG"), "en", "0" * 64, written=True))

    assert held.room.statements["text"].written
    assert line(held) == []


# Points of order, by rules that are not yet loaded from their source


def test_there_are_no_points_of_order_where_nothing_is_decided():
    with pytest.raises(NotOfThisFloor, match=r"^There is no point of order here for states parties\."):
        ask(hall(), "AAA", act="point_of_order")


def test_a_point_of_order_interrupts_and_is_ruled_upon_before_the_meeting_goes_on():
    held = hall("formal")
    ask(held, "AAA", "BBB")
    give(held)
    ask(held, "CCC", act="point_of_order")

    with pytest.raises(SomebodyHasTheFloor, match=r"^AAA has the floor\."):
        give(held)
    with pytest.raises(PointIsNotHeard, match=r"^The point of order of CCC was not heard\."):
        held.do(PointRuled("CCC-point_of_order", upheld=False))
    held.do(TurnPaused())
    give(held)
    held.do(TurnEnded())
    with pytest.raises(PointAwaitsRuling, match=r"^The point of order of CCC is not ruled upon\."):
        held.do(TurnContinued())
    held.do(PointRuled("CCC-point_of_order", upheld=False))
    held.do(TurnContinued())

    assert held.room.rules.standing == "rules not yet loaded from source"
    assert held.room.turn.speaker.code == "AAA"


def test_a_point_of_order_raised_later_still_stands_before_one_who_was_moved_to_the_head():
    held = hall("formal")
    ask(held, "AAA", "BBB")
    held.do(Moved("BBB", None, "a flight"))

    ask(held, "CCC", act="point_of_order")

    assert line(held) == ["CCC-point_of_order", "BBB", "AAA"]


def test_no_point_of_order_interrupts_another():
    held = hall("formal")
    ask(held, "AAA", "BBB", act="point_of_order")
    give(held)
    held.do(TurnPaused())

    with pytest.raises(SomebodyHasTheFloor):
        give(held)


# Clocks


def test_the_clock_stands_while_the_turn_is_paused_and_the_sitting_suspended():
    held = hall()
    ask(held, "AAA")
    give(held)
    held.wait(30)
    held.do(TurnPaused())
    held.wait(600)
    held.do(TurnContinued())
    held.wait(30)
    held.do(SittingSuspended("11:30"))
    held.wait(600)
    with pytest.raises(SittingIsNotOpen, match=r"^The sitting is suspended\."):
        held.do(TurnContinued())
    held.do(SittingResumed())
    held.do(TurnContinued())
    held.wait(40)
    held.do(TurnEnded())

    assert held.room.turns[0].used == time_used(held.room, "AAA") == timedelta(seconds=100)


def test_a_clock_set_back_never_takes_time_from_a_speaker():
    held = hall()
    ask(held, "AAA")
    held.wait(60)
    give(held)
    held.wait(-3600)
    held.do(TurnEnded())

    assert held.room.turns[0].used == timedelta()
    assert held.room.turns[0].ended_at == held.room.turns[0].started_at


def test_a_turn_is_given_more_time_and_never_less_than_makes_sense():
    held = hall()
    ask(held, "AAA")
    give(held)

    held.do(TurnExtended(60))

    assert held.room.turn.seconds == 240
    with pytest.raises(NotASensibleLength, match=r"^-60 seconds are not a length for a turn\."):
        held.do(TurnExtended(-300))


def test_a_clock_is_not_stopped_twice_and_no_turn_is_ended_that_is_none():
    held = hall()
    with pytest.raises(NobodyHasTheFloor, match=r"^Nobody has the floor\."):
        held.do(TurnEnded())
    ask(held, "AAA")
    give(held)
    held.do(TurnPaused())

    with pytest.raises(ClockStands, match=r"^The clock stands already\."):
        held.do(TurnPaused())


# Undoing


def test_only_the_last_act_that_stands_is_undone():
    held = hall()
    ask(held, "AAA")
    held.do(ListClosed("2"))

    with pytest.raises(NotTheLastAct, match=r"^Entry 4 cannot be undone\. The last act that stands is entry 5\."):
        held.do(Undone(4))
    held.do(Undone(5))
    held.do(Undone(4))

    assert line(held) == []


def test_the_floor_is_taken_back_under_a_request_that_came_since_and_the_request_stands():
    held = hall()
    ask(held, "AAA")
    give(held)
    ask(held, "BBB")

    held.do(Undone(5))

    assert (held.room.turns, line(held)) == ((), ["AAA", "BBB"])
    assert held.room.last.act.request == "BBB"


def test_a_list_is_not_closed_again_under_a_request_that_rests_on_its_opening():
    held = hall(closing={"may_still_enter": []})
    held.do(ListClosed("2"))
    held.do(ListReopened("2"))
    ask(held, "AAA")

    with pytest.raises(OthersRestOnIt, match=r"^Entry 5 cannot be undone: entry 6 rests on it\."):
        held.do(Undone(5))


def test_an_opening_is_not_undone_where_a_request_would_then_be_late():
    held = hall(inscription={"late": "to_the_end"})
    held.do(ListClosed("2"))
    held.do(ListReopened("2"))
    ask(held, "AAA")

    with pytest.raises(OthersRestOnIt):
        held.do(Undone(5))


def test_a_sitting_is_held_once():
    held = hall()

    with pytest.raises(SittingWasHeld, match=r"^The sitting 'first' is open already\."):
        held.do(SittingOpened("second"))
    held.do(SittingClosed())
    with pytest.raises(SittingWasHeld, match=r"^The sitting 'first' has risen already\."):
        held.do(SittingOpened("first"))


# Advice


def test_a_delegation_learns_what_would_move_it():
    held = hall()
    ask(held, "AAA", "FFF", "EEE", "bureau")

    told = [str(sentence) for sentence in what_would_move(held.room, "EEE")]

    assert told == [
        "On the list of this item 3 stand before it.",
        "Points of order, and who presents the item, come before statements; these before replies.",
        "Those who stand under the following speak before: asked",
        "In its own group 1 stand before it; if one of them withdraws or is absent, it moves up.",
        "It may exchange places with another of its group, if both agree.",
        "The presiding officer may give it another place; the reason goes on record.",
    ]


def test_who_does_not_wait_cannot_be_moved():
    held = hall()
    ask(held, "AAA")
    held.do(Withdrawn("AAA"))

    assert what_would_move(held.room, "AAA") == ()


def test_shorter_limits_are_proposed_where_the_list_does_not_fit():
    held = hall()
    ask(held, "AAA", "BBB", "CCC", "DDD")
    enough = shortening(held.room, held.now)
    held.wait(3 * 3600 - 660)

    proposed = shortening(held.room, held.now)

    assert enough is None
    assert (proposed.now.left, proposed.now.needed, proposed.then.needed) == (
        timedelta(minutes=11),
        timedelta(minutes=14),
        timedelta(minutes=10),
    )
    assert proposed.then.fits
    assert proposed.settings == (LimitSet(120, "states_parties"),)


def test_the_outlook_and_the_window_of_a_delegation_reckon_alike_and_nothing_is_proposed_where_all_fits():
    held = hall()
    ask(held, "AAA", "BBB", "CCC", "DDD")
    begun, window = held.now, expected(held.room, "DDD", held.now)
    for name in ("AAA", "BBB", "CCC"):
        give(held, name, reason="for the test")
        held.wait(30)
        held.do(TurnEnded())
    ask(held, "EEE", "FFF")
    held.wait(3 * 3600 - 90 - 330)

    now = outlook(held.room, held.now)

    assert window.latest - begun == 3 * timedelta(seconds=180 + 30)
    assert (now.share, now.needed, now.fits) == (0.3, 3 * timedelta(seconds=0.3 * 180 + 30), True)
    assert shortening(held.room, held.now) is None


def test_a_turn_without_a_limit_is_reckoned_alike_everywhere():
    held = hall(limits={"limits": ()})
    ask(held, "AAA", "BBB")

    assert outlook(held.room, held.now).needed == 2 * timedelta(seconds=300 + 30)
    assert expected(held.room, "BBB", held.now).latest - held.now == timedelta(seconds=300 + 30)


def test_a_proposal_once_set_is_not_made_again():
    held = hall()
    ask(held, "AAA", "BBB", "CCC", "DDD")
    held.wait(3 * 3600 - 300)
    for setting in shortening(held.room, held.now).settings:
        held.do(setting)

    assert limit_for(held.room, held.room.requests["AAA"]) == 120
    assert shortening(held.room, held.now) is None
