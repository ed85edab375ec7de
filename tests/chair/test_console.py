"""The console as it is shown: the bar, the words, the list with its reasons, in the reader's language."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from servanda.common.clock import now
from servanda.floor.actions import perform
from servanda.floor.log import Asked, FloorGiven, ItemTaken, PointRuled, SittingOpened, TurnEnded, TurnPaused
from servanda.floor.queries import room
from servanda.floor.replaying import open_rehearsal
from servanda.web.chair.console import console_of
from servanda.web.chair.spoken import spoken
from tests.chair.conftest import HERE, STREAM, act, ask, called, shown
from tests.floor.hall import SPEAKERS, Hall, profile

pytestmark = pytest.mark.django_db


def bar(language="en"):
    return [(each.act, each.key) for each in console_of(room(STREAM), language, now()).bar]


def said(language="en"):
    return [str(each) for each in spoken(console_of(room(STREAM), language, now()))]


def test_the_bar_has_at_most_five_acts_and_the_likely_next_is_first(console):
    found = [bar()]
    ask(console, "Chad", "Cambodia")
    found.append(bar())
    act(console, "give", request=called("TCD").id)
    found.append(bar())
    act(console, "suspend")
    found.append(bar())
    act(console, "resume")
    act(console, "end")
    act(console, "suspend")
    found.append(bar())
    act(console, "resume")
    found.append(bar())

    assert found == [
        [("present", "n"), ("conclude", ""), ("close-list", "c"), ("suspend", "s"), ("undo", "u")],
        [("present", "n"), ("give", ""), ("close-list", "c"), ("suspend", "s"), ("undo", "u")],
        [("end", "n"), ("pause", "p"), ("extend", "e"), ("suspend", "s"), ("undo", "u")],
        [("resume", "n"), ("undo", "u")],
        [("resume", "n"), ("close-sitting", ""), ("undo", "u")],
        [("give", "n"), ("absent", "a"), ("close-list", "c"), ("suspend", "s"), ("undo", "u")],
    ]


def test_a_point_of_order_is_heard_and_ruled_upon_by_the_filled_act():
    held = Hall(profile("formal"))
    for each in (SittingOpened("first"), ItemTaken("2"), Asked("a", "2", SPEAKERS[0]), FloorGiven("a", 300)):
        held.do(each)
    held.do(Asked("point", "2", SPEAKERS[1], "point_of_order"))
    found = []
    for each in (None, TurnPaused(), FloorGiven("point", None), TurnEnded(), PointRuled("point", upheld=True)):
        if each:
            held.do(each)
        first = console_of(held.room, "en", held.now).bar[0]
        found.append((first.act, first.key, str(first.says)))

    assert found == [
        ("pause", "n", "Stop the clock: point of order of BBB"),
        ("give", "n", "Give the floor to BBB on a point of order"),
        ("end", "n", "End of the statement"),
        ("rule", "", "The point is upheld"),
        ("end", "n", "End of the statement"),
    ]


def test_shorter_limits_are_tried_out_where_the_list_does_not_fit(console):
    ask(console, "Chad", "Cambodia", "Ukraine")
    here = room(STREAM)
    opened_at = here.sittings[-1].opened_at

    told = [console_of(here, "en", opened_at + timedelta(minutes=after)).what_if for after in (0, 172)]

    assert told == [[], [(150, 9, False), (120, 8, True), (90, 6, True), (60, 4, True)]]


def test_the_words_of_the_chair_say_who_follows(console):
    ask(console, "EU")
    found = [said()]
    act(console, "give", request=called("EU").id)
    ask(console, "Chad", "Cambodia")
    found.append(said())

    assert found == [
        ["I give the floor to Committee on Article 5 Implementation, to be followed by European Union."],
        ["I thank European Union.", "I give the floor to Chad, to be followed by Cambodia."],
    ]


def test_who_speaks_instead_of_a_planned_presenter_is_seen_and_stands_in_the_script(console):
    planned = console_of(room(STREAM), "en", now()).presenters[0]
    ask(console, "Chad")
    act(console, "ask", who="Vice-Chair", act="statement", sort="officers", instead=planned.code)
    act(console, "ask", who="Yemen", act="reply")

    part = console.get(f"{HERE}?part=requests").content.decode()
    script = console.get(f"{HERE}script/day-1-morning/").content.decode()

    assert bar()[0] == ("give", "n")
    assert "<strong>Vice-Chair</strong>" in re.sub("</?bdi>", "", part)
    assert "I give the floor to <bdi>Vice-Chair</bdi>." in script
    assert f"I give the floor to <bdi>{planned.planned}</bdi>." not in script
    assert re.findall(r"<li>(\w+) <span class=\"tag\">right of reply", re.sub("</?bdi>", "", script)) == ["Yemen"]


def test_the_list_draws_where_a_tier_ends_and_says_why_each_stands_there(console):
    ask(console, "Norway", "Chad", "Afghanistan", "ICBL")

    page, _once = shown(console)

    headings = re.findall(r'<section class="console__tier">\s*<h3>(.*?)</h3>', page, re.DOTALL)
    assert [re.findall(r"(\d+) left", each) for each in headings] == [["2"], ["2"]]
    assert page.count("It stands in the order of requests under:") == 4


def test_groups_that_speak_first_and_the_late_stand_under_headings_of_their_own(console):
    ask(console, "Chad", "Norway")
    act(console, "ask", who="Yemen", act="statement", behalf="Arab Group")
    act(console, "close-list")
    act(console, "ask", who="Cambodia", act="statement", reason="they were delayed")

    found = [
        (group.first.heading, [str(row.place.speaker.name) for row in group.rows])
        for group in console_of(room(STREAM), "en", now()).groups
    ]

    assert (found[0], found[-1]) == (("groups", ["Yemen"]), ("late", ["Cambodia"]))
    assert len({heading for heading, _names in found}) == len(found)


def test_the_last_act_says_what_was_undone(console):
    ask(console, "Chad")
    act(console, "undo", undo=str(room(STREAM).number))

    page = re.sub("</?bdi>", "", shown(console)[0])

    assert "undoing: the request of Chad on item 3 (by ada)" in page


def test_nothing_is_offered_or_reckoned_where_no_item_is_under_consideration(console):
    act(console, "conclude", item="3")

    part = console.get(f"{HERE}?part=queue").content.decode()

    assert "No item is under consideration." in part
    assert "closed</span>" not in part
    assert "open</span>" not in part
    assert console_of(room(STREAM), "en", now()).outlook is None


def test_time_used_stands_in_the_row_of_a_delegation(console):
    ask(console, "Chad")
    act(console, "give", request=called("TCD").id)
    act(console, "end", turn=str(room(STREAM).turn.number))
    ask(console, "Chad")

    page, _once = shown(console)

    assert re.findall(r'<span class="turn__used">(.*?)</span>', page) == ["1 turn, 0:00"]


def test_the_outlook_sets_the_list_against_the_rest_of_the_sitting(console):
    ask(console, "Chad", "Cambodia")
    here = room(STREAM)
    opened_at = here.sittings[-1].opened_at

    told = [
        str(console_of(here, "en", opened_at + timedelta(minutes=after)).outlook.sentence) for after in (0, 178, 190)
    ]

    assert told == [
        "Those who wait (2) need about 7 min; the sitting has 180 min left.",
        "Those who wait (2) need about 7 min; the sitting has 2 min left, 5 min too few.",
        "The sitting is 10 min over its time; those who wait (2) need about 7 min.",
    ]


@pytest.mark.parametrize("part", ["now", "queue", "agenda", "requests"])
def test_a_part_of_the_console_is_the_same_as_in_the_page(console, part):
    ask(console, "Chad")
    marks = re.compile(r'value="\w{20,}"')

    page = marks.sub("", console.get(HERE).content.decode())
    alone = marks.sub("", console.get(f"{HERE}?part={part}").content.decode())

    assert alone.strip() in page


def test_the_list_prints_with_places_lists_limits_and_time_used(console):
    ask(console, "Norway", "Chad")

    page = console.get(f"{HERE}list/").content.decode()

    for told in ("18 June 2024", "The list of speakers is open.", "Nobody has the floor."):
        assert told in page
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td><td class="number">(.*?)</td>', page, re.DOTALL)
    assert [(name, limit) for name, _tier, limit in rows] == [("Chad", "3:00"), ("Norway", "3:00")]


def test_the_script_of_a_sitting_calls_its_items_in_order(console):
    page = console.get(f"{HERE}script/day-1-morning/").content.decode()

    assert re.findall(r"We now turn to item <bdi>(.*?)</bdi>", page) == ["1", "2", "3"]
    assert console.get(f"{HERE}script/day-9/").status_code == 404


def test_a_rehearsal_has_a_console_of_its_own(console):
    there = f"{HERE}rehearsal-1/"

    opened = console.post(f"{there}open/")

    assert (opened.status_code, opened.headers["Location"]) == (302, there)
    assert (room(f"{STREAM}/rehearsal-1").rehearsal, room(STREAM).rehearsal) == (True, False)
    assert f'data-floor="/live/{STREAM}/rehearsal-1"' in console.get(there).content.decode()


def test_at_the_pace_of_a_rehearsal_the_break_is_at_its_time_of_the_meeting(console):
    stream = open_rehearsal(convention="apmbc", meeting="IM2024", by="test", speed=60)
    perform(stream=stream, act=SittingOpened("day-1-morning"), by="test")

    assert "To the break at 13:00:" in console.get(f"{HERE}rehearsal-1/").content.decode()


@pytest.mark.parametrize("is_rehearsal", [False, True])
def test_a_rehearsal_is_not_offered_a_sitting_that_takes_up_nothing(is_rehearsal):
    here = Hall(profile()).room
    empty = replace(here.plan.sittings[0], entries=())
    days = (replace(here.plan.days[0], sittings=(empty,)),)
    here = replace(here, rehearsal=is_rehearsal, plan=replace(here.plan, days=days))

    assert console_of(here, "en", here.at).next_sitting == (None if is_rehearsal else empty)


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh"])
def test_the_console_is_there_in_every_language(console, language):
    ask(console, "Chad", "ICRC")

    assert console.get(f"/{language}/chair/apmbc/IM2024/").status_code == 200
